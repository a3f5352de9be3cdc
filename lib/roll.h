/*
 * roll.h - coarser buckets from finer ones.
 *
 * For each level above the minute there is a time up to which every bucket is
 * stored.  Only history.c, amendment.c, check_history.c and
 * rescue.c use this.
 */
#ifndef MEWS_ROLL_H
#define MEWS_ROLL_H

#include "cut.h"
#include "store.h"

/*
 * Up to where the level is stored; MEWS_NONE while nothing is.
 */
enum mews_rc
mews_roll_upto(struct mews_db *, enum mews_level, int64_t *, struct mews_err *);
enum mews_rc mews_roll_set_upto(struct mews_db *, enum mews_level, int64_t,
    struct mews_err *);
enum mews_rc
mews_roll_forget(struct mews_db *, enum mews_level, struct mews_err *);

/*
 * Rolls all series: what closed by now; and again what touches [from, to) and
 * was rolled before.
 */
enum mews_rc mews_roll_closed(struct mews_db *, int64_t now, struct mews_err *);
enum mews_rc
mews_roll_again(struct mews_db *, int64_t from, int64_t to, struct mews_err *);

/*
 * The first bucket of the level from which on the finer ones of a kind are all
 * still kept, so that it can be computed again; 0: every one.
 */
enum mews_rc mews_roll_whole(struct mews_db *, enum mews_kind, enum mews_level,
    int64_t *t, struct mews_err *);

/*
 * Rolls one series in one level: closed buckets that touch [from, to) and start
 * before upto.  Where finer ones were thinned, those that exist stay.
 */
enum mews_rc mews_roll_series(struct mews_db *, int64_t series, enum mews_kind,
    enum mews_level, int64_t from, int64_t to, int64_t upto, struct mews_err *);

/*
 * In all levels, what was rolled before.
 */
enum mews_rc mews_roll_series_again(struct mews_db *, int64_t series,
    enum mews_kind, int64_t from, int64_t to, struct mews_err *);

/*
 * Joins buckets of the finer level, which cover whole buckets of this one, into
 * those that start in [from, to); what is not over at now is marked MEWS_OPEN.
 * Takes the fine ones' edges into account: fine may be changed.
 */
enum mews_rc mews_roll_group(struct mews_db *, int64_t series, enum mews_kind,
    enum mews_level, struct mews_buckets *fine, int64_t from, int64_t to,
    int64_t now, struct mews_buckets *out, struct mews_err *);

/*
 * Where the finer buckets begin that a bucket of the level needs which starts
 * at t.
 */
int64_t mews_roll_from(enum mews_level, int64_t t);

#endif
