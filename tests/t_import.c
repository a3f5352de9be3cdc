/*
 * t_import.c - a CSV of minutes goes in whole or not at all.
 */
#include "test.h"
#include "import.h"
#include "schema.h"

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static struct import_report done;

#define NOW INT64_C(1763900000)

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	return (int)mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE,
	    &db, &err);
}

static int
end(void **state)
{
	(void)state;
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

static enum mews_rc
import(const char *text)
{
	FILE *f = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	enum mews_rc rc;

	assert_non_null(f);
	rc = import_minutes(db, 1, f, NOW, &done, &err);
	(void)fclose(f);
	return rc;
}

static struct mews_buckets
minutes(const char *quantity)
{
	const struct mews_quantity *q = mews_quantity_find(quantity);
	struct mews_buckets l = { 0 };
	int64_t series, first;

	if (mews_history_find(db, 1, q, &series, &err) != MEWS_OK)
		return l;
	assert_true(mews_calendar_read("2025-11-22T14:00:00Z", &first));
	assert_int_equal(mews_history_read(db, series, q->kind, MEWS_MINUTE,
			     first, first + 3600, NOW, &l, &err),
	    MEWS_OK);
	return l;
}

#define HEAD "time,active_energy_import,active_power,active_power:max\n"

static void
goes_in(void **state)
{
	struct mews_buckets l;

	(void)state;
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,1000,240.55,300\r\n"
				     "2025-11-22T15:31:00+01:00,1004,,\n"
				     "2025-11-22T15:35:00,1020,120,\n"),
	    MEWS_OK);
	assert_true(done.minutes == 3 && done.values == 5 && done.kept == 0);
	l = minutes("active_energy_import");
	assert_int_equal(l.n, 3);
	assert_true(l.b[0].sum == 0 && l.b[0].end == 1000);
	assert_true(l.b[1].sum == 4 && l.b[1].flags == 0);
	assert_true(l.b[2].sum == 16 && l.b[2].flags == MEWS_ESTIMATED);
	mews_buckets_clear(&l);
	l = minutes("active_power");
	assert_int_equal(l.n, 2);
	assert_true(l.b[0].sum == 2406 && l.b[0].max == 3000);
	assert_true(l.b[1].min == 1200 && l.b[1].max == 1200);
	mews_buckets_clear(&l);
	/* the same again changes nothing, what is new is added */
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,9999,9999,\n"
				     "2025-11-22T14:36:00Z,1021,120,\n"),
	    MEWS_OK);
	assert_true(done.kept == 2 && done.values == 2);
	l = minutes("active_energy_import");
	assert_true(l.n == 4 && l.b[0].end == 1000);
	mews_buckets_clear(&l);
}

static void
all_or_nothing(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ HEAD "2025-11-22T14:30:00Z,1000,240,1\n"
		       "2025-11-22T14:31:00Z,1001,2",
		    "line 3 has no end" },
		{ HEAD "2025-11-22T14:30:00Z,1000\n", "line 2: 4 fields" },
		{ HEAD "2025-11-22T14:30:00Z,1,2,3,4\n", "line 2: more" },
		{ HEAD "2025-11-22T14:30:00Z,1,2,3\n"
		       "2025-11-22T14:30:00Z,1,2,3\n",
		    "line 3: not later" },
		{ HEAD "2025-11-22T14:30:30Z,1,2,3\n", "whole minute" },
		{ HEAD "2035-11-22T14:30:00Z,1,2,3\n", "not over" },
		{ HEAD "22/11/2025,1,2,3\n", "whole minute" },
		{ HEAD "2025-11-22T14:30:00Z,1;2;3\n", "line 2: no number" },
		{ HEAD "2025-11-22T14:30:00Z,1,abc,3\n", "'abc'" },
		{ HEAD, "no minutes" },
		{ "time;active_power\n", "separated by commas" },
		{ "time\n", "no column" },
		{ "time,volts\n", "'volts'" },
		{ "time,active_energy_import:max\n", "only a gauge" },
		{ "time,active_power:mid\n", "only a gauge" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(import(rows[i].text), MEWS_BAD);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.text,
			    rows[i].says);
		assert_int_equal(minutes("active_power").n, 0);
	}
}

/* More than one batch: the sums are those of the file. */
static void
a_long_file(void **state)
{
	struct mews_buf text = { 0 };
	struct mews_buckets l;
	char stamp[MEWS_STAMP];
	int64_t t = NOW - NOW % 86400 - 20 * 86400, series;
	const struct mews_quantity *q =
	    mews_quantity_find("active_energy_import");
	int i;

	(void)state;
	mews_buf_str(&text, "time,active_energy_import\n");
	for (i = 0; i < 25000; i++) {
		mews_calendar_utc(t + i * 60, stamp);
		mews_buf_printf(&text, "%s,%d\n", stamp, 500 + 7 * i);
	}
	assert_int_equal(import(text.s), MEWS_OK);
	assert_true(done.values == 25000);
	assert_int_equal(mews_history_find(db, 1, q, &series, &err), MEWS_OK);
	assert_int_equal(mews_history_read(db, series, q->kind, MEWS_YEAR, 0,
			     NOW, NOW, &l, &err),
	    MEWS_OK);
	assert_int_equal(l.n, 1);
	assert_true(l.b[0].sum == 7 * 24999 && l.b[0].seen == 25000);
	mews_buckets_clear(&l);
	mews_buf_clear(&text);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	static const struct CMUnitTest tests[] = {
		TEST(goes_in),
		TEST(all_or_nothing),
		TEST(a_long_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
