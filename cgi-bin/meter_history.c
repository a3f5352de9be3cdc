/*
 * meter_history.c - the chart's address, its table, and where its steps lead.
 */
#include "amend.h"
#include "calendar.h"
#include "device.h"
#include "figure.h"
#include "merged.h"
#include "meter.h"
#include "series.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define POWER "active_power"

/* What the table shows: energy and one gauge, either may be missing. */
struct columns {
	const struct mews_quantity *counter, *gauge;
	struct mews_buckets sums, levels;
	struct mews_display sum_unit, level_unit;
	bool mean; /* the gauge was asked for, so its mean is shown too */
};

/* The query of this page with another level or day. */
static void
link_to(struct page_ctx *c, const char *name, enum mews_level by, int64_t at,
    const char *of)
{
	char text[120], day[16];

	(void)snprintf(text, sizeof(text), "by=%s&at=%s%s%s",
	    mews_level_name(by), period_at(day, at),
	    of[0] == '\0' ? "" : "&of=", of);
	view_set(c->view, name, text);
}

static enum mews_rc
read_columns(struct page_ctx *c, size_t device, const struct period *p,
    const char *of, struct columns *t, struct mews_err *err)
{
	const struct mews_quantity *q = mews_quantity_find(of);
	enum mews_rc rc = MEWS_OK;

	t->counter = device_counter(c, device);
	if (base_measures(c->base, device, POWER))
		t->gauge = mews_quantity_find(POWER);
	if (q != NULL && q->kind == MEWS_COUNTER) {
		t->counter = q;
		t->gauge = NULL;
	} else if (q != NULL && strcmp(of, POWER) != 0) {
		t->gauge = q;
		t->counter = NULL;
	}
	t->mean = q != NULL && q->kind == MEWS_GAUGE;
	if (t->counter != NULL)
		rc = series_buckets(c, device, t->counter, p->by, p->from,
		    p->to, &t->sums, err);
	if (rc == MEWS_OK && t->gauge != NULL)
		rc = series_buckets(c, device, t->gauge, p->by, p->from, p->to,
		    &t->levels, err);
	return rc;
}

/* A column has the unit and the decimals of its largest figure. */
static void
choose_units(struct columns *t)
{
	int64_t most = 0;
	size_t i;

	for (i = 0; i < t->sums.n; i++)
		most = t->sums.b[i].sum > most ? t->sums.b[i].sum : most;
	if (t->counter != NULL)
		t->sum_unit = mews_quantity_display(t->counter, most);
	most = 0;
	for (i = 0; i < t->levels.n; i++)
		most = t->levels.b[i].max > most ? t->levels.b[i].max : most;
	if (t->gauge != NULL)
		t->level_unit = mews_quantity_display(t->gauge, most);
}

static void
put(struct page_ctx *c, const char *name, int64_t value, struct mews_display d,
    unsigned flags)
{
	char text[FIGURE];

	mews_number(text, c->lang, value, d.exponent, d.decimals);
	view_set(c->view, name, figure_flagged(text, flags));
}

static void
row(struct page_ctx *c, const struct period *p, const struct columns *t,
    int64_t at, const struct mews_bucket *sum, const struct mews_bucket *level)
{
	const struct mews_bucket *any = sum != NULL ? sum : level;
	char text[FIGURE], missing[24];

	view_set(c->view, "name", period_row(c, p, text, at));
	if (sum != NULL)
		put(c, "sum", sum->sum, t->sum_unit, sum->flags);
	if (sum != NULL && !(sum->flags & MEWS_OPEN) && amend_may(c)) {
		(void)snprintf(text, sizeof(text), "of=%s&by=%s&since=%" PRId64,
		    t->counter->name, mews_level_name(p->by), at);
		view_set(c->view, "correct", text);
	}
	if (level != NULL) {
		put(c, "mean", level->sum, t->level_unit, level->flags);
		put(c, "low", level->min, t->level_unit, 0);
		put(c, "high", level->max, t->level_unit, 0);
	}
	if ((any->flags & (MEWS_OPEN | MEWS_ESTIMATED)) ==
	    (MEWS_OPEN | MEWS_ESTIMATED)) {
		(void)snprintf(text, sizeof(text), "%s, %s",
		    view_word(c->view, "meter.so_far"),
		    view_word(c->view, "meter.estimated"));
		view_set(c->view, "note", text);
	} else if (any->flags & MEWS_OPEN)
		view_set(c->view, "note", view_word(c->view, "meter.so_far"));
	else if (any->flags & MEWS_ESTIMATED)
		view_set(c->view, "note",
		    view_word(c->view, "meter.estimated"));
	else if (any->seen < any->expected) {
		(void)snprintf(missing, sizeof(missing), "%" PRIu32,
		    any->expected - any->seen);
		view_say(c->view, "note", "home.missing", missing, NULL);
	}
}

static void
table(struct page_ctx *c, const struct period *p, const struct columns *t)
{
	size_t i = 0, k = 0, n = 0;
	int64_t at;

	while (i < t->sums.n || k < t->levels.n) {
		at = i < t->sums.n ? t->sums.b[i].t : INT64_MAX;
		if (k < t->levels.n && t->levels.b[k].t < at)
			at = t->levels.b[k].t;
		view_row(c->view, "row", n++);
		row(c, p, t, at,
		    i < t->sums.n && t->sums.b[i].t == at ? &t->sums.b[i]
							  : NULL,
		    k < t->levels.n && t->levels.b[k].t == at ? &t->levels.b[k]
							      : NULL);
		view_up(c->view);
		i += i < t->sums.n && t->sums.b[i].t == at;
		k += k < t->levels.n && t->levels.b[k].t == at;
	}
	view_int(c->view, "rows", (int64_t)n);
}

/* What stands below: the whole, the highest and the lowest. */
static void
facts(struct page_ctx *c, const struct period *p, const struct columns *t)
{
	const struct mews_bucket *high = NULL, *low = NULL;
	char text[FIGURE], when[FIGURE];
	unsigned flags = 0;
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < t->sums.n; i++) {
		sum += t->sums.b[i].sum;
		flags |= t->sums.b[i].flags;
	}
	if (t->sums.n > 0) {
		(void)figure_value(c, text, t->counter, sum);
		view_set(c->view, "whole", figure_flagged(text, flags));
	}
	for (i = 0; i < t->levels.n; i++) {
		const struct mews_bucket *b = &t->levels.b[i];

		high = high == NULL || b->max > high->max ? b : high;
		low = low == NULL || b->min < low->min ? b : low;
	}
	if (high == NULL)
		return;
	(void)(p->by <= MEWS_HOUR
		? figure_clock(when, high->t + high->t_max * 60)
		: figure_date(c, when, FIGURE_TABLE_DAY,
		      high->t + high->t_max * 60));
	view_say(c->view, "high",
	    p->by <= MEWS_HOUR ? "meter.highest" : "meter.highest_day",
	    figure_value(c, text, t->gauge, high->max), when, NULL);
	(void)(p->by <= MEWS_HOUR ? figure_clock(when, low->t + low->t_min * 60)
				  : figure_date(c, when, FIGURE_TABLE_DAY,
					low->t + low->t_min * 60));
	view_say(c->view, "low",
	    p->by <= MEWS_HOUR ? "meter.lowest" : "meter.lowest_day",
	    figure_value(c, text, t->gauge, low->min), when, NULL);
}

static void
links(struct page_ctx *c, const struct period *p, const char *of)
{
	static const char *const steps[MEWS_LEVELS] = { "day", "day", "month",
		"year", "year" };
	int64_t at = p->by == MEWS_YEAR ? c->now : p->from;
	char key[40];
	int by;

	for (by = 0; by < MEWS_LEVELS; by++) {
		view_row(c->view, "by", (size_t)by);
		(void)snprintf(key, sizeof(key), "by.%s",
		    mews_level_name((enum mews_level)by));
		view_set(c->view, "name", view_word(c->view, key));
		link_to(c, "query", (enum mews_level)by, at, of);
		view_int(c->view, "here", by == (int)p->by);
		view_up(c->view);
	}
	if (p->prev != 0)
		link_to(c, "prev", p->by, p->prev, of);
	if (p->next != 0)
		link_to(c, "next", p->by, p->next, of);
	(void)snprintf(key, sizeof(key), "meter.before_%s", steps[p->by]);
	view_set(c->view, "before", view_word(c->view, key));
	(void)snprintf(key, sizeof(key), "meter.after_%s", steps[p->by]);
	view_set(c->view, "after", view_word(c->view, key));
	link_to(c, "csv", p->by, p->from, of);
}

/* What the chart shows and where it gets it. */
static void
chart(struct page_ctx *c, size_t device, const struct period *p,
    const struct mews_quantity *q)
{
	const struct mews_device *d = &base_site(c->base)->device[device];
	struct series s = { .q = q, .of = q };
	char text[FIGURE], url[240], day[16];

	s.mean = p->by == MEWS_MINUTE &&
	    strcmp(q->name, "active_energy_import") == 0;
	view_set(c->view, "title", period_title(c, p, text));
	view_say(c->view, "label", "meter.chart_label", series_name(c, &s),
	    d->plate, d->name, text, NULL);
	view_set(c->view, "name", series_name(c, &s));
	(void)snprintf(url, sizeof(url),
	    "/api/v1/series?on=%s&of=%s&by=%s&at=%s", d->plate, q->name,
	    mews_level_name(p->by), period_at(day, p->from));
	view_set(c->view, "url", url);
	view_int(c->view, "band", q->kind == MEWS_GAUGE);
}

/* The names of the table's columns. */
static void
heads(struct page_ctx *c, const struct period *p, const struct columns *t)
{
	char key[40];

	view_set(c->view, "sum_unit",
	    t->counter == NULL ? "" : t->sum_unit.unit);
	view_set(c->view, "level_unit",
	    t->gauge == NULL ? "" : t->level_unit.unit);
	view_int(c->view, "has_sum", t->counter != NULL);
	view_int(c->view, "has_level", t->gauge != NULL);
	view_int(c->view, "has_mean", t->mean);
	view_int(c->view, "amend", t->counter != NULL && amend_may(c));
	(void)snprintf(key, sizeof(key), "by.%s", mews_level_name(p->by));
	view_set(c->view, "row_name", view_word(c->view, key));
}

/* What of the chart and of the table below it was merged, each once. */
static void
merged(struct page_ctx *c, const struct period *p, const struct period *rows,
    const struct mews_quantity *q, const struct columns *t)
{
	(void)merged_set(c, "merged", q, p);
	if (p->by != rows->by && t->counter != NULL)
		(void)merged_set(c, "merged_sums", t->counter, rows);
	if (t->gauge != NULL && (p->by != rows->by || t->gauge != q))
		(void)merged_set(c, "merged_levels", t->gauge, rows);
}

enum mews_rc
meter_history(struct page_ctx *c, size_t device, const struct period *p,
    const char *of, struct mews_err *err)
{
	const struct mews_quantity *q = series_choose(c, device, of, p->by);
	struct period rows = *p;
	struct columns t = { 0 };
	enum mews_rc rc;

	if (q == NULL)
		return MEWS_OK;
	/* a table of 1440 minutes helps nobody: it has the hours */
	if (rows.by == MEWS_MINUTE)
		rows.by = MEWS_HOUR;
	view_down(c->view, "Meter.history");
	chart(c, device, p, q);
	links(c, p, of);
	rc = read_columns(c, device, &rows, of, &t, err);
	if (rc == MEWS_OK) {
		choose_units(&t);
		heads(c, &rows, &t);
		table(c, &rows, &t);
		facts(c, &rows, &t);
		merged(c, p, &rows, q, &t);
	}
	mews_buckets_clear(&t.sums);
	mews_buckets_clear(&t.levels);
	view_up(c->view);
	return rc;
}
