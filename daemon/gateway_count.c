/*
 * gateway_count.c - bounded tables behind one lock, which nobody holds for
 * longer than it takes to copy them.
 */
#include "gateway_count.h"
#include "gateway_note.h"
#include "spans.h"
#include "str.h"
#include "tick.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define TENTH (10 / COUNT_EVERY)

struct unit {
	struct mews_traffic_unit sum;
	struct spans wait, answer;
};

struct count {
	_Atomic int64_t watched;               /* tick_us(); 0: not */
	pthread_mutex_t lock;                  /* of what follows */
	struct mews_traffic now;               /* without units */
	struct unit *unit[MEWS_TRAFFIC_UNITS]; /* owned */
	size_t nunits;
	int64_t before[TENTH]; /* requests at the last takes */
	size_t takes;
	int64_t ever;                     /* requests */
	uint64_t clients;                 /* ever */
	struct mews_traffic_frame *frame; /* ring; NULL until one looks */
	size_t first, nframes;
};

static int64_t
wall(void)
{
	return tick_wall() / 1000;
}

struct count *
count_new(void)
{
	struct count *c = mews_alloc(1, sizeof(*c));

	(void)pthread_mutex_init(&c->lock, NULL);
	c->now.begun = wall();
	return c;
}

static void
forget_units(struct count *c)
{
	while (c->nunits > 0)
		free(c->unit[--c->nunits]);
}

void
count_free(struct count *c)
{
	if (c == NULL)
		return;
	forget_units(c);
	(void)pthread_mutex_destroy(&c->lock);
	free(c->frame);
	free(c);
}

static void
lock(struct count *c)
{
	(void)pthread_mutex_lock(&c->lock);
}

static void
unlock(struct count *c)
{
	(void)pthread_mutex_unlock(&c->lock);
}

void
count_state(struct count *c, enum mews_traffic_state state)
{
	lock(c);
	c->now.state = state;
	unlock(c);
}

void
count_ports(struct count *c, const struct mews_traffic_port *port, size_t n)
{
	lock(c);
	memcpy(c->now.port, port, n * sizeof(*port));
	c->now.nports = n;
	unlock(c);
}

static struct mews_traffic_client *
find_client(struct count *c, uint64_t id)
{
	size_t i;

	for (i = 0; i < c->now.nclients; i++)
		if (c->now.client[i].id == (int64_t)id)
			return &c->now.client[i];
	return NULL;
}

uint64_t
count_come(struct count *c, uint64_t id, const char *who, int port)
{
	struct mews_traffic_client *k;

	lock(c);
	if (id == 0)
		id = ++c->clients;
	if (find_client(c, id) == NULL &&
	    c->now.nclients < MEWS_TRAFFIC_CLIENTS) {
		k = &c->now.client[c->now.nclients++];
		*k = (struct mews_traffic_client){ .id = (int64_t)id,
			.port = port,
			.since = wall() };
		(void)mews_str_copy(k->who, sizeof(k->who), who);
	}
	unlock(c);
	return id;
}

void
count_go(struct count *c, uint64_t id)
{
	struct mews_traffic_client *k;
	size_t left;

	lock(c);
	if ((k = find_client(c, id)) != NULL) {
		left = c->now.nclients - (size_t)(k - c->now.client) - 1;
		memmove(k, k + 1, left * sizeof(*k));
		c->now.nclients--;
	}
	unlock(c);
}

void
count_asked(struct count *c, uint64_t id)
{
	struct mews_traffic_client *k;

	lock(c);
	c->ever++;
	c->now.requests++;
	traffic_minute(&c->now, wall())->requests++;
	if ((k = find_client(c, id)) != NULL) {
		k->requests++;
		k->waiting++;
		k->last = wall();
	}
	unlock(c);
}

void
count_answered(struct count *c, uint64_t id, bool exception)
{
	struct mews_traffic_minute *m;
	struct mews_traffic_client *k;

	lock(c);
	m = traffic_minute(&c->now, wall());
	c->now.answers += !exception;
	c->now.exceptions += exception;
	m->answers += !exception;
	m->exceptions += exception;
	if ((k = find_client(c, id)) != NULL) {
		k->answers += !exception;
		k->exceptions += exception;
		k->waiting--;
	}
	unlock(c);
}

/* Sorted by line and unit; NULL when there are too many. */
static struct unit *
find_unit(struct count *c, int64_t line, int unit)
{
	struct unit *u;
	size_t i = c->nunits;

	while (i > 0 &&
	    (c->unit[i - 1]->sum.line > line ||
		(c->unit[i - 1]->sum.line == line &&
		    c->unit[i - 1]->sum.unit >= unit)))
		i--;
	if (i < c->nunits && c->unit[i]->sum.line == line &&
	    c->unit[i]->sum.unit == unit)
		return c->unit[i];
	if (c->nunits == MEWS_TRAFFIC_UNITS)
		return NULL;
	u = mews_alloc(1, sizeof(*u));
	u->sum.line = line;
	u->sum.unit = unit;
	memmove(c->unit + i + 1, c->unit + i,
	    (c->nunits - i) * sizeof(c->unit[0]));
	c->nunits++;
	return c->unit[i] = u;
}

void
count_unit(struct count *c, const struct count_unit *a)
{
	struct mews_traffic_client *k;
	struct unit *u;

	lock(c);
	if ((u = find_unit(c, a->line, a->unit)) != NULL) {
		u->sum.device = a->device;
		u->sum.asked++;
		u->sum.joined += a->joined;
		u->sum.answered += a->code == 0 && !a->own;
		u->sum.exceptions += a->own;
		u->sum.silent += a->code == 0x0b;
		u->sum.damaged += a->damaged;
		u->sum.used += a->joined ? 0 : a->answer;
		u->sum.busy += a->code == 0x06;
		u->sum.gone += a->code == 0x0a;
		spans_add(&u->wait, a->wait);
		if (a->answer > 0 && a->code == 0) {
			spans_add(&u->answer, a->answer);
			if (a->answer > u->sum.slowest)
				u->sum.slowest = a->answer;
		}
	}
	if (!a->joined)
		traffic_minute(&c->now, wall())->busy_us += a->answer;
	if (!a->joined && (k = find_client(c, a->client)) != NULL)
		k->used += a->answer;
	unlock(c);
}

void
count_refused(struct count *c, uint64_t id,
    const struct mews_traffic_refusal *r)
{
	struct mews_traffic_client *k;

	lock(c);
	c->now.refusals++;
	traffic_minute(&c->now, wall())->refusals++;
	if ((k = find_client(c, id)) != NULL)
		k->refusals++;
	traffic_refuse(&c->now, r, wall());
	unlock(c);
}

bool
count_watched(const struct count *c)
{
	int64_t until = atomic_load_explicit(&c->watched, memory_order_relaxed);

	return until != 0 && tick_us() < until;
}

void
count_frame(struct count *c, const struct mews_traffic_frame *f)
{
	lock(c);
	if (c->frame != NULL && c->nframes < COUNT_FRAMES)
		c->frame[(c->first + c->nframes++) % COUNT_FRAMES] = *f;
	unlock(c);
}

void
count_reset(struct count *c)
{
	struct mews_traffic *t = &c->now;
	struct mews_traffic_client *k;

	lock(c);
	t->begun = wall();
	t->requests = t->answers = t->exceptions = t->refusals = 0;
	t->nrefusals = t->nminutes = 0;
	for (k = t->client; k < t->client + t->nclients; k++)
		k->requests = k->answers = k->exceptions = k->refusals =
		    k->used = 0;
	forget_units(c);
	unlock(c);
}

int64_t
count_watch(struct count *c)
{
	int64_t until = wall() + MEWS_TRAFFIC_WATCH;

	lock(c);
	if (c->frame == NULL)
		c->frame = mews_alloc(COUNT_FRAMES, sizeof(*c->frame));
	c->now.watched = until;
	unlock(c);
	atomic_store(&c->watched,
	    tick_us() + (int64_t)MEWS_TRAFFIC_WATCH * 1000000);
	return until;
}

static void
take_units(const struct count *c, struct mews_traffic *out)
{
	const struct unit *u;
	size_t i;

	out->unit = mews_alloc(c->nunits + 1, sizeof(*out->unit));
	out->nunits = c->nunits;
	for (i = 0; i < c->nunits; i++) {
		u = c->unit[i];
		out->unit[i] = u->sum;
		out->unit[i].wait_p50 = spans_part(&u->wait, 50);
		out->unit[i].wait_p99 = spans_part(&u->wait, 99);
		out->unit[i].answer_p50 = spans_part(&u->answer, 50);
		out->unit[i].answer_p99 = spans_part(&u->answer, 99);
	}
}

void
count_take(struct count *c, struct mews_traffic *out)
{
	lock(c);
	(void)traffic_minute(&c->now, wall());
	c->now.t = wall();
	if (!count_watched(c))
		c->now.watched = 0;
	c->now.tenth = c->ever - c->before[c->takes % TENTH];
	c->before[c->takes++ % TENTH] = c->ever;
	*out = c->now;
	take_units(c, out);
	unlock(c);
}

size_t
count_frames(struct count *c, struct mews_traffic_frame *out, size_t max)
{
	size_t n = 0;

	lock(c);
	for (; n < max && c->nframes > 0; n++) {
		out[n] = c->frame[c->first];
		c->first = (c->first + 1) % COUNT_FRAMES;
		c->nframes--;
	}
	unlock(c);
	return n;
}

size_t
count_clients(struct count *c)
{
	size_t n;

	lock(c);
	n = c->now.nclients;
	unlock(c);
	return n;
}
