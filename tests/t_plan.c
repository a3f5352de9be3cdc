/*
 * t_plan.c - registers merged into requests, and numbers out of answers.
 */
#include "test.h"
#include "plan.h"

static char folder[64];
static struct mews_profile profile;
static struct mews_device device;
static struct mews_plan plan;
static struct mews_err err;

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

static enum mews_rc
make(const char *text)
{
	char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/m.meter", folder);
	assert_non_null(file = fopen(path, "w"));
	(void)fprintf(file,
	    "vendor V\nmodel M\nfamily F\nsource S\nwords high-first\n%s",
	    text);
	(void)fclose(file);
	if (mews_profile_load(folder, "m", &profile, &err) != MEWS_OK)
		fail_msg("%s", err.text);
	return mews_plan_make(&plan, &device, &profile, &err);
}

static void
clear(void)
{
	mews_plan_clear(&plan);
	mews_profile_clear(&profile);
}

static void
assert_block(size_t i, unsigned function, unsigned address, unsigned words,
    size_t n)
{
	assert_true(i < plan.nblocks);
	assert_int_equal(plan.block[i].function, function);
	assert_int_equal(plan.block[i].address, address);
	assert_int_equal(plan.block[i].words, words);
	assert_int_equal(plan.block[i].n, n);
}

static void
merges(void **state)
{
	(void)state;
	device = (struct mews_device){ .plate = "P1" };
	assert_int_equal(make("block 20\nhole 3\n"
			      "read voltage_l1 4 0 f32 1 V\n"
			      "read voltage_l2 4 5 f32 1 V\n"  /* hole 3 */
			      "read voltage_l3 4 11 f32 1 V\n" /* hole 4 */
			      "read current_l1 4 13 u16 1 A\n"
			      "read current_l2 4 16 u16 1 A\n"
			      "read current_l3 4 30 u16 1 A\n"
			      "read current_n 3 1 u16 1 A\n"),
	    MEWS_OK);
	assert_int_equal(plan.nblocks, 4);
	assert_block(0, 3, 1, 1, 1);
	assert_block(1, 4, 0, 7, 2);
	assert_block(2, 4, 11, 6, 3);
	assert_block(3, 4, 30, 1, 1);
	assert_int_equal(plan.nitems, 7);
	clear();
	/* never longer than a block */
	assert_int_equal(make("block 4\nhole 3\n"
			      "read voltage_l1 4 0 f32 1 V\n"
			      "read voltage_l2 4 2 f32 1 V\n"
			      "read voltage_l3 4 4 f32 1 V\n"),
	    MEWS_OK);
	assert_int_equal(plan.nblocks, 2);
	assert_block(0, 4, 0, 4, 2);
	assert_block(1, 4, 4, 2, 1);
	clear();
}

static void
classes(void **state)
{
	size_t i, seen = 0;

	(void)state;
	assert_int_equal(make("block 50\nhole 10\n"
			      "read voltage_l1 4 0 f32 1 V\n"
			      "read voltage_l2 4 2 f32 1 V class=slow\n"
			      "read voltage_l3 4 4 f32 1 V\n"
			      "read current_l1 4 6 f32 1 A class=slow\n"
			      "read current_l2 4 20 f32 1 A class=fast\n"),
	    MEWS_OK);
	assert_int_equal(plan.nblocks, 3);
	assert_block(0, 4, 20, 2, 1);
	assert_int_equal(plan.block[0].class, MEWS_FAST);
	/* the slow value inside comes along, the one behind does not */
	assert_block(1, 4, 0, 6, 3);
	assert_int_equal(plan.block[1].class, MEWS_NORMAL);
	assert_block(2, 4, 6, 2, 1);
	assert_int_equal(plan.block[2].class, MEWS_SLOW);
	/* every value in exactly one block, every item once */
	for (i = 0; i < plan.nblocks; i++) {
		assert_int_equal(plan.block[i].first, seen);
		seen += plan.block[i].n;
	}
	assert_int_equal(seen, plan.nvalues);
	clear();
}

static void
pulses(void **state)
{
	const uint8_t pdu[] = { 3, 4, 0, 0, 0, 7 };
	int64_t value;

	(void)state;
	device = (struct mews_device){ .plate = "P7" };
	device.pulse[0].quantity = mews_quantity_find("gas_volume");
	device.pulse[0].weight = 10;
	device.pulse[0].per = 1;
	device.pulse[0].start = 120500;
	assert_int_equal(make("read pulses_1 3 0 u32 1 pulse modulus=1000\n"
			      "read pulses_2 3 2 u32 1 pulse\n"),
	    MEWS_OK);
	assert_int_equal(plan.nitems, 1); /* input 2 is not used */
	assert_string_equal(plan.item[0]->name, "gas_volume");
	assert_true(mews_plan_decode(&plan, &plan.block[0], 0, pdu, &value));
	assert_int_equal(value, 120570);
	assert_int_equal(mews_plan_modulus(&plan.value[0]), 10000);
	assert_int_equal(mews_plan_step(&plan.value[0]), 10);
	clear();
	device.pulse[0].weight = 5;
	device.pulse[0].per = 4;
	assert_int_equal(make("read pulses_1 3 0 u32 1 pulse modulus=1000\n"),
	    MEWS_OK);
	assert_true(mews_plan_decode(&plan, &plan.block[0], 0, pdu, &value));
	assert_int_equal(value, 120508); /* 8.75 of 7 pulses */
	assert_int_equal(mews_plan_modulus(&plan.value[0]), 1250);
	assert_int_equal(mews_plan_step(&plan.value[0]), 2);
	clear();
	device = (struct mews_device){ .plate = "P7" };
	assert_int_equal(make("read pulses_1 3 0 u32 1 pulse\n"), MEWS_BAD);
	assert_non_null(strstr(err.text, "P7"));
	clear();
}

static void
decodes(void **state)
{
	/* 230.5 V as f32, NaN, 0xffff, -1234 by sign register, 5 x 10 Wh */
	const uint8_t pdu[] = { 3, 20, 0x43, 0x66, 0x80, 0, 0x7f, 0xc0, 0, 0,
		0xff, 0xff, 0x04, 0xd2, 0, 1, 0, 0, 0, 5, 0, 0 };
	static const struct {
		const char *name;
		bool there;
		int64_t value;
	} want[] = { { "voltage_l1", true, 23050 }, { "voltage_l2", false, 0 },
		{ "current_l1", false, 0 }, { "active_power", true, -12340 },
		{ "active_energy_import", true, 50 } };
	const struct mews_plan_value *v;
	int64_t value;
	size_t i, k;

	(void)state;
	device = (struct mews_device){ .plate = "P1" };
	assert_int_equal(make("read voltage_l1 3 100 f32 1 V\n"
			      "read voltage_l2 3 102 f32 1 V\n"
			      "read current_l1 3 104 u16 0.1 A void=ffff\n"
			      "read active_power 3 105 u16 1 W sign=106\n"
			      "read active_energy_import 3 107 u32 10 Wh\n"),
	    MEWS_OK);
	assert_int_equal(plan.nblocks, 1);
	assert_block(0, 3, 100, 9, 5);
	for (i = 0; i < plan.nvalues; i++) {
		v = &plan.value[i];
		for (k = 0; strcmp(want[k].name, v->quantity->name) != 0; k++)
			;
		value = 0;
		assert_int_equal(mews_plan_decode(&plan, &plan.block[0], i, pdu,
				     &value),
		    want[k].there);
		assert_int_equal(value, want[k].value);
		if (v->quantity->kind == MEWS_COUNTER)
			assert_int_equal(mews_plan_step(v), 10);
	}
	clear();
	/* a sign that no request reaches */
	assert_int_equal(make("block 10\n"
			      "read active_power 3 100 u16 1 W sign=120\n"),
	    MEWS_BAD);
	clear();
}

/* Registers, two values' worth: voltage x 10^s16; power x CT x VT / 100. */
static void
scales(void **state)
{
	static const struct {
		uint16_t reg[6];
		bool voltage, power;
		int64_t says[2];
	} rows[] = {
		{ { 2312, 0xffff, 1000, 40, 150 }, true, true,
		    { 23120, 60000 } },
		{ { 0xff00, 0, 0xfc18, 1, 100 }, true, true,
		    { -25600, -1000 } },
		{ { 231, 0xfff6, 1, 1, 1 }, true, true, { 0, 0 } },
		{ { 0x8000, 0, 1000, 0, 150 }, false, false, { 0, 0 } },
		{ { 0x7fff, 0, 1000, 1, 0 }, false, false, { 0, 0 } },
		{ { 231, 0x8000, 0, 1, 1 }, false, true, { 0, 0 } },
		{ { 231, 11, 0, 1, 1 }, false, true, { 0, 0 } },
	};
	uint8_t pdu[12] = { 3, 10 };
	int64_t value;
	size_t i, k;

	(void)state;
	device = (struct mews_device){ .plate = "P1" };
	assert_int_equal(make("hole 20\n"
			      "read voltage_l1 3 100 s16 1 V scale=101 "
			      "void=8000 void=7fff\n"
			      "read active_power 3 102 s16 0.1 W ratio=103 "
			      "ratio=104:0.01\n"),
	    MEWS_OK);
	assert_block(0, 3, 100, 5, 2);
	for (i = 0; i < MEWS_LEN(rows); i++) {
		for (k = 0; k < 5; k++) {
			pdu[2 + 2 * k] = (uint8_t)(rows[i].reg[k] >> 8);
			pdu[3 + 2 * k] = (uint8_t)rows[i].reg[k];
		}
		value = 0;
		assert_int_equal(mews_plan_decode(&plan, &plan.block[0], 0, pdu,
				     &value),
		    rows[i].voltage);
		assert_int_equal(value, rows[i].says[0]);
		value = 0;
		assert_int_equal(mews_plan_decode(&plan, &plan.block[0], 1, pdu,
				     &value),
		    rows[i].power);
		assert_int_equal(value, rows[i].says[1]);
	}
	assert_int_equal(mews_plan_step(&plan.value[0]), 0);
	assert_int_equal(mews_plan_step(&plan.value[1]), 0);
	clear();
	/* a product no integer holds is no number */
	assert_int_equal(make("read active_power 3 100 u16 "
			      "123456789012345678 W ratio=101:1000000000\n"),
	    MEWS_OK);
	assert_false(mews_plan_decode(&plan, &plan.block[0], 0, pdu, &value));
	clear();
}

static void
coils(void **state)
{
	const uint8_t pdu[] = { 1, 2, 0x00, 0x02 };
	int64_t value;

	(void)state;
	device = (struct mews_device){ .plate = "P1" };
	assert_int_equal(make("hole 20\nread operating_hours 1 30 u16 1 h\n"
			      "read active_power 1 39 u16 1 W\n"),
	    MEWS_OK);
	assert_block(0, 1, 30, 10, 2);
	assert_true(mews_plan_decode(&plan, &plan.block[0], 0, pdu, &value));
	assert_int_equal(value, 0);
	assert_true(mews_plan_decode(&plan, &plan.block[0], 1, pdu, &value));
	assert_int_equal(value, 10);
	clear();
}

/* Cut in two until every value stands alone: none is lost, none doubled. */
static void
splits(void **state)
{
	uint8_t pdu[5];
	size_t i, k;

	(void)state;
	device = (struct mews_device){ .plate = "P1" };
	assert_int_equal(make("hole 9\n"
			      "read voltage_l1 4 0 f32 1 V\n"
			      "read voltage_l2 4 2 f32 1 V class=slow\n"
			      "read voltage_l3 4 7 f32 1 V\n"
			      "read current_l1 4 9 u16 1 A\n"
			      "read current_l2 4 15 u16 1 A\n"),
	    MEWS_OK);
	assert_int_equal(plan.nblocks, 1);
	assert_true(mews_plan_split(&plan, 0));
	assert_block(0, 4, 0, 10, 4);
	assert_block(1, 4, 15, 1, 1);
	assert_true(mews_plan_split(&plan, 0));
	assert_block(0, 4, 0, 4, 2);
	assert_block(2, 4, 7, 3, 2);
	mews_plan_request(&plan.block[2], pdu);
	assert_memory_equal(pdu, ((uint8_t[]){ 4, 0, 7, 0, 3 }), 5);
	for (i = 0; i < plan.nblocks; i++)
		while (mews_plan_split(&plan, i))
			;
	assert_int_equal(plan.nblocks, 5);
	for (i = 0; i < plan.nvalues; i++)
		for (k = 0; k < i; k++)
			assert_ptr_not_equal(plan.value[i].read,
			    plan.value[k].read);
	for (i = 0; i < plan.nblocks; i++)
		assert_int_equal(plan.block[i].address,
		    plan.value[plan.block[i].first].read->address);
	clear();
}

/* Every profile that comes with the program gives requests a meter may get. */
static void
own_profiles(void **state)
{
	static const char *const names[] = { "abb-b23", "bticino-f4n200",
		"carlo-gavazzi-em24", "eastron-sdm630" };
	char dir[256];
	size_t i, b;

	(void)state;
	assert_non_null(getenv("SRC"));
	(void)snprintf(dir, sizeof(dir), "%s/etc/meters", getenv("SRC"));
	for (i = 0; i < MEWS_LEN(names); i++) {
		assert_int_equal(mews_profile_load(dir, names[i], &profile,
				     &err),
		    MEWS_OK);
		assert_int_equal(mews_plan_make(&plan, &device, &profile, &err),
		    MEWS_OK);
		for (b = 0; b < plan.nblocks; b++)
			assert_in_range(plan.block[b].words, 1, profile.block);
		clear();
	}
}

/* How often: twice an interval, once, once a minute; never more often than
 * once a second or than the model allows. */
static void
periods(void **state)
{
	static const struct {
		int every;
		unsigned quickest;
		int64_t ms[MEWS_CLASSES];
	} all[] = {
		{ 5, 0, { 2500, 5000, 60000 } },
		{ 1, 0, { 1000, 1000, 60000 } },
		{ 5, 4, { 4000, 5000, 60000 } },
		{ 5, 90, { 90000, 90000, 90000 } },
		{ 3600, 0, { 1800000, 3600000, 3600000 } },
	};
	size_t i;
	int c;

	(void)state;
	for (i = 0; i < MEWS_LEN(all); i++)
		for (c = 0; c < MEWS_CLASSES; c++) {
			device =
			    (struct mews_device){ .every_s = all[i].every };
			profile = (struct mews_profile){ .quickest_s =
							     all[i].quickest };
			assert_int_equal(mews_plan_period(&device, &profile,
					     (enum mews_poll_class)c),
			    all[i].ms[c]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merges),
		cmocka_unit_test(classes),
		cmocka_unit_test(pulses),
		cmocka_unit_test(decodes),
		cmocka_unit_test(scales),
		cmocka_unit_test(coils),
		cmocka_unit_test(splits),
		cmocka_unit_test(periods),
		cmocka_unit_test(own_profiles),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
