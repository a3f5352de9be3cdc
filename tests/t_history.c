/*
 * t_history.c - every level agrees with the minutes, however they came: live,
 * late, imported, packed, before and behind a change of the clock.
 */
#include "test.h"
#include "history.h"
#include "schema.h"

#define DAY INT64_C(86400)

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static const struct mews_quantity *energy, *power;

#define OK(call)                                                               \
	do {                                                                   \
		enum mews_rc rc_ = (call);                                     \
		if (rc_ != MEWS_OK)                                            \
			print_error("%s\n", err.text);                         \
		assert_int_equal(rc_, MEWS_OK);                                \
	} while (0)

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	energy = mews_quantity_find("active_energy_import");
	power = mews_quantity_find("active_power");
	OK(mews_calendar_zone("Europe/Rome", &err));
	OK(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE, &db, &err));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

static int64_t
at(const char *text)
{
	int64_t t = -1;

	assert_true(mews_calendar_read(text, &t));
	return t;
}

/* The trace every test writes: energy in Wh and power in 0.1 W. */
static int64_t
wh(int64_t t)
{
	return t / 60 % 97 % 13;
}

static int64_t
watt(int64_t t)
{
	return t / 60 % 251 - 50;
}

static bool
measured(int64_t t)
{
	return t / 60 % 41 != 0 && t / 60 % 1009 > 90;
}

static struct mews_bucket
minute(enum mews_kind kind, int64_t t)
{
	struct mews_bucket b = { .t = t, .seen = 12, .expected = 12 };

	if (kind == MEWS_COUNTER) {
		b.sum = wh(t);
		b.end = t / 60 * 3;
	} else {
		b.sum = watt(t);
		b.min = watt(t) - 3;
		b.max = watt(t) + 5;
	}
	return b;
}

static void
write_live(int64_t e, int64_t p, int64_t from, int64_t to)
{
	struct mews_sample s[2] = { { .series = e, .kind = MEWS_COUNTER },
		{ .series = p, .kind = MEWS_GAUGE } };
	int64_t t;

	for (t = from; t < to; t += 60) {
		if (!measured(t)) {
			OK(mews_history_settle(db, t + 60, &err));
			continue;
		}
		s[0].b = minute(MEWS_COUNTER, t);
		s[1].b = minute(MEWS_GAUGE, t);
		OK(mews_history_write(db, t, s, 2, NULL, &err));
	}
	OK(mews_history_settle(db, to, &err));
}

static void
write_past(int64_t series, enum mews_kind kind, int64_t from, int64_t to,
    int64_t now)
{
	struct mews_buckets l = { 0 };
	struct mews_bucket b;
	int64_t t, kept = 0;

	for (t = from; t < to; t += 60)
		if (measured(t)) {
			b = minute(kind, t);
			mews_buckets_add(&l, &b);
		}
	OK(mews_db_begin(db, &err));
	OK(mews_history_add(db, series, kind, l.b, l.n, now, &kept, &err));
	OK(mews_db_commit(db, &err));
	mews_buckets_clear(&l);
}

/* One bucket of a level, computed from the trace alone. */
static bool
wanted(enum mews_kind kind, int64_t t, int64_t stop, int64_t from, int64_t to,
    struct mews_bucket *w)
{
	int64_t weighted = 0, m, start = t;

	*w = (struct mews_bucket){ .t = t, .min = INT64_MAX, .max = INT64_MIN };
	w->expected = (uint32_t)((stop - t) / 60);
	for (; t < stop; t += 60) {
		if (t < from || t >= to || !measured(t))
			continue;
		m = watt(t);
		w->seen++;
		w->sum += wh(t);
		w->end = t / 60 * 3;
		weighted += m;
		if (m - 3 < w->min) {
			w->min = m - 3;
			w->t_min = (int32_t)((t - start) / 60);
		}
		if (m + 5 > w->max) {
			w->max = m + 5;
			w->t_max = (int32_t)((t - start) / 60);
		}
	}
	if (w->seen > 0 && kind == MEWS_GAUGE)
		w->sum = weighted / (int64_t)w->seen;
	return w->seen > 0;
}

/* A mean of means may be off by one step of rounding a level. */
static bool
close_to(int64_t a, int64_t b, int64_t by)
{
	return a - b <= by && b - a <= by;
}

static void
check_level(int64_t series, enum mews_kind kind, enum mews_level level,
    int64_t from, int64_t to, int64_t now)
{
	int64_t t = mews_calendar_floor(level, from), stop;
	struct mews_buckets l;
	struct mews_bucket w, *b;
	size_t i = 0;

	OK(mews_history_read(db, series, kind, level, t, to, now, &l, &err));
	for (; t < to; t = stop) {
		stop = mews_calendar_step(level, t, 1);
		if (!wanted(kind, t, stop, from, to, &w))
			continue;
		assert_in_range(i, 0, l.n - 1);
		b = &l.b[i++];
		assert_true(b->t == t);
		assert_true(b->seen == w.seen && b->expected == w.expected);
		assert_int_equal(b->flags & MEWS_OPEN,
		    stop > now ? MEWS_OPEN : 0);
		if (kind == MEWS_COUNTER)
			assert_true(b->sum == w.sum && b->end == w.end);
		else {
			assert_true(close_to(b->sum, w.sum, level));
			assert_true(b->min == w.min && b->max == w.max);
			assert_true(b->t_min == w.t_min);
			assert_true(b->t_max == w.t_max);
		}
	}
	assert_int_equal(i, l.n);
	mews_buckets_clear(&l);
}

static void
check_minutes(int64_t series, enum mews_kind kind, int64_t from, int64_t to)
{
	struct mews_buckets l;
	struct mews_bucket w;
	size_t i = 0;
	int64_t t;

	OK(mews_history_read(db, series, kind, MEWS_MINUTE, from, to, to, &l,
	    &err));
	for (t = from; t < to; t += 60) {
		if (!measured(t))
			continue;
		w = minute(kind, t);
		assert_in_range(i, 0, l.n - 1);
		assert_same_bucket(&l.b[i], &w);
		i++;
	}
	assert_int_equal(i, l.n);
	mews_buckets_clear(&l);
}

static void
check_all(int64_t series, enum mews_kind kind, int64_t from, int64_t to)
{
	int level;

	check_minutes(series, kind, from, to);
	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++)
		check_level(series, kind, (enum mews_level)level, from, to, to);
}

static void
make(int64_t *e, int64_t *p)
{
	assert_int_equal(mews_history_find(db, 1, energy, e, &err), MEWS_NONE);
	OK(mews_history_make(db, 1, energy, e, &err));
	OK(mews_history_make(db, 1, power, p, &err));
	assert_true(*e != *p);
	OK(mews_history_find(db, 1, energy, p, &err));
	assert_true(*e == *p);
	OK(mews_history_make(db, 1, power, p, &err));
}

static void
nothing_yet(void **state)
{
	struct mews_buckets l;
	struct mews_bucket b;
	int64_t e, p, first, last;

	(void)state;
	make(&e, &p);
	OK(mews_history_settle(db, DAY, &err));
	assert_int_equal(mews_history_span(db, &first, &last, &err), MEWS_NONE);
	assert_int_equal(mews_history_last(db, e, &b, &err), MEWS_NONE);
	OK(mews_history_read(db, e, MEWS_COUNTER, MEWS_YEAR, 0, 40 * 366 * DAY,
	    DAY, &l, &err));
	assert_int_equal(l.n, 0);
	mews_buckets_clear(&l);
	assert_int_equal(mews_history_read(db, e, MEWS_COUNTER, MEWS_DAY, 5, 5,
			     9, &l, &err),
	    MEWS_BAD);
	assert_int_equal(mews_history_read(db, e, MEWS_COUNTER, MEWS_MINUTE, 0,
			     366 * DAY, DAY, &l, &err),
	    MEWS_BAD);
}

/* Across the end of October 2025, where a day has 25 hours, and a month. */
static void
live(void **state)
{
	int64_t from = at("2025-10-24T13:07:00Z"), to, e, p, first, last;
	struct mews_sample s = { .kind = MEWS_COUNTER };
	struct mews_bucket b;

	(void)state;
	to = from + 9 * DAY + 4321 * 60;
	make(&e, &p);
	write_live(e, p, from, to);
	check_all(e, MEWS_COUNTER, from, to);
	check_all(p, MEWS_GAUGE, from, to);
	OK(mews_history_span(db, &first, &last, &err));
	assert_true(first == from - from % DAY && last == to - 60);
	OK(mews_history_last(db, e, &b, &err));
	assert_true(b.t == to - 60);
	s.series = e;
	s.b = b;
	assert_int_equal(mews_history_write(db, b.t, &s, 1, NULL, &err),
	    MEWS_BAD);
	check_all(e, MEWS_COUNTER, from, to);
}

static void
imported_then_live(void **state)
{
	int64_t from = at("2025-12-20T17:24:00Z"), cut, to, e, p, kept = 0;
	struct mews_bucket b;

	(void)state;
	cut = from + 26 * DAY;
	to = cut + 2 * DAY + 3600 * 5;
	make(&e, &p);
	write_past(e, MEWS_COUNTER, from, cut, cut);
	write_past(p, MEWS_GAUGE, from, cut, cut);
	check_all(e, MEWS_COUNTER, from, cut);
	write_live(e, p, cut, to);
	check_all(e, MEWS_COUNTER, from, to);
	check_all(p, MEWS_GAUGE, from, to);
	/* what is there stays, and is counted */
	b = minute(MEWS_COUNTER, from);
	b.sum += 1000;
	OK(mews_db_begin(db, &err));
	OK(mews_history_add(db, e, MEWS_COUNTER, &b, 1, to, &kept, &err));
	OK(mews_db_commit(db, &err));
	assert_true(kept == (measured(from) ? 1 : 0));
}

/* Minutes that come after their hour, day and year were closed. */
static void
late(void **state)
{
	int64_t from = at("2025-12-31T20:00:00Z"), mid, to, e, p;

	(void)state;
	mid = from + 5 * 3600;
	to = from + DAY;
	make(&e, &p);
	write_live(e, p, from, from + 3600);
	write_live(e, p, mid, to);
	write_live(e, p, from + 3600, mid);
	check_all(e, MEWS_COUNTER, from, to);
	check_all(p, MEWS_GAUGE, from, to);
}

/* A series that is imported below what another has live. */
static void
imported_below_live(void **state)
{
	int64_t from = at("2025-11-03T00:00:00Z"), to, e, p;
	struct mews_sample s = { .kind = MEWS_GAUGE };
	int64_t t;

	(void)state;
	to = from + 3 * DAY + 5 * 3600;
	make(&e, &p);
	s.series = p;
	for (t = from + DAY; t < to; t += 60)
		if (measured(t)) {
			s.b = minute(MEWS_GAUGE, t);
			OK(mews_history_write(db, t, &s, 1, NULL, &err));
		}
	write_past(e, MEWS_COUNTER, from, to, to);
	check_all(e, MEWS_COUNTER, from, to);
	check_all(p, MEWS_GAUGE, from + DAY, to);
	OK(mews_history_settle(db, to, &err));
	check_all(e, MEWS_COUNTER, from, to);
	check_all(p, MEWS_GAUGE, from + DAY, to);
}

/* More series than are packed at once. */
static void
many_series(void **state)
{
	struct mews_sample s[150];
	int64_t from = at("2025-11-03T22:00:00Z"), t;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(s); i++) {
		s[i] = (struct mews_sample){ .kind = MEWS_COUNTER };
		OK(mews_history_make(db, (int64_t)i + 1, energy, &s[i].series,
		    &err));
	}
	for (t = from; t < from + 3 * 3600; t += 60) {
		for (i = 0; i < MEWS_LEN(s); i++)
			s[i].b = minute(MEWS_COUNTER, t);
		if (measured(t))
			OK(mews_history_write(db, t, s, MEWS_LEN(s), NULL,
			    &err));
	}
	OK(mews_history_settle(db, t, &err));
	for (i = 0; i < MEWS_LEN(s); i++)
		check_all(s[i].series, MEWS_COUNTER, from, t);
}

/* A line that was out comes back: all its counters book at once. */
static void
many_bookings(void **state)
{
	struct mews_sample s[150];
	struct mews_booking b[150];
	struct mews_extra x = { .booking = b, .nbookings = MEWS_LEN(b) };
	int64_t from = at("2025-11-03T22:00:00Z"), back = from + 20 * 3600, sum;
	struct mews_buckets l;
	size_t i, k;

	(void)state;
	for (i = 0; i < MEWS_LEN(s); i++) {
		s[i] = (struct mews_sample){ .kind = MEWS_COUNTER };
		OK(mews_history_make(db, (int64_t)i + 1, energy, &s[i].series,
		    &err));
		s[i].b = minute(MEWS_COUNTER, from + 60);
		b[i] = (struct mews_booking){ .series = s[i].series,
			.since = from + 120,
			.upto = back,
			.energy = 7000 + (int64_t)i,
			.index = s[i].b.end };
	}
	OK(mews_history_write(db, from + 60, s, MEWS_LEN(s), NULL, &err));
	OK(mews_history_settle(db, back, &err));
	for (i = 0; i < MEWS_LEN(s); i++)
		s[i].b = minute(MEWS_COUNTER, back);
	OK(mews_history_write(db, back, s, MEWS_LEN(s), &x, &err));
	for (i = 0; i < MEWS_LEN(s); i++) {
		OK(mews_history_read(db, s[i].series, MEWS_COUNTER, MEWS_HOUR,
		    from, back, back + 60, &l, &err));
		assert_int_equal(l.n, 20);
		for (k = 0, sum = 0; k < l.n; k++)
			sum += l.b[k].sum;
		assert_int_equal(sum, wh(from + 60) + 7000 + (int64_t)i);
		assert_int_equal(l.b[9].seen, 0);
		assert_int_equal(l.b[9].flags, MEWS_ESTIMATED);
		assert_int_equal(l.b[9].end - l.b[8].end, l.b[9].sum);
		mews_buckets_clear(&l);
	}
}

static void
damage_is_said(void **state)
{
	struct mews_buckets l;
	int64_t from = at("2025-11-03T22:00:00Z"), e, p;

	(void)state;
	make(&e, &p);
	write_live(e, p, from, from + 3 * 3600);
	OK(mews_db_exec(db, "UPDATE chunk SET data = x'00ff00001122'", &err));
	assert_int_equal(mews_history_read(db, e, MEWS_COUNTER, MEWS_MINUTE,
			     from, from + 60, from + DAY, &l, &err),
	    MEWS_BAD);
	assert_non_null(strstr(err.text, "damaged"));
	assert_null(l.b);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	static const struct CMUnitTest tests[] = {
		TEST(nothing_yet),
		TEST(live),
		TEST(imported_then_live),
		TEST(late),
		TEST(imported_below_live),
		TEST(many_series),
		TEST(many_bookings),
		TEST(damage_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
