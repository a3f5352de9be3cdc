/*
 * t_budget.c - the time of a round by hand, and of a site.
 */
#include "test.h"
#include "budget.h"

#include <string.h>

static const struct mews_line slow = { .id = 1,
	.baud = 19200,
	.parity = 'E',
	.stop = 1 };
static struct mews_profile_read reads[2];
static struct mews_profile profile = { .name = "a",
	.block = 125,
	.read = reads,
	.nreads = 2 };

/* 50 registers in two blocks, of which one is asked for once a minute. */
static void
set_up(void)
{
	memset(reads, 0, sizeof(reads));
	reads[0] = (struct mews_profile_read){ .function = 3,
		.quantity = mews_quantity_find("voltage_l1"),
		.type = mews_register_find("u32"),
		.mantissa = 1,
		.class = MEWS_NORMAL };
	reads[1] = reads[0];
	reads[1].quantity = mews_quantity_find("voltage_l2");
	reads[1].address = 500;
	reads[1].class = MEWS_SLOW;
}

static const struct mews_profile *
find(void *ctx, const char *name)
{
	(void)ctx;
	return strcmp(name, profile.name) == 0 ? &profile : NULL;
}

/* The wire's figures: (13 + 2n) characters and twice the silence, for n
 * registers. */
static void
wire(void **state)
{
	static const struct {
		int baud;
		int64_t per_1000_s[3]; /* requests of 10, 50, 120 registers */
	} all[] = { { 9600, { 21800, 7270, 3360 } },
		{ 19200, { 43640, 14540, 6710 } },
		{ 38400, { 77200, 27900, 13200 } },
		{ 57600, { 102000, 39900, 19300 } },
		{ 115200, { 150400, 69980, 36160 } } };
	static const size_t words[] = { 10, 50, 120 };
	struct mews_line l = slow;
	int64_t rate;
	size_t i, k;

	(void)state;
	for (i = 0; i < MEWS_LEN(all); i++)
		for (k = 0; k < 3; k++) {
			l.baud = all[i].baud;
			rate = INT64_C(1000000000) /
			    mews_wire_time(&l, 5, 2 + 2 * words[k]);
			assert_in_range(rate, all[i].per_1000_s[k] * 99 / 100,
			    all[i].per_1000_s[k] * 101 / 100);
		}
	l.pause_ms = 10;
	assert_int_equal(mews_wire_silence(&l), 1750 + 10000);
	l.kind = MEWS_LINE_TCP;
	assert_int_equal(mews_wire_time(&l, 5, 200), 0);
}

static void
site(void **state)
{
	struct mews_device device[3] = { { .id = 1, .line = 1, .every_s = 5 },
		{ .id = 2, .line = 1, .every_s = 10 },
		{ .id = 3, .line = 2, .every_s = 1 } };
	struct mews_line other = { .id = 2, .kind = MEWS_LINE_TCP };
	struct mews_site s = { .device = device, .ndevices = 3 };
	struct mews_live_device seen[] = { { .device = 1, .p50_us = 50000 },
		{ .device = 3, .p50_us = 80000 } };
	struct mews_live live = { .device = seen, .ndevices = 2 };
	int64_t request = mews_wire_time(&slow, 5, 6);
	struct mews_budget b;
	size_t i;

	(void)state;
	set_up();
	for (i = 0; i < 3; i++)
		strcpy(device[i].profile, "a");
	mews_budget(&s, &slow, find, NULL, NULL, 32, &b);
	assert_int_equal(b.devices, 2);
	assert_int_equal(b.requests, 4);
	assert_int_equal(b.round, 4 * (request + MEWS_BUDGET_TURN));
	assert_int_equal(b.most, 16 * b.round);
	/* every 5 s, every 10 s, and twice every 60 s: a third of a request */
	assert_in_range(b.load, (request + MEWS_BUDGET_TURN) / 3000 - 1,
	    (request + MEWS_BUDGET_TURN) / 3000 + 1);
	mews_budget(&s, &slow, find, NULL, &live, 0, &b);
	assert_int_equal(b.round,
	    4 * request + 2 * 50000 + 2 * MEWS_BUDGET_TURN);
	/* behind a gateway all of it is measured, or reckoned at 19200 */
	mews_budget(&s, &other, find, NULL, &live, 0, &b);
	assert_int_equal(b.round, 2 * 80000);
	assert_int_equal(b.load, 80 + 1);
	mews_budget(&s, &other, find, NULL, NULL, 0, &b);
	assert_int_equal(b.round, 2 * (request + MEWS_BUDGET_TURN));
	/* a site without devices */
	s = (struct mews_site){ 0 };
	mews_budget(&s, &slow, find, NULL, NULL, 32, &b);
	assert_int_equal(b.devices + b.requests, 0);
	s = (struct mews_site){ .device = device, .ndevices = 3 };
	/* who has no profile is not asked */
	strcpy(device[0].profile, "unknown");
	strcpy(device[1].profile, "unknown");
	mews_budget(&s, &slow, find, NULL, NULL, 32, &b);
	assert_int_equal(b.devices + b.requests, 0);
	assert_int_equal(b.load + b.round + b.most, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire),
		cmocka_unit_test(site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
