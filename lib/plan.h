/*
 * plan.h - what to ask one meter, how often: registers merged into few requests.
 *
 * Pure.  A block is one request; the values of a block stand together.
 */
#ifndef MEWS_PLAN_H
#define MEWS_PLAN_H

#include "site.h"

#define MEWS_PLAN_WORDS 125 /* most registers, or coils, of a request of ours */

/*
 * Time between two requests for values of a class, ms.  Fast ones are asked
 * twice in the device's interval, normal ones once, slow ones once a minute;
 * none more often than once a second, nor than the model allows (quickest_s).
 */
int64_t mews_plan_period(const struct mews_device *,
    const struct mews_profile *, enum mews_poll_class);

struct mews_plan_value {
	const struct mews_profile_read *read; /* borrowed */
	const struct mews_quantity *quantity;
	struct mews_pulse pulse; /* how pulses count; else 1 of 1, from 0 */
	size_t item;             /* its place in what the device measures */
};

struct mews_plan_block {
	uint8_t function;
	uint16_t address;
	unsigned words;
	enum mews_poll_class class;
	int64_t period;  /* between two requests, ms */
	size_t first, n; /* values */
};

struct mews_plan {
	struct mews_plan_value *value; /* owned */
	size_t nvalues;
	struct mews_plan_block *block; /* owned, class by class */
	size_t nblocks;
	const struct mews_quantity **item; /* owned; what the device measures */
	size_t nitems;
	unsigned
	    answer_ms; /* the model's longest time to answer; 0: not said */
};

/*
 * MEWS_BAD when a value does not fit a request, or when the device measures
 * nothing.  The profile must outlive the plan.  On failure *out is cleared.
 */
enum mews_rc mews_plan_make(struct mews_plan *out, const struct mews_device *,
    const struct mews_profile *, struct mews_err *);
void mews_plan_clear(struct mews_plan *);

/*
 * Cuts a block in two, where a meter refuses the whole: at its widest hole, or
 * in the middle where there is none.  The block keeps its first values, a new
 * one that is the last of the plan gets the rest, and no request reads over that
 * hole again.  False when it holds one value only.
 */
bool mews_plan_split(struct mews_plan *, size_t block);

/*
 * The request of a block into pdu of 5 bytes.
 */
void mews_plan_request(const struct mews_plan_block *, uint8_t pdu[5]);

/*
 * The i-th value of a block out of the answer (its PDU, accepted as one to the
 * request).  False when the meter has no number for it.
 */
bool mews_plan_decode(const struct mews_plan *, const struct mews_plan_block *,
    size_t i, const uint8_t *pdu, int64_t *out);

/*
 * The modulus of a counter and its resolution, in stored integers; 0 when not
 * known.
 */
int64_t mews_plan_modulus(const struct mews_plan_value *);
int64_t mews_plan_step(const struct mews_plan_value *);

#endif
