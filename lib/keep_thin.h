/*
 * keep_thin.h - takes the oldest buckets away when the history is larger than
 * its budget.
 *
 * In this order, and each only while it is too large:
 * 1. what is older than its floor (keep.h) except minutes of gauges and of
 *    power quality, the finest level first;
 * 2. minutes of gauges and of power quality that are older than their floor,
 *    the oldest first, and of the same day those of power quality;
 * 3. younger minutes of power quality, then of gauges, to the last
 *    MEWS_THIN_LEAST days.
 * Minutes and hours of counters never go before their floor, days of counters,
 * months and years of anything never.
 */
#ifndef MEWS_KEEP_THIN_H
#define MEWS_KEEP_THIN_H

#include "keep.h"

#define MEWS_THIN_LEAST 2 /* days */

/*
 * Where a writer's thinning is; begins all zero.
 */
struct mews_thin {
	/* nothing of the class stands in chunks of the level before this */
	int64_t from[MEWS_KEEP_CLASSES][MEWS_LEVELS];
	unsigned char *class; /* of a series, owned */
	int64_t nclass;
	bool tight; /* set: the budget is too small for all the floors */
};

/*
 * One step: a short transaction that takes at most 64 chunks away.  MEWS_NONE:
 * the history fits, or may not be thinned.  Nothing is thinned while the clock
 * is in doubt (MEWS_MARK_DOUBT).
 */
enum mews_rc mews_thin_step(struct mews_db *, struct mews_thin *,
    int64_t budget, int64_t now, struct mews_err *);
void mews_thin_clear(struct mews_thin *);

#endif
