/*
 * page_quality.c - /meters/PLATE/quality: how clean the electricity is: THD
 * hour by hour, single harmonics, and lowest, mean and highest of a day, month
 * or year.
 */
#include "bars.h"
#include "calendar.h"
#include "device.h"
#include "figure.h"
#include "harmonics.h"
#include "merged.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "show", REQUEST_WORD, 8 },
	{ "phase", REQUEST_WORD, 2 },
	{ NULL, REQUEST_WORD, 0 },
};

/*
 * THD of the supply voltage, in stored integers: EN 50160:2010, 4.2.5, at most
 * 8 % (all harmonics up to order 40, means of 10 minutes).  There is no such
 * limit for the current a site takes.
 */
#define THD_LIMIT 800

#define PHASES 3
#define THD    "thd_voltage_l1" /* stands for all power quality */

struct what {
	const char *word, *quantity[PHASES];
	int64_t limit; /* 0: none */
};

static const struct what voltage = { "row.thd_voltage",
	{ "thd_voltage_l1", "thd_voltage_l2", "thd_voltage_l3" }, THD_LIMIT };
static const struct what between = { "quality.between",
	{ "thd_voltage_l12", "thd_voltage_l23", "thd_voltage_l31" },
	THD_LIMIT };
static const struct what current = { "row.thd_current",
	{ "thd_current_l1", "thd_current_l2", "thd_current_l3" }, 0 };
static const struct what whole = { "row.thd_voltage",
	{ "thd_voltage", "thd_voltage", "thd_voltage" }, THD_LIMIT };

/* What stands in the table of the period, in this order, where measured. */
static const char *const others[] = { "voltage_l1", "voltage_l2", "voltage_l3",
	"voltage_l12", "voltage_l23", "voltage_l31", "frequency",
	"active_power", "power_factor", "current_l1", "current_l2",
	"current_l3", "current_n" };

static bool
measures(const struct page_ctx *c, size_t i, const struct what *w)
{
	return base_measures(c->base, i, w->quantity[0]);
}

/* Voltage to neutral, between phases or of the whole; NULL: none. */
static const struct what *
voltage_of(const struct page_ctx *c, size_t i)
{
	static const struct what *const all[] = { &voltage, &between, &whole };
	size_t k;

	for (k = 0; k < MEWS_LEN(all); k++)
		if (measures(c, i, all[k]))
			return all[k];
	return NULL;
}

/* Now, lowest, mean and highest of a quantity below the current node. */
static enum mews_rc
extremes(struct page_ctx *c, size_t i, const struct mews_quantity *q,
    const struct period *p, struct mews_err *err)
{
	const struct mews_live_value *v = mews_live_find(base_live(c->base),
	    base_site(c->base)->device[i].id, q->name);
	struct mews_bucket b;
	char text[FIGURE];
	enum mews_rc rc;

	view_set(c->view, "name", figure_name(c, q));
	view_set(c->view, "unit", figure_unit(q, 0));
	if (v != NULL && !v->missing && !device_old(c))
		view_set(c->view, "now", figure_number(c, text, q, v->value));
	rc = series_whole(c, i, q, p, &b, err);
	if (rc == MEWS_OK) {
		view_set(c->view, "low", figure_number(c, text, q, b.min));
		view_set(c->view, "mean", figure_number(c, text, q, b.sum));
		view_set(c->view, "high", figure_number(c, text, q, b.max));
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Slots of the chart: hours, days or months, a bar a phase. */
struct bars {
	struct mews_buckets list[PHASES];
	size_t phases;
	int64_t top;
	size_t over; /* slots above the limit */
	size_t n;    /* buckets there are */
};

static enum mews_rc
read_bars(struct page_ctx *c, size_t i, const struct what *w,
    const struct period *p, struct bars *b, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	int64_t most = w->limit > 0 ? w->limit : 1;
	size_t k;

	for (; b->phases < PHASES && rc == MEWS_OK; b->phases++) {
		struct mews_buckets *l = &b->list[b->phases];
		const char *name = w->quantity[b->phases];

		if ((b->phases > 0 && strcmp(name, w->quantity[0]) == 0) ||
		    !base_measures(c->base, i, name))
			break;
		rc = series_buckets(c, i, mews_quantity_find(name), p->by,
		    p->from, p->to, l, err);
		b->n += l->n;
		for (k = 0; k < l->n; k++)
			most = l->b[k].sum > most ? l->b[k].sum : most;
	}
	b->top = bars_axis(most).top;
	return rc;
}

static const struct mews_bucket *
at(const struct mews_buckets *l, int64_t t)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->b[i].t == t)
			return &l->b[i];
	return NULL;
}

/* One slot: for each phase its bar and figure. */
static void
slot(struct page_ctx *c, const struct what *w, const struct period *p,
    struct bars *b, size_t i, size_t n, int64_t t)
{
	const struct mews_quantity *q = mews_quantity_find(w->quantity[0]);
	char text[FIGURE], x[BARS_PERCENT], h[BARS_PERCENT];
	int64_t wide = (int64_t)n * 1000, left = (int64_t)i * 1000;
	bool over = false;
	size_t k;

	view_set(c->view, "name", period_row(c, p, text, t));
	(void)snprintf(text, sizeof(text), p->by == MEWS_HOUR ? "%02d" : "%d",
	    p->by == MEWS_HOUR      ? mews_calendar_civil(t).hour
		: p->by == MEWS_DAY ? mews_calendar_civil(t).day
				    : mews_calendar_civil(t).month);
	view_set(c->view, "text", text);
	view_int(c->view, "label", n < 13 || i % 3 == 0);
	view_set(c->view, "lx", bars_percent(x, left + 500, wide));
	view_set(c->view, "w",
	    bars_percent(x, 800 / (int64_t)b->phases - 30, wide));
	for (k = 0; k < b->phases; k++) {
		const struct mews_bucket *v = at(&b->list[k], t);

		view_row(c->view, "bar", k);
		view_int(c->view, "phase", (int64_t)k + 1);
		if (v != NULL) {
			view_set(c->view, "x",
			    bars_percent(x,
				left + 100 +
				    (int64_t)k * 800 / (int64_t)b->phases,
				wide));
			bars_place(x, h, v->sum, b->top);
			view_set(c->view, "y", x);
			view_set(c->view, "h", h);
			view_set(c->view, "n",
			    figure_number(c, text, q, v->sum));
			over = over || (w->limit > 0 && v->sum > w->limit);
		}
		view_up(c->view);
	}
	view_int(c->view, "over", over);
	b->over += over;
}

static enum mews_rc
chart(struct page_ctx *c, size_t i, const struct what *w,
    const struct period *p, struct mews_err *err)
{
	const struct mews_quantity *q = mews_quantity_find(w->quantity[0]);
	char text[FIGURE], y[BARS_PERCENT], h[BARS_PERCENT];
	struct bars b = { .phases = 0 };
	enum mews_rc rc = read_bars(c, i, w, p, &b, err);
	size_t n = 0, k;
	int64_t t;

	for (t = p->from; t < p->to; t = mews_calendar_step(p->by, t, 1))
		n++;
	view_set(c->view, "heading", view_word(c->view, w->word));
	view_int(c->view, "empty", b.n == 0);
	if (rc == MEWS_OK) {
		bars_lines(c, "axis", bars_axis(b.top), q);
		for (k = 0, t = p->from; t < p->to; k++) {
			view_row(c->view, "slot", k);
			slot(c, w, p, &b, k, n, t);
			view_up(c->view);
			t = mews_calendar_step(p->by, t, 1);
		}
	}
	if (w->limit > 0) {
		bars_place(y, h, w->limit, b.top);
		view_set(c->view, "limit", y);
		view_set(c->view, "limit_text",
		    figure_value(c, text, q, w->limit));
		(void)snprintf(text, sizeof(text), "%zu", b.over);
		if (b.over > 0)
			view_say(c->view, "above", "quality.above", text, NULL);
	}
	for (k = 0; k < PHASES; k++)
		mews_buckets_clear(&b.list[k]);
	return rc;
}

static enum mews_rc
table(struct page_ctx *c, size_t i, const char *list, const char *const *names,
    size_t n, const struct period *p, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t k, row = 0;

	for (k = 0; k < n && rc == MEWS_OK; k++) {
		if (!base_measures(c->base, i, names[k]) ||
		    (k > 0 && strcmp(names[k], names[0]) == 0))
			continue;
		view_row(c->view, list, row++);
		rc = extremes(c, i, mews_quantity_find(names[k]), p, err);
		view_up(c->view);
	}
	return rc;
}

static void
links(struct page_ctx *c, const struct period *p, bool amps, size_t phase)
{
	static const struct {
		enum mews_level by;
		const char *word, *before, *after;
	} rows[] = {
		{ MEWS_HOUR, "by.day", "meter.before_day", "meter.after_day" },
		{ MEWS_DAY, "by.month", "meter.before_month",
		    "meter.after_month" },
		{ MEWS_MONTH, "by.year", "meter.before_year",
		    "meter.after_year" },
	};
	char text[80], day[16], what[32];
	size_t i;

	(void)snprintf(what, sizeof(what), "%s&phase=l%zu",
	    amps ? "current" : "voltage", phase + 1);
	view_set(c->view, "phased", what + strcspn(what, "&") + 1);
	for (i = 0; i < MEWS_LEN(rows); i++) {
		view_row(c->view, "by", i);
		view_set(c->view, "name", view_word(c->view, rows[i].word));
		(void)snprintf(text, sizeof(text), "show=%s&by=%s&at=%s", what,
		    mews_level_name(rows[i].by), period_at(day, p->from));
		view_set(c->view, "query", text);
		view_int(c->view, "here", rows[i].by == p->by);
		view_up(c->view);
		if (rows[i].by != p->by)
			continue;
		view_set(c->view, "before", view_word(c->view, rows[i].before));
		view_set(c->view, "after", view_word(c->view, rows[i].after));
	}
	(void)snprintf(text, sizeof(text), "show=%s&by=%s&at=%s", what,
	    mews_level_name(p->by), period_at(day, p->prev));
	view_set(c->view, "prev", p->prev == 0 ? "" : text);
	(void)snprintf(text, sizeof(text), "show=%s&by=%s&at=%s", what,
	    mews_level_name(p->by), period_at(day, p->next));
	view_set(c->view, "next", p->next == 0 ? "" : text);
	(void)snprintf(text, sizeof(text), "by=%s&at=%s",
	    mews_level_name(p->by), period_at(day, p->from));
	view_set(c->view, "period", text);
	view_set(c->view, "title", period_title(c, p, text));
}

static enum mews_rc
read_period(struct page_ctx *c, struct period *p, struct mews_err *err)
{
	const char *by = request_get(c->request, "by");
	enum mews_rc rc = period_read(c, by[0] == '\0' ? "hour" : by,
	    request_get(c->request, "at"), p, err);

	if (rc == MEWS_OK && p->by != MEWS_HOUR && p->by != MEWS_DAY &&
	    p->by != MEWS_MONTH)
		rc = mews_fail(err, MEWS_BAD, "by is hour, day or month");
	return rc;
}

/* What is shown of a device that measures this and that. */
struct choice {
	const struct what *thd; /* NULL: none */
	bool amps, both, orders;
	size_t phase;
};

static enum mews_rc
choose(struct page_ctx *c, size_t i, struct choice *o, struct mews_err *err)
{
	const struct what *volts = voltage_of(c, i);
	bool u = harmonics_measured(c, i, false, HARMONICS_PHASES);
	bool a = harmonics_measured(c, i, true, HARMONICS_PHASES);
	bool has_amps = a || measures(c, i, &current);
	bool has_volts = u || volts != NULL;

	o->both = has_amps && has_volts;
	o->amps = has_amps &&
	    (!has_volts ||
		strcmp(request_get(c->request, "show"), "current") == 0);
	o->orders = o->amps ? a : u;
	o->thd = !o->amps ? volts : measures(c, i, &current) ? &current : NULL;
	return harmonics_phase(c, i, o->amps, request_get(c->request, "phase"),
	    &o->phase, err);
}

/* Each part below the one before, as far as it is measured. */
static enum mews_rc
parts(struct page_ctx *c, size_t i, const struct choice *o,
    const struct period *p, struct mews_err *err)
{
	enum mews_rc rc = device_set(c, i, err);

	links(c, p, o->amps, o->phase);
	view_int(c->view, "both", o->both);
	view_int(c->view, "amps", o->amps);
	view_int(c->view, "orders", o->orders);
	view_int(c->view, "thds", o->thd != NULL);
	view_int(c->view, "none", o->thd == NULL && !o->orders);
	(void)merged_set(c, "merged", mews_quantity_find(THD), p);
	if (rc == MEWS_OK && o->thd != NULL)
		rc = chart(c, i, o->thd, p, err);
	if (rc == MEWS_OK && o->thd != NULL)
		rc = table(c, i, "thd", o->thd->quantity, PHASES, p, err);
	if (rc == MEWS_OK && o->orders) {
		view_down(c->view, "harmonics");
		rc = harmonics_show(c, i, o->amps, o->phase, p, err);
		view_up(c->view);
	}
	if (rc == MEWS_OK)
		rc = table(c, i, "other", others, MEWS_LEN(others), p, err);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	struct choice o;
	struct period p;
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	if ((rc = read_period(c, &p, err)) != MEWS_OK ||
	    (rc = choose(c, i, &o, err)) != MEWS_OK)
		return rc;
	(void)snprintf(c->title, sizeof(c->title), "%s %s",
	    base_site(c->base)->device[i].plate,
	    view_word(c->view, "quality.title"));
	view_down(c->view, "Quality");
	rc = parts(c, i, &o, &p, err);
	view_up(c->view);
	return rc;
}

const struct page page_quality = {
	.path = "/meters/*/quality",
	.name = "quality",
	.menu = "meters",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
