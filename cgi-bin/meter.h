/*
 * meter.h - the parts of a device's page; each sets one node below Meter.
 */
#ifndef METER_H
#define METER_H

#include "period.h"

/*
 * The table of values now, by phase, and the counters.
 */
void meter_now(struct page_ctx *, size_t device, const struct period *);
void meter_counters(struct page_ctx *, size_t device);

/*
 * Chart, its table and its steps for the quantity asked for ("" for the usual
 * one).
 */
enum mews_rc meter_history(struct page_ctx *, size_t device,
    const struct period *, const char *of, struct mews_err *);

#endif
