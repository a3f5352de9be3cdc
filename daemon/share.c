/*
 * share.c - a fair queue: half of the line for mews, half for its clients.
 *
 * The classes share time on the line and not requests, or a client that asks
 * for much would get more than its half.  Among clients each address has its
 * turn, then each of its connections: who opens more of them gains nothing.
 * One list is enough for so few jobs, and the table of turns is longer than
 * the list of clients, so that coming back does not mean coming first.
 *
 * A silence that a client met keeps clients from the unit, and mews only as
 * long as a late answer could come (poll_note), or a client could make mews
 * deaf to a device by asking it for what it does not know.
 */
#include "share.h"
#include "poll.h"

#include <stdlib.h>
#include <string.h>

#define DEAD 2 /* silences in a row */

void
share_init(struct share *s, int64_t wait, int part)
{
	*s = (struct share){ .wait = wait, .part = part };
}

static struct share_turn *
find(struct share_turn *t, uint64_t id)
{
	size_t i;

	for (i = 0; i < SHARE_TURNS; i++)
		if (t[i].id == id)
			return &t[i];
	return NULL;
}

/* A new one comes behind all who are waiting, in the place of the one whose
 * turn was the longest ago. */
static void
enlist(struct share_turn *t, uint64_t id, uint64_t at)
{
	struct share_turn *old = t;
	size_t i;

	if (find(t, id) != NULL)
		return;
	for (i = 1; i < SHARE_TURNS; i++)
		if (t[i].at < old->at)
			old = &t[i];
	*old = (struct share_turn){ id, at };
}

static uint64_t
turn(struct share_turn *t, uint64_t id)
{
	const struct share_turn *found = find(t, id);

	return found == NULL ? 0 : found->at;
}

static bool
dead(const struct share *s, uint8_t unit, int64_t now)
{
	return s->unit[unit].silent >= DEAD && now < s->unit[unit].hold;
}

static struct job *
take_out(struct share *s, struct job **at)
{
	struct job *j = *at;

	*at = j->next;
	j->next = NULL;
	s->n--;
	return j;
}

static size_t
jobs_of(const struct share *s, uint64_t address)
{
	const struct job *j;
	size_t n = 0;

	for (j = s->first; j != NULL; j = j->next)
		n += j->address == address;
	return n;
}

/* The last job of the address that has the most, if that is more than what
 * the newcomer would have. */
static struct job *
make_room(struct share *s, uint64_t newcomer)
{
	struct job **at, **last = NULL, *out;
	size_t most = jobs_of(s, newcomer) + 1, n;

	for (at = &s->first; *at != NULL; at = &(*at)->next) {
		n = jobs_of(s, (*at)->address);
		if (n > most || (last != NULL && n == most)) {
			most = n;
			last = at;
		}
	}
	if (last == NULL)
		return NULL;
	out = take_out(s, last);
	out->code = EXCEPTION_BUSY;
	return out;
}

uint8_t
share_put(struct share *s, struct job *j, int64_t now, struct job **out)
{
	struct job **at;

	*out = NULL;
	if (!j->probe && dead(s, j->unit, now))
		return EXCEPTION_NO_ANSWER;
	if (s->n == SHARE_JOBS && (*out = make_room(s, j->address)) == NULL)
		return EXCEPTION_BUSY;
	enlist(s->address, j->address, s->turns);
	enlist(s->connection, j->connection, s->turns);
	j->next = NULL;
	j->queued = now;
	for (at = &s->first; *at != NULL; at = &(*at)->next)
		;
	*at = j;
	s->n++;
	return 0;
}

static bool
reads(const struct job *j)
{
	return j->pdu[0] >= 1 && j->pdu[0] <= 4;
}

/* Whether a job comes before another: the one whose address, then connection,
 * had its turn the longest ago. */
static bool
before(struct share *s, const struct job *j, const struct job *k)
{
	uint64_t a, b;

	if (j->urgent != k->urgent)
		return j->urgent == (s->ahead <= 0);
	a = turn(s->address, j->address);
	b = turn(s->address, k->address);
	if (a != b)
		return a < b;
	return turn(s->connection, j->connection) <
	    turn(s->connection, k->connection);
}

/* The first of the jobs that may be asked for. */
static struct job **
best(struct share *s, int64_t now, int64_t *when)
{
	struct job **at, **best = NULL;
	int64_t hold;

	for (at = &s->first; *at != NULL; at = &(*at)->next) {
		hold = (*at)->probe ? s->unit[(*at)->unit].quiet
				    : s->unit[(*at)->unit].hold;
		if (now < hold) {
			if (hold < *when)
				*when = hold;
			continue;
		}
		if (best == NULL || before(s, *at, *best))
			best = at;
	}
	return best;
}

/* Whether urgent jobs and others wait. */
static bool
mixed(const struct share *s)
{
	const struct job *j;

	for (j = s->first; j != NULL; j = j->next)
		if (j->urgent != s->first->urgent)
			return true;
	return false;
}

/* What a connection wrote before it reads must have been written. */
static bool
behind_write(const struct share *s, const struct job *j)
{
	const struct job *k;

	for (k = s->first; k != j; k = k->next)
		if (k->connection == j->connection && !reads(k))
			return true;
	return false;
}

/* Takes out all that ask the same. */
static struct job *
twins(struct share *s, const struct job *j)
{
	struct job **at = &s->first, *list = NULL, **end = &list;

	while (reads(j) && *at != NULL) {
		if ((*at)->unit != j->unit || (*at)->n != j->n ||
		    (*at)->as != j->as ||
		    memcmp((*at)->pdu, j->pdu, j->n) != 0 ||
		    behind_write(s, *at)) {
			at = &(*at)->next;
			continue;
		}
		*end = take_out(s, at);
		end = &(*end)->next;
	}
	return list;
}

/* At a tie mews goes first, until the job has waited for half its time: a unit
 * that answers nothing valid is left alone after each try, and mews would try
 * it again as soon as that is over. */
static bool
yields(const struct share *s, const struct job *j, int64_t now)
{
	int64_t clients = s->used[SHARE_CLIENTS] * (100 - s->part),
		poller = s->used[SHARE_POLLER] * s->part;

	return clients > poller ||
	    (clients == poller && now < j->queued + s->wait / 2);
}

struct job *
share_next(struct share *s, bool poll, int64_t now, int64_t *when)
{
	struct job **at = best(s, now, when), *j;

	if (at == NULL || !poll)
		s->used[SHARE_POLLER] = s->used[SHARE_CLIENTS] = 0;
	if (at == NULL || !mixed(s))
		s->ahead = 0;
	if (at == NULL || (poll && yields(s, *at, now)))
		return NULL;
	j = take_out(s, at);
	s->turns++;
	enlist(s->address, j->address, s->turns);
	enlist(s->connection, j->connection, s->turns);
	find(s->address, j->address)->at = s->turns;
	find(s->connection, j->connection)->at = s->turns;
	j->next = twins(s, j);
	return j;
}

struct job *
share_sort_out(struct share *s, int64_t now, int64_t *when)
{
	struct job **at = &s->first, *list = NULL, **end = &list;

	while (*at != NULL) {
		(*at)->code = !(*at)->probe && dead(s, (*at)->unit, now)
		    ? EXCEPTION_NO_ANSWER
		    : now >= (*at)->queued + s->wait ? EXCEPTION_BUSY
						     : 0;
		if ((*at)->code != 0) {
			*end = take_out(s, at);
			end = &(*end)->next;
			continue;
		}
		if ((*at)->queued + s->wait < *when)
			*when = (*at)->queued + s->wait;
		at = &(*at)->next;
	}
	return list;
}

struct job *
share_cancel(struct share *s, uint64_t connection)
{
	struct job **at = &s->first, *list = NULL, **end = &list;

	while (*at != NULL) {
		if ((*at)->connection != connection) {
			at = &(*at)->next;
			continue;
		}
		*end = take_out(s, at);
		end = &(*end)->next;
	}
	return list;
}

struct job *
share_clear(struct share *s, uint8_t code)
{
	struct job *list = s->first, *j;

	for (j = list; j != NULL; j = j->next)
		j->code = code;
	s->first = NULL;
	s->n = 0;
	return list;
}

void
share_used(struct share *s, enum share_class class, int64_t us)
{
	s->used[class == SHARE_POLLER ? SHARE_POLLER : SHARE_CLIENTS] += us;
	if (class != SHARE_POLLER)
		s->ahead += class == SHARE_URGENT ? us : -us;
}

void
share_note(struct share *s, uint8_t unit, enum bus_result r, int64_t quiet,
    int64_t now)
{
	if (unit == 0)
		return;
	if (r == BUS_GOOD || r == BUS_EXCEPTION) {
		s->unit[unit].silent = 0;
		s->unit[unit].hold = s->unit[unit].quiet = 0;
		return;
	}
	s->unit[unit].quiet = now + quiet;
	if (r == BUS_SILENT)
		s->unit[unit].hold =
		    now + poll_pause(++s->unit[unit].silent, quiet);
	else if (s->unit[unit].hold < now + quiet)
		s->unit[unit].hold = now + quiet;
}
