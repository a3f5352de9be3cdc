/*
 * t_buf.c - growth and the NUL behind the end; failing; paths of a place.
 */
#include "test.h"
#include "buf.h"
#include "place.h"

static void
grows(void **state)
{
	struct mews_buf b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		mews_buf_printf(&b, "%d,", i % 10);
		assert_int_equal(strlen(b.s), b.n);
	}
	assert_int_equal(b.n, 2000);
	mews_buf_put(&b, "\0x", 2);
	mews_buf_byte(&b, 'y');
	assert_memory_equal(b.s + 2000, "\0xy", 4);
	mews_buf_reset(&b);
	assert_int_equal(b.n, 0);
	assert_string_equal(b.s, "");
	mews_buf_str(&b, "again");
	assert_string_equal(b.s, "again");
	mews_buf_clear(&b);
	assert_null(b.s);
}

static void
fails(void **state)
{
	struct mews_err err;

	(void)state;
	assert_int_equal(mews_fail(&err, MEWS_BAD, "%s %d", "x", 1), MEWS_BAD);
	assert_string_equal(err.text, "x 1");
	assert_int_equal(mews_fail(NULL, MEWS_NONE, "x"), MEWS_NONE);
}

static void
places(void **state)
{
	char state_option[] = "--state", run[] = "--run", dir[] = "/x";
	char name[] = "prog", verb[] = "verb", path[MEWS_PATH];
	char *argv[] = { name, state_option, dir, verb, NULL };
	char *cut[] = { name, run, NULL };
	char *far[] = { name, run, path, NULL };
	struct mews_place p;
	struct mews_err err;
	int argc = 4;

	(void)state;
	assert_int_equal(mews_place_take(&p, &argc, argv, &err), MEWS_OK);
	assert_int_equal(argc, 2);
	assert_string_equal(argv[1], "verb");
	assert_null(argv[2]);
	assert_string_equal(mews_place_path(&p, MEWS_AUTH_DB, path),
	    "/x/auth/auth.db");
	assert_string_equal(mews_place_path(&p, MEWS_DOOR, path),
	    "/run/mews/mewsd.sock");
	argc = 2;
	assert_int_equal(mews_place_take(&p, &argc, cut, &err), MEWS_BAD);
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	argc = 3;
	assert_int_equal(mews_place_take(&p, &argc, far, &err), MEWS_BAD);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows),
		cmocka_unit_test(fails),
		cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
