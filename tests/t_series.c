/*
 * t_series.c - which level a chart is read from, and which days it shows.
 */
#include "test.h"
#include "calendar.h"
#include "figure.h"
#include "series.h"

static const int64_t day = 86400;

static void
finest(void **state)
{
	static const struct {
		int64_t span, width;
		enum mews_level by;
	} rows[] = {
		{ 86400, 0, MEWS_MINUTE },
		{ 25 * 3600, 0, MEWS_MINUTE }, /* 1500 */
		{ 25 * 3600 + 60, 0, MEWS_HOUR },
		{ 86400, 1440, MEWS_MINUTE },
		{ 86400, 1439, MEWS_HOUR }, /* narrower than a pixel */
		{ 86400, 23, MEWS_DAY },
		{ 86400, 9999, MEWS_MINUTE },
		{ 62 * 86400, 0, MEWS_HOUR },
		{ 63 * 86400, 0, MEWS_DAY },
		{ 1500 * 86400, 0, MEWS_DAY },
		{ 1501 * 86400, 0, MEWS_MONTH },
		{ 229 * (int64_t)31556952, 0, MEWS_YEAR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++)
		assert_int_equal(series_level(1000000000,
				     1000000000 + rows[i].span, rows[i].width),
		    rows[i].by);
}

static void
refuses_too_many(void **state)
{
	struct page_ctx c = { 0 };
	struct mews_buckets list;
	struct mews_err err;

	(void)state;
	assert_int_equal(series_buckets(&c, 0,
			     mews_quantity_find("active_power"), MEWS_MINUTE, 0,
			     2 * day, &list, &err),
	    MEWS_BAD);
	assert_int_equal(list.n, 0);
}

static void
missing(void **state)
{
	struct mews_bucket b = { .seen = 50, .expected = 60 };

	(void)state;
	assert_int_equal(series_missing(&b), 10);
	b.flags = MEWS_OPEN;
	assert_int_equal(series_missing(&b), 0);
	b = (struct mews_bucket){ .seen = 60, .expected = 60 };
	assert_int_equal(series_missing(&b), 0);
}

static int64_t
on(int year, int month, int d)
{
	struct mews_err err;
	int64_t t = 0;

	assert_int_equal(mews_calendar_date(year, month, d, &t, &err), MEWS_OK);
	return t;
}

/* What stands before an hour's figures. */
static void
hours(void **state)
{
	static const struct {
		const char *zone, *utc, *text;
	} rows[] = {
		{ "Europe/Rome", "2025-10-25T22:00:00Z", "00\u201301" },
		{ "Europe/Rome", "2025-10-26T00:00:00Z", "02 A\u201302" },
		{ "Europe/Rome", "2025-10-26T01:00:00Z", "02 B\u201303" },
		{ "Europe/Rome", "2025-10-26T22:00:00Z", "23\u201324" },
		{ "Europe/Rome", "2026-03-29T00:00:00Z", "01\u201303" },
		{ "Asia/Kolkata", "2025-10-26T00:00:00Z", "05:30\u201306:30" },
	};
	struct page_ctx c = { 0 };
	struct period p = { .by = MEWS_HOUR };
	struct mews_err err;
	char text[FIGURE];
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(mews_calendar_zone(rows[i].zone, &err),
		    MEWS_OK);
		assert_true(mews_calendar_read(rows[i].utc, &p.from));
		p.to = p.from + day;
		assert_string_equal(period_row(&c, &p, text, p.from),
		    rows[i].text);
	}
}

static void
days(void **state)
{
	struct mews_err err;
	struct period p;

	(void)state;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	assert_int_equal(period_days("", "2025-10-26", "", &p, &err), MEWS_OK);
	assert_int_equal(p.by, MEWS_MINUTE);
	assert_int_equal(p.to - p.from, 25 * 3600);
	assert_int_equal(period_days("", "2025-10-20", "2025-10-26", &p, &err),
	    MEWS_OK);
	assert_int_equal(p.by, MEWS_HOUR);
	assert_int_equal(p.from, on(2025, 10, 20));
	assert_int_equal(p.to, on(2025, 10, 27));
	assert_true(p.free);
	/* whole months; and no finer than a chart can show */
	assert_int_equal(period_days("month", "2025-10-20", "2025-11-02", &p,
			     &err),
	    MEWS_OK);
	assert_int_equal(p.from, on(2025, 10, 1));
	assert_int_equal(p.to, on(2025, 12, 1));
	assert_int_equal(period_days("minute", "2025-01-01", "2025-12-31", &p,
			     &err),
	    MEWS_OK);
	assert_int_equal(p.by, MEWS_DAY);
}

static void
no_days(void **state)
{
	static const char *const rows[][3] = {
		{ "", "2025-10-27", "2025-10-26" },
		{ "", "2025-02-30", "2025-03-01" },
		{ "", "2025-02-01", "soon" },
		{ "week", "2025-02-01", "2025-02-02" },
		{ "", "9999-01-01", "" },
	};
	struct mews_err err;
	struct period p;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++)
		assert_int_equal(period_days(rows[i][0], rows[i][1], rows[i][2],
				     &p, &err),
		    MEWS_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finest),
		cmocka_unit_test(refuses_too_many),
		cmocka_unit_test(missing),
		cmocka_unit_test(hours),
		cmocka_unit_test(days),
		cmocka_unit_test(no_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
