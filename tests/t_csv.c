/*
 * t_csv.c - cells as Excel and programs read them, and none that runs.
 */
#include "test.h"
#include "csv.h"

static void
expect(struct mews_buf *b, const char *text)
{
	assert_string_equal(b->s, text);
	mews_buf_clear(b);
}

static void
programs(void **state)
{
	struct mews_buf b = { 0 };
	struct mews_csv c;

	(void)state;
	mews_csv_init(&c, &b, "programs", "it");
	mews_csv_text(&c, "time");
	mews_csv_text(&c, "a,b");
	mews_csv_end(&c);
	mews_csv_number(&c, -12845, 1, 1);
	mews_csv_nothing(&c);
	mews_csv_number(&c, 7, 0, 0);
	mews_csv_end(&c);
	expect(&b, "time,\"a,b\"\n-1284.5,,7\n");
}

static void
excel(void **state)
{
	struct mews_buf b = { 0 };
	struct mews_csv c;

	(void)state;
	mews_csv_init(&c, &b, "excel", "fr");
	mews_csv_text(&c, "a;b");
	mews_csv_number(&c, 1234567, 3, 3);
	mews_csv_end(&c);
	mews_csv_text(&c, "x,y");
	mews_csv_end(&c);
	expect(&b, "\xef\xbb\xbf\"a;b\";1234,567\r\nx,y\r\n");
	mews_csv_init(&c, &b, "excel", "en");
	mews_csv_text(&c, "a;b");
	mews_csv_number(&c, 15, 1, 1);
	mews_csv_end(&c);
	expect(&b,
	    "\xef\xbb\xbf"
	    "a;b,1.5\r\n");
}

static void
formulas(void **state)
{
	static const char *const live[] = { "=1+1", "+1", "-1", "@SUM(A1)",
		"\t=1", "\r=1" };
	struct mews_buf b = { 0 };
	struct mews_csv c;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(live); i++) {
		mews_csv_init(&c, &b, "programs", "en");
		mews_csv_text(&c, live[i]);
		assert_true(b.n > 3 && b.s[0] == '"' && b.s[1] == '\'');
		mews_buf_clear(&b);
	}
	mews_csv_init(&c, &b, "programs", "en");
	mews_csv_text(&c, "P1=main");
	mews_csv_text(&c, "");
	expect(&b, "P1=main,");
}

static void
quotes(void **state)
{
	struct mews_buf b = { 0 };
	struct mews_csv c;

	(void)state;
	mews_csv_init(&c, &b, "programs", "en");
	mews_csv_text(&c, "the \"big\" one");
	mews_csv_text(&c, "two\nlines");
	expect(&b, "\"the \"\"big\"\" one\",\"two\nlines\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs),
		cmocka_unit_test(excel),
		cmocka_unit_test(formulas),
		cmocka_unit_test(quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
