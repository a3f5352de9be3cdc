/*
 * gateway_exchange.c - rights first, then the unit's line, then its turn.
 *
 * A request is never kept here: it waits at the desk of a bus, and comes back
 * in a list that any thread may add to.  Who asked is told by number, so that
 * a client that is gone needs no care.
 */
#include "gateway_exchange.h"
#include "access.h"
#include "gateway_frame.h"
#include "gateway_self.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct request {
	struct job job; /* first */
	struct exchange *exchange;
	uint64_t client, slot;
	char who[MEWS_ADDRESS_TEXT];
	int64_t line;
	const struct mews_device *device; /* NULL: none of the site */
	bool writes;
};

struct exchange {
	const struct gateway_options *options;
	const struct gateway_parts *parts;
	struct count *count;
	struct say *say;
	const struct mews_device *unit[256]; /* NULL: nobody knows it */

	pthread_mutex_t lock; /* of what follows */
	struct job *done, **end;
	int wake;
};

static void
map_units(struct exchange *x)
{
	const struct mews_site *s = x->parts->site;
	const struct mews_device *d;
	size_t i;
	int u;

	for (u = 1; u < 256; u++)
		x->unit[u] = mews_site_unit(s, u);
	for (i = 0; i < s->ndevices; i++) {
		d = &s->device[i];
		if (d->gateway == 0 && mews_site_unit(s, d->unit) != d)
			mews_log(MEWS_LOG_WARNING,
			    "gateway: %s has unit %d as another device has: "
			    "give it one with the word gateway",
			    d->plate, d->unit);
	}
	u = x->options->unit;
	if (u > 0 && x->unit[u] != NULL)
		mews_log(MEWS_LOG_WARNING,
		    "gateway: unit %d is %s, so mews itself is not asked", u,
		    x->unit[u]->plate);
}

enum mews_rc
exchange_new(const struct gateway_options *options,
    const struct gateway_parts *parts, struct count *count, struct say *say,
    struct exchange **out, struct mews_err *err)
{
	struct exchange *x = mews_alloc(1, sizeof(*x));

	if ((x->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0) {
		free(x);
		return mews_fail(err, MEWS_FAIL, "eventfd: %s",
		    strerror(errno));
	}
	x->options = options;
	x->parts = parts;
	x->count = count;
	x->say = say;
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

/* The one way out for answers; n is 0 for none. */
static void
answer(const struct exchange *x, struct client *c, struct client_slot *s,
    const uint8_t *pdu, size_t n, int64_t now)
{
	count_answered(x->count, c->id, n > 0 && (pdu[0] & 0x80) != 0);
	if (n > 0 && count_watched(x->count))
		frame_to_client(x->count, c, s, pdu, n, now);
	client_answer(c, s, pdu, n);
}

static void
except(const struct exchange *x, struct client *c, struct client_slot *s,
    uint8_t function, uint8_t code, int64_t now)
{
	const uint8_t pdu[2] = { function | 0x80, code };

	answer(x, c, s, pdu, sizeof(pdu), now);
}

/* The exception for a request that goes nowhere, and why, else 0. */
static uint8_t
judge(const struct client *c, const struct mbap *m,
    const struct mews_gateway_rule *rule, size_t nrules, bool *first,
    enum mews_traffic_why *why)
{
	uint8_t function = m->pdu[0];
	const struct mews_gateway_rule *r;

	*why = MEWS_WHY_FUNCTION;
	if (function == 0 || function >= 0x80)
		return EXCEPTION_FUNCTION;
	*why = MEWS_WHY_RIGHTS;
	r = access_rule(rule, nrules, c->address, m->unit, m->pdu, m->n);
	if (r == NULL)
		return EXCEPTION_FUNCTION;
	*first = r->first;
	*why = MEWS_WHY_LENGTH;
	if (!mbap_sound(m->pdu, m->n))
		return EXCEPTION_VALUE;
	/* nobody can answer for all */
	*why = MEWS_WHY_FUNCTION;
	if (m->unit == 0 && (access_reads(m->pdu, m->n) || function == 23))
		return EXCEPTION_FUNCTION;
	return 0;
}

/* Why a request was answered without being asked. */
static enum mews_traffic_why
reason(uint8_t code, bool waited)
{
	return code == EXCEPTION_NO_PATH        ? MEWS_WHY_LINE
	    : code == EXCEPTION_NO_ANSWER       ? MEWS_WHY_SILENT
	    : code == EXCEPTION_BUSY && !waited ? MEWS_WHY_QUEUE
						: MEWS_WHY_WAITED;
}

/* What became of a request on its line, or on the way there. */
static void
account(const struct exchange *x, const struct request *r, int64_t now)
{
	const struct job *j = &r->job;
	const struct count_unit u = { .line = r->line,
		.unit = j->unit,
		.device = r->device != NULL ? r->device->id : 0,
		.client = r->client,
		.code = j->code,
		.own = j->code == 0 && j->result == BUS_EXCEPTION,
		.joined = j->joined,
		.damaged = j->code != 0 && j->result == BUS_DAMAGED,
		.wait = j->queued == 0
		    ? 0
		    : (j->asked != 0 ? j->asked : now) - j->queued,
		.answer = j->asked != 0 ? j->ended - j->asked : 0 };

	count_unit(x->count, &u);
	if (r->writes)
		say_wrote(x->say, r->who,
		    r->device != NULL
			? r->device->plate
			: mews_site_line(x->parts->site, r->line)->name,
		    u.device, j->unit, j);
	if (j->asked != 0 && !j->joined && count_watched(x->count))
		frame_of_line(x->count, r->who,
		    mews_site_line(x->parts->site, r->line), j, now);
}

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
	r->job.done = done;
	memcpy(r->job.pdu, m->pdu, m->n);
	if (desk != NULL)
		code = desk_put(desk, &r->job, now);
	if (code == 0) {
		s->open++;
		return 0;
	}
	r->job.code = code;
	account(x, r, now);
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
	answer(x, c, s, pdu, n, now);
}

/* Passes on what may pass; returns the exception for what cannot. */
static uint8_t
route(struct exchange *x, struct client *c, struct client_slot *s,
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
	*why = reason(code, false);
	return code;
}

void
exchange_ask(struct exchange *x, struct client *c, const struct mbap *asked,
    int64_t line, const struct mews_gateway_rule *rule, size_t nrules,
    int64_t now)
{
	uint8_t pdu[FRAME_PDU], code;
	enum mews_traffic_why why;
	struct mbap m = *asked;
	struct client_slot *s;
	bool first = false;

	/* the bytes of the client move on when the request is taken */
	memcpy(pdu, m.pdu, m.n);
	m.pdu = pdu;
	code = judge(c, &m, rule, nrules, &first, &why);
	s = client_took(c, &m, now);
	count_asked(x->count, c->id);
	if (count_watched(x->count))
		frame_from_client(x->count, c, &m, now);
	if (code == 0)
		code = route(x, c, s, &m, line, first, &why, now);
	if (code != 0) {
		say_refused(x->say, c, why, &m, now);
		except(x, c, s, pdu[0], code, now);
	}
}

void
exchange_cancel(struct exchange *x, const struct client *c)
{
	size_t i;

	for (i = 0; i < x->parts->site->nlines; i++)
		if (x->parts->desk[i] != NULL)
			desk_cancel(x->parts->desk[i], c->id);
}

/* The answer to a request for all units, when the last line is through. */
static void
answer_all(const struct exchange *x, struct client *c, struct client_slot *s,
    const struct job *j, int64_t now)
{
	static const uint8_t echo[] = { [5] = 5, [6] = 5, [15] = 5, [16] = 5 };
	uint8_t f = j->pdu[0];

	s->good |= j->code == 0;
	if (--s->open > 0)
		return;
	if (!s->good)
		except(x, c, s, f, j->code, now);
	else
		answer(x, c, s, j->pdu,
		    x->options->quiet || f >= sizeof(echo) ? 0 : echo[f], now);
}

static void
deliver(const struct exchange *x, struct client *c, const struct request *r,
    int64_t now)
{
	struct client_slot *s = client_slot(c, r->slot);
	const struct job *j = &r->job;
	const struct mbap m = { .unit = j->unit, .pdu = j->pdu, .n = j->n };

	if (s == NULL)
		return;
	if (j->asked == 0)
		say_refused(x->say, c,
		    reason(j->code, now - j->queued >= x->options->wait), &m,
		    now);
	if (s->unit == 0)
		answer_all(x, c, s, j, now);
	else if (j->code != 0)
		except(x, c, s, j->pdu[0], j->code, now);
	else
		answer(x, c, s, j->answer.pdu, j->answer.n, now);
}

void
exchange_end(struct exchange *x, struct client *const *client, size_t n,
    int64_t now)
{
	struct job *list, *next;
	struct request *r;
	uint64_t count;
	size_t i;

	(void)!read(x->wake, &count, sizeof(count));
	(void)pthread_mutex_lock(&x->lock);
	list = x->done;
	x->done = NULL;
	x->end = &x->done;
	(void)pthread_mutex_unlock(&x->lock);
	for (; list != NULL; list = next) {
		next = list->next;
		r = (struct request *)list;
		account(x, r, now);
		for (i = 0; i < n; i++)
			if (client[i]->id == r->client)
				deliver(x, client[i], r, now);
		free(list);
	}
}

void
exchange_run(struct exchange *x, struct client *const *client, size_t n,
    int64_t now, int64_t *when)
{
	size_t i;

	for (i = 0; i < x->parts->site->nlines; i++)
		if (x->parts->desk[i] != NULL)
			desk_sort_out(x->parts->desk[i], now, when);
	exchange_end(x, client, n, now);
}
