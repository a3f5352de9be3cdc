/*
 * bucket.h - one figure of one series over one stretch of time, and many of
 * them packed into bytes.
 */
#ifndef MEWS_BUCKET_H
#define MEWS_BUCKET_H

#include "buf.h"
#include "calendar.h"
#include "counter.h"
#include "quantity.h"

/*
 * In stored integers of the quantity (quantity.h).  seen and expected count
 * samples in a minute, and minutes in every longer bucket.
 */
struct mews_bucket {
	int64_t t;            /* start */
	int64_t sum;          /* counter: booked; gauge: time-weighted mean */
	int64_t end;          /* counter: index at the end; state: last value */
	int64_t min, max;     /* gauge */
	int32_t t_min, t_max; /* gauge: minutes after t of the extremes */
	uint32_t seen, expected;
	unsigned flags;
};

/*
 * Appends b to the bytes, as the difference to the one before it: *last, all
 * zero for the first, is moved on.  Times are whole minutes.
 */
void mews_bucket_put(struct mews_buf *, enum mews_kind,
    struct mews_bucket *last, const struct mews_bucket *);

/*
 * Takes the next one from [*p, end); last as above.  MEWS_NONE at the end,
 * MEWS_BAD when the bytes are damaged.
 */
enum mews_rc mews_bucket_get(const unsigned char **p, const unsigned char *end,
    enum mews_kind, struct mews_bucket *last, struct mews_bucket *out);

/*
 * Joins n buckets of the level below (finer), in order of t, into one that
 * starts at t and lasts so many minutes.  A mean is weighted by the minutes
 * seen.  n is at least 1.
 */
void mews_bucket_join(enum mews_kind, enum mews_level finer,
    const struct mews_bucket *, size_t n, int64_t t, uint32_t minutes,
    struct mews_bucket *out);

/*
 * A list that grows.
 */
struct mews_buckets {
	struct mews_bucket *b; /* owned */
	size_t n, cap;
};
void mews_buckets_add(struct mews_buckets *, const struct mews_bucket *);
void mews_buckets_clear(struct mews_buckets *);

/*
 * Joins two ascending lists; where both have a time, right wins.
 */
void mews_buckets_merge(const struct mews_buckets *left,
    const struct mews_bucket *right, size_t n, struct mews_buckets *out);

/*
 * One bucket of one series.
 */
struct mews_sample {
	int64_t series; /* from 1 */
	enum mews_kind kind;
	struct mews_bucket b;
};

struct mews_samples {
	struct mews_sample *s; /* owned */
	size_t n, cap;
};
void mews_samples_add(struct mews_samples *, const struct mews_sample *);
void mews_samples_clear(struct mews_samples *);

/*
 * Orders samples by series, then time: for qsort() and bsearch().
 */
int mews_samples_order(const void *, const void *);

#endif
