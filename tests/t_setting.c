/*
 * t_setting.c - what a setting may be, and what is read when the file holds
 * something else: lib/setting.c.
 */
#include "database.h"
#include "setting.h"

TEST_DATABASE(MEWS_CONFIG_DB, MEWS_DB_WRITE)

static void
expect(const char *key, const char *value)
{
	char text[MEWS_SETTING_MOST + 1];

	assert_int_equal(mews_setting_get(db, key, text, NULL), MEWS_OK);
	assert_string_equal(text, value);
}

/* Every row stands by its own rules. */
static void
rows(void **state)
{
	const struct mews_setting *s;
	size_t i;

	(void)state;
	for (i = 0; (s = mews_setting_at(i)) != NULL; i++) {
		assert_ptr_equal(mews_setting_find(s->key), s);
		assert_int_equal(mews_setting_fits(s, s->standard, NULL),
		    MEWS_OK);
		expect(s->key, s->standard);
	}
	assert_true(i > 0);
	assert_null(mews_setting_find("nothing"));
}

static void
get_and_set(void **state)
{
	char text[MEWS_SETTING_MOST + 1];
	struct mews_err err;

	(void)state;
	assert_int_equal(mews_setting_set(db, "language", "fr", &err), MEWS_OK);
	expect("language", "fr");
	assert_int_equal(mews_setting_set(db, "language", "it", &err), MEWS_OK);
	expect("language", "it");
	assert_int_equal(mews_setting_set(db, "language", "de", &err),
	    MEWS_BAD);
	assert_non_null(strstr(err.text, "en it fr"));
	expect("language", "it");
	assert_int_equal(mews_setting_set(db, "nothing", "1", &err), MEWS_NONE);
	assert_int_equal(mews_setting_get(db, "nothing", text, &err),
	    MEWS_NONE);
}

static void
words(void **state)
{
	static const char *const wrong[] = { "", " ", "en ", "en it", "e", "EN",
		"n", "it fr" };
	const struct mews_setting *s = mews_setting_find("language");
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(wrong); i++)
		assert_int_equal(mews_setting_fits(s, wrong[i], NULL),
		    MEWS_BAD);
}

static void
numbers_and_texts(void **state)
{
	const struct mews_setting n = { "n", MEWS_SETTING_INT, -5, 20, "", "0",
		MEWS_ADMINISTRATOR, "" };
	const struct mews_setting t = { "t", MEWS_SETTING_TEXT, 1, 3, "", "x",
		MEWS_ADMINISTRATOR, "" };
	char huge[MEWS_SETTING_MOST + 2];

	(void)state;
	memset(huge, 'x', sizeof(huge) - 1);
	huge[sizeof(huge) - 1] = '\0';
	assert_int_equal(mews_setting_fits(&n, "-5", NULL), MEWS_OK);
	assert_int_equal(mews_setting_fits(&n, "20", NULL), MEWS_OK);
	assert_int_equal(mews_setting_fits(&n, "21", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&n, "-6", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&n, "1 ", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&n, "", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&t, "abc", NULL), MEWS_OK);
	assert_int_equal(mews_setting_fits(&t, "", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&t, "abcd", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&t, "a\n", NULL), MEWS_BAD);
	assert_int_equal(mews_setting_fits(&t, huge, NULL), MEWS_BAD);
}

/* A file from elsewhere holds a word that no row allows any more. */
static void
stored_nonsense(void **state)
{
	static const char sql[] =
	    "INSERT OR REPLACE INTO setting VALUES ('csv_format', 'lotus')";

	(void)state;
	assert_int_equal(mews_db_exec(db, sql, NULL), MEWS_OK);
	expect("csv_format", "excel");
	assert_int_equal(mews_setting_set(db, "csv_format", "programs", NULL),
	    MEWS_OK);
	expect("csv_format", "programs");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows),
		cmocka_unit_test(get_and_set),
		cmocka_unit_test(words),
		cmocka_unit_test(numbers_and_texts),
		cmocka_unit_test(stored_nonsense),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
