/*
 * t_check_history.c - each rule finds what breaks it, nothing else, and what can
 * be mended is.
 */
#include "test.h"
#include "check_history.h"
#include "chunk.h"
#include "recent.h"
#include "schema.h"
#include "store.h"

#define START INT64_C(1763424000) /* 2025-11-18T00:00:00Z */
#define END   (START + 5 * 86400)

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static int64_t wh, w;

static struct mews_finding last;
static size_t found[MEWS_RULES];
static bool mend;

#define OK(call)                                                               \
	do {                                                                   \
		enum mews_rc rc_ = (call);                                     \
		if (rc_ != MEWS_OK)                                            \
			print_error("%s\n", err.text);                         \
		assert_int_equal(rc_, MEWS_OK);                                \
	} while (0)

static void
fill(void)
{
	struct mews_sample s[2] = { { .series = wh, .kind = MEWS_COUNTER },
		{ .series = w, .kind = MEWS_GAUGE } };
	int64_t t, use, index = 0;

	for (t = START; t < END; t += 60) {
		if (t / 60 % 101 == 0)
			continue;
		use = t / 60 % 7;
		index += use;
		s[0].b = (struct mews_bucket){ .t = t,
			.sum = use,
			.end = index,
			.seen = 12,
			.expected = 12 };
		s[1].b = (struct mews_bucket){ .t = t,
			.sum = use * 60,
			.min = use * 50,
			.max = use * 70,
			.seen = 12,
			.expected = 12 };
		OK(mews_history_write(db, t, s, 2, NULL, &err));
	}
	OK(mews_history_settle(db, END, &err));
}

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	OK(mews_calendar_zone("Europe/Rome", &err));
	OK(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE, &db, &err));
	OK(mews_history_make(db, 1, mews_quantity_find("active_energy_import"),
	    &wh, &err));
	OK(mews_history_make(db, 1, mews_quantity_find("active_power"), &w,
	    &err));
	fill();
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

static void
take(void *ctx, const struct mews_finding *f)
{
	size_t n;

	(void)ctx;
	found[f->rule]++;
	last = *f;
	if (mend && f->mendable)
		OK(mews_check_mend(db, f->series, f->level, f->from, f->to, &n,
		    &err));
}

static size_t
check(bool repair)
{
	const struct mews_check c = { END, NULL, take };
	size_t i, n = 0;

	mend = repair;
	memset(found, 0, sizeof(found));
	OK(mews_check_history(db, &c, &err));
	for (i = 0; i < MEWS_RULES; i++)
		n += found[i];
	return n;
}

static struct mews_bucket
get(int64_t series, enum mews_kind kind, enum mews_level level, int64_t t)
{
	struct mews_buckets l = { 0 };
	struct mews_bucket b;

	OK(mews_store_read(db, level, series, kind, t, t + 60, &l, &err));
	assert_int_equal(l.n, 1);
	b = l.b[0];
	mews_buckets_clear(&l);
	return b;
}

static void
put(int64_t series, enum mews_kind kind, enum mews_level level,
    const struct mews_bucket *b)
{
	int64_t kept = 0;

	OK(mews_store_put(db, level, series, kind, b, 1, false, &kept, &err));
}

static void
sound(void **state)
{
	(void)state;
	if (check(false) != 0)
		print_error("%s\n", last.text);
	assert_int_equal(check(false), 0);
}

/* A wrong hour makes its day wrong too, once it is mended. */
static void
sums(void **state)
{
	const int64_t t = START + 30 * 3600;
	struct mews_bucket was, b;

	(void)state;
	was = b = get(wh, MEWS_COUNTER, MEWS_HOUR, t);
	b.sum += 3;
	put(wh, MEWS_COUNTER, MEWS_HOUR, &b);
	assert_int_equal(check(false), 2);
	assert_int_equal(found[MEWS_RULE_SUM], 2);
	assert_int_equal(check(true), 1); /* the day was right all along */
	b = get(wh, MEWS_COUNTER, MEWS_HOUR, t);
	assert_same_bucket(&b, &was);
	assert_int_equal(check(false), 0);
	/* an extreme of a gauge, and an hour that is missing */
	was = b = get(w, MEWS_GAUGE, MEWS_HOUR, t);
	b.max++;
	put(w, MEWS_GAUGE, MEWS_HOUR, &b);
	assert_int_equal(check(true), 1);
	b = get(w, MEWS_GAUGE, MEWS_HOUR, t);
	assert_same_bucket(&b, &was);
	b = (struct mews_bucket){ .t = t };
	put(w, MEWS_GAUGE, MEWS_HOUR, &b);
	assert_int_equal(check(true), 1);
	b = get(w, MEWS_GAUGE, MEWS_HOUR, t);
	assert_same_bucket(&b, &was);
	assert_int_equal(check(false), 0);
}

/* What the minutes no longer tell stays as it is. */
static void
less_is_left(void **state)
{
	const int64_t t = START + 30 * 3600;
	struct mews_bucket gone = { .t = t }, was, b;
	size_t n;

	(void)state;
	was = get(wh, MEWS_COUNTER, MEWS_HOUR, t);
	put(wh, MEWS_COUNTER, MEWS_MINUTE, &gone);
	(void)check(true);
	assert_int_equal(found[MEWS_RULE_SUM], 0);
	OK(mews_check_mend(db, wh, MEWS_HOUR, t, t + 3600, &n, &err));
	assert_int_equal(n, 0);
	b = get(wh, MEWS_COUNTER, MEWS_HOUR, t);
	assert_same_bucket(&b, &was);
	assert_int_equal(check(false), 0); /* the hour knows what it was */
}

static void
write_minutes(int64_t from, int64_t to, int64_t *index)
{
	struct mews_sample s = { .series = wh, .kind = MEWS_COUNTER };

	for (; from < to; from += 60) {
		s.b = (struct mews_bucket){ .t = from,
			.sum = 2,
			.end = *index += 2,
			.seen = 12,
			.expected = 12 };
		OK(mews_history_write(db, from, &s, 1, NULL, &err));
	}
}

/* Minutes of a counter that are lost before their hour is made. */
static void
lost(void **state)
{
	struct mews_bucket gone = { .t = END + 600 }, b;
	int64_t index = get(wh, MEWS_COUNTER, MEWS_MINUTE, END - 60).end;

	(void)state;
	write_minutes(END, END + 1800, &index);
	for (; gone.t < END + 1200; gone.t += 60)
		put(wh, MEWS_COUNTER, MEWS_MINUTE, &gone);
	assert_int_equal(check(false), 1);
	assert_int_equal(found[MEWS_RULE_INDEX], 1);
	assert_true(last.mendable);
	assert_int_equal(check(true), 1);
	assert_int_equal(check(false), 0);
	write_minutes(END + 1800, END + 3600, &index);
	b = get(wh, MEWS_COUNTER, MEWS_HOUR, END);
	assert_int_equal(b.sum, 120);
	assert_true((b.flags & MEWS_ESTIMATED) != 0);
	assert_int_equal(b.seen, 50);
	assert_int_equal(check(false), 0);
}

static void
others(void **state)
{
	const int64_t t = START + 50 * 3600;
	struct mews_bucket b, was;

	(void)state;
	was = b = get(wh, MEWS_COUNTER, MEWS_MINUTE, t);
	b.end += 4;
	put(wh, MEWS_COUNTER, MEWS_MINUTE, &b);
	assert_int_equal(check(false), 2); /* to it and from it */
	assert_int_equal(found[MEWS_RULE_INDEX], 2);
	assert_false(last.mendable);
	put(wh, MEWS_COUNTER, MEWS_MINUTE, &was);
	b = (struct mews_bucket){ .t = END + 3 * 86400,
		.sum = -1,
		.seen = 1,
		.expected = 1 };
	put(wh, MEWS_COUNTER, MEWS_MINUTE, &b);
	(void)check(false);
	assert_int_equal(found[MEWS_RULE_SIGN], 1);
	assert_int_equal(found[MEWS_RULE_SOURCE], 1);
	b = (struct mews_bucket){ .t = b.t, .flags = MEWS_RESET, .sum = 9 };
	put(wh, MEWS_COUNTER, MEWS_MINUTE, &b);
	(void)check(false);
	assert_int_equal(found[MEWS_RULE_SOURCE], 2);
}

/* Rows that cannot be unpacked: hours come back from their minutes. */
static void
rows(void **state)
{
	const int64_t t = START + 30 * 3600;
	struct mews_bucket was = get(wh, MEWS_COUNTER, MEWS_HOUR, t), b;

	(void)state;
	OK(mews_db_exec(db,
	    "UPDATE chunk SET data = substr(data, 1, 40) WHERE id >> 48 = 1",
	    &err));
	assert_true(check(true) > 0);
	assert_int_equal(found[MEWS_RULE_FILE], 2);
	b = get(wh, MEWS_COUNTER, MEWS_HOUR, t);
	assert_same_bucket(&b, &was);
	(void)check(true);
	assert_int_equal(check(false), 0);
	OK(mews_db_exec(db,
	    "UPDATE frame SET data = x'00' WHERE id ="
	    " (SELECT max(id) FROM frame)",
	    &err));
	assert_int_equal(check(true) > 0, 1);
	assert_int_equal(found[MEWS_RULE_FILE], 1);
	(void)check(true);
	assert_int_equal(check(false), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sound, begin, end),
		cmocka_unit_test_setup_teardown(sums, begin, end),
		cmocka_unit_test_setup_teardown(less_is_left, begin, end),
		cmocka_unit_test_setup_teardown(lost, begin, end),
		cmocka_unit_test_setup_teardown(others, begin, end),
		cmocka_unit_test_setup_teardown(rows, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
