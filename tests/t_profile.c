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
	{ "vendor \xff\n", ":1: not UTF-8" },
	{ "model \"\"\n", ":1: empty or too long" },
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
	    ":3: must come before the first address" },
	{ "# \xc3\n", ":1: not UTF-8" },
	{ "vendor a\001b\n", ":1: not UTF-8" },
	{ "serial 9601 8N1\n", ":1: no such speed: '9601'" },
	{ "serial 9600 7N1\n", ":1: not 8N1" },
	{ "serial 9600 8X1\n", ":1: not 8N1" },
	{ "serial 9600 8N3\n", ":1: not 8N1" },
	{ "quickest 0\n", ":1: not 1 to 3600 seconds: '0'" },
	{ "answer 10001\n", ":1: not 1 to 10000 milliseconds" },
	{ "base 65536\n", ":1: no address: '65536'" },
	{ "base 100\n" HEAD "read active_power 4 65435 f32 1 W\n",
	    ":7: no address: '65435'" },
	{ HEAD "read active_power 4 0 f32 1 W\nbase 1\n",
	    ":7: must come before the first address: 'base'" },
	{ HEAD "identify 3 0 u16 1\nbase 1\n", ":7: must come before" },
	{ HEAD "read active_power 4 0 f32 1 W\n"
	       "read reactive_power 4 1 f32 1 var\n",
	    ":7: its registers are also those of 'active_power'" },
	{ HEAD "read pulses_1 4 1 u32 1 pulse\n"
	       "read reactive_power 4 0 f32 1 var\n",
	    ":7: its registers are also those of 'pulses'" },
	{ HEAD "read active_power 4 0 string4 1 W\n",
	    ":6: is no number: 'string4'" },
	{ HEAD "read active_power 4 0 u32 1 W sign=1\n",
	    ":6: lies inside the value: '1'" },
	{ HEAD "read active_power 4 0 u32 1 W scale=0\n",
	    ":6: lies inside the value: '0'" },
	{ HEAD "read active_power 1 0 u16 1 W scale=9\n",
	    ":6: a bit has no scale: '9'" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=70000\n", "no address" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=123456789:1\n",
	    ":6: no address" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=9:0\n", ":6: no scale" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=9:-1\n", ":6: no scale" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=9:1000000001\n",
	    ":6: no scale: '9:1000000001'" },
	{ HEAD "read active_power 4 0 u32 1 W ratio=7 ratio=8 ratio=9\n",
	    ":6: one ratio too many: '9'" },
	{ HEAD "read active_power 4 0 u32 1 W void=1 void=2 void=3 void=4 "
	       "void=5\n",
	    ":6: one void too many: '5'" },
	{ HEAD "read active_power 4 0 u32 1 W quality=1\n",
	    ":6: no such option" },
	{ HEAD "read active_energy_import 4 0 u32 1 Wh modulus=9 scale=2\n",
	    ":6: modulus of a value whose scale is read" },
	{ HEAD "identify 3 0 u16 1ffff\n", ":6: not so many bits: '1ffff'" },
	{ HEAD "identify 3 0 string2 abcde\n", ":6: empty or too long" },
	{ HEAD "identify 3 0 string2 \"\"\n", ":6: empty or too long" },
	{ HEAD "identify 3 65533 string4 a\n", ":6: no address: '65533'" },
	{ HEAD "identify 3 0 u16 1\nidentify 3 0 u16 1\n"
	       "identify 3 0 u16 1\nidentify 3 0 u16 1\n"
	       "identify 3 0 u16 1\n",
	    ":10: one too many: 'identify'" },
	{ HEAD "command .. 5 0 1 digital_inputs 1 5\n",
	    ":6: no command's name: '..'" },
	{ HEAD "command open 3 0 1 digital_inputs 1 5\n",
	    ":6: function is not 5, 6 or 16: '3'" },
	{ HEAD "command open 7 0 1 digital_inputs 1 5\n",
	    ":6: function is not 5, 6 or 16: '7'" },
	{ HEAD "command open 5 0 2 digital_inputs 1 5\n",
	    ":6: no value to write: '2'" },
	{ HEAD "command open 6 0 65536 digital_inputs 1 5\n",
	    ":6: no value to write: '65536'" },
	{ HEAD "command open 6 0 1 active_power 1 5\n",
	    ":6: no state: 'active_power'" },
	{ HEAD "command open 6 0 1 digital_inputs -1 5\n",
	    ":6: no value of a state: '-1'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 601\n",
	    ":6: not 1 to 600 seconds: '601'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5 mask=xyz\n",
	    ":6: no such option: 'mask=xyz'" },
	{ HEAD "command open 6 0 1 digital_inputs 4 5 mask=3\n",
	    ":6: mask or unless hides it: '4'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5 unless=1\n",
	    ":6: mask or unless hides it: '1'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5 mask=3 unless=4\n",
	    ":6: mask or unless hides it: '1'" },
	{ HEAD "cause digital_inputs 1 lightning\n",
	    ":6: no such cause: 'lightning'" },
	{ HEAD "cause active_power 1 overload\n",
	    ":6: no state: 'active_power'" },
	{ HEAD "cause digital_inputs 4 overload mask=3\n",
	    ":6: mask or unless hides it: '4'" },
	{ HEAD "cause digital_inputs 1 overload unless=2\n",
	    ":6: no such option: 'unless=2'" },
	{ HEAD "cause digital_inputs 1 overload\n"
	       "read active_power 4 0 f32 1 W\n",
	    ":6: nothing reads the state 'digital_inputs'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5 unless=x\n",
	    ":6: no such option: 'unless=x'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5\n"
	       "command open 6 0 2 digital_inputs 2 5\n",
	    ":7: said twice: 'open'" },
	{ HEAD "command open 6 0 1 digital_inputs 1 5\n"
	       "read active_power 4 0 f32 1 W\n",
	    ":6: nothing reads the state 'digital_inputs'" },
	{ "vendor V\nmodel M\nfamily F\nsource s\n"
	  "template \"say the registers\"\n# more\n",
	    ":5: a template, no meter can be asked with it: say the "
	    "registers" },
	{ HEAD "template T\nread active_power 4 0 f32 1 kWh\n",
	    ":7: unit does not fit" },
	{ "block 1\n" HEAD "read active_power 4 0 f32 1 W\n",
	    "does not fit block '1'" },
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
too_much(void **state)
{
	static char text[1 << 20];
	struct mews_profile p;
	struct mews_err err;

	(void)state;
	memset(text, '#', sizeof(text));
	assert_int_equal(load(text, sizeof(text), &p, &err), MEWS_BAD);
	assert_non_null(strstr(err.text, ":1: more than 65536 bytes"));
}

static const char marked[] =
    "vendor V\nmodel M\nfamily F\nsource s\nwords low-first\nbase 100\n"
    "serial 19200 8E1\nquickest 2\nanswer 150\n"
    "identify 3 0 u32 77,1a2b3c00-1a2b3c4d\nidentify 4 8 string4 \"QE 1\"\n"
    "read digital_inputs 3 50 bits32 1 bits class=fast\n"
    "read power_factor 3 60 s16 1 % scale=61 void=8000 void=7fff\n"
    "read active_power 3 70 s16 0.1 W ratio=72 ratio=73:0.01 quality\n"
    "command open 6 200 3 digital_inputs 1 5 mask=f\n"
    "command close 5 201 1 digital_inputs 0 600 unless=2\n";

static void
marks(void **state)
{
	static const uint16_t low_first[] = { 0x3c4d, 0x1a2b };
	static const uint16_t alone[] = { 0x77, 0 };
	static const uint16_t behind[] = { 0x3c4e, 0x1a2b };
	static const uint16_t text[] = { 0x5145, 0x2031, 0x2020, 0, 0 };
	struct mews_profile p;
	struct mews_err err;

	(void)state;
	assert_int_equal(load(marked, sizeof(marked) - 1, &p, &err), MEWS_OK);
	assert_int_equal(p.baud, 19200);
	assert_int_equal(p.parity, 'E');
	assert_int_equal(p.stop, 1);
	assert_int_equal(p.quickest_s, 2);
	assert_int_equal(p.answer_ms, 150);
	assert_int_equal(p.nmarks, 2);
	assert_int_equal(p.mark[0].address, 100);
	assert_true(mews_profile_is(&p.mark[0], low_first));
	assert_false(mews_profile_is(&p.mark[0], text));
	assert_true(mews_profile_is(&p.mark[0], alone));
	assert_false(mews_profile_is(&p.mark[0], behind));
	assert_int_equal(p.mark[1].function, 4);
	assert_int_equal(p.mark[1].address, 108);
	assert_true(mews_profile_is(&p.mark[1], text));
	assert_false(mews_profile_is(&p.mark[1], text + 1));
	mews_profile_clear(&p);
}

static void
commands(void **state)
{
	struct mews_profile p;
	struct mews_err err;

	(void)state;
	assert_int_equal(load(marked, sizeof(marked) - 1, &p, &err), MEWS_OK);
	assert_int_equal(p.ncommands, 2);
	assert_string_equal(p.command[0].name, "open");
	assert_int_equal(p.command[0].function, 6);
	assert_int_equal(p.command[0].address, 300);
	assert_int_equal(p.command[0].value, 3);
	assert_ptr_equal(p.command[0].state, p.read[0].quantity);
	assert_true(p.command[0].wanted == 1 && p.command[0].mask == 15);
	assert_int_equal(p.command[0].within_s, 5);
	assert_true(p.command[1].wanted == 0);
	assert_true(p.command[1].mask == UINT64_MAX);
	assert_int_equal(p.command[0].unless, -1);
	assert_int_equal(p.command[1].unless, 2);
	assert_int_equal(p.command[1].within_s, 600);

	assert_int_equal(p.read[0].class, MEWS_FAST);
	assert_true(p.read[1].has_scale && p.read[1].scale == 161);
	assert_int_equal(p.read[1].nvoids, 2);
	assert_true(p.read[1].voided[1] == 0x7fff);
	assert_int_equal(p.read[1].exponent, -2 + 3);
	assert_false(p.read[1].quality);
	assert_true(p.read[2].quality);
	assert_int_equal(p.read[2].nratios, 2);
	assert_int_equal(p.read[2].ratio[0].address, 172);
	assert_int_equal(p.read[2].ratio[0].mantissa, 1);
	assert_int_equal(p.read[2].ratio[1].exponent, -2);
	mews_profile_clear(&p);
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
	assert_true(r->has_sign && r->sign == 12 && r->nvoids == 0);
	assert_int_equal(r->class, MEWS_SLOW);

	r = &p.read[1];
	assert_int_equal(r->order, MEWS_LOW_FIRST);
	assert_int_equal(r->mantissa, 1);
	assert_int_equal(r->exponent, -1 + r->quantity->decimals);
	assert_true(r->nvoids == 1 && r->voided[0] == 0x7fffffff);
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
	size_t n = 0, templates = 0, i;
	enum mews_rc rc;
	DIR *d;

	(void)state;
	(void)snprintf(dir, sizeof(dir), "%s/etc/meters", getenv("SRC"));
	assert_non_null(d = opendir(dir));
	while ((e = readdir(d)) != NULL) {
		if (strstr(e->d_name, ".meter") == NULL)
			continue;
		*strstr(e->d_name, ".meter") = '\0';
		rc = mews_profile_load(dir, e->d_name, &p, &err);
		if (rc == MEWS_BAD && strstr(err.text, ": a template, ")) {
			templates++;
			continue;
		}
		if (rc != MEWS_OK)
			fail_msg("%s", err.text);
		for (i = 1; i < p.nreads; i++)
			assert_true(
			    p.read[i - 1].function < p.read[i].function ||
			    p.read[i - 1].address < p.read[i].address);
		mews_profile_clear(&p);
		n++;
	}
	(void)closedir(d);
	assert_true(n >= 50);
	assert_true(templates >= 5);
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
		cmocka_unit_test(too_much),
		cmocka_unit_test(marks),
		cmocka_unit_test(commands),
		cmocka_unit_test(names),
		cmocka_unit_test(meaning),
		cmocka_unit_test(shipped),
		cmocka_unit_test(examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
