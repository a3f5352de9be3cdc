/*
 * harmonics.h - the part of the quality page that tells harmonics apart: a bar
 * an order, and lowest, mean and highest of the period.
 */
#ifndef HARMONICS_H
#define HARMONICS_H

#include "period.h"

#define HARMONICS_PHASES 3

/*
 * A harmonic of the voltage or current of a phase 0 to 2; NULL when there is
 * none of that order.
 */
const struct mews_quantity *
harmonics_quantity(bool amps, size_t phase, int order);

/*
 * True when the i-th device measures any order of the voltage or current, of
 * that phase, or of any for HARMONICS_PHASES.
 */
bool
harmonics_measured(const struct page_ctx *, size_t i, bool amps, size_t phase);

/*
 * The phase asked for as "l1" to "l3", or the first one measured for one that
 * is not or "".  MEWS_BAD for another word.
 */
enum mews_rc harmonics_phase(const struct page_ctx *, size_t i, bool amps,
    const char *word, size_t *phase, struct mews_err *);

/*
 * Sets what the template shows of them below the current node.
 */
enum mews_rc harmonics_show(struct page_ctx *, size_t i, bool amps,
    size_t phase, const struct period *, struct mews_err *);

#endif
