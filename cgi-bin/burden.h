/*
 * burden.h - what a line carries (budget.h), for pages.
 */
#ifndef BURDEN_H
#define BURDEN_H

#include "budget.h"
#include "page.h"

/*
 * The line with the devices that stand on it; most as in mews_budget().
 */
void burden_now(struct page_ctx *, const struct mews_line *, size_t most,
    struct mews_budget *);

/*
 * The same with a device in the place of the one with its id, or behind them
 * for id 0; profile is its.
 */
void burden_with(struct page_ctx *, const struct mews_line *,
    const struct mews_device *, const struct mews_profile *,
    struct mews_budget *);

/*
 * Sets below the current node load ("41 %"), round ("1.9 s"), requests,
 * devices, and much where it is more than a line should carry.
 */
void
burden_set(struct page_ctx *, const char *name, const struct mews_budget *);

#endif
