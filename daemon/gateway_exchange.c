/*
 * gateway_exchange.c - rights first, then the unit's line, then its turn.
 */
#include "gateway_exchange.h"
#include "access.h"
#include "gateway_frame.h"
#include "gateway_inside.h"
#include "log.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

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
		code = route_request(x, c, s, &m, line, first, &why, now);
	if (code != 0) {
		say_refused(x->say, c, why, &m, now);
		answer_except(x, c, s, pdu[0], code, now);
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
