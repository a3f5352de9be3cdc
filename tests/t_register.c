/*
 * t_register.c - registers decoded by hand, at the edges of every type.
 */
#include "register.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const struct {
	const char *type;
	enum mews_word_order order;
	uint16_t reg[4];
	int64_t mantissa;
	int exponent;
	enum mews_rc rc;
	int64_t out;
} rows[] = {
	{ "u16", MEWS_HIGH_FIRST, { 65535 }, 1, 0, MEWS_OK, 65535 },
	{ "bits16", MEWS_HIGH_FIRST, { 0x8001 }, 1, 0, MEWS_OK, 0x8001 },
	{ "s16", MEWS_HIGH_FIRST, { 0xffff }, 1, 0, MEWS_OK, -1 },
	{ "s16", MEWS_HIGH_FIRST, { 0x8000 }, 1, 3, MEWS_OK, -32768000 },
	{ "s16", MEWS_HIGH_FIRST, { 0x7fff }, -1, 0, MEWS_OK, -32767 },
	{ "u32", MEWS_HIGH_FIRST, { 1, 2 }, 1, 0, MEWS_OK, 65538 },
	{ "u32", MEWS_LOW_FIRST, { 1, 2 }, 1, 0, MEWS_OK, 131073 },
	{ "u32", MEWS_HIGH_FIRST, { 0xffff, 0xffff }, 1, 1, MEWS_OK,
	    42949672950 },
	{ "s32", MEWS_LOW_FIRST, { 0xfffe, 0xffff }, 1, 0, MEWS_OK, -2 },
	/* above 2^53, where a double would lose the last digits */
	{ "u64", MEWS_HIGH_FIRST, { 0x0020, 0, 0, 1 }, 1, 0, MEWS_OK,
	    9007199254740993 },
	{ "u64", MEWS_LOW_FIRST, { 1, 0, 0, 0x0020 }, 1, 1, MEWS_OK,
	    90071992547409930 },
	{ "u64", MEWS_HIGH_FIRST, { 0xffff, 0xffff, 0xffff, 0xffff }, 1, -1,
	    MEWS_OK, 1844674407370955162 },
	{ "u64", MEWS_HIGH_FIRST, { 0xffff, 0xffff, 0xffff, 0xffff },
	    1000000000, -10, MEWS_OK, 1844674407370955162 },
	{ "u64", MEWS_HIGH_FIRST, { 0xffff, 0xffff, 0xffff, 0xffff }, INT64_MAX,
	    -20, MEWS_OK, 1701411834604692317 },
	{ "u64", MEWS_HIGH_FIRST, { 0x4000, 0, 0, 0 }, 1, 0, MEWS_OK,
	    (int64_t)1 << 62 },
	{ "u64", MEWS_HIGH_FIRST, { 0x4000, 0, 0, 1 }, 1, 0, MEWS_NONE, 0 },
	{ "s64", MEWS_HIGH_FIRST, { 0x8000, 0, 0, 0 }, 1, 0, MEWS_NONE, 0 },
	{ "s64", MEWS_HIGH_FIRST, { 0xffff, 0xffff, 0xffff, 0xffff }, 25, -1,
	    MEWS_OK, -3 },
	{ "u16", MEWS_HIGH_FIRST, { 1 }, 1, 400, MEWS_NONE, 0 },
	{ "u16", MEWS_HIGH_FIRST, { 0 }, 1, 400, MEWS_OK, 0 },
	{ "u16", MEWS_HIGH_FIRST, { 65535 }, 1, -400, MEWS_OK, 0 },
	/* half away from zero */
	{ "u16", MEWS_HIGH_FIRST, { 25 }, 1, -1, MEWS_OK, 3 },
	{ "u16", MEWS_HIGH_FIRST, { 249 }, 1, -2, MEWS_OK, 2 },
	{ "s16", MEWS_HIGH_FIRST, { 0xffe7 }, 1, -1, MEWS_OK, -3 },
	{ "s16", MEWS_HIGH_FIRST, { 0xffe8 }, 1, -1, MEWS_OK, -2 },
	/* 231.2, 1, NaN, minus infinity, the largest, 1.5, -1.5 */
	{ "f32", MEWS_HIGH_FIRST, { 0x4367, 0x3333 }, 1, 3, MEWS_OK, 231200 },
	{ "f32", MEWS_LOW_FIRST, { 0, 0x3f80 }, 1, 0, MEWS_OK, 1 },
	{ "f32", MEWS_HIGH_FIRST, { 0x7fc0, 0 }, 1, 0, MEWS_NONE, 0 },
	{ "f32", MEWS_HIGH_FIRST, { 0xff80, 0 }, 1, 0, MEWS_NONE, 0 },
	{ "f32", MEWS_HIGH_FIRST, { 0x7f7f, 0xffff }, 1, 0, MEWS_NONE, 0 },
	{ "f32", MEWS_HIGH_FIRST, { 0x3fc0, 0 }, 1, 0, MEWS_OK, 2 },
	{ "f32", MEWS_HIGH_FIRST, { 0xbfc0, 0 }, 1, 0, MEWS_OK, -2 },
	{ "f64", MEWS_HIGH_FIRST, { 0xbff0, 0, 0, 0 }, 1, 2, MEWS_OK, -100 },
	{ "f64", MEWS_LOW_FIRST, { 0, 0, 0, 0x4059 }, 25, -2, MEWS_OK, 25 },
	{ "f64", MEWS_HIGH_FIRST, { 0x7ff8, 0, 0, 0 }, 1, 0, MEWS_NONE, 0 },
	{ "bcd16", MEWS_HIGH_FIRST, { 0x9876 }, 1, 0, MEWS_OK, 9876 },
	{ "bcd16", MEWS_HIGH_FIRST, { 0x0a00 }, 1, 0, MEWS_NONE, 0 },
	{ "bcd32", MEWS_HIGH_FIRST, { 0x1234, 0x5678 }, 1, 0, MEWS_OK,
	    12345678 },
	{ "bcd32", MEWS_LOW_FIRST, { 0x5678, 0x1234 }, 1, -2, MEWS_OK, 123457 },
	{ "bits32", MEWS_LOW_FIRST, { 1, 0x8000 }, 1, 0, MEWS_OK, 0x80000001 },
	{ "string2", MEWS_HIGH_FIRST, { 0x4142, 0 }, 1, 0, MEWS_NONE, 0 },
};

static void
values(void **state)
{
	enum mews_rc rc;
	int64_t out;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		out = 4711;
		rc = mews_register_value(mews_register_find(rows[i].type),
		    rows[i].order, rows[i].reg, rows[i].mantissa,
		    rows[i].exponent, &out);
		if (rc != rows[i].rc ||
		    out != (rc == MEWS_OK ? rows[i].out : 4711))
			fail_msg("row %zu, %s: rc %d, %lld", i, rows[i].type,
			    (int)rc, (long long)out);
	}
}

static void
names(void **state)
{
	static const struct {
		const char *name;
		unsigned words;
	} all[] = {
		{ "u16", 1 },
		{ "s16", 1 },
		{ "u32", 2 },
		{ "s32", 2 },
		{ "u64", 4 },
		{ "s64", 4 },
		{ "f32", 2 },
		{ "f64", 4 },
		{ "bcd16", 1 },
		{ "bcd32", 2 },
		{ "bits16", 1 },
		{ "bits32", 2 },
		{ "string2", 2 },
		{ "string4", 4 },
		{ "string8", 8 },
		{ "string16", 16 },
		{ "string32", 32 },
	};
	const struct mews_register_type *t;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(all); i++) {
		t = mews_register_find(all[i].name);
		assert_non_null(t);
		assert_int_equal(mews_register_words(t), all[i].words);
		assert_string_equal(mews_register_name(t), all[i].name);
		assert_true(mews_register_is_number(t) ==
		    (strncmp(all[i].name, "string", 6) != 0));
	}
	assert_null(mews_register_find("f16"));
	assert_null(mews_register_find(""));
}

static void
bits(void **state)
{
	static const uint16_t reg[] = { 0x0123, 0x4567, 0x89ab, 0xcdef };
	const struct mews_register_type *u16 = mews_register_find("u16");
	const struct mews_register_type *f32 = mews_register_find("f32");
	const struct mews_register_type *s64 = mews_register_find("s64");

	(void)state;
	assert_true(mews_register_bits(u16, MEWS_LOW_FIRST, reg) == 0x0123);
	assert_true(mews_register_bits(f32, MEWS_LOW_FIRST, reg) == 0x45670123);
	assert_true(mews_register_bits(s64, MEWS_HIGH_FIRST, reg) ==
	    0x0123456789abcdef);
	assert_true(
	    mews_register_bits(s64, MEWS_LOW_FIRST, reg) == 0xcdef89ab45670123);
}

static void
texts(void **state)
{
	static const uint16_t blanks[] = { 0x5345, 0x2032, 0x3720, 0x2020 };
	static const uint16_t full[] = { 0x4142, 0x4344 };
	static const uint16_t none[] = { 0x0041, 0x4242 };
	const struct mews_register_type *two = mews_register_find("string2");
	char text[MEWS_REGISTER_TEXT];

	(void)state;
	mews_register_text(mews_register_find("string4"), blanks, text);
	assert_string_equal(text, "SE 27");
	mews_register_text(two, full, text);
	assert_string_equal(text, "ABCD");
	mews_register_text(two, none, text);
	assert_string_equal(text, "");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(bits),
		cmocka_unit_test(texts),
		cmocka_unit_test(values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
