/*
 * tally.c - a minute is cut by the UTC clock, but counters are fed with a clock
 * that never jumps, so that a correction of the time neither invents nor hides
 * energy.
 */
#include "tally.h"
#include "tick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE    60
#define MINUTE_MS 60000
#define GRACE_MS  300 /* for answers on their way when a minute ends */
#define DAY_MS    86400000
#define SERIAL    "meter_serial"
#define LONG_AGO  (-(INT64_C(1) << 40)) /* s: everything is plausible since */

/* No box was made before 2020: a clock that says so is not set. */
#define FIRST_YEAR INT64_C(1577836800)

static bool
valid(void *arg, int64_t wall)
{
	struct tally *y = arg;
	int64_t t = wall / MINUTE_MS * MINUTE, minute;

	return t >= FIRST_YEAR &&
	    (t > y->newest || y->rules.free(y->rules.ctx, t, &minute));
}

void
tally_init(struct tally *y, const struct tally_rules *rules, int64_t newest)
{
	int64_t wall = tick_wall(), instead;

	*y = (struct tally){ .rules = *rules, .newest = newest };
	y->base_us = tick_us();
	instead = (newest > FIRST_YEAR ? newest : FIRST_YEAR) + 2 * MINUTE;
	timeline_init(&y->time, wall, y->base_us, instead * 1000, valid, y);
	y->since = instead;
	y->base = timeline_ms(&y->time, y->base_us) / 1000;
}

void
tally_clear(struct tally *y)
{
	size_t i;

	for (i = 0; i < y->nold; i++)
		free(y->old[i]);
	free(y->old);
	free(y->series);
	free(y->device);
	backlog_clear_notes(y->note);
	*y = (struct tally){ 0 };
}

/* Counters go on from the newest minute of the series.  How long ago that is
 * nobody knows while the clock is not set. */
static enum mews_rc
resume(struct tally *y, struct mews_db *history, struct tally_device *d,
    struct tally_series *s, int64_t device, struct mews_err *err)
{
	struct mews_bucket last;
	enum mews_rc rc =
	    mews_history_find(history, device, s->quantity, &s->id, err);
	int64_t t;

	if (rc == MEWS_OK)
		rc = mews_history_last(history, s->id, &last, err);
	if (rc == MEWS_OK && strcmp(s->quantity->name, SERIAL) == 0)
		tally_serial_known(d, last.end);
	if (rc == MEWS_OK && s->quantity->kind == MEWS_COUNTER) {
		s->last = t = last.t + MINUTE;
		if (y->time.waits)
			t = LONG_AGO;
		else if (t >= y->base)
			t = y->base - 1;
		if (s->pulse)
			rc = mews_epoch_start(history, s->id, &s->noted, err);
		mews_counter_resume(&s->counter,
		    last.end + (s->noted < 0 ? 0 : s->start - s->noted), t);
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
add_series(struct tally *y, struct mews_db *history, const struct poll_unit *u,
    size_t block, size_t value, struct mews_err *err)
{
	const struct mews_plan_value *v = &u->plan.value[value];
	struct tally_device *d = &y->device[u->place];
	struct tally_series *s = &y->series[d->first + v->item];
	int64_t period = u->plan.block[block].period;

	s->quantity = v->quantity;
	s->expected = period < MINUTE_MS ? (uint32_t)(MINUTE_MS / period) : 1;
	s->period = period / 1000;
	s->pulse = v->read->pulses != 0;
	s->start = v->pulse.start;
	s->noted = -1;
	s->live.device = u->device->id;
	s->live.quantity = v->quantity;
	mews_counter_init(&s->counter, mews_plan_modulus(v), 0);
	tally_bound(s, u->device->rating);
	s->counter.step = mews_plan_step(v);
	if (strcmp(s->quantity->name, SERIAL) == 0)
		d->serial.at = d->first + v->item;
	return resume(y, history, d, s, u->device->id, err);
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
		.serial = { .at = SIZE_MAX },
		.rated = u->device->rating != 0,
		.live = u->live,
		.changed = true };
	(void)snprintf(y->device[u->place].plate,
	    sizeof(y->device[u->place].plate), "%s", u->device->plate);
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

/* With the first index that counts from another start; it moved by more than
 * was booked. */
static void
note_start(struct tally *y, const struct tally_device *d,
    struct tally_series *s, struct mews_bucket *b)
{
	if (!s->pulse || b->seen == 0 || s->start == s->noted)
		return;
	b->flags |= s->noted < 0 ? 0 : MEWS_RESET;
	tally_note_start(y, d, s);
}

/* The open minute is over: into the backlog with it. */
static void
close_minute(struct tally *y, struct backlog *to)
{
	struct backlog_minute *m = backlog_minute(y->minute, y->nseries);
	struct backlog_value *v;
	struct tally_series *s;
	bool any = false;
	size_t i, d;

	for (d = 0; d < y->ndevices; d++)
		for (i = 0; i < y->device[d].n; i++) {
			s = &y->series[y->device[d].first + i];
			v = &m->v[m->n++];
			v->device = y->device[d].live.device;
			v->quantity = s->quantity;
			v->series = &s->id;
			any |= minute_close(&s->minute, s->quantity->kind,
			    y->minute, s->expected, s->counter.index, &v->b);
			v->b.flags |= y->jumped ? MEWS_CLOCK : 0;
			note_start(y, &y->device[d], s, &v->b);
		}
	y->newest = y->minute > y->newest ? y->minute : y->newest;
	y->minute = 0;
	y->jumped = false;
	m->waits = y->time.waits;
	if (!any) {
		free(m);
		return;
	}
	m->note = y->note;
	y->note = NULL;
	backlog_add(to, m);
}

/* The clock is set: what was cut without it is moved to where it belongs. */
static void
set(struct tally *y, int64_t by, struct backlog *to)
{
	size_t i;

	backlog_move(to, y->since, by);
	backlog_move_notes(y->note, y->since, by);
	for (i = 0; i < y->nseries; i++)
		if (y->series[i].last >= y->since)
			y->series[i].last += by;
	if (y->newest >= y->since)
		y->newest += by;
	if (y->minute != 0)
		y->minute += by;
}

static void
tell_clock(struct tally *y, enum timeline_change change, int64_t by)
{
	struct mews_event e;

	if (change == TIMELINE_SET) {
		mews_event_set(&e, "clock-set", NULL);
	} else {
		mews_event_set(&e, by > DAY_MS ? "clock-ahead" : "clock-jump",
		    NULL);
		mews_event_arg(&e, 0, "%lld", (long long)(by / 1000));
	}
	y->rules.event(y->rules.ctx, &e);
}

/* True when the clock jumped. */
static bool
look(struct tally *y, int64_t wall, int64_t now, struct backlog *to)
{
	int64_t before = timeline_ms(&y->time, now), by;
	enum timeline_change change =
	    timeline_look(&y->time, wall, now, valid, y, &by);

	if (change == TIMELINE_SAME)
		return false;
	if (change == TIMELINE_LOST)
		y->since = before / 1000;
	if (change == TIMELINE_SET)
		set(y, by / 1000, to);
	tell_clock(y, change, by);
	return true;
}

/* The minute it is; another that is open ends.  One that is stored is never
 * opened again. */
static int64_t
turn(struct tally *y, int64_t now, bool jumped, struct backlog *to)
{
	int64_t t = timeline_ms(&y->time, now) / MINUTE_MS * MINUTE;

	if (!jumped && y->minute != 0 && t <= y->minute)
		return y->minute;
	if (t <= y->newest && t != y->minute &&
	    !y->rules.free(y->rules.ctx, t, &t))
		t = y->newest + MINUTE;
	if (y->minute != 0 && t != y->minute)
		close_minute(y, to);
	return t;
}

static void
take_value(struct tally *y, const struct reading *g,
    const struct reading_value *v)
{
	struct tally_device *d = &y->device[g->place];
	struct tally_series *s = &y->series[d->first + v->item];
	int64_t size = v->value < 0 ? -v->value : v->value;
	bool missing = v->missing;

	if (!missing && d->first + v->item == d->serial.at)
		tally_serial_take(y, d, g->now, v->value);
	if (!missing && s->quantity->kind == MEWS_COUNTER) {
		if (tally_serial_sure(d, g->now))
			tally_count(y, d, s, g->now, v->value);
	} else if (!missing)
		missing = !minute_value(&s->minute,
		    timeline_ms(&y->time, g->now) - y->minute * 1000, v->value);
	if (!missing && s->largest != 0 && size > s->largest)
		s->largest = size;
	s->live.missing = missing;
	s->live.value = v->value;
	s->live.t_ms = g->wall;
	s->changed = true;
}

/* Gauges first: a power explains what is counted. */
void
tally_take(struct tally *y, const struct reading *g, struct backlog *to)
{
	struct tally_device *d = &y->device[g->place];
	bool counter, jumped;
	size_t i, pass;

	d->live = g->live;
	d->changed = true;
	if (d->live.answer != MEWS_ANSWERS)
		tally_serial_doubt(d);
	if (g->n != 0) {
		jumped = look(y, g->wall, g->now, to);
		y->minute = turn(y, g->now, jumped, to);
		y->jumped |= jumped;
	}
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < g->n; i++) {
			counter =
			    y->series[d->first + g->v[i].item].quantity->kind ==
			    MEWS_COUNTER;
			if (counter == (pass == 1))
				take_value(y, g, &g->v[i]);
		}
}

void
tally_tick(struct tally *y, int64_t wall, int64_t now, struct backlog *to)
{
	if (look(y, wall, now, to)) {
		(void)turn(y, now, true, to);
		y->jumped = true;
	}
	if (y->minute != 0 &&
	    timeline_ms(&y->time, now) >=
		y->minute * 1000 + MINUTE_MS + GRACE_MS)
		close_minute(y, to);
}
