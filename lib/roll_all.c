/*
 * roll_all.c - all series at a time, bucket by bucket: what closes each hour.
 *
 * The finer buckets of all series are read in one go, because they stand
 * beside each other in the frames; one series at a time (roll.c) would read
 * each frame as often as there are series.
 */
#include "recent.h"
#include "roll.h"

#define HOUR 3600

/* What buckets of all series are made of. */
struct fine {
	struct mews_samples finer;
	struct mews_samples edge[2]; /* minutes of the hours that are cut */
	struct mews_bookings booked;
};

/* Where a series stands in each list of struct fine. */
struct at {
	size_t finer, edge[2], booked;
};

static enum mews_level
finer(enum mews_level level)
{
	return (enum mews_level)(level - 1);
}

static void
clear(struct fine *f)
{
	mews_samples_clear(&f->finer);
	mews_samples_clear(&f->edge[0]);
	mews_samples_clear(&f->edge[1]);
	mews_bookings_clear(&f->booked);
}

static enum mews_rc
load(struct mews_db *db, enum mews_level level, const int64_t border[2],
    struct fine *f, struct mews_err *err)
{
	int64_t from = mews_roll_from(level, border[0]), hour;
	enum mews_rc rc;
	size_t i;

	rc = mews_store_read_all(db, finer(level), from, border[1], &f->finer,
	    err);
	if (rc == MEWS_OK && level <= MEWS_DAY)
		rc = mews_booking_read(db, 0, from, border[1] + HOUR,
		    &f->booked, err);
	for (i = 0; i < 2 && level == MEWS_DAY && rc == MEWS_OK; i++) {
		hour = border[i] - border[i] % HOUR;
		if (mews_cut_needed(border[i]))
			rc = mews_store_read_all(db, MEWS_MINUTE, hour,
			    hour + HOUR, &f->edge[i], err);
	}
	return rc;
}

/* The samples of the next series from *at on, as buckets. */
static void
take(const struct mews_samples *s, size_t *at, int64_t series,
    enum mews_kind *kind, struct mews_buckets *out)
{
	out->n = 0;
	while (*at < s->n && s->s[*at].series < series)
		(*at)++;
	for (; *at < s->n && s->s[*at].series == series; (*at)++) {
		*kind = s->s[*at].kind;
		mews_buckets_add(out, &s->s[*at].b);
	}
}

static void
cut(const struct fine *f, struct at *at, int64_t series, enum mews_kind kind,
    size_t edge, int64_t border, const struct mews_booking *b, size_t nb,
    struct mews_buckets *hours)
{
	struct mews_buckets minutes = { 0 };

	if (!mews_cut_needed(border))
		return;
	take(&f->edge[edge], &at->edge[edge], series, &kind, &minutes);
	mews_cut_hour(hours, kind, border, minutes.b, minutes.n, b, nb);
	mews_buckets_clear(&minutes);
}

/* Joins what of the list lies in the bucket. */
static bool
join(enum mews_kind kind, enum mews_level level, const struct mews_buckets *l,
    int64_t t, int64_t end, struct mews_bucket *out)
{
	size_t i = 0, k;

	while (i < l->n && l->b[i].t < t)
		i++;
	for (k = i; k < l->n && l->b[k].t < end; k++)
		;
	if (k == i)
		return false;
	mews_bucket_join(kind, finer(level), l->b + i, k - i, t,
	    (uint32_t)((end - t) / 60), out);
	return true;
}

/* The bookings of a series; returns how many. */
static size_t
take_booked(const struct mews_bookings *l, size_t *at, int64_t series,
    const struct mews_booking **out)
{
	size_t n = 0;

	while (*at < l->n && l->b[*at].series < series)
		(*at)++;
	*out = l->n == 0 ? NULL : l->b + *at;
	for (; *at < l->n && l->b[*at].series == series; (*at)++)
		n++;
	return n;
}

/* The bucket of the next series, in *s. */
static bool
next(const struct fine *f, struct at *at, enum mews_level level,
    const int64_t border[2], struct mews_sample *s)
{
	struct mews_buckets l = { 0 }, one = { 0 };
	const struct mews_booking *b;
	size_t nb, i;
	bool any;

	s->series =
	    at->finer < f->finer.n ? f->finer.s[at->finer].series : INT64_MAX;
	if (level == MEWS_HOUR && at->booked < f->booked.n &&
	    f->booked.b[at->booked].series < s->series)
		s->series = f->booked.b[at->booked].series;
	s->kind = MEWS_COUNTER;
	take(&f->finer, &at->finer, s->series, &s->kind, &l);
	nb = take_booked(&f->booked, &at->booked, s->series, &b);
	if (level == MEWS_DAY)
		for (i = 0; i < 2; i++)
			cut(f, at, s->series, s->kind, i, border[i], b, nb, &l);
	if (join(s->kind, level, &l, border[0], border[1], &s->b))
		mews_buckets_add(&one, &s->b);
	for (i = 0; i < nb && level == MEWS_HOUR; i++)
		mews_booking_spread(&b[i], border[0], border[1], 0, &one);
	if ((any = one.n > 0))
		s->b = one.b[0];
	mews_buckets_clear(&l);
	mews_buckets_clear(&one);
	return any;
}

static bool
more(const struct fine *f, const struct at *at, enum mews_level level)
{
	return at->finer < f->finer.n ||
	    (level == MEWS_HOUR && at->booked < f->booked.n);
}

/* Computes the bucket of all series that starts at t, and stores it. */
static enum mews_rc
roll(struct mews_db *db, enum mews_level level, int64_t t, struct mews_err *err)
{
	const int64_t border[] = { t, mews_calendar_step(level, t, 1) };
	struct mews_samples done = { 0 };
	struct fine f = { 0 };
	struct at at = { 0 };
	struct mews_sample s;
	enum mews_rc rc = load(db, level, border, &f, err);

	while (rc == MEWS_OK && more(&f, &at, level))
		if (next(&f, &at, level, border, &s))
			mews_samples_add(&done, &s);
	if (rc == MEWS_OK && done.n > 0)
		rc = mews_recent_write(db, level, t, done.s, done.n, true, err);
	clear(&f);
	mews_samples_clear(&done);
	return rc;
}

/* Where rolling of a level goes on: MEWS_NONE while there are no minutes. */
static enum mews_rc
resume(struct mews_db *db, enum mews_level level, int64_t *upto,
    struct mews_err *err)
{
	int64_t first, last;
	enum mews_rc rc = mews_roll_upto(db, level, upto, err);

	if (rc != MEWS_NONE)
		return rc;
	rc = mews_store_span(db, MEWS_MINUTE, &first, &last, err);
	if (rc == MEWS_OK)
		*upto = mews_calendar_floor(level, first);
	return rc;
}

enum mews_rc
mews_roll_closed(struct mews_db *db, int64_t now, struct mews_err *err)
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
			rc = mews_roll_set_upto(db, level, upto, err);
		if (rc != MEWS_OK)
			return rc;
	}
	return MEWS_OK;
}

/* The same for all series. */
static enum mews_rc
whole_for_all(struct mews_db *db, enum mews_level level, int64_t *t,
    struct mews_err *err)
{
	int64_t gauges = 0;
	enum mews_rc rc = mews_roll_whole(db, MEWS_COUNTER, level, t, err);

	if (rc == MEWS_OK)
		rc = mews_roll_whole(db, MEWS_GAUGE, level, &gauges, err);
	*t = gauges > *t ? gauges : *t;
	return rc;
}

enum mews_rc
mews_roll_again(struct mews_db *db, int64_t from, int64_t to,
    struct mews_err *err)
{
	int64_t upto, whole, t;
	enum mews_level level;
	enum mews_rc rc;

	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		rc = mews_roll_upto(db, level, &upto, err);
		if (rc != MEWS_OK)
			return rc == MEWS_NONE ? MEWS_OK : rc;
		rc = whole_for_all(db, level, &whole, err);
		if (rc != MEWS_OK)
			return rc;
		for (t = mews_calendar_floor(level,
			 from > whole ? from : whole);
		     t < to && t < upto; t = mews_calendar_step(level, t, 1))
			if ((rc = roll(db, level, t, err)) != MEWS_OK)
				return rc;
	}
	return MEWS_OK;
}
