/*
 * period.h - which stretch of history a page, a series or a download shows.
 *
 * by is the level of its buckets and decides how long it is: minutes and hours
 * of a day, days of a month, months of a year, years of all there is.
 */
#ifndef PERIOD_H
#define PERIOD_H

#include "page.h"

struct period {
	enum mews_level by;
	int64_t from, to;   /* to is behind the last bucket */
	int64_t prev, next; /* start of the one before and after; next is 0
			       when it has not begun */
	bool free; /* days that somebody chose: nothing before or after */
};

/*
 * by and at as they came: "" for minute, and for today.  MEWS_BAD for another
 * word or no date.
 */
enum mews_rc period_read(struct page_ctx *, const char *by, const char *at,
    struct period *out, struct mews_err *);

/*
 * Whole days from the first to the last, as they came, each "" for the other.
 * A level that would say more than a chart can show gives way to a coarser one;
 * by as above, or "" for the finest that does not.  MEWS_BAD also when the last
 * day lies before the first.
 */
enum mews_rc period_days(const char *by, const char *first, const char *last,
    struct period *out, struct mews_err *);

/*
 * A date of the period as a query has it: 2026-11-22, at least 16 bytes.
 */
const char *period_at(char *text, int64_t t);

/*
 * "Thu 20 Nov 2025", "November 2025", "2025", "All years" or
 * "20 Nov 2025 – 3 Dec 2025".
 */
const char *
period_title(const struct page_ctx *, const struct period *, char *text);

/*
 * A bucket's name in a table: "14:32", "14–15", "20 Nov 2025", "November
 * 2025", "2025"; where a period has several days, "20 Nov 2025, 14–15".
 */
const char *period_row(const struct page_ctx *, const struct period *,
    char *text, int64_t t);

#endif
