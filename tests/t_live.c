/*
 * t_live.c - what is true now: written piece by piece, loaded whole.
 */
#include "test.h"
#include "live.h"
#include "schema.h"

#include <stdlib.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_live live;
static struct mews_err err;

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	assert_int_equal(mews_schema_open(&place, MEWS_LIVE_DB, MEWS_DB_SCRATCH,
			     &db, &err),
	    MEWS_OK);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	mews_live_clear(&live);
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

static void
load(void)
{
	mews_live_clear(&live);
	assert_int_equal(mews_live_load(db, &live, &err), MEWS_OK);
}

static void
empty(void **state)
{
	(void)state;
	load();
	assert_int_equal(live.now, 0);
	assert_int_equal(live.nvalues, 0);
	assert_null(mews_live_find(&live, 1, "voltage_l1"));
	assert_null(mews_live_device(&live, 1));
}

static void
latest(void **state)
{
	const struct mews_quantity *u = mews_quantity_find("voltage_l1");
	const struct mews_quantity *e =
	    mews_quantity_find("active_energy_import");
	const struct mews_live_value first[] = {
		{ 2, u, false, 23050, 1000 },
		{ 1, u, false, 22900, 1500 },
		{ 1, e, false, INT64_C(1) << 60, 1500 },
	};
	const struct mews_live_value then = { 1, u, true, 0, 9000 };
	const struct mews_live_device devices[] = {
		{ 1, MEWS_ANSWERS, 50, 90, 12345, 10, 9, 1, 2, 3,
		    { 4, 0, 2, [11] = 7 }, 11, 300000, 280000, 20000, 90000,
		    MEWS_LIVE_NEAR },
		{ .device = 2, .answer = MEWS_SILENT, .timeouts = 4 },
	};
	const struct mews_live_value *v;
	const struct mews_live_device *d;

	(void)state;
	assert_int_equal(mews_live_write(db, first, 3, devices, 2, 100, &err),
	    MEWS_OK);
	assert_int_equal(mews_live_write(db, &then, 1, NULL, 0, 102, &err),
	    MEWS_OK);
	load();
	assert_int_equal(live.now, 102);
	assert_int_equal(live.nvalues, 3);
	assert_int_equal(live.ndevices, 2);
	assert_non_null(v = mews_live_find(&live, 1, "voltage_l1"));
	assert_true(v->missing);
	assert_int_equal(v->t_ms, 9000);
	assert_non_null(v = mews_live_find(&live, 2, "voltage_l1"));
	assert_false(v->missing);
	assert_int_equal(v->value, 23050);
	assert_ptr_equal(v->quantity, u);
	assert_int_equal(mews_live_find(&live, 1, "active_energy_import")
			     ->value,
	    INT64_C(1) << 60);
	assert_null(mews_live_find(&live, 2, "active_energy_import"));
	assert_non_null(d = mews_live_device(&live, 1));
	assert_int_equal(d->answer, MEWS_ANSWERS);
	assert_int_equal(d->since, 50);
	assert_int_equal(d->last, 90);
	assert_int_equal(d->answer_us, 12345);
	assert_int_equal(d->asked, 10);
	assert_int_equal(d->answered, 9);
	assert_int_equal(d->timeouts, 1);
	assert_int_equal(d->damaged, 2);
	assert_int_equal(d->exceptions, 3);
	assert_int_equal(d->code[0], 4);
	assert_int_equal(d->code[1], 0);
	assert_int_equal(d->code[2], 2);
	assert_int_equal(d->code[11], 7);
	assert_int_equal(d->last_code, 11);
	assert_int_equal(d->timeout_us, 300000);
	assert_int_equal(d->p99_us, 90000);
	assert_int_equal(d->marks, MEWS_LIVE_NEAR);
	assert_int_equal(mews_live_device(&live, 2)->code[0], 0);
	assert_int_equal(mews_live_device(&live, 2)->answer, MEWS_SILENT);
	assert_int_equal(mews_live_device(&live, 2)->timeouts, 4);
}

static void
lines(void **state)
{
	const struct mews_live_line two[] = {
		{ 7, true, 50, "", "/dev/ttyUSB0", 100, 2000, 410, 20, 33 },
		{ 8, false, 60, "refused", "10.0.0.9", 0, 0, 0, 0, 0 },
	};
	const struct mews_live_line *l;

	(void)state;
	assert_int_equal(mews_live_health(db, two, 2, NULL, 0, &err), MEWS_OK);
	load();
	assert_int_equal(live.nlines, 2);
	assert_non_null(l = mews_live_line(&live, 7));
	assert_true(l->open);
	assert_int_equal(l->bytes, 2000);
	assert_int_equal(l->load, 410);
	assert_int_equal(l->clients, 20);
	assert_int_equal(l->second, 33);
	assert_string_equal(l->path, "/dev/ttyUSB0");
	assert_non_null(l = mews_live_line(&live, 8));
	assert_false(l->open);
	assert_string_equal(l->why, "refused");
	assert_null(mews_live_line(&live, 9));
}

static void
put_minute(int64_t t, int64_t id, bool line, int64_t asked)
{
	struct mews_live_minute m = { .t = t,
		.id = id,
		.line = line,
		.asked = asked,
		.bytes = 5 };

	assert_int_equal(mews_live_health(db, NULL, 0, &m, 1, &err), MEWS_OK);
}

/* A device and a line may have the same number; a day is kept. */
static void
minutes(void **state)
{
	struct mews_live_minute *m;
	size_t n;

	(void)state;
	put_minute(600, 1, false, 11);
	put_minute(660, 1, false, 12);
	put_minute(660, 1, true, 13);
	assert_int_equal(mews_live_minutes(db, false, 1, 0, 720, &m, &n, &err),
	    MEWS_OK);
	assert_int_equal(n, 2);
	assert_int_equal(m[0].asked, 11);
	assert_int_equal(m[1].t, 660);
	assert_int_equal(m[1].bytes, 5);
	free(m);
	assert_int_equal(mews_live_minutes(db, true, 1, 0, 660, &m, &n, &err),
	    MEWS_OK);
	assert_int_equal(n, 0);
	free(m);
	put_minute(660 + 60 * (MEWS_LIVE_KEPT - 1), 2, true, 1);
	assert_int_equal(mews_live_minutes(db, false, 1, 0, 1000, &m, &n, &err),
	    MEWS_OK);
	assert_int_equal(n, 1);
	assert_int_equal(m[0].t, 660);
	free(m);
}

/* What was true before mewsd ended is not true after. */
static void
emptied(void **state)
{
	const struct mews_live_value v = { 1, mews_quantity_find("voltage_l1"),
		false, 1, 1 };

	(void)state;
	assert_int_equal(mews_live_write(db, &v, 1, NULL, 0, 100, &err),
	    MEWS_OK);
	mews_db_close(db);
	assert_int_equal(mews_schema_open(&place, MEWS_LIVE_DB, MEWS_DB_SCRATCH,
			     &db, &err),
	    MEWS_OK);
	load();
	assert_int_equal(live.nvalues, 0);
	assert_int_equal(live.now, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(empty),
		TEST(latest),
		TEST(lines),
		TEST(minutes),
		TEST(emptied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
