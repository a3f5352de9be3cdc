/*
 * history.h - the levels: write, roll up, read.
 *
 * Levels: minute, hour, day, month, year (calendar.h).  What is recent stands
 * as frames, one row a bucket with all series in it; what is older as chunks,
 * one row a series and period.  Every level is computed when its bucket
 * closes; a bucket that is still open is joined from the finer ones at
 * reading and marked MEWS_OPEN.
 *
 * One process writes (mewsd, or `mews import` while mewsd is stopped).
 */
#ifndef MEWS_HISTORY_H
#define MEWS_HISTORY_H

#include "booking.h"
#include "epoch.h"
#include "store.h"

/*
 * The series of a device and quantity.  find: MEWS_NONE when nothing was ever
 * stored; make: creates it.
 */
enum mews_rc mews_history_find(struct mews_db *, int64_t device,
    const struct mews_quantity *, int64_t *series, struct mews_err *);
enum mews_rc mews_history_make(struct mews_db *, int64_t device,
    const struct mews_quantity *, int64_t *series, struct mews_err *);

/*
 * Whose series it is.  MEWS_NONE.
 */
enum mews_rc mews_history_whose(struct mews_db *, int64_t series,
    int64_t *device, const struct mews_quantity **, struct mews_err *);

/*
 * The next series behind *series, from 0 on; *q is NULL for a quantity that no
 * longer exists.  MEWS_NONE: there is none.
 */
enum mews_rc mews_history_next(struct mews_db *, int64_t *series,
    int64_t *device, const struct mews_quantity **q, struct mews_err *);

/*
 * What a minute brings besides its values: energy of the time before it, and
 * counters that began anew, event[i] telling of epoch[i].
 */
struct mews_extra {
	struct mews_booking *booking;
	size_t nbookings;
	struct mews_epoch *epoch;
	struct mews_event *event;
	size_t nepochs;
};

/*
 * Writes one minute of all series, in ascending order of series, and rolls up
 * every coarser bucket that it closes (or touches, when it is late).  One
 * transaction.  A minute that exists is not written again: MEWS_BAD.  The extra
 * may be NULL; its epochs and events get their ids.
 */
enum mews_rc
mews_history_write(struct mews_db *, int64_t t, const struct mews_sample *,
    size_t n, const struct mews_extra *, struct mews_err *);

/*
 * Rolls up what closed by now.  For the start, once an hour, and when a minute
 * passed without any value; never while minutes before now are still to be
 * written.  One transaction.
 */
enum mews_rc
mews_history_roll(struct mews_db *, int64_t now, struct mews_err *);

/*
 * Packs some of the frames of closed periods (pack.h); MEWS_NONE when nothing
 * is left.
 */
enum mews_rc
mews_history_pack(struct mews_db *, int64_t now, struct mews_err *);

/*
 * Both, to the end.
 */
enum mews_rc
mews_history_settle(struct mews_db *, int64_t now, struct mews_err *);

/*
 * Adds minutes of one series to the past (import), in ascending order of t,
 * whole minutes, none after now; minutes that exist stay as they are and are
 * counted in *kept.  Rolls up what closed by now.  The caller's transaction.
 */
enum mews_rc mews_history_add(struct mews_db *, int64_t series, enum mews_kind,
    const struct mews_bucket *, size_t n, int64_t now, int64_t *kept,
    struct mews_err *);

/*
 * The buckets of a level that start in [from, to), ascending; stretches
 * without data have none.  MEWS_BAD when the range is empty or would give more
 * than MEWS_HISTORY_MOST buckets.  On failure *out is cleared.
 */
#define MEWS_HISTORY_MOST 50000
enum mews_rc mews_history_read(struct mews_db *, int64_t series, enum mews_kind,
    enum mews_level, int64_t from, int64_t to, int64_t now,
    struct mews_buckets *out, struct mews_err *);

/*
 * The minute of a series that was written last: its newest, or while the clock
 * is behind that, the newest of the day before it.  MEWS_NONE when it has none.
 */
enum mews_rc mews_history_last(struct mews_db *, int64_t series,
    struct mews_bucket *out, struct mews_err *);

/*
 * From when to when there are minutes of any series: first is exact to the UTC
 * day, last to the minute.  MEWS_NONE while there is none.
 */
enum mews_rc mews_history_span(struct mews_db *, int64_t *first, int64_t *last,
    struct mews_err *);

/*
 * Start of the first period in which a level has anything: of a UTC day of
 * minutes, 30 days of hours, 366 days of days.  MEWS_NONE.
 */
enum mews_rc mews_history_begin(struct mews_db *, enum mews_level, int64_t *t,
    struct mews_err *);

/*
 * The first minute in [from, to) that nothing is stored in.  MEWS_NONE.
 */
enum mews_rc mews_history_free(struct mews_db *, int64_t from, int64_t to,
    int64_t *t, struct mews_err *);

/*
 * Tells the zone that mews_calendar_zone() has set.  When it is another than
 * the one that days, months and years were cut in, they are cut anew from the
 * hours; *changed says so.  One transaction.
 */
enum mews_rc mews_history_zone(struct mews_db *, const char *zone,
    bool *changed, struct mews_err *);

#endif
