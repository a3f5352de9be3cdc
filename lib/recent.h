/*
 * recent.h - recent buckets: one row a bucket, all series in it.
 *
 * frame.id is (4 - level) << 40 | start.  Only store.c uses this.
 */
#ifndef MEWS_RECENT_H
#define MEWS_RECENT_H

#include "bucket.h"
#include "db.h"

#define MEWS_SERIES_MASK ((INT64_C(1) << 24) - 1)

/*
 * Which series are wanted: those in [from, to).  more is set when there are
 * later ones.
 */
struct mews_window {
	int64_t from, to;
	bool more;
};
#define MEWS_ALL_SERIES                                                        \
	{                                                                      \
		0, MEWS_SERIES_MASK, false                                     \
	}

/*
 * Writes the frame of t, in ascending order of series.  MEWS_BAD when it
 * exists and replace is not set.
 */
enum mews_rc mews_recent_write(struct mews_db *, enum mews_level, int64_t t,
    const struct mews_sample *, size_t n, bool replace, struct mews_err *);

/*
 * Appends the wanted entries of the frames that start in [from, to), by time.
 */
enum mews_rc
mews_recent_read(struct mews_db *, enum mews_level, int64_t from, int64_t to,
    struct mews_window *, struct mews_samples *out, struct mews_err *);

/*
 * Sets one series in the frame of its time.  MEWS_NONE: there is no such
 * frame.  With keep set an entry that exists stays and is counted in *kept.
 */
enum mews_rc mews_recent_patch(struct mews_db *, enum mews_level,
    const struct mews_sample *, bool keep, int64_t *kept, struct mews_err *);

/*
 * Start of the first and of the last; MEWS_NONE and an empty range when there
 * is none.
 */
enum mews_rc mews_recent_ends(struct mews_db *, enum mews_level, int64_t *first,
    int64_t *last, struct mews_err *);

/*
 * The newest entry of a series; MEWS_NONE when it has none.
 */
enum mews_rc mews_recent_last(struct mews_db *, enum mews_level, int64_t series,
    struct mews_bucket *out, struct mews_err *);

/*
 * Removes the frame of t.
 */
enum mews_rc mews_recent_forget(struct mews_db *, enum mews_level, int64_t t,
    struct mews_err *);

/*
 * How far a packing of the frames that start before a time has come (pack.h):
 * series below `series` are in chunks; copied: all are.  It is forgotten as soon
 * as one of those frames is written.  MEWS_NONE: there is none.  set: NULL
 * forgets it.
 */
struct mews_packing {
	enum mews_level level;
	int64_t before, series;
	bool copied;
};
enum mews_rc
mews_recent_packing(struct mews_db *, struct mews_packing *, struct mews_err *);
enum mews_rc mews_recent_set_packing(struct mews_db *,
    const struct mews_packing *, struct mews_err *);

/*
 * Removes at most n of the frames that start before t; *more: some are left.
 */
enum mews_rc mews_recent_drop_some(struct mews_db *, enum mews_level, int64_t t,
    size_t n, bool *more, struct mews_err *);

/*
 * Removes the frames that start before t.
 */
enum mews_rc mews_recent_drop(struct mews_db *, enum mews_level, int64_t t,
    struct mews_err *);

#endif
