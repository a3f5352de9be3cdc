/*
 * chunk.h - older buckets: one compressed row a series and period.
 *
 * A period is a UTC day of minutes, 30 days of hours, 366 days of days, and
 * all of months or years.  chunk.id is level << 48 | period << 24 | series:
 * time before series, so that packing a day writes neighbours.  Only store.c,
 * pack.c, past.c, keep_thin.c and keep_weigh.c use this.
 */
#ifndef MEWS_CHUNK_H
#define MEWS_CHUNK_H

#include "bucket.h"
#include "db.h"

/*
 * How long a period is, in s.
 */
int64_t mews_chunk_period(enum mews_level);

/*
 * Which series have a chunk of the period in which t lies, ascending, and how
 * long it is.  *out is the caller's to free.
 */
struct mews_chunk_size {
	int64_t series, bytes;
};
enum mews_rc mews_chunk_list(struct mews_db *, enum mews_level, int64_t t,
    struct mews_chunk_size **out, size_t *n, struct mews_err *);

/*
 * Writes buckets of one series, ascending.  One that exists is replaced, or
 * with keep set stays and is counted in *kept; then b is changed.
 */
enum mews_rc mews_chunk_put(struct mews_db *, enum mews_level, int64_t series,
    enum mews_kind, struct mews_bucket *b, size_t n, bool keep, int64_t *kept,
    struct mews_err *);

/*
 * Appends the buckets of one series that start in [from, to), ascending.
 */
enum mews_rc mews_chunk_read(struct mews_db *, enum mews_level, int64_t series,
    int64_t from, int64_t to, struct mews_buckets *out, struct mews_err *);

/*
 * Appends those of all series that out, sorted, does not have yet.
 */
enum mews_rc mews_chunk_read_all(struct mews_db *, enum mews_level,
    int64_t from, int64_t to, struct mews_samples *out, struct mews_err *);

/*
 * Removes all of the level.
 */
enum mews_rc
mews_chunk_drop(struct mews_db *, enum mews_level, struct mews_err *);

/*
 * The newest bucket of a series; MEWS_NONE when it has none.
 */
enum mews_rc mews_chunk_last(struct mews_db *, enum mews_level, int64_t series,
    struct mews_bucket *out, struct mews_err *);

/*
 * Start of the last period; MEWS_NONE when there is none.
 */
enum mews_rc mews_chunk_newest(struct mews_db *, enum mews_level, int64_t *t,
    struct mews_err *);

/*
 * Start of the first and of the last period, without reading a chunk;
 * MEWS_NONE when there is none.
 */
enum mews_rc mews_chunk_periods(struct mews_db *, enum mews_level,
    int64_t *first, int64_t *last, struct mews_err *);

/*
 * Removes the chunk of a series that holds t.
 */
enum mews_rc mews_chunk_forget(struct mews_db *, enum mews_level,
    int64_t series, int64_t t, struct mews_err *);

/*
 * Start of the first period, and of the newest bucket; MEWS_NONE when there is
 * none.
 */
enum mews_rc mews_chunk_span(struct mews_db *, enum mews_level, int64_t *first,
    int64_t *last, struct mews_err *);

#endif
