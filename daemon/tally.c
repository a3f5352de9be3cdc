/*
 * tally.c - a minute is cut by the UTC clock, but counters are fed with a clock
 * that never jumps, so that a correction of the time neither invents nor hides
 * energy.
 */
#include "tally.h"
#include "log.h"
#include "tick.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE_MS 60000
#define GRACE_MS  300  /* for answers on their way when a minute ends */
#define JUMP_MS   2000 /* of the clock, that is told */
#define GAP_S     120  /* between readings: what is booked is an estimate */

/*
 * Wh that a low-voltage board can carry in an hour: 400 V x sqrt 3 x 6300 A x
 * 1.25.  6300 A is the largest of the DMX3 air circuit breakers (Legrand data
 * sheet F03885EN-01), 1.25 leaves room for overload.
 */
#define MOST_ENERGY 5456000

void
tally_init(struct tally *y, int64_t next)
{
	int64_t wall = tick_wall();

	*y = (struct tally){ .base = wall / 1000, .next = next };
	y->base_us = tick_us();
	y->offset = wall - y->base_us / 1000;
}

void
tally_clear(struct tally *y)
{
	free(y->series);
	free(y->device);
	*y = (struct tally){ 0 };
}

/* Counters go on from the newest minute of the series. */
static enum mews_rc
resume(struct tally *y, struct mews_db *history, struct tally_series *s,
    int64_t device, struct mews_err *err)
{
	struct mews_bucket last;
	enum mews_rc rc =
	    mews_history_find(history, device, s->quantity, &s->id, err);
	int64_t t;

	if (rc == MEWS_OK)
		rc = mews_history_last(history, s->id, &last, err);
	if (rc == MEWS_OK && s->quantity->kind == MEWS_COUNTER) {
		t = last.t + MINUTE_MS / 1000;
		if (t >= y->base)
			t = y->base - 1;
		mews_counter_resume(&s->counter, last.end, t);
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Only of electric energy is it known what is too much. */
static int64_t
most(const struct mews_quantity *q)
{
	size_t n = q->kind == MEWS_COUNTER && q->medium == MEWS_ELECTRICITY
	    ? strlen(q->unit)
	    : 0;

	return n >= 2 && q->unit[n - 1] == 'h' ? MOST_ENERGY : 0;
}

static enum mews_rc
add_series(struct tally *y, struct mews_db *history, const struct poll_unit *u,
    size_t block, size_t value, struct mews_err *err)
{
	const struct mews_plan_value *v = &u->plan.value[value];
	struct tally_series *s =
	    &y->series[y->device[u->place].first + v->item];
	int64_t period = u->plan.block[block].period;

	s->quantity = v->quantity;
	s->expected = period < MINUTE_MS ? (uint32_t)(MINUTE_MS / period) : 1;
	s->live.device = u->device->id;
	s->live.quantity = v->quantity;
	mews_counter_init(&s->counter, mews_plan_modulus(v), most(v->quantity));
	s->counter.step = mews_plan_step(v);
	return resume(y, history, s, u->device->id, err);
}

enum mews_rc
tally_add(struct tally *y, struct mews_db *history, struct poll_unit *u,
    struct mews_err *err)
{
	const struct mews_plan *p = &u->plan;
	enum mews_rc rc = MEWS_OK;
	size_t b, i;

	u->place = y->ndevices++;
	y->device = mews_realloc(y->device, y->ndevices, sizeof(*y->device));
	y->device[u->place] = (struct tally_device){ .first = y->nseries,
		.n = p->nitems,
		.live = u->live,
		.changed = true };
	y->series =
	    mews_realloc(y->series, y->nseries + p->nitems, sizeof(*y->series));
	for (i = 0; i < p->nitems; i++)
		y->series[y->nseries++] = (struct tally_series){ 0 };
	for (b = 0; b < p->nblocks; b++)
		for (i = 0; i < p->block[b].n && rc == MEWS_OK; i++)
			rc = add_series(y, history, u, b, p->block[b].first + i,
			    err);
	return rc;
}

/* The open minute is over: into the backlog with it. */
static void
close_minute(struct tally *y, struct backlog *to)
{
	struct backlog_minute *m = backlog_minute(y->minute, y->nseries);
	struct backlog_value *v;
	struct tally_series *s;
	size_t i, d;

	for (d = 0; d < y->ndevices; d++)
		for (i = 0; i < y->device[d].n; i++) {
			s = &y->series[y->device[d].first + i];
			v = &m->v[m->n];
			v->device = y->device[d].live.device;
			v->quantity = s->quantity;
			v->series = &s->id;
			if (!minute_close(&s->minute, s->quantity->kind,
				y->minute, s->expected, s->counter.index,
				&v->b))
				continue;
			v->b.flags |= y->jumped ? MEWS_CLOCK : 0;
			m->n++;
		}
	y->next = y->minute + MINUTE_MS / 1000;
	y->minute = 0;
	y->jumped = false;
	if (m->n != 0)
		backlog_add(to, m);
	else
		free(m);
}

/* Opens the minute of a reading; a closed one is never opened again. */
static void
roll(struct tally *y, const struct reading *g, struct backlog *to)
{
	int64_t t = g->wall / MINUTE_MS * (MINUTE_MS / 1000);
	int64_t offset = g->wall - g->now / 1000, by = offset - y->offset;

	if (t < y->next)
		t = y->next;
	if (y->minute != 0 && t > y->minute)
		close_minute(y, to);
	if (y->minute == 0)
		y->minute = t;
	y->offset = offset;
	if (by > JUMP_MS || by < -JUMP_MS) {
		y->jumped = true;
		mews_log(MEWS_LOG_WARNING, "the clock jumped by %lld s",
		    (long long)(by / 1000));
	}
}

static void
count(struct tally *y, const struct reading *g, struct tally_series *s,
    int64_t index)
{
	int64_t t = y->base + (g->now - y->base_us) / 1000000;
	int64_t gap = t - s->counter.t, booked;
	bool known = s->counter.known;
	unsigned flags;

	booked = mews_counter_feed(&s->counter, t, index, &flags);
	if (known && booked > 0 && gap > GAP_S)
		flags |= MEWS_ESTIMATED;
	if (s->counter.known)
		minute_book(&s->minute, booked, flags);
	if (flags & (MEWS_WRAP | MEWS_RESET))
		mews_log(MEWS_LOG_NOTICE, "%s of device %lld %s at %lld",
		    s->quantity->name, (long long)s->live.device,
		    flags & MEWS_WRAP ? "passed its end" : "began anew",
		    (long long)index);
}

static void
take_value(struct tally *y, const struct reading *g,
    const struct reading_value *v)
{
	struct tally_series *s =
	    &y->series[y->device[g->place].first + v->item];
	bool missing = v->missing;

	if (!missing && s->quantity->kind == MEWS_COUNTER)
		count(y, g, s, v->value);
	else if (!missing)
		missing = !minute_value(&s->minute, g->wall - y->minute * 1000,
		    v->value);
	s->live.missing = missing;
	s->live.value = v->value;
	s->live.t_ms = g->wall;
	s->changed = true;
}

void
tally_take(struct tally *y, const struct reading *g, struct backlog *to)
{
	struct tally_device *d = &y->device[g->place];
	size_t i;

	d->live = g->live;
	d->changed = true;
	if (g->n != 0)
		roll(y, g, to);
	for (i = 0; i < g->n; i++)
		take_value(y, g, &g->v[i]);
}

void
tally_tick(struct tally *y, int64_t wall, struct backlog *to)
{
	if (y->minute != 0 && wall >= y->minute * 1000 + MINUTE_MS + GRACE_MS)
		close_minute(y, to);
}
