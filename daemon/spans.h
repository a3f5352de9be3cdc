/*
 * spans.h - how long things took, counted so that parts of them can be told.
 *
 * Pure.
 */
#ifndef SPANS_H
#define SPANS_H

#include "mews.h"

#define SPANS_BUCKETS 80

/*
 * Begin with zeros.
 */
struct spans {
	uint32_t n[SPANS_BUCKETS];
};

void spans_add(struct spans *, int64_t us);

/*
 * What so many per cent do not exceed, us, and at most a quarter more; 80 us
 * at least.  0 when nothing was added.
 */
int64_t spans_part(const struct spans *, int per_cent);

#endif
