/*
 * check_history.c - a level is computed again and held against what is stored.
 *
 * Whether the finer level is still whole is told by the number of minutes seen:
 * where thinning or damage took some, the coarser bucket is right.
 */
#include "check_inside.h"
#include "chunk.h"
#include "recent.h"
#include "roll.h"

#include <inttypes.h>
#include <stdio.h>

#define DAY INT64_C(86400)

/* One series being checked. */
struct work {
	struct mews_db *db;
	const struct mews_check *check;
	int64_t series;
	const struct mews_quantity *quantity;
};

static const char *const rules[MEWS_RULES] = { "FILE", "I1", "I2", "I3", "I4" };

const char *
mews_rule_name(enum mews_rule rule)
{
	return rules[rule];
}

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
}

static void
tell(const struct work *w, enum mews_rule rule, enum mews_level level,
    int64_t from, int64_t to, bool mendable, const char *text)
{
	struct mews_finding f = { .rule = rule,
		.series = w->series,
		.level = level,
		.from = from,
		.to = to,
		.mendable = mendable };

	(void)snprintf(f.text, sizeof(f.text), "%s", text);
	w->check->found(w->check->ctx, &f);
}

/* Of a bucket: "hour 2026-11-22T14:00:00Z: " and what is wrong with it. */
static void
tell_bucket(const struct work *w, enum mews_rule rule, enum mews_level level,
    int64_t t, bool mendable, const char *why)
{
	char text[200], stamp[MEWS_STAMP];

	mews_calendar_utc(t, stamp);
	(void)snprintf(text, sizeof(text), "%s %s: %s", mews_level_name(level),
	    stamp, why);
	tell(w, rule, level, t, mews_calendar_step(level, t, 1), mendable,
	    text);
}

static void
tell_sum(const struct work *w, enum mews_level level,
    const struct mews_bucket *given, const struct mews_bucket *stored)
{
	const char *of = mews_level_name(finer(level));
	char why[120];

	if (stored == NULL)
		(void)snprintf(why, sizeof(why),
		    "it is missing, its %ss give %" PRId64, of, given->sum);
	else if (stored->sum != given->sum)
		(void)snprintf(why, sizeof(why),
		    "%" PRId64 " is stored, its %ss give %" PRId64, stored->sum,
		    of, given->sum);
	else
		(void)snprintf(why, sizeof(why),
		    "its extremes or samples are not those of its %ss", of);
	tell_bucket(w, MEWS_RULE_SUM, level, given->t, true, why);
}

/* I1 in a piece of a level. */
static enum mews_rc
check_sums(const struct work *w, enum mews_level level, int64_t from,
    int64_t to, struct mews_err *err)
{
	struct mews_buckets given = { 0 }, stored = { 0 };
	const struct mews_bucket *b;
	size_t i, k = 0;
	enum mews_rc rc = mews_check_compute(w->db, w->series,
	    w->quantity->kind, level, from, to, &given, &stored, err);

	for (i = 0; i < given.n && rc == MEWS_OK; i++) {
		b = mews_check_at(&stored, &k, given.b[i].t);
		if (mews_check_wrong(w->quantity->kind, &given.b[i], b))
			tell_sum(w, level, &given.b[i], b);
	}
	mews_buckets_clear(&given);
	mews_buckets_clear(&stored);
	return rc;
}

/* I3 and I4 of one bucket. */
static void
check_bucket(const struct work *w, enum mews_level level,
    const struct mews_bucket *b)
{
	if (w->quantity->kind == MEWS_COUNTER && b->sum < 0)
		tell_bucket(w, MEWS_RULE_SIGN, level, b->t, false,
		    "a counter counted backwards");
	if (b->seen == 0 && b->sum != 0 && (b->flags & MEWS_ESTIMATED) == 0)
		tell_bucket(w, MEWS_RULE_SOURCE, level, b->t, false,
		    "it has a value, but no device sent one");
	if (b->t > w->check->now + DAY)
		tell_bucket(w, MEWS_RULE_SOURCE, level, b->t, false,
		    "it lies in the future");
}

/* How long a piece is that is looked at in one go, in seconds. */
static const int64_t piece[MEWS_LEVELS] = { 30 * DAY, 30 * DAY, 366 * DAY,
	36600 * DAY, 36600 * DAY };

/* From when to when the level has anything. */
static enum mews_rc
span(struct mews_db *db, enum mews_level level, int64_t *from, int64_t *to,
    struct mews_err *err)
{
	int64_t f, c, last;
	enum mews_rc frames = mews_recent_ends(db, level, &f, to, err);
	enum mews_rc chunks = mews_chunk_periods(db, level, &c, &last, err);

	*from = frames != MEWS_OK || (chunks == MEWS_OK && c < f) ? c : f;
	if (frames != MEWS_OK ||
	    (chunks == MEWS_OK && last + piece[level] > *to))
		*to = last + piece[level];
	*to = mews_calendar_step(level, *to, 1);
	return frames == MEWS_NONE ? chunks : frames;
}

/* The next border of pieces behind t, at a bucket of the level. */
static int64_t
next_piece(enum mews_level level, int64_t t, int64_t to)
{
	int64_t end = mews_calendar_floor(level, t + piece[level]);

	return end > to || end <= t ? to : end;
}

/* I1, I3 and I4 in one level of a series. */
static enum mews_rc
check_level(const struct work *w, enum mews_level level, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	int64_t from, to, end, upto = 0, whole = 0;
	enum mews_rc rc = span(w->db, level, &from, &to, err);
	size_t i;

	if (rc == MEWS_OK && level > MEWS_MINUTE)
		rc = mews_roll_whole(w->db, w->quantity->kind, level, &whole,
		    err);

	if (rc != MEWS_OK)
		return rc == MEWS_NONE ? MEWS_OK : rc;
	if (level > MEWS_MINUTE &&
	    mews_roll_upto(w->db, level, &upto, err) == MEWS_OK && upto < to)
		to = upto;
	from = mews_calendar_floor(level, from);
	for (; from < to && rc == MEWS_OK; from = end) {
		end = next_piece(level, from, to);
		l.n = 0;
		rc = mews_store_read(w->db, level, w->series, w->quantity->kind,
		    from, end, &l, err);
		for (i = 0; i < l.n && rc == MEWS_OK; i++)
			check_bucket(w, level, &l.b[i]);
		if (rc == MEWS_OK && level > MEWS_MINUTE && end > whole)
			rc = check_sums(w, level, from > whole ? from : whole,
			    end, err);
	}
	mews_buckets_clear(&l);
	return rc;
}

/* I2 between two minutes that follow each other. */
static enum mews_rc
check_step(const struct work *w, const struct mews_bookings *l,
    const struct mews_bucket *a, const struct mews_bucket *b,
    struct mews_err *err)
{
	struct mews_finding f = { .rule = MEWS_RULE_INDEX,
		.series = w->series,
		.level = MEWS_MINUTE,
		.from = a->t,
		.to = b->t + 60 };
	char stamp[MEWS_STAMP];
	int64_t since, lost;
	enum mews_rc rc =
	    mews_check_lost(w->db, w->series, l, a, b, &since, &lost, err);

	if (rc != MEWS_OK || lost == 0)
		return rc;
	mews_calendar_utc(b->t, stamp);
	(void)snprintf(f.text, sizeof(f.text),
	    "minute %s: since the minute before the index moved by %" PRId64
	    ", %" PRId64 " was booked",
	    stamp, b->end - a->end, b->end - a->end - lost);
	f.mendable = lost > 0 && since < b->t;
	w->check->found(w->check->ctx, &f);
	return MEWS_OK;
}

/* I2 of a counter. */
static enum mews_rc
check_index(const struct work *w, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	struct mews_bookings gap = { 0 };
	struct mews_bucket before = { .t = 0 };
	int64_t from, to, end;
	enum mews_rc rc = span(w->db, MEWS_MINUTE, &from, &to, err);
	size_t i;

	if (rc == MEWS_OK)
		rc = mews_booking_read(w->db, w->series, 0, INT64_MAX, &gap,
		    err);
	for (; rc == MEWS_OK && from < to; from = end) {
		end = next_piece(MEWS_MINUTE, from, to);
		l.n = 0;
		rc = mews_store_read(w->db, MEWS_MINUTE, w->series,
		    MEWS_COUNTER, from, end, &l, err);
		for (i = 0; i < l.n && rc == MEWS_OK; i++) {
			if (before.t != 0)
				rc = check_step(w, &gap, &before, &l.b[i], err);
			before = l.b[i];
		}
	}
	mews_buckets_clear(&l);
	mews_bookings_clear(&gap);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Chunks of a series that cannot be unpacked. */
static enum mews_rc
check_chunks(const struct work *w, enum mews_level level, struct mews_err *err)
{
	static const int64_t period[MEWS_LEVELS] = { DAY, 30 * DAY, 366 * DAY,
		100000 * DAY, 100000 * DAY };
	struct mews_buckets l = { 0 };
	struct mews_err why;
	int64_t t, last;
	enum mews_rc rc = mews_chunk_periods(w->db, level, &t, &last, err);

	for (; rc == MEWS_OK && t <= last; t += period[level]) {
		l.n = 0;
		rc = mews_chunk_read(w->db, level, w->series, t,
		    t + period[level], &l, &why);
		if (rc != MEWS_BAD)
			continue;
		tell(w, MEWS_RULE_FILE, level, t, t + period[level], true,
		    why.text);
		rc = MEWS_OK;
	}
	mews_buckets_clear(&l);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Frames that cannot be unpacked. */
static enum mews_rc
check_frames(const struct work *w, enum mews_level level, struct mews_err *err)
{
	struct mews_window all = MEWS_ALL_SERIES;
	struct mews_samples s = { 0 };
	struct mews_err why;
	int64_t t, last, end;
	enum mews_rc rc = mews_recent_ends(w->db, level, &t, &last, err);

	for (; rc == MEWS_OK && t <= last; t = end) {
		end = mews_calendar_step(level, t, 1);
		s.n = 0;
		rc = mews_recent_read(w->db, level, t, end, &all, &s, &why);
		if (rc != MEWS_BAD)
			continue;
		tell(w, MEWS_RULE_FILE, level, t, end, true, why.text);
		rc = MEWS_OK;
	}
	mews_samples_clear(&s);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* All of one series. */
static enum mews_rc
check_series(struct work *w, struct mews_err *err)
{
	enum mews_level level;
	enum mews_rc rc = MEWS_OK;

	for (level = MEWS_MINUTE; level <= MEWS_YEAR && rc == MEWS_OK; level++)
		rc = check_chunks(w, level, err);
	/* before the levels, which get what is booked for lost minutes */
	if (rc == MEWS_OK && w->quantity->kind == MEWS_COUNTER)
		rc = check_index(w, err);
	for (level = MEWS_MINUTE; level <= MEWS_YEAR && rc == MEWS_OK; level++)
		rc = check_level(w, level, err);
	/* a row that stayed damaged was told already */
	return rc == MEWS_BAD ? MEWS_OK : rc;
}

enum mews_rc
mews_check_history(struct mews_db *db, const struct mews_check *check,
    struct mews_err *err)
{
	struct work w = { .db = db, .check = check };
	struct mews_err why;
	int64_t device;
	enum mews_level level;
	enum mews_rc rc = mews_db_check(db, 0, &why);

	if (rc == MEWS_BAD) {
		tell(&w, MEWS_RULE_FILE, MEWS_MINUTE, 0, 0, false, why.text);
		return MEWS_OK;
	}
	for (level = MEWS_MINUTE; level <= MEWS_YEAR && rc == MEWS_OK; level++)
		rc = check_frames(&w, level, err);
	for (w.series = 0; rc == MEWS_OK;) {
		rc =
		    mews_history_next(db, &w.series, &device, &w.quantity, err);
		if (rc == MEWS_OK && w.quantity != NULL)
			rc = check_series(&w, err);
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
