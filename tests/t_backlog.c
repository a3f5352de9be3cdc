/*
 * t_backlog.c - minutes that wait come back as they were, a day of a large
 * site needs less than 32 MB, and a disk that fails takes nothing from the first.
 */
#include "test.h"
#include "backlog.h"
#include "history.h"
#include "schema.h"

#include <malloc.h>

#define DEVICES  32
#define VALUES   40
#define COUNTERS 6
#define START    INT64_C(1763900040)

static struct backlog backlog;
static int64_t series[DEVICES * VALUES];

static int
end(void **state)
{
	(void)state;
	backlog_clear(&backlog);
	assert_null(backlog.first);
	assert_null(backlog.columns);
	return 0;
}

static int64_t
swing(int minute, int column, int64_t by)
{
	uint32_t n = (uint32_t)minute * 2654435761u + (uint32_t)column * 40503u;

	n ^= n >> 15;
	n *= 2246822519u;
	return (int64_t)(n >> 8) % by;
}

/* A gauge that moves by a hundredth within the minute, a counter that counts;
 * every tenth value is not there in the first minute of an hour. */
static struct mews_bucket
bucket(int minute, int column)
{
	struct mews_bucket b = { .t = START + minute * 60,
		.expected = 6,
		.seen = swing(minute, column, 50) == 0 ? 5 : 6 };

	if (column % VALUES < COUNTERS) {
		b.sum = swing(minute, column, 400);
		b.end = 25567548 + minute * 300 + b.sum;
	} else {
		b.sum = 230000 + swing(minute, column, 9000);
		b.min = b.sum - swing(minute, column, 2300);
		b.max = b.sum + swing(minute, column, 2200);
	}
	if (minute % 60 == 0 && column % 10 == 9)
		b = (struct mews_bucket){ .t = b.t, .expected = 6 };
	return b;
}

static const struct mews_quantity *
quantity(int column)
{
	return mews_quantity_find(column % VALUES < COUNTERS
		? "active_energy_import"
		: "active_power");
}

static void
fill(int from, int to)
{
	struct backlog_minute *m;
	int i, k;

	for (i = from; i < to; i++) {
		m = backlog_minute(START + i * 60, DEVICES * VALUES);
		for (k = 0; k < DEVICES * VALUES; k++)
			m->v[m->n++] = (struct backlog_value){ k / VALUES + 1,
				quantity(k), &series[k], bucket(i, k) };
		backlog_add(&backlog, m);
	}
}

static void
same(const struct backlog_packed *p, int minute)
{
	struct backlog_minute *m = backlog_unpack(p);
	struct mews_bucket b;
	size_t at = 0;
	int k;

	for (k = 0; k < DEVICES * VALUES; k++) {
		b = bucket(minute, k);
		if (b.seen == 0)
			continue;
		assert_true(at < m->n);
		assert_ptr_equal(m->v[at].series, &series[k]);
		assert_int_equal(m->v[at].device, k / VALUES + 1);
		assert_true(m->v[at].b.t == b.t && m->v[at].b.flags == b.flags);
		assert_true(m->v[at].b.seen == b.seen &&
		    m->v[at].b.expected == b.expected);
		assert_true(m->v[at].b.sum == b.sum && m->v[at].b.end == b.end);
		assert_true(m->v[at].b.min == b.min && m->v[at].b.max == b.max);
		at++;
	}
	assert_int_equal(at, m->n);
	free(m);
}

static void
a_day(void **state)
{
	size_t before = mallinfo2().uordblks, used, bytes = 0;
	const struct backlog_packed *p;
	int i = 0;

	(void)state;
	fill(0, BACKLOG_MOST);
	used = mallinfo2().uordblks - before; /* 0 under a sanitizer */
	for (p = backlog.first; p != NULL; p = p->next, i++) {
		bytes += sizeof(*p) + p->bytes;
		if (i % 59 == 0)
			same(p, i);
	}
	assert_int_equal(i, BACKLOG_MOST);
	print_message("figure: a day of %d devices with %d values waits in "
		      "%.1f MB, %.1f MB with what malloc adds\n",
	    DEVICES, VALUES, (double)bytes / 1e6, (double)used / 1e6);
	assert_true(bytes < 32000000 && used < 32000000);
}

/* What changes its columns does not change what is there. */
static void
columns(void **state)
{
	struct backlog_minute *m = backlog_minute(START + 120, 1);

	(void)state;
	fill(0, 2);
	assert_int_equal(backlog.columns->minutes, 2);
	m->v[m->n++] =
	    (struct backlog_value){ 1, quantity(0), &series[0], bucket(2, 0) };
	backlog_add(&backlog, m);
	fill(3, 4);
	assert_int_equal(backlog.columns->minutes, 1);
	assert_int_equal(backlog.columns->next->minutes, 3);
	same(backlog.first, 0);
	same(backlog.last, 3);
}

/* Time that becomes known moves them, and says so. */
static void
moved(void **state)
{
	struct backlog_minute *m;

	(void)state;
	fill(1, 3);
	backlog.first->waits = true;
	backlog_move(&backlog, START, 7200);
	assert_false(backlog.first->waits);
	m = backlog_unpack(backlog.first);
	assert_int_equal(m->v[0].b.t, START + 60 + 7200);
	assert_int_equal(m->v[0].b.flags, MEWS_CLOCK);
	free(m);
	same(backlog.last, 2);
	assert_true(backlog_has(&backlog, START + 60 + 7200));
	assert_false(backlog_has(&backlog, START + 60));
}

#define MANY 200 /* counters, each of a device of its own */

static void
fill_new(int minute)
{
	struct backlog_minute *m = backlog_minute(START + minute * 60, MANY);
	int k;

	for (k = 0; k < MANY; k++)
		m->v[m->n++] = (struct backlog_value){ k + 1, quantity(0),
			&series[k], bucket(minute, 0) };
	backlog_add(&backlog, m);
}

static void
is_there(struct mews_db *db, int64_t id)
{
	struct mews_buckets l;
	struct mews_err err;

	assert_int_equal(mews_history_read(db, id, MEWS_COUNTER, MEWS_MINUTE,
			     START, START + 120, START + 120, &l, &err),
	    MEWS_OK);
	assert_int_equal(l.n, 2);
	assert_true(
	    l.b[0].sum == bucket(0, 0).sum && l.b[1].end == bucket(1, 0).end);
	mews_buckets_clear(&l);
}

/* Half of the series are made when the disk fails: none of them is known, and
 * the next try writes all. */
static void
the_first(void **state)
{
	static char folder[64];
	const struct mews_place place = { folder, folder, folder };
	const struct mews_quantity *q;
	struct mews_db *db;
	struct mews_err err;
	int64_t last = 0, id = 0, device;
	int k;

	(void)state;
	(void)test_folder(folder);
	memset(series, 0, sizeof(series));
	assert_int_equal(mews_schema_open(&place, MEWS_HISTORY_DB,
			     MEWS_DB_WRITE, &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_db_exec(db,
			     "CREATE TEMP TRIGGER full BEFORE INSERT ON "
			     "main.series WHEN new.device > 100 "
			     "BEGIN SELECT raise(ABORT, 'full'); END",
			     &err),
	    MEWS_OK);
	fill_new(0);
	fill_new(1);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_FAIL);
	for (k = 0; k < MANY; k++)
		assert_int_equal(series[k], 0);
	assert_int_equal(mews_history_next(db, &id, &device, &q, &err),
	    MEWS_NONE);
	assert_int_equal(mews_db_exec(db, "DROP TRIGGER full", &err), MEWS_OK);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	assert_int_equal(last, START + 60);
	for (k = 0; k < MANY; k++)
		is_there(db, series[k]);
	mews_db_close(db);
	test_folder_end(folder);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, NULL, end)
	static const struct CMUnitTest tests[] = {
		TEST(a_day),
		TEST(columns),
		TEST(moved),
		TEST(the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
