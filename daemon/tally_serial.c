/*
 * tally_serial.c - another serial number is another meter, whatever its
 * counters say.
 *
 * A number must be read twice in a row to be believed: where two meters share
 * an address theirs come in turn.  A meter is exchanged while it does not
 * answer, so after a silence its counters wait for the number, and for no longer
 * than a few minutes: it may have become unreadable.
 */
#include "tally.h"

#include "journal.h"

#define PATIENCE (INT64_C(180) * 1000000) /* us */

void
tally_serial_known(struct tally_device *d, int64_t number)
{
	d->serial.known = true;
	d->serial.number = number;
	tally_serial_doubt(d);
}

void
tally_serial_doubt(struct tally_device *d)
{
	struct tally_serial *s = &d->serial;

	if (s->at == SIZE_MAX || !s->known || s->unsure)
		return;
	s->unsure = true;
	s->since = 0;
}

bool
tally_serial_sure(struct tally_device *d, int64_t now)
{
	struct tally_serial *s = &d->serial;

	if (s->unsure && s->since == 0)
		s->since = now;
	if (s->unsure && now - s->since >= PATIENCE)
		s->unsure = false;
	return !s->unsure;
}

/* From the next reading on its counters are another meter's. */
static void
exchange(struct tally *y, struct tally_device *d, int64_t number)
{
	struct mews_event e;
	size_t i;

	for (i = d->first; i < d->first + d->n; i++)
		y->series[i].exchanged =
		    y->series[i].quantity->kind == MEWS_COUNTER;
	mews_event_set(&e, "meter-exchanged", d->plate);
	e.device = d->live.device;
	mews_event_arg(&e, 0, "%lld", (long long)number);
	mews_event_arg(&e, 1, "%lld", (long long)d->serial.number);
	y->rules.event(y->rules.ctx, &e);
	d->serial.number = number;
}

void
tally_serial_take(struct tally *y, struct tally_device *d, int64_t now,
    int64_t number)
{
	struct tally_serial *s = &d->serial;

	if (s->known && number != s->number && number != s->other) {
		s->other = number;
		s->unsure = true;
		s->since = now;
		d->doubtful = true;
		return;
	}
	if (s->known && number != s->number)
		exchange(y, d, number);
	s->known = true;
	s->number = number;
	s->other = 0;
	s->unsure = false;
}
