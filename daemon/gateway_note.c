/*
 * gateway_note.c - two short lists in which the oldest entry makes room.
 */
#include "gateway_note.h"

#include <string.h>

struct mews_traffic_minute *
traffic_minute(struct mews_traffic *t, int64_t now)
{
	int64_t at = now / 60 * 60;

	if (t->nminutes > 0 && t->minute[t->nminutes - 1].t == at)
		return &t->minute[t->nminutes - 1];
	if (t->nminutes > 0 && t->minute[t->nminutes - 1].t > at)
		t->nminutes = 0;
	while (t->nminutes > 0 &&
	    (t->nminutes == MEWS_LEN(t->minute) ||
		t->minute[0].t < at - 60 * MEWS_TRAFFIC_MINUTES)) {
		t->nminutes--;
		memmove(t->minute, t->minute + 1,
		    t->nminutes * sizeof(t->minute[0]));
	}
	t->minute[t->nminutes] = (struct mews_traffic_minute){ .t = at };
	return &t->minute[t->nminutes++];
}

static bool
same(const struct mews_traffic_refusal *a, const struct mews_traffic_refusal *b)
{
	return a->why == b->why && a->unit == b->unit &&
	    a->function == b->function && a->first == b->first &&
	    a->last == b->last && strcmp(a->address, b->address) == 0;
}

void
traffic_refuse(struct mews_traffic *t, const struct mews_traffic_refusal *r,
    int64_t now)
{
	struct mews_traffic_refusal new = *r;
	size_t i = 0;

	while (i < t->nrefusals && !same(&t->refusal[i], r))
		i++;
	new.n = i < t->nrefusals ? t->refusal[i].n + 1 : 1;
	new.t = now;
	if (i == t->nrefusals && t->nrefusals < MEWS_TRAFFIC_REFUSALS)
		t->nrefusals++;
	if (i == MEWS_TRAFFIC_REFUSALS)
		i--;
	memmove(t->refusal + 1, t->refusal, i * sizeof(t->refusal[0]));
	t->refusal[0] = new;
}
