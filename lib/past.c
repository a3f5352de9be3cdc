/*
 * past.c - a hole that is filled takes back what was booked over it.
 *
 * Minutes of a counter tell how far its index moved in them.  Between two that
 * follow each other the index may have moved further: that was used in the
 * hole, and is booked over it.  Whenever a minute comes to lie in a hole the
 * booking there is forgotten, and what is left of it is booked anew.
 */
#include "past.h"
#include "chunk.h"
#include "recent.h"
#include "roll.h"

#include <stdlib.h>

#define DAY  INT64_C(86400)
#define HOUR 3600

/* A minute, and whether it is being added. */
struct item {
	struct mews_bucket *b;
	bool is_new;
};

/* What is being added, between the minutes next to it. */
struct seams {
	struct mews_db *db;
	const struct mews_past *past;
	struct mews_buckets old; /* within, and one at each end */
	struct item *item;
	size_t n;
	int64_t from, to; /* what bookings touch */
};

/* Days in which the level may have minutes. */
static enum mews_rc
days(struct mews_db *db, int64_t *first, int64_t *last, struct mews_err *err)
{
	int64_t f0, f1, c0, c1;
	enum mews_rc frames = mews_recent_ends(db, MEWS_MINUTE, &f0, &f1, err);
	enum mews_rc chunks =
	    mews_chunk_periods(db, MEWS_MINUTE, &c0, &c1, err);

	if (frames != MEWS_OK && frames != MEWS_NONE)
		return frames;
	if (frames == MEWS_NONE && chunks == MEWS_NONE)
		return MEWS_NONE;
	*first =
	    chunks == MEWS_NONE || (frames == MEWS_OK && f0 < c0) ? f0 : c0;
	*last = chunks == MEWS_NONE || (frames == MEWS_OK && f1 > c1) ? f1 : c1;
	*first -= *first % DAY;
	*last += DAY - *last % DAY;
	return chunks == MEWS_NONE ? frames : chunks;
}

static enum mews_rc
read(struct mews_db *db, const struct mews_past *p, int64_t from, int64_t to,
    struct mews_buckets *out, struct mews_err *err)
{
	return mews_store_read(db, MEWS_MINUTE, p->series, p->quantity->kind,
	    from, to, out, err);
}

enum mews_rc
mews_past_before(struct mews_db *db, const struct mews_past *p, int64_t t,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	int64_t first, last;
	enum mews_rc rc = days(db, &first, &last, err);

	t = rc == MEWS_OK && t > last ? last : t;
	for (; rc == MEWS_OK && t > first && l.n == 0; t -= DAY)
		rc = read(db, p, t > DAY ? t - DAY : 0, t, &l, err);
	if (rc == MEWS_OK && l.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		*out = l.b[l.n - 1];
	mews_buckets_clear(&l);
	return rc;
}

enum mews_rc
mews_past_after(struct mews_db *db, const struct mews_past *p, int64_t t,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	int64_t first, last;
	enum mews_rc rc = days(db, &first, &last, err);

	t = rc == MEWS_OK && t < first ? first : t;
	for (; rc == MEWS_OK && t < last && l.n == 0; t += DAY)
		rc = read(db, p, t, t + DAY, &l, err);
	if (rc == MEWS_OK && l.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		*out = l.b[0];
	mews_buckets_clear(&l);
	return rc;
}

/* The minutes there are, with one before and one behind. */
static enum mews_rc
read_old(struct seams *s, int64_t from, int64_t to, struct mews_err *err)
{
	struct mews_bucket b;
	enum mews_rc rc = mews_past_before(s->db, s->past, from, &b, err);

	if (rc == MEWS_OK)
		mews_buckets_add(&s->old, &b);
	if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = read(s->db, s->past, from, to, &s->old, err);
	if (rc == MEWS_OK)
		rc = mews_past_after(s->db, s->past, to, &b, err);
	if (rc == MEWS_OK)
		mews_buckets_add(&s->old, &b);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* All of them in order; one that is there is not new. */
static void
put_in_order(struct seams *s, struct mews_bucket *b, size_t n)
{
	size_t i = 0, k = 0;

	s->item = mews_alloc(s->old.n + n, sizeof(*s->item));
	while (i < s->old.n || k < n) {
		if (i == s->old.n || (k < n && b[k].t < s->old.b[i].t)) {
			s->item[s->n++] = (struct item){ &b[k++], true };
			continue;
		}
		if (k < n && b[k].t == s->old.b[i].t)
			k++;
		s->item[s->n++] = (struct item){ &s->old.b[i++], false };
	}
}

static void
touch(struct seams *s, int64_t from, int64_t to)
{
	s->from = from < s->from ? from : s->from;
	s->to = to > s->to ? to : s->to;
}

/* Bookings of the counter itself in which a new minute lies. */
static enum mews_rc
forget(struct seams *s, struct mews_err *err)
{
	struct mews_bookings l = { 0 };
	size_t i, k = 0;
	enum mews_rc rc = mews_booking_read(s->db, s->past->series,
	    s->item[0].b->t, s->item[s->n - 1].b->t + 60, &l, err);

	for (i = 0; i < l.n && rc == MEWS_OK; i++) {
		if (l.b[i].amendment != 0)
			continue;
		for (k = 0; k < s->n; k++)
			if (s->item[k].is_new &&
			    s->item[k].b->t < l.b[i].upto &&
			    s->item[k].b->t + 60 > l.b[i].since)
				break;
		if (k == s->n)
			continue;
		rc = mews_booking_forget(s->db, &l.b[i], err);
		touch(s, l.b[i].since, l.b[i].upto);
	}
	mews_bookings_clear(&l);
	return rc;
}

/* The counter began anew in minute b; a is the one before. */
static enum mews_rc
begin_epoch(struct seams *s, const struct mews_bucket *a, struct item *b,
    struct mews_err *err)
{
	const struct mews_past *p = s->past;
	struct mews_epoch e = { .series = p->series,
		.since = a->t + 60,
		.t = b->b->t,
		.before = a->end,
		.first = b->b->end - b->b->sum };
	struct mews_event v;
	int64_t kept = 0;
	enum mews_rc rc = MEWS_OK;

	if ((b->b->flags & MEWS_RESET) == 0) {
		b->b->flags |= MEWS_RESET;
		touch(s, b->b->t, b->b->t + 60);
		if (!b->is_new)
			rc = mews_store_put(s->db, MEWS_MINUTE, p->series,
			    MEWS_COUNTER, b->b, 1, false, &kept, err);
	}
	if (p->made_up)
		return rc;
	mews_event_set(&v,
	    e.first > e.before ? "counter-unexplained" : "counter-reset",
	    p->plate);
	v.t = e.t;
	v.device = p->device;
	mews_event_arg(&v, 0, "%s", p->quantity->name);
	mews_event_arg(&v, 1, "%lld",
	    (long long)(e.first > e.before ? e.first - e.before : e.first));
	if (e.first <= e.before)
		mews_event_arg(&v, 2, "%lld", (long long)e.before);
	if (rc == MEWS_OK)
		rc = mews_event_write(s->db, &v, 1, err);
	e.event = v.id;
	return rc == MEWS_OK ? mews_epoch_write(s->db, &e, err) : rc;
}

static enum mews_rc
book(struct seams *s, const struct mews_bucket *a, const struct mews_bucket *b,
    int64_t energy, struct mews_err *err)
{
	const struct mews_booking k = { .series = s->past->series,
		.since = a->t + 60,
		.upto = b->t + 59,
		.energy = energy,
		.index = a->end };

	touch(s, k.since, k.upto);
	return mews_booking_write(s->db, &k, err);
}

/* What lies between two minutes of which one is new. */
static enum mews_rc
join(struct seams *s, const struct mews_bucket *a, struct item *b,
    struct mews_err *err)
{
	int64_t rest = b->b->end - a->end - b->b->sum;
	int64_t most = mews_quantity_most(s->past->quantity);
	int64_t seconds = b->b->t - a->t;

	if (b->b->flags & MEWS_WRAP) {
		if (s->past->modulus == 0)
			return MEWS_OK;
		rest += s->past->modulus;
	}
	if (b->b->flags & MEWS_RESET)
		return b->is_new ? begin_epoch(s, a, b, err) : MEWS_OK;
	if (rest == 0)
		return MEWS_OK;
	if (b->is_new && seconds == 60) {
		b->b->flags |= MEWS_ESTIMATED; /* its file says so */
		return MEWS_OK;
	}
	if (rest < 0 || (s->past->made_up && !b->is_new) ||
	    (most != 0 && rest / most > seconds / HOUR))
		return begin_epoch(s, a, b, err);
	return book(s, a, b->b, rest, err);
}

static enum mews_rc
join_all(struct seams *s, struct mews_err *err)
{
	enum mews_rc rc = s->n == 0 ? MEWS_OK : forget(s, err);
	size_t i;

	for (i = 1; i < s->n && rc == MEWS_OK; i++)
		if (s->item[i - 1].is_new || s->item[i].is_new)
			rc = join(s, s->item[i - 1].b, &s->item[i], err);
	return rc;
}

/* What bookings touch outside of [from, to), which is rolled anyway. */
static enum mews_rc
roll(struct seams *s, int64_t from, int64_t to, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;

	if (s->from < from)
		rc = mews_roll_series_again(s->db, s->past->series,
		    MEWS_COUNTER, s->from, from, err);
	if (rc == MEWS_OK && s->to > to)
		rc = mews_roll_series_again(s->db, s->past->series,
		    MEWS_COUNTER, to, s->to, err);
	return rc;
}

enum mews_rc
mews_past_add(struct mews_db *db, const struct mews_past *p,
    struct mews_bucket *b, size_t n, int64_t now, int64_t *kept,
    struct mews_err *err)
{
	struct seams s = { .db = db, .past = p, .from = INT64_MAX };
	enum mews_rc rc = MEWS_OK;
	int64_t from, to;

	if (n == 0)
		return MEWS_OK;
	from = b[0].t;
	to = b[n - 1].t + 60;
	if (p->quantity->kind == MEWS_COUNTER &&
	    (rc = read_old(&s, from, to, err)) == MEWS_OK) {
		put_in_order(&s, b, n);
		rc = join_all(&s, err);
	}
	if (rc == MEWS_OK)
		rc = mews_history_add(db, p->series, p->quantity->kind, b, n,
		    now, kept, err);
	if (rc == MEWS_OK && s.to > 0)
		rc = roll(&s, from, to, err);
	free(s.item);
	mews_buckets_clear(&s.old);
	return rc;
}
