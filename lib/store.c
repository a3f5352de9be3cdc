/*
 * store.c - one level, whether its buckets stand in frames or in chunks.
 */
#include "store.h"
#include "chunk.h"
#include "recent.h"

#include <stdlib.h>

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

	rc = mews_recent_ends(db, level, &first, &last, err);
	if (rc == MEWS_NONE)
		rc = MEWS_OK;
	for (i = 0; i < n && rc == MEWS_OK; i++) {
		s.b = b[i];
		rc = MEWS_NONE;
		if (s.b.t >= first && s.b.t <= last)
			rc = mews_recent_patch(db, level, &s, keep, kept, err);
		if (rc == MEWS_NONE) {
			mews_buckets_add(&rest, &b[i]);
			rc = MEWS_OK;
		}
	}
	if (rc == MEWS_OK)
		rc = mews_chunk_put(db, level, series, kind, rest.b, rest.n,
		    keep, kept, err);
	mews_buckets_clear(&rest);
	return rc;
}

static bool
blank(const struct mews_bucket *b)
{
	return b->seen == 0 && b->flags == 0;
}

enum mews_rc
mews_store_read(struct mews_db *db, enum mews_level level, int64_t series,
    enum mews_kind kind, int64_t from, int64_t to, struct mews_buckets *out,
    struct mews_err *err)
{
	struct mews_window only = { series, series + 1, false };
	struct mews_buckets old = { 0 }, new = { 0 }, all = { 0 };
	struct mews_samples s = { 0 };
	enum mews_rc rc;
	size_t i;

	rc = mews_chunk_read(db, level, series, from, to, &old, err);
	if (rc == MEWS_OK)
		rc = mews_recent_read(db, level, from, to, &only, &s, err);
	if (rc == MEWS_OK) {
		for (i = 0; i < s.n; i++)
			if (s.s[i].kind == kind)
				mews_buckets_add(&new, &s.s[i].b);
		mews_buckets_merge(&old, new.b, new.n, &all);
		for (i = 0; i < all.n; i++)
			if (!blank(&all.b[i]))
				mews_buckets_add(out, &all.b[i]);
	}
	mews_samples_clear(&s);
	mews_buckets_clear(&old);
	mews_buckets_clear(&new);
	mews_buckets_clear(&all);
	return rc;
}

/* Sorts by series, then time. */
static void
sort(struct mews_samples *s)
{
	if (s->n > 0)
		qsort(s->s, s->n, sizeof(*s->s), mews_samples_order);
}

enum mews_rc
mews_store_read_all(struct mews_db *db, enum mews_level level, int64_t from,
    int64_t to, struct mews_samples *out, struct mews_err *err)
{
	struct mews_window all = MEWS_ALL_SERIES;
	enum mews_rc rc = mews_recent_read(db, level, from, to, &all, out, err);
	size_t i, n = 0;

	sort(out);
	if (rc == MEWS_OK)
		rc = mews_chunk_read_all(db, level, from, to, out, err);
	for (i = 0; i < out->n; i++)
		if (!blank(&out->s[i].b))
			out->s[n++] = out->s[i];
	out->n = n;
	sort(out);
	return rc;
}

enum mews_rc
mews_store_drop(struct mews_db *db, enum mews_level level, struct mews_err *err)
{
	enum mews_rc rc = mews_recent_drop(db, level, INT64_MAX, err);

	return rc == MEWS_OK ? mews_chunk_drop(db, level, err) : rc;
}

enum mews_rc
mews_store_has(struct mews_db *db, enum mews_level level, int64_t t, bool *out,
    struct mews_err *err)
{
	struct mews_samples s = { 0 };
	enum mews_rc rc = mews_store_read_all(db, level, t, t + 60, &s, err);

	*out = s.n > 0;
	mews_samples_clear(&s);
	return rc;
}

enum mews_rc
mews_store_newest(struct mews_db *db, enum mews_level level, int64_t *t,
    struct mews_err *err)
{
	int64_t first, frame, chunk;
	enum mews_rc frames = mews_recent_ends(db, level, &first, &frame, err);
	enum mews_rc chunks = mews_chunk_newest(db, level, &chunk, err);

	*t = frames != MEWS_OK || (chunks == MEWS_OK && chunk > frame) ? chunk
								       : frame;
	return frames == MEWS_NONE ? chunks
	    : chunks == MEWS_NONE  ? frames
	    : frames != MEWS_OK    ? frames
				   : chunks;
}

enum mews_rc
mews_store_last(struct mews_db *db, enum mews_level level, int64_t series,
    struct mews_bucket *out, struct mews_err *err)
{
	enum mews_rc rc = mews_recent_last(db, level, series, out, err);

	return rc == MEWS_NONE ? mews_chunk_last(db, level, series, out, err)
			       : rc;
}

enum mews_rc
mews_store_span(struct mews_db *db, enum mews_level level, int64_t *first,
    int64_t *last, struct mews_err *err)
{
	int64_t f0, f1, c0, c1;
	enum mews_rc frames, chunks;

	frames = mews_recent_ends(db, level, &f0, &f1, err);
	if (frames != MEWS_OK && frames != MEWS_NONE)
		return frames;
	chunks = mews_chunk_span(db, level, &c0, &c1, err);
	if (chunks != MEWS_OK && chunks != MEWS_NONE)
		return chunks;
	if (frames == MEWS_NONE && chunks == MEWS_NONE)
		return MEWS_NONE;
	*first =
	    frames == MEWS_NONE || (chunks == MEWS_OK && c0 < f0) ? c0 : f0;
	*last = f1 > c1 ? f1 : c1;
	return MEWS_OK;
}
