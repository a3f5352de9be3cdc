/*
 * health.c - answer times are counted by size, eight steps an octave: that is
 * exact to 1/16, costs 512 bytes a device and never grows.
 */
#include "health.h"

#include <string.h>

#define LEAST   256                      /* us */
#define PARTS   8                        /* steps an octave */
#define WINDOW  (INT64_C(300) * 1000000) /* us in which steps back count */
#define DROPS   2                        /* steps back in it, of two devices */
#define CALM    5                        /* minutes without a sign */
#define MUCH    4                        /* of so many answers one is damaged */
#define MINUTES 2                        /* in a row with so much damage */
#define FEW     4 /* questions in a minute tell nothing */

static size_t
step_of(int64_t us)
{
	size_t octave = 0, step;

	if (us < LEAST)
		return 0;
	while (us >> octave >= 2 * LEAST)
		octave++;
	step =
	    octave * PARTS + (size_t)((us >> octave) - LEAST) * PARTS / LEAST;
	return step < HEALTH_STEPS ? step : HEALTH_STEPS - 1;
}

/* The middle of a step. */
static int64_t
time_of(size_t step)
{
	int64_t part = 2 * (PARTS + (int64_t)(step % PARTS)) + 1;

	return (LEAST * part / (2 * PARTS)) << step / PARTS;
}

/* The time that so many per cent of the answers of n minutes did not pass; 0
 * without an answer. */
static int64_t
percentile(const struct health *h, size_t n, unsigned percent)
{
	unsigned all = 0, seen = 0;
	size_t i, s;

	for (i = 0; i < n; i++)
		for (s = 0; s < HEALTH_STEPS; s++)
			all += h->spread[i][s];
	for (s = 0; s < HEALTH_STEPS && all > 0; s++) {
		for (i = 0; i < n; i++)
			seen += h->spread[i][s];
		if (seen * 100 >= all * percent)
			return time_of(s);
	}
	return 0;
}

static void
mark(struct mews_live_device *d, int64_t what, bool is)
{
	d->marks = is ? d->marks | what : d->marks & ~what;
}

void
health_init(struct health *h, struct mews_live_device *d,
    const struct mews_line *l, unsigned answer_ms)
{
	int64_t line = (int64_t)l->timeout_ms * 1000;
	int64_t model = (int64_t)answer_ms * 1000;

	*h = (struct health){ .base = model > line ? model : line };
	h->most = l->kind == MEWS_LINE_RTU ? HEALTH_GROWTH * h->base : h->base;
	d->timeout_us = h->base;
}

int64_t
health_patience(const struct health *h, const struct mews_live_device *d,
    unsigned silent)
{
	int64_t twice = 2 * d->timeout_us;

	if (silent < HEALTH_DEAD || silent % 4 != HEALTH_DEAD)
		return d->timeout_us;
	return twice < h->most ? twice : h->most;
}

void
health_answer(struct health *h, struct mews_live_device *d, int64_t first)
{
	uint16_t *n = &h->spread[0][step_of(first)];
	int64_t want = first * 3 / 2;

	if (*n < UINT16_MAX)
		(*n)++;
	d->slowest_us = first > d->slowest_us ? first : d->slowest_us;
	want = want < h->most ? want : h->most;
	d->timeout_us = want > d->timeout_us ? want : d->timeout_us;
	mark(d, MEWS_LIVE_NEAR, d->slowest_us > h->base * 3 / 4);
	d->p50_us = percentile(h, 2, 50);
	d->p99_us = percentile(h, 2, 99);
}

/* True for the first sign. */
static bool
suspect(struct health *h, struct mews_live_device *d)
{
	bool first = !(d->marks & MEWS_LIVE_TWO);

	h->calm = 0;
	mark(d, MEWS_LIVE_TWO, true);
	return first;
}

bool
health_index(struct health *h, struct mews_live_device *d, int64_t index,
    int64_t now)
{
	bool back = index > 0 && index < h->index - 1;

	if (index > 0)
		h->index = index;
	if (!back)
		return false;
	if (now - h->dropped > WINDOW)
		h->drops = 0;
	h->dropped = now;
	h->calm = 0;
	return ++h->drops >= DROPS && suspect(h, d);
}

bool
health_minute(struct health *h, struct mews_live_device *d, int64_t t,
    bool others_sound, struct mews_live_minute *out)
{
	const int64_t now[] = { d->asked, d->answered, d->timeouts, d->damaged,
		d->exceptions };

	*out = (struct mews_live_minute){ .t = t,
		.id = d->device,
		.asked = now[0] - h->begun[0],
		.answered = now[1] - h->begun[1],
		.timeouts = now[2] - h->begun[2],
		.damaged = now[3] - h->begun[3],
		.exceptions = now[4] - h->begun[4],
		.p50_us = percentile(h, 1, 50),
		.p99_us = percentile(h, 1, 99) };
	memcpy(h->begun, now, sizeof(now));
	memcpy(h->spread[1], h->spread[0], sizeof(h->spread[0]));
	memset(h->spread[0], 0, sizeof(h->spread[0]));
	h->bad = others_sound && out->asked >= FEW &&
		out->damaged * MUCH >= out->asked
	    ? h->bad + 1
	    : 0;
	if (h->bad == 0 && ++h->calm >= CALM)
		mark(d, MEWS_LIVE_TWO, false);
	return h->bad >= MINUTES && suspect(h, d);
}
