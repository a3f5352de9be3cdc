/*
 * merged.h - what thinning (keep.h) has taken from a period, so that nobody
 * takes it for a gap.
 */
#ifndef MERGED_H
#define MERGED_H

#include "period.h"

/*
 * Before `before` buckets of the level may be gone from the period; all of it
 * is still there by `into`.
 */
struct merged {
	enum mews_level by, into;
	int64_t before; /* 0: nothing of the period was merged */
};
struct merged merged_find(struct page_ctx *, const struct mews_quantity *,
    const struct period *);

/*
 * "Minutes before 3 May 2026 were merged to hours." in the visitor's language,
 * set as `name` below the current node; false, and nothing set, where nothing
 * was merged.
 */
bool merged_set(struct page_ctx *, const char *name,
    const struct mews_quantity *, const struct period *);

/*
 * The same for programs, as the header Mews-Merged of the reply.
 */
void merged_note(struct page_ctx *, const struct merged *);

/*
 * Appends the same sentence; nothing where nothing was merged.
 */
void
merged_tell(const struct page_ctx *, const struct merged *, struct mews_buf *);

#endif
