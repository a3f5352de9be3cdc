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

static bool
counts(const struct page_ctx *c, size_t i, const char *quantity)
{
	return base_site(c->base)->device[i].post == MEWS_POST_MAIN &&
	    base_measures(c->base, i, quantity);
}

bool
total_has(const struct page_ctx *c, const char *quantity)
{
	size_t i;

	for (i = 0; i < base_site(c->base)->ndevices; i++)
		if (counts(c, i, quantity))
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

/* Calls back for every bucket of every main meter. */
static enum mews_rc
each(struct page_ctx *c, const char *quantity, enum mews_level level,
    int64_t from, int64_t to, void (*put)(void *, const struct mews_bucket *),
    void *arg, struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_buckets list;
	enum mews_rc rc = MEWS_OK;
	size_t i, k;

	for (i = 0; i < site->ndevices && rc == MEWS_OK; i++) {
		if (!counts(c, i, quantity))
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
	return each(c, quantity, MEWS_HOUR, d->start, d->end, put_hour, d, err);
}

/* A span, and the first bucket that was found in it. */
struct span {
	struct total_slot *slot;
	struct mews_bucket first;
};

static void
put_span(void *arg, const struct mews_bucket *b)
{
	struct span *s = arg;

	if (!s->slot->known || b->t < s->first.t)
		s->first = *b;
	add(s->slot, b);
}

enum mews_rc
total_span(struct page_ctx *c, const char *quantity, int64_t from,
    int64_t until, struct total_slot *out, struct mews_err *err)
{
	int64_t hour = mews_calendar_floor(MEWS_HOUR, until);
	struct span s = { out, { .t = until } };
	enum mews_rc rc;

	*out = (struct total_slot){ .t = from };
	if (hour < from)
		hour = from;
	rc = each(c, quantity, MEWS_HOUR, from, hour, put_span, &s, err);
	out->late = s.first.t != from || s.first.seen + LATE < s.first.expected;
	if (rc == MEWS_OK)
		rc = each(c, quantity, MEWS_MINUTE, hour, until, put_span, &s,
		    err);
	if (hour == from)
		out->late = s.first.t > from + LATE * 60;
	return rc;
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
	return each(c, quantity, MEWS_DAY, out[0].t,
	    mews_calendar_step(MEWS_DAY, out[6].t, 1), put_day, out, err);
}

int64_t
total_until(struct page_ctx *c, const char *quantity)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_bucket b;
	struct mews_err err;
	int64_t until = 0;
	size_t i;

	for (i = 0; i < site->ndevices; i++) {
		if (!counts(c, i, quantity))
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
