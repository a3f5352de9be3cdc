/*
 * keep_weigh.h - what the history of this site weighs.
 *
 * Weighed is what stands there: the chunks of the last days, class by class.
 */
#ifndef MEWS_KEEP_WEIGH_H
#define MEWS_KEEP_WEIGH_H

#include "keep.h"

struct mews_weight {
	bool known;          /* a whole day was stored */
	int64_t used, spare; /* bytes of the file; of it waiting to be used */
	int64_t base;        /* bytes that are no chunks */
	/* bytes a day adds; since when it is kept, Unix time, 0: nothing is */
	double rate[MEWS_KEEP_CLASSES][MEWS_LEVELS];
	int64_t since[MEWS_KEEP_CLASSES][MEWS_LEVELS];
	int devices, quality; /* that were stored; with power quality */
};

enum mews_rc mews_weigh(struct mews_db *history, int64_t now,
    struct mews_weight *, struct mews_err *);

#endif
