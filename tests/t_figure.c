/*
 * t_figure.c - figures of this instant, and sums that were estimated.
 */
#include "test.h"
#include "figure.h"

/* Nothing moves but the digits. */
static void
steady(void **state)
{
	static const char *const names[] = { "current_l1", "active_power",
		"reactive_power", "voltage_l1", "thd_current_l1" };
	const struct mews_quantity *q;
	struct mews_display small, large;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(names); i++) {
		q = mews_quantity_find(names[i]);
		small = figure_display_now(q, 1);
		large = figure_display_now(q, -INT64_C(123456789));
		assert_string_equal(small.unit, large.unit);
		assert_int_equal(small.exponent, large.exponent);
		assert_int_equal(small.decimals, large.decimals);
	}
	q = mews_quantity_find("active_energy_import");
	assert_string_equal(figure_display_now(q, 1).unit, "kWh");
	assert_string_equal(figure_display_now(q, 20000000).unit, "MWh");
}

static void
flagged(void **state)
{
	char text[FIGURE] = "46.5";

	(void)state;
	assert_string_equal(figure_flagged(text, MEWS_WRAP | MEWS_OPEN),
	    "46.5");
	assert_string_equal(figure_flagged(text, MEWS_ESTIMATED | MEWS_OPEN),
	    "\u2248\u202f46.5");
	memset(text, '9', FIGURE - 1);
	text[FIGURE - 1] = '\0';
	assert_int_equal(strlen(figure_flagged(text, MEWS_ESTIMATED)),
	    FIGURE - 1);
}

/* Hours that a day has twice tell which they are. */
static void
clocks(void **state)
{
	static const struct {
		const char *zone, *utc, *text;
	} rows[] = {
		{ "Europe/Rome", "2025-10-25T23:59:00Z", "01:59" },
		{ "Europe/Rome", "2025-10-26T00:00:00Z", "02:00 A" },
		{ "Europe/Rome", "2025-10-26T00:59:00Z", "02:59 A" },
		{ "Europe/Rome", "2025-10-26T01:00:00Z", "02:00 B" },
		{ "Europe/Rome", "2025-10-26T01:59:00Z", "02:59 B" },
		{ "Europe/Rome", "2025-10-26T02:00:00Z", "03:00" },
		{ "Europe/Rome", "2026-03-29T01:00:00Z", "03:00" },
		{ "Australia/Lord_Howe", "2026-04-04T14:29:00Z", "01:29" },
		{ "Australia/Lord_Howe", "2026-04-04T14:30:00Z", "01:30 A" },
		{ "Australia/Lord_Howe", "2026-04-04T15:00:00Z", "01:30 B" },
		{ "Australia/Lord_Howe", "2026-04-04T15:30:00Z", "02:00" },
		{ "Asia/Kolkata", "2025-10-26T00:00:00Z", "05:30" },
	};
	char text[FIGURE];
	struct mews_err err;
	int64_t t;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(mews_calendar_zone(rows[i].zone, &err),
		    MEWS_OK);
		assert_true(mews_calendar_read(rows[i].utc, &t));
		assert_string_equal(figure_clock(text, t), rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady),
		cmocka_unit_test(flagged),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
