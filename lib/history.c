/*
 * history.c - what closes is joined from the level below, and stored.
 *
 * rolled.upto says for each level up to where every bucket is stored.  A read
 * takes what is stored before it, and joins what lies behind it from the
 * finer level, which does the same: the open year is eleven months, some days,
 * some hours and at most an hour of minutes.
 */
#include "history.h"
#include "keep.h"
#include "mark.h"
#include "pack.h"
#include "recent.h"
#include "roll.h"
#include "str.h"

#include <stdio.h>

#define DAY 86400

/* Above so many it is cheaper to roll all series than each alone. */
#define FEW 64

/* Where a booking begins: an hour whose minutes were thinned cannot take a part
 * of it any more, the next one can. */
static int64_t
past_thinned(const struct mews_booking *b, int64_t thinned)
{
	int64_t next = b->since - b->since % 3600 + 3600;

	return b->since < thinned && b->since % 3600 != 0 && next < b->upto
	    ? next
	    : b->since;
}

/* Writes what a minute brings besides its values, and rolls what that touches. */
static enum mews_rc
write_extra(struct mews_db *db, const struct mews_extra *x,
    struct mews_err *err)
{
	int64_t from = INT64_MAX, to = 0, thinned, whole = 0;
	struct mews_booking *b;
	size_t i;
	enum mews_rc rc =
	    mews_keep_upto(db, MEWS_KEEP_COUNTER, MEWS_MINUTE, &thinned, err);

	if (rc == MEWS_OK)
		rc = mews_roll_whole(db, MEWS_GAUGE, MEWS_HOUR, &whole, err);
	for (i = 0; i < x->nepochs && rc == MEWS_OK; i++) {
		if (x->event[i].kind != NULL)
			rc = mews_event_write(db, &x->event[i], 1, err);
		x->epoch[i].event = x->event[i].id;
		if (rc == MEWS_OK)
			rc = mews_epoch_write(db, &x->epoch[i], err);
	}
	for (i = 0; i < x->nbookings && rc == MEWS_OK; i++) {
		b = &x->booking[i];
		b->since = past_thinned(b, thinned);
		rc = mews_booking_write(db, b, err);
		from = b->since < from ? b->since : from;
		to = b->upto > to ? b->upto : to;
	}
	if (rc == MEWS_OK && x->nbookings > FEW && from >= whole &&
	    from >= thinned)
		return mews_roll_again(db, from, to, err);
	for (i = 0; i < x->nbookings && rc == MEWS_OK; i++)
		rc = mews_roll_series_again(db, x->booking[i].series,
		    MEWS_COUNTER, x->booking[i].since, x->booking[i].upto, err);
	return rc;
}

/* Notes that a minute is not the newest, or that one is again. */
static enum mews_rc
note_order(struct mews_db *db, int64_t t, struct mews_err *err)
{
	int64_t newest;
	char text[24];
	enum mews_rc rc = mews_store_newest(db, MEWS_MINUTE, &newest, err);

	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(text, sizeof(text), "%lld", (long long)t);
	return t < newest ? mews_mark_set(db, MEWS_MARK_BEHIND, text, err)
			  : mews_mark_drop(db, MEWS_MARK_BEHIND, err);
}

enum mews_rc
mews_history_write(struct mews_db *db, int64_t t, const struct mews_sample *s,
    size_t n, const struct mews_extra *x, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_recent_write(db, MEWS_MINUTE, t, s, n, false, err);
	if (rc == MEWS_OK)
		rc = note_order(db, t, err);
	if (rc == MEWS_OK)
		rc = mews_roll_again(db, t, t + 60, err);
	if (rc == MEWS_OK && x != NULL)
		rc = write_extra(db, x, err);
	if (rc == MEWS_OK && (t + 60) % 900 == 0)
		rc = mews_roll_closed(db, t + 60, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_history_roll(struct mews_db *db, int64_t now, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, mews_roll_closed(db, now, err), err);
}

enum mews_rc
mews_history_pack(struct mews_db *db, int64_t now, struct mews_err *err)
{
	return mews_pack_step(db, now, err);
}

enum mews_rc
mews_history_settle(struct mews_db *db, int64_t now, struct mews_err *err)
{
	enum mews_rc rc = mews_history_roll(db, now, err);

	while (rc == MEWS_OK)
		rc = mews_pack_step(db, now, err);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
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
	rc = mews_roll_upto(db, level, &upto, err);
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
		rc = read_level(db, series, kind, finer(level),
		    mews_roll_from(level, start),
		    mews_calendar_step(level, to - 1, 1), now, &fine, err);
	if (rc == MEWS_OK && start < to)
		rc = mews_roll_group(db, series, kind, level, &fine, start, to,
		    now, out, err);
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
		rc = mews_roll_upto(db, level, &upto, err);
		if (rc == MEWS_NONE) {
			upto = mews_calendar_floor(level, now);
			rc = mews_roll_set_upto(db, level, upto, err);
		}
		if (rc == MEWS_OK)
			rc = mews_roll_series(db, series, kind, level, b[0].t,
			    b[n - 1].t + 60, upto, err);
	}
	return rc;
}

enum mews_rc
mews_history_last(struct mews_db *db, int64_t series, struct mews_bucket *out,
    struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	char text[24];
	int64_t t;
	enum mews_rc rc;

	rc = mews_mark_get(db, MEWS_MARK_BEHIND, text, sizeof(text), err);
	if (rc == MEWS_OK && mews_str_int(text, 0, (int64_t)1 << 40, &t)) {
		rc = mews_store_read(db, MEWS_MINUTE, series, MEWS_COUNTER,
		    t < DAY ? 0 : t - DAY, t + 60, &l, err);
		if (rc == MEWS_OK && l.n > 0)
			*out = l.b[l.n - 1];
		t = (int64_t)l.n;
		mews_buckets_clear(&l);
		if (rc != MEWS_OK || t > 0)
			return rc;
	} else if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	return mews_store_last(db, MEWS_MINUTE, series, out, err);
}

enum mews_rc
mews_history_span(struct mews_db *db, int64_t *first, int64_t *last,
    struct mews_err *err)
{
	return mews_store_span(db, MEWS_MINUTE, first, last, err);
}

enum mews_rc
mews_history_begin(struct mews_db *db, enum mews_level level, int64_t *t,
    struct mews_err *err)
{
	int64_t last;

	return mews_store_span(db, level, t, &last, err);
}

enum mews_rc
mews_history_free(struct mews_db *db, int64_t from, int64_t to, int64_t *t,
    struct mews_err *err)
{
	bool has = true;
	enum mews_rc rc = MEWS_OK;

	for (*t = from; *t < to; *t += 60) {
		rc = mews_store_has(db, MEWS_MINUTE, *t, &has, err);
		if (rc != MEWS_OK || !has)
			return rc;
	}
	return MEWS_NONE;
}
