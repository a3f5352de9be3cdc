/*
 * gateway_say.c - every write is told; of refusals a storm is told in one line.
 */
#include "gateway_say.h"
#include "access.h"
#include "log.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

#define HUSH  INT64_C(10000000) /* us between two events about refusals */
#define SHOWN 16                /* bytes of a value */

/* The kinds of event for what somebody ought to know. */
static const char *const kinds[MEWS_WHY_DEAF + 1] = {
	[MEWS_WHY_NO_RULE] = "gateway-stranger",
	[MEWS_WHY_FULL] = "gateway-limited",
	[MEWS_WHY_CROWD] = "gateway-limited",
	[MEWS_WHY_RIGHTS] = "gateway-refused",
};

static void
tell_refused(struct say *s, const struct client *c, enum mews_traffic_why why,
    const struct mews_traffic_refusal *r, int64_t now)
{
	struct mews_event e;

	if (now < s->why[why].next) {
		s->why[why].hushed++;
		return;
	}
	mews_log(MEWS_LOG_WARNING,
	    "gateway: refused %s: %s: unit %d, function %d, and %u before it",
	    c->who, mews_traffic_reason(why), r->unit, r->function,
	    s->why[why].hushed);
	if (s->recorder != NULL) {
		mews_event_set(&e, kinds[why], NULL);
		(void)mews_str_copy(e.source, sizeof(e.source), c->who);
		if (why == MEWS_WHY_RIGHTS) {
			mews_event_arg(&e, 0, "%d", r->unit);
			mews_event_arg(&e, 1, "%d", r->function);
		}
		recorder_event(s->recorder, &e);
	}
	s->why[why].hushed = 0;
	s->why[why].next = now + HUSH;
}

void
say_refused(struct say *s, const struct client *c, enum mews_traffic_why why,
    const struct mbap *m, int64_t now)
{
	struct mews_traffic_refusal r = { .why = why,
		.unit = -1,
		.function = -1,
		.first = -1,
		.last = -1 };
	struct access_span span[2];

	(void)mews_str_copy(r.address, sizeof(r.address), c->host);
	if (m != NULL) {
		r.unit = m->unit;
		r.function = m->pdu[0];
		if (access_spans(m->pdu, m->n, span) > 0) {
			r.first = span[0].first;
			r.last = span[0].last;
		}
	}
	count_refused(s->count, c->id, &r);
	if (kinds[why] != NULL)
		tell_refused(s, c, why, &r, now);
}

/* The registers of a request and what is written. */
static void
describe(const struct job *j, char *registers, char *value, size_t size)
{
	static const struct {
		uint8_t function, value;
	} at[] = { { 5, 3 }, { 6, 3 }, { 15, 6 }, { 16, 6 }, { 22, 3 },
		{ 23, 10 } };
	struct access_span span[2];
	size_t nspans = access_spans(j->pdu, j->n, span), i, from = 1, n = 0;

	for (i = 0; i < MEWS_LEN(at); i++)
		if (at[i].function == j->pdu[0])
			from = at[i].value;
	registers[0] = value[0] = '\0';
	if (nspans > 0) /* of function 23 the second is written */
		(void)snprintf(registers, size, "%d-%d", span[nspans - 1].first,
		    span[nspans - 1].last);
	for (i = from; i < j->n && i < from + SHOWN; i++)
		n += (size_t)snprintf(value + n, size - n, "%02x", j->pdu[i]);
	(void)snprintf(value + n, size - n, i < j->n ? "..." : "");
}

void
say_wrote(struct say *s, const char *who, const char *where, int64_t device,
    int unit, const struct job *j)
{
	uint8_t code = j->code != 0                      ? j->code
	    : j->answer.n > 1 && j->answer.pdu[0] & 0x80 ? j->answer.pdu[1]
							 : 0;
	char registers[48], value[48], result[24] = "OK";
	struct mews_event e;

	if (code != 0)
		(void)snprintf(result, sizeof(result), "exception %d", code);
	describe(j, registers, value, sizeof(value));
	mews_log(MEWS_LOG_NOTICE,
	    "gateway: %s wrote: unit %d, function %d, registers %s, value %s: "
	    "%s",
	    who, unit, j->pdu[0], registers, value, result);
	if (s->recorder == NULL)
		return;
	mews_event_set(&e, "gateway-write", where);
	e.device = device;
	(void)mews_str_copy(e.source, sizeof(e.source), who);
	mews_event_arg(&e, 0, "%d/%d", unit, j->pdu[0]);
	mews_event_arg(&e, 1, "%s%s%s", registers,
	    registers[0] == '\0' ? "" : " = ", value);
	mews_event_arg(&e, 2, "%s", result);
	recorder_event(s->recorder, &e);
}
