/*
 * poll.c - due times spread over the period, and patience with the silent.
 *
 * Requests are tied to the wall clock, so that the last reading of a minute
 * stands at the same distance from its end in every minute, and the seldom
 * ones (counters of phases) shortly before it.  A silence costs the line its
 * whole timeout: it ends the cycle of its unit, and from the second one on the
 * unit is only probed, after 1, 2, 4 ... 30 s.
 */
#include "poll.h"

#include <stdlib.h>

#define SECOND     1000000 /* us */
#define MINUTE     60000   /* ms */
#define DAY        (INT64_C(86400) * SECOND)
#define LAST_MS    49500  /* the seldom ones are asked from here ... */
#define SPREAD_MS  9000   /* ... on, spread over so much of the minute */
#define RETRY_BUSY 100000 /* us, after exception 5 or 6 */
#define MOST_BUSY  3
#define SLOWEST    30 /* s between probes */
#define CYCLES     3  /* without an answer are silence */

int64_t
poll_pause(unsigned silent, int64_t quiet)
{
	int64_t pause = silent < 2 ? 0
	    : silent > 6           ? SLOWEST
				   : 1 << (silent - 2);

	pause = pause > SLOWEST ? SLOWEST * SECOND : pause * SECOND;
	return pause > quiet ? pause : quiet;
}

static int64_t
phase(int64_t period, size_t i, size_t n)
{
	if (period >= MINUTE)
		return period - MINUTE + LAST_MS +
		    SPREAD_MS * (int64_t)i / (int64_t)n;
	return period * (int64_t)i / (int64_t)n;
}

/* A request that is a little early must not be followed by itself. */
static int64_t
next_slot(const struct poll_item *it, int64_t now, int64_t wall)
{
	int64_t from = wall + it->period / 4;
	int64_t past = (from - it->phase) % it->period;

	return now + (from - past + it->period - wall) * 1000;
}

static void
add(struct poll *p, struct poll_unit *u, size_t block, int64_t due)
{
	struct poll_item *it;

	if (p->nitems == p->room) {
		p->room *= 2;
		p->item = mews_realloc(p->item, p->room, sizeof(*p->item));
	}
	it = &p->item[p->nitems++];
	*it = (struct poll_item){ .unit = u, .block = block, .due = due };
	it->period = u->plan.block[block].period;
	it->phase = phase(it->period, (size_t)(u - p->unit), p->nunits);
}

/* The first counter, of those asked for most often. */
static size_t
counter(const struct mews_plan *p)
{
	size_t i;

	for (i = 0; i < p->nvalues; i++)
		if (p->value[i].quantity->kind == MEWS_COUNTER)
			return p->value[i].item;
	return p->nitems;
}

void
poll_init(struct poll *p, const struct mews_line *line, struct poll_unit *unit,
    size_t n, int64_t now)
{
	size_t i, b;

	*p = (struct poll){ .unit = unit, .nunits = n, .room = 16 };
	p->item = mews_alloc(p->room, sizeof(*p->item));
	for (i = 0; i < n; i++) {
		health_init(&unit[i].health, &unit[i].live, line,
		    unit[i].plan.answer_ms);
		unit[i].watched = counter(&unit[i].plan);
		for (b = 0; b < unit[i].plan.nblocks; b++)
			add(p, &unit[i], b, now);
	}
}

void
poll_clear(struct poll *p)
{
	size_t i;

	for (i = 0; i < p->nunits; i++)
		mews_plan_clear(&p->unit[i].plan);
	free(p->unit);
	free(p->item);
	*p = (struct poll){ 0 };
}

/* The block to probe a silent unit with.  Who never answers to the shortest
 * one, but to others, is found by the others. */
static size_t
probe(const struct poll_unit *u)
{
	size_t best = 0, b;

	if (u->silent % 4 == 0)
		return u->silent / 4 % u->plan.nblocks;
	for (b = 1; b < u->plan.nblocks; b++)
		if (u->plan.block[b].words < u->plan.block[best].words)
			best = b;
	return best;
}

/* When an item may be asked; INT64_MAX: not before its unit answers. */
static int64_t
when_allowed(const struct poll_item *it)
{
	const struct poll_unit *u = it->unit;

	if (u->silent >= HEALTH_DEAD)
		return it->block == probe(u) ? u->not_before : INT64_MAX;
	return it->due > u->not_before ? it->due : u->not_before;
}

struct poll_item *
poll_next(const struct poll *p, int64_t now, int64_t *when)
{
	struct poll_item *best = NULL, *it;
	int64_t t;

	*when = now + MINUTE * INT64_C(1000);
	for (it = p->item; it < p->item + p->nitems; it++) {
		t = when_allowed(it);
		if (t < *when)
			*when = t;
		if (t <= now && (best == NULL || it->due < best->due))
			best = it;
	}
	return best;
}

int64_t
poll_patience(const struct poll_unit *u)
{
	return health_patience(&u->health, &u->live, u->silent);
}

/* What was due of the unit waits for its next turn. */
static void
end_cycle(struct poll *p, const struct poll_unit *u, int64_t now, int64_t wall)
{
	struct poll_item *it;

	for (it = p->item; it < p->item + p->nitems; it++)
		if (it->unit == u && it->due <= now) {
			it->due = next_slot(it, now, wall);
			it->tries = 0;
		}
}

static void
silent(struct poll *p, struct poll_item *it, int64_t quiet, int64_t now,
    int64_t wall)
{
	struct poll_unit *u = it->unit;

	u->live.timeouts++;
	u->failed++;
	u->silent++;
	u->not_before = now + poll_pause(u->silent, quiet);
	end_cycle(p, u, now, wall);
}

/* Once more, when no answer to the first can come any longer. */
static void
damaged(struct poll *p, struct poll_item *it, int64_t quiet, int64_t now,
    int64_t wall)
{
	struct poll_unit *u = it->unit;

	u->live.damaged++;
	u->not_before = now + quiet;
	if (it->tries++ == 0) {
		it->due = u->not_before;
		return;
	}
	u->failed++;
	end_cycle(p, u, now, wall);
}

/* Busy units are asked again soon.  A refused request is cut in two, where it
 * reads over a hole there, until the register that does not exist stands alone;
 * that one is tried again in a day. */
static enum poll_news
excepted(struct poll *p, struct poll_item *it, uint8_t code, unsigned tries,
    int64_t now)
{
	struct poll_unit *u = it->unit;
	bool told = it->refused;

	if ((code == 5 || code == 6) && tries + 1 < MOST_BUSY) {
		it->tries = tries + 1;
		it->due = now + RETRY_BUSY;
	} else if (code == 2 && mews_plan_split(&u->plan, it->block)) {
		it->due = now;
		add(p, u, u->plan.nblocks - 1, now);
	} else if (code == 2) {
		it->due = now + DAY;
		it->refused = true;
		u->live.marks |= MEWS_LIVE_HOLES;
		return told ? POLL_NOTHING : POLL_REFUSED;
	}
	return POLL_NOTHING;
}

/* A unit that answers again is asked for all at once. */
static void
awake(struct poll *p, struct poll_unit *u, int64_t now)
{
	struct poll_item *it;

	for (it = p->item; it < p->item + p->nitems; it++)
		if (it->unit == u && u->silent >= HEALTH_DEAD && !it->refused)
			it->due = now;
	u->silent = u->failed = 0;
	u->not_before = 0;
}

static void
count_code(struct mews_live_device *d, uint8_t code)
{
	if (code == 0)
		return;
	d->exceptions++;
	d->code[code < MEWS_LIVE_CODES ? code : 0]++;
	d->last_code = code;
}

static bool
set_answer(struct poll_unit *u, enum mews_answer a, int64_t wall)
{
	if (u->live.answer == a)
		return false;
	u->live.answer = a;
	u->live.since = wall / 1000;
	return true;
}

enum poll_news
poll_done(struct poll *p, struct poll_item *it, const struct poll_end *e,
    int64_t now, int64_t wall)
{
	struct poll_unit *u = it->unit;
	bool answered = e->result == BUS_GOOD || e->result == BUS_EXCEPTION;
	unsigned tries = it->tries;
	enum poll_news news = POLL_NOTHING;

	if (e->result == BUS_GONE || e->result == BUS_STOPPED) {
		it->due = next_slot(it, now, wall);
		return POLL_NOTHING;
	}
	u->live.asked++;
	count_code(&u->live, e->exception);
	if (!answered) {
		(e->result == BUS_SILENT ? silent : damaged)(p, it, e->quiet,
		    now, wall);
		return u->failed >= CYCLES && set_answer(u, MEWS_SILENT, wall)
		    ? POLL_STATE
		    : POLL_NOTHING;
	}
	u->live.answered++;
	u->live.last = wall / 1000;
	u->live.answer_us = e->took;
	health_answer(&u->health, &u->live, e->first);
	awake(p, u, now);
	it->tries = 0;
	it->due = next_slot(it, now, wall);
	if (e->result == BUS_EXCEPTION)
		news = excepted(p, it, e->exception, tries, now);
	else
		it->refused = false;
	return set_answer(u, MEWS_ANSWERS, wall) ? POLL_STATE : news;
}

void
poll_note(struct poll *p, int unit, enum bus_result r, int64_t quiet,
    int64_t now)
{
	struct poll_unit *u;

	for (u = p->unit; u < p->unit + p->nunits; u++) {
		if (u->device->unit != unit)
			continue;
		if (r == BUS_GOOD || r == BUS_EXCEPTION) {
			u->silent = 0;
			u->not_before = 0;
		} else if ((r == BUS_SILENT || r == BUS_DAMAGED) &&
		    u->not_before < now + quiet)
			u->not_before = now + quiet;
	}
}

void
poll_line(struct poll *p, bool open, int64_t now, int64_t wall)
{
	struct poll_unit *u;
	struct poll_item *it;

	for (u = p->unit; u < p->unit + p->nunits; u++) {
		(void)set_answer(u, open ? MEWS_UNASKED : MEWS_NO_LINE, wall);
		u->silent = u->failed = 0;
		u->not_before = 0;
	}
	for (it = p->item; open && it < p->item + p->nitems; it++)
		it->due = now;
}
