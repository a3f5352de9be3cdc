/*
 * t_profile.c - every meter file that ships, one value by hand, and every way
 * a file can be wrong.
 */
#include "profile.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define HEAD "vendor V\nmodel \"M 1\"\nfamily F\nsource s\nwords high-first\n"

static enum mews_rc
load(const char *text, size_t n, struct mews_profile *p, struct mews_err *err)
{
	enum mews_rc rc;
	FILE *f = fopen("./t-profile.meter", "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	err->text[0] = '\0';
	rc = mews_profile_load(".", "t-profile", p, err);
	(void)unlink("./t-profile.meter");
	return rc;
}

static const struct {
	const char *text, *says;
} wrong[] = {
	{ "", "no 'vendor'" },
	{ HEAD, "5: no 'read'" },
	{ "vendor V\nvendor V\n", ":2: said twice: 'vendor'" },
	{ "vendor\n", ":1: wrong number of words" },
	{ "vendor \"V\n", ":1: too many words or an open quote" },
	{ "vendor \xff\n", ":1: empty, too long or not UTF-8" },
	{ "model \"\"\n", ":1: empty, too long" },
	{ "colour blue\n", ":1: no such key: 'colour'" },
	{ "words abcd\n", ":1: neither high-first" },
	{ "block 126\n", ":1: not 0 to 125: '126'" },
	{ "hole -1\n", ":1: not 0 to 125: '-1'" },
	{ HEAD "read watts 4 0 f32 1 W\n", ":6: no such quantity: 'watts'" },
	{ HEAD "read pulses_0 4 0 u32 1 pulse\n", "no such quantity" },
	{ HEAD "read pulses_10 4 0 u32 1 pulse\n", "no such quantity" },
	{ HEAD "read active_power 5 0 f32 1 W\n", "function is not 1 to 4" },
	{ HEAD "read active_power 4 65536 u16 1 W\n", "no address: '65536'" },
	{ HEAD "read active_power 4 65535 f32 1 W\n", "no address: '65535'" },
	{ HEAD "read active_power 4 0x10 f32 1 W\n", "no address: '0x10'" },
	{ HEAD "read active_power 4 0 float 1 W\n", "no such type: 'float'" },
	{ HEAD "read active_power 1 0 f32 1 W\n", "read bits, not: 'f32'" },
	{ HEAD "read active_power 4 0 f32 0 W\n", "no scale: '0'" },
	{ HEAD "read active_power 4 0 f32 1e3 W\n", "no scale: '1e3'" },
	{ HEAD "read active_power 4 0 f32 1.2.3 W\n", "no scale: '1.2.3'" },
	{ HEAD "read active_power 4 0 f32 1 kWh\n", "unit does not fit" },
	{ HEAD "read active_power 4 0 f32 1\n", "wrong number of words" },
	{ HEAD "read pulses_1 4 0 u32 1 Wh\n", "unit does not fit" },
	{ HEAD "read active_power 4 0 f32 1 W colour=blue\n",
	    "no such option: 'colour=blue'" },
	{ HEAD "read active_power 4 0 f32 1 W order=abcd\n", "neither high" },
	{ HEAD "read active_power 4 0 f32 1 W class=rare\n", "neither fast" },
	{ HEAD "read active_power 4 0 f32 1 W sign=70000\n", "no address" },
	{ HEAD "read active_power 4 0 u32 1 W void=1ffffffff\n",
	    "not so many bits: '1ffffffff'" },
	{ HEAD "read active_power 4 0 u32 1 W void=-1\n", "not so many bits" },
	{ HEAD "read active_power 4 0 u32 1 W modulus=10\n",
	    "only a counter starts again" },
	{ HEAD "read active_energy_import 4 0 u32 1 Wh modulus=0\n",
	    "no modulus: '0'" },
	{ HEAD "read active_energy_import 4 0 u32 1 Wh modulus=1e9\n",
	    "no modulus: '1e9'" },
	{ HEAD "read active_power 4 0 f32 1 W\nread active_power 4 2 f32 1 W\n",
	    ":7: read twice: 'active_power'" },
	{ HEAD "read pulses_1 4 0 u32 1 pulse\nread pulses_1 4 2 u32 1 pulse\n",
	    ":7: read twice: 'pulses_1'" },
	{ HEAD "read active_power 4 0 f32 1 W\nwords low-first\n",
	    ":7: said twice: 'words'" },
	{ "source s\nread active_power 4 0 f32 1 W\nwords low-first\n",
	    ":3: must come before the first read" },
	{ "block 1\n" HEAD "read active_power 4 0 f32 1 W\n",
	    "block 1 is too short" },
};

static void
mistakes(void **state)
{
	struct mews_profile p;
	struct mews_err err;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(wrong); i++) {
		if (load(wrong[i].text, strlen(wrong[i].text), &p, &err) !=
			MEWS_BAD ||
		    strstr(err.text, wrong[i].says) == NULL ||
		    strstr(err.text, "./t-profile.meter:") == NULL)
			fail_msg("row %zu says '%s', not '%s'", i, err.text,
			    wrong[i].says);
		assert_null(p.read);
		assert_int_equal(p.nreads, 0);
	}
	assert_int_equal(load("vendor\0 V\n", 10, &p, &err), MEWS_BAD);
	assert_non_null(strstr(err.text, ":1: a NUL byte"));
}

static void
names(void **state)
{
	struct mews_profile p;
	struct mews_err err;
	char longest[80];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	longest[79] = '\0';
	assert_int_equal(mews_profile_load(".", "none", &p, &err), MEWS_NONE);
	assert_int_equal(mews_profile_load("/none", "a", &p, &err), MEWS_NONE);
	assert_int_equal(mews_profile_load(".", "../a", &p, &err), MEWS_BAD);
	assert_int_equal(mews_profile_load(".", "", &p, &err), MEWS_BAD);
	assert_int_equal(mews_profile_load(".", longest, &p, NULL), MEWS_BAD);
}

static const char full[] =
    "# comment\n\n" HEAD "block 20\nhole 4 # why\n"
    "read active_energy_import 4 9 u32 0.10 kWh modulus=1000000000\n"
    "read voltage_l1 4 0 s32 100 mV void=7fffffff order=low-first\r\n"
    "read active_power 3 7 u16 -2.5 kW sign=12 class=slow\n"
    "read pulses_9 4 2 u64 1 pulse modulus=18446744073709551615\n"
    "read water_volume 4 40 u16 0.01 m3";

static void
meaning(void **state)
{
	struct mews_profile p;
	struct mews_err err;
	const struct mews_profile_read *r;

	(void)state;
	/* a modulus beyond 2^62 is none */
	assert_int_equal(load(full, sizeof(full) - 1, &p, &err), MEWS_BAD);
	assert_non_null(strstr(err.text, ":13: no modulus"));
	{
		char text[sizeof(full)];

		memcpy(text, full, sizeof(full));
		memcpy(strstr(text, "18446744073709551615"),
		    "00000000004294967296", 20);
		assert_int_equal(load(text, sizeof(text) - 1, &p, &err),
		    MEWS_OK);
	}
	assert_string_equal(p.name, "t-profile");
	assert_string_equal(p.vendor, "V");
	assert_string_equal(p.model, "M 1");
	assert_string_equal(p.family, "F");
	assert_int_equal(p.block, 20);
	assert_int_equal(p.hole, 4);
	assert_int_equal(p.nreads, 5);

	r = &p.read[0]; /* W with one decimal: -2.5 kW is -25000 */
	assert_string_equal(r->quantity->name, "active_power");
	assert_int_equal(r->function, 3);
	assert_int_equal(r->mantissa, -25);
	assert_int_equal(r->exponent, 2 + r->quantity->decimals);
	assert_true(r->has_sign && r->sign == 12 && !r->has_void);
	assert_int_equal(r->class, MEWS_SLOW);

	r = &p.read[1];
	assert_int_equal(r->order, MEWS_LOW_FIRST);
	assert_int_equal(r->mantissa, 1);
	assert_int_equal(r->exponent, -1 + r->quantity->decimals);
	assert_true(r->has_void && r->voided == 0x7fffffff);
	assert_int_equal(r->class, MEWS_NORMAL);

	r = &p.read[2];
	assert_null(r->quantity);
	assert_int_equal(r->pulses, 9);
	assert_int_equal(r->exponent, 0);
	assert_true(r->modulus == 4294967296);

	r = &p.read[3];
	assert_int_equal(r->order, MEWS_HIGH_FIRST);
	assert_int_equal(r->mantissa, 1);
	assert_int_equal(r->exponent, 2);
	assert_true(r->modulus == 100000000000);

	r = &p.read[4];
	assert_int_equal(r->address, 40);
	assert_int_equal(r->exponent, 1);
	mews_profile_clear(&p);
	assert_null(p.read);
}

static void
shipped(void **state)
{
	struct mews_profile p;
	struct mews_err err;
	struct dirent *e;
	char dir[512];
	size_t n = 0, i;
	DIR *d;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/etc/meters", getenv("SRC"));
	assert_non_null(d = opendir(dir));
	while ((e = readdir(d)) != NULL) {
		if (strstr(e->d_name, ".meter") == NULL)
			continue;
		*strstr(e->d_name, ".meter") = '\0';
		if (mews_profile_load(dir, e->d_name, &p, &err) != MEWS_OK)
			fail_msg("%s", err.text);
		for (i = 1; i < p.nreads; i++)
			assert_true(
			    p.read[i - 1].function < p.read[i].function ||
			    p.read[i - 1].address < p.read[i].address);
		mews_profile_clear(&p);
		n++;
	}
	(void)closedir(d);
	assert_true(n >= 5);
}

/* EM24: int32, low word first, 0.1 kWh; F4N200: printed 4125 is 4124. */
static void
examples(void **state)
{
	struct mews_profile p;
	struct mews_err err;
	char dir[512];
	size_t i, found = 0;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/etc/meters", getenv("SRC"));
	assert_int_equal(mews_profile_load(dir, "carlo-gavazzi-em24", &p, &err),
	    MEWS_OK);
	for (i = 0; i < p.nreads; i++)
		if (p.read[i].address == 62) {
			assert_int_equal(p.read[i].order, MEWS_LOW_FIRST);
			assert_int_equal(p.read[i].exponent, 2);
			found++;
		}
	mews_profile_clear(&p);
	assert_int_equal(mews_profile_load(dir, "bticino-f4n200", &p, &err),
	    MEWS_OK);
	for (i = 0; i < p.nreads; i++)
		if (p.read[i].address == 4124) {
			assert_string_equal(p.read[i].quantity->name,
			    "active_energy_import");
			assert_int_equal(p.read[i].exponent, 1);
			found++;
		}
	mews_profile_clear(&p);
	assert_int_equal(found, 2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes),
		cmocka_unit_test(names),
		cmocka_unit_test(meaning),
		cmocka_unit_test(shipped),
		cmocka_unit_test(examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
