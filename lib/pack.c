/*
 * pack.c - a mark says which series of which frames are in chunks already.
 *
 * A day of minutes of all series would neither fit in the memory of a small
 * box nor in a commit that nobody notices.  So a few series are read at a time,
 * outside any transaction, and fewer still are written in one.
 */
#include "pack.h"
#include "chunk.h"
#include "recent.h"

#include <stdlib.h>

#define READ_AT_ONCE  64 /* series: 64 x 1440 minutes need 8 MB */
#define WRITE_AT_ONCE 16 /* series */
#define DROP_AT_ONCE  64 /* frames */
#define DAY           86400

/*
 * How far apart packings are, in seconds: minutes and hours go to their chunks
 * once a day, days once in 32 days; months and years stay few.
 */
static const int64_t every[MEWS_LEVELS] = { DAY, DAY, 32 * DAY, 366 * DAY,
	366 * DAY };

/* What there is to pack: MEWS_NONE when nothing is. */
static enum mews_rc
find(struct mews_db *db, int64_t now, struct mews_packing *p,
    struct mews_err *err)
{
	int64_t oldest, last;
	enum mews_level level;
	enum mews_rc rc = mews_recent_packing(db, p, err);

	for (level = MEWS_MINUTE; level <= MEWS_YEAR && rc == MEWS_NONE;
	     level++) {
		*p = (struct mews_packing){ .level = level,
			.before = now - now % every[level] };
		rc = mews_recent_ends(db, level, &oldest, &last, err);
		if (rc == MEWS_OK && oldest >= p->before)
			rc = MEWS_NONE;
	}
	return rc;
}

/* Writes the samples of one series; returns how many these are. */
static size_t
put(struct mews_db *db, enum mews_level level, const struct mews_sample *s,
    size_t n, enum mews_rc *rc, struct mews_err *err)
{
	struct mews_buckets b = { 0 };
	int64_t kept = 0;
	size_t i;

	for (i = 0; i < n && s[i].series == s[0].series; i++)
		mews_buckets_add(&b, &s[i].b);
	*rc = mews_chunk_put(db, level, s[0].series, s[0].kind, b.b, b.n, false,
	    &kept, err);
	mews_buckets_clear(&b);
	return i;
}

/* Writes some series, ordered, and notes that; *at is moved on. */
static enum mews_rc
write(struct mews_db *db, struct mews_packing *p, const struct mews_samples *s,
    size_t *at, struct mews_err *err)
{
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < WRITE_AT_ONCE && *at < s->n && rc == MEWS_OK; i++) {
		p->series = s->s[*at].series + 1;
		*at += put(db, p->level, s->s + *at, s->n - *at, &rc, err);
	}
	if (rc == MEWS_OK)
		rc = mews_recent_set_packing(db, p, err);
	return mews_db_end(db, rc, err);
}

static enum mews_rc
copy(struct mews_db *db, struct mews_packing *p, struct mews_err *err)
{
	struct mews_window w = { p->series, p->series + READ_AT_ONCE, false };
	struct mews_samples s = { 0 };
	size_t at = 0;
	enum mews_rc rc;

	rc = mews_recent_read(db, p->level, 0, p->before, &w, &s, err);
	if (s.n > 0)
		qsort(s.s, s.n, sizeof(*s.s), mews_samples_order);
	while (rc == MEWS_OK && at < s.n)
		rc = write(db, p, &s, &at, err);
	p->series = w.to;
	p->copied = !w.more;
	if (rc == MEWS_OK)
		rc = mews_recent_set_packing(db, p, err);
	mews_samples_clear(&s);
	return rc;
}

/* All of it is in chunks: the frames go. */
static enum mews_rc
drop(struct mews_db *db, const struct mews_packing *p, struct mews_err *err)
{
	bool more = true;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_recent_drop_some(db, p->level, p->before, DROP_AT_ONCE, &more,
	    err);
	if (rc == MEWS_OK && !more)
		rc = mews_recent_set_packing(db, NULL, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_pack_step(struct mews_db *db, int64_t now, struct mews_err *err)
{
	struct mews_packing p;
	enum mews_rc rc = find(db, now, &p, err);

	if (rc != MEWS_OK)
		return rc;
	return p.copied ? drop(db, &p, err) : copy(db, &p, err);
}
