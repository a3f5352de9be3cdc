/*
 * home_today.c - today's energy, hour by hour, with last week behind it.
 */
#include "bars.h"
#include "calendar.h"
#include "figure.h"
#include "home.h"
#include "period.h"
#include "total.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct days {
	const struct mews_quantity *q;
	struct total_day now, then;
	struct bars_axis axis;
	size_t open; /* hour that is not over */
};

/* "last Thursday" */
static const char *
last_day(struct page_ctx *c)
{
	char key[24];

	(void)snprintf(key, sizeof(key), "last.%d",
	    mews_calendar_civil(c->now).weekday);
	return view_word(c->view, key);
}

void
home_compare(struct page_ctx *c, const char *name,
    const struct mews_quantity *q, const struct total_slot *now,
    const struct total_slot *then, int64_t until, bool plain)
{
	int64_t less = then->sum - now->sum, size = less < 0 ? -less : less;
	char diff[FIGURE], was[FIGURE], clock[FIGURE], key[32];

	(void)figure_clock(clock, until);
	if (total_gap(now) || total_gap(then) || then->sum <= 0) {
		view_say(c->view, name,
		    !then->known          ? "home.nothing"
			: total_gap(now)  ? "home.gap_today"
			: total_gap(then) ? "home.gap"
					  : "home.zero",
		    last_day(c), NULL);
		view_down(c->view, name);
		view_set(c->view, "icon", "info");
		view_up(c->view);
		return;
	}
	if (plain)
		(void)figure_value(c, diff, q, size);
	else {
		mews_number(diff, c->lang,
		    (size * 1000 + then->sum / 2) / then->sum, 1, 1);
		(void)strcat(diff, "\u00a0%");
	}
	(void)figure_value(c, was, q, then->sum);
	(void)snprintf(key, sizeof(key), "home.%s%s",
	    size == 0      ? "same"
		: less > 0 ? "less"
			   : "more",
	    plain ? "_than" : "");
	view_say(c->view, name, key, diff, last_day(c), clock, was, NULL);
	view_down(c->view, name);
	view_set(c->view, "icon",
	    size == 0      ? "minus"
		: less > 0 ? "trending-down"
			   : "trending-up");
	view_up(c->view);
}

/* The sentence of one hour, for its <title>. */
static void
hour_title(struct page_ctx *c, const struct days *d, size_t i)
{
	static const struct period by_hour = { .by = MEWS_HOUR };
	const struct total_slot *n = &d->now.hour[i], *t = &d->then.hour[i];
	char hour[FIGURE], now[FIGURE] = "\u2013", then[FIGURE] = "\u2013";
	char missing[24];

	(void)period_row(c, &by_hour, hour, d->now.hour[i].t);
	if (n->known) {
		(void)figure_value(c, now, d->q, n->sum);
		(void)figure_flagged(now, n->flags);
	}
	if (i < d->then.n && t->known) {
		(void)figure_value(c, then, d->q, t->sum);
		(void)figure_flagged(then, t->flags);
	}
	view_set(c->view, "hour", hour);
	view_say(c->view, "title",
	    i == d->open      ? "home.hour_open"
		: i > d->open ? "home.hour_to_come"
			      : "home.hour",
	    hour, now, last_day(c), then, NULL);
	(void)snprintf(missing, sizeof(missing), "%" PRIu32,
	    n->expected - n->seen);
	if (n->known && n->expected > n->seen && i < d->open)
		view_say(c->view, "missing", "home.missing", missing, NULL);
	if (n->known) {
		(void)figure_number(c, now, d->q, n->sum);
		view_set(c->view, "now", figure_flagged(now, n->flags));
	}
	if (i < d->then.n && t->known) {
		(void)figure_number(c, then, d->q, t->sum);
		view_set(c->view, "then", figure_flagged(then, t->flags));
	}
}

static void
hour_bar(struct page_ctx *c, const struct days *d, size_t i)
{
	char x[BARS_PERCENT], y[BARS_PERCENT], h[BARS_PERCENT];
	int64_t n = (int64_t)d->now.n, at = (int64_t)i;

	hour_title(c, d, i);
	view_set(c->view, "gx", bars_percent(x, at * 100 + 10, n * 100));
	view_set(c->view, "gw", bars_percent(x, 80, n * 100));
	view_set(c->view, "nx", bars_percent(x, at * 100 + 26, n * 100));
	view_set(c->view, "nw", bars_percent(x, 48, n * 100));
	if (i < d->then.n && d->then.hour[i].known) {
		bars_place(y, h, d->then.hour[i].sum, d->axis.top);
		view_set(c->view, "gy", y);
		view_set(c->view, "gh", h);
	}
	if (d->now.hour[i].known) {
		bars_place(y, h, d->now.hour[i].sum, d->axis.top);
		view_set(c->view, "y", y);
		view_set(c->view, "h", h);
	}
	view_set(c->view, "kind",
	    i == d->open               ? "open"
		: i > d->open          ? "none"
		: d->now.hour[i].known ? "now"
				       : "gap");
}

static void
chart(struct page_ctx *c, struct days *d)
{
	char text[BARS_PERCENT], hour[8];
	int64_t max = 1, n = (int64_t)d->now.n;
	size_t i, k;

	for (i = 0; i < TOTAL_HOURS; i++) {
		if (d->now.hour[i].sum > max)
			max = d->now.hour[i].sum;
		if (d->then.hour[i].sum > max)
			max = d->then.hour[i].sum;
	}
	d->axis = bars_axis(max);
	d->open = (size_t)((c->now - d->now.start) / 3600);
	bars_lines(c, "axis", d->axis, d->q);
	for (i = 0; i < d->now.n; i++) {
		view_row(c->view, "hour", i);
		hour_bar(c, d, i);
		view_up(c->view);
	}
	for (i = 0, k = 0; i <= d->now.n; i += 6, k++) {
		struct mews_civil t =
		    mews_calendar_civil(d->now.start + (int64_t)i * 3600);

		view_row(c->view, "label", k);
		view_set(c->view, "x", bars_percent(text, (int64_t)i, n));
		(void)snprintf(hour, sizeof(hour), "%02d",
		    i == d->now.n ? 24 : t.hour % 100);
		view_set(c->view, "text", hour);
		view_set(c->view, "anchor",
		    i == 0              ? "start"
			: i == d->now.n ? "end"
					: "middle");
		view_up(c->view);
	}
	view_set(c->view, "cap",
	    bars_percent(text, c->now - d->now.start,
		d->now.end - d->now.start));
}

enum mews_rc
home_today(struct page_ctx *c, struct mews_err *err)
{
	struct days d = { .q = total_counter(MEWS_ELECTRICITY) };
	int64_t week = mews_calendar_step(MEWS_DAY, c->now, -7);
	struct total_slot now, then;
	char text[FIGURE];
	int64_t until;
	enum mews_rc rc;

	if (!total_has(c, d.q->name))
		return MEWS_OK;
	if ((rc = total_hours(c, d.q->name, c->now, &d.now, err)) != MEWS_OK ||
	    (rc = total_hours(c, d.q->name, week, &d.then, err)) != MEWS_OK)
		return rc;
	until = total_until(c, d.q->name);
	if (until < d.now.start || until > c->now)
		until = c->now - c->now % 60;
	if ((rc = total_span(c, d.q->name, d.now.start, until, &now, err)) !=
		MEWS_OK ||
	    (rc = total_span(c, d.q->name, d.then.start,
		 total_same_time(d.then.start, until), &then, err)) != MEWS_OK)
		return rc;
	view_down(c->view, "Home.today");
	view_int(c->view, "there", 1);
	if (now.known)
		figure_set_sum(c, "sum", d.q, now.sum, now.flags);
	home_compare(c, "delta", d.q, &now, &then, until, false);
	(void)snprintf(text, sizeof(text), "%s", last_day(c));
	view_set(c->view, "last", figure_capital(text));
	view_int(c->view, "estimated",
	    ((now.flags | then.flags) & MEWS_ESTIMATED) != 0);
	chart(c, &d);
	view_up(c->view);
	return MEWS_OK;
}
