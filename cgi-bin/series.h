/*
 * series.h - what charts, tables, CSV and JSON read of the history: all of
 * them through series_buckets(), so that they give the same numbers.
 */
#ifndef SERIES_H
#define SERIES_H

#include "period.h"

/*
 * What one answer holds at most: a day of 25 hours by minute.
 */
#define SERIES_MOST 1500

/*
 * The finest level that cuts [from, to) into at most so many buckets; 0, or
 * more than SERIES_MOST, counts as SERIES_MOST.  With the width of a chart in
 * pixels no bucket is narrower than one.
 */
enum mews_level series_level(int64_t from, int64_t to, int64_t width);

/*
 * The buckets of the i-th device that start in [from, to), with their quality
 * (bucket.h), read from that level; without history none.  MEWS_BAD when there
 * might be more than SERIES_MOST.  The list must be cleared in every case.
 */
enum mews_rc series_buckets(struct page_ctx *, size_t i,
    const struct mews_quantity *, enum mews_level, int64_t from, int64_t to,
    struct mews_buckets *out, struct mews_err *);

/*
 * The one bucket of a day by hours, month by days or year by months, whose
 * extremes are those of its minutes.  MEWS_NONE when there is none.
 */
enum mews_rc
series_whole(struct page_ctx *, size_t i, const struct mews_quantity *,
    const struct period *, struct mews_bucket *out, struct mews_err *);

/*
 * Minutes of an hour or more that nobody measured, 0 while it is not over.
 */
uint32_t series_missing(const struct mews_bucket *);

/* The one curve or row of bars that a chart of a device shows. */
struct series {
	size_t device;
	const struct mews_quantity *of; /* what was asked for */
	const struct mews_quantity *q;  /* what the numbers are */
	bool mean; /* mean power of a minute, from its counted energy */
	bool band; /* has lowest and highest */
	struct mews_buckets list;
};

/*
 * The quantity of that name, or for "" the one a chart of that level begins
 * with: power by minute, energy from the hour on.  NULL when the device has
 * none of that name, or nothing at all.
 */
const struct mews_quantity *series_choose(const struct page_ctx *, size_t i,
    const char *name, enum mews_level by);

/*
 * Reads it for the period.  The list must be cleared in every case.
 */
enum mews_rc
series_read(struct page_ctx *, size_t i, const struct mews_quantity *,
    const struct period *, struct series *out, struct mews_err *);

/*
 * Its name, such as "Active power" or "Mean power, from the counter".
 */
const char *series_name(const struct page_ctx *, const struct series *);

/*
 * The largest number in it, 0 when it is empty: decides the unit.
 */
int64_t series_most(const struct series *);

/*
 * Index of a device by its plate; ndevices when there is none.
 */
size_t series_device(const struct page_ctx *, const char *plate);

#endif
