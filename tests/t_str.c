/*
 * t_str.c - numbers, words and UTF-8 from outside: edges of lib/str.c.
 */
#include "test.h"
#include "str.h"

static void
integers(void **state)
{
	int64_t n = 7;

	(void)state;
	assert_true(mews_str_int("0", 0, 9, &n) && n == 0);
	assert_true(mews_str_int("-9", -9, 9, &n) && n == -9);
	assert_true(mews_str_int("9223372036854775807", 0, INT64_MAX, &n));
	assert_true(n == INT64_MAX);
	n = 7;
	assert_false(mews_str_int("10", 0, 9, &n));
	assert_false(mews_str_int("-1", 0, 9, &n));
	assert_false(mews_str_int("", 0, 9, &n));
	assert_false(mews_str_int(" 1", 0, 9, &n));
	assert_false(mews_str_int("1 ", 0, 9, &n));
	assert_false(mews_str_int("+1", 0, 9, &n));
	assert_false(mews_str_int("0x1", 0, 9, &n));
	assert_false(mews_str_int("9223372036854775808", 0, INT64_MAX, &n));
	assert_true(n == 7);
}

static void
doubles(void **state)
{
	double d = 7;

	(void)state;
	assert_true(mews_str_double("0.25", &d) && d == 0.25);
	assert_true(mews_str_double("-1e3", &d) && d == -1000);
	d = 7;
	assert_false(mews_str_double("nan", &d));
	assert_false(mews_str_double("inf", &d));
	assert_false(mews_str_double("1e999", &d));
	assert_false(mews_str_double("0x10", &d));
	assert_false(mews_str_double("1,5", &d));
	assert_false(mews_str_double("", &d));
	assert_true(d == 7);
}

static void
fixed(void **state)
{
	static const struct {
		const char *text;
		int decimals;
		int64_t n;
	} good[] = {
		{ "4.2165", 3, 4217 },
		{ "4.2164999", 3, 4216 },
		{ "-4.2165", 3, -4217 },
		{ "5", 2, 500 },
		{ "0.5", 0, 1 },
		{ "0.49", 0, 0 },
		{ "-0.5", 0, -1 },
		{ ".5", 1, 5 },
		{ "123456789012", 3, 123456789012000 },
	};
	static const char *const bad[] = { "", "-", ".", "1.2.3", "1e3", "1,5",
		"99999999999999999999", "9223372036854775807" };
	int64_t n;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(good); i++) {
		assert_true(mews_str_fixed(good[i].text, good[i].decimals, &n));
		assert_true(n == good[i].n);
	}
	for (i = 0; i < MEWS_LEN(bad); i++)
		assert_false(mews_str_fixed(bad[i], 3, &n));
}

static void
copies_and_words(void **state)
{
	char to[4] = "x", text[] = "a  \"b c\" d # e";
	char *w[3], open[] = "a \"b", many[] = "1 2 3 4";

	(void)state;
	assert_true(mews_str_copy(to, sizeof(to), "abc"));
	assert_string_equal(to, "abc");
	assert_false(mews_str_copy(to, sizeof(to), "abcd"));
	assert_string_equal(to, "abc");
	assert_true(mews_str_word("sign-in_2", 16));
	assert_false(mews_str_word("Sign", 16));
	assert_false(mews_str_word("2a", 16));
	assert_false(mews_str_word("", 16));
	assert_false(mews_str_word("abc", 2));
	assert_int_equal(mews_str_words(text, w, 3), 3);
	assert_string_equal(w[1], "b c");
	assert_string_equal(w[2], "d");
	assert_int_equal(mews_str_words(open, w, 3), 4);
	assert_int_equal(mews_str_words(many, w, 3), 4);
}

static void
utf8(void **state)
{
	static const char *const good[] = { "", "a", "\u00e9", "\u20ac",
		"\U0001f4a1" };
	static const char *const bad[] = { "\xff", "\xc3", "\xc0\xaf", "\n",
		"\x7f", "\xc2\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
		"\xe0\x80\xaf" };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(good); i++)
		assert_true(mews_str_utf8(good[i], strlen(good[i])));
	for (i = 0; i < MEWS_LEN(bad); i++)
		assert_false(mews_str_utf8(bad[i], strlen(bad[i])));
	assert_false(mews_str_utf8("a\0b", 3));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(doubles),
		cmocka_unit_test(fixed),
		cmocka_unit_test(copies_and_words),
		cmocka_unit_test(utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
