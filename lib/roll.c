/*
 * roll.c - an hour is its minutes and what was booked over it, a day its hours,
 * a month its days, a year its months.
 *
 * Where the finer level was thinned (keep.h) there is less to join than there
 * was: what is stored stays, and only what is missing is added.
 */
#include "roll.h"
#include "keep.h"

#include <sqlite3.h>

#define HOUR 3600

static const char sql_upto[] = "SELECT upto FROM rolled WHERE level = ?";
static const char sql_set_upto[] =
    "INSERT OR REPLACE INTO rolled(level, upto) VALUES(?, ?)";
static const char sql_forget[] = "DELETE FROM rolled WHERE level = ?";

enum mews_rc
mews_roll_upto(struct mews_db *db, enum mews_level level, int64_t *upto,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_upto, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, (int)level);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*upto = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_roll_set_upto(struct mews_db *db, enum mews_level level, int64_t upto,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_upto, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, (int)level);
	(void)sqlite3_bind_int64(st, 2, upto);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_roll_forget(struct mews_db *db, enum mews_level level,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_forget, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, (int)level);
	return mews_db_run(db, st, err);
}

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
}

int64_t
mews_roll_from(enum mews_level level, int64_t t)
{
	return level == MEWS_DAY ? t - t % HOUR : t;
}

enum mews_rc
mews_roll_whole(struct mews_db *db, enum mews_kind kind, enum mews_level level,
    int64_t *t, struct mews_err *err)
{
	enum mews_rc rc = mews_keep_upto_kind(db, kind, finer(level), t, err);

	if (rc == MEWS_OK && *t > 0)
		*t = mews_calendar_step(level, *t - 1, 1);
	return rc;
}

/* Cuts the hours at each midnight in [from, to]. */
static enum mews_rc
cut_days(struct mews_db *db, int64_t series, enum mews_kind kind, int64_t from,
    int64_t to, struct mews_buckets *hours, struct mews_err *err)
{
	struct mews_buckets minutes = { 0 };
	struct mews_bookings booked = { 0 };
	int64_t t = mews_calendar_floor(MEWS_DAY, from), hour;
	enum mews_rc rc = MEWS_OK;

	for (; t <= to && rc == MEWS_OK;
	     t = mews_calendar_step(MEWS_DAY, t, 1)) {
		if (!mews_cut_needed(t))
			continue;
		hour = t - t % HOUR;
		minutes.n = booked.n = 0;
		rc = mews_store_read(db, MEWS_MINUTE, series, kind, hour,
		    hour + HOUR, &minutes, err);
		if (rc == MEWS_OK)
			rc = mews_booking_read(db, series, hour, hour + HOUR,
			    &booked, err);
		if (rc == MEWS_OK)
			mews_cut_hour(hours, kind, t, minutes.b, minutes.n,
			    booked.b, booked.n);
	}
	mews_buckets_clear(&minutes);
	mews_bookings_clear(&booked);
	return rc;
}

/* Adds what was booked over the hours of [from, to). */
static enum mews_rc
spread(struct mews_db *db, int64_t series, int64_t from, int64_t to,
    struct mews_buckets *hours, struct mews_err *err)
{
	struct mews_bookings booked = { 0 };
	enum mews_rc rc;
	size_t i;

	rc = mews_booking_read(db, series, from, to, &booked, err);
	for (i = 0; i < booked.n; i++)
		mews_booking_spread(&booked.b[i], from, to, 0, hours);
	mews_bookings_clear(&booked);
	return rc;
}

enum mews_rc
mews_roll_group(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, struct mews_buckets *f, int64_t from, int64_t to,
    int64_t now, struct mews_buckets *out, struct mews_err *err)
{
	size_t first = out->n, i, j;
	struct mews_bucket b;
	int64_t t, end;
	enum mews_rc rc = MEWS_OK;

	if (level == MEWS_DAY)
		rc = cut_days(db, series, kind, from, to, f, err);
	for (i = 0; i < f->n && rc == MEWS_OK; i = j) {
		t = mews_calendar_floor(level, f->b[i].t);
		end = mews_calendar_step(level, t, 1);
		for (j = i + 1; j < f->n && f->b[j].t < end; j++)
			;
		if (t < from || t >= to)
			continue;
		mews_bucket_join(kind, finer(level), f->b + i, j - i, t,
		    (uint32_t)((end - t) / 60), &b);
		mews_buckets_add(out, &b);
	}
	if (rc == MEWS_OK && level == MEWS_HOUR && kind == MEWS_COUNTER)
		rc = spread(db, series, from, to, out, err);
	for (i = first; i < out->n; i++)
		if (mews_calendar_step(level, out->b[i].t, 1) > now)
			out->b[i].flags |= MEWS_OPEN;
	return rc;
}

/* Blanks what is stored in [from, to) and is no longer there. */
static enum mews_rc
blank(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, struct mews_buckets *done,
    struct mews_err *err)
{
	struct mews_buckets old = { 0 }, all = { 0 };
	enum mews_rc rc;
	size_t i;

	rc = mews_store_read(db, level, series, kind, from, to, &old, err);
	for (i = 0; i < old.n; i++)
		old.b[i] = (struct mews_bucket){ .t = old.b[i].t };
	mews_buckets_merge(&old, done->b, done->n, &all);
	mews_buckets_clear(&old);
	mews_buckets_clear(done);
	*done = all;
	return rc;
}

/* Rolls the buckets that start in [start, end); with keep set those that are
 * stored stay. */
static enum mews_rc
roll_part(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t start, int64_t end, bool keep,
    struct mews_err *err)
{
	struct mews_buckets fine = { 0 }, done = { 0 };
	int64_t kept = 0;
	enum mews_rc rc;

	if (end <= start)
		return MEWS_OK;
	rc = mews_store_read(db, finer(level), series, kind,
	    mews_roll_from(level, start), end, &fine, err);
	if (rc == MEWS_OK)
		rc = mews_roll_group(db, series, kind, level, &fine, start, end,
		    INT64_MAX, &done, err);
	if (rc == MEWS_OK && !keep)
		rc = blank(db, series, kind, level, start, end, &done, err);
	if (rc == MEWS_OK)
		rc = mews_store_put(db, level, series, kind, done.b, done.n,
		    keep, &kept, err);
	mews_buckets_clear(&fine);
	mews_buckets_clear(&done);
	return rc;
}

enum mews_rc
mews_roll_series(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, int64_t upto,
    struct mews_err *err)
{
	int64_t start = mews_calendar_floor(level, from), whole;
	int64_t end = mews_calendar_step(level, to - 1, 1);
	enum mews_rc rc;

	if (end > upto)
		end = mews_calendar_floor(level, upto);
	if (end <= start)
		return MEWS_OK;
	if ((rc = mews_roll_whole(db, kind, level, &whole, err)) != MEWS_OK)
		return rc;
	whole = whole < start ? start : whole < end ? whole : end;
	rc = roll_part(db, series, kind, level, start, whole, true, err);
	return rc == MEWS_OK
	    ? roll_part(db, series, kind, level, whole, end, false, err)
	    : rc;
}

enum mews_rc
mews_roll_series_again(struct mews_db *db, int64_t series, enum mews_kind kind,
    int64_t from, int64_t to, struct mews_err *err)
{
	enum mews_level level;
	int64_t upto;
	enum mews_rc rc;

	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		rc = mews_roll_upto(db, level, &upto, err);
		if (rc == MEWS_OK)
			rc = mews_roll_series(db, series, kind, level, from, to,
			    upto, err);
		if (rc != MEWS_OK)
			return rc == MEWS_NONE ? MEWS_OK : rc;
	}
	return MEWS_OK;
}
