/*
 * budget.c - sums up wire time, silence and time to think of all requests.
 */
#include "budget.h"

#include <string.h>

#define REQUEST   5 /* bytes of the PDU that reads registers */
#define FAST_BAUD 19200
#define FAST_T35  1750 /* us of silence above that rate */

/* Behind a gateway. */
static const struct mews_line usual = { .baud = 19200,
	.parity = 'E',
	.stop = 1 };

int64_t
mews_wire_character(const struct mews_line *l)
{
	int bits = 1 + 8 + (l->parity == 'N' ? 0 : 1) + l->stop;

	return l->kind == MEWS_LINE_RTU && l->baud > 0
	    ? (int64_t)bits * 1000000 / l->baud
	    : 0;
}

int64_t
mews_wire_silence(const struct mews_line *l)
{
	int64_t t35 =
	    l->baud > FAST_BAUD ? FAST_T35 : mews_wire_character(l) * 7 / 2;

	return t35 + (int64_t)l->pause_ms * 1000;
}

/* Unit and CRC stand around each of the two. */
int64_t
mews_wire_time(const struct mews_line *l, size_t request, size_t answer)
{
	if (l->kind != MEWS_LINE_RTU)
		return 0;
	return (int64_t)(request + answer + 6) * mews_wire_character(l) +
	    2 * mews_wire_silence(l);
}

/* A time that was measured behind a gateway is that of all of it. */
static int64_t
request_time(const struct mews_line *l, const struct mews_plan_block *b,
    int64_t turn)
{
	size_t bytes =
	    b->function <= 2 ? (b->words + 7) / 8 : 2 * (size_t)b->words;

	if (l->kind != MEWS_LINE_RTU && turn != 0)
		return turn;
	return (turn != 0 ? turn : MEWS_BUDGET_TURN) +
	    mews_wire_time(l->kind == MEWS_LINE_RTU ? l : &usual, REQUEST,
		2 + bytes);
}

void
mews_budget_plan(const struct mews_line *l, const struct mews_plan *p,
    int64_t turn, int64_t *second, int64_t *round)
{
	const struct mews_plan_block *b;
	int64_t us;

	*second = *round = 0;
	for (b = p->block; b < p->block + p->nblocks; b++) {
		us = request_time(l, b, turn);
		*round += us;
		*second += us * 1000 / b->period;
	}
}

static int64_t
turn_of(const struct mews_live *live, int64_t device)
{
	const struct mews_live_device *d =
	    live == NULL ? NULL : mews_live_device(live, device);

	return d == NULL ? 0 : d->p50_us;
}

void
mews_budget(const struct mews_site *site, const struct mews_line *line,
    const struct mews_profile *(*find)(void *ctx, const char *name), void *ctx,
    const struct mews_live *live, size_t most, struct mews_budget *out)
{
	const struct mews_device *d;
	const struct mews_profile *p;
	struct mews_plan plan;
	int64_t second, round, all = 0;
	size_t i;

	*out = (struct mews_budget){ 0 };
	for (i = 0; i < site->ndevices; i++) {
		d = &site->device[i];
		if (d->line != line->id ||
		    (p = find(ctx, d->profile)) == NULL ||
		    mews_plan_make(&plan, d, p, NULL) != MEWS_OK)
			continue;
		mews_budget_plan(line, &plan, turn_of(live, d->id), &second,
		    &round);
		out->devices++;
		out->requests += plan.nblocks;
		out->round += round;
		all += second;
		mews_plan_clear(&plan);
	}
	out->load = all / 1000;
	if (out->devices > 0)
		out->most = out->round * (int64_t)most / (int64_t)out->devices;
}
