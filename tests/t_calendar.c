/*
 * t_calendar.c - days that have 23, 24, 23.5 and 25 hours, and none at all.
 *
 * Every expected instant was computed with date(1) from the zone files.
 */
#include "test.h"
#include "calendar.h"

#define H 3600

static void
in(const char *zone)
{
	struct mews_err err;

	assert_int_equal(mews_calendar_zone(zone, &err), MEWS_OK);
}

static int64_t
at(const char *text)
{
	int64_t t = -1;

	assert_true(mews_calendar_read(text, &t));
	return t;
}

static int64_t
day(int y, int m, int d)
{
	int64_t t = -1;

	assert_int_equal(mews_calendar_date(y, m, d, &t, NULL), MEWS_OK);
	return t;
}

static void
days_of_rome(void **state)
{
	int64_t t;

	(void)state;
	in("Europe/Rome");
	t = day(2025, 10, 26);
	assert_true(t == at("2025-10-25T22:00:00Z"));
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 25 * H);
	t = day(2026, 3, 29);
	assert_true(t == at("2026-03-28T23:00:00Z"));
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 23 * H);
	assert_true(mews_calendar_floor(MEWS_DAY, t + 23 * H - 1) == t);
	assert_true(mews_calendar_step(MEWS_DAY, t, -1) == t - 24 * H);
	assert_true(mews_calendar_floor(MEWS_MONTH, t) == day(2026, 3, 1));
	assert_true(mews_calendar_step(MEWS_MONTH, day(2026, 1, 31), 1) ==
	    day(2026, 2, 1));
	assert_true(mews_calendar_step(MEWS_MONTH, t, -3) == day(2025, 12, 1));
	assert_true(mews_calendar_step(MEWS_YEAR, t, 1) == day(2027, 1, 1));
	assert_true(mews_calendar_floor(MEWS_HOUR, t + 59) == t);
	assert_true(mews_calendar_step(MEWS_MINUTE, t + 59, 2) == t + 120);
}

static void
odd_zones(void **state)
{
	int64_t t;

	(void)state;
	in("Asia/Kolkata");
	assert_true(day(2026, 5, 5) == at("2026-05-04T18:30:00Z"));
	in("Australia/Adelaide"); /* +10:30, +9:30 from 5 April 2026 */
	t = day(2026, 4, 5);
	assert_true(t == at("2026-04-04T13:30:00Z"));
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 25 * H);
	in("Australia/Lord_Howe"); /* shifts by half an hour */
	t = day(2026, 4, 5);
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 24 * H + H / 2);
	in("America/Sao_Paulo"); /* 2018-11-04 began at 01:00 */
	t = day(2018, 11, 4);
	assert_true(mews_calendar_civil(t).hour == 1);
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 23 * H);
	t = day(2018, 2, 17); /* had 23:00 twice */
	assert_true(mews_calendar_step(MEWS_DAY, t, 1) - t == 25 * H);
	in("Pacific/Apia"); /* 2011-12-30 did not exist */
	t = day(2011, 12, 29);
	assert_true(mews_calendar_civil(t).day == 29);
	t = mews_calendar_step(MEWS_DAY, t, 1);
	assert_true(mews_calendar_civil(t).day == 31);
	t = mews_calendar_step(MEWS_DAY, t, -1);
	assert_int_equal(mews_calendar_zone("Mars/Olympus", NULL), MEWS_BAD);
	assert_int_equal(mews_calendar_zone("../etc/passwd", NULL), MEWS_BAD);
	assert_int_equal(mews_calendar_zone("", NULL), MEWS_BAD);
	assert_true(mews_calendar_civil(t).day == 29);
}

/* Floor and step agree on every day of forty years in zones of all kinds. */
static void
days_join(void **state)
{
	static const char *const zones[] = { "Europe/Paris",
		"America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe",
		"Africa/Cairo" };
	int64_t t, next;
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < MEWS_LEN(zones); i++) {
		in(zones[i]);
		t = day(2000, 1, 1);
		for (n = 0; n < 40 * 365; n++, t = next) {
			next = mews_calendar_step(MEWS_DAY, t, 1);
			assert_in_range(next - t, 23 * H, 25 * H);
			assert_true(
			    mews_calendar_floor(MEWS_DAY, next - 1) == t);
			assert_true(mews_calendar_floor(MEWS_DAY, t) == t);
			assert_true(
			    mews_calendar_step(MEWS_DAY, next, -1) == t);
		}
	}
}

static void
texts(void **state)
{
	char text[MEWS_STAMP];
	enum mews_level l;
	struct mews_civil c;
	int64_t t;

	(void)state;
	in("Europe/Rome");
	mews_calendar_utc(1763821920, text);
	assert_string_equal(text, "2025-11-22T14:32:00Z");
	mews_calendar_local(1763821920, text);
	assert_string_equal(text, "2025-11-22T15:32:00+01:00");
	c = mews_calendar_civil(1763821920);
	assert_true(c.weekday == 5 && c.year == 2025 && c.offset == H);
	assert_true(at("2025-11-22T14:32Z") == 1763821920);
	assert_true(at("2025-11-22 15:32:00+01:00") == 1763821920);
	assert_true(at("2025-11-22T15:32") == 1763821920);
	/* the first of the two */
	assert_true(
	    at("2025-10-26T02:30:00") == at("2025-10-26T02:30:00+02:00"));
	assert_false(mews_calendar_read("2025-02-29T00:00:00Z", &t));
	assert_false(mews_calendar_read("2025-11-22T24:00:00Z", &t));
	assert_false(mews_calendar_read("2025-11-22", &t));
	assert_false(mews_calendar_read("2025-11-22T14:32:00Zx", &t));
	assert_int_equal(mews_calendar_parse("2026-11", &t, &l, NULL), MEWS_OK);
	assert_true(l == MEWS_MONTH && t == day(2026, 11, 1));
	assert_int_equal(mews_calendar_parse("2026", &t, &l, NULL), MEWS_OK);
	assert_true(l == MEWS_YEAR && t == day(2026, 1, 1));
	assert_int_equal(mews_calendar_parse("2026-11-31", &t, &l, NULL),
	    MEWS_BAD);
	assert_int_equal(mews_calendar_parse("1970", &t, &l, NULL), MEWS_BAD);
	assert_int_equal(mews_calendar_parse("now", &t, &l, NULL), MEWS_BAD);
	assert_true(mews_level_find("month", &l) && l == MEWS_MONTH);
	assert_false(mews_level_find("week", &l));
	assert_string_equal(mews_level_name(MEWS_YEAR), "year");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_rome),
		cmocka_unit_test(odd_zones),
		cmocka_unit_test(days_join),
		cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
