/*
 * amendment.c - audit rows, and the bookings that belong to them.
 */
#include "amendment.h"
#include "keep.h"
#include "roll.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

#define COLUMNS                                                                \
	"id, t, kind, series, epoch, level, since, upto, was, value, flags,"   \
	" undone, who, reason, undone_by"

static const char sql_add[] =
    "INSERT INTO amendment(t, kind, series, epoch, level, since, upto, was,"
    " value, flags, undone, who, reason, undone_by)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '')";
static const char sql_get[] = "SELECT " COLUMNS " FROM amendment WHERE id = ?1";
static const char sql_read[] =
    "SELECT " COLUMNS " FROM amendment"
    " WHERE (?1 = 0 OR id < ?1) AND (?2 = 0 OR series = ?2)"
    " ORDER BY id DESC LIMIT ?3";
static const char sql_undo[] =
    "UPDATE amendment SET undone = ?2, undone_by = ?3 WHERE id = ?1";

static enum mews_rc
add(struct mews_db *db, struct mews_amendment *a, struct mews_err *err)
{
	const int64_t column[] = { a->t, a->kind, a->series, a->epoch, a->level,
		a->since, a->upto, a->was, a->value, a->flags };
	sqlite3_stmt *st;
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < (int)MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, i + 1, column[i]);
	(void)sqlite3_bind_text(st, i + 1, a->who, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, i + 2, a->reason, -1, SQLITE_STATIC);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		a->id = mews_db_rowid(db);
	return rc;
}

static void
text(sqlite3_stmt *st, int i, char *to, size_t size)
{
	(void)snprintf(to, size, "%s",
	    (const char *)sqlite3_column_text(st, i));
}

static void
take(sqlite3_stmt *st, struct mews_amendment *a)
{
	a->id = sqlite3_column_int64(st, 0);
	a->t = sqlite3_column_int64(st, 1);
	a->kind = (enum mews_amendment_kind)sqlite3_column_int(st, 2);
	a->series = sqlite3_column_int64(st, 3);
	a->epoch = sqlite3_column_int64(st, 4);
	a->level = (enum mews_level)sqlite3_column_int(st, 5);
	a->since = sqlite3_column_int64(st, 6);
	a->upto = sqlite3_column_int64(st, 7);
	a->was = sqlite3_column_int64(st, 8);
	a->value = sqlite3_column_int64(st, 9);
	a->flags = (unsigned)sqlite3_column_int(st, 10);
	a->undone = sqlite3_column_int64(st, 11);
	text(st, 12, a->who, sizeof(a->who));
	text(st, 13, a->reason, sizeof(a->reason));
	text(st, 14, a->undone_by, sizeof(a->undone_by));
}

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
roll(struct mews_db *db, const struct mews_amendment *a, struct mews_err *err)
{
	int64_t thinned;
	enum mews_rc rc =
	    mews_keep_upto(db, MEWS_KEEP_COUNTER, MEWS_MINUTE, &thinned, err);

	if (rc == MEWS_OK && a->since < thinned)
		rc = mews_fail(err, MEWS_BAD,
		    "the minutes of that time are no longer kept");
	if (rc != MEWS_OK)
		return rc;
	return mews_roll_series_again(db, a->series, MEWS_COUNTER, a->since,
	    a->upto > a->since ? a->upto : a->since + 1, err);
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
	if ((rc = add(db, a, err)) == MEWS_OK &&
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
	enum mews_rc rc = add(db, a, err);

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
put_minute(struct mews_db *db, int64_t series, const struct mews_bucket *b,
    struct mews_err *err)
{
	int64_t kept = 0;

	return mews_store_put(db, MEWS_MINUTE, series, MEWS_COUNTER, b, 1,
	    false, &kept, err);
}

/* The stored minute that an amendment touches. */
static enum mews_rc
get_minute(struct mews_db *db, const struct mews_amendment *a,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	enum mews_rc rc;

	rc = mews_store_read(db, MEWS_MINUTE, a->series, MEWS_COUNTER, a->since,
	    a->since + 60, &l, err);
	if (rc == MEWS_OK && l.n == 0)
		rc = mews_fail(err, MEWS_NONE,
		    "nothing was measured in this minute");
	if (rc == MEWS_OK)
		*out = l.b[0];
	mews_buckets_clear(&l);
	return rc;
}

static enum mews_rc
correct_minute(struct mews_db *db, struct mews_amendment *a,
    struct mews_err *err)
{
	struct mews_bucket b;
	enum mews_rc rc = get_minute(db, a, &b, err);

	if (rc != MEWS_OK)
		return rc;
	a->was = b.sum;
	a->flags = b.flags;
	b.sum = a->value;
	b.flags |= MEWS_ESTIMATED;
	if ((rc = add(db, a, err)) == MEWS_OK &&
	    (rc = put_minute(db, a->series, &b, err)) == MEWS_OK)
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
	if ((rc = add(db, a, err)) != MEWS_OK)
		return rc;
	if (a->value < a->was && a->level > MEWS_HOUR)
		rc = take_away(db, a, err);
	else
		rc = book(db, a, a->since, a->upto, a->value - a->was, err);
	return rc == MEWS_OK ? roll(db, a, err) : rc;
}

enum mews_rc
mews_amend_correct(struct mews_db *db, int64_t series, enum mews_level level,
    int64_t t, int64_t value, struct mews_amendment *a, struct mews_err *err)
{
	enum mews_rc rc;

	if (value < 0 || mews_calendar_floor(level, t) != t)
		return mews_fail(err, MEWS_BAD,
		    "no %s begins then, or the value lies below 0",
		    mews_level_name(level));
	a->kind = MEWS_AMEND_CORRECT;
	a->series = series;
	a->level = level;
	a->since = t;
	a->upto = mews_calendar_step(level, t, 1);
	a->value = value;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = level == MEWS_MINUTE ? correct_minute(db, a, err)
				  : correct(db, a, err);
	return mews_db_end(db, rc, err);
}

static enum mews_rc
get(struct mews_db *db, int64_t id, struct mews_amendment *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, out);
	mews_db_done(st);
	return rc;
}

static enum mews_rc
restore_minute(struct mews_db *db, const struct mews_amendment *a,
    struct mews_err *err)
{
	struct mews_bucket b;
	enum mews_rc rc = get_minute(db, a, &b, err);

	if (rc == MEWS_OK && b.sum != a->value)
		rc = mews_fail(err, MEWS_BAD,
		    "the minute was corrected again: take that back first");
	b.sum = a->was;
	b.flags = a->flags;
	return rc == MEWS_OK ? put_minute(db, a->series, &b, err) : rc;
}

static enum mews_rc
undo(struct mews_db *db, const struct mews_amendment *a,
    const struct mews_amendment *by, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = MEWS_OK;

	if (a->undone != 0)
		return mews_fail(err, MEWS_BAD, "it was taken back before");
	if (a->kind == MEWS_AMEND_CORRECT && a->level == MEWS_MINUTE)
		rc = restore_minute(db, a, err);
	if (rc == MEWS_OK)
		rc = mews_booking_drop(db, a->id, err);
	if (rc == MEWS_OK && a->epoch != 0)
		rc = mews_epoch_decide(db, a->epoch, MEWS_FATE_OPEN, err);
	if (rc == MEWS_OK)
		rc = roll(db, a, err);
	if (rc != MEWS_OK ||
	    (rc = mews_db_use(db, sql_undo, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, a->id);
	(void)sqlite3_bind_int64(st, 2, by->t);
	(void)sqlite3_bind_text(st, 3, by->who, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_amend_undo(struct mews_db *db, int64_t id, struct mews_amendment *a,
    struct mews_err *err)
{
	const struct mews_amendment by = *a;
	enum mews_rc rc = get(db, id, a, err);

	if (rc != MEWS_OK || (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, undo(db, a, &by, err), err);
}

enum mews_rc
mews_amendment_read(struct mews_db *db, int64_t series, int64_t before,
    struct mews_amendment *out, size_t max, size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_read, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, before);
	(void)sqlite3_bind_int64(st, 2, series);
	(void)sqlite3_bind_int64(st, 3, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
