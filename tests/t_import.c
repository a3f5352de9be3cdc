/*
 * t_import.c - a CSV of minutes goes in whole or not at all, and what comes out
 * again is the same.
 */
#include "test.h"
#include "check_history.h"
#include "export.h"
#include "import.h"
#include "schema.h"

#include <stdlib.h>
#include <sys/resource.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static struct import_report done;
static struct mews_device device[2] = { { .id = 1, .plate = "P1" },
	{ .id = 2, .plate = "P2" } };
static const struct mews_site site = { .device = device, .ndevices = 2 };

#define NOW INT64_C(1763900000)

static char said[4000];

static void
says(void *ctx, const char *text)
{
	(void)ctx;
	(void)strncat(said, text, sizeof(said) - strlen(said) - 1);
	(void)strncat(said, "\n", sizeof(said) - strlen(said) - 1);
}

/* Of the counters of P2. */
static int64_t
modulus(void *ctx, const struct mews_device *d, const struct mews_quantity *q)
{
	(void)ctx;
	assert_int_equal(q->kind, MEWS_COUNTER);
	return d == &device[1] ? 1000000000 : 0;
}

static struct import_rules rules = { .site = &site,
	.device = &device[0],
	.now = NOW,
	.modulus = modulus,
	.says = says };

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	rules.device = &device[0];
	rules.dry = false;
	assert_int_equal(mews_calendar_zone("Europe/Rome", &err), MEWS_OK);
	return (int)mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE,
	    &db, &err);
}

static int
end(void **state)
{
	(void)state;
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

static enum mews_rc
import(const char *text)
{
	FILE *f = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	enum mews_rc rc;

	assert_non_null(f);
	said[0] = '\0';
	rc = import_minutes(db, &rules, f, &done, &err);
	(void)fclose(f);
	return rc;
}

static struct mews_buckets
level(const char *quantity, enum mews_level by, int64_t device_id)
{
	const struct mews_quantity *q = mews_quantity_find(quantity);
	struct mews_buckets l = { 0 };
	int64_t series, first;

	if (mews_history_find(db, device_id, q, &series, &err) != MEWS_OK)
		return l;
	assert_true(mews_calendar_read("2025-11-22T14:00:00Z", &first));
	assert_int_equal(mews_history_read(db, series, q->kind, by, first,
			     first + 7200, NOW, &l, &err),
	    MEWS_OK);
	return l;
}

static struct mews_buckets
minutes(const char *quantity)
{
	return level(quantity, MEWS_MINUTE, 1);
}

static int64_t
hours(const char *quantity)
{
	struct mews_buckets l = level(quantity, MEWS_HOUR, 1);
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < l.n; i++)
		sum += l.b[i].sum;
	mews_buckets_clear(&l);
	return sum;
}

static size_t
events(const char *kind)
{
	const struct mews_event_filter all = { .least = MEWS_INFO };
	struct mews_event e[50];
	size_t n, i, hit = 0;

	assert_int_equal(mews_event_read(db, &all, e, MEWS_LEN(e), &n, &err),
	    MEWS_OK);
	for (i = 0; i < n; i++)
		hit += strcmp(e[i].kind->name, kind) == 0;
	return hit;
}

static void
found(void *ctx, const struct mews_finding *f)
{
	print_error("%s\n", f->text);
	(*(int *)ctx)++;
}

/* I1 to I4 hold. */
static void
sound(void)
{
	int deviations = 0;
	const struct mews_check check = { NOW, &deviations, found };

	assert_int_equal(mews_check_history(db, &check, &err), MEWS_OK);
	assert_int_equal(deviations, 0);
}

#define HEAD "time,active_energy_import,active_power,active_power:max\n"

static void
goes_in(void **state)
{
	struct mews_buckets l;

	(void)state;
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,1000,240.55,300\r\n"
				     "2025-11-22T15:31:00+01:00,1004,,\n"
				     "2025-11-22T15:35:00,1020,120,\n"),
	    MEWS_OK);
	assert_true(done.minutes == 3 && done.values == 5 && done.kept == 0);
	l = minutes("active_energy_import");
	assert_int_equal(l.n, 3);
	assert_true(l.b[0].sum == 0 && l.b[0].end == 1000);
	assert_true(l.b[1].sum == 4 && l.b[1].flags == 0);
	/* nobody knows in which minute of the hole it was used */
	assert_true(l.b[2].sum == 0 && l.b[2].end == 1020);
	mews_buckets_clear(&l);
	l = level("active_energy_import", MEWS_HOUR, 1);
	assert_true(l.n == 1 && l.b[0].sum == 20 && l.b[0].seen == 3);
	assert_int_equal(l.b[0].flags, MEWS_ESTIMATED);
	mews_buckets_clear(&l);
	l = minutes("active_power");
	assert_int_equal(l.n, 2);
	assert_true(l.b[0].sum == 2406 && l.b[0].max == 3000);
	assert_true(l.b[1].min == 1200 && l.b[1].max == 1200);
	mews_buckets_clear(&l);
	assert_int_equal(events("history-imported"), 1);
	/* the same again changes nothing, what is new is added */
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,9999,9999,\n"
				     "2025-11-22T14:36:00Z,1021,120,\n"),
	    MEWS_OK);
	assert_true(done.kept == 2 && done.values == 2);
	l = minutes("active_energy_import");
	assert_true(l.n == 4 && l.b[0].end == 1000);
	mews_buckets_clear(&l);
	sound();
}

static void
all_or_nothing(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ HEAD "2025-11-22T14:30:00Z,1000,240,1000\n"
		       "2025-11-22T14:31:00Z,1001,2",
		    "line 3 has no end" },
		{ HEAD "2025-11-22T14:30:00Z,1000\n", "line 2: fields are" },
		{ HEAD "2025-11-22T14:30:00Z,1,2,3,4\n", "line 2: more" },
		{ HEAD "2025-11-22T14:30:00Z,1,2,3\n"
		       "2025-11-22T14:30:00Z,1,2,3\n",
		    "line 3: not later" },
		{ HEAD "2025-11-22T14:30:00Z,1,2,3\n"
		       "2025-11-22T14:29:00Z,1,2,3\n",
		    "line 3: not later" },
		{ HEAD "2025-11-22T14:30:30Z,1,2,3\n", "whole minute" },
		{ HEAD "1969-11-22T14:30:00Z,1,2,3\n", "whole minute" },
		{ HEAD "2035-11-22T14:30:00Z,1,2,3\n", "not over" },
		{ HEAD "22/11/2025,1,2,3\n", "whole minute" },
		{ HEAD "\n", "whole minute" },
		{ HEAD "2025-11-22T14:30:00Z,1;2;3\n", "line 2: no number" },
		{ HEAD "2025-11-22T14:30:00Z,1,abc,3\n", "'abc'" },
		{ HEAD "2025-11-22T14:30:00Z,1,nan,3\n", "'nan'" },
		{ HEAD "2025-11-22T14:30:00Z,\"1\",2,3\n", "no number" },
		{ HEAD "2025-11-22T14:30:00Z,-1,2,3\n", "never below 0" },
		{ HEAD "2025-11-22T14:30:00Z,99999999999999999999,2,3\n",
		    "line 2: no number" },
		{ HEAD "2025-11-22T14:30:00Z,4000000000000000000,2,3\n",
		    "more than can be stored" },
		{ HEAD "2025-11-22T14:30:00Z,1,4,3\n", "outside" },
		{ HEAD "2025-11-22T14:30:00Z,1,,3\n", "no value" },
		{ HEAD, "no minutes" },
		{ "", "is empty" },
		{ "time;active_power\n", "separated by commas" },
		{ "time\tactive_power\n", "separated by commas" },
		{ "time\n", "no column" },
		{ "hour,active_power\n", "only minutes" },
		{ "time,volts\n", "'volts'" },
		{ "time,active_power,active_power\n", "twice" },
		{ "time,active_power:min\n", "no column: 'active_power'" },
		{ "time,active_energy_import:max\n", "a gauge :min" },
		{ "time,active_power:mid\n", "a gauge :min" },
		{ "time,active_power:\n", "a gauge :min" },
		{ "time,P2/active_power\n", "another device" },
		{ "time,P9/active_power\n", "no device has the plate P9" },
		{ "time,active_power,active_power:samples\n"
		  "2025-11-22T14:30:00Z,1,7/6\n",
		    "no samples" },
		{ "time,active_power,active_power:flags\n"
		  "2025-11-22T14:30:00Z,1,great\n",
		    "no flags: 'great'" },
		{ "time,active_power,active_power:flags\n"
		  "2025-11-22T14:30:00Z,1,open\n",
		    "no flags: 'open'" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_not_equal(import(rows[i].text), MEWS_OK);
		says(NULL, err.text);
		if (strstr(said, rows[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", said, rows[i].says);
		assert_int_equal(minutes("active_power").n, 0);
		assert_int_equal(events("history-imported"), 0);
	}
	rules.device = NULL;
	assert_int_equal(import(HEAD), MEWS_BAD);
	assert_non_null(strstr(err.text, "of which device"));
}

/* Each mistake is told with its line, and the good lines do not go in. */
static void
tells_all(void **state)
{
	struct mews_buf text = { 0 };
	int i;

	(void)state;
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,1000,240,\n"
				     "2025-11-22T14:31:00Z,x,240,\n"
				     "2025-11-22T14:31:00Z,1001,240,\n"
				     "2025-11-22T14:33:00Z,1002,240\n"
				     "2025-11-22T14:34:00Z,1003,y,\n"),
	    MEWS_BAD);
	assert_string_equal(said,
	    "line 3: no number: 'x'\n"
	    "line 4: not later than the line before: "
	    "'2025-11-22T14:31:00Z'\n"
	    "line 5: fields are missing: ''\n"
	    "line 6: no number: 'y'\n");
	assert_string_equal(err.text, "4 of 6 lines are wrong");
	assert_int_equal(minutes("active_power").n, 0);
	/* no more of them than a person reads */
	mews_buf_str(&text, HEAD);
	for (i = 0; i < 5000; i++)
		mews_buf_str(&text, "x\n");
	assert_int_equal(import(text.s), MEWS_BAD);
	assert_non_null(strstr(said, "line 21: "));
	assert_null(strstr(said, "line 22: "));
	assert_string_equal(err.text, "5000 of 5001 lines are wrong");
	mews_buf_clear(&text);
}

#define COUNTER "time,active_energy_import\n"

/* Minutes that come to lie in a hole take the place of what was booked over
 * it; those before what is there join it. */
static void
holes(void **state)
{
	struct mews_buckets l;

	(void)state;
	assert_int_equal(import(COUNTER "2025-11-22T14:10:00Z,1000\n"
					"2025-11-22T15:10:00Z,1600\n"),
	    MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 600);
	assert_int_equal(import(COUNTER "2025-11-22T14:30:00Z,1100\n"
					"2025-11-22T14:31:00Z,1110\n"
					"2025-11-22T14:40:00Z,1110\n"),
	    MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 600);
	sound();
	/* the whole of the rest stands behind 14:41 */
	l = level("active_energy_import", MEWS_HOUR, 1);
	assert_int_equal(l.n, 2);
	assert_true(l.b[0].sum > 400 && l.b[0].sum < 430);
	mews_buckets_clear(&l);
	assert_int_equal(import(COUNTER "2025-11-22T14:02:00Z,993\n"), MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 607);
	/* a counter that stood higher before was another one */
	assert_int_equal(import(COUNTER "2025-11-22T14:00:00Z,8000\n"),
	    MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 607);
	assert_int_equal(events("counter-reset"), 1);
	/* more than a board can carry is told, and not booked */
	assert_int_equal(import(COUNTER "2025-11-22T15:20:00Z,99000000\n"
					"2025-11-22T15:35:00Z,99000000\n"),
	    MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 607);
	assert_int_equal(events("counter-unexplained"), 1);
	sound();
}

/* A sentinel, and a stray zero, in a file are what they are on the bus. */
static void
suspects(void **state)
{
	struct mews_buckets l;

	(void)state;
	assert_int_equal(import(COUNTER "2025-11-22T14:10:00Z,25567548\n"
					"2025-11-22T14:11:00Z,0\n"
					"2025-11-22T14:12:00Z,4294967295\n"
					"2025-11-22T14:13:00Z,25567550\n"),
	    MEWS_OK);
	l = minutes("active_energy_import");
	assert_int_equal(l.n, 4);
	assert_true(l.b[1].flags == MEWS_SUSPECT && l.b[1].sum == 0);
	assert_true(l.b[2].flags == MEWS_SUSPECT && l.b[2].sum == 0);
	assert_true(l.b[3].sum == 2);
	mews_buckets_clear(&l);
	sound();
}

/* 999,999.8 kWh, then 0.3: in a minute, and in a hole that is filled later. */
static void
rollover(void **state)
{
	static const char back[] = "active_energy_export";
	struct mews_buckets l;

	(void)state;
	rules.device = &device[1];
	assert_int_equal(import(COUNTER "2025-11-22T14:10:00Z,999999800\n"
					"2025-11-22T14:11:00Z,300\n"),
	    MEWS_OK);
	l = level("active_energy_import", MEWS_MINUTE, 2);
	assert_int_equal(l.n, 2);
	assert_true(l.b[1].flags == MEWS_WRAP && l.b[1].sum == 500);
	mews_buckets_clear(&l);
	assert_int_equal(import("time,active_energy_export\n"
				"2025-11-22T14:49:00Z,999999900\n"
				"2025-11-22T15:09:00Z,100\n"),
	    MEWS_OK);
	l = level(back, MEWS_MINUTE, 2);
	assert_true(l.n == 2 && l.b[1].flags == MEWS_WRAP && l.b[1].sum == 0);
	mews_buckets_clear(&l);
	l = level(back, MEWS_HOUR, 2);
	assert_true(l.n == 2 && l.b[0].sum + l.b[1].sum == 200);
	assert_in_range(l.b[0].sum, 90, 110);
	assert_true(l.b[1].flags == (MEWS_WRAP | MEWS_ESTIMATED));
	mews_buckets_clear(&l);
	sound();
	assert_int_equal(import("time,active_energy_export\n"
				"2025-11-22T14:55:00Z,999999990\n"
				"2025-11-22T14:56:00Z,999999995\n"),
	    MEWS_OK);
	l = level(back, MEWS_HOUR, 2);
	assert_true(l.n == 2 && l.b[0].sum + l.b[1].sum == 200);
	assert_in_range(l.b[0].sum, 115, 125);
	mews_buckets_clear(&l);
	assert_int_equal(events("counter-reset"), 0);
	sound();
}

/* What was used in each minute, without an index. */
static void
deltas(void **state)
{
	(void)state;
	assert_int_equal(import(COUNTER "2025-11-22T14:30:00Z,70000\n"
					"2025-11-22T14:31:00Z,70001\n"),
	    MEWS_OK);
	assert_int_equal(import("time,active_energy_import:delta\n"
				"2025-11-22T14:05:00Z,7\n"
				"2025-11-22T14:06:00Z,0\n"
				"2025-11-22T14:20:00Z,9\n"
				"2025-11-22T14:40:00Z,5\n"),
	    MEWS_OK);
	assert_int_equal(hours("active_energy_import"), 22);
	sound();
}

/* A dry run counts, and writes nothing: a reader is enough for it. */
static void
dry(void **state)
{
	struct mews_db *write = db;

	(void)state;
	assert_int_equal(import(COUNTER "2025-11-22T14:30:00Z,70000\n"),
	    MEWS_OK);
	assert_int_equal(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_READ,
			     &db, &err),
	    MEWS_OK);
	rules.dry = true;
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,70000,1,\n"
				     "2025-11-22T14:31:00Z,70001,1,\n"),
	    MEWS_OK);
	assert_true(done.kept == 1 && done.values == 3 && done.minutes == 2);
	assert_int_equal(import(HEAD "2025-11-22T14:30:00Z,x,1,\n"), MEWS_BAD);
	mews_db_close(db);
	db = write;
	assert_int_equal(minutes("active_power").n, 0);
	assert_int_equal(events("history-imported"), 1);
}

/* More than one batch: the sums are those of the file. */
static void
a_long_file(void **state)
{
	struct mews_buf text = { 0 };
	struct mews_buckets l;
	char stamp[MEWS_STAMP];
	int64_t t = NOW - NOW % 86400 - 200 * 86400, series;
	const struct mews_quantity *q =
	    mews_quantity_find("active_energy_import");
	int i, n = 250000;

	(void)state;
	mews_buf_str(&text, "time,active_energy_import\n");
	for (i = 0; i < n; i++) {
		mews_calendar_utc(t + i * 60, stamp);
		mews_buf_printf(&text, "%s,%d\n", stamp, 500 + 7 * i);
	}
	assert_int_equal(import(text.s), MEWS_OK);
	assert_true(done.values == n);
	assert_int_equal(mews_history_find(db, 1, q, &series, &err), MEWS_OK);
	assert_int_equal(mews_history_read(db, series, q->kind, MEWS_YEAR, 0,
			     NOW, NOW, &l, &err),
	    MEWS_OK);
	assert_int_equal(l.n, 1);
	assert_true(l.b[0].sum == 7 * (n - 1) && l.b[0].seen == (uint32_t)n);
	mews_buckets_clear(&l);
	sound();
	mews_buf_clear(&text);
}

/* --- out, and in again ------------------------------------------------------- */

static struct mews_buf export(enum mews_level by, int64_t from, int64_t to)
{
	struct mews_buf out = { 0 };
	struct export_what *what;
	size_t n, size = 0;
	char *text = NULL;
	int64_t rows;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	assert_int_equal(export_choose(db, &site, NULL, 0, &what, &n, &err),
	    MEWS_OK);
	assert_int_equal(export_values(db, what, n, by, from, to, NOW, f, &rows,
			     &err),
	    MEWS_OK);
	(void)fclose(f);
	mews_buf_put(&out, text, size);
	free(text);
	free(what);
	return out;
}

static uint64_t seed;

static int64_t
below(int64_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)(seed >> 33) % n;
}

/* Minutes of two devices with holes, resets, wraps and corrections, as mewsd
 * writes them. */
static void
trace(int64_t from, int64_t to)
{
	const char *const names[] = { "active_energy_import", "active_power",
		"breaker_state" };
	struct mews_sample s[6], *v;
	struct mews_booking hole = { .amendment = 0 };
	struct mews_extra x = { .booking = &hole };
	const struct mews_quantity *q;
	int64_t index[2] = { 5000, 700 }, t, last = 0;
	size_t i;

	for (i = 0; i < 6; i++) {
		q = mews_quantity_find(names[i % 3]);
		assert_non_null(q);
		s[i].kind = q->kind;
		assert_int_equal(mews_history_make(db, device[i / 3].id, q,
				     &s[i].series, &err),
		    MEWS_OK);
	}
	for (t = from; t < to; t += 60) {
		if (below(200) == 0)
			t += 60 * below(300);
		if (t >= to)
			break;
		x.nbookings = last != 0 && t > last + 180;
		for (v = s; v < s + 6; v++) {
			i = (size_t)(v - s) / 3;
			v->b = (struct mews_bucket){ .t = t,
				.seen = 1 + (uint32_t)below(6),
				.expected = 6 };
			v->b.sum = v->b.min = v->b.max = below(40000) - 9000;
			if (v->kind == MEWS_GAUGE && below(3) != 0) {
				v->b.min -= below(500);
				v->b.max += below(500);
			}
			if (v->kind == MEWS_GAUGE)
				continue;
			v->b.min = v->b.max = v->b.sum = 0;
			v->b.end = below(4);
			if (v->kind == MEWS_STATE)
				continue;
			v->b.sum = below(30);
			if (below(400) == 0) {
				index[i] = below(50) + v->b.sum;
				v->b.flags = MEWS_RESET;
			} else {
				index[i] += v->b.sum;
			}
			v->b.end = index[i];
		}
		if (x.nbookings == 1 && s[0].b.flags == 0) {
			hole.series = s[0].series;
			hole.since = last + 60;
			hole.upto = t + 3;
			hole.energy = 100 + below(100);
			hole.index = s[0].b.end - s[0].b.sum;
			s[0].b.end = index[0] += hole.energy;
		} else
			x.nbookings = 0;
		assert_int_equal(mews_history_write(db, t, s, 6, &x, &err),
		    MEWS_OK);
		last = t;
	}
}

static int64_t
total(const char *quantity, int64_t id, enum mews_level by)
{
	const struct mews_quantity *q = mews_quantity_find(quantity);
	struct mews_buckets l = { 0 };
	int64_t series, sum = 0;
	size_t i;

	assert_int_equal(mews_history_find(db, id, q, &series, &err), MEWS_OK);
	assert_int_equal(mews_history_read(db, series, q->kind, by,
			     NOW - 20 * 86400, NOW, NOW, &l, &err),
	    MEWS_OK);
	for (i = 0; i < l.n; i++)
		sum += l.b[i].sum;
	mews_buckets_clear(&l);
	return sum;
}

static void
there_and_back(void **state)
{
	int64_t from = NOW - NOW % 3600 - 3 * 86400, to = from + 2 * 86400;
	struct mews_buf out, again, hour;
	int64_t sum[2][2];
	int i;

	(void)state;
	for (seed = 1; seed < 4; seed++) {
		trace(from, to);
		out = export(MEWS_MINUTE, from, to);
		hour = export(MEWS_HOUR, from, to);
		assert_int_equal(strncmp(hour.s, "hour,P1/", 8), 0);
		for (i = 0; i < 2; i++) {
			sum[i][0] =
			    total("active_energy_import", i + 1, MEWS_HOUR);
			sum[i][1] = total("active_power", i + 1, MEWS_HOUR);
		}
		rules.device = NULL;
		assert_int_equal(import(out.s), MEWS_OK);
		assert_true(done.values == 0 && done.kept > 6000);
		assert_int_equal(import(hour.s), MEWS_BAD);
		again = export(MEWS_HOUR, from, to);
		assert_string_equal(again.s, hour.s);
		mews_buf_clear(&again);
		(void)end(NULL);
		(void)begin(NULL);
		rules.device = NULL;
		if (import(out.s) != MEWS_OK)
			fail_msg("%s %s", err.text, said);
		again = export(MEWS_MINUTE, from, to);
		assert_string_equal(again.s, out.s);
		for (i = 0; i < 2; i++) {
			assert_int_equal(total("active_energy_import", i + 1,
					     MEWS_HOUR),
			    sum[i][0]);
			assert_int_equal(total("active_power", i + 1,
					     MEWS_HOUR),
			    sum[i][1]);
		}
		sound();
		mews_buf_clear(&again);
		mews_buf_clear(&hour);
		mews_buf_clear(&out);
		(void)end(NULL);
		(void)begin(NULL);
	}
}

/* --- any size ------------------------------------------------------------------ */

/* A file that is made while it is read. */
struct endless {
	int64_t left, line; /* bytes, lines */
	size_t at, n;
	char text[200];
};

static ssize_t
read_endless(void *ctx, char *to, size_t size)
{
	struct endless *e = ctx;
	char stamp[MEWS_STAMP];
	size_t done_now = 0, n;

	while (done_now < size) {
		if (e->at == e->n) {
			if (e->left <= 0)
				break;
			mews_calendar_utc(86400 + e->line * 60, stamp);
			e->n = (size_t)snprintf(e->text, sizeof(e->text),
			    e->line % 2 == 0 ? "%s,%lld,1.5,2\n"
					     : "%s,%lld,none,2\n",
			    stamp, (long long)e->line);
			if (e->line < 0)
				e->n = (size_t)snprintf(e->text,
				    sizeof(e->text), HEAD);
			e->line = (e->line + 1) % 27000000;
			e->left -= (int64_t)e->n;
			e->at = 0;
		}
		n = e->n - e->at < size - done_now ? e->n - e->at
						   : size - done_now;
		memcpy(to + done_now, e->text + e->at, n);
		e->at += n;
		done_now += n;
	}
	return (ssize_t)done_now;
}

static void
any_size(void **state)
{
	struct endless e = { .left = getenv("MEWS_LONG") != NULL
		    ? INT64_C(10000000000)
		    : 30000000,
		.line = -1 };
	FILE *f = fopencookie(&e, "r",
	    (cookie_io_functions_t){ .read = read_endless });
	struct rusage before, after;
	int64_t size = e.left;

	(void)state;
	assert_non_null(f);
	rules.dry = true;
	(void)getrusage(RUSAGE_SELF, &before);
	assert_int_equal(import_minutes(db, &rules, f, &done, &err), MEWS_BAD);
	(void)getrusage(RUSAGE_SELF, &after);
	(void)fclose(f);
	print_message("figure: %lld MB of lines were read in %ld kB more\n",
	    (long long)(size / 1000000), after.ru_maxrss - before.ru_maxrss);
	assert_true(done.mistakes > size / 200);
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 * 1024);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	static const struct CMUnitTest tests[] = {
		TEST(any_size),
		TEST(goes_in),
		TEST(all_or_nothing),
		TEST(tells_all),
		TEST(holes),
		TEST(suspects),
		TEST(rollover),
		TEST(deltas),
		TEST(dry),
		TEST(a_long_file),
		TEST(there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
