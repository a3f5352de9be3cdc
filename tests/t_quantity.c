/*
 * t_quantity.c - the table is sound, and numbers read as people write them.
 */
#include "test.h"
#include "quantity.h"

static void
table(void **state)
{
	const struct mews_quantity *q;
	size_t i;

	(void)state;
	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++) {
		assert_ptr_equal(mews_quantity_find(q->name), q);
		assert_in_range(q->decimals, 0, 3);
		assert_true(q->unit[0] != '\0');
	}
	assert_true(i > 40);
	assert_null(mews_quantity_find("volts"));
}

static void
numbers(void **state)
{
	static const struct {
		const char *lang, *text;
		int64_t value;
		int exponent, decimals;
	} rows[] = {
		{ "en", "1,284.5", 1284500, 3, 1 },
		{ "it", "1.284,5", 1284500, 3, 1 },
		{ "fr", "1\u202f284,5", 1284500, 3, 1 },
		{ "en", "0.3", 250, 3, 1 },
		{ "en", "\u22120.3", -250, 3, 1 },
		{ "en", "0.0", -49, 3, 1 },
		{ "en", "0", 0, 0, 0 },
		{ "en", "12.00", 12, 0, 2 },
		{ "en", "1,000,000", 1000000, 0, 0 },
		{ "en", "999", 999, 0, 0 },
		{ "xx", "1,000", 1000, 0, 0 },
	};
	char text[MEWS_NUMBER];
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		mews_number(text, rows[i].lang, rows[i].value, rows[i].exponent,
		    rows[i].decimals);
		assert_string_equal(text, rows[i].text);
	}
	mews_number_plain(text, -1234567, 3, 2);
	assert_string_equal(text, "-1234.57");
}

/* value in stored integers, shown in that unit with that text */
static void
shown(const char *name, int64_t value, const char *wanted)
{
	const struct mews_quantity *q = mews_quantity_find(name);
	struct mews_display d = mews_quantity_display(q, value);
	char number[MEWS_NUMBER], text[96];

	mews_number(number, "en", value, d.exponent, d.decimals);
	(void)snprintf(text, sizeof(text), "%s %s", number, d.unit);
	assert_string_equal(text, wanted);
}

static void
displays(void **state)
{
	(void)state;
	shown("active_energy_import", 9990, "9.99 kWh");
	shown("active_energy_import", 98800, "98.8 kWh");
	shown("active_energy_import", 1284500, "1,285 kWh");
	shown("active_energy_import", 12000000, "12.0 MWh");
	shown("active_power", 104200, "10.42 kW");
	shown("active_power", 1234000, "123.4 kW");
	shown("voltage_l1", 23120, "231.2 V");
	shown("current_l1", 6140, "6.14 A");
	shown("current_l1", 61400, "61.4 A");
	shown("frequency", 5001, "50.01 Hz");
	shown("thd_voltage_l1", 210, "2.1 %");
	shown("power_factor", 960, "0.96 ");
	shown("water_volume", 1284, "1,284 L");
	shown("water_volume", 12840, "12.8 m\u00b3");
	shown("gas_volume", 6420, "6.42 m\u00b3");
	shown("reactive_power", 11700, "1.17 kvar");
	shown("temperature", 215, "21.5 \u00b0C");
	shown("phase_angle", -305, "\u221230.5 \u00b0");
	shown("active_energy_net", -12, "\u221212 Wh");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(numbers),
		cmocka_unit_test(displays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
