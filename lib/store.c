/*
 * store.c - frames and chunks, by one integer key each.
 *
 * frame.id is level and start; chunk.id is level, period and series, time
 * before series, so that packing a day writes neighbours and a chart of one
 * series reads one row a period.  A chunk begins with the kind of its series
 * and its length before compression.
 */
#include "store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define DAY         INT64_C(86400)
#define SERIES_BITS 24
#define PERIOD_BITS 24
#define TIME_BITS   40
#define SERIES_MASK ((INT64_C(1) << SERIES_BITS) - 1)
#define PERIOD_MASK ((INT64_C(1) << PERIOD_BITS) - 1)
#define TIME_MASK   ((INT64_C(1) << TIME_BITS) - 1)
/* Bytes of a chunk before compression, at most: a day of minutes that change
 * wildly has about 40 kB. */
#define CHUNK_MOST (1 << 22)
/* Series that are packed at once: 64 x 1440 minutes need 8 MB. */
#define PACK_AT_ONCE 64

/* Length of a chunk's period by level, in seconds. */
static const int64_t period_len[MEWS_LEVELS] = { DAY, 30 * DAY, 366 * DAY,
	100000 * DAY, 100000 * DAY };

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
static const char sql_frame_ends[] =
    "SELECT (SELECT min(id) FROM frame WHERE id >= ?1 AND id < ?2),"
    " (SELECT max(id) FROM frame WHERE id >= ?1 AND id < ?2)";
static const char sql_chunk_set[] =
    "INSERT OR REPLACE INTO chunk(id, data) VALUES(?, ?)";
static const char sql_chunk_get[] = "SELECT data FROM chunk WHERE id = ?";
static const char sql_chunks[] =
    "SELECT id, data FROM chunk WHERE id >= ? AND id < ? ORDER BY id";
static const char sql_chunk_ends[] =
    "SELECT (SELECT min(id) FROM chunk WHERE id >= ?1 AND id < ?2),"
    " (SELECT max(id) FROM chunk WHERE id >= ?1 AND id < ?2)";

static int64_t
frame_id(enum mews_level level, int64_t t)
{
	return (int64_t)level << TIME_BITS | (t & TIME_MASK);
}

static int64_t
chunk_id(enum mews_level level, int64_t period, int64_t series)
{
	return ((int64_t)level << PERIOD_BITS | (period & PERIOD_MASK))
	    << SERIES_BITS |
	    (series & SERIES_MASK);
}

void
mews_samples_add(struct mews_samples *l, const struct mews_sample *s)
{
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 64 : 2 * l->cap;
		l->s = mews_realloc(l->s, l->cap, sizeof(*l->s));
	}
	l->s[l->n++] = *s;
}

void
mews_samples_clear(struct mews_samples *l)
{
	free(l->s);
	*l = (struct mews_samples){ 0 };
}

static enum mews_rc
damaged(const char *what, int64_t id, struct mews_err *err)
{
	return mews_fail(err, MEWS_BAD, "history.db: %s %lld is damaged", what,
	    (long long)id);
}

/* Runs a statement with an id and a blob. */
static enum mews_rc
set(struct mews_db *db, const char *sql, int64_t id, const void *data, size_t n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_blob(st, 2, data, (int)n, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

/* A statement over the ids [from, to), ready to step. */
static enum mews_rc
range(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    sqlite3_stmt **st, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(*st, 1, from);
	(void)sqlite3_bind_int64(*st, 2, to);
	return MEWS_OK;
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

/* Which series of a frame are wanted: those in [from, to).  more is set when
 * the frame has later ones. */
struct window {
	int64_t from, to;
	bool more;
};
#define ALL                                                                    \
	{                                                                      \
		0, SERIES_MASK, false                                          \
	}

/* Appends the wanted entries of the frame in the statement's row. */
static enum mews_rc
unpack_frame(sqlite3_stmt *st, int column, int64_t id, struct window *w,
    struct mews_samples *out, struct mews_err *err)
{
	const unsigned char *p = sqlite3_column_blob(st, column), *end;
	int n = sqlite3_column_bytes(st, column);
	struct mews_sample s = { 0 };
	struct mews_bucket last;

	if (n == 0)
		return MEWS_OK;
	for (end = p + n; p < end;) {
		last = (struct mews_bucket){ .t = (id & TIME_MASK) - 60 };
		if (!entry(&p, end, &s.series, &s.kind) ||
		    mews_bucket_get(&p, end, s.kind, &last, &s.b) != MEWS_OK)
			return damaged("frame", id, err);
		if (s.series >= w->to) {
			w->more = true;
			break;
		}
		if (s.series >= w->from)
			mews_samples_add(out, &s);
	}
	return MEWS_OK;
}

/* Appends the wanted entries of the frames that start in [from, to). */
static enum mews_rc
unpack_frames(struct mews_db *db, enum mews_level level, int64_t from,
    int64_t to, struct window *w, struct mews_samples *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = range(db, sql_frames, frame_id(level, from), frame_id(level, to),
	    &st, err);
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
mews_store_frame(struct mews_db *db, enum mews_level level, int64_t t,
    const struct mews_sample *s, size_t n, bool replace, struct mews_err *err)
{
	struct mews_buf b = { 0 };
	struct mews_bucket last;
	int64_t before = 0;
	uint64_t head;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++) {
		head =
		    (uint64_t)(s[i].series - before) << 2 | (uint64_t)s[i].kind;
		before = s[i].series;
		for (; head >= 0x80; head >>= 7)
			mews_buf_byte(&b, (unsigned char)(head | 0x80));
		mews_buf_byte(&b, (unsigned char)head);
		last = (struct mews_bucket){ .t = t - 60 };
		mews_bucket_put(&b, s[i].kind, &last, &s[i].b);
	}
	rc = set(db, replace ? sql_frame_set : sql_frame_add,
	    frame_id(level, t), b.s == NULL ? "" : b.s, b.n, err);
	mews_buf_clear(&b);
	return rc;
}

/* The frame of t, all entries; MEWS_NONE when there is none. */
static enum mews_rc
get_frame(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_samples *out, struct mews_err *err)
{
	struct window all = ALL;
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

/* Sets one series in the frame of b->t.  MEWS_NONE: there is no such frame. */
static enum mews_rc
patch_frame(struct mews_db *db, enum mews_level level,
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
	rc = mews_store_frame(db, level, s->b.t, all.s, all.n, true, err);
out:
	mews_samples_clear(&all);
	return rc;
}

/* Appends the buckets of a chunk's bytes that start in [from, to). */
static enum mews_rc
unpack_chunk(sqlite3_stmt *st, int data, int64_t id, int64_t from, int64_t to,
    enum mews_kind *kind, struct mews_buckets *out, struct mews_err *err)
{
	const unsigned char *in = sqlite3_column_blob(st, data), *p, *end;
	int n = sqlite3_column_bytes(st, data);
	struct mews_bucket last = { 0 }, b;
	unsigned char *raw = NULL;
	uLongf len;
	enum mews_rc rc = MEWS_BAD;

	if (n < 5 || in[0] > MEWS_STATE)
		goto out;
	*kind = (enum mews_kind)in[0];
	len = (uLongf)in[1] | (uLongf)in[2] << 8 | (uLongf)in[3] << 16;
	if (len > CHUNK_MOST)
		goto out;
	raw = mews_alloc(len, 1);
	if (uncompress(raw, &len, in + 4, (uLong)n - 4) != Z_OK)
		goto out;
	p = raw;
	end = raw + len;
	while ((rc = mews_bucket_get(&p, end, *kind, &last, &b)) == MEWS_OK &&
	    b.t < to)
		if (b.t >= from)
			mews_buckets_add(out, &b);
out:
	free(raw);
	return rc == MEWS_BAD ? damaged("chunk", id, err) : MEWS_OK;
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
	struct mews_buf raw = { 0 };
	unsigned char *z;
	uLongf len;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++)
		mews_bucket_put(&raw, kind, &last, &b[i]);
	len = compressBound(raw.n);
	z = mews_alloc(len + 4, 1);
	if (raw.n > CHUNK_MOST ||
	    compress2(z + 4, &len, (const unsigned char *)raw.s, raw.n, 6) !=
		Z_OK)
		rc = mews_fail(err, MEWS_FAIL,
		    "history.db: chunk %lld: %zu "
		    "bytes cannot be packed",
		    (long long)id, raw.n);
	else {
		z[0] = (unsigned char)kind;
		z[1] = (unsigned char)raw.n;
		z[2] = (unsigned char)(raw.n >> 8);
		z[3] = (unsigned char)(raw.n >> 16);
		rc = set(db, sql_chunk_set, id, z, len + 4, err);
	}
	free(z);
	mews_buf_clear(&raw);
	return rc;
}

/* Joins two ascending lists; where both have a time, right wins. */
static void
merge(const struct mews_buckets *left, const struct mews_bucket *right,
    size_t n, struct mews_buckets *out)
{
	size_t i = 0, j = 0;

	while (i < left->n || j < n) {
		if (j == n || (i < left->n && left->b[i].t < right[j].t)) {
			mews_buckets_add(out, &left->b[i++]);
			continue;
		}
		if (i < left->n && left->b[i].t == right[j].t)
			i++;
		mews_buckets_add(out, &right[j++]);
	}
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
		merge(&old, b, left, &all);
		rc = set_chunk(db, id, kind, all.b, all.n, err);
	}
	mews_buckets_clear(&old);
	mews_buckets_clear(&all);
	return rc;
}

/* First and last id of a table in the level's range; MEWS_NONE: no row. */
static enum mews_rc
ends(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    int64_t *first, int64_t *last, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = range(db, sql, from, to, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*first = sqlite3_column_int64(st, 0);
		*last = sqlite3_column_int64(st, 1);
		if (sqlite3_column_type(st, 0) == SQLITE_NULL)
			rc = MEWS_NONE;
	}
	mews_db_done(st);
	return rc;
}

/* From when to when there are frames; an empty range when there are none. */
static enum mews_rc
frame_ends(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	enum mews_rc rc = ends(db, sql_frame_ends, frame_id(level, 0),
	    frame_id(level, TIME_MASK), first, last, err);

	*first &= TIME_MASK;
	*last &= TIME_MASK;
	if (rc == MEWS_NONE)
		*last = (*first = 0) - 1;
	return rc;
}

/* Puts buckets of one series into its chunks. */
static enum mews_rc
put_chunks(struct mews_db *db, enum mews_level level, int64_t series,
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
mews_store_put(struct mews_db *db, enum mews_level level, int64_t series,
    enum mews_kind kind, const struct mews_bucket *b, size_t n, bool keep,
    int64_t *kept, struct mews_err *err)
{
	struct mews_sample s = { .series = series, .kind = kind };
	struct mews_buckets rest = { 0 };
	int64_t first, last;
	enum mews_rc rc;
	size_t i;

	rc = frame_ends(db, level, &first, &last, err);
	if (rc == MEWS_NONE)
		rc = MEWS_OK;
	for (i = 0; i < n && rc == MEWS_OK; i++) {
		s.b = b[i];
		rc = MEWS_NONE;
		if (s.b.t >= first && s.b.t <= last)
			rc = patch_frame(db, level, &s, keep, kept, err);
		if (rc == MEWS_NONE) {
			mews_buckets_add(&rest, &b[i]);
			rc = MEWS_OK;
		}
	}
	if (rc == MEWS_OK)
		rc = put_chunks(db, level, series, kind, rest.b, rest.n, keep,
		    kept, err);
	mews_buckets_clear(&rest);
	return rc;
}

enum mews_rc
mews_store_read(struct mews_db *db, enum mews_level level, int64_t series,
    enum mews_kind kind, int64_t from, int64_t to, struct mews_buckets *out,
    struct mews_err *err)
{
	struct window only = { series, series + 1, false };
	struct mews_buckets old = { 0 }, new = { 0 };
	struct mews_samples s = { 0 };
	int64_t p, last = (to - 1) / period_len[level];
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (p = from / period_len[level]; p <= last && rc == MEWS_OK; p++)
		rc = get_chunk(db, chunk_id(level, p, series), from, to, &old,
		    err);
	if (rc == MEWS_OK)
		rc = unpack_frames(db, level, from, to, &only, &s, err);
	if (rc == MEWS_OK) {
		for (i = 0; i < s.n; i++)
			if (s.s[i].kind == kind)
				mews_buckets_add(&new, &s.s[i].b);
		merge(&old, new.b, new.n, out);
	}
	mews_samples_clear(&s);
	mews_buckets_clear(&old);
	mews_buckets_clear(&new);
	return rc;
}

/* By series, then time; of two at one time the one that came later last. */
static int
order(const void *left, const void *right)
{
	const struct mews_sample *a = left, *b = right;

	if (a->series != b->series)
		return a->series < b->series ? -1 : 1;
	if (a->b.t != b->b.t)
		return a->b.t < b->b.t ? -1 : 1;
	return 0;
}

/* Appends what the chunks of [from, to) hold and no frame in out has. */
static enum mews_rc
add_chunks(struct mews_db *db, enum mews_level level, int64_t from, int64_t to,
    struct mews_samples *out, struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	struct mews_sample s;
	size_t frames = out->n, i;
	sqlite3_stmt *st;
	int64_t id;
	enum mews_rc rc;

	if (frames > 0)
		qsort(out->s, frames, sizeof(*out->s), order);
	rc = range(db, sql_chunks, chunk_id(level, from / period_len[level], 0),
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
			    bsearch(&s, out->s, frames, sizeof(s), order) ==
				NULL)
				mews_samples_add(out, &s);
		}
	}
	mews_db_done(st);
	mews_buckets_clear(&b);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_store_read_all(struct mews_db *db, enum mews_level level, int64_t from,
    int64_t to, struct mews_samples *out, struct mews_err *err)
{
	struct window all = ALL;
	enum mews_rc rc = unpack_frames(db, level, from, to, &all, out, err);

	if (rc == MEWS_OK)
		rc = add_chunks(db, level, from, to, out, err);
	if (rc == MEWS_OK && out->n > 0)
		qsort(out->s, out->n, sizeof(*out->s), order);
	return rc;
}

/* Moves the samples of some series, ordered by series, into chunks. */
static enum mews_rc
pack(struct mews_db *db, enum mews_level level, const struct mews_samples *s,
    struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	int64_t kept = 0;
	enum mews_rc rc = MEWS_OK;
	size_t i, j;

	for (i = 0; i < s->n && rc == MEWS_OK; i = j) {
		b.n = 0;
		for (j = i; j < s->n && s->s[j].series == s->s[i].series; j++)
			mews_buckets_add(&b, &s->s[j].b);
		rc = put_chunks(db, level, s->s[i].series, s->s[i].kind, b.b,
		    b.n, false, &kept, err);
	}
	mews_buckets_clear(&b);
	return rc;
}

/* A few series at a time: a day of minutes of all would not fit in the memory
 * of a small box. */
enum mews_rc
mews_store_pack(struct mews_db *db, enum mews_level level, int64_t t,
    struct mews_err *err)
{
	struct window w = { 0, PACK_AT_ONCE, false };
	struct mews_samples s = { 0 };
	sqlite3_stmt *st;
	enum mews_rc rc;

	do {
		w.more = false;
		s.n = 0;
		rc = unpack_frames(db, level, 0, t, &w, &s, err);
		if (rc == MEWS_OK && s.n > 0) {
			qsort(s.s, s.n, sizeof(*s.s), order);
			rc = pack(db, level, &s, err);
		}
		w.from = w.to;
		w.to += PACK_AT_ONCE;
	} while (rc == MEWS_OK && w.more);
	if (rc == MEWS_OK)
		rc = range(db, sql_frames_drop, frame_id(level, 0),
		    frame_id(level, t), &st, err);
	if (rc == MEWS_OK)
		rc = mews_db_run(db, st, err);
	mews_samples_clear(&s);
	return rc;
}

/* The newest entry of a series in the frames. */
static enum mews_rc
last_frame(struct mews_db *db, enum mews_level level, int64_t series,
    struct mews_bucket *out, struct mews_err *err)
{
	struct window only = { series, series + 1, false };
	struct mews_samples s = { 0 };
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = range(db, sql_frames_back, frame_id(level, 0),
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

static enum mews_rc
chunk_ends(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	enum mews_rc rc = ends(db, sql_chunk_ends, chunk_id(level, 0, 0),
	    chunk_id(level, PERIOD_MASK, 0), first, last, err);

	*first = *first >> SERIES_BITS & PERIOD_MASK;
	*last = *last >> SERIES_BITS & PERIOD_MASK;
	return rc;
}

enum mews_rc
mews_store_oldest(struct mews_db *db, enum mews_level level, int64_t *t,
    struct mews_err *err)
{
	int64_t last;

	return frame_ends(db, level, t, &last, err);
}

enum mews_rc
mews_store_last(struct mews_db *db, enum mews_level level, int64_t series,
    struct mews_bucket *out, struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	int64_t first, p;
	enum mews_rc rc;

	if ((rc = last_frame(db, level, series, out, err)) != MEWS_NONE)
		return rc;
	if ((rc = chunk_ends(db, level, &first, &p, err)) != MEWS_OK)
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

	rc = range(db, sql_chunks, chunk_id(level, period, 0),
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
mews_store_span(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	int64_t f0, f1, c0 = 0, c1 = 0;
	enum mews_rc frames, chunks;

	frames = frame_ends(db, level, &f0, &f1, err);
	if (frames != MEWS_OK && frames != MEWS_NONE)
		return frames;
	chunks = chunk_ends(db, level, &c0, &c1, err);
	if (chunks == MEWS_NONE) {
		*first = f0;
		*last = f1;
		return frames;
	}
	if (chunks == MEWS_OK)
		chunks = newest(db, level, c1, &f1, err);
	c0 *= period_len[level];
	*first = frames == MEWS_OK && f0 < c0 ? f0 : c0;
	*last = f1;
	return chunks;
}
