/*
 * history.c - what closes is joined from the level below, and stored.
 *
 * rolled.upto says for each level up to where every bucket is stored.  A read
 * takes what is stored before it, and joins what lies behind it from the
 * finer level, which does the same: the open year is eleven months, some days,
 * some hours and at most an hour of minutes.
 */
#include "history.h"
#include "recent.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_find[] =
    "SELECT id FROM series WHERE device = ? AND quantity = ?";
static const char sql_make[] =
    "INSERT INTO series(device, quantity) VALUES(?, ?)";
static const char sql_upto[] = "SELECT upto FROM rolled WHERE level = ?";
static const char sql_set_upto[] =
    "INSERT OR REPLACE INTO rolled(level, upto) VALUES(?, ?)";

/*
 * How far apart packings are, in seconds: minutes and hours go to their chunks
 * once a day, days once in 32 days; months and years stay few.
 */
static const int64_t pack_every[MEWS_LEVELS] = { 86400, 86400, 32 * 86400,
	366 * 86400, 366 * 86400 };

enum mews_rc
mews_history_find(struct mews_db *db, int64_t device,
    const struct mews_quantity *q, int64_t *series, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, device);
	(void)sqlite3_bind_text(st, 2, q->name, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*series = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_history_make(struct mews_db *db, int64_t device,
    const struct mews_quantity *q, int64_t *series, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_history_find(db, device, q, series, err);
	if (rc == MEWS_NONE)
		rc = mews_db_use(db, sql_make, &st, err);
	else
		return rc;
	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, device);
	(void)sqlite3_bind_text(st, 2, q->name, -1, SQLITE_STATIC);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		*series = mews_db_rowid(db);
	return rc;
}

/* MEWS_NONE while nothing of the level was rolled. */
static enum mews_rc
get_upto(struct mews_db *db, enum mews_level level, int64_t *upto,
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

static enum mews_rc
set_upto(struct mews_db *db, enum mews_level level, int64_t upto,
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

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
}

/* Computes the bucket of all series that starts at t, and stores it. */
static enum mews_rc
roll(struct mews_db *db, enum mews_level level, int64_t t, struct mews_err *err)
{
	struct mews_samples fine = { 0 }, done = { 0 };
	struct mews_buckets b = { 0 };
	struct mews_sample s;
	int64_t end = mews_calendar_step(level, t, 1);
	enum mews_rc rc;
	size_t i, j;

	rc = mews_store_read_all(db, finer(level), t, end, &fine, err);
	for (i = 0; i < fine.n && rc == MEWS_OK; i = j) {
		b.n = 0;
		for (j = i; j < fine.n && fine.s[j].series == fine.s[i].series;
		     j++)
			mews_buckets_add(&b, &fine.s[j].b);
		s = fine.s[i];
		mews_bucket_join(s.kind, finer(level), b.b, b.n, t,
		    (uint32_t)((end - t) / 60), &s.b);
		mews_samples_add(&done, &s);
	}
	if (rc == MEWS_OK && done.n > 0)
		rc = mews_recent_write(db, level, t, done.s, done.n, true, err);
	mews_samples_clear(&fine);
	mews_samples_clear(&done);
	mews_buckets_clear(&b);
	return rc;
}

/* Where rolling of a level goes on: MEWS_NONE while there are no minutes. */
static enum mews_rc
resume(struct mews_db *db, enum mews_level level, int64_t *upto,
    struct mews_err *err)
{
	int64_t first, last;
	enum mews_rc rc = get_upto(db, level, upto, err);

	if (rc != MEWS_NONE)
		return rc;
	rc = mews_store_span(db, MEWS_MINUTE, &first, &last, err);
	if (rc == MEWS_OK)
		*upto = mews_calendar_floor(level, first);
	return rc;
}

/* Rolls what closed by now, from the fine levels to the coarse. */
static enum mews_rc
roll_closed(struct mews_db *db, int64_t now, struct mews_err *err)
{
	int64_t upto, end;
	enum mews_level level;
	enum mews_rc rc;

	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		rc = resume(db, level, &upto, err);
		if (rc == MEWS_NONE)
			return MEWS_OK;
		while (rc == MEWS_OK &&
		    (end = mews_calendar_step(level, upto, 1)) <= now) {
			rc = roll(db, level, upto, err);
			upto = end;
		}
		if (rc == MEWS_OK)
			rc = set_upto(db, level, upto, err);
		if (rc != MEWS_OK)
			return rc;
	}
	return MEWS_OK;
}

/* Rolls again what was rolled before the minute t came. */
static enum mews_rc
roll_late(struct mews_db *db, int64_t t, struct mews_err *err)
{
	int64_t upto, start;
	enum mews_level level;
	enum mews_rc rc;

	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		rc = get_upto(db, level, &upto, err);
		if (rc != MEWS_OK)
			return rc == MEWS_NONE ? MEWS_OK : rc;
		start = mews_calendar_floor(level, t);
		if (start < upto &&
		    (rc = roll(db, level, start, err)) != MEWS_OK)
			return rc;
	}
	return MEWS_OK;
}

/* Packs the levels whose oldest frame is of a closed batch. */
static enum mews_rc
pack(struct mews_db *db, int64_t now, struct mews_err *err)
{
	int64_t oldest, before;
	enum mews_level level;
	enum mews_rc rc;

	for (level = MEWS_MINUTE; level <= MEWS_YEAR; level++) {
		before = now - now % pack_every[level];
		rc = mews_store_oldest(db, level, &oldest, err);
		if (rc == MEWS_NONE)
			continue;
		if (rc == MEWS_OK && oldest < before)
			rc = mews_store_pack(db, level, before, err);
		if (rc != MEWS_OK)
			return rc;
	}
	return MEWS_OK;
}

enum mews_rc
mews_history_write(struct mews_db *db, int64_t t, const struct mews_sample *s,
    size_t n, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_recent_write(db, MEWS_MINUTE, t, s, n, false, err);
	if (rc == MEWS_OK)
		rc = roll_late(db, t, err);
	if (rc == MEWS_OK && (t + 60) % 900 == 0)
		rc = roll_closed(db, t + 60, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_history_settle(struct mews_db *db, int64_t now, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = roll_closed(db, now, err)) == MEWS_OK)
		rc = pack(db, now, err);
	return mews_db_end(db, rc, err);
}

/* Joins buckets of the finer level into those of level that start in
 * [from, to); what is not over at now is marked open. */
static void
group(enum mews_level level, enum mews_kind kind, const struct mews_buckets *f,
    int64_t from, int64_t to, int64_t now, struct mews_buckets *out)
{
	struct mews_bucket b;
	int64_t t, end;
	size_t i, j;

	for (i = 0; i < f->n; i = j) {
		t = mews_calendar_floor(level, f->b[i].t);
		end = mews_calendar_step(level, t, 1);
		for (j = i + 1; j < f->n && f->b[j].t < end; j++)
			;
		mews_bucket_join(kind, finer(level), f->b + i, j - i, t,
		    (uint32_t)((end - t) / 60), &b);
		if (end > now)
			b.flags |= MEWS_OPEN;
		if (t >= from && t < to)
			mews_buckets_add(out, &b);
	}
}

/* Reads without the limit on the number of buckets. */
static enum mews_rc
read_level(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, int64_t now,
    struct mews_buckets *out, struct mews_err *err)
{
	struct mews_buckets fine = { 0 };
	int64_t upto = 0, start;
	enum mews_rc rc;

	if (level == MEWS_MINUTE)
		return mews_store_read(db, level, series, kind, from, to, out,
		    err);
	rc = get_upto(db, level, &upto, err);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	rc = MEWS_OK;
	if (from < upto)
		rc = mews_store_read(db, level, series, kind, from,
		    to < upto ? to : upto, out, err);
	if (rc != MEWS_OK || to <= upto || upto > now)
		return rc;
	start = mews_calendar_floor(level, from > upto ? from : upto);
	to = to > now ? mews_calendar_step(level, now, 1) : to;
	if (start < to)
		rc = read_level(db, series, kind, finer(level), start,
		    mews_calendar_step(level, to - 1, 1), now, &fine, err);
	if (rc == MEWS_OK)
		group(level, kind, &fine, from, to, now, out);
	mews_buckets_clear(&fine);
	return rc;
}

enum mews_rc
mews_history_read(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, int64_t now,
    struct mews_buckets *out, struct mews_err *err)
{
	static const int64_t least[MEWS_LEVELS] = { 60, 3600, 82800, 28 * 86400,
		365 * 86400 };
	bool begun;
	enum mews_rc rc;

	*out = (struct mews_buckets){ 0 };
	if (from < 0 || to <= from ||
	    (to - from) / least[level] > MEWS_HISTORY_MOST)
		return mews_fail(err, MEWS_BAD,
		    "a range is at most %d buckets and not empty",
		    MEWS_HISTORY_MOST);
	/* one state: a packing moves minutes from frames to chunks */
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = read_level(db, series, kind, level, from, to, now, out, err);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		mews_buckets_clear(out);
	return rc;
}

/* Computes the closed buckets of one series that touch [from, to). */
static enum mews_rc
roll_series(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, int64_t now,
    struct mews_err *err)
{
	struct mews_buckets fine = { 0 }, done = { 0 };
	int64_t start = mews_calendar_floor(level, from), kept = 0;
	int64_t end = mews_calendar_step(level, to - 1, 1);
	enum mews_rc rc;

	if (end > now)
		end = mews_calendar_floor(level, now);
	if (end <= start)
		return MEWS_OK;
	rc = mews_store_read(db, finer(level), series, kind, start, end, &fine,
	    err);
	if (rc == MEWS_OK) {
		group(level, kind, &fine, start, end, now, &done);
		rc = mews_store_put(db, level, series, kind, done.b, done.n,
		    false, &kept, err);
	}
	mews_buckets_clear(&fine);
	mews_buckets_clear(&done);
	return rc;
}

enum mews_rc
mews_history_add(struct mews_db *db, int64_t series, enum mews_kind kind,
    const struct mews_bucket *b, size_t n, int64_t now, int64_t *kept,
    struct mews_err *err)
{
	enum mews_level level;
	int64_t upto;
	enum mews_rc rc;

	if (n == 0)
		return MEWS_OK;
	rc = mews_store_put(db, MEWS_MINUTE, series, kind, b, n, true, kept,
	    err);
	for (level = MEWS_HOUR; level <= MEWS_YEAR && rc == MEWS_OK; level++) {
		rc = get_upto(db, level, &upto, err);
		if (rc == MEWS_NONE) {
			upto = mews_calendar_floor(level, now);
			rc = set_upto(db, level, upto, err);
		}
		if (rc == MEWS_OK)
			rc = roll_series(db, series, kind, level, b[0].t,
			    b[n - 1].t + 60, upto, err);
	}
	return rc;
}

enum mews_rc
mews_history_last(struct mews_db *db, int64_t series, struct mews_bucket *out,
    struct mews_err *err)
{
	return mews_store_last(db, MEWS_MINUTE, series, out, err);
}

enum mews_rc
mews_history_span(struct mews_db *db, int64_t *first, int64_t *last,
    struct mews_err *err)
{
	return mews_store_span(db, MEWS_MINUTE, first, last, err);
}
