/*
 * t_keep.c - what is thinned, in which order, and that nothing above it moves;
 * and that packing a few series a commit loses nothing, wherever it stops.
 */
#include "test.h"
#include "history.h"
#include "keep_budget.h"
#include "keep_thin.h"
#include "mark.h"
#include "schema.h"

#define DAY INT64_C(86400)

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;

#define OK(call)                                                               \
	do {                                                                   \
		enum mews_rc rc_ = (call);                                     \
		if (rc_ != MEWS_OK)                                            \
			print_error("%s\n", err.text);                         \
		assert_int_equal(rc_, MEWS_OK);                                \
	} while (0)

/* A counter, a gauge and one of power quality. */
static const char *const names[] = { "active_energy_import", "active_power",
	"thd_voltage_l1" };
static int64_t series[3];
static enum mews_kind kind[3];

static void
open_history(void)
{
	OK(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE, &db, &err));
}

static int
begin(void **state)
{
	const struct mews_quantity *q;
	size_t i;

	(void)state;
	(void)test_folder(folder);
	OK(mews_calendar_zone("Europe/Rome", &err));
	open_history();
	for (i = 0; i < 3; i++) {
		q = mews_quantity_find(names[i]);
		assert_non_null(q);
		kind[i] = q->kind;
		assert_int_equal(mews_keep_class(q), i);
		OK(mews_history_make(db, 1, q, &series[i], &err));
	}
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

static struct mews_bucket
minute(size_t i, int64_t t)
{
	struct mews_bucket b = { .t = t, .seen = 12, .expected = 12 };
	uint64_t x = (uint64_t)t * UINT64_C(0x9e3779b97f4a7c15);
	int64_t noise = (int64_t)((x ^ x >> 29) * 0xbf58476d >> 40) % 3000;

	if (kind[i] == MEWS_COUNTER) {
		b.sum = 2;
		b.end = t / 60 * 2;
	} else {
		b.sum = noise;
		b.min = noise - 5;
		b.max = noise + noise % 31;
	}
	return b;
}

/* Minutes of some days, one every so many seconds; all is rolled and packed. */
static void
fill(int64_t from, int64_t to, int64_t every)
{
	struct mews_buckets l = { 0 };
	struct mews_bucket b;
	int64_t t, kept = 0;
	size_t i;

	for (i = 0; i < 3; i++) {
		l.n = 0;
		for (t = from; t < to; t += every) {
			b = minute(i, t);
			mews_buckets_add(&l, &b);
		}
		OK(mews_db_begin(db, &err));
		OK(mews_history_add(db, series[i], kind[i], l.b, l.n, to, &kept,
		    &err));
		OK(mews_db_commit(db, &err));
	}
	mews_buckets_clear(&l);
	OK(mews_history_settle(db, to, &err));
}

/* How many buckets of a series a level has, and the sum of all of them. */
static size_t
stored(size_t i, enum mews_level level, int64_t from, int64_t to, int64_t *sum)
{
	struct mews_buckets l;
	int64_t t, step = level == MEWS_MINUTE ? 30 * DAY : to - from;
	size_t n = 0, k;

	*sum = 0;
	for (t = from; t < to; t += step) {
		OK(mews_history_read(db, series[i], kind[i], level, t,
		    t + step < to ? t + step : to, to, &l, &err));
		for (k = 0; k < l.n; k++)
			*sum += l.b[k].sum;
		n += l.n;
		mews_buckets_clear(&l);
	}
	return n;
}

/* Everything that may be thinned is, by a budget that nothing fits. */
static void
thin(int64_t budget, int64_t now, bool *tight)
{
	struct mews_thin k = { .tight = false };
	enum mews_rc rc;
	int steps = 0;

	while ((rc = mews_thin_step(db, &k, budget, now, &err)) == MEWS_OK)
		assert_in_range(++steps, 1, 100000);
	assert_int_equal(rc, MEWS_NONE);
	*tight = k.tight;
	mews_thin_clear(&k);
}

static void
floors_hold(void **state)
{
	int64_t to = 20000 * DAY, from = to - 450 * DAY, was[3][MEWS_LEVELS];
	int64_t sum, first;
	size_t i, n[3][MEWS_LEVELS];
	int level;
	bool tight;

	(void)state;
	fill(from, to, 600);
	for (i = 0; i < 3; i++)
		for (level = 0; level < MEWS_LEVELS; level++)
			n[i][level] = stored(i, (enum mews_level)level, from,
			    to, &was[i][level]);
	assert_int_equal(n[0][MEWS_MINUTE], 450 * 144);
	thin(0, to, &tight);
	assert_true(tight);
	/* minutes: 400 days of the counter, the last days of all else */
	assert_int_equal(stored(0, MEWS_MINUTE, from, to, &sum), 400 * 144);
	assert_int_equal(sum, 400 * 144 * 2);
	for (i = 1; i < 3; i++)
		assert_int_equal(stored(i, MEWS_MINUTE, from, to, &sum),
		    MEWS_THIN_LEAST * 144);
	/* what stands above is what it was, but hours older than 400 days,
	 * of which whole chunks of 30 days go */
	for (i = 0; i < 3; i++)
		for (level = MEWS_HOUR; level < MEWS_LEVELS; level++) {
			if (i > 0 && level == MEWS_HOUR)
				continue;
			assert_int_equal(stored(i, (enum mews_level)level, from,
					     to, &sum),
			    n[i][level]);
			assert_int_equal(sum, was[i][level]);
		}
	OK(mews_keep_upto(db, MEWS_KEEP_QUALITY, MEWS_HOUR, &first, &err));
	assert_true(first > from && first <= to - 400 * DAY);
	assert_int_equal(stored(2, MEWS_HOUR, from, to, &sum),
	    (to - first) / 3600);
}

/* Power quality goes first, the oldest of it, and no more than is needed. */
static void
in_order(void **state)
{
	int64_t to = 20000 * DAY, from = to - 90 * DAY, used, spare, sum;
	int64_t upto[3];
	bool tight;
	size_t i;

	(void)state;
	fill(from, to, 60);
	OK(mews_db_size(db, &used, &spare, &err));
	thin(used, to, &tight);
	for (i = 0; i < 3; i++)
		assert_int_equal(stored(i, MEWS_MINUTE, from, to, &sum),
		    90 * 1440);
	thin(used - 60000, to, &tight);
	assert_false(tight);
	for (i = 0; i < 3; i++)
		OK(mews_keep_upto(db, (enum mews_keep_class)i, MEWS_MINUTE,
		    &upto[i], &err));
	assert_int_equal(upto[0], 0);
	assert_true(upto[2] > from && upto[2] < to - 60 * DAY);
	assert_true(upto[1] == upto[2] || upto[1] == upto[2] - DAY);
	assert_int_equal(stored(0, MEWS_MINUTE, from, to, &sum), 90 * 1440);
}

static void
not_in_doubt(void **state)
{
	int64_t to = 20000 * DAY, from = to - 70 * DAY, sum;
	bool tight;

	(void)state;
	fill(from, to, 600);
	OK(mews_mark_set(db, MEWS_MARK_DOUBT, "1", &err));
	thin(0, to, &tight);
	assert_int_equal(stored(2, MEWS_MINUTE, from, to, &sum), 70 * 144);
	OK(mews_mark_drop(db, MEWS_MARK_DOUBT, &err));
	thin(0, to, &tight);
	assert_int_equal(stored(2, MEWS_MINUTE, from, to, &sum),
	    MEWS_THIN_LEAST * 144);
}

/* A late minute, where all that is above is there. */
static void
past_is_not_joined_from_less(void **state)
{
	int64_t to = 20000 * DAY, from = to - 450 * DAY, was, sum, kept = 0;
	struct mews_bucket b = minute(2, from + 5 * DAY);
	bool tight;

	(void)state;
	fill(from, to, 600);
	thin(0, to, &tight);
	(void)stored(2, MEWS_DAY, from, to, &was);
	OK(mews_db_begin(db, &err));
	OK(mews_history_add(db, series[2], kind[2], &b, 1, to, &kept, &err));
	OK(mews_db_commit(db, &err));
	(void)stored(2, MEWS_DAY, from, to, &sum);
	assert_int_equal(sum, was);
}

/* A counter that was not read for longer than minutes are kept comes back. */
static void
nothing_is_lost(void **state)
{
	int64_t from = 20000 * DAY, gap = from + DAY + 1200, sum;
	int64_t to = from + 450 * DAY;
	struct mews_booking k = { .series = series[0],
		.since = gap,
		.upto = to,
		.energy = 1000000,
		.index = -1 };
	struct mews_extra x = { .booking = &k, .nbookings = 1 };
	struct mews_sample s = { .series = series[0], .kind = MEWS_COUNTER };
	enum mews_level level;
	bool tight;

	(void)state;
	fill(from, gap, 60);
	OK(mews_history_settle(db, to, &err));
	thin(0, to, &tight);
	assert_int_equal(stored(0, MEWS_MINUTE, from, to, &sum), 0);
	s.b = minute(0, to);
	OK(mews_history_write(db, to, &s, 1, &x, &err));
	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		(void)stored(0, level, from - 400 * DAY, to + DAY, &sum);
		assert_int_equal(sum, (1440 + 20 + 1) * 2 + 1000000);
	}
}

/* A packing that is left at each of its steps, and goes on after a start. */
static void
packed_in_steps(void **state)
{
	int64_t from = 20000 * DAY, t, sum, n = 0;
	struct mews_sample s[3];
	struct mews_bucket late;
	enum mews_rc rc;
	size_t i;

	(void)state;
	for (t = from; t < from + DAY; t += 60) {
		for (i = 0; i < 3; i++)
			s[i] = (struct mews_sample){ series[i], kind[i],
				minute(i, t) };
		OK(mews_history_write(db, t, s, 3, NULL, &err));
	}
	OK(mews_history_roll(db, t, &err));
	while ((rc = mews_history_pack(db, t, &err)) == MEWS_OK) {
		n++;
		mews_db_close(db);
		open_history();
		for (i = 0; i < 3; i++)
			assert_int_equal(stored(i, MEWS_MINUTE, from, t, &sum),
			    1440);
		if (n != 1)
			continue;
		/* a change while some of it is in chunks already */
		late = minute(0, from + 120);
		late.sum = 777;
		OK(mews_store_put(db, MEWS_MINUTE, series[0], MEWS_COUNTER,
		    &late, 1, false, &sum, &err));
	}
	assert_int_equal(rc, MEWS_NONE);
	assert_true(n > 4);
	assert_int_equal(stored(0, MEWS_MINUTE, from, t, &sum), 1440);
	assert_int_equal(sum, 1439 * 2 + 777);
}

/* What a forecast promises comes true. */
static void
forecast(void **state)
{
	int64_t to = 20000 * DAY, from = to - 120 * DAY, upto, budget;
	struct mews_forecast f;
	struct mews_weight w;
	bool tight;
	int days;

	(void)state;
	OK(mews_weigh(db, to, &w, &err));
	assert_false(w.known);
	fill(from, to, 60);
	OK(mews_weigh(db, to, &w, &err));
	assert_true(w.known);
	assert_int_equal(w.devices, 1);
	assert_int_equal(w.quality, 1);
	assert_true(w.since[MEWS_KEEP_GAUGE][MEWS_MINUTE] == from);
	assert_true(w.since[MEWS_KEEP_COUNTER][MEWS_HOUR] == from);
	mews_budget_forecast(&w, INT64_C(1) << 40, &f);
	assert_int_equal(f.days[MEWS_KEEP_GAUGE][MEWS_MINUTE],
	    MEWS_BUDGET_DAYS);
	mews_budget_forecast(&w, f.floors, &f);
	assert_in_range(f.days[MEWS_KEEP_QUALITY][MEWS_MINUTE], 59, 61);
	mews_budget_forecast(&w, f.least - 1, &f);
	assert_int_equal(f.days[MEWS_KEEP_QUALITY][MEWS_MINUTE],
	    MEWS_THIN_LEAST);
	/* 20 of 120 days too many */
	budget = w.used -
	    (int64_t)(20 *
		(w.rate[MEWS_KEEP_GAUGE][MEWS_MINUTE] +
		    w.rate[MEWS_KEEP_QUALITY][MEWS_MINUTE]));
	thin(budget, to, &tight);
	assert_false(tight);
	OK(mews_keep_upto(db, MEWS_KEEP_QUALITY, MEWS_MINUTE, &upto, &err));
	days = (int)((to - upto) / DAY);
	assert_in_range(days, 92, 108);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(floors_hold, begin, end),
		cmocka_unit_test_setup_teardown(in_order, begin, end),
		cmocka_unit_test_setup_teardown(not_in_doubt, begin, end),
		cmocka_unit_test_setup_teardown(past_is_not_joined_from_less,
		    begin, end),
		cmocka_unit_test_setup_teardown(nothing_is_lost, begin, end),
		cmocka_unit_test_setup_teardown(packed_in_steps, begin, end),
		cmocka_unit_test_setup_teardown(forecast, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
