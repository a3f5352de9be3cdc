/*
 * keep_thin.c - a table of what may go in which order, and one step of it.
 *
 * A chunk is one row, so thinning deletes rows and never rewrites one; the file
 * does not shrink, its pages are used again.  Where a period lost a part of its
 * series when the writer was killed, the rest is found there again.
 */
#include "keep_thin.h"
#include "chunk.h"
#include "history.h"
#include "mark.h"
#include "roll.h"

#include <stdlib.h>

#define AT_ONCE 64 /* chunks */
#define LOOK    16 /* periods, without finding anything */
#define DAY     86400

/* In the order of keep_thin.h. */
static const struct rule {
	enum mews_keep_class class;
	enum mews_level level;
	int days;  /* kept; 0: the floor */
	bool aged; /* the older one of this and the next goes */
} rules[] = {
	{ MEWS_KEEP_COUNTER, MEWS_MINUTE, 0, false },
	{ MEWS_KEEP_QUALITY, MEWS_HOUR, 0, false },
	{ MEWS_KEEP_GAUGE, MEWS_HOUR, 0, false },
	{ MEWS_KEEP_COUNTER, MEWS_HOUR, 0, false },
	{ MEWS_KEEP_QUALITY, MEWS_DAY, 0, false },
	{ MEWS_KEEP_GAUGE, MEWS_DAY, 0, false },
	{ MEWS_KEEP_QUALITY, MEWS_MINUTE, 0, true },
	{ MEWS_KEEP_GAUGE, MEWS_MINUTE, 0, false },
	{ MEWS_KEEP_QUALITY, MEWS_MINUTE, MEWS_THIN_LEAST, false },
	{ MEWS_KEEP_GAUGE, MEWS_MINUTE, MEWS_THIN_LEAST, false },
};

void
mews_thin_clear(struct mews_thin *k)
{
	free(k->class);
	*k = (struct mews_thin){ 0 };
}

/* Learns the class of each series, again when there is a new one. */
static enum mews_rc
learn(struct mews_db *db, struct mews_thin *k, int64_t series,
    struct mews_err *err)
{
	const struct mews_quantity *q;
	int64_t id = k->nclass > 0 ? k->nclass - 1 : 0, device;
	enum mews_rc rc = MEWS_OK;

	if (series < k->nclass)
		return MEWS_OK;
	k->class = mews_realloc(k->class, (size_t)series + 1, 1);
	for (; k->nclass <= series; k->nclass++)
		k->class[k->nclass] = MEWS_KEEP_GAUGE;
	while ((rc = mews_history_next(db, &id, &device, &q, err)) == MEWS_OK &&
	    id <= series)
		k->class[id] = (unsigned char)mews_keep_class(q);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* The series of a class that have a chunk of the period of t, at most AT_ONCE. */
static enum mews_rc
choose(struct mews_db *db, struct mews_thin *k, const struct rule *r, int64_t t,
    int64_t series[AT_ONCE], size_t *n, struct mews_err *err)
{
	struct mews_chunk_size *list;
	size_t i, nlist;
	enum mews_rc rc;

	*n = 0;
	rc = mews_chunk_list(db, r->level, t, &list, &nlist, err);
	if (rc == MEWS_OK && nlist > 0)
		rc = learn(db, k, list[nlist - 1].series, err);
	for (i = 0; i < nlist && *n < AT_ONCE && rc == MEWS_OK; i++)
		if (k->class[list[i].series] == r->class)
			series[(*n)++] = list[i].series;
	free(list);
	return rc;
}

/* Where a rule ends: what starts there stays.  What was not joined yet does. */
static enum mews_rc
limit(struct mews_db *db, const struct rule *r, int64_t now, int64_t *t,
    struct mews_err *err)
{
	int days = r->days != 0 ? r->days : mews_keep_floor(r->class, r->level);
	int64_t joined = 0;
	enum mews_rc rc =
	    mews_roll_upto(db, (enum mews_level)(r->level + 1), &joined, err);

	*t = now - (int64_t)days * DAY;
	*t = joined < *t ? joined : *t;
	*t -= *t % mews_chunk_period(r->level);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* The oldest period of a rule that has anything: *t, and of which series.
 * MEWS_NONE; MEWS_AGAIN: there are more to look at. */
static enum mews_rc
find(struct mews_db *db, struct mews_thin *k, const struct rule *r, int64_t now,
    int64_t *t, int64_t series[AT_ONCE], size_t *n, struct mews_err *err)
{
	int64_t *from = &k->from[r->class][r->level], first, last, end;
	enum mews_rc rc;
	int i;

	rc = mews_chunk_periods(db, r->level, &first, &last, err);
	if (rc == MEWS_OK)
		rc = limit(db, r, now, &end, err);
	if (rc != MEWS_OK)
		return rc;
	*from = *from < first ? first : *from;
	for (i = 0; *from < end && *from <= last; i++) {
		*t = *from;
		rc = choose(db, k, r, *t, series, n, err);
		if (rc != MEWS_OK || *n > 0)
			return rc;
		if (i == LOOK)
			return MEWS_AGAIN;
		*from += mews_chunk_period(r->level);
	}
	return MEWS_NONE;
}

static enum mews_rc
take(struct mews_db *db, const struct rule *r, int64_t t, const int64_t *series,
    size_t n, struct mews_err *err)
{
	size_t i;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_keep_set_upto(db, r->class, r->level,
	    t + mews_chunk_period(r->level), err);
	for (i = 0; i < n && rc == MEWS_OK; i++)
		rc = mews_chunk_forget(db, r->level, series[i], t, err);
	return mews_db_end(db, rc, err);
}

/* Applies a rule, or of two that go by age the one whose turn it is. */
static enum mews_rc
apply(struct mews_db *db, struct mews_thin *k, const struct rule *r,
    int64_t now, struct mews_err *err)
{
	int64_t series[2][AT_ONCE], t[2] = { INT64_MAX, INT64_MAX };
	size_t n[2], i;
	enum mews_rc rc = MEWS_NONE;

	for (i = 0; i < (r->aged ? 2 : 1); i++) {
		rc = find(db, k, r + i, now, &t[i], series[i], &n[i], err);
		if (rc != MEWS_OK && rc != MEWS_NONE)
			return rc == MEWS_AGAIN ? MEWS_OK : rc;
		if (rc == MEWS_NONE)
			t[i] = INT64_MAX;
	}
	i = t[1] < t[0];
	return t[i] == INT64_MAX ? MEWS_NONE
				 : take(db, r + i, t[i], series[i], n[i], err);
}

enum mews_rc
mews_thin_step(struct mews_db *db, struct mews_thin *k, int64_t budget,
    int64_t now, struct mews_err *err)
{
	int64_t used, spare;
	char text[24];
	enum mews_rc rc;
	size_t i;

	rc = mews_mark_get(db, MEWS_MARK_DOUBT, text, sizeof(text), err);
	if (rc != MEWS_NONE)
		return rc == MEWS_OK ? MEWS_NONE : rc;
	if ((rc = mews_db_size(db, &used, &spare, err)) != MEWS_OK)
		return rc;
	if (used <= budget) {
		k->tight = false;
		return MEWS_NONE;
	}
	for (i = 0; i < MEWS_LEN(rules); i++)
		if ((rc = apply(db, k, &rules[i], now, err)) != MEWS_NONE)
			return rc;
	k->tight = true;
	return MEWS_NONE;
}
