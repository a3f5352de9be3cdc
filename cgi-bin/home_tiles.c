/*
 * home_tiles.c - the small tiles, and the week.
 *
 * A tile whose meter does not exist is not there; the grid closes up.
 */
#include "bars.h"
#include "calendar.h"
#include "figure.h"
#include "home.h"
#include "total.h"

#include <stdio.h>

#define POWER "active_power"

static const struct {
	enum mews_medium medium;
	const char *name, *icon;
} media[] = {
	{ MEWS_WATER, "water", "droplet" },
	{ MEWS_GAS, "gas", "flame" },
};

/* Twelve bars of two hours. */
static void
spark(struct page_ctx *c, const struct total_day *d)
{
	struct mews_buf path = { 0 };
	int64_t sum[TOTAL_HOURS / 2 + 1] = { 0 }, max = 1;
	size_t i;

	for (i = 0; i < d->n; i++) {
		sum[i / 2] += d->hour[i].sum;
		max = sum[i / 2] > max ? sum[i / 2] : max;
	}
	mews_buf_str(&path, "M0 0");
	for (i = 0; i < 12; i++)
		bars_path(&path, i, sum[i], max);
	view_set(c->view, "path", path.s);
	mews_buf_clear(&path);
}

static enum mews_rc
medium_tile(struct page_ctx *c, size_t i, size_t *row, struct mews_err *err)
{
	const struct mews_quantity *q = total_counter(media[i].medium);
	int64_t week = mews_calendar_step(MEWS_DAY, c->now, -7);
	struct total_slot now, then;
	struct total_day d;
	char key[32];
	int64_t until;
	enum mews_rc rc;

	if (!total_has(c, q->name))
		return MEWS_OK;
	if ((rc = total_hours(c, q->name, c->now, &d, err)) != MEWS_OK)
		return rc;
	until = total_until(c, q->name);
	if (until < d.start || until > c->now)
		until = c->now - c->now % 60;
	if ((rc = total_span(c, q->name, d.start, until, &now, err)) !=
		MEWS_OK ||
	    (rc = total_span(c, q->name, week, total_same_time(week, until),
		 &then, err)) != MEWS_OK)
		return rc;
	view_row(c->view, "tile", (*row)++);
	(void)snprintf(key, sizeof(key), "home.%s", media[i].name);
	view_set(c->view, "name", view_word(c->view, key));
	view_set(c->view, "medium", media[i].name);
	view_set(c->view, "icon", media[i].icon);
	if (now.known)
		figure_set_sum(c, "value", q, now.sum, now.flags);
	home_compare(c, "delta", q, &now, &then, until, true);
	spark(c, &d);
	view_up(c->view);
	return MEWS_OK;
}

/* The only main meter of power; false when there are none or several, whose
 * extremes would not add up. */
static bool
one_main(const struct page_ctx *c, size_t *out)
{
	const struct mews_site *site = base_site(c->base);
	size_t i, n = 0;

	for (i = 0; i < site->ndevices; i++)
		if (site->device[i].post == MEWS_POST_MAIN &&
		    base_measures(c->base, i, POWER)) {
			*out = i;
			n++;
		}
	return n == 1;
}

struct extremes {
	bool known;
	int64_t max, min, t_max, t_min;
};

static enum mews_rc
extremes(struct page_ctx *c, const struct mews_device *d, int64_t from,
    int64_t to, struct extremes *e, struct mews_err *err)
{
	struct mews_buckets list;
	enum mews_rc rc;
	size_t i;

	*e = (struct extremes){ 0 };
	rc = base_read(c->base, d, POWER, MEWS_HOUR, from, to, c->now, &list,
	    err);
	for (i = 0; i < list.n; i++) {
		const struct mews_bucket *b = &list.b[i];

		if (!e->known || b->max > e->max) {
			e->max = b->max;
			e->t_max = b->t + b->t_max * 60;
		}
		if (!e->known || b->min < e->min) {
			e->min = b->min;
			e->t_min = b->t + b->t_min * 60;
		}
		e->known = true;
	}
	mews_buckets_clear(&list);
	return rc;
}

static void
extreme_tile(struct page_ctx *c, size_t *row, const char *name,
    const char *icon, int64_t value, int64_t t)
{
	char clock[FIGURE], key[32];

	view_row(c->view, "tile", (*row)++);
	(void)snprintf(key, sizeof(key), "home.%s", name);
	view_set(c->view, "name", view_word(c->view, key));
	view_set(c->view, "medium", "power");
	view_set(c->view, "icon", icon);
	figure_set(c, "value", mews_quantity_find(POWER), value);
	view_say(c->view, "delta", "home.at", figure_clock(clock, t), NULL);
	view_up(c->view);
}

enum mews_rc
home_tiles(struct page_ctx *c, struct mews_err *err)
{
	struct extremes e;
	size_t i, main_device, row = 0;
	enum mews_rc rc = MEWS_OK;

	view_down(c->view, "Home.tiles");
	if (one_main(c, &main_device))
		rc = extremes(c, &base_site(c->base)->device[main_device],
		    mews_calendar_floor(MEWS_DAY, c->now), c->now + 1, &e, err);
	else
		e.known = false;
	if (rc == MEWS_OK && e.known) {
		extreme_tile(c, &row, "highest", "trending-up", e.max, e.t_max);
		extreme_tile(c, &row, "lowest", "trending-down", e.min,
		    e.t_min);
	}
	for (i = 0; i < MEWS_LEN(media) && rc == MEWS_OK; i++)
		rc = medium_tile(c, i, &row, err);
	view_int(c->view, "n", (int64_t)row);
	view_up(c->view);
	return rc;
}

static void
week_row(struct page_ctx *c, const struct mews_quantity *q, size_t i,
    const struct total_slot *now, const struct total_slot *then, int64_t max)
{
	char text[FIGURE], key[24];
	int today = mews_calendar_civil(c->now).weekday;

	view_row(c->view, "day", i);
	(void)snprintf(key, sizeof(key), "weekday.%zu", i);
	(void)snprintf(text, sizeof(text), "%s", view_word(c->view, key));
	view_set(c->view, "name", figure_capital(text));
	view_int(c->view, "open", (int)i == today);
	if (now->known) {
		(void)figure_number(c, text, q, now->sum);
		view_set(c->view, "now", figure_flagged(text, now->flags));
		view_set(c->view, "w", bars_percent(text, now->sum, max));
	}
	if (then->known) {
		(void)figure_number(c, text, q, then->sum);
		view_set(c->view, "then", figure_flagged(text, then->flags));
		view_set(c->view, "gw", bars_percent(text, then->sum, max));
	}
	view_up(c->view);
}

enum mews_rc
home_week(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_quantity *q = total_counter(MEWS_ELECTRICITY);
	struct total_slot now[7], then[7];
	int64_t max = 1;
	unsigned flags = 0;
	enum mews_rc rc;
	size_t i;

	if (!total_has(c, q->name))
		return MEWS_OK;
	if ((rc = total_week(c, q->name, c->now, now, err)) != MEWS_OK ||
	    (rc = total_week(c, q->name,
		 mews_calendar_step(MEWS_DAY, c->now, -7), then, err)) !=
		MEWS_OK)
		return rc;
	for (i = 0; i < 7; i++) {
		max = now[i].sum > max ? now[i].sum : max;
		max = then[i].sum > max ? then[i].sum : max;
		flags |= now[i].flags | then[i].flags;
	}
	view_down(c->view, "Home.week");
	for (i = 0; i < 7; i++)
		week_row(c, q, i, &now[i], &then[i], max + max / 50);
	view_int(c->view, "estimated", (flags & MEWS_ESTIMATED) != 0);
	view_up(c->view);
	return MEWS_OK;
}
