/*
 * chunk.c - a kind, a length and deflated buckets in one row.
 */
#include "chunk.h"
#include "blob.h"

#include <sqlite3.h>
#include <stdlib.h>

#define DAY         INT64_C(86400)
#define SERIES_BITS 24
#define PERIOD_BITS 24
#define SERIES_MASK ((INT64_C(1) << SERIES_BITS) - 1)
#define PERIOD_MASK ((INT64_C(1) << PERIOD_BITS) - 1)

/* Length of a chunk's period by level, in seconds. */
static const int64_t period_len[MEWS_LEVELS] = { DAY, 30 * DAY, 366 * DAY,
	100000 * DAY, 100000 * DAY };

static const char sql_chunk_set[] =
    "INSERT OR REPLACE INTO chunk(id, data) VALUES(?, ?)";
static const char sql_chunk_get[] = "SELECT data FROM chunk WHERE id = ?";
static const char sql_chunks[] =
    "SELECT id, data FROM chunk WHERE id >= ? AND id < ? ORDER BY id";
static const char sql_chunk_sizes[] =
    "SELECT id, length(data) FROM chunk WHERE id >= ? AND id < ? ORDER BY id";
static const char sql_chunks_drop[] =
    "DELETE FROM chunk WHERE id >= ? AND id < ?";
static const char sql_chunk_ends[] =
    "SELECT (SELECT min(id) FROM chunk WHERE id >= ?1 AND id < ?2),"
    " (SELECT max(id) FROM chunk WHERE id >= ?1 AND id < ?2)";

int64_t
mews_chunk_period(enum mews_level level)
{
	return period_len[level];
}

static int64_t
chunk_id(enum mews_level level, int64_t period, int64_t series)
{
	return ((int64_t)level << PERIOD_BITS | (period & PERIOD_MASK))
	    << SERIES_BITS |
	    (series & SERIES_MASK);
}

/* Appends the buckets of a chunk's bytes that start in [from, to). */
static enum mews_rc
unpack_chunk(sqlite3_stmt *st, int data, int64_t id, int64_t from, int64_t to,
    enum mews_kind *kind, struct mews_buckets *out, struct mews_err *err)
{
	const unsigned char *in = sqlite3_column_blob(st, data), *p, *end;
	int n = sqlite3_column_bytes(st, data);
	struct mews_bucket last = { 0 }, b;
	struct mews_buf raw = { 0 };
	enum mews_rc rc = MEWS_BAD;

	if (n < 1 || in[0] > MEWS_STATE ||
	    !mews_blob_unpack(&raw, in + 1, (size_t)n - 1))
		goto out;
	*kind = (enum mews_kind)in[0];
	p = (const unsigned char *)raw.s;
	end = p + raw.n;
	while ((rc = mews_bucket_get(&p, end, *kind, &last, &b)) == MEWS_OK &&
	    b.t < to)
		if (b.t >= from)
			mews_buckets_add(out, &b);
out:
	mews_buf_clear(&raw);
	return rc == MEWS_BAD ? mews_blob_damaged("chunk", id, err) : MEWS_OK;
}

static enum mews_rc
get_chunk(struct mews_db *db, int64_t id, int64_t from, int64_t to,
    struct mews_buckets *out, struct mews_err *err)
{
	enum mews_kind kind;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_chunk_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		rc = unpack_chunk(st, 0, id, from, to, &kind, out, err);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
set_chunk(struct mews_db *db, int64_t id, enum mews_kind kind,
    const struct mews_bucket *b, size_t n, struct mews_err *err)
{
	struct mews_bucket last = { 0 };
	struct mews_buf raw = { 0 }, z = { 0 };
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++)
		mews_bucket_put(&raw, kind, &last, &b[i]);
	mews_buf_byte(&z, (unsigned char)kind);
	rc = mews_blob_pack(&z, raw.s, raw.n, err);
	if (rc == MEWS_OK)
		rc = mews_blob_set(db, sql_chunk_set, id, z.s, z.n, err);
	mews_buf_clear(&z);
	mews_buf_clear(&raw);
	return rc;
}

enum mews_rc
mews_chunk_list(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_chunk_size **out, size_t *n, struct mews_err *err)
{
	int64_t period = t / period_len[level];
	sqlite3_stmt *st;
	size_t cap = 0;
	enum mews_rc rc;

	*out = NULL;
	*n = 0;
	rc = mews_blob_range(db, sql_chunk_sizes, chunk_id(level, period, 0),
	    chunk_id(level, period + 1, 0), &st, err);
	if (rc != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		if (*n == cap) {
			cap = cap * 2 + 64;
			*out = mews_realloc(*out, cap, sizeof(**out));
		}
		(*out)[*n].series = sqlite3_column_int64(st, 0) & SERIES_MASK;
		(*out)[(*n)++].bytes = sqlite3_column_int64(st, 1);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Drops from new what old has; both ascending.  Returns how many are left. */
static size_t
without(struct mews_bucket *new, size_t n, const struct mews_buckets *old)
{
	size_t i, j = 0, left = 0;

	for (i = 0; i < n; i++) {
		while (j < old->n && old->b[j].t < new[i].t)
			j++;
		if (j == old->n || old->b[j].t != new[i].t)
			new[left++] = new[i];
	}
	return left;
}

/* Puts buckets of one period into its chunk. */
static enum mews_rc
put_chunk(struct mews_db *db, int64_t id, enum mews_kind kind,
    struct mews_bucket *b, size_t n, bool keep, int64_t *kept,
    struct mews_err *err)
{
	struct mews_buckets old = { 0 }, all = { 0 };
	size_t left = n;
	enum mews_rc rc;

	rc = get_chunk(db, id, 0, INT64_MAX, &old, err);
	if (rc == MEWS_OK && keep) {
		left = without(b, n, &old);
		*kept += (int64_t)(n - left);
	}
	if (rc == MEWS_OK && left > 0) {
		mews_buckets_merge(&old, b, left, &all);
		rc = set_chunk(db, id, kind, all.b, all.n, err);
	}
	mews_buckets_clear(&old);
	mews_buckets_clear(&all);
	return rc;
}

enum mews_rc
mews_chunk_put(struct mews_db *db, enum mews_level level, int64_t series,
    enum mews_kind kind, struct mews_bucket *b, size_t n, bool keep,
    int64_t *kept, struct mews_err *err)
{
	int64_t len = period_len[level];
	enum mews_rc rc = MEWS_OK;
	size_t i, j;

	for (i = 0; i < n && rc == MEWS_OK; i = j) {
		for (j = i + 1; j < n && b[j].t / len == b[i].t / len; j++)
			;
		rc = put_chunk(db, chunk_id(level, b[i].t / len, series), kind,
		    b + i, j - i, keep, kept, err);
	}
	return rc;
}

enum mews_rc
mews_chunk_read(struct mews_db *db, enum mews_level level, int64_t series,
    int64_t from, int64_t to, struct mews_buckets *out, struct mews_err *err)
{
	int64_t p, last = (to - 1) / period_len[level];
	enum mews_rc rc = MEWS_OK;

	for (p = from / period_len[level]; p <= last && rc == MEWS_OK; p++)
		rc = get_chunk(db, chunk_id(level, p, series), from, to, out,
		    err);
	return rc;
}

enum mews_rc
mews_chunk_read_all(struct mews_db *db, enum mews_level level, int64_t from,
    int64_t to, struct mews_samples *out, struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	struct mews_sample s;
	size_t frames = out->n, i;
	sqlite3_stmt *st;
	int64_t id;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_chunks,
	    chunk_id(level, from / period_len[level], 0),
	    chunk_id(level, (to - 1) / period_len[level] + 1, 0), &st, err);
	if (rc != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		id = sqlite3_column_int64(st, 0);
		s.series = id & SERIES_MASK;
		b.n = 0;
		rc = unpack_chunk(st, 1, id, from, to, &s.kind, &b, err);
		if (rc != MEWS_OK)
			break;
		for (i = 0; i < b.n; i++) {
			s.b = b.b[i];
			if (frames == 0 ||
			    bsearch(&s, out->s, frames, sizeof(s),
				mews_samples_order) == NULL)
				mews_samples_add(out, &s);
		}
	}
	mews_db_done(st);
	mews_buckets_clear(&b);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_chunk_drop(struct mews_db *db, enum mews_level level, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_chunks_drop, chunk_id(level, 0, 0),
	    chunk_id(level, PERIOD_MASK, 0), &st, err);
	return rc == MEWS_OK ? mews_db_run(db, st, err) : rc;
}

static enum mews_rc
chunk_ends(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	enum mews_rc rc =
	    mews_blob_ends(db, sql_chunk_ends, chunk_id(level, 0, 0),
		chunk_id(level, PERIOD_MASK, 0), first, last, err);

	*first = *first >> SERIES_BITS & PERIOD_MASK;
	*last = *last >> SERIES_BITS & PERIOD_MASK;
	return rc;
}

enum mews_rc
mews_chunk_newest(struct mews_db *db, enum mews_level level, int64_t *t,
    struct mews_err *err)
{
	int64_t first;
	enum mews_rc rc = chunk_ends(db, level, &first, t, err);

	*t *= period_len[level];
	return rc;
}

enum mews_rc
mews_chunk_last(struct mews_db *db, enum mews_level level, int64_t series,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	int64_t first, p;
	enum mews_rc rc = chunk_ends(db, level, &first, &p, err);

	if (rc != MEWS_OK)
		return rc;
	for (; p >= first && b.n == 0 && rc == MEWS_OK; p--)
		rc = get_chunk(db, chunk_id(level, p, series), 0, INT64_MAX, &b,
		    err);
	if (rc == MEWS_OK && b.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		*out = b.b[b.n - 1];
	mews_buckets_clear(&b);
	return rc;
}

/* The newest bucket in the chunks of one period. */
static enum mews_rc
newest(struct mews_db *db, enum mews_level level, int64_t period, int64_t *t,
    struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	enum mews_kind kind;
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_blob_range(db, sql_chunks, chunk_id(level, period, 0),
	    chunk_id(level, period + 1, 0), &st, err);
	if (rc != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		b.n = 0;
		rc = unpack_chunk(st, 1, sqlite3_column_int64(st, 0), 0,
		    INT64_MAX, &kind, &b, err);
		if (rc != MEWS_OK)
			break;
		if (b.n > 0 && b.b[b.n - 1].t > *t)
			*t = b.b[b.n - 1].t;
	}
	mews_db_done(st);
	mews_buckets_clear(&b);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_chunk_span(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	int64_t period;
	enum mews_rc rc = chunk_ends(db, level, first, &period, err);

	*first *= period_len[level];
	*last = 0;
	return rc == MEWS_OK ? newest(db, level, period, last, err) : rc;
}

enum mews_rc
mews_chunk_periods(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	enum mews_rc rc = chunk_ends(db, level, first, last, err);

	*first *= period_len[level];
	*last *= period_len[level];
	return rc;
}

enum mews_rc
mews_chunk_forget(struct mews_db *db, enum mews_level level, int64_t series,
    int64_t t, struct mews_err *err)
{
	int64_t id = chunk_id(level, t / period_len[level], series);
	sqlite3_stmt *st;
	enum mews_rc rc =
	    mews_blob_range(db, sql_chunks_drop, id, id + 1, &st, err);

	return rc == MEWS_OK ? mews_db_run(db, st, err) : rc;
}
