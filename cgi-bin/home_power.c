/*
 * home_power.c - power now, and where it went in the last whole minute.
 *
 * The shares are means of one and the same minute: a meter that sends pulses
 * has no power of this instant, and figures of different instants would not
 * add up.
 */
#include "bars.h"
#include "device.h"
#include "figure.h"
#include "home.h"
#include "total.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define POWER  "active_power"
#define ENERGY "active_energy_import"

static bool
main_meter(const struct page_ctx *c, size_t i)
{
	return base_site(c->base)->device[i].post == MEWS_POST_MAIN &&
	    (base_measures(c->base, i, POWER) ||
		base_measures(c->base, i, ENERGY));
}

/* Newest minute every main meter has. */
static int64_t
newest(struct page_ctx *c)
{
	int64_t until = total_until(c, total_has(c, POWER) ? POWER : ENERGY);

	return until == 0 ? 0 : until - 60;
}

static void
set_load(struct page_ctx *c, size_t *row, const char *name, const char *path,
    int64_t value, bool known, int64_t whole)
{
	const struct mews_quantity *q = mews_quantity_find(POWER);
	char share[BARS_PERCENT];

	view_row(c->view, "load", (*row)++);
	view_set(c->view, "name", name);
	view_set(c->view, "path", path);
	if (known) {
		figure_set(c, "power", q, value);
		view_set(c->view, "share",
		    bars_percent(share, value, whole > 0 ? whole : 1));
	}
	view_up(c->view);
}

/* The sub-meters and what they leave over. */
static enum mews_rc
loads(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	int64_t t = newest(c), whole = 0, rest, v;
	char path[FIGURE];
	size_t i, row = 0;
	bool all = true;
	enum mews_rc rc;

	for (i = 0; i < site->ndevices; i++)
		if (main_meter(c, i) &&
		    (rc = device_mean(c, i, t, &v, err)) != MEWS_NONE) {
			if (rc != MEWS_OK)
				return rc;
			whole += v;
		}
	rest = whole;
	for (i = 0; i < site->ndevices; i++) {
		const struct mews_device *d = &site->device[i];

		if (d->post != MEWS_POST_SUB ||
		    (!base_measures(c->base, i, POWER) &&
			!base_measures(c->base, i, ENERGY)))
			continue;
		v = 0;
		rc = device_mean(c, i, t, &v, err);
		if (rc != MEWS_OK && rc != MEWS_NONE)
			return rc;
		all = all && rc == MEWS_OK;
		rest -= v;
		set_load(c, &row, d->name, figure_path(path, d), v,
		    rc == MEWS_OK, whole);
	}
	if (row > 0) {
		set_load(c, &row, view_word(c->view, "home.rest"), "",
		    rest > 0 ? rest : 0, true, whole);
		view_int(c->view, "loads", 1);
		view_int(c->view, "missing", !all);
	}
	return MEWS_OK;
}

/* Adds the gauge's means of an hour, by minute. */
static enum mews_rc
minutes(struct page_ctx *c, int64_t from, int64_t sum[60], bool known[60],
    struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_buckets list;
	enum mews_rc rc = MEWS_OK;
	size_t i, k;

	for (i = 0; i < site->ndevices && rc == MEWS_OK; i++) {
		if (!main_meter(c, i) || !base_measures(c->base, i, POWER))
			continue;
		rc = base_read(c->base, &site->device[i], POWER, MEWS_MINUTE,
		    from, from + 3600, c->now, &list, err);
		for (k = 0; k < list.n; k++) {
			int64_t at = (list.b[k].t - from) / 60;

			sum[at] += list.b[k].sum;
			known[at] = true;
		}
		mews_buckets_clear(&list);
	}
	return rc;
}

/* The last sixty minutes as one path. */
static enum mews_rc
hour(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_quantity *q = mews_quantity_find(POWER);
	int64_t to = newest(c) + 60, sum[60] = { 0 };
	int64_t max = 1, min = INT64_MAX;
	char low[FIGURE], high[FIGURE];
	struct mews_buf path = { 0 };
	bool known[60] = { false };
	enum mews_rc rc;
	size_t i;

	if ((rc = minutes(c, to - 3600, sum, known, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < 60; i++)
		if (known[i]) {
			max = sum[i] > max ? sum[i] : max;
			min = sum[i] < min ? sum[i] : min;
		}
	if (min == INT64_MAX)
		return MEWS_OK;
	mews_buf_str(&path, "M0 0");
	for (i = 0; i < 60; i++)
		bars_path(&path, i, sum[i], max);
	view_set(c->view, "path", path.s);
	view_say(c->view, "path_label", "home.hour_label",
	    figure_value(c, low, q, min), figure_value(c, high, q, max), NULL);
	view_set(c->view, "from", figure_clock(low, to - 3600));
	view_set(c->view, "to", figure_clock(high, to));
	view_set(c->view, "high", figure_value(c, high, q, max));
	mews_buf_clear(&path);
	return MEWS_OK;
}

/* What the main meters say now; false when one does not. */
static bool
now(const struct page_ctx *c, int64_t *sum)
{
	const struct mews_site *site = base_site(c->base);
	const struct mews_live *live = base_live(c->base);
	size_t i;

	*sum = 0;
	for (i = 0; i < site->ndevices; i++) {
		const struct mews_live_value *v;

		if (!main_meter(c, i) || !base_measures(c->base, i, POWER))
			continue;
		v = mews_live_find(live, site->device[i].id, POWER);
		if (v == NULL || v->missing)
			return false;
		*sum += v->value;
	}
	return true;
}

static void
contract(struct page_ctx *c, int64_t sum)
{
	const struct mews_quantity *q = mews_quantity_find(POWER);
	int64_t most = base_site(c->base)->contract_w;
	char text[BARS_PERCENT], share[FIGURE], whole[FIGURE];
	int i;

	for (i = 0; i < q->decimals; i++)
		most *= 10;
	if (most <= 0)
		return;
	mews_number(share, c->lang, sum * 100 / most, 0, 0);
	(void)figure_value(c, whole, q, most);
	view_set(c->view, "share", bars_percent(text, sum, most));
	view_say(c->view, "contract", "home.contract", share, NULL);
	view_set(c->view, "most", whole);
}

enum mews_rc
home_power(struct page_ctx *c, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	int64_t sum, v;

	if (!total_has(c, POWER) && !total_has(c, ENERGY))
		return MEWS_OK;
	view_down(c->view, "Home.power");
	view_int(c->view, "there", 1);
	if (total_has(c, POWER)) {
		view_int(c->view, "live", 1);
		if (now(c, &sum)) {
			figure_set_now(c, "now", mews_quantity_find(POWER),
			    sum);
			contract(c, sum);
		}
		rc = hour(c, err);
	} else {
		sum = 0;
		for (size_t i = 0; i < base_site(c->base)->ndevices; i++)
			if (main_meter(c, i) &&
			    device_mean(c, i, newest(c), &v, err) == MEWS_OK)
				sum += v;
		figure_set_now(c, "now", mews_quantity_find(POWER), sum);
	}
	if (rc == MEWS_OK)
		rc = loads(c, err);
	view_up(c->view);
	return rc;
}
