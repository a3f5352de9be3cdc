/*
 * storage.h - the space of the history in words.
 */
#ifndef STORAGE_H
#define STORAGE_H

#include "keep_budget.h"
#include "page.h"

/*
 * A number, and bytes as megabytes, in the visitor's language; text has
 * MEWS_NUMBER bytes.
 */
const char *storage_number(const struct page_ctx *, char *text, int64_t);
const char *
storage_megabytes(const struct page_ctx *, char *text, int64_t bytes);

/*
 * Sets name to "214 days", "5 years", "10 years and more" or "forever".
 */
void storage_span(struct page_ctx *, const char *name, int days, bool forever);

/*
 * Sets says ("With 2,048 MB and these 32 devices ..."), fills (when that is
 * used up) and short (that it is too little) of a budget.
 */
void storage_forecast(struct page_ctx *, const struct mews_weight *,
    const struct mews_forecast *, int64_t mb);

/*
 * Bytes that the history can have: what it has, and what the disk has left.
 */
int64_t storage_room(const struct page_ctx *, const struct mews_weight *,
    int64_t *left);

#endif
