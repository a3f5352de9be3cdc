/*
 * home.h - the parts of the home page; each sets one node below Home.
 */
#ifndef HOME_H
#define HOME_H

#include "page.h"

/*
 * Electricity today against the same weekday last week.
 */
enum mews_rc home_today(struct page_ctx *, struct mews_err *);

/*
 * Power now, the last hour, and who uses it.
 */
enum mews_rc home_power(struct page_ctx *, struct mews_err *);

/*
 * Water, gas, highest and lowest power of today.
 */
enum mews_rc home_tiles(struct page_ctx *, struct mews_err *);

/*
 * This week against last week.
 */
enum mews_rc home_week(struct page_ctx *, struct mews_err *);

/*
 * The devices on their rail, and who does not answer.
 */
enum mews_rc home_rail(struct page_ctx *, struct mews_err *);

/*
 * Sets name.icon, name.a, name.b and name.c: how a figure compares with the
 * same time last week, as a share, or as a difference where `plain`; or why
 * it is not compared.
 */
struct total_slot;
void home_compare(struct page_ctx *, const char *name,
    const struct mews_quantity *, const struct total_slot *now,
    const struct total_slot *then, int64_t until, bool plain);

#endif
