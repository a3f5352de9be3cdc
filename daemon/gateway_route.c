/*
 * gateway_route.c - a request is copied into a job of its own, which waits at
 * the desk of a bus: nothing of it is kept here.
 */
#include "gateway_inside.h"
#include "access.h"
#include "gateway_self.h"
#include "tick.h"

#include <stdlib.h>
#include <string.h>

static uint8_t
put(struct exchange *x, struct client *c, struct client_slot *s,
    const struct mbap *m, size_t line, const struct mews_device *device,
    bool first, int64_t now)
{
	struct desk *desk = x->parts->desk[line];
	struct request *r = mews_alloc(1, sizeof(*r));
	uint8_t code = EXCEPTION_NO_PATH;

	r->exchange = x;
	r->client = c->id;
	r->slot = s->id;
	r->line = x->parts->site->line[line].id;
	r->device = device;
	r->writes = !access_reads(m->pdu, m->n);
	memcpy(r->who, c->who, sizeof(r->who));
	r->job.address = c->home;
	r->job.connection = c->id;
	r->job.unit = device != NULL ? (uint8_t)device->unit : m->unit;
	r->job.urgent = first;
	r->job.n = m->n;
	r->job.done = answer_take;
	memcpy(r->job.pdu, m->pdu, m->n);
	if (desk != NULL)
		code = desk_put(desk, &r->job, now);
	if (code == 0) {
		s->open++;
		return 0;
	}
	r->job.code = code;
	answer_account(x, r, now);
	free(r);
	return code;
}

static size_t
line_of(const struct mews_site *s, int64_t id)
{
	size_t i = 0;

	while (i < s->nlines && s->line[i].id != id)
		i++;
	return i;
}

static const struct mews_device *
device_of(const struct mews_site *s, int64_t line, int unit)
{
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == line && s->device[i].unit == unit)
			return &s->device[i];
	return NULL;
}

/* To all serial lines, or to the one that the port leads to. */
static uint8_t
put_all(struct exchange *x, struct client *c, struct client_slot *s,
    const struct mbap *m, int64_t line, bool first, int64_t now)
{
	const struct mews_site *site = x->parts->site;
	uint8_t code = EXCEPTION_NO_PATH, one;
	size_t i;

	for (i = 0; i < site->nlines; i++) {
		if (line != 0 ? site->line[i].id != line
			      : site->line[i].kind != MEWS_LINE_RTU)
			continue;
		one = put(x, c, s, m, i,
		    device_of(site, site->line[i].id, m->unit), first, now);
		if (code != 0)
			code = one;
	}
	return code;
}

/* What mews knows of itself. */
static void
answer_self(const struct exchange *x, struct client *c, struct client_slot *s,
    const struct mbap *m, int64_t now)
{
	struct count_unit u = { .unit = m->unit };
	struct self self = { .board = x->parts->board,
		.version = MEWS_VERSION,
		.site = x->parts->site->name,
		.clients = count_clients(x->count),
		.now = tick_wall() / 1000 };
	struct recorder_status status;
	enum mews_traffic_why why;
	uint8_t pdu[FRAME_PDU];
	size_t n;

	recorder_status(x->parts->recorder, &status);
	self.devices = status.devices;
	self.answering = status.answering;
	self.minute = status.minute;
	self.kept = status.kept;
	self.uptime = self.now - x->options->since;
	n = self_answer(&self, m->pdu, m->n, now, pdu, &why);
	u.own = (pdu[0] & 0x80) != 0;
	count_unit(x->count, &u);
	if (u.own)
		say_refused(x->say, c, why, m, now);
	answer_send(x, c, s, pdu, n, now);
}

/* Passes on what may pass; returns the exception for what cannot. */
uint8_t
route_request(struct exchange *x, struct client *c, struct client_slot *s,
    const struct mbap *m, int64_t line, bool first, enum mews_traffic_why *why,
    int64_t now)
{
	const struct mews_device *d = x->unit[m->unit];
	uint8_t code;

	*why = MEWS_WHY_UNIT;
	if (line != 0 || m->unit == 0)
		code = put_all(x, c, s, m, line, first, now);
	else if (d != NULL)
		code = put(x, c, s, m, line_of(x->parts->site, d->line), d,
		    first, now);
	else if (m->unit == x->options->unit) {
		answer_self(x, c, s, m, now);
		return 0;
	} else
		return EXCEPTION_NO_PATH;
	*why = answer_reason(code, false);
	return code;
}
