/*
 * t_count.c - what crosses the gateway, counted, and as live.db gives it back:
 * daemon/gateway_count.c, lib/traffic.c, lib/traffic_frame.c.
 */
#include "database.h"
#include "gateway_count.h"

TEST_DATABASE(MEWS_LIVE_DB, MEWS_DB_SCRATCH)

/* By way of the database. */
static void
through(struct count *c, struct mews_traffic *out)
{
	struct mews_traffic t;

	count_take(c, &t);
	assert_int_equal(mews_traffic_write(db, &t, NULL), MEWS_OK);
	mews_traffic_clear(&t);
	assert_int_equal(mews_traffic_load(db, out, NULL), MEWS_OK);
}

static void
ports(void **state)
{
	static const struct mews_traffic_port two[] = {
		{ 502, "0.0.0.0", 0, true }, { 503, "10.0.0.5", 7, false }
	};
	struct count *c = count_new();
	struct mews_traffic t;

	(void)state;
	count_ports(c, two, 2);
	through(c, &t);
	assert_int_equal(t.nports, 2);
	assert_true(t.port[0].port == 502 && t.port[0].open);
	assert_true(t.port[1].line == 7 && !t.port[1].open);
	assert_string_equal(t.port[1].address, "10.0.0.5");
	mews_traffic_clear(&t);
	count_free(c);
}

static void
clients(void **state)
{
	struct count *c = count_new();
	struct mews_traffic t;
	uint64_t i;

	(void)state;
	count_state(c, MEWS_TRAFFIC_OPEN);
	for (i = 1; i <= MEWS_TRAFFIC_CLIENTS + 1; i++)
		count_come(c, i, "10.0.0.1:1234", 502);
	assert_int_equal(count_clients(c), MEWS_TRAFFIC_CLIENTS);
	for (i = 4; i <= MEWS_TRAFFIC_CLIENTS; i++)
		count_go(c, i);
	count_go(c, 1);
	count_asked(c, 2);
	count_asked(c, 2);
	count_asked(c, 2);
	count_asked(c, 99); /* nobody */
	count_answered(c, 2, false);
	count_answered(c, 2, true);
	through(c, &t);
	assert_int_equal(t.state, MEWS_TRAFFIC_OPEN);
	assert_int_equal(t.nclients, 2);
	assert_true(t.client[0].id == 2 && t.client[1].id == 3);
	assert_string_equal(t.client[0].who, "10.0.0.1:1234");
	assert_true(t.client[0].port == 502 && t.client[0].since > 0);
	assert_true(t.client[0].requests == 3 && t.client[0].waiting == 1);
	assert_true(t.client[0].answers == 1 && t.client[0].exceptions == 1);
	assert_true(t.client[0].last > 0 && t.client[1].last == 0);
	assert_true(t.requests == 4 && t.answers == 1 && t.exceptions == 1);
	assert_true(t.tenth == 4 && t.nminutes >= 1 && t.nminutes <= 2);
	mews_traffic_clear(&t);
	count_asked(c, 2);
	for (i = 0; i < 5; i++) {
		through(c, &t);
		mews_traffic_clear(&t);
	}
	through(c, &t);
	assert_int_equal(t.tenth, 0); /* 10 s later */
	mews_traffic_clear(&t);
	count_reset(c);
	through(c, &t);
	assert_true(t.requests == 0 && t.client[0].requests == 0);
	assert_true(t.nminutes == 1 && t.minute[0].requests == 0);
	assert_int_equal(t.client[0].waiting, 2);
	mews_traffic_clear(&t);
	count_free(c);
}

/* Spans are told to a quarter: never less than they were, at most 5/4. */
static void
units(void **state)
{
	struct count *c = count_new();
	struct count_unit u = { .line = 2, .unit = 7, .device = 5 };
	struct mews_traffic t;
	int i;

	(void)state;
	for (i = 1; i <= 100; i++) {
		u.wait = 1000 * i;
		u.answer = 10000 + i;
		count_unit(c, &u);
	}
	u.joined = true;
	count_unit(c, &u);
	u = (struct count_unit){ .line = 1, .unit = 9, .own = true };
	count_unit(c, &u);
	count_come(c, 4, "10.0.0.4:1234", 502);
	u = (struct count_unit){ .line = 1,
		.unit = 10,
		.client = 4,
		.code = 0x0b,
		.damaged = true,
		.answer = 7000 };
	count_unit(c, &u);
	u.joined = true;
	count_unit(c, &u);
	for (i = 0; i < 12; i++) {
		u = (struct count_unit){ .line = 1,
			.unit = 3,
			.code = (uint8_t)i };
		count_unit(c, &u);
	}
	through(c, &t);
	assert_int_equal(t.nunits, 4);
	assert_true(t.unit[0].unit == 3 && t.unit[1].unit == 9);
	assert_true(t.unit[2].damaged == 2 && t.unit[2].silent == 2);
	assert_true(t.unit[2].used == 7000 && t.client[0].used == 7000);
	assert_true(t.unit[3].used == 100 * 10000 + 5050);
	assert_true(t.unit[3].line == 2 && t.unit[3].device == 5);
	assert_true(t.unit[3].asked == 101 && t.unit[3].answered == 101);
	assert_true(t.unit[3].joined == 1 && t.unit[3].slowest == 10100);
	assert_in_range(t.unit[3].wait_p50, 50000, 63000);
	assert_in_range(t.unit[3].wait_p99, 99000, 125000);
	assert_in_range(t.unit[3].answer_p50, 10050, 12600);
	assert_true(t.unit[1].exceptions == 1 && t.unit[1].answered == 0);
	assert_true(t.unit[0].asked == 12 && t.unit[0].answered == 1);
	assert_true(t.unit[0].silent == 1 && t.unit[0].busy == 1);
	assert_int_equal(t.unit[0].gone, 1);
	assert_int_equal(t.minute[t.nminutes - 1].busy_us,
	    t.nminutes == 1 ? 100 * 10000 + 5050 + 7000 : t.minute[1].busy_us);
	mews_traffic_clear(&t);
	for (i = 0; i < MEWS_TRAFFIC_UNITS + 10; i++) {
		u = (struct count_unit){ .line = i, .unit = 1 };
		count_unit(c, &u);
	}
	through(c, &t);
	assert_int_equal(t.nunits, MEWS_TRAFFIC_UNITS);
	mews_traffic_clear(&t);
	count_free(c);
}

/* The newest stand first, each reason once, and no more than there is room
 * for. */
static void
refusals(void **state)
{
	struct mews_traffic_refusal r = { .why = MEWS_WHY_RIGHTS,
		.address = "10.0.0.9",
		.unit = 1,
		.function = 6,
		.first = 10,
		.last = 11 };
	struct count *c = count_new();
	struct mews_traffic t;
	int i;

	(void)state;
	count_refused(c, 0, &r);
	r.why = MEWS_WHY_DEAF;
	count_refused(c, 0, &r);
	r.why = MEWS_WHY_RIGHTS;
	count_refused(c, 0, &r);
	through(c, &t);
	assert_true(t.nrefusals == 2 && t.refusals == 3);
	assert_true(t.refusal[0].n == 2 && t.refusal[1].n == 1);
	assert_string_equal(mews_traffic_reason(t.refusal[0].why), "rights");
	assert_string_equal(t.refusal[0].address, "10.0.0.9");
	assert_true(t.refusal[0].first == 10 && t.refusal[0].last == 11);
	assert_true(t.refusal[0].unit == 1 && t.refusal[0].function == 6);
	mews_traffic_clear(&t);
	for (i = 0; i < 3 * MEWS_TRAFFIC_REFUSALS; i++) {
		r.unit = i;
		count_refused(c, 0, &r);
	}
	count_take(c, &t);
	assert_int_equal(t.nrefusals, MEWS_TRAFFIC_REFUSALS);
	assert_int_equal(t.refusal[0].unit, 3 * MEWS_TRAFFIC_REFUSALS - 1);
	mews_traffic_clear(&t);
	count_free(c);
}

static size_t
find(struct mews_traffic_filter *f, struct mews_traffic_frame *out)
{
	size_t n;

	assert_int_equal(mews_traffic_frames(db, f, out, MEWS_TRAFFIC_PAGE, &n,
			     NULL),
	    MEWS_OK);
	return n;
}

static void
frames(void **state)
{
	static struct mews_traffic_frame out[COUNT_FRAMES];
	struct mews_traffic_frame f = { .t_us = 5,
		.client = "10.0.0.9:502",
		.n = 2,
		.bytes = { 1, 2 } };
	struct mews_traffic_filter all = { .unit = -1, .function = -1 }, w;
	struct count *c = count_new();
	size_t n;
	int i;

	(void)state;
	count_frame(c, &f);
	assert_false(count_watched(c));
	assert_int_equal(count_frames(c, out, COUNT_FRAMES), 0);
	assert_true(count_watch(c) > 0 && count_watched(c));
	for (i = 0; i < COUNT_FRAMES + 100; i++) {
		f.unit = i % 4;
		f.function = i % 3;
		f.result = i % 10 == 0 ? MEWS_FRAME_SILENT : MEWS_FRAME_GOOD;
		(void)snprintf(f.client, sizeof(f.client), "10.0.0.%d:502",
		    i % 10);
		count_frame(c, &f);
	}
	n = count_frames(c, out, COUNT_FRAMES);
	assert_int_equal(n, COUNT_FRAMES);
	for (i = 0; i < MEWS_TRAFFIC_FRAMES; i += COUNT_FRAMES)
		assert_int_equal(mews_traffic_add(db, out, n, NULL), MEWS_OK);
	assert_int_equal(out[n - 1].id, 8 * COUNT_FRAMES);
	assert_int_equal(find(&all, out), MEWS_TRAFFIC_PAGE);
	assert_true(out[0].id == 8 * COUNT_FRAMES && out[1].id < out[0].id);
	assert_true(out[0].n == 2 && out[0].bytes[1] == 2);
	assert_int_equal(out[0].t_us, 5);
	w = all;
	w.after = 100;
	assert_true(find(&w, out) == MEWS_TRAFFIC_PAGE && out[0].id == 101);
	w = all;
	w.before = 8 * COUNT_FRAMES - MEWS_TRAFFIC_FRAMES + 4;
	assert_int_equal(find(&w, out), 3); /* the oldest that are kept */
	w = all;
	w.before = w.after = 0;
	w.unit = 3;
	w.function = 2;
	for (n = find(&w, out); n-- > 0;)
		assert_true(out[n].unit == 3 && out[n].function == 2);
	w = all;
	w.errors = true;
	assert_true(find(&w, out) > 0);
	assert_int_equal(out[0].result, MEWS_FRAME_SILENT);
	w = all;
	(void)strcpy(w.client, "10.0.0.1");
	assert_true(find(&w, out) > 0);
	assert_string_equal(out[0].client, "10.0.0.1:502");
	(void)strcpy(w.client, "10.0.0.1:502");
	assert_true(find(&w, out) > 0);
	(void)strcpy(w.client, "10.0.0");
	assert_int_equal(find(&w, out), 0);
	count_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports),
		cmocka_unit_test(clients),
		cmocka_unit_test(units),
		cmocka_unit_test(refusals),
		cmocka_unit_test(frames),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
