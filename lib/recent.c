/*
 * recent.c - series and bucket, many times, in one row.
 *
 * Every entry stands for itself (no difference to the frame before), so that a
 * frame can be read, patched and dropped alone.
 */
#include "recent.h"
#include "blob.h"
#include "mark.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIME_BITS 40
#define TIME_MASK ((INT64_C(1) << TIME_BITS) - 1)

static const char sql_frame_add[] = "INSERT INTO frame(id, data) VALUES(?, ?)";
static const char sql_frame_set[] =
    "INSERT OR REPLACE INTO frame(id, data) VALUES(?, ?)";
static const char sql_frame_get[] = "SELECT data FROM frame WHERE id = ?";
static const char sql_frames[] =
    "SELECT id, data FROM frame WHERE id >= ? AND id < ? ORDER BY id";
static const char sql_frames_back[] = "SELECT id, data FROM frame WHERE id >= ?"
				      " AND id < ? ORDER BY id DESC LIMIT 3000";
static const char sql_frames_drop[] =
    "DELETE FROM frame WHERE id >= ? AND id < ?";
static const char sql_frames_drop_some[] =
    "DELETE FROM frame WHERE id IN (SELECT id FROM frame"
    " WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3)";
static const char sql_frame_ends[] =
    "SELECT (SELECT min(id) FROM frame WHERE id >= ?1 AND id < ?2),"
    " (SELECT max(id) FROM frame WHERE id >= ?1 AND id < ?2)";

/* Minutes have the largest keys: a row behind all others costs SQLite one page
 * where one in the middle costs four. */
static int64_t
frame_id(enum mews_level level, int64_t t)
{
	return (int64_t)(MEWS_YEAR - level) << TIME_BITS | (t & TIME_MASK);
}

/* What an entry is told as the difference to: of the entry before it, how many
 * samples it saw. */
static struct mews_bucket
before(const struct mews_bucket *entry, int64_t t)
{
	return (struct mews_bucket){ .t = t - 60,
		.seen = entry->seen,
		.expected = entry->expected };
}

/* Takes a series and its kind from the front of a frame's entry. */
static bool
entry(const unsigned char **p, const unsigned char *end, int64_t *series,
    enum mews_kind *kind)
{
	uint64_t n = 0;
	unsigned shift = 0;

	for (; *p < end && shift < 35; shift += 7) {
		n |= (uint64_t)(**p & 0x7f) << shift;
		if (*(*p)++ < 0x80) {
			*series += (int64_t)(n >> 2);
			*kind = (enum mews_kind)(n & 3);
			return (n & 3) <= MEWS_STATE;
		}
	}
	return false;
}

/* Appends the wanted entries of the frame in the statement's row. */
static enum mews_rc
unpack_frame(sqlite3_stmt *st, int column, int64_t id, struct mews_window *w,
    struct mews_samples *out, struct mews_err *err)
{
	struct mews_bucket last = { 0 };
	struct mews_sample s = { 0 };
	struct mews_buf raw = { 0 };
	const unsigned char *p, *end;
	enum mews_rc rc = MEWS_BAD;

	if (!mews_blob_unpack(&raw, sqlite3_column_blob(st, column),
		(size_t)sqlite3_column_bytes(st, column)))
		goto out;
	p = (const unsigned char *)raw.s;
	for (end = p + raw.n; p < end;) {
		last = before(&last, id & TIME_MASK);
		if (!entry(&p, end, &s.series, &s.kind) ||
		    mews_bucket_get(&p, end, s.kind, &last, &s.b) != MEWS_OK)
			goto out;
		if (s.series >= w->to) {
			w->more = true;
			break;
		}
		if (s.series >= w->from)
			mews_samples_add(out, &s);
	}
	rc = MEWS_OK;
out:
	mews_buf_clear(&raw);
	return rc == MEWS_OK ? rc : mews_blob_damaged("frame", id, err);
}

enum mews_rc
mews_recent_read(struct mews_db *db, enum mews_level level, int64_t from,
    int64_t to, struct mews_window *w, struct mews_samples *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_frames, frame_id(level, from),
	    frame_id(level, to), &st, err);
	if (rc != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		if ((rc = unpack_frame(st, 1, sqlite3_column_int64(st, 0), w,
			 out, err)) != MEWS_OK)
			break;
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_recent_packing(struct mews_db *db, struct mews_packing *p,
    struct mews_err *err)
{
	char text[80], *end = text;
	enum mews_rc rc;

	rc = mews_mark_get(db, MEWS_MARK_PACKING, text, sizeof(text), err);
	if (rc != MEWS_OK)
		return rc;
	p->level = (enum mews_level)strtoll(end, &end, 10);
	p->before = strtoll(end, &end, 10);
	p->series = strtoll(end, &end, 10);
	p->copied = strtoll(end, &end, 10) != 0;
	return *end == '\0' && p->level < MEWS_LEVELS ? MEWS_OK : MEWS_NONE;
}

enum mews_rc
mews_recent_set_packing(struct mews_db *db, const struct mews_packing *p,
    struct mews_err *err)
{
	char text[80];

	if (p == NULL)
		return mews_mark_drop(db, MEWS_MARK_PACKING, err);
	(void)snprintf(text, sizeof(text), "%d %lld %lld %d", (int)p->level,
	    (long long)p->before, (long long)p->series, p->copied);
	return mews_mark_set(db, MEWS_MARK_PACKING, text, err);
}

/* A frame changes that may be in chunks as it was. */
static enum mews_rc
note_change(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_err *err)
{
	struct mews_packing p;
	enum mews_rc rc = mews_recent_packing(db, &p, err);

	if (rc == MEWS_OK && p.level == level && t < p.before)
		return mews_recent_set_packing(db, NULL, err);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_recent_write(struct mews_db *db, enum mews_level level, int64_t t,
    const struct mews_sample *s, size_t n, bool replace, struct mews_err *err)
{
	struct mews_buf b = { 0 }, z = { 0 };
	struct mews_bucket last = { 0 };
	int64_t series = 0;
	uint64_t head;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++) {
		head =
		    (uint64_t)(s[i].series - series) << 2 | (uint64_t)s[i].kind;
		series = s[i].series;
		for (; head >= 0x80; head >>= 7)
			mews_buf_byte(&b, (unsigned char)(head | 0x80));
		mews_buf_byte(&b, (unsigned char)head);
		last = before(&last, t);
		mews_bucket_put(&b, s[i].kind, &last, &s[i].b);
	}
	rc = mews_blob_pack(&z, b.s == NULL ? "" : b.s, b.n, err);
	if (rc == MEWS_OK)
		rc = mews_blob_set(db, replace ? sql_frame_set : sql_frame_add,
		    frame_id(level, t), z.s, z.n, err);
	if (rc == MEWS_OK)
		rc = note_change(db, level, t, err);
	mews_buf_clear(&z);
	mews_buf_clear(&b);
	return rc;
}

/* The frame of t, all entries; MEWS_NONE when there is none. */
static enum mews_rc
get_frame(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_samples *out, struct mews_err *err)
{
	struct mews_window all = MEWS_ALL_SERIES;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_frame_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, frame_id(level, t));
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		rc = unpack_frame(st, 0, frame_id(level, t), &all, out, err);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_recent_patch(struct mews_db *db, enum mews_level level,
    const struct mews_sample *s, bool keep, int64_t *kept, struct mews_err *err)
{
	struct mews_samples all = { 0 };
	size_t i, after;
	enum mews_rc rc;

	if ((rc = get_frame(db, level, s->b.t, &all, err)) != MEWS_OK)
		goto out;
	for (i = 0; i < all.n && all.s[i].series < s->series; i++)
		;
	if (i < all.n && all.s[i].series == s->series) {
		if (keep) {
			(*kept)++;
			goto out;
		}
		all.s[i] = *s;
	} else {
		after = all.n - i;
		mews_samples_add(&all, s);
		memmove(&all.s[i + 1], &all.s[i], after * sizeof(*all.s));
		all.s[i] = *s;
	}
	rc = mews_recent_write(db, level, s->b.t, all.s, all.n, true, err);
out:
	mews_samples_clear(&all);
	return rc;
}

enum mews_rc
mews_recent_ends(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	enum mews_rc rc = mews_blob_ends(db, sql_frame_ends, frame_id(level, 0),
	    frame_id(level, TIME_MASK), first, last, err);

	*first &= TIME_MASK;
	*last &= TIME_MASK;
	if (rc == MEWS_NONE)
		*last = (*first = 0) - 1;
	return rc;
}

enum mews_rc
mews_recent_last(struct mews_db *db, enum mews_level level, int64_t series,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_window only = { series, series + 1, false };
	struct mews_samples s = { 0 };
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_frames_back, frame_id(level, 0),
	    frame_id(level, TIME_MASK), &st, err);
	if (rc != MEWS_OK)
		return rc;
	while (s.n == 0 && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		if ((rc = unpack_frame(st, 1, sqlite3_column_int64(st, 0),
			 &only, &s, err)) != MEWS_OK)
			break;
	mews_db_done(st);
	if (rc == MEWS_OK)
		*out = s.s[0].b;
	mews_samples_clear(&s);
	return rc;
}

enum mews_rc
mews_recent_drop(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_frames_drop, frame_id(level, 0),
	    frame_id(level, t), &st, err);
	return rc == MEWS_OK ? mews_db_run(db, st, err) : rc;
}

enum mews_rc
mews_recent_forget(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_blob_range(db, sql_frames_drop,
	    frame_id(level, t), frame_id(level, t) + 1, &st, err);

	return rc == MEWS_OK ? mews_db_run(db, st, err) : rc;
}

enum mews_rc
mews_recent_drop_some(struct mews_db *db, enum mews_level level, int64_t t,
    size_t n, bool *more, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_frames_drop_some, frame_id(level, 0),
	    frame_id(level, t), &st, err);
	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 3, (int64_t)n);
	rc = mews_db_run(db, st, err);
	*more = mews_db_changes(db) == (int64_t)n;
	return rc;
}
