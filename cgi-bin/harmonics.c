/*
 * harmonics.c - orders 2 to 25 of one phase, each with the one bucket of the
 * period.
 */
#include "harmonics.h"

#include "bars.h"
#include "figure.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

#define ORDERS (MEWS_ORDER_LAST - MEWS_ORDER_FIRST + 1)

/*
 * Harmonics of the supply voltage, in stored integers: EN 50160:2010, 4.2.5,
 * table 1 (means of 10 minutes).  There is no such limit for the current a site
 * takes.
 */
static const int64_t limits[MEWS_ORDER_LAST + 1] = {
	[2] = 200,
	[3] = 500,
	[4] = 100,
	[5] = 600,
	[6] = 50,
	[7] = 500,
	[8] = 50,
	[9] = 150,
	[10] = 50,
	[11] = 350,
	[12] = 50,
	[13] = 300,
	[14] = 50,
	[15] = 50,
	[16] = 50,
	[17] = 200,
	[18] = 50,
	[19] = 150,
	[20] = 50,
	[21] = 50,
	[22] = 50,
	[23] = 150,
	[24] = 50,
	[25] = 150,
};

const struct mews_quantity *
harmonics_quantity(bool amps, size_t phase, int order)
{
	char name[32];

	(void)snprintf(name, sizeof(name), "%s_l%zu_h%d",
	    amps ? "current" : "voltage", phase + 1, order);
	return mews_quantity_find(name);
}

bool
harmonics_measured(const struct page_ctx *c, size_t i, bool amps, size_t phase)
{
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, i, q, MEWS_LEN(q)), k, root;
	char head[32];

	(void)snprintf(head, sizeof(head), "%s_l%zu",
	    amps ? "current" : "voltage", phase + 1);
	if (phase == HARMONICS_PHASES)
		head[strlen(head) - 1] = '\0';
	for (k = 0; k < n; k++)
		if (mews_quantity_order(q[k], &root) != 0 &&
		    strncmp(q[k]->name, head, strlen(head)) == 0)
			return true;
	return false;
}

enum mews_rc
harmonics_phase(const struct page_ctx *c, size_t i, bool amps, const char *word,
    size_t *phase, struct mews_err *err)
{
	size_t first = 0;

	*phase = 0;
	while (
	    first < HARMONICS_PHASES && !harmonics_measured(c, i, amps, first))
		first++;
	if (word[0] != '\0') {
		if (word[0] != 'l' || word[1] < '1' || word[1] > '3' ||
		    word[2] != '\0')
			return mews_fail(err, MEWS_BAD,
			    "phase is l1, l2 or l3");
		*phase = (size_t)(word[1] - '1');
	}
	if (!harmonics_measured(c, i, amps, *phase))
		*phase = first % HARMONICS_PHASES;
	return MEWS_OK;
}

struct orders {
	const struct mews_quantity *q[ORDERS]; /* NULL: not measured */
	struct mews_bucket b[ORDERS];
	bool there[ORDERS];
	bool limited;
	int64_t top;
	size_t n, over; /* with figures; above their limit */
};

static int64_t
limit(const struct orders *o, size_t k)
{
	return o->limited ? limits[MEWS_ORDER_FIRST + k] : 0;
}

static enum mews_rc
read_orders(struct page_ctx *c, size_t i, bool amps, size_t phase,
    const struct period *p, struct orders *o, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	int64_t most = 1;
	size_t k;

	*o = (struct orders){ .limited = !amps };
	for (k = 0; k < ORDERS && rc == MEWS_OK; k++) {
		const struct mews_quantity *q =
		    harmonics_quantity(amps, phase, MEWS_ORDER_FIRST + (int)k);

		if (!base_measures(c->base, i, q->name))
			continue;
		o->q[k] = q;
		if (limit(o, k) > most)
			most = limit(o, k);
		rc = series_whole(c, i, q, p, &o->b[k], err);
		if (rc == MEWS_NONE) {
			rc = MEWS_OK;
			continue;
		}
		o->there[k] = rc == MEWS_OK;
		o->n += rc == MEWS_OK;
		if (o->b[k].sum > most)
			most = o->b[k].sum;
	}
	o->top = bars_axis(most).top;
	return rc;
}

static void
place_bar(struct page_ctx *c, struct orders *o, size_t k)
{
	const struct mews_quantity *q = o->q[k];
	const struct mews_bucket *b = &o->b[k];
	char text[FIGURE], y[BARS_PERCENT], h[BARS_PERCENT];
	bool over = limit(o, k) > 0 && b->sum > limit(o, k);

	bars_place(y, h, b->sum, o->top);
	view_set(c->view, "y", y);
	view_set(c->view, "h", h);
	view_set(c->view, "low", figure_number(c, text, q, b->min));
	view_set(c->view, "mean", figure_number(c, text, q, b->sum));
	view_set(c->view, "high", figure_number(c, text, q, b->max));
	view_int(c->view, "over", over);
	o->over += over;
}

static void
order(struct page_ctx *c, struct orders *o, size_t k)
{
	int64_t wide = ORDERS * 1000, left = (int64_t)k * 1000;
	char text[FIGURE], y[BARS_PERCENT], h[BARS_PERCENT], x[BARS_PERCENT];
	int n = MEWS_ORDER_FIRST + (int)k;

	view_int(c->view, "n", n);
	view_int(c->view, "odd", n % 2);
	view_int(c->view, "over", 0);
	view_set(c->view, "x", bars_percent(x, left + 150, wide));
	view_set(c->view, "w", bars_percent(x, 700, wide));
	view_set(c->view, "lx", bars_percent(x, left + 500, wide));
	if (limit(o, k) > 0) {
		bars_place(y, h, limit(o, k), o->top);
		view_set(c->view, "limit", y);
		view_set(c->view, "from", bars_percent(x, left + 50, wide));
		view_set(c->view, "to", bars_percent(x, left + 950, wide));
		view_set(c->view, "limit_text",
		    figure_number(c, text, o->q[k], limit(o, k)));
	}
	if (o->there[k])
		place_bar(c, o, k);
}

/* The phases to choose from, where there are several. */
static void
phases(struct page_ctx *c, size_t i, bool amps, size_t phase)
{
	size_t k, row = 0;

	for (k = 0; k < HARMONICS_PHASES; k++) {
		if (!harmonics_measured(c, i, amps, k))
			continue;
		view_row(c->view, "phase", row++);
		view_int(c->view, "n", (int64_t)k + 1);
		view_int(c->view, "here", k == phase);
		view_up(c->view);
	}
	view_int(c->view, "several", row > 1);
}

enum mews_rc
harmonics_show(struct page_ctx *c, size_t i, bool amps, size_t phase,
    const struct period *p, struct mews_err *err)
{
	struct orders o;
	enum mews_rc rc = read_orders(c, i, amps, phase, p, &o, err);
	char key[32], text[FIGURE];
	size_t k, row = 0;

	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(key, sizeof(key), "quantity.%s_l%zu",
	    amps ? "current" : "voltage", phase + 1);
	view_say(c->view, "heading", "quality.orders", view_word(c->view, key),
	    NULL);
	view_int(c->view, "l", (int64_t)phase + 1);
	view_int(c->view, "limited", o.limited);
	view_int(c->view, "empty", o.n == 0);
	phases(c, i, amps, phase);
	bars_lines(c, "axis", bars_axis(o.top),
	    harmonics_quantity(amps, phase, MEWS_ORDER_FIRST));
	for (k = 0; k < ORDERS; k++) {
		if (o.q[k] == NULL)
			continue;
		view_row(c->view, "order", row++);
		order(c, &o, k);
		view_up(c->view);
	}
	(void)snprintf(text, sizeof(text), "%zu", o.over);
	if (o.over > 0)
		view_say(c->view, "above", "quality.above", text, NULL);
	return MEWS_OK;
}
