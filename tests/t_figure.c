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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steady),
		cmocka_unit_test(flagged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
