/*
 * history.c - the bench of the history: the same made-up site for ours and for
 * its peers, and what our writes and queries take.
 *
 *	history --state DIR write FROM DAYS
 *		minutes, as mewsd writes them; prints what a minute's
 *		transaction took, and a step of packing, in ms.  DAYS 0: hours and days of the year
 *		before FROM instead
 *	history --state DIR age FROM YEARS
 *		what thinning to the floors leaves of so many years before FROM
 *	history --state DIR query FROM DAYS RUNS
 *		prints ms of three questions
 *	history numbers | influx FROM DAYS | victoria FROM DAYS | rrd FROM DAYS
 *		how many numbers a minute has; the same data in the words of a
 *		peer
 *
 * 32 devices have 40 quantities: 8 counters (what was booked, and the index),
 * 32 gauges (mean, minimum, maximum).  FROM is Unix time, a midnight of UTC.
 */
#include "history.h"
#include "keep.h"
#include "schema.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DEVICES  32
#define COUNTERS 8
#define GAUGES   32
#define SERIES   (COUNTERS + GAUGES)
#define YEAR     365
#define HOUR     3600
#define DAY      86400

static const struct mews_quantity *quantity[SERIES];

/* Bytes this process had written to disk, by /proc. */
static int64_t
written(void)
{
	FILE *f = fopen("/proc/self/io", "re");
	char line[64];
	int64_t n = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "write_bytes: ", 13) == 0)
			n = strtoll(line + 13, NULL, 10);
	if (f != NULL)
		(void)fclose(f);
	return n;
}

/* A number that depends on its arguments alone. */
static uint32_t
noise(uint64_t a, uint64_t b)
{
	uint64_t x = a * UINT64_C(0x9e3779b97f4a7c15) + b;

	x ^= x >> 31;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 29;
	return (uint32_t)(x >> 16);
}

/* Load of the day, in 1/1000, with a morning and an evening. */
static int64_t
load(int64_t t)
{
	int64_t h = t % DAY / HOUR;

	return 200 + (h > 6 && h < 10 ? 500 : 0) + (h > 16 && h < 22 ? 700 : 0);
}

/* The index of a counter at the end of its k-th minute: it never falls. */
static int64_t
index_at(unsigned series, int64_t scale, int64_t k)
{
	int64_t w = 1 + scale / 60;

	return k * w + noise(series, (uint64_t)k) % (w + 1);
}

/* The bucket of a series of n seconds from t; every series is its own. */
static void
make(unsigned series, int64_t t, int64_t n, struct mews_bucket *b)
{
	/* what a meter has: its level in stored integers, how much of it a
	 * minute swings in 1/1000, its resolution, and whether it follows the
	 * load */
	static const struct gauge {
		int64_t level, swing, step;
		bool loaded;
	} gauges[8] = { { 231000, 4, 100, false } /* mV */,
		{ 50000, 1, 10, false } /* mHz */,
		{ 960, 20, 10, false } /* power factor, 1/1000 */,
		{ 21, 200, 1, false } /* distortion, 0.1 % */,
		{ 8000, 20, 10, true } /* mA */,
		{ 18000, 20, 10, true } /* 0.1 W */,
		{ 4000, 20, 10, true } /* 0.1 var */,
		{ 19000, 20, 10, true } /* 0.1 VA */ };
	const struct gauge *g;
	int64_t scale = 100 + noise(series, 1) % 5000, level, swing;

	*b = (struct mews_bucket){ .t = t };
	b->seen = b->expected = n == 60 ? 12 : (uint32_t)(n / 60);
	if (series % SERIES < COUNTERS) {
		b->end = index_at(series, scale, (t + n) / 60);
		b->sum = b->end - index_at(series, scale, t / 60);
		return;
	}
	g = &gauges[series % 8];
	level = g->level;
	if (g->loaded)
		level = level * (100 + noise(series, 2) % 100) / 100 * load(t) /
		    1000;
	level -= level % g->step;
	swing = 1 + level * g->swing / 1000 / g->step;
	b->sum = level + noise(series, (uint64_t)t / 60) % swing * g->step;
	b->min = b->sum - noise(series, (uint64_t)t) % swing * g->step;
	b->max = b->sum + noise(series, (uint64_t)t + 1) % swing * g->step;
	b->t_min = (int32_t)(n / 120);
	b->t_max = (int32_t)(n / 180);
}

static enum mews_kind
kind(unsigned series)
{
	return series % SERIES < COUNTERS ? MEWS_COUNTER : MEWS_GAUGE;
}

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
order(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
die(const struct mews_err *err)
{
	(void)fprintf(stderr, "history: %s\n", err->text);
	exit(1);
}

static void
choose(void)
{
	const struct mews_quantity *q;
	size_t i, counters = 0, gauges = 0;

	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++)
		if (q->kind == MEWS_COUNTER && counters < COUNTERS)
			quantity[counters++] = q;
		else if (q->kind == MEWS_GAUGE && gauges < GAUGES)
			quantity[COUNTERS + gauges++] = q;
	if (counters + gauges != SERIES)
		exit(1);
}

static int64_t
series_of(struct mews_db *db, unsigned s)
{
	struct mews_err err;
	int64_t id;

	if (mews_history_make(db, 1 + s / SERIES, quantity[s % SERIES], &id,
		&err) != MEWS_OK)
		die(&err);
	return id;
}

/* Hours and days of the year before FROM. */
static void
write_year(struct mews_db *db, int64_t from)
{
	static const struct {
		enum mews_level level;
		int64_t s;
	} levels[] = { { MEWS_HOUR, HOUR }, { MEWS_DAY, DAY } };
	struct mews_bucket *b = mews_alloc(YEAR * 24, sizeof(*b));
	struct mews_err err;
	int64_t i, n, kept = 0;
	unsigned s;
	size_t l;

	if (mews_db_begin(db, &err) != MEWS_OK)
		die(&err);
	for (s = 0; s < DEVICES * SERIES; s++)
		for (l = 0; l < MEWS_LEN(levels); l++) {
			n = (int64_t)YEAR * DAY / levels[l].s;
			for (i = 0; i < n; i++)
				make(s, from - (n - i) * levels[l].s,
				    levels[l].s, &b[i]);
			if (mews_store_put(db, levels[l].level,
				series_of(db, s), kind(s), b, (size_t)n, false,
				&kept, &err) != MEWS_OK)
				die(&err);
		}
	if (mews_db_end(db, MEWS_OK, &err) != MEWS_OK)
		die(&err);
	free(b);
}

/* The buckets of a level in [t, to); returns how many. */
static size_t
fill(unsigned s, enum mews_level level, int64_t t, int64_t to,
    struct mews_bucket *b)
{
	size_t n = 0;
	int64_t end;

	for (; t < to; t = end) {
		end = mews_calendar_step(level, t, 1);
		make(s, t, end - t, &b[n++]);
	}
	return n;
}

/* One level, day by day or year by year: chunks stand in the order of time. */
static void
write_level(struct mews_db *db, const int64_t *id, enum mews_level level,
    int64_t from, int64_t years)
{
	int64_t piece = (level == MEWS_MINUTE ? 1 : YEAR) * (int64_t)DAY, t;
	struct mews_bucket *b = mews_alloc(YEAR * 24 + 24, sizeof(*b));
	int64_t kept = 0, days, first, start;
	struct mews_err err;
	enum mews_rc rc = MEWS_OK;
	unsigned s;
	size_t n;

	for (t = from - years * YEAR * DAY; t < from; t += piece) {
		if (mews_db_begin(db, &err) != MEWS_OK)
			die(&err);
		for (s = 0; s < DEVICES * SERIES && rc == MEWS_OK; s++) {
			days = mews_keep_floor(mews_keep_class(
						   quantity[s % SERIES]),
			    level);
			first = days == 0 ? 0 : from - days * DAY;
			start =
			    mews_calendar_floor(level, t > first ? t : first);
			n = fill(s, level, start, t + piece, b);
			if (n > 0)
				rc = mews_store_put(db, level, id[s], kind(s),
				    b, n, true, &kept, &err);
		}
		if (mews_db_end(db, rc, &err) != MEWS_OK)
			die(&err);
	}
	free(b);
}

static void
write_age(struct mews_db *db, int64_t from, int64_t years)
{
	int64_t id[DEVICES * SERIES];
	enum mews_level level;
	unsigned s;

	for (s = 0; s < DEVICES * SERIES; s++)
		id[s] = series_of(db, s);
	for (level = MEWS_MINUTE; level <= MEWS_YEAR; level++)
		write_level(db, id, level, from, years);
}

/* Packs what there is, in the steps in which mewsd does it between two turns;
 * *most is what the longest took. */
static void
tidy(struct mews_db *db, int64_t now, double *most)
{
	double begun = now_ms(), took;
	struct mews_err err;
	enum mews_rc rc;

	while ((rc = mews_history_pack(db, now, &err)) == MEWS_OK) {
		took = now_ms() - begun;
		*most = took > *most ? took : *most;
		begun = now_ms();
	}
	if (rc != MEWS_NONE)
		die(&err);
}

static void
do_write(struct mews_db *db, int64_t from, int64_t days)
{
	static struct mews_sample sample[DEVICES * SERIES];
	size_t n = (size_t)days * 1440, i;
	double *took = mews_alloc(n, sizeof(*took)), begun, step = 0;
	struct mews_err err;
	unsigned s;

	if (mews_db_begin(db, &err) != MEWS_OK)
		die(&err);
	for (s = 0; s < DEVICES * SERIES; s++) {
		sample[s].series = series_of(db, s);
		sample[s].kind = kind(s);
	}
	if (mews_db_end(db, MEWS_OK, &err) != MEWS_OK)
		die(&err);
	for (i = 0; i < n; i++) {
		for (s = 0; s < DEVICES * SERIES; s++)
			make(s, from + (int64_t)i * 60, 60, &sample[s].b);
		begun = now_ms();
		if (mews_history_write(db, from + (int64_t)i * 60, sample,
			DEVICES * SERIES, NULL, &err) != MEWS_OK ||
		    (i % 60 == 59 &&
			mews_history_roll(db, from + (int64_t)(i + 1) * 60,
			    &err) != MEWS_OK))
			die(&err);
		took[i] = now_ms() - begun;
		tidy(db, from + (int64_t)(i + 1) * 60, &step);
	}
	qsort(took, n, sizeof(*took), order);
	(void)
	    printf("p50 %.3f\np99 %.3f\nmost %.3f\nstep %.3f\nwritten %" PRId64
		   "\n",
		took[n / 2], took[n * 99 / 100], took[n - 1], step, written());
	free(took);
}

/* Series [first, first + n x step) in a range; returns ms. */
static double
ask(struct mews_db *db, unsigned first, unsigned n, unsigned step,
    enum mews_level level, int64_t from, int64_t to, size_t *buckets)
{
	struct mews_buckets out;
	struct mews_err err;
	double begun = now_ms();
	unsigned i, s;

	*buckets = 0;
	for (i = 0; i < n; i++) {
		s = first + i * step;
		out = (struct mews_buckets){ 0 };
		if (mews_history_read(db, series_of(db, s), kind(s), level,
			from, to, to, &out, &err) != MEWS_OK)
			die(&err);
		*buckets += out.n;
		mews_buckets_clear(&out);
	}
	return now_ms() - begun;
}

static void
do_query(struct mews_db *db, int64_t from, int64_t days, int64_t runs)
{
	int64_t day = from + days / 2 * DAY, month = from - 30 * DAY;
	const struct {
		const char *name;
		unsigned first, n, step;
		enum mews_level level;
		int64_t from, to;
	} q[] = { { "day", 0, SERIES, 1, MEWS_MINUTE, day, day + DAY },
		{ "year", COUNTERS, 1, 1, MEWS_HOUR, from - YEAR * DAY, from },
		{ "month", COUNTERS, DEVICES, SERIES, MEWS_DAY, month, from } };
	double *took = mews_alloc((size_t)runs, sizeof(*took));
	size_t i, n = 0;
	int64_t r;

	for (i = 0; i < MEWS_LEN(q); i++) {
		for (r = 0; r < runs; r++)
			took[r] = ask(db, q[i].first, q[i].n, q[i].step,
			    q[i].level, q[i].from, q[i].to, &n);
		(void)printf("%s %.3f", q[i].name, took[0]);
		qsort(took, (size_t)runs, sizeof(*took), order);
		(void)printf(" %.3f %zu\n", took[runs / 2], n);
	}
	free(took);
}

/* The data for peers: minutes, or with no days the hours of the year before. */
static void
each(int64_t from, int64_t days,
    void (*say)(unsigned device, const struct mews_bucket *, int64_t))
{
	int64_t step = days == 0 ? HOUR : 60, t, to = from + days * DAY;
	struct mews_bucket b[SERIES];
	unsigned d, s;

	for (t = days == 0 ? from - (int64_t)YEAR * DAY : from; t < to;
	     t += step)
		for (d = 0; d < DEVICES; d++) {
			for (s = 0; s < SERIES; s++)
				make(d * SERIES + s, t, step, &b[s]);
			say(d, b, t + step);
		}
}

static const char *const part[] = { "mean", "min", "max" };

static int64_t
number(const struct mews_bucket *b, size_t i)
{
	return i == 0 ? b->sum : i == 1 ? b->min : b->max;
}

static void
say_influx(unsigned d, const struct mews_bucket *b, int64_t t)
{
	size_t s, i;

	(void)printf("m,d=%u ", d);
	for (s = 0; s < SERIES; s++)
		if (s < COUNTERS)
			(void)printf("q%zubooked=%" PRId64 "i,q%zuend=%" PRId64
				     "i,",
			    s, b[s].sum, s, b[s].end);
		else
			for (i = 0; i < 3; i++)
				(void)printf("q%zu%s=%" PRId64 "i%s", s,
				    part[i], number(&b[s], i),
				    s == SERIES - 1 && i == 2 ? "" : ",");
	(void)printf(" %" PRId64 "\n", t);
}

static void
say_victoria(unsigned d, const struct mews_bucket *b, int64_t t)
{
	size_t s, i;

	for (s = 0; s < SERIES; s++)
		if (s < COUNTERS)
			(void)printf("q%zubooked{d=\"%u\"} %" PRId64 " %" PRId64
				     "000\nq%zuend{d=\"%u\"} %" PRId64
				     " %" PRId64 "000\n",
			    s, d, b[s].sum, t, s, d, b[s].end, t);
		else
			for (i = 0; i < 3; i++)
				(void)printf("q%zu%s{d=\"%u\"} %" PRId64
					     " %" PRId64 "000\n",
				    s, part[i], d, number(&b[s], i), t);
}

static void
say_rrd(unsigned d, const struct mews_bucket *b, int64_t t)
{
	size_t s;

	(void)printf("update %u.rrd %" PRId64, d, t);
	for (s = 0; s < SERIES; s++)
		(void)printf(":%" PRId64, b[s].sum);
	(void)printf("\n");
}

static struct mews_db *
open_history(struct mews_place *place, enum mews_db_mode mode)
{
	struct mews_db *db;
	struct mews_err err;

	if (mews_calendar_zone("UTC", &err) != MEWS_OK ||
	    mews_schema_open(place, MEWS_HISTORY_DB, mode, &db, &err) !=
		MEWS_OK)
		die(&err);
	return db;
}

int
main(int argc, char *argv[])
{
	static const struct {
		const char *word;
		void (*say)(unsigned, const struct mews_bucket *, int64_t);
	} peers[] = { { "influx", say_influx }, { "victoria", say_victoria },
		{ "rrd", say_rrd } };
	int64_t from = 0, days = 0, runs = 0;
	struct mews_place place;
	struct mews_db *db;
	struct mews_err err;
	size_t i;

	if (mews_place_take(&place, &argc, argv, &err) != MEWS_OK)
		die(&err);
	choose();
	if (argc == 2 && strcmp(argv[1], "numbers") == 0) {
		(void)printf("%d\n", DEVICES * (COUNTERS * 2 + GAUGES * 3));
		return 0;
	}
	if (argc < 4 || !mews_str_int(argv[2], 0, INT64_MAX, &from) ||
	    !mews_str_int(argv[3], 0, 10000, &days) ||
	    (argc > 4 && !mews_str_int(argv[4], 1, 10000, &runs)))
		return 2;
	for (i = 0; i < MEWS_LEN(peers); i++)
		if (strcmp(argv[1], peers[i].word) == 0) {
			each(from, days, peers[i].say);
			return 0;
		}
	if (strcmp(argv[1], "age") == 0) {
		db = open_history(&place, MEWS_DB_WRITE);
		write_age(db, from, days);
	} else if (strcmp(argv[1], "write") == 0) {
		db = open_history(&place, MEWS_DB_WRITE);
		if (days == 0)
			write_year(db, from);
		else
			do_write(db, from, days);
	} else {
		db = open_history(&place, MEWS_DB_READ);
		do_query(db, from, days, runs);
	}
	mews_db_close(db);
	return 0;
}
