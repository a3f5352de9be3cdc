/*
 * store.h - where the buckets of one level stand in history.db.
 *
 * Recent ones as frames, one row a bucket with all series in it: what a minute
 * writes is one row.  Older ones as chunks, one compressed row a series and
 * period: what a chart reads is a few rows.  Where both have a bucket, the
 * frame is right.  Only history.c uses this.
 */
#ifndef MEWS_STORE_H
#define MEWS_STORE_H

#include "bucket.h"
#include "db.h"

/*
 * Writes buckets of one series, ascending: into the frame where there is one
 * for that time, else into the chunks.  A bucket that exists is replaced, or
 * with keep set stays as it is and is counted in *kept.  One that nobody
 * measured and that has no flag is as none, and hides what was there.
 */
enum mews_rc mews_store_put(struct mews_db *, enum mews_level, int64_t series,
    enum mews_kind, const struct mews_bucket *, size_t n, bool keep,
    int64_t *kept, struct mews_err *);

/*
 * Appends the buckets of one series that start in [from, to), ascending.
 */
enum mews_rc mews_store_read(struct mews_db *, enum mews_level, int64_t series,
    enum mews_kind, int64_t from, int64_t to, struct mews_buckets *out,
    struct mews_err *);

/*
 * Appends those of all series, ordered by series, then t.
 */
enum mews_rc mews_store_read_all(struct mews_db *, enum mews_level,
    int64_t from, int64_t to, struct mews_samples *out, struct mews_err *);

/*
 * Removes all of the level.
 */
enum mews_rc
mews_store_drop(struct mews_db *, enum mews_level, struct mews_err *);

/*
 * Whether any series has a bucket that starts at t.
 */
enum mews_rc mews_store_has(struct mews_db *, enum mews_level, int64_t t,
    bool *out, struct mews_err *);

/*
 * The newest bucket of a series; MEWS_NONE when it has none.
 */
enum mews_rc mews_store_last(struct mews_db *, enum mews_level, int64_t series,
    struct mews_bucket *out, struct mews_err *);

/*
 * From when to when the level has anything: first to the start of its period.
 * MEWS_NONE when it has nothing.
 */
enum mews_rc mews_store_span(struct mews_db *, enum mews_level, int64_t *first,
    int64_t *last, struct mews_err *);

/*
 * No bucket of the level starts later than the newest frame or, where that is
 * later, after the period whose start this is.  Cheap.  MEWS_NONE when there is
 * nothing.
 */
enum mews_rc mews_store_newest(struct mews_db *, enum mews_level, int64_t *t,
    struct mews_err *);

#endif
