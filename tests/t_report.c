/*
 * t_report.c - a report at 02:30 comes once on days that have no 02:30, and on
 * those that have two.
 */
#include "test.h"
#include "calendar.h"
#include "report.h"

#define H 3600

static int64_t
at(const char *text)
{
	int64_t t = -1;

	assert_true(mews_calendar_read(text, &t));
	return t;
}

/* Looks every minute of three days from the second on; when it came. */
static size_t
watch(enum mews_letter l, const char *from, int64_t reached, int64_t when[9])
{
	int64_t t, upto;
	size_t n = 0;

	for (t = at(from); t < at(from) + 72 * H; t += 60) {
		if (!report_due(l, reached, 150, t, &upto))
			continue;
		assert_true(n < 9);
		assert_true(upto <= t);
		when[n++] = t;
		reached = upto;
	}
	return n;
}

static void
spring(void **state)
{
	struct mews_err err;
	int64_t when[9];

	(void)state;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	/* 2026-03-29: 02:00 is 03:00 */
	assert_int_equal(watch(MEWS_LETTER_DAILY, "2026-03-28 00:00",
			     at("2026-03-27 00:00"), when),
	    3);
	assert_int_equal(when[0], at("2026-03-28 02:30"));
	assert_in_range(when[1], at("2026-03-29 01:30"),
	    at("2026-03-29 03:30"));
	assert_int_equal(when[2], at("2026-03-30 02:30"));
}

static void
autumn(void **state)
{
	struct mews_err err;
	int64_t when[9];

	(void)state;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	/* 2026-10-25: 02:30 is there twice, an hour apart */
	assert_int_equal(watch(MEWS_LETTER_DAILY, "2026-10-24 00:00",
			     at("2026-10-23 00:00"), when),
	    3);
	assert_int_equal(when[1], at("2026-10-25T02:30:00+02:00"));
	assert_int_equal(when[2], at("2026-10-26 02:30"));
	assert_int_equal(when[2] - when[1], 25 * H);
}

static void
weeks_and_months(void **state)
{
	struct mews_err err;
	int64_t when[9];

	(void)state;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	/* the week ends on the day of 25 hours, a Sunday */
	assert_int_equal(watch(MEWS_LETTER_WEEKLY, "2026-10-24 00:00",
			     at("2026-10-19 00:00"), when),
	    1);
	assert_int_equal(when[0], at("2026-10-26 02:30"));
	assert_int_equal(watch(MEWS_LETTER_MONTHLY, "2026-10-31 00:00",
			     at("2026-10-01 00:00"), when),
	    1);
	assert_int_equal(when[0], at("2026-11-01 02:30"));
}

/* A box that was off at that time tells when it is on. */
static void
late(void **state)
{
	struct mews_err err;
	int64_t upto;

	(void)state;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	assert_true(report_due(MEWS_LETTER_DAILY, at("2026-10-20 00:00"), 150,
	    at("2026-10-25T02:31:00+01:00"), &upto));
	assert_int_equal(upto, at("2026-10-25 00:00"));
	assert_false(report_due(MEWS_LETTER_DAILY, upto, 150,
	    at("2026-10-25T23:59:00+01:00"), &upto));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spring),
		cmocka_unit_test(autumn),
		cmocka_unit_test(weeks_and_months),
		cmocka_unit_test(late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
