/*
 * tally_inherit.c - a site that was changed goes on in the middle of a minute.
 *
 * A series is the same when its device and its quantity are; that of a device
 * which is gone stays where it was, for the minutes that still wait.
 */
#include "tally.h"

#include <stdlib.h>

static struct tally_series *
find(struct tally *y, int64_t device, const struct mews_quantity *q)
{
	size_t d, i;

	for (d = 0; d < y->ndevices; d++)
		for (i = y->device[d].first;
		     y->device[d].live.device == device &&
		     i < y->device[d].first + y->device[d].n;
		     i++)
			if (y->series[i].quantity == q)
				return &y->series[i];
	return NULL;
}

/* What was read goes on; what is read, and how, is new. */
static void
inherit(struct tally_series *to, const struct tally_series *from)
{
	int64_t by = to->start - from->start;

	if (to->counter.modulus != from->counter.modulus ||
	    to->counter.step != from->counter.step)
		return;
	to->id = from->id;
	to->counter = from->counter;
	to->counter.index += by;
	to->counter.held_first += by;
	to->counter.held_last += by;
	to->largest = from->largest;
	to->last = from->last;
	to->noted = from->noted;
	to->told = from->told;
	to->exchanged = from->exchanged;
	to->minute = from->minute;
	to->live = from->live;
	to->changed = from->live.t_ms != 0;
}

static void
inherit_serials(struct tally *to, const struct tally *from)
{
	size_t i, at, d;

	for (i = 0; i < to->ndevices; i++)
		for (d = 0; d < from->ndevices; d++)
			if (to->device[i].live.device ==
				from->device[d].live.device &&
			    to->device[i].serial.at != SIZE_MAX &&
			    from->device[d].serial.at != SIZE_MAX) {
				at = to->device[i].serial.at;
				to->device[i].serial = from->device[d].serial;
				to->device[i].serial.at = at;
			}
}

static void
inherit_notes(struct tally *to, struct backlog_note *n)
{
	struct tally_series *s;

	for (; n != NULL; n = n->next)
		if ((s = find(to, n->device, n->quantity)) != NULL)
			n->series = &s->id;
}

static void
inherit_backlog(struct tally *to, struct backlog *b)
{
	struct backlog_columns *c;
	struct backlog_packed *p;
	struct tally_series *s;
	size_t i;

	for (p = b->first; p != NULL; p = p->next)
		inherit_notes(to, p->note);
	for (c = b->columns; c != NULL; c = c->next)
		for (i = 0; i < c->n; i++)
			if ((s = find(to, c->c[i].device, c->c[i].quantity)) !=
			    NULL)
				c->c[i].series = &s->id;
}

void
tally_inherit(struct tally *to, struct tally *from, struct backlog *b)
{
	struct tally_series *s;
	size_t d, i;

	for (d = 0; d < from->ndevices; d++)
		for (i = from->device[d].first;
		     i < from->device[d].first + from->device[d].n; i++)
			if ((s = find(to, from->device[d].live.device,
				 from->series[i].quantity)) != NULL)
				inherit(s, &from->series[i]);
	inherit_serials(to, from);
	to->base = from->base;
	to->base_us = from->base_us;
	to->time = from->time;
	to->since = from->since;
	to->jumped = from->jumped;
	to->minute = from->minute;
	to->newest = from->newest;
	to->note = from->note;
	from->note = NULL;
	inherit_notes(to, to->note);
	inherit_backlog(to, b);
	to->old = mews_realloc(from->old, from->nold + 1, sizeof(*to->old));
	to->nold = from->nold;
	to->old[to->nold++] = from->series;
	from->series = NULL;
	from->old = NULL;
	from->nold = from->nseries = from->ndevices = 0;
}
