/*
 * gateway_client.c - bounded memory for a client that may be slow or hostile.
 *
 * A client that does not take its answers, or has enough requests open, is not
 * heard any more: TCP then holds it back, and nobody else.  Requests of one
 * transaction id are answered in their order, all others as the answers come.
 */
#include "gateway_client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define SECOND INT64_C(1000000)
#define FRAME  (15 * SECOND)  /* from the first byte of a frame to its last */
#define IDLE   (300 * SECOND) /* nothing asked */
#define STUCK  (30 * SECOND)  /* no answer taken */
#define RESTED (10 * SECOND)  /* who does, may have to go */

struct client *
client_new(int fd, int64_t now)
{
	struct client *c = mews_alloc(1, sizeof(*c));

	c->fd = fd;
	c->last = now;
	c->idle = IDLE;
	return c;
}

void
client_free(struct client *c)
{
	(void)close(c->fd);
	free(c);
}

static bool
may_ask(const struct client *c)
{
	return c->nslots < CLIENT_SLOTS && c->nout < CLIENT_OUT;
}

short
client_wants(const struct client *c)
{
	short events = c->nout > 0 ? POLLOUT : 0;

	if (!c->half && may_ask(c) && c->nin < sizeof(c->in))
		events |= POLLIN;
	return events;
}

bool
client_hear(struct client *c)
{
	ssize_t n;

	if (c->half || c->nin == sizeof(c->in))
		return true;
	n = recv(c->fd, c->in + c->nin, sizeof(c->in) - c->nin, 0);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->nin += (size_t)n;
	c->half = n == 0;
	return true;
}

bool
client_say(struct client *c, int64_t now)
{
	ssize_t n;

	if (c->nout == 0)
		return true;
	n = send(c->fd, c->out, c->nout, MSG_NOSIGNAL);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->nout -= (size_t)n;
	memmove(c->out, c->out + n, c->nout);
	c->last = now;
	return true;
}

enum mbap_state
client_next(struct client *c, int64_t now, struct mbap *out)
{
	enum mbap_state state;

	if (!may_ask(c))
		return MBAP_MORE;
	state = mbap_take(c->in, c->nin, out);
	if (state == MBAP_MORE && c->nin > 0 && c->begun == 0)
		c->begun = now;
	return state;
}

struct client_slot *
client_took(struct client *c, const struct mbap *m, int64_t now)
{
	struct client_slot *s = &c->slot[c->nslots++];

	s->id = ++c->slots;
	s->asked = now;
	s->tid = m->tid;
	s->unit = m->unit;
	s->open = 0;
	s->good = s->ready = false;
	c->nin -= m->taken;
	memmove(c->in, c->in + m->taken, c->nin);
	c->asked = true;
	c->last = now;
	c->begun = 0;
	return s;
}

struct client_slot *
client_slot(struct client *c, uint64_t id)
{
	size_t i;

	for (i = 0; i < c->nslots; i++)
		if (c->slot[i].id == id)
			return &c->slot[i];
	return NULL;
}

static bool
must_wait(const struct client *c, size_t slot)
{
	size_t i;

	for (i = 0; i < slot; i++)
		if (c->slot[i].tid == c->slot[slot].tid)
			return true;
	return false;
}

void
client_answer(struct client *c, struct client_slot *s, const uint8_t *pdu,
    size_t n)
{
	size_t i = 0;

	s->ready = true;
	s->n = n;
	memcpy(s->pdu, pdu, n);
	while (i < c->nslots) {
		s = &c->slot[i];
		if (!s->ready || must_wait(c, i)) {
			i++;
			continue;
		}
		if (s->n > 0)
			c->nout += mbap_pack(c->out + c->nout, s->tid, s->unit,
			    s->pdu, s->n);
		c->nslots--;
		memmove(s, s + 1, (c->nslots - i) * sizeof(*s));
	}
}

bool
client_rests(const struct client *c)
{
	return c->nslots == 0 && c->nout == 0;
}

int64_t
client_deadline(const struct client *c)
{
	if (c->nout > 0)
		return c->last + STUCK;
	if (c->nslots > 0)
		return INT64_MAX;
	if (c->begun != 0 && c->begun + FRAME < c->last + c->idle)
		return c->begun + FRAME;
	return c->last + c->idle;
}

bool
client_overdue(const struct client *c, int64_t now, enum mews_traffic_why *why)
{
	if (now < client_deadline(c))
		return false;
	if (c->nout > 0)
		*why = MEWS_WHY_DEAF;
	else if (c->begun != 0)
		*why = MEWS_WHY_HALF;
	return true;
}

size_t
clients_spare(struct client *const *list, size_t n, const struct client *of,
    int64_t now)
{
	size_t best = n, i;
	const struct client *c, *b;

	for (i = 0; i < n; i++) {
		c = list[i];
		if ((of != NULL && c->home != of->home) || !client_rests(c) ||
		    (c->asked && now - c->last < RESTED))
			continue;
		b = best == n ? NULL : list[best];
		if (b == NULL || (b->asked && !c->asked) ||
		    (b->asked == c->asked && c->last < b->last))
			best = i;
	}
	return best;
}
