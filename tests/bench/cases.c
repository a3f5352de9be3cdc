/*
 * cases.c - the hard cases of a counter, for mews and for its peers: a reading
 * a minute of one meter, and what it really counted.
 *
 *	cases --state DIR FROM
 *		name|what happens|Wh that were used|Wh that mews has|minutes
 *	cases --state DIR FROM NAME
 *		the readings: Unix time and index, a line each
 *
 * FROM is Unix time, an hour of UTC.  A meter that is exchanged, or whose index
 * jumps, counts nothing within that minute: what was used then nobody knows.
 */
#include "schema.h"
#include "str.h"
#include "tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define U32 (INT64_C(1) << 32)

enum what {
	GLITCH, /* a reading is `value` */
	LESS,   /* a reading is lower by `value` */
	PASS,   /* the index passes `value`, its modulus, and begins at 0 */
	OTHER,  /* from then on the index counts from `value` on */
	MORE,   /* from then on it is higher by `value` */
	NOTHING /* nothing is read, `value` minutes long */
};

static const struct hard {
	const char *name, *title;
	int64_t first, used; /* Wh: first index, use of a minute */
	int at;              /* minute */
	enum what what;
	int64_t value;
	int minutes;
} cases[] = {
	{ "zero", "1: one reading is 0", 25567428, 2, 60, GLITCH, 0, 120 },
	{ "back", "1: one unit back and forth", 2156, 0, 60, LESS, 1, 120 },
	{ "rollover", "2: 1,000,000.0 kWh passed", 999969800, 500, 61, PASS,
	    1000000000, 120 },
	{ "wrap", "2: 32 bits passed", 4294966690, 10, 61, PASS, U32, 120 },
	{ "reset", "3: a new meter from 0 on", 8000000, 2, 60, OTHER, 5, 120 },
	{ "higher", "3: a new meter with a higher index", 8000000, 2, 60, OTHER,
	    9500000, 120 },
	{ "sentinel", "4: one reading is 0xFFFFFFFF", 25567428, 2, 60, GLITCH,
	    U32 - 1, 120 },
	{ "jump", "4: 14437 kWh more in a minute", 25567428, 2, 60, MORE,
	    14437000, 120 },
	{ "nan", "6: one reading is NaN", 25567428, 2, 60, NOTHING, 1, 120 },
	{ "out", "9: the bus is out for six hours", 25567428, 2, 60, NOTHING,
	    360, 480 },
};

static bool
new_index(const struct hard *h)
{
	return h->what == OTHER || h->what == MORE;
}

/* The k-th reading; false when there is none. */
static bool
reading(const struct hard *h, int k, int64_t *out)
{
	int64_t index =
	    h->first + (int64_t)(k - (new_index(h) && k >= h->at)) * h->used;

	*out = index;
	switch (h->what) {
	case GLITCH:
		*out = k == h->at ? h->value : index;
		return true;
	case LESS:
		*out = index - (k == h->at ? h->value : 0);
		return true;
	case PASS:
		*out = index % h->value;
		return true;
	case OTHER:
		*out = k < h->at ? index : h->value + (k - h->at) * h->used;
		return true;
	case MORE:
		*out = index + (k < h->at ? 0 : h->value);
		return true;
	default:
		return k < h->at || k >= h->at + h->value;
	}
}

static int64_t
truth(const struct hard *h)
{
	return (int64_t)(h->minutes - 1 - new_index(h)) * h->used;
}

static void
die(const struct mews_err *err)
{
	(void)fprintf(stderr, "cases: %s\n", err->text);
	exit(1);
}

static bool
no_room(void *ctx, int64_t t, int64_t *minute)
{
	(void)ctx;
	(void)t;
	(void)minute;
	return false;
}

static void
no_event(void *ctx, const struct mews_event *e)
{
	(void)ctx;
	(void)e;
}

/* The readings go the way that they go in mewsd: tally, backlog, history. */
static void
run(struct mews_db *db, struct poll_unit *u, const struct hard *h, int64_t from)
{
	const struct tally_rules rules = { NULL, no_room, no_event };
	struct reading *g = mews_alloc(1, sizeof(*g) + sizeof(g->v[0]));
	struct backlog backlog = { 0 };
	struct tally tally;
	struct mews_err err;
	int64_t ms;
	int k;

	tally_init(&tally, &rules, 0);
	tally.base = from;
	tally.base_us = 0;
	tally.time = (struct timeline){ .offset = from * 1000 };
	if (tally_add(&tally, db, u, &err) != MEWS_OK)
		die(&err);
	for (k = 0; k < h->minutes; k++) {
		ms = k * INT64_C(60000) + 1000;
		*g = (struct reading){ .wall = from * 1000 + ms,
			.now = ms * 1000,
			.live = u->live };
		g->live.answer = MEWS_ANSWERS;
		g->n = reading(h, k, &g->v[0].value);
		if (g->n != 0)
			tally_take(&tally, g, &backlog);
		tally_tick(&tally, from * 1000 + ms + 59500,
		    (ms + 59500) * 1000, &backlog);
	}
	if (backlog_write(&backlog, db, NULL, &err) != MEWS_OK)
		die(&err);
	backlog_clear(&backlog);
	tally_clear(&tally);
	free(g);
}

/* What the history says of all of it, by hours. */
static int64_t
booked(struct mews_db *db, int64_t device, const struct mews_quantity *q,
    int64_t from, int64_t to)
{
	struct mews_buckets l = { 0 };
	struct mews_err err;
	int64_t series = 0, sum = 0;
	size_t i;

	if (mews_history_find(db, device, q, &series, &err) != MEWS_OK ||
	    mews_history_roll(db, to, &err) != MEWS_OK ||
	    mews_history_read(db, series, MEWS_COUNTER, MEWS_HOUR, from, to, to,
		&l, &err) != MEWS_OK)
		die(&err);
	for (i = 0; i < l.n; i++)
		sum += l.b[i].sum;
	mews_buckets_clear(&l);
	return sum;
}

static int64_t
ours(struct mews_db *db, const struct hard *h, int64_t device, int64_t from)
{
	struct mews_profile_read read = { .function = 3,
		.quantity = mews_quantity_find("active_energy_import"),
		.type = mews_register_find("u64"),
		.mantissa = 1,
		.class = MEWS_NORMAL,
		.modulus = h->what == PASS ? h->value : 0 };
	struct mews_profile profile = { .block = 125,
		.read = &read,
		.nreads = 1 };
	struct mews_device d = { .id = device, .plate = "P1", .every_s = 60 };
	struct poll_unit u = { .device = &d, .live = { .device = device } };
	struct mews_err err;

	if (mews_plan_make(&u.plan, &d, &profile, &err) != MEWS_OK)
		die(&err);
	run(db, &u, h, from);
	mews_plan_clear(&u.plan);
	return booked(db, device, read.quantity, from,
	    from + h->minutes * INT64_C(60) / 3600 * 3600 + 3600);
}

static void
tell_readings(const struct hard *h, int64_t from)
{
	int64_t v;
	int k;

	for (k = 0; k < h->minutes; k++)
		if (reading(h, k, &v))
			(void)printf("%" PRId64 " %" PRId64 "\n",
			    from + k * INT64_C(60), v);
}

int
main(int argc, char *argv[])
{
	struct mews_place place;
	struct mews_db *db;
	struct mews_err err;
	int64_t from = 0;
	size_t i;

	if (mews_place_take(&place, &argc, argv, &err) != MEWS_OK ||
	    mews_calendar_zone("UTC", &err) != MEWS_OK)
		die(&err);
	if (argc < 2 || !mews_str_int(argv[1], 0, INT64_MAX, &from))
		return 2;
	for (i = 0; i < MEWS_LEN(cases) && argc > 2; i++)
		if (strcmp(argv[2], cases[i].name) == 0)
			tell_readings(&cases[i], from);
	if (argc > 2)
		return 0;
	if (mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE, &db,
		&err) != MEWS_OK)
		die(&err);
	/* each on a day of its own: a minute is written once */
	for (i = 0; i < MEWS_LEN(cases); i++)
		(void)printf("%s|%s|%" PRId64 "|%" PRId64 "|%d\n",
		    cases[i].name, cases[i].title, truth(&cases[i]),
		    ours(db, &cases[i], (int64_t)i + 1,
			from + (int64_t)i * 86400),
		    cases[i].minutes);
	mews_db_close(db);
	return 0;
}
