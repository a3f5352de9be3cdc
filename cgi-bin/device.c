/*
 * device.c - value and condition of one device.
 */
#include "device.h"

#include "calendar.h"
#include "figure.h"
#include "total.h"

#include <stdio.h>
#include <string.h>

#define POWER  "active_power"
#define ENERGY "active_energy_import"

const struct mews_quantity *
device_counter(const struct page_ctx *c, size_t i)
{
	const struct mews_quantity *q;
	int m;

	for (m = MEWS_ELECTRICITY; m < MEWS_NO_MEDIUM; m++) {
		q = total_counter((enum mews_medium)m);
		if (base_measures(c->base, i, q->name))
			return q;
	}
	return NULL;
}

const char *
device_medium(const struct page_ctx *c, size_t i)
{
	static const char *const media[] = {
		[MEWS_ELECTRICITY] = "electricity",
		[MEWS_WATER] = "water",
		[MEWS_GAS] = "gas",
		[MEWS_HEAT] = "heat",
		[MEWS_AIR] = "air",
	};
	const struct mews_quantity *q = device_counter(c, i);

	return q == NULL || q->medium >= (int)MEWS_LEN(media)
	    ? "other"
	    : media[q->medium];
}

const char *
device_group(struct page_ctx *c, enum mews_group group)
{
	static const char *const keys[] = {
		[MEWS_GROUP_OTHER] = "group.other",
		[MEWS_GROUP_HEATING] = "group.heating",
		[MEWS_GROUP_COOLING] = "group.cooling",
		[MEWS_GROUP_HOT_WATER] = "group.hot_water",
		[MEWS_GROUP_LIGHTING] = "group.lighting",
		[MEWS_GROUP_SOCKETS] = "group.sockets",
	};

	return view_word(c->view, keys[group]);
}

enum mews_rc
device_today(struct page_ctx *c, size_t i, struct mews_bucket *out,
    struct mews_err *err)
{
	const struct mews_quantity *q = device_counter(c, i);
	struct mews_buckets list;
	enum mews_rc rc;

	if (q == NULL)
		return mews_fail(err, MEWS_NONE, "no counter");
	rc = base_read(c->base, &base_site(c->base)->device[i], q->name,
	    MEWS_DAY, mews_calendar_floor(MEWS_DAY, c->now),
	    mews_calendar_step(MEWS_DAY, c->now, 1), c->now, &list, err);
	if (rc == MEWS_OK && list.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		*out = list.b[0];
	mews_buckets_clear(&list);
	return rc;
}

enum mews_rc
device_mean(struct page_ctx *c, size_t i, int64_t t, int64_t *out,
    struct mews_err *err)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_quantity *p = mews_quantity_find(POWER);
	bool gauge = base_measures(c->base, i, POWER);
	struct mews_buckets list;
	enum mews_rc rc;
	int k;

	rc = base_read(c->base, d, gauge ? POWER : ENERGY, MEWS_MINUTE, t,
	    t + 60, c->now, &list, err);
	if (rc == MEWS_OK && list.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK) {
		*out = list.b[0].sum;
		for (k = 0; !gauge && k < p->decimals; k++)
			*out *= 10;
		if (!gauge)
			*out *= 60;
	}
	mews_buckets_clear(&list);
	return rc;
}

static enum mews_rc
set_mean(struct page_ctx *c, size_t i, struct mews_err *err)
{
	struct mews_bucket b;
	int64_t mean;
	enum mews_rc rc;

	rc =
	    base_last(c->base, &base_site(c->base)->device[i], ENERGY, &b, err);
	if (rc == MEWS_OK && b.t + 180 < c->now)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		rc = device_mean(c, i, b.t, &mean, err);
	if (rc == MEWS_OK)
		figure_set(c, "mean", mews_quantity_find(POWER), mean);
	return rc;
}

enum mews_rc
device_set_pulses(struct page_ctx *c, size_t i, struct mews_err *err)
{
	const struct mews_quantity *q = device_counter(c, i);
	int64_t hour = mews_calendar_floor(MEWS_HOUR, c->now);
	struct mews_buckets list;
	enum mews_rc rc;

	if (q == NULL || base_measures(c->base, i, POWER))
		return MEWS_OK;
	rc = base_read(c->base, &base_site(c->base)->device[i], q->name,
	    MEWS_HOUR, hour - 3600, hour, c->now, &list, err);
	if (list.n > 0)
		figure_set_sum(c, "hour", q, list.b[0].sum, list.b[0].flags);
	mews_buckets_clear(&list);
	if (rc == MEWS_OK && q->medium == MEWS_ELECTRICITY)
		rc = set_mean(c, i, err);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

bool
device_old(const struct page_ctx *c)
{
	return base_live(c->base)->now + DEVICE_OLD < c->now;
}

const char *
device_since(const struct page_ctx *c, char *text, int64_t t)
{
	return mews_say_since(c->view, text, t, c->now);
}

bool
device_why(struct page_ctx *c, const char *name, const struct mews_line *l)
{
	const struct mews_live_line *now =
	    mews_live_line(base_live(c->base), l->id);
	char key[32];

	if (now == NULL || now->open || now->why[0] == '\0')
		return false;
	(void)snprintf(key, sizeof(key), "line.why.%s", now->why);
	view_say(c->view, name, key, l->path, NULL);
	return true;
}

static const struct mews_live_device *
answers(const struct page_ctx *c, size_t i)
{
	return mews_live_device(base_live(c->base),
	    base_site(c->base)->device[i].id);
}

static const struct {
	const char *state, *key;
} states[] = {
	[MEWS_UNASKED] = { "idle", "state.unasked" },
	[MEWS_ANSWERS] = { "ok", "state.answers" },
	[MEWS_SILENT] = { "bad", "state.silent" },
	[MEWS_NO_LINE] = { "bad", "state.no_line" },
};

const char *
device_state(const struct page_ctx *c, size_t i)
{
	const struct mews_live_device *d = answers(c, i);

	return device_old(c) || d == NULL ? "idle" : states[d->answer].state;
}

const char *
device_says(const struct page_ctx *c, size_t i, char *text)
{
	const struct mews_live_device *d = answers(c, i);
	struct mews_buf b = { 0 };
	char since[FIGURE] = "";

	if (d != NULL)
		(void)device_since(c, since, d->last > 0 ? d->last : d->since);
	view_tell(c->view, &b,
	    device_old(c)   ? "state.old"
		: d == NULL ? "state.unasked"
			    : states[d->answer].key,
	    since, NULL);
	(void)snprintf(text, FIGURE, "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	return text;
}

static void
set_power(struct page_ctx *c, const struct mews_device *d)
{
	const struct mews_live_value *v =
	    mews_live_find(base_live(c->base), d->id, POWER);
	char key[64];

	(void)snprintf(key, sizeof(key), "%s." POWER, d->plate);
	view_set(c->view, "live", key);
	if (v != NULL && !v->missing)
		figure_set_now(c, "value", v->quantity, v->value);
}

enum mews_rc
device_set(struct page_ctx *c, size_t i, struct mews_err *err)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_quantity *q = device_counter(c, i);
	char text[FIGURE];
	struct mews_bucket b;
	enum mews_rc rc;

	view_set(c->view, "plate", d->plate);
	view_set(c->view, "name", d->name);
	view_set(c->view, "path", figure_path(text, d));
	view_set(c->view, "state", device_state(c, i));
	view_set(c->view, "says", device_says(c, i, text));
	view_set(c->view, "medium", device_medium(c, i));
	if (base_measures(c->base, i, POWER)) {
		set_power(c, d);
		return MEWS_OK;
	}
	rc = device_today(c, i, &b, err);
	if (rc == MEWS_OK)
		figure_set_sum(c, "value", q, b.sum, b.flags);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
