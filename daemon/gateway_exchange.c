/*
 * gateway_exchange.c - rights first, then the unit's line, then its turn.
 *
 * A request is never kept here: it waits at the desk of a bus, and comes back
 * in a list that any thread may add to.  Who asked is told by number, so that
 * a client that is gone needs no care.
 */
#include "gateway_exchange.h"
#include "access.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define HUSH  INT64_C(10000000) /* us between two lines about refusals */
#define SHOWN 16                /* bytes of a value in the log */

struct request {
	struct job job; /* first */
	struct exchange *exchange;
	uint64_t client, slot;
	char who[MEWS_ADDRESS_TEXT];
	bool writes;
};

struct exchange {
	const struct mews_site *site;
	struct desk *const *desk;
	struct {
		struct desk *desk; /* NULL: nobody knows the unit */
		uint8_t unit;
	} unit[256];
	bool quiet;
	int64_t refuse_at; /* the next line about a refusal */
	unsigned refused;  /* without one */

	pthread_mutex_t lock; /* of what follows */
	struct job *done, **end;
	int wake;
};

static void
map_units(struct exchange *x)
{
	const struct mews_site *s = x->site;
	const struct mews_device *d;
	size_t l, i;
	int u;

	for (u = 1; u < 256; u++) {
		d = mews_site_unit(s, u);
		for (l = 0; d != NULL && l < s->nlines; l++)
			if (s->line[l].id == d->line) {
				x->unit[u].desk = x->desk[l];
				x->unit[u].unit = (uint8_t)d->unit;
			}
	}
	for (i = 0; i < s->ndevices; i++) {
		d = &s->device[i];
		if (d->gateway == 0 && mews_site_unit(s, d->unit) != d)
			mews_log(MEWS_LOG_WARNING,
			    "gateway: %s has unit %d as another device has: "
			    "give it one with the word gateway",
			    d->plate, d->unit);
	}
}

enum mews_rc
exchange_new(const struct mews_site *site, struct desk *const *desk, bool quiet,
    struct exchange **out, struct mews_err *err)
{
	struct exchange *x = mews_alloc(1, sizeof(*x));

	if ((x->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0) {
		free(x);
		return mews_fail(err, MEWS_FAIL, "eventfd: %s",
		    strerror(errno));
	}
	x->site = site;
	x->desk = desk;
	x->quiet = quiet;
	x->end = &x->done;
	(void)pthread_mutex_init(&x->lock, NULL);
	map_units(x);
	*out = x;
	return MEWS_OK;
}

void
exchange_free(struct exchange *x)
{
	struct job *next;

	if (x == NULL)
		return;
	for (; x->done != NULL; x->done = next) {
		next = x->done->next;
		free(x->done);
	}
	(void)close(x->wake);
	(void)pthread_mutex_destroy(&x->lock);
	free(x);
}

int
exchange_fd(const struct exchange *x)
{
	return x->wake;
}

/* From any thread. */
static void
done(struct job *j)
{
	struct exchange *x = ((struct request *)j)->exchange;
	uint64_t one = 1;

	j->next = NULL;
	(void)pthread_mutex_lock(&x->lock);
	*x->end = j;
	x->end = &j->next;
	(void)!write(x->wake, &one, sizeof(one));
	(void)pthread_mutex_unlock(&x->lock);
}

static void
except(struct client *c, struct client_slot *s, uint8_t function, uint8_t code)
{
	const uint8_t pdu[2] = { function | 0x80, code };

	client_answer(c, s, pdu, sizeof(pdu));
}

static void
tell_refusal(struct exchange *x, const struct client *c, const struct mbap *m,
    int64_t now)
{
	char more[40] = "";

	if (now < x->refuse_at) {
		x->refused++;
		return;
	}
	if (x->refused > 0)
		(void)snprintf(more, sizeof(more), ", and %u before it",
		    x->refused);
	mews_log(MEWS_LOG_WARNING,
	    "gateway: refused %s: unit %d, function %d%s", c->who, m->unit,
	    m->pdu[0], more);
	x->refused = 0;
	x->refuse_at = now + HUSH;
}

/* The registers of a request and what is written, in words. */
static void
describe(const struct job *j, char *text, size_t size)
{
	static const struct {
		uint8_t function, value;
	} at[] = { { 5, 3 }, { 6, 3 }, { 15, 6 }, { 16, 6 }, { 22, 3 },
		{ 23, 10 } };
	struct access_span span[2];
	size_t nspans = access_spans(j->pdu, j->n, span), i, from = 1, n;

	for (i = 0; i < MEWS_LEN(at); i++)
		if (at[i].function == j->pdu[0])
			from = at[i].value;
	n = 0;
	if (nspans > 0) /* of function 23 the second is written */
		n = (size_t)snprintf(text, size, "registers %d-%d, ",
		    span[nspans - 1].first, span[nspans - 1].last);
	n += (size_t)snprintf(text + n, size - n, "value ");
	for (i = from; i < j->n && i < from + SHOWN; i++)
		n += (size_t)snprintf(text + n, size - n, "%02x", j->pdu[i]);
	(void)snprintf(text + n, size - n, i < j->n ? "..." : "");
}

/* Every write is told, whoever is still there to hear how it went. */
static void
tell_write(const struct request *r)
{
	const struct job *j = &r->job;
	uint8_t code = j->code != 0                      ? j->code
	    : j->answer.n > 1 && j->answer.pdu[0] & 0x80 ? j->answer.pdu[1]
							 : 0;
	char what[96], result[24] = "done";

	if (code != 0)
		(void)snprintf(result, sizeof(result), "exception %d", code);
	describe(j, what, sizeof(what));
	mews_log(MEWS_LOG_NOTICE,
	    "gateway: %s wrote: unit %d, function %d, %s: %s", r->who, j->unit,
	    j->pdu[0], what, result);
}

/* The exception for a request that goes nowhere, else 0. */
static uint8_t
judge(struct exchange *x, const struct client *c, const struct mbap *m,
    const struct mews_gateway_rule *rule, size_t nrules, int64_t now)
{
	uint8_t function = m->pdu[0];

	if (function == 0 || function >= 0x80)
		return EXCEPTION_FUNCTION;
	if (!access_allows(rule, nrules, c->address, m->unit, m->pdu, m->n)) {
		tell_refusal(x, c, m, now);
		return EXCEPTION_FUNCTION;
	}
	if (!mbap_sound(m->pdu, m->n))
		return EXCEPTION_VALUE;
	/* nobody can answer for all */
	if (m->unit == 0 && (access_reads(m->pdu, m->n) || function == 23))
		return EXCEPTION_FUNCTION;
	return 0;
}

static uint8_t
put(struct exchange *x, struct client *c, const struct client_slot *s,
    const struct mbap *m, struct desk *desk, uint8_t unit, int64_t now)
{
	struct request *r;
	uint8_t code;

	if (desk == NULL)
		return EXCEPTION_NO_PATH;
	r = mews_alloc(1, sizeof(*r));
	r->exchange = x;
	r->client = c->id;
	r->slot = s->id;
	r->writes = !access_reads(m->pdu, m->n);
	memcpy(r->who, c->who, sizeof(r->who));
	r->job.address = c->home;
	r->job.connection = c->id;
	r->job.unit = unit;
	r->job.n = m->n;
	r->job.done = done;
	memcpy(r->job.pdu, m->pdu, m->n);
	code = desk_put(desk, &r->job, now);
	if (code != 0 && r->writes) {
		r->job.code = code;
		tell_write(r);
	}
	if (code != 0)
		free(r);
	return code;
}

/* One line, or all serial ones when the request is for all units. */
static uint8_t
put_all(struct exchange *x, struct client *c, struct client_slot *s,
    const struct mbap *m, int64_t line, int64_t now)
{
	const struct mews_line *l = x->site->line;
	uint8_t code = EXCEPTION_NO_PATH, one;
	size_t i;

	if (line == 0 && m->unit != 0) {
		code = put(x, c, s, m, x->unit[m->unit].desk,
		    x->unit[m->unit].unit, now);
		s->open += code == 0;
		return code;
	}
	for (i = 0; i < x->site->nlines; i++) {
		if (line != 0 ? l[i].id != line : l[i].kind != MEWS_LINE_RTU)
			continue;
		one = put(x, c, s, m, x->desk[i], m->unit, now);
		s->open += one == 0;
		if (code != 0)
			code = one;
	}
	return code;
}

void
exchange_ask(struct exchange *x, struct client *c, const struct mbap *asked,
    int64_t line, const struct mews_gateway_rule *rule, size_t nrules,
    int64_t now)
{
	uint8_t pdu[FRAME_PDU], code;
	struct mbap m = *asked;
	struct client_slot *s;

	/* the bytes of the client move on when the request is taken */
	memcpy(pdu, m.pdu, m.n);
	m.pdu = pdu;
	code = judge(x, c, &m, rule, nrules, now);
	s = client_took(c, &m, now);
	if (code == 0)
		code = put_all(x, c, s, &m, line, now);
	if (code != 0)
		except(c, s, pdu[0], code);
}

void
exchange_cancel(struct exchange *x, const struct client *c)
{
	size_t i;

	for (i = 0; i < x->site->nlines; i++)
		if (x->desk[i] != NULL)
			desk_cancel(x->desk[i], c->id);
}

/* The answer to a request for all units, when the last line is through. */
static void
answer_all(const struct exchange *x, struct client *c, struct client_slot *s,
    const struct job *j)
{
	static const uint8_t echo[] = { [5] = 5, [6] = 5, [15] = 5, [16] = 5 };
	uint8_t f = j->pdu[0];

	s->good |= j->code == 0;
	if (--s->open > 0)
		return;
	if (!s->good)
		except(c, s, f, j->code);
	else
		client_answer(c, s, j->pdu,
		    x->quiet || f >= sizeof(echo) ? 0 : echo[f]);
}

static void
deliver(const struct exchange *x, struct client *c, const struct request *r)
{
	struct client_slot *s = client_slot(c, r->slot);
	const struct job *j = &r->job;

	if (s == NULL)
		return;
	if (s->unit == 0)
		answer_all(x, c, s, j);
	else if (j->code != 0)
		except(c, s, j->pdu[0], j->code);
	else
		client_answer(c, s, j->answer.pdu, j->answer.n);
}

void
exchange_run(struct exchange *x, struct client *const *client, size_t n,
    int64_t now, int64_t *when)
{
	struct job *list, *next;
	struct request *r;
	uint64_t count;
	size_t i;

	for (i = 0; i < x->site->nlines; i++)
		if (x->desk[i] != NULL)
			desk_sort_out(x->desk[i], now, when);
	(void)!read(x->wake, &count, sizeof(count));
	(void)pthread_mutex_lock(&x->lock);
	list = x->done;
	x->done = NULL;
	x->end = &x->done;
	(void)pthread_mutex_unlock(&x->lock);
	for (; list != NULL; list = next) {
		next = list->next;
		r = (struct request *)list;
		if (r->writes)
			tell_write(r);
		for (i = 0; i < n; i++)
			if (client[i]->id == r->client)
				deliver(x, client[i], r);
		free(list);
	}
}
