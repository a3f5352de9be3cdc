/*
 * t_job.c - what people ask of a bus, in live.db: lib/job.c, job_log.c.
 */
#include "database.h"
#include "job.h"

TEST_DATABASE(MEWS_LIVE_DB, MEWS_DB_SCRATCH)

static struct mews_job
add(enum mews_job_kind kind, int64_t line, int64_t device, int64_t t)
{
	struct mews_job j = { .kind = kind,
		.who = "inge",
		.begun = t,
		.line = line,
		.device = device,
		.what = "open",
		.reason = "\xc3\xa9t\xc3\xa9" };

	assert_int_equal(mews_job_add(db, &j, NULL), MEWS_OK);
	return j;
}

/* Ids rise, also when the clock goes back, and are found again. */
static void
ids(void **state)
{
	struct mews_job a = add(MEWS_JOB_SCAN, 1, 0, 1000), b, j;

	(void)state;
	assert_int_equal(a.id, 1000);
	b = add(MEWS_JOB_OPERATE, 1, 7, 900);
	assert_int_equal(b.id, 1001);
	b.state = MEWS_JOB_FAILED;
	b.ended = 905;
	b.done = 3;
	b.code = 4;
	memcpy(b.result, "exception", 10);
	assert_int_equal(mews_job_save(db, &b, NULL), MEWS_OK);
	assert_int_equal(mews_job_load(db, b.id, &j, NULL), MEWS_OK);
	assert_true(j.kind == b.kind && j.state == b.state && j.line == 1 &&
	    j.device == 7 && j.begun == 900 && j.ended == 905 && j.done == 3 &&
	    j.code == 4);
	assert_string_equal(j.who, "inge");
	assert_string_equal(j.what, "open");
	assert_string_equal(j.reason, b.reason);
	assert_string_equal(j.result, "exception");
	assert_int_equal(mews_job_load(db, 5, &j, NULL), MEWS_NONE);
	assert_int_equal(mews_job_newest(db, MEWS_JOB_OPERATE, 0, 7, &j, NULL),
	    MEWS_OK);
	assert_int_equal(j.id, b.id);
	assert_int_equal(mews_job_newest(db, MEWS_JOB_OPERATE, 2, 7, &j, NULL),
	    MEWS_NONE);
	assert_int_equal(mews_job_newest(db, MEWS_JOB_SCAN, 1, 0, &j, NULL),
	    MEWS_OK);
	assert_int_equal(j.id, a.id);
}

/* The oldest that are over go, with what came of them; who runs stays. */
static void
ring(void **state)
{
	struct mews_job all[MEWS_JOBS + 20], j = add(MEWS_JOB_SCAN, 1, 0, 10);
	struct mews_found f = { .job = j.id + 1, .unit = 3 };
	struct mews_job_log l;
	size_t n, i;

	(void)state;
	for (i = 0; i < MEWS_JOBS + 9; i++) {
		j = add(MEWS_JOB_TEST, 1, 1, 10);
		if (i == 0)
			assert_int_equal(mews_found_add(db, &f, NULL), MEWS_OK);
		j.ended = 11;
		assert_int_equal(mews_job_save(db, &j, NULL), MEWS_OK);
	}
	assert_int_equal(mews_job_list(db, all, MEWS_LEN(all), &n, NULL),
	    MEWS_OK);
	assert_int_equal(n, MEWS_JOBS + 1);
	assert_int_equal(all[0].id, j.id);
	assert_int_equal(all[n - 1].id, 10);
	assert_int_equal(mews_job_log(db, f.job, &l, NULL), MEWS_OK);
	assert_int_equal(l.nfound, 0);
	mews_job_log_clear(&l);
	assert_int_equal(mews_job_list(db, all, 5, &n, NULL), MEWS_OK);
	assert_int_equal(n, 5);
}

static void
log_of_a_job(void **state)
{
	struct mews_job j = add(MEWS_JOB_TEST, 1, 1, 10);
	struct mews_exchange e = { .job = j.id,
		.unit = 3,
		.function = 3,
		.address = 40,
		.count = 2,
		.request = { 3, 3, 0, 40, 0, 2, 0x45, 0xe1 },
		.nrequest = 8,
		.answer = { 3, 3, 4, 0x12, 0x34, 0xff, 0xfe, 0x5d, 0x35 },
		.nanswer = 9,
		.took_us = 1500 };
	struct mews_job_value v = { .job = j.id,
		.quantity = mews_quantity_find("active_power"),
		.address = 40,
		.value = -7 };
	struct mews_found f = { .job = j.id,
		.line = 1,
		.unit = 3,
		.baud = 19200,
		.parity = 'E',
		.stop = 1,
		.code = 2,
		.profiles = "a b",
		.device = 9 };
	struct mews_job_log l;

	(void)state;
	assert_int_equal(mews_exchange_add(db, &e, NULL), MEWS_OK);
	e.n = 1;
	e.result = MEWS_EXCHANGE_SILENT;
	e.nanswer = 0;
	assert_int_equal(mews_exchange_add(db, &e, NULL), MEWS_OK);
	assert_int_equal(mews_job_value_add(db, &v, NULL), MEWS_OK);
	v.address = 42;
	v.missing = true;
	assert_int_equal(mews_job_value_add(db, &v, NULL), MEWS_OK);
	assert_int_equal(mews_found_add(db, &f, NULL), MEWS_OK);
	assert_int_equal(mews_job_log(db, j.id, &l, NULL), MEWS_OK);
	assert_int_equal(l.nexchanges, 2);
	assert_int_equal(l.exchange[0].nrequest, 8);
	assert_memory_equal(l.exchange[0].request, e.request, 8);
	assert_int_equal(l.exchange[0].nanswer, 9);
	assert_memory_equal(l.exchange[0].answer, e.answer, 9);
	assert_int_equal(l.exchange[1].nanswer, 0);
	assert_int_equal(l.exchange[1].result, MEWS_EXCHANGE_SILENT);
	assert_int_equal(l.nvalues, 2);
	assert_int_equal(l.value[0].value, -7);
	assert_false(l.value[0].missing);
	assert_true(l.value[1].missing);
	assert_int_equal(l.nfound, 1);
	assert_true(l.found[0].unit == 3 && l.found[0].baud == 19200 &&
	    l.found[0].parity == 'E' && l.found[0].stop == 1 &&
	    l.found[0].code == 2 && l.found[0].device == 9);
	assert_string_equal(l.found[0].profiles, "a b");
	mews_job_log_clear(&l);
}

static void
words(void **state)
{
	struct mews_exchange e = { .function = 4,
		.count = 2,
		.answer = { 9, 4, 4, 0x12, 0x34, 0xff, 0xfe, 0xf9, 0xa4 },
		.nanswer = 9 };
	uint16_t w[12];

	(void)state;
	assert_int_equal(mews_exchange_words(&e, w, MEWS_LEN(w)), 2);
	assert_true(w[0] == 0x1234 && w[1] == 0xfffe);
	assert_int_equal(mews_exchange_words(&e, w, 1), 2);
	e.result = MEWS_EXCHANGE_EXCEPTION;
	assert_int_equal(mews_exchange_words(&e, w, MEWS_LEN(w)), 0);
	e = (struct mews_exchange){ .function = 1,
		.count = 10,
		.answer = { 9, 1, 2, 0x05, 0x02 },
		.nanswer = 5 };
	assert_int_equal(mews_exchange_words(&e, w, MEWS_LEN(w)), 10);
	assert_true(w[0] == 1 && w[1] == 0 && w[2] == 1 && w[9] == 1);
	e.function = 6;
	assert_int_equal(mews_exchange_words(&e, w, MEWS_LEN(w)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ids, begin, end),
		cmocka_unit_test_setup_teardown(ring, begin, end),
		cmocka_unit_test_setup_teardown(log_of_a_job, begin, end),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
