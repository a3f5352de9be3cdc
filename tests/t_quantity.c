/*
 * t_quantity.c - the table is sound, and numbers read as people write them.
 */
#include "test.h"
#include "keep.h"

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

/* Each phase's voltage and current has orders 2 to 25, and no others. */
static void
harmonics(void **state)
{
	static const char *const of[] = { "voltage_l1", "voltage_l2",
		"voltage_l3", "current_l1", "current_l2", "current_l3" };
	const struct mews_quantity *q;
	size_t i, root = 0;
	char name[32];
	int n;

	(void)state;
	for (i = 0; i < MEWS_LEN(of); i++)
		for (n = 0; n < 30; n++) {
			(void)snprintf(name, sizeof(name), "%s_h%d", of[i], n);
			q = mews_quantity_find(name);
			assert_int_equal(q != NULL, n >= 2 && n <= 25);
			if (q == NULL)
				continue;
			assert_int_equal(mews_quantity_order(q, &root), n);
			assert_int_equal(root, strlen(of[i]));
			assert_int_equal(q->decimals, 2);
			assert_int_equal(q->kind, MEWS_GAUGE);
			assert_string_equal(q->unit, "%");
			assert_int_equal(mews_keep_class(q), MEWS_KEEP_QUALITY);
		}
	q = mews_quantity_find("operating_hours");
	assert_int_equal(mews_quantity_order(q, &root), 0);
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
	shown("voltage_l1_h5", 90, "0.90 %");
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
		cmocka_unit_test(harmonics),
		cmocka_unit_test(numbers),
		cmocka_unit_test(displays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
