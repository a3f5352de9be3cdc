/*
 * amendment.c - an audit row a change, and the bookings that belong to it.
 */
#include "amendment_row.h"
#include "keep.h"
#include "roll.h"

__extension__ typedef __int128 wide;

/* One more stretch of an amendment. */
static enum mews_rc
book(struct mews_db *db, const struct mews_amendment *a, int64_t since,
    int64_t upto, int64_t energy, struct mews_err *err)
{
	const struct mews_booking b = { .series = a->series,
		.since = since,
		.upto = upto > since ? upto : since + 1,
		.energy = energy,
		.index = -1,
		.amendment = a->id };

	return energy == 0 ? MEWS_OK : mews_booking_write(db, &b, err);
}

static enum mews_rc
quantity(struct mews_db *db, const struct mews_amendment *a,
    const struct mews_quantity **q, struct mews_err *err)
{
	int64_t device;

	return mews_history_whose(db, a->series, &device, q, err);
}

/* What was taken from an hour may have been in the minute that is changed now. */
static enum mews_rc
none_below(struct mews_db *db, const struct mews_amendment *a, int64_t to,
    struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	enum mews_level level;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (level = MEWS_HOUR; level <= MEWS_DAY && rc == MEWS_OK; level++) {
		mews_buckets_clear(&l);
		rc = mews_history_read(db, a->series, MEWS_COUNTER, level,
		    mews_calendar_floor(level, a->since),
		    mews_calendar_step(level, to - 1, 1), INT64_MAX / 2, &l,
		    err);
		for (i = 0; i < l.n && rc == MEWS_OK; i++)
			if (l.b[i].sum < 0)
				rc = mews_fail(err, MEWS_BAD,
				    "the %s would fall below 0: correct that "
				    "one, or take its correction back first",
				    mews_level_name(level));
	}
	mews_buckets_clear(&l);
	return rc;
}

static enum mews_rc
roll(struct mews_db *db, const struct mews_amendment *a, struct mews_err *err)
{
	const struct mews_quantity *q = NULL;
	int64_t to = a->upto > a->since ? a->upto : a->since + 1, thinned = 0;
	enum mews_rc rc = quantity(db, a, &q, err);

	if (rc == MEWS_OK)
		rc = mews_keep_upto(db, mews_keep_class(q), MEWS_MINUTE,
		    &thinned, err);
	if (rc == MEWS_OK && a->since < thinned)
		rc = mews_fail(err, MEWS_BAD,
		    "the minutes of that time are no longer kept");
	if (rc != MEWS_OK)
		return rc;
	rc = mews_roll_series_again(db, a->series, q->kind, a->since, to, err);
	return rc == MEWS_OK && q->kind == MEWS_COUNTER
	    ? none_below(db, a, to, err)
	    : rc;
}

static enum mews_rc
replace(struct mews_db *db, const struct mews_epoch *e, int64_t date,
    struct mews_amendment *a, struct mews_err *err)
{
	enum mews_rc rc;

	date = date < e->since ? e->since : date > e->t ? e->t : date;
	if (a->was < e->before)
		return mews_fail(err, MEWS_BAD,
		    "the old meter was read at %lld before",
		    (long long)e->before);
	if (a->value > e->first)
		return mews_fail(err, MEWS_BAD,
		    "the new meter was read at %lld already",
		    (long long)e->first);
	if ((rc = mews_amendment_add(db, a, err)) == MEWS_OK &&
	    (rc = book(db, a, e->since, date, a->was - e->before, err)) ==
		MEWS_OK &&
	    (rc = book(db, a, date, e->t, e->first - a->value, err)) ==
		MEWS_OK &&
	    (rc = mews_epoch_decide(db, e->id, MEWS_FATE_REPLACED, err)) ==
		MEWS_OK)
		rc = roll(db, a, err);
	return rc;
}

enum mews_rc
mews_amend_replace(struct mews_db *db, int64_t series, int64_t old_final,
    int64_t new_first, int64_t date, struct mews_amendment *a,
    struct mews_err *err)
{
	struct mews_epoch e;
	enum mews_rc rc = mews_epoch_near(db, series, date, &e, err);

	if (rc != MEWS_OK)
		return rc;
	a->kind = MEWS_AMEND_REPLACE;
	a->series = series;
	a->epoch = e.id;
	a->flags = e.fate;
	a->since = e.since;
	a->upto = e.t + 1;
	a->was = old_final;
	a->value = new_first;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, replace(db, &e, date, a, err), err);
}

static enum mews_rc
decide(struct mews_db *db, const struct mews_epoch *e, bool accept,
    struct mews_amendment *a, struct mews_err *err)
{
	enum mews_rc rc = mews_amendment_add(db, a, err);

	if (rc == MEWS_OK && accept)
		rc = book(db, a, e->since, e->t, a->value, err);
	if (rc == MEWS_OK)
		rc = mews_epoch_decide(db, e->id,
		    accept ? MEWS_FATE_ACCEPTED : MEWS_FATE_REJECTED, err);
	return rc == MEWS_OK && accept ? roll(db, a, err) : rc;
}

enum mews_rc
mews_amend_jump(struct mews_db *db, int64_t event, bool accept,
    struct mews_amendment *a, struct mews_err *err)
{
	struct mews_epoch e;
	enum mews_rc rc = mews_epoch_of_event(db, event, &e, err);

	if (rc == MEWS_OK && (e.fate != MEWS_FATE_OPEN || e.first <= e.before))
		rc = MEWS_NONE;
	if (rc != MEWS_OK)
		return rc;
	a->kind = accept ? MEWS_AMEND_ACCEPT : MEWS_AMEND_REJECT;
	a->series = e.series;
	a->epoch = e.id;
	a->since = e.since;
	a->upto = e.t + 1;
	a->value = e.first - e.before;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, decide(db, &e, accept, a, err), err);
}

static enum mews_rc
put_minute(struct mews_db *db, int64_t series, enum mews_kind kind,
    const struct mews_bucket *b, struct mews_err *err)
{
	int64_t kept = 0;

	return mews_store_put(db, MEWS_MINUTE, series, kind, b, 1, false, &kept,
	    err);
}

/* The stored minute that an amendment touches. */
static enum mews_rc
get_minute(struct mews_db *db, const struct mews_amendment *a,
    enum mews_kind kind, struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	enum mews_rc rc;

	rc = mews_store_read(db, MEWS_MINUTE, a->series, kind, a->since,
	    a->since + 60, &l, err);
	if (rc == MEWS_OK && l.n == 0)
		rc = mews_fail(err, MEWS_NONE,
		    "nothing was measured in this minute");
	if (rc == MEWS_OK)
		*out = l.b[0];
	mews_buckets_clear(&l);
	return rc;
}

/* What of a minute is its value. */
static int64_t *
figure(enum mews_kind kind, struct mews_bucket *b)
{
	return kind == MEWS_STATE ? &b->end : &b->sum;
}

static enum mews_rc
correct_minute(struct mews_db *db, enum mews_kind kind,
    struct mews_amendment *a, struct mews_err *err)
{
	struct mews_bucket b;
	enum mews_rc rc = get_minute(db, a, kind, &b, err);

	if (rc != MEWS_OK)
		return rc;
	a->was = *figure(kind, &b);
	a->flags = b.flags;
	a->low = b.min;
	a->high = b.max;
	*figure(kind, &b) = a->value;
	if (kind == MEWS_GAUGE)
		b.min = b.max = a->value;
	b.flags |= MEWS_ESTIMATED;
	if ((rc = mews_amendment_add(db, a, err)) == MEWS_OK &&
	    (rc = put_minute(db, a->series, kind, &b, err)) == MEWS_OK)
		rc = roll(db, a, err);
	return rc;
}

/* Takes from each hour its part, so that none falls below 0. */
static enum mews_rc
take_away(struct mews_db *db, const struct mews_amendment *a,
    struct mews_err *err)
{
	struct mews_buckets h = { 0 };
	int64_t all = 0, before = 0, now;
	enum mews_rc rc;
	size_t i;

	if (mews_cut_needed(a->since) || mews_cut_needed(a->upto))
		return mews_fail(err, MEWS_BAD,
		    "this day does not begin with an hour: correct its hours");
	rc = mews_store_read(db, MEWS_HOUR, a->series, MEWS_COUNTER, a->since,
	    a->upto, &h, err);
	for (i = 0; i < h.n && rc == MEWS_OK; i++) {
		all += h.b[i].sum;
		now = (int64_t)((wide)all * a->value / a->was);
		rc = book(db, a, h.b[i].t, h.b[i].t + 3600,
		    now - before - h.b[i].sum, err);
		before = now;
	}
	mews_buckets_clear(&h);
	return rc;
}

static enum mews_rc
correct(struct mews_db *db, struct mews_amendment *a, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	int64_t upto = 0;
	enum mews_rc rc = mews_roll_upto(db, a->level, &upto, err);

	if (rc == MEWS_OK && a->upto > upto)
		rc = mews_fail(err, MEWS_BAD, "it is not over yet");
	if (rc == MEWS_OK)
		rc = mews_store_read(db, a->level, a->series, MEWS_COUNTER,
		    a->since, a->upto, &l, err);
	if (rc != MEWS_OK)
		return rc;
	a->was = l.n == 0 ? 0 : l.b[0].sum;
	mews_buckets_clear(&l);
	if ((rc = mews_amendment_add(db, a, err)) != MEWS_OK)
		return rc;
	if (a->value < a->was && a->level > MEWS_HOUR)
		rc = take_away(db, a, err);
	else
		rc = book(db, a, a->since, a->upto, a->value - a->was, err);
	return rc == MEWS_OK ? roll(db, a, err) : rc;
}

/* Whether a quantity may be corrected in that way. */
static enum mews_rc
may_correct(const struct mews_quantity *q, const struct mews_amendment *a,
    struct mews_err *err)
{
	if (q->kind == MEWS_COUNTER && a->value < 0)
		return mews_fail(err, MEWS_BAD,
		    "a counter counts no less "
		    "than 0");
	if (q->kind != MEWS_COUNTER && a->level != MEWS_MINUTE)
		return mews_fail(err, MEWS_BAD,
		    "of %s only minutes can be corrected", q->name);
	if (mews_calendar_floor(a->level, a->since) != a->since)
		return mews_fail(err, MEWS_BAD, "no %s begins then",
		    mews_level_name(a->level));
	return MEWS_OK;
}

enum mews_rc
mews_amend_correct(struct mews_db *db, int64_t series, enum mews_level level,
    int64_t t, int64_t value, struct mews_amendment *a, struct mews_err *err)
{
	const struct mews_quantity *q = NULL;
	enum mews_rc rc;

	a->kind = MEWS_AMEND_CORRECT;
	a->series = series;
	a->level = level;
	a->since = t;
	a->upto = mews_calendar_step(level, t, 1);
	a->value = value;
	if ((rc = quantity(db, a, &q, err)) != MEWS_OK ||
	    (rc = may_correct(q, a, err)) != MEWS_OK ||
	    (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = level == MEWS_MINUTE ? correct_minute(db, q->kind, a, err)
				  : correct(db, a, err);
	return mews_db_end(db, rc, err);
}

static enum mews_rc
restore_minute(struct mews_db *db, const struct mews_amendment *a,
    struct mews_err *err)
{
	const struct mews_quantity *q = NULL;
	struct mews_bucket b;
	enum mews_rc rc = quantity(db, a, &q, err);

	if (rc == MEWS_OK)
		rc = get_minute(db, a, q->kind, &b, err);
	if (rc == MEWS_OK && *figure(q->kind, &b) != a->value)
		rc = mews_fail(err, MEWS_BAD,
		    "the minute was corrected again: take that back first");
	if (rc != MEWS_OK)
		return rc;
	*figure(q->kind, &b) = a->was;
	b.flags = a->flags;
	if (q->kind == MEWS_GAUGE) {
		b.min = a->low;
		b.max = a->high;
	}
	return put_minute(db, a->series, q->kind, &b, err);
}

static enum mews_rc
undo(struct mews_db *db, const struct mews_amendment *a,
    const struct mews_amendment *by, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;

	if (a->undone != 0)
		return mews_fail(err, MEWS_BAD, "it was taken back before");
	if (a->kind == MEWS_AMEND_CORRECT && a->level == MEWS_MINUTE)
		rc = restore_minute(db, a, err);
	if (rc == MEWS_OK)
		rc = mews_booking_drop(db, a->id, err);
	if (rc == MEWS_OK && a->epoch != 0)
		rc = mews_epoch_decide(db, a->epoch,
		    a->flags == MEWS_FATE_EXCHANGED ? MEWS_FATE_EXCHANGED
						    : MEWS_FATE_OPEN,
		    err);
	if (rc == MEWS_OK)
		rc = roll(db, a, err);
	return rc == MEWS_OK ? mews_amendment_undo(db, a->id, by, err) : rc;
}

enum mews_rc
mews_amend_undo(struct mews_db *db, int64_t id, struct mews_amendment *a,
    struct mews_err *err)
{
	const struct mews_amendment by = *a;
	enum mews_rc rc = mews_amendment_get(db, id, a, err);

	if (rc != MEWS_OK || (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, undo(db, a, &by, err), err);
}
