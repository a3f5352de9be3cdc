/*
 * folder.h - the data folder: the history as a tree of CSV files.
 *
 *	P1/2026/P1_2026-11-22.csv       minutes of a day
 *	P1/2026/P1_2026-11_hours.csv    hours of a month
 *	P1/P1_2026_days.csv             days of a year
 *	P1/P1_months.csv                months
 *	P1/P1_columns.json              what the columns are
 *	SITE/...                        counters of all devices side by side:
 *	                                hours, days and months
 *
 * P1 is a device's plate, its dots as '_'.  A file has the rows that are over,
 * and is the same whenever it is made from the same history.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "errand.h"
#include "site.h"
#include "table.h"

enum folder_minutes { FOLDER_NONE, FOLDER_COUNTERS, FOLDER_ALL };

struct folder {
	const char *root;        /* no '/' at its end */
	struct mews_db *history; /* to read */
	struct mews_db *courier; /* NULL: finished files are not noted */
	const struct mews_site *site;
	enum folder_minutes minutes;
	char format[16], lang[3]; /* as mews_csv_init has them */
	int64_t now;
	const volatile bool *stop; /* NULL: nobody does */
	int64_t written;           /* bytes, counted on */
};

/*
 * Makes all files of a device (0: of all devices and the site) right whose
 * stretch touches [from, to), of levels from the minute to the month.  trust:
 * what courier.db knows as finished is not looked into.
 */
enum mews_rc folder_make(struct folder *, int64_t device, enum mews_level,
    int64_t from, int64_t to, bool trust, struct mews_err *);

/*
 * All levels.
 */
enum mews_rc folder_make_all(struct folder *, int64_t device, int64_t from,
    int64_t to, bool trust, struct mews_err *);

/*
 * The open day of each device: what stands in its file already, so that only
 * what came since is read and written.
 */
struct folder_day {
	int64_t device, from; /* whose, and when the day began */
	int64_t size, last;   /* of the file; time of its last row */
	struct mews_table *table;
};

struct folder_days {
	struct folder_day *d; /* owned */
	size_t n;
	int64_t series; /* the newest there was */
};

/*
 * Brings the files of the open day up to now; what no longer goes on as it was
 * is made anew.
 */
enum mews_rc
folder_grow(struct folder *, struct folder_days *, struct mews_err *);
void folder_days_clear(struct folder_days *);

/*
 * For folder_day.c.  A file's path below the root; its rows of [from, to) under
 * their head, and the time of the last one, nothing when there are none; and
 * putting it into its place: without bytes there is no file.  over: it stays
 * as it is.
 */
void
folder_path(char *path, const char *name, enum mews_level level, int64_t t);
enum mews_rc
folder_fill(struct folder *, struct mews_table *, enum mews_level, int64_t from,
    int64_t to, struct mews_buf *, int64_t *last, struct mews_err *);
enum mews_rc folder_put(struct folder *, const char *path,
    const struct mews_buf *, bool over, struct mews_err *);

#endif
