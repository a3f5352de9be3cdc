/*
 * minute.h - the readings of one series gathered into one minute.
 *
 * Pure.
 */
#ifndef MINUTE_H
#define MINUTE_H

#include "bucket.h"

struct minute {
	uint32_t seen;
	int64_t sum;       /* counter: booked; gauge: value x ms until at */
	int64_t value, at; /* gauge: last one, and since which ms of it */
	int64_t min, max;
	unsigned flags;
};

/*
 * A gauge or a state, ms after the start of the minute.  A gauge beyond 2^46
 * is no measurement: false, and it is not taken.
 */
bool minute_value(struct minute *, int64_t ms, int64_t value);

/*
 * What a counter booked, and what flags arose.
 */
void minute_book(struct minute *, int64_t booked, unsigned flags);

/*
 * Ends the minute that starts at t and begins a new one: true when anything
 * was seen.  end is the counter's accepted index.
 */
bool minute_close(struct minute *, enum mews_kind, int64_t t, uint32_t expected,
    int64_t end, struct mews_bucket *out);

#endif
