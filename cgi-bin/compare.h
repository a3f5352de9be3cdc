/*
 * compare.h - what was counted in two periods, or by two meters, side by side.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "period.h"
#include "total.h"

#define COMPARE_SLOTS 31 /* days of a month, at most */

struct compare_side {
	size_t device; /* TOTAL_SITE: all main meters */
	struct period p;
	int64_t until; /* whole minutes; what is compared ends here */
	struct total_slot sum;
	struct total_slot slot[COMPARE_SLOTS]; /* by hour of the clock, day of
						  the month or month */
	char label[128];
};

struct compare {
	const struct mews_quantity *q;
	enum mews_level by; /* hours of a day, days of a month or months */
	struct compare_side side[2];
	size_t n;   /* slots */
	bool whole; /* neither side goes on */
};

/*
 * Reads both sides, of which device, p and label are set.
 */
enum mews_rc
compare_read(struct page_ctx *, struct compare *, struct mews_err *);

/*
 * Sets below the current node what templates/compare.cs lists: the sums and
 * the difference in words, or the reason that there is none; bars; the table.
 */
void compare_set(struct page_ctx *, const struct compare *);

#endif
