/*
 * bus_count.c - what a line does is summed up here and told every two seconds,
 * and when a minute of the wall clock is over.
 */
#include "adapter.h"
#include "bus_inside.h"
#include "tick.h"

#include <stdio.h>

#define TELL_US 2000000
#define SOUND   20 /* of so many answers at most one is damaged */
#define FEW     4  /* questions in a minute tell nothing */

void
bus_suspect(const struct bus *b, const struct poll_unit *u)
{
	struct mews_event e;

	mews_event_set(&e, "two-devices", b->line->name);
	e.device = u->device->id;
	mews_event_arg(&e, 0, "%d", u->device->unit);
	recorder_event(b->recorder, &e);
}

static int64_t
minute_now(void)
{
	return tick_wall() / 60000;
}

static void
begin_minute(struct bus_count *c)
{
	c->minute = minute_now();
	c->begun = tick_us();
	c->before = c->live.bytes;
	c->used[SHARE_POLLER] = c->used[SHARE_CLIENTS] = 0;
}

static void
name_it(struct bus *b)
{
	struct mews_live_line *l = &b->count.live;
	char name[ADAPTER_NAME];

	if (b->line->kind == MEWS_LINE_RTU) {
		adapter_find(b->line->path, name);
		(void)snprintf(l->path, sizeof(l->path), "%.*s",
		    (int)sizeof(l->path) - 1, name);
	} else {
		(void)snprintf(l->path, sizeof(l->path), "%.*s:%d",
		    (int)sizeof(l->path) - 8, b->line->path, b->line->port);
	}
}

void
bus_count_begin(struct bus *b)
{
	b->count = (struct bus_count){ .due = 0 };
	b->count.live.line = b->line->id;
	b->count.live.since = tick_wall() / 1000;
	begin_minute(&b->count);
	name_it(b);
}

void
bus_count_turn(struct bus *b, enum share_class class, int64_t took,
    size_t bytes)
{
	struct bus_count *c = &b->count;

	c->live.requests++;
	c->live.bytes += (int64_t)bytes;
	c->used[class == SHARE_POLLER ? SHARE_POLLER : SHARE_CLIENTS] += took;
}

void
bus_count_state(struct bus *b, bool open, const char *why)
{
	struct mews_live_line *l = &b->count.live;

	if (l->open != open)
		l->since = tick_wall() / 1000;
	l->open = open;
	(void)snprintf(l->why, sizeof(l->why), "%s", why);
	name_it(b);
	b->count.due = 0;
}

/* Of the minute so far. */
static void
reckon(struct bus_count *c)
{
	int64_t us = tick_us() - c->begun + 1;

	c->live.clients = c->used[SHARE_CLIENTS] * 1000 / us;
	c->live.load = c->used[SHARE_POLLER] * 1000 / us + c->live.clients;
	c->live.second = (c->live.bytes - c->before) * 1000000 / us;
}

/* Each device tells its minute; whose answers are damaged, while those of the
 * others are not, may be two. */
static void
end_devices(struct bus *b, int64_t t)
{
	struct ledger *to = recorder_ledger(b->recorder);
	struct poll_unit *u, *end = b->poll.unit + b->poll.nunits;
	struct mews_live_minute m;
	int64_t asked = 0, damaged = 0, a, d;
	bool two;

	for (u = b->poll.unit; u < end; u++) {
		asked += u->live.asked - u->health.begun[0];
		damaged += u->live.damaged - u->health.begun[3];
	}
	for (u = b->poll.unit; u < end; u++) {
		a = asked - (u->live.asked - u->health.begun[0]);
		d = damaged - (u->live.damaged - u->health.begun[3]);
		two = health_minute(&u->health, &u->live, t,
		    a >= FEW && d * SOUND <= a, &m);
		if (m.asked > 0)
			ledger_minute(to, &m);
		if (two)
			bus_suspect(b, u);
	}
}

void
bus_count_tick(struct bus *b)
{
	struct bus_count *c = &b->count;
	struct mews_live_minute m;
	int64_t now = tick_us(), minute = minute_now();

	if (minute == c->minute && now < c->due)
		return;
	if (minute != c->minute || !c->whole)
		reckon(c);
	if (minute != c->minute) {
		m = (struct mews_live_minute){ .t = c->minute * 60,
			.id = b->line->id,
			.line = true,
			.poller_us = c->used[SHARE_POLLER],
			.clients_us = c->used[SHARE_CLIENTS],
			.bytes = c->live.bytes - c->before };
		ledger_minute(recorder_ledger(b->recorder), &m);
		end_devices(b, c->minute * 60);
		c->whole = true;
		begin_minute(c);
	}
	c->due = now + TELL_US;
	ledger_line(recorder_ledger(b->recorder), &c->live);
}
