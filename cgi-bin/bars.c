/*
 * bars.c - integers in, percentages out.
 */
#include "bars.h"

#include <inttypes.h>
#include <stdio.h>

#define BASE 8800 /* hundredths of a percent from the top */
#define ROOM 8400

struct bars_axis
bars_axis(int64_t max)
{
	static const int steps[] = { 1, 2, 5 };
	int64_t ten, step;
	size_t i;

	for (ten = 1;; ten *= 10)
		for (i = 0; i < MEWS_LEN(steps); i++) {
			step = steps[i] * ten;
			if (3 * step >= max)
				return (struct bars_axis){ 3 * step, step };
			if (4 * step >= max)
				return (struct bars_axis){ 4 * step, step };
		}
}

static const char *
hundredths(char *text, int64_t n)
{
	(void)snprintf(text, BARS_PERCENT, "%" PRId64 ".%02d%%", n / 100,
	    (int)(n % 100));
	return text;
}

const char *
bars_percent(char *text, int64_t part, int64_t whole)
{
	if (part < 0)
		part = 0;
	if (part > whole)
		part = whole;
	return hundredths(text, (part * 10000 + whole / 2) / whole);
}

void
bars_place(char *y, char *height, int64_t value, int64_t top)
{
	int64_t h = value <= 0 ? 0 : (value * ROOM + top / 2) / top;

	(void)hundredths(y, BASE - h);
	(void)hundredths(height, h);
}

/* Decimals that tell the steps of an axis apart. */
static int
axis_decimals(int64_t step, int exponent)
{
	int decimals = exponent;

	while (decimals > 0 && step % 10 == 0) {
		step /= 10;
		decimals--;
	}
	return decimals;
}

void
bars_lines(struct page_ctx *c, const char *list, struct bars_axis a,
    const struct mews_quantity *q)
{
	struct mews_display d = mews_quantity_display(q, a.top);
	char y[BARS_PERCENT], h[BARS_PERCENT], text[MEWS_NUMBER];
	int64_t v;
	size_t i;

	for (i = 0, v = 0; v <= a.top; i++, v += a.step) {
		bars_place(y, h, v, a.top);
		mews_number(text, c->lang, v, d.exponent,
		    axis_decimals(a.step, d.exponent));
		view_row(c->view, list, i);
		view_set(c->view, "y", y);
		view_set(c->view, "text", text);
		view_up(c->view);
	}
}

void
bars_path(struct mews_buf *b, size_t i, int64_t value, int64_t top)
{
	int64_t h = value <= 0 ? 0 : (value * 1000 + top / 2) / top;

	if (h == 0)
		h = value > 0 ? 1 : 0;
	if (h > 0)
		mews_buf_printf(b, "M%zu 1000v-%" PRId64 "h70v%" PRId64 "z",
		    i * 100 + 15, h, h);
}
