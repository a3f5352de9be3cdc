/*
 * total.c - adds the main meters' buckets up, slot by slot.
 */
#include "total.h"

#include "calendar.h"

#include <string.h>

/* Minutes at the start of a day that may be missing: less than anyone sees. */
#define LATE 2

const struct mews_quantity *
total_counter(enum mews_medium medium)
{
	static const char *const names[] = {
		[MEWS_ELECTRICITY] = "active_energy_import",
		[MEWS_WATER] = "water_volume",
		[MEWS_GAS] = "gas_volume",
		[MEWS_HEAT] = "heat_energy",
		[MEWS_AIR] = "air_volume",
	};

	return mews_quantity_find(names[medium < MEWS_LEN(names) ? medium : 0]);
}

/* Whether the i-th device is the one asked for, or belongs to the site. */
static bool
counts(const struct page_ctx *c, size_t device, size_t i, const char *quantity)
{
	return (device == TOTAL_SITE
		       ? base_site(c->base)->device[i].post == MEWS_POST_MAIN
		       : device == i) &&
	    base_measures(c->base, i, quantity);
}

bool
total_has(const struct page_ctx *c, const char *quantity)
{
	size_t i;

	for (i = 0; i < base_site(c->base)->ndevices; i++)
		if (counts(c, TOTAL_SITE, i, quantity))
			return true;
	return false;
}

static void
add(struct total_slot *s, const struct mews_bucket *b)
{
	s->sum += b->sum;
	s->seen += b->seen;
	s->expected += b->expected;
	s->flags |= b->flags;
	s->known = true;
}

enum mews_rc
total_each(struct page_ctx *c, size_t device, const char *quantity,
    enum mews_level level, int64_t from, int64_t to,
    void (*put)(void *, const struct mews_bucket *), void *arg,
    struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_buckets list;
	enum mews_rc rc = MEWS_OK;
	size_t i, k;

	for (i = 0; i < site->ndevices && rc == MEWS_OK; i++) {
		if (!counts(c, device, i, quantity))
			continue;
		rc = base_read(c->base, &site->device[i], quantity, level, from,
		    to, c->now, &list, err);
		for (k = 0; k < list.n; k++)
			put(arg, &list.b[k]);
		mews_buckets_clear(&list);
	}
	return rc;
}

static void
put_hour(void *arg, const struct mews_bucket *b)
{
	struct total_day *d = arg;
	int64_t i = (b->t - mews_calendar_floor(MEWS_HOUR, d->start)) / 3600;

	if (i >= 0 && i < (int64_t)d->n)
		add(&d->hour[i], b);
}

enum mews_rc
total_hours(struct page_ctx *c, const char *quantity, int64_t t,
    struct total_day *d, struct mews_err *err)
{
	size_t i;

	*d = (struct total_day){ .start = mews_calendar_floor(MEWS_DAY, t) };
	d->end = mews_calendar_step(MEWS_DAY, t, 1);
	d->n = (size_t)((d->end - d->start + 3599) / 3600);
	if (d->n > TOTAL_HOURS)
		d->n = TOTAL_HOURS;
	for (i = 0; i < d->n; i++)
		d->hour[i].t = d->start + (int64_t)i * 3600;
	return total_each(c, TOTAL_SITE, quantity, MEWS_HOUR, d->start, d->end,
	    put_hour, d, err);
}

/* A span, and the first bucket that was found in it. */
struct span {
	struct total_slot *slot;
	struct mews_bucket first;
	enum mews_level level; /* of the first */
	enum mews_level by;    /* what is being read */
};

static void
put_span(void *arg, const struct mews_bucket *b)
{
	struct span *s = arg;

	if (!s->slot->known) {
		s->first = *b;
		s->level = s->by;
	}
	add(s->slot, b);
}

/* Whether nobody measured when it began.  A long bucket that is not whole may
 * miss something later: its first hour tells. */
static enum mews_rc
begin(struct page_ctx *c, size_t i, const char *quantity, struct span *s,
    int64_t from, struct mews_err *err)
{
	struct total_slot hour = { 0 };
	struct span first = { .slot = &hour, .by = MEWS_HOUR };
	enum mews_rc rc = MEWS_OK;

	s->slot->late = s->first.t > from + LATE * 60;
	if (s->level == MEWS_MINUTE ||
	    s->first.seen + LATE >= s->first.expected)
		return MEWS_OK;
	rc = total_each(c, i, quantity, MEWS_HOUR, from, from + 3600, put_span,
	    &first, err);
	if (!hour.known || hour.seen + LATE < hour.expected)
		s->slot->late = true;
	return rc;
}

/* One device: years, months, days, hours and minutes, each as far as whole
 * ones go. */
static enum mews_rc
one(struct page_ctx *c, size_t i, const char *quantity, int64_t from,
    int64_t until, struct total_slot *out, struct mews_err *err)
{
	struct span s = { .slot = out };
	enum mews_rc rc = MEWS_OK;
	int64_t at = from, to;
	int by;

	for (by = MEWS_YEAR; by >= MEWS_MINUTE && rc == MEWS_OK; by--) {
		s.by = (enum mews_level)by;
		to = mews_calendar_floor(s.by, until);
		if (to <= at || mews_calendar_floor(s.by, at) != at)
			continue;
		rc =
		    total_each(c, i, quantity, s.by, at, to, put_span, &s, err);
		at = to;
	}
	if (rc == MEWS_OK && out->known)
		rc = begin(c, i, quantity, &s, from, err);
	return rc;
}

enum mews_rc
total_of(struct page_ctx *c, size_t device, const char *quantity, int64_t from,
    int64_t until, struct total_slot *out, struct mews_err *err)
{
	struct total_slot part;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	*out = (struct total_slot){ .t = from };
	for (i = 0; i < base_site(c->base)->ndevices && rc == MEWS_OK; i++) {
		if (!counts(c, device, i, quantity))
			continue;
		part = (struct total_slot){ .t = from };
		rc = one(c, i, quantity, from, until, &part, err);
		out->sum += part.sum;
		out->seen += part.seen;
		out->expected += part.expected;
		out->flags |= part.flags;
		out->known = out->known || part.known;
		out->late = out->late || part.late;
	}
	return rc;
}

enum mews_rc
total_span(struct page_ctx *c, const char *quantity, int64_t from,
    int64_t until, struct total_slot *out, struct mews_err *err)
{
	return total_of(c, TOTAL_SITE, quantity, from, until, out, err);
}

static void
put_day(void *arg, const struct mews_bucket *b)
{
	struct total_slot *s = arg;
	size_t i;

	for (i = 0; i < 7; i++)
		if (s[i].t == b->t)
			add(&s[i], b);
}

enum mews_rc
total_week(struct page_ctx *c, const char *quantity, int64_t t,
    struct total_slot out[7], struct mews_err *err)
{
	int back = mews_calendar_civil(t).weekday;
	int i;

	for (i = 0; i < 7; i++)
		out[i] = (struct total_slot){
			.t = mews_calendar_step(MEWS_DAY, t, i - back),
		};
	return total_each(c, TOTAL_SITE, quantity, MEWS_DAY, out[0].t,
	    mews_calendar_step(MEWS_DAY, out[6].t, 1), put_day, out, err);
}

int64_t
total_until(struct page_ctx *c, const char *quantity)
{
	return total_until_of(c, TOTAL_SITE, quantity);
}

int64_t
total_until_of(struct page_ctx *c, size_t device, const char *quantity)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_bucket b;
	struct mews_err err;
	int64_t until = 0;
	size_t i;

	for (i = 0; i < site->ndevices; i++) {
		if (!counts(c, device, i, quantity))
			continue;
		if (base_last(c->base, &site->device[i], quantity, &b, &err) !=
		    MEWS_OK)
			return 0;
		if (until == 0 || b.t + 60 < until)
			until = b.t + 60;
	}
	return until;
}

bool
total_gap(const struct total_slot *s)
{
	return !s->known || s->late ||
	    (s->flags & (MEWS_RESET | MEWS_CLOCK)) != 0;
}

int64_t
total_same_time(int64_t day, int64_t t)
{
	struct mews_civil want = mews_calendar_civil(t), at;
	int64_t guess = day + want.hour * 3600 + want.minute * 60;

	at = mews_calendar_civil(guess);
	return guess +
	    ((want.hour - at.hour) * 3600 + (want.minute - at.minute) * 60);
}
