/*
 * t_tally.c - readings become minutes: means, energy, jumps of the clock, and
 * what waits while the disk takes nothing.
 */
#include "test.h"
#include "schema.h"
#include "tally.h"

#define START INT64_C(1795000020) /* a whole minute */

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static struct mews_device device = { .id = 4, .plate = "P4", .every_s = 5 };
static struct mews_profile profile;
static struct mews_profile_read reads[2];
static struct poll_unit unit;
static struct tally tally;
static struct backlog backlog;

/* One gauge (item 0) and one counter (item 1), the clocks at START. */
static void
start(int64_t next)
{
	tally_init(&tally, next);
	tally.base = START;
	tally.base_us = 0;
	tally.offset = START * 1000;
	unit.live.device = device.id;
	assert_int_equal(tally_add(&tally, db, &unit, &err), MEWS_OK);
}

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	assert_int_equal(mews_calendar_zone("UTC", &err), MEWS_OK);
	assert_int_equal(mews_schema_open(&place, MEWS_HISTORY_DB,
			     MEWS_DB_WRITE, &db, &err),
	    MEWS_OK);
	reads[0] = (struct mews_profile_read){ .function = 3,
		.quantity = mews_quantity_find("active_power"),
		.type = mews_register_find("u16"),
		.mantissa = 10,
		.class = MEWS_NORMAL };
	reads[1] = reads[0];
	reads[1].quantity = mews_quantity_find("active_energy_import");
	reads[1].address = 1;
	reads[1].mantissa = 1;
	profile =
	    (struct mews_profile){ .block = 125, .read = reads, .nreads = 2 };
	unit.device = &device;
	assert_int_equal(mews_plan_make(&unit.plan, &device, &profile, &err),
	    MEWS_OK);
	start(0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	backlog_clear(&backlog);
	tally_clear(&tally);
	mews_plan_clear(&unit.plan);
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

/* A reading `ms` after START by both clocks; the wall is `jump` s ahead. */
static void
take(int64_t ms, int64_t jump, int64_t watts, int64_t wh)
{
	struct reading *g = mews_alloc(1, sizeof(*g) + 2 * sizeof(g->v[0]));

	g->now = ms * 1000;
	g->wall = START * 1000 + ms + jump * 1000;
	g->live.device = device.id;
	g->n = 2;
	g->v[0] = (struct reading_value){ 0, watts < 0, watts * 10 };
	g->v[1] = (struct reading_value){ 1, wh < 0, wh };
	tally_take(&tally, g, &backlog);
	free(g);
}

/* The only waiting minute; its value of an item is returned. */
static const struct mews_bucket *
minute(int64_t t, size_t item)
{
	size_t i;

	assert_int_equal(backlog.n, 1);
	assert_int_equal(backlog.first->t, t);
	for (i = 0; i < backlog.first->n; i++)
		if (backlog.first->v[i].quantity == reads[item].quantity)
			return &backlog.first->v[i].b;
	fail_msg("the minute has no %s", reads[item].quantity->name);
	return NULL;
}

static void
one_minute(void **state)
{
	const struct mews_bucket *b;

	(void)state;
	take(10000, 0, 100, 5000);
	take(30000, 0, 400, 5003);
	take(45000, 0, -1, -1);
	take(59000, 0, 100, 5004);
	assert_int_equal(backlog.n, 0);
	tally_tick(&tally, (START + 60) * 1000 + 100, &backlog);
	assert_int_equal(backlog.n, 0); /* answers may be on their way */
	take(61000, 0, 900, 5009);
	b = minute(START, 0);
	/* 100 W for 30 s, 400 W for 29 s, 100 W for 1 s */
	assert_int_equal(b->sum, 2450);
	assert_int_equal(b->min, 1000);
	assert_int_equal(b->max, 4000);
	assert_int_equal(b->seen, 3);
	assert_int_equal(b->expected, 12);
	b = minute(START, 1);
	assert_int_equal(b->sum, 4);
	assert_int_equal(b->end, 5004);
	assert_int_equal(b->flags, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_tick(&tally, (START + 120) * 1000 + 400, &backlog);
	assert_int_equal(minute(START + 60, 1)->sum, 5);
	assert_int_equal(minute(START + 60, 0)->sum, 9000);
	assert_int_equal(tally.minute, 0);
}

static void
nothing_measured(void **state)
{
	(void)state;
	take(1000, 0, -1, -1);
	tally_tick(&tally, (START + 70) * 1000, &backlog);
	assert_int_equal(backlog.n, 0);
}

static void
no_measurement(void **state)
{
	(void)state;
	take(1000, 0, INT64_C(1) << 50, 10);
	take(2000, 0, 50, 10);
	tally_tick(&tally, (START + 70) * 1000, &backlog);
	assert_int_equal(minute(START, 0)->sum, 500);
	assert_int_equal(minute(START, 0)->seen, 1);
}

/* What was used while nobody looked is found in the index. */
static void
restart(void **state)
{
	(void)state;
	take(1000, 0, 1, 700);
	take(20000, 0, 1, 730);
	tally_tick(&tally, (START + 61) * 1000, &backlog);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_clear(&tally);
	start(START + 60);
	tally.base_us = -600000000; /* now is ten minutes later */
	tally.series[1].counter.t = START + 60;
	take(600000, 0, 1, 750);
	take(605000, 0, 1, 751);
	tally_tick(&tally, (START + 661) * 1000, &backlog);
	assert_int_equal(minute(START + 600, 1)->sum, 21);
	assert_int_equal(minute(START + 600, 1)->flags, MEWS_ESTIMATED);
}

/* The clock goes back ten minutes: no closed minute is written again. */
static void
clock_back(void **state)
{
	int64_t last = 0;

	(void)state;
	take(59000, 0, 1, 100);
	take(61000, 0, 1, 101);
	take(62000, -600, 1, 103);
	take(122000, -600, 1, 107);
	assert_int_equal(backlog.n, 1);
	take(660000 + 61000, -600, 1, 120);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog.last->t, START + 60);
	assert_int_equal(backlog.last->v[1].b.sum, 7);
	assert_int_equal(backlog.last->v[1].b.flags & MEWS_CLOCK, MEWS_CLOCK);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	assert_int_equal(last, START + 60);
	tally_tick(&tally, (START + 181) * 1000 + 400, &backlog);
	assert_int_equal(minute(START + 120, 1)->sum, 13);
}

/* It goes back between two minutes, or mewsd begins again within one. */
static void
never_again(void **state)
{
	(void)state;
	take(59000, 0, 1, 100);
	tally_tick(&tally, (START + 61) * 1000, &backlog);
	take(61000, -30, 1, 102);
	tally_tick(&tally, (START + 121) * 1000, &backlog);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog.last->t, START + 60);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
}

/* Two hours ahead: a hole, and no energy lost or estimated. */
static void
clock_ahead(void **state)
{
	(void)state;
	take(10000, 0, 1, 100);
	take(15000, 7200, 1, 103);
	assert_int_equal(minute(START, 1)->sum, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_tick(&tally, (START + 7261) * 1000, &backlog);
	assert_int_equal(minute(START + 7200, 1)->sum, 3);
	assert_int_equal(minute(START + 7200, 1)->flags, MEWS_CLOCK);
}

/* More minutes than fit: the oldest go, their energy stays. */
static void
too_long(void **state)
{
	struct backlog_minute *m;
	int64_t sum = 0;
	size_t i;

	(void)state;
	take(1000, 0, 1, 0);
	for (i = 1; i <= BACKLOG_MOST + 10; i++)
		take((int64_t)i * 60000, 0, 1, 3 * (int64_t)i);
	assert_int_equal(backlog.n, BACKLOG_MOST);
	for (m = backlog.first; m != NULL; m = m->next)
		sum += m->v[1].b.sum;
	assert_int_equal(sum, 3 * (BACKLOG_MOST + 9));
	assert_int_equal(backlog.first->v[1].b.sum, 3 * 10);
	assert_int_equal(backlog.first->v[1].b.flags, MEWS_ESTIMATED);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	assert_int_equal(backlog.n, 0);
}

/* A minute that is there already is refused and does not stop the others. */
static void
refused(void **state)
{
	int64_t last = 0;

	(void)state;
	take(1000, 0, 1, 100);
	take(61000, 0, 1, 101);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally.next = START;
	tally.minute = START;
	take(122000, 0, 1, 102);
	take(182000, 0, 1, 103);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_BAD);
	assert_int_equal(backlog.n, 0);
	assert_int_equal(last, START + 120);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_minute),
		TEST(nothing_measured),
		TEST(no_measurement),
		TEST(restart),
		TEST(clock_back),
		TEST(never_again),
		TEST(clock_ahead),
		TEST(too_long),
		TEST(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
