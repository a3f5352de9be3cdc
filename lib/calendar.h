/*
 * calendar.h - the site's days, months and years in UTC seconds.
 *
 * The only user of time zones.  A process serves one site, so the zone is the
 * process' own: set it once, before threads start.  Every t is Unix time.
 * Minutes and hours are cut in UTC; days, months and years in the zone, so a
 * day has 23, 24 or 25 hours (or 23.5 in zones that shift by half an hour).
 */
#ifndef MEWS_CALENDAR_H
#define MEWS_CALENDAR_H

#include "mews.h"

enum mews_level { MEWS_MINUTE, MEWS_HOUR, MEWS_DAY, MEWS_MONTH, MEWS_YEAR };
#define MEWS_LEVELS 5

/*
 * "minute" ... "year", and back; false for another word.
 */
const char *mews_level_name(enum mews_level);
bool mews_level_find(const char *, enum mews_level *);

/*
 * Sets the zone by its IANA name, such as Europe/Rome.  MEWS_BAD when the
 * system does not know it; the zone then stays as it was.
 */
enum mews_rc mews_calendar_zone(const char *, struct mews_err *);

/*
 * Whether the system knows a zone of that name.
 */
bool mews_calendar_known(const char *);

/*
 * Start of the bucket that holds t, and start of the n-th bucket after (n < 0:
 * before) the one that holds t.
 */
int64_t mews_calendar_floor(enum mews_level, int64_t t);
int64_t mews_calendar_step(enum mews_level, int64_t t, int n);

/*
 * Wall clock of the site.
 */
struct mews_civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int weekday;    /* Monday is 0 */
	int32_t offset; /* seconds east of UTC in force */
};
struct mews_civil mews_calendar_civil(int64_t t);

/*
 * First instant of a local day.  MEWS_BAD when there is no such date or its
 * year lies outside 1971 ... 2200: every bucket begins behind 1970.
 */
enum mews_rc mews_calendar_date(int year, int month, int day, int64_t *out,
    struct mews_err *);

/*
 * "2026-11-22", "2026-11" or "2026" as the first instant of that day, month or
 * year; level says which.  MEWS_BAD otherwise.
 */
enum mews_rc mews_calendar_parse(const char *, int64_t *t,
    enum mews_level *level, struct mews_err *);

/*
 * ISO 8601, into text of at least MEWS_STAMP bytes: utc is
 * 2026-11-22T14:32:00Z, local is 2026-11-22T15:32:00+01:00.
 */
#define MEWS_STAMP 32
void mews_calendar_utc(int64_t t, char *text);
void mews_calendar_local(int64_t t, char *text);

/*
 * 2026-11-22T14:32:00Z or with an offset, seconds may be missing, a blank may
 * stand for the T; without zone it is the site's wall clock (the first of two
 * in the repeated hour).
 */
bool mews_calendar_read(const char *, int64_t *out);

#endif
