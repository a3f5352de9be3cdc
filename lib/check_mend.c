/*
 * check_mend.c - what a check holds against each other, and mending it.
 */
#include "check_inside.h"
#include "chunk.h"
#include "recent.h"
#include "roll.h"

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
}

enum mews_rc
mews_check_compute(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, struct mews_buckets *given,
    struct mews_buckets *stored, struct mews_err *err)
{
	struct mews_buckets fine = { 0 };
	bool begun;
	enum mews_rc rc;

	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = mews_store_read(db, finer(level), series, kind,
	    mews_roll_from(level, from), to, &fine, err);
	if (rc == MEWS_OK)
		rc = mews_roll_group(db, series, kind, level, &fine, from, to,
		    INT64_MAX, given, err);
	if (rc == MEWS_OK)
		rc = mews_store_read(db, level, series, kind, from, to, stored,
		    err);
	mews_buckets_clear(&fine);
	return begun ? mews_db_end(db, rc, err) : rc;
}

static bool
same(enum mews_kind kind, const struct mews_bucket *a,
    const struct mews_bucket *b)
{
	return a->seen == b->seen && a->sum == b->sum &&
	    (kind != MEWS_GAUGE || (a->min == b->min && a->max == b->max));
}

/* Whether a stored bucket, or none, is not what the finer ones give, though
 * these are whole. */
bool
mews_check_wrong(enum mews_kind kind, const struct mews_bucket *given,
    const struct mews_bucket *stored)
{
	if (stored == NULL)
		return given->seen != 0 || given->sum != 0;
	return given->seen >= stored->seen && !same(kind, given, stored);
}

/* The bucket of that time; *i moves on.  NULL: there is none. */
const struct mews_bucket *
mews_check_at(const struct mews_buckets *l, size_t *i, int64_t t)
{
	while (*i < l->n && l->b[*i].t < t)
		(*i)++;
	return *i < l->n && l->b[*i].t == t ? &l->b[*i] : NULL;
}

/* What the counter itself booked over stretches that end in [from, to). */
static int64_t
booked(const struct mews_bookings *l, int64_t from, int64_t to)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->b[i].amendment == 0 && l->b[i].upto >= from &&
		    l->b[i].upto < to)
			sum += l->b[i].energy;
	return sum;
}

enum mews_rc
mews_check_lost(struct mews_db *db, int64_t series,
    const struct mews_bookings *l, const struct mews_bucket *a,
    const struct mews_bucket *b, int64_t *since, int64_t *lost,
    struct mews_err *err)
{
	static const unsigned unknown = MEWS_WRAP | MEWS_RESET | MEWS_CLOCK;
	struct mews_buckets given = { 0 }, stored = { 0 };
	const struct mews_bucket *g;
	size_t i, k = 0;
	enum mews_rc rc = MEWS_OK;

	*since = a->t + 60;
	*lost = b->end - a->end - b->sum - booked(l, *since, b->t + 60);
	/* what a person corrected stands in an audit row; the index of a minute
	 * that was imported is estimated over a gap only */
	if ((b->flags & unknown) != 0 || (a->flags & MEWS_CLOCK) != 0 ||
	    (b->flags & MEWS_ESTIMATED && b->t == *since))
		*lost = 0;
	if (*lost == 0 || b->t == *since)
		return MEWS_OK;
	rc = mews_check_compute(db, series, MEWS_COUNTER, MEWS_HOUR,
	    mews_calendar_floor(MEWS_HOUR, *since),
	    mews_calendar_step(MEWS_HOUR, b->t, 1), &given, &stored, err);
	for (i = 0; rc == MEWS_OK && i < stored.n; i++) {
		g = mews_check_at(&given, &k, stored.b[i].t);
		if (g != NULL && g->seen >= stored.b[i].seen)
			continue;
		*lost -= stored.b[i].sum - (g == NULL ? 0 : g->sum);
		*since = mews_calendar_step(MEWS_HOUR, stored.b[i].t, 1);
	}
	mews_buckets_clear(&given);
	mews_buckets_clear(&stored);
	return rc;
}

/* Books what was lost between minutes of a counter that are left. */
static enum mews_rc
bridge(struct mews_db *db, int64_t series, int64_t from, int64_t to, size_t *n,
    struct mews_err *err)
{
	struct mews_booking lost = { .series = series, .index = -1 };
	struct mews_buckets l = { 0 };
	struct mews_bookings all = { 0 };
	enum mews_rc rc = mews_store_read(db, MEWS_MINUTE, series, MEWS_COUNTER,
	    from, to, &l, err);
	size_t i;

	if (rc == MEWS_OK)
		rc = mews_booking_read(db, series, 0, INT64_MAX, &all, err);
	for (i = 1; rc == MEWS_OK && i < l.n; i++) {
		rc = mews_check_lost(db, series, &all, &l.b[i - 1], &l.b[i],
		    &lost.since, &lost.energy, err);
		lost.upto = l.b[i].t;
		if (rc != MEWS_OK || lost.energy <= 0 ||
		    lost.since >= lost.upto)
			continue;
		rc = mews_booking_write(db, &lost, err);
		(*n)++;
	}
	mews_buckets_clear(&l);
	mews_bookings_clear(&all);
	return rc;
}

/* Removes rows in the range that cannot be unpacked. */
static enum mews_rc
forget(struct mews_db *db, int64_t series, enum mews_level level, int64_t from,
    int64_t to, size_t *n, struct mews_err *err)
{
	struct mews_window all = MEWS_ALL_SERIES;
	struct mews_samples s = { 0 };
	struct mews_buckets l = { 0 };
	enum mews_rc rc = MEWS_OK;

	if (series == 0 &&
	    mews_recent_read(db, level, from, to, &all, &s, NULL) == MEWS_BAD) {
		rc = mews_recent_forget(db, level, from, err);
		(*n)++;
	}
	if (series != 0 &&
	    mews_chunk_read(db, level, series, from, to, &l, NULL) ==
		MEWS_BAD) {
		rc = mews_chunk_forget(db, level, series, from, err);
		(*n)++;
	}
	mews_samples_clear(&s);
	mews_buckets_clear(&l);
	return rc;
}

static enum mews_rc
roll(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, size_t *n,
    struct mews_err *err)
{
	struct mews_buckets given = { 0 }, stored = { 0 };
	const struct mews_bucket *b;
	int64_t kept = 0;
	size_t i, k = 0;
	enum mews_rc rc = mews_check_compute(db, series, kind, level, from, to,
	    &given, &stored, err);

	for (i = 0; i < given.n && rc == MEWS_OK; i++) {
		b = mews_check_at(&stored, &k, given.b[i].t);
		if (!mews_check_wrong(kind, &given.b[i], b))
			continue;
		rc = mews_store_put(db, level, series, kind, &given.b[i], 1,
		    false, &kept, err);
		(*n)++;
	}
	mews_buckets_clear(&given);
	mews_buckets_clear(&stored);
	return rc;
}

enum mews_rc
mews_check_mend(struct mews_db *db, int64_t series, enum mews_level level,
    int64_t from, int64_t to, size_t *n, struct mews_err *err)
{
	const struct mews_quantity *q = NULL;
	int64_t device, upto = 0, whole = 0;
	enum mews_rc rc;

	*n = 0;
	if (series != 0 &&
	    (rc = mews_history_whose(db, series, &device, &q, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = forget(db, series, level, from, to, n, err);
	if (rc == MEWS_OK && level == MEWS_MINUTE && *n == 0 && q != NULL &&
	    q->kind == MEWS_COUNTER)
		rc = bridge(db, series, from, to, n, err);
	if (rc == MEWS_OK && level > MEWS_MINUTE && q != NULL) {
		rc = mews_roll_upto(db, level, &upto, err);
		to = to < upto ? to : mews_calendar_floor(level, upto);
		from = mews_calendar_floor(level, from);
		if (rc == MEWS_OK)
			rc = mews_roll_whole(db, q->kind, level, &whole, err);
		from = from < whole ? whole : from;
		if (rc == MEWS_OK && from < to)
			rc = roll(db, series, q->kind, level, from, to, n, err);
		if (rc == MEWS_NONE)
			rc = MEWS_OK;
	}
	return mews_db_end(db, rc, err);
}
