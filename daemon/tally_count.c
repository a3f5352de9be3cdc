/*
 * tally_count.c - what a counter's reading means, and what is told of it.
 *
 * The limit is what the declared rating of the device can carry.  Without one
 * there are two: what a board can carry at all, and twice the largest power that
 * the device showed in 30 days.  The last can be wrong about a new load until
 * its power is read, so what only it doubts is told when it is doubted twice.
 */
#include "tally.h"
#include "journal.h"

#include <string.h>

#define GAP_S   120  /* between readings: what is booked is an estimate */
#define QUIET_S 3600 /* between two events of one series about held readings */
#define DAY     86400
#define DAYS    30

static const struct {
	const char *unit, *power;
} powers[] = {
	{ "Wh", "active_power" },
	{ "varh", "reactive_power" },
	{ "VAh", "apparent_power" },
};

/* The quantity whose integral a counter counts; NULL: none is known. */
static const char *
power_of(const struct mews_quantity *q)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(powers); i++)
		if (q->kind == MEWS_COUNTER &&
		    strcmp(q->unit, powers[i].unit) == 0)
			return powers[i].power;
	return NULL;
}

void
tally_bound(struct tally_series *s, int rating)
{
	int64_t most = mews_quantity_most(s->quantity);

	s->bound = rating == 0 ? most : most * rating / MEWS_RATING_MOST;
}

static struct tally_series *
find(struct tally *y, const struct tally_device *d, const char *quantity)
{
	size_t i;

	for (i = d->first; i < d->first + d->n; i++)
		if (y->series[i].quantity != NULL &&
		    strcmp(y->series[i].quantity->name, quantity) == 0)
			return &y->series[i];
	return NULL;
}

static int64_t
most(struct tally *y, const struct tally_device *d,
    const struct tally_series *s)
{
	const struct tally_series *p;
	int64_t limit;
	int i;

	if (s->bound == 0 || d->rated ||
	    (p = find(y, d, power_of(s->quantity))) == NULL || p->largest == 0)
		return s->bound;
	limit = 2 * p->largest;
	for (i = p->quantity->decimals; i > s->quantity->decimals; i--)
		limit = limit / 10 + 1;
	return limit < s->bound ? limit : s->bound;
}

static enum mews_rc
learn(struct tally_series *s, struct mews_db *history, int64_t now,
    struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	int64_t largest = 1;
	enum mews_rc rc;
	size_t i;

	rc = mews_history_read(history, s->id, MEWS_GAUGE, MEWS_DAY,
	    now - 2 * DAYS * DAY, now, now, &b, err);
	for (i = b.n < DAYS ? 0 : b.n - DAYS; i < b.n; i++) {
		largest = b.b[i].max > largest ? b.b[i].max : largest;
		largest = -b.b[i].min > largest ? -b.b[i].min : largest;
	}
	if (rc == MEWS_OK && b.n >= DAYS)
		s->largest = largest;
	mews_buckets_clear(&b);
	return rc;
}

enum mews_rc
tally_learn(struct tally *y, struct mews_db *history, int64_t now,
    struct mews_err *err)
{
	struct tally_series *s;
	enum mews_rc rc = MEWS_OK;
	size_t i, d;

	for (d = 0; d < y->ndevices; d++)
		for (i = 0; i < MEWS_LEN(powers) && rc == MEWS_OK; i++) {
			s = find(y, &y->device[d], powers[i].power);
			if (s != NULL && s->id != 0)
				rc = learn(s, history, now, err);
		}
	return rc;
}

static void
set_event(struct mews_event *e, const char *kind, const struct tally_device *d,
    const struct tally_series *s, int64_t t)
{
	mews_event_set(e, kind, d->plate);
	e->t = t;
	e->device = d->live.device;
	mews_event_arg(e, 0, "%s", s->quantity->name);
}

static void
tell(struct tally *y, const struct tally_device *d,
    const struct tally_series *s, const char *kind, int64_t t, int64_t index,
    int64_t before)
{
	struct mews_event e;

	set_event(&e, kind, d, s, t);
	mews_event_arg(&e, 1, "%lld", (long long)index);
	mews_event_arg(&e, 2, "%lld", (long long)before);
	y->rules.event(y->rules.ctx, &e);
}

/* A reading was held back: ask again, and tell it. */
static void
doubt(struct tally *y, struct tally_device *d, struct tally_series *s,
    int64_t t, int64_t index)
{
	const struct mews_counter *c = &s->counter;
	bool beyond = index < c->index || s->counter.most == s->bound;

	if (c->held <= 1)
		d->doubtful = true;
	if ((!beyond && c->held == 1) ||
	    (s->told != 0 && t >= s->told && t < s->told + QUIET_S))
		return;
	s->told = t;
	tell(y, d, s, "counter-suspect", t, index, c->index);
}

static struct backlog_note *
add_note(struct tally *y, const struct tally_device *d, struct tally_series *s)
{
	struct backlog_note *n = mews_alloc(1, sizeof(*n));

	n->next = y->note;
	n->device = d->live.device;
	n->quantity = s->quantity;
	n->series = &s->id;
	y->note = n;
	return n;
}

void
tally_note_start(struct tally *y, const struct tally_device *d,
    struct tally_series *s)
{
	struct backlog_note *n = add_note(y, d, s);
	int64_t by = s->noted < 0 ? 0 : s->start - s->noted;

	n->epoch = true;
	n->is.began.epoch = (struct mews_epoch){ .since = y->minute,
		.t = y->minute,
		.before = s->counter.index - by,
		.first = s->counter.index,
		.fate = MEWS_FATE_START,
		.start = s->start };
	s->noted = s->start;
}

/* The counter began anew with the readings that were held. */
static void
begin_epoch(struct tally *y, const struct tally_device *d,
    struct tally_series *s, int64_t since, int64_t before)
{
	struct backlog_note *n = add_note(y, d, s);
	int64_t first = s->counter.held_first;
	struct mews_event *e = &n->is.began.event;

	n->epoch = true;
	n->is.began.epoch = (struct mews_epoch){ .since = s->last,
		.t = since,
		.before = before,
		.first = first };
	if (s->exchanged)
		n->is.began.epoch.fate = MEWS_FATE_EXCHANGED;
	if (first > before && !s->exchanged) {
		set_event(e, "counter-unexplained", d, s, since);
		mews_event_arg(e, 1, "%lld", (long long)(first - before));
	} else {
		set_event(e, "counter-reset", d, s, since);
		mews_event_arg(e, 1, "%lld", (long long)first);
		mews_event_arg(e, 2, "%lld", (long long)before);
	}
	journal_log(e);
	s->last = since;
	s->told = 0;
}

/* Books to the minute, or over the time in which nobody read the counter. */
static void
book(struct tally *y, const struct tally_device *d, struct tally_series *s,
    int64_t seconds, int64_t t, int64_t booked, int64_t index, unsigned flags)
{
	struct backlog_note *n;

	if (booked == 0 || seconds <= GAP_S + s->period) {
		minute_book(&s->minute, booked, flags);
		return;
	}
	minute_book(&s->minute, 0, flags);
	n = add_note(y, d, s);
	n->is.booking = (struct mews_booking){
		.since = s->last < t ? s->last : t - 1,
		.upto = t,
		.energy = booked,
		.index = index,
	};
}

void
tally_count(struct tally *y, struct tally_device *d, struct tally_series *s,
    int64_t now, int64_t index)
{
	int64_t t = y->base + (now - y->base_us) / 1000000;
	int64_t wall = timeline_ms(&y->time, now) / 1000;
	struct mews_counter was = s->counter;
	int64_t from = was.t, before = was.index, booked;
	unsigned flags;

	s->counter.most = most(y, d, s);
	if (s->exchanged && was.known) {
		mews_counter_begin(&s->counter, t, index);
		flags = MEWS_RESET;
		booked = 0;
	} else
		booked = mews_counter_feed(&s->counter, t, index, &flags);
	if (flags & MEWS_RESET) {
		from = s->counter.held_since;
		begin_epoch(y, d, s, wall - (t - from), before);
		before = s->counter.held_first;
	}
	s->exchanged = false;
	if (flags & MEWS_WRAP)
		tell(y, d, s, "counter-wrap", wall, index, before);
	if (flags & MEWS_SUSPECT)
		doubt(y, d, s, wall, index);
	if (!s->counter.known)
		return;
	if (s->counter.t == t)
		book(y, d, s, was.known ? t - from : 0, wall, booked, before,
		    flags);
	else
		minute_book(&s->minute, 0, flags);
	if (s->counter.t == t)
		s->last = wall;
}
