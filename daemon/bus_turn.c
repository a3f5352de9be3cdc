/*
 * bus_turn.c - one question to one unit, whoever asks.
 */
#include "bus_inside.h"
#include "log.h"
#include "tick.h"

#include <stdio.h>

#define AROUND_RTU 3 /* bytes around a PDU: unit and CRC */
#define AROUND_TCP 7 /* MBAP header */

/* For people, about a device. */
static void
event(const struct bus *b, const char *kind, const struct poll_unit *u,
    const char *text)
{
	struct mews_event e;

	mews_event_set(&e, kind, u->device->plate);
	e.device = u->device->id;
	if (text != NULL)
		mews_event_arg(&e, 0, "%s", text);
	recorder_event(b->recorder, &e);
}

static void
tell_state(const struct bus *b, const struct poll_unit *u, enum mews_answer was)
{
	if (u->live.answer == MEWS_SILENT)
		event(b, "device-silent", u, NULL);
	else if (was == MEWS_SILENT)
		event(b, "device-answers", u, NULL);
	else
		mews_log(MEWS_LOG_NOTICE, "%s (line %s, unit %d) answers",
		    u->device->plate, b->line->name, u->device->unit);
}

static void
tell_refused(const struct bus *b, const struct poll_item *it)
{
	const struct mews_plan *p = &it->unit->plan;
	const struct mews_plan_block *block = &p->block[it->block];
	char text[96];

	(void)snprintf(text, sizeof(text), "%s, %u/%u+%u",
	    p->value[block->first].quantity->name, block->function,
	    block->address, block->words);
	event(b, "register-refused", it->unit, text);
}

static struct reading *
decode(const struct bus *b, struct poll_unit *u,
    const struct mews_plan_block *block, const struct bus_answer *a, bool good)
{
	struct reading *g = bus_reading(u, good ? block->n : 0);
	const struct mews_plan_value *v;
	size_t i;

	for (i = 0; good && i < block->n; i++) {
		v = &u->plan.value[block->first + i];
		g->v[i].item = v->item;
		g->v[i].missing = !mews_plan_decode(&u->plan, block, i, a->pdu,
		    &g->v[i].value);
		if (!g->v[i].missing && v->item == u->watched &&
		    health_index(&u->health, &u->live, g->v[i].value, g->now))
			bus_suspect(b, u);
		g->n++;
	}
	return g;
}

/* One question and its answer, whoever asks; quiet is the time to wait. */
static enum bus_result
transact(struct bus *b, struct desk_report *report, const uint8_t *pdu,
    size_t n, struct bus_answer *a)
{
	size_t around =
	    b->line->kind == MEWS_LINE_RTU ? AROUND_RTU : AROUND_TCP;
	enum bus_result r;

	report->took = -tick_us();
	r = b->driver->ask(b->open, report->unit, pdu, n, report->quiet, a);
	report->now = tick_us();
	report->took += report->now;
	report->result = r;
	if (r == BUS_GONE)
		bus_lose(b);
	if (r == BUS_GONE || r == BUS_STOPPED)
		return r;
	bus_works(b);
	bus_count_turn(b, report->class, report->took,
	    n + around + (a->n != 0 ? a->n + around : 0));
	return r;
}

/* How long the unit may take on this line. */
static int64_t
patience(const struct bus *b, uint8_t unit)
{
	const struct poll_unit *u;

	for (u = b->poll.unit; u < b->poll.unit + b->poll.nunits; u++)
		if (u->device->unit == unit)
			return u->live.timeout_us;
	return (int64_t)b->line->timeout_ms * 1000;
}

/* The same with the line set up for this request alone. */
static enum bus_result
transact_as(struct bus *b, const struct mews_line *as,
    struct desk_report *report, const struct job *j, struct bus_answer *a)
{
	enum bus_result r = BUS_GONE;
	struct mews_err err;

	if (as->kind == MEWS_LINE_RTU &&
	    b->driver->set(b->open, as, &err) != MEWS_OK)
		return BUS_STOPPED;
	report->quiet = (int64_t)as->timeout_ms * 1000;
	r = transact(b, report, j->pdu, j->n, a);
	report->unit = 0; /* of its health with the line's own settings this
			   * says nothing */
	if (b->open != NULL && as->kind == MEWS_LINE_RTU &&
	    b->driver->set(b->open, b->line, &err) != MEWS_OK)
		bus_lose(b);
	return r;
}

/* Asks for a client, and for all who want to know the same. */
void
bus_serve(struct bus *b, struct job *list)
{
	static const uint8_t codes[] = { [BUS_GOOD] = 0,
		[BUS_EXCEPTION] = 0,
		[BUS_SILENT] = EXCEPTION_NO_ANSWER,
		[BUS_DAMAGED] = EXCEPTION_NO_ANSWER,
		[BUS_GONE] = EXCEPTION_NO_PATH,
		[BUS_STOPPED] = EXCEPTION_NO_PATH };
	struct desk_report report = { .class = list->urgent ? SHARE_URGENT
							    : SHARE_CLIENTS,
		.unit = list->unit,
		.quiet = patience(b, list->unit) };
	struct bus_answer a = { .n = 0 };
	int64_t asked = tick_us();
	enum bus_result r = list->as != NULL
	    ? transact_as(b, list->as, &report, list, &a)
	    : transact(b, &report, list->pdu, list->n, &a);
	struct job *j;

	if (r != BUS_GONE && r != BUS_STOPPED)
		desk_note(b->desk, &report);
	poll_note(&b->poll, list->unit,
	    list->as != NULL && r == BUS_SILENT ? BUS_DAMAGED : r, report.quiet,
	    tick_us());
	for (j = list; j != NULL; j = j->next) {
		j->asked = asked;
		j->ended = tick_us();
		j->joined = j != list;
		j->result = r;
		j->code = a.n != 0 ? 0 : codes[r];
		j->answer = a;
	}
	desk_done(list);
}

void
bus_ask(struct bus *b, struct poll_item *it)
{
	struct poll_unit *u = it->unit;
	struct mews_plan_block block = u->plan.block[it->block];
	struct desk_report report = { .class = SHARE_POLLER,
		.unit = (uint8_t)u->device->unit,
		.quiet = poll_patience(u) };
	struct poll_end end = { .quiet = report.quiet };
	enum mews_answer was = u->live.answer;
	struct bus_answer a = { .n = 0 };
	enum poll_news news;
	struct reading *g;
	uint8_t pdu[5];

	mews_plan_request(&block, pdu);
	end.result = transact(b, &report, pdu, sizeof(pdu), &a);
	if (end.result == BUS_GONE || end.result == BUS_STOPPED)
		return;
	desk_note(b->desk, &report);
	end.took = a.took;
	end.first = a.first;
	end.exception = a.n == 2 && a.pdu[0] & 0x80 ? a.pdu[1] : 0;
	g = decode(b, u, &block, &a, end.result == BUS_GOOD);
	news = poll_done(&b->poll, it, &end, g->now, g->wall);
	if (news == POLL_STATE)
		tell_state(b, u, was);
	else if (news == POLL_REFUSED)
		tell_refused(b, it);
	g->live = u->live;
	recorder_put(b->recorder, g);
}
