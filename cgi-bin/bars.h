/*
 * bars.h - geometry of charts that the template draws: percentages of a box.
 */
#ifndef BARS_H
#define BARS_H

#include "page.h"

/*
 * An axis from 0 to top in steps of 1, 2 or 5 times a power of ten, three or
 * four of them.
 */
struct bars_axis {
	int64_t top, step;
};
struct bars_axis bars_axis(int64_t max);

/*
 * part of whole as "12.34%"; whole is above 0.
 */
#define BARS_PERCENT 32
const char *bars_percent(char *text, int64_t part, int64_t whole);

/*
 * Where a bar of that value stands in a box whose axis lies at 88 % and whose
 * top is at 4 %: top edge and height.
 */
void bars_place(char *y, char *height, int64_t value, int64_t top);

/*
 * Sets the rows of list to the axis' lines: y and text, in the unit shown.
 */
void bars_lines(struct page_ctx *, const char *list, struct bars_axis,
    const struct mews_quantity *);

/*
 * Appends one bar of n to an SVG path in a box of 100 n by 1000.
 */
void bars_path(struct mews_buf *, size_t i, int64_t value, int64_t top);

#endif
