/*
 * t_event.c - events: kinds, texts that are too long, filters, the ring.
 */
#include "database.h"
#include "event.h"

#include <stdlib.h>
#include <string.h>

static struct mews_err err;

TEST_DATABASE(MEWS_HISTORY_DB, MEWS_DB_SCRATCH)

static void
add(const char *kind, int64_t device, int64_t t)
{
	struct mews_event e;

	mews_event_set(&e, kind, "P1");
	e.device = device;
	e.t = t;
	mews_event_arg(&e, 0, "%lld", (long long)t);
	assert_int_equal(mews_event_write(db, &e, 1, &err), MEWS_OK);
	assert_true(e.id > 0);
}

static void
kinds(void **state)
{
	const struct mews_event_kind *k;
	enum mews_severity s;
	size_t i;

	(void)state;
	for (i = 0; (k = mews_event_kind_at(i)) != NULL; i++) {
		assert_ptr_equal(mews_event_kind(k->name), k);
		assert_true(strlen(k->args) <= MEWS_EVENT_ARGS);
		assert_int_equal(strspn(k->args, "tqvdns"), strlen(k->args));
		assert_true(
		    mews_severity_find(mews_severity_name(k->severity), &s));
		assert_int_equal(s, k->severity);
	}
	assert_null(mews_event_kind("nothing"));
	assert_false(mews_severity_find("loud", &s));
}

/* A text that is too long ends with a whole character. */
static void
long_texts(void **state)
{
	struct mews_event e;
	char text[400] = "";
	size_t i;

	(void)state;
	for (i = 0; i < 60; i++)
		(void)strcat(text, "è€");
	mews_event_set(&e, "line-gone", text);
	assert_int_equal(strlen(e.subject), 62);
	mews_event_arg(&e, 0, "x%s", text);
	assert_int_equal(strlen(e.arg[0]), 93);
	assert_int_equal((unsigned char)e.arg[0][92], 0xa8);
	mews_event_arg(&e, 1, "%s", "short");
	assert_string_equal(e.arg[1], "short");
}

static size_t
count(struct mews_event_filter f, struct mews_event *e)
{
	size_t n;

	assert_int_equal(mews_event_read(db, &f, e, 10, &n, &err), MEWS_OK);
	return n;
}

static void
filters(void **state)
{
	struct mews_event e[10];

	(void)state;
	add("device-silent", 4, 1000);
	add("device-answers", 4, 2000);
	add("line-gone", 0, 3000);
	add("device-silent", 5, 4000);
	assert_int_equal(count((struct mews_event_filter){ 0 }, e), 4);
	assert_int_equal(e[0].t, 4000);
	assert_string_equal(e[1].kind->name, "line-gone");
	assert_string_equal(e[1].arg[0], "3000");
	assert_int_equal(count((struct mews_event_filter){ .before = e[1].id },
			     e),
	    2);
	assert_int_equal(e[0].t, 2000);
	assert_int_equal(count((struct mews_event_filter){ .device = 4 }, e),
	    2);
	assert_int_equal(count((struct mews_event_filter){ .least =
							       MEWS_WARNING },
			     e),
	    3);
	assert_int_equal(count((struct mews_event_filter){ .least =
							       MEWS_ALARM },
			     e),
	    1);
	assert_int_equal(count((struct mews_event_filter){ .from = 2000,
				   .to = 4000 },
			     e),
	    2);
	assert_int_equal(count((struct mews_event_filter){ .only = "[5,6]" },
			     e),
	    1);
	assert_int_equal(e[0].device, 5);
	assert_int_equal(count((struct mews_event_filter){ .only = "[]" }, e),
	    0);
	assert_int_equal(count((struct mews_event_filter){ .from = 2000,
				   .to = 4000 },
			     e),
	    2);
	assert_int_equal(mews_event_get(db, e[0].id, &e[5], &err), MEWS_OK);
	assert_string_equal(e[5].subject, "P1");
	assert_int_equal(mews_event_get(db, 99, &e[5], &err), MEWS_NONE);
}

static int64_t
flood(const char *kind, size_t n)
{
	struct mews_event e = { 0 };
	int64_t first = 0;
	size_t i;

	assert_int_equal(mews_db_begin(db, &err), MEWS_OK);
	for (i = 0; i < n; i++) {
		mews_event_set(&e, kind, "P2");
		assert_int_equal(mews_event_write(db, &e, 1, &err), MEWS_OK);
		first = i == 0 ? e.id : first;
	}
	assert_int_equal(mews_db_commit(db, &err), MEWS_OK);
	return first;
}

/* What there is much of pushes out its own kind, and nothing of more weight. */
static void
ring(void **state)
{
	struct mews_event last[10];
	int64_t first;

	(void)state;
	add("line-gone", 0, 1000);
	add("device-silent", 4, 2000);
	first = flood("gateway-refused", MEWS_EVENT_MOST + 2000);
	assert_int_equal(mews_event_get(db, first + 1999 - MEWS_EVENT_TURN,
			     &last[0], &err),
	    MEWS_NONE);
	assert_int_equal(mews_event_get(db, first + 2000, &last[0], &err),
	    MEWS_OK);
	(void)flood("gateway-write", MEWS_EVENT_MOST + MEWS_EVENT_TURN);
	(void)flood("device-answers", MEWS_EVENT_MOST + MEWS_EVENT_TURN);
	assert_int_equal(mews_event_get(db, first + 2000, &last[0], &err),
	    MEWS_OK);
	assert_int_equal(count((struct mews_event_filter){ .device = 4 }, last),
	    1);
	assert_int_equal(count((struct mews_event_filter){ .least =
							       MEWS_ALARM },
			     last),
	    1);
	(void)flood("two-devices", MEWS_EVENT_MOST + MEWS_EVENT_TURN);
	assert_int_equal(count((struct mews_event_filter){ .from = 500,
				   .to = 1500 },
			     last),
	    0);
}

/* Every kind of other masters is in their rings. */
static void
masters(void **state)
{
	const struct mews_event_kind *k;
	size_t i;

	(void)state;
	for (i = 0; (k = mews_event_kind_at(i)) != NULL; i++)
		if (k->often)
			assert_int_equal(strncmp(k->name, "gateway-", 8), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kinds),
		TEST(long_texts),
		TEST(filters),
		TEST(ring),
		TEST(masters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
