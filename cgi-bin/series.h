/*
 * series.h - the one curve or row of bars that a chart of a device shows.
 *
 * The page's table and the JSON of the chart both come from here.
 */
#ifndef SERIES_H
#define SERIES_H

#include "period.h"

struct series {
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
