/*
 * t_tally.c - readings become minutes: means, energy, jumps of the clock, and
 * what waits while the disk takes nothing.
 */
#include "test.h"
#include "schema.h"
#include "tally.h"

#define START INT64_C(1795000020) /* a whole minute */

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static struct mews_device device = { .id = 4, .plate = "P4", .every_s = 5 };
static struct mews_profile profile;
static struct mews_profile_read reads[3];
static struct poll_unit unit;
static struct tally tally;
static struct backlog backlog;

/* Events since the last look. */
static struct mews_event event[8];
static size_t nevents;

static void
take_event(void *ctx, const struct mews_event *e)
{
	(void)ctx;
	if (nevents < 8)
		event[nevents] = *e;
	nevents++;
}

static bool
free_minute(void *ctx, int64_t t, int64_t *minute)
{
	(void)ctx;
	for (*minute = t; *minute < t + 3600; *minute += 60)
		if (mews_history_free(db, *minute, t + 3600, minute, &err) ==
			MEWS_OK &&
		    !backlog_has(&backlog, *minute))
			return true;
	return false;
}

/* A gauge (item 0), a counter (item 1) and a serial number (item 2), the clocks
 * at START. */
static void
start(int64_t newest)
{
	const struct tally_rules rules = { NULL, free_minute, take_event };

	tally_init(&tally, &rules, newest);
	tally.base = START;
	tally.base_us = 0;
	tally.time = (struct timeline){ .offset = START * 1000 };
	nevents = 0;
	unit.live.device = device.id;
	assert_int_equal(tally_add(&tally, db, &unit, &err), MEWS_OK);
}

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	assert_int_equal(mews_calendar_zone("UTC", &err), MEWS_OK);
	assert_int_equal(mews_schema_open(&place, MEWS_HISTORY_DB,
			     MEWS_DB_WRITE, &db, &err),
	    MEWS_OK);
	reads[0] = (struct mews_profile_read){ .function = 3,
		.quantity = mews_quantity_find("active_power"),
		.type = mews_register_find("u16"),
		.mantissa = 10,
		.class = MEWS_NORMAL };
	reads[1] = reads[0];
	reads[1].quantity = mews_quantity_find("active_energy_import");
	reads[1].address = 1;
	reads[1].mantissa = 1;
	reads[2] = reads[1];
	reads[2].quantity = mews_quantity_find("meter_serial");
	reads[2].address = 2;
	profile =
	    (struct mews_profile){ .block = 125, .read = reads, .nreads = 3 };
	device.rating = 0;
	unit.device = &device;
	assert_int_equal(mews_plan_make(&unit.plan, &device, &profile, &err),
	    MEWS_OK);
	start(0);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	backlog_clear(&backlog);
	tally_clear(&tally);
	mews_plan_clear(&unit.plan);
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

/* A reading `ms` after START by both clocks; the wall is `jump` s ahead. */
static void
take(int64_t ms, int64_t jump, int64_t watts, int64_t wh)
{
	struct reading *g = mews_alloc(1, sizeof(*g) + 2 * sizeof(g->v[0]));

	g->now = ms * 1000;
	g->wall = START * 1000 + ms + jump * 1000;
	g->live.device = device.id;
	g->live.answer = MEWS_ANSWERS;
	g->n = 2;
	g->v[0] = (struct reading_value){ 0, watts < 0, watts * 10 };
	g->v[1] = (struct reading_value){ 1, wh < 0, wh };
	tally_take(&tally, g, &backlog);
	free(g);
}

/* A turn of the recorder, by clocks as above. */
static void
tick(int64_t ms, int64_t jump)
{
	tally_tick(&tally, START * 1000 + ms + jump * 1000, ms * 1000,
	    &backlog);
}

/* The value of an item in a minute that waits; NULL: it has none. */
static const struct mews_bucket *
value(const struct backlog_packed *p, size_t item)
{
	struct backlog_minute *m = backlog_unpack(p);
	static struct mews_bucket b;
	bool any = false;
	size_t i;

	for (i = 0; i < m->n && !any; i++) {
		any = m->v[i].quantity == reads[item].quantity;
		b = m->v[i].b;
	}
	free(m);
	return any ? &b : NULL;
}

/* The only waiting minute; its value of an item is returned. */
static const struct mews_bucket *
minute(int64_t t, size_t item)
{
	const struct mews_bucket *b;

	assert_int_equal(backlog.n, 1);
	assert_int_equal(backlog.first->t, t);
	if ((b = value(backlog.first, item)) == NULL)
		fail_msg("the minute has no %s", reads[item].quantity->name);
	return b;
}

/* The only note of the waiting minute is a booking. */
static void
booked(int64_t since, int64_t upto, int64_t energy, int64_t index)
{
	const struct backlog_note *n = backlog.first->note;

	assert_non_null(n);
	assert_null(n->next);
	assert_false(n->epoch);
	assert_int_equal(n->is.booking.since, since);
	assert_int_equal(n->is.booking.upto, upto);
	assert_int_equal(n->is.booking.energy, energy);
	assert_int_equal(n->is.booking.index, index);
}

static void
one_minute(void **state)
{
	const struct mews_bucket *b;

	(void)state;
	take(10000, 0, 100, 5000);
	take(30000, 0, 400, 5003);
	take(45000, 0, -1, -1);
	take(59000, 0, 100, 5004);
	assert_int_equal(backlog.n, 0);
	tick(60100, 0);
	assert_int_equal(backlog.n, 0); /* answers may be on their way */
	take(61000, 0, 900, 5009);
	b = minute(START, 0);
	/* 100 W for 30 s, 400 W for 29 s, 100 W for 1 s */
	assert_int_equal(b->sum, 2450);
	assert_int_equal(b->min, 1000);
	assert_int_equal(b->max, 4000);
	assert_int_equal(b->seen, 3);
	assert_int_equal(b->expected, 12);
	b = minute(START, 1);
	assert_int_equal(b->sum, 4);
	assert_int_equal(b->end, 5004);
	assert_int_equal(b->flags, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tick(120400, 0);
	assert_int_equal(minute(START + 60, 1)->sum, 5);
	assert_int_equal(minute(START + 60, 0)->sum, 9000);
	assert_int_equal(tally.minute, 0);
}

static void
nothing_measured(void **state)
{
	(void)state;
	take(1000, 0, -1, -1);
	tick(70000, 0);
	assert_int_equal(backlog.n, 0);
}

static void
no_measurement(void **state)
{
	(void)state;
	take(1000, 0, INT64_C(1) << 50, 10);
	take(2000, 0, 50, 10);
	tick(70000, 0);
	assert_int_equal(minute(START, 0)->sum, 500);
	assert_int_equal(minute(START, 0)->seen, 1);
}

/* What was used while nobody looked is found in the index. */
static void
restart(void **state)
{
	(void)state;
	take(1000, 0, 1, 700);
	take(20000, 0, 1, 730);
	tick(61000, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_clear(&tally);
	start(START);
	tally.series[1].counter.t = START + 60;
	take(600000, 0, 1, 750);
	take(605000, 0, 1, 751);
	tick(661000, 0);
	assert_int_equal(minute(START + 600, 1)->sum, 1);
	assert_int_equal(minute(START + 600, 1)->end, 751);
	booked(START + 60, START + 600, 20, 730);
}

/* The energy is that of a pulse input, counted from another index. */
static void
count_pulses(int64_t from)
{
	const struct mews_quantity *q =
	    mews_quantity_find("active_energy_import");

	reads[1].quantity = NULL;
	reads[1].pulses = 1;
	device.pulse[0] = (struct mews_pulse){ .quantity = mews_quantity_find(
						   "active_energy_import"),
		.weight = 1,
		.per = 1,
		.start = from };
	mews_plan_clear(&unit.plan);
	assert_int_equal(mews_plan_make(&unit.plan, &device, &profile, &err),
	    MEWS_OK);
	reads[1].quantity = q; /* for minute() */
}

static void
stop(void)
{
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_clear(&tally);
}

/* Somebody corrects the start of a pulse input while nobody looks. */
static void
start_corrected(void **state)
{
	int64_t first = 0, id;

	(void)state;
	tally_clear(&tally);
	count_pulses(100);
	start(0);
	take(1000, 0, 1, 105);
	tick(61000, 0);
	assert_int_equal(minute(START, 1)->flags, 0);
	stop();
	assert_int_equal(mews_history_find(db, device.id,
			     mews_quantity_find("active_energy_import"), &id,
			     &err),
	    MEWS_OK);
	assert_int_equal(mews_epoch_start(db, id, &first, &err), MEWS_OK);
	assert_int_equal(first, 100);
	count_pulses(70100);
	start(START);
	tally.series[1].counter.t = START + 60;
	take(62000, 0, 1, 70106);
	tick(121000, 0);
	assert_int_equal(minute(START + 60, 1)->sum, 1);
	assert_int_equal(minute(START + 60, 1)->end, 70106);
	assert_int_equal(minute(START + 60, 1)->flags, MEWS_RESET);
	assert_int_equal(nevents, 0);
	stop();
	start(START + 60);
	tally.series[1].counter.t = START + 120;
	take(122000, 0, 1, 70107);
	tick(181000, 0);
	assert_int_equal(minute(START + 120, 1)->sum, 1);
	assert_int_equal(minute(START + 120, 1)->flags, 0);
	device.pulse[0].quantity = NULL;
	reads[1].pulses = 0;
}

/* The clock goes back ten minutes: no closed minute is written again. */
static void
clock_back(void **state)
{
	int64_t last = 0, i;

	(void)state;
	for (i = -12; i < 0; i++)
		take(60000 * i + 2000, 0, 1, 99);
	take(59000, 0, 1, 100);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	take(61000, 0, 1, 101);
	take(62000, -600, 1, 103);
	take(122000, -600, 1, 107);
	for (i = 3; i < 12; i++)
		take(60000 * i + 2000, -600, 1, 108 + i);
	assert_int_equal(backlog.n, 1);
	take(660000 + 61000, -600, 1, 122);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog.last->t, START + 60);
	assert_int_equal(value(backlog.last, 1)->sum, 19);
	assert_int_equal(value(backlog.last, 1)->flags & MEWS_CLOCK,
	    MEWS_CLOCK);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	assert_int_equal(last, START + 60);
	tick(781400, -600);
	assert_int_equal(minute(START + 120, 1)->sum, 3);
}

/* It goes back between two minutes, or mewsd begins again within one. */
static void
never_again(void **state)
{
	(void)state;
	take(59000, 0, 1, 100);
	tick(61000, 0);
	take(61000, -30, 1, 102);
	tick(151000, -30);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog.last->t, START + 60);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
}

/* Two hours ahead: a hole, and no energy lost or estimated. */
static void
clock_ahead(void **state)
{
	(void)state;
	take(10000, 0, 1, 100);
	take(15000, 7200, 1, 103);
	assert_int_equal(minute(START, 1)->sum, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tick(61000, 7200);
	assert_int_equal(minute(START + 7200, 1)->sum, 3);
	assert_int_equal(minute(START + 7200, 1)->flags, MEWS_CLOCK);
}

/* The clock steps there and stays: what is counted is in the minutes and beside
 * them, none is there twice, none is below 0, and none lies at the old time
 * once more. */
static void
clock_steps(void **state)
{
	static const int64_t steps[] = { 3600, -3600, 86400, -86400,
		/* over the end of 32 bits; to the year 2100 */
		INT64_C(2147483648) - START, INT64_C(4102444800) - START,
		/* the days that summer time begins and ends on in Europe */
		INT64_C(1774746000) - START, INT64_C(1761440400) - START };
	struct mews_buckets l = { 0 };
	struct mews_bookings booked = { 0 };
	int64_t sum, last, series;
	size_t i, k;

	(void)state;
	for (i = 0; i < MEWS_LEN(steps); i++) {
		(void)end(NULL);
		(void)begin(NULL);
		for (k = 0; k < 10; k++)
			take((int64_t)k * 30000 + 1000, k < 5 ? 0 : steps[i], 1,
			    1000 + 7 * (int64_t)k);
		tick(400000, steps[i]);
		assert_int_equal(backlog_write(&backlog, db, &last, &err),
		    MEWS_OK);
		assert_int_equal(mews_history_find(db, device.id,
				     reads[1].quantity, &series, &err),
		    MEWS_OK);
		assert_int_equal(mews_store_read(db, MEWS_MINUTE, series,
				     MEWS_COUNTER, 0, INT64_C(1) << 33, &l,
				     &err),
		    MEWS_OK);
		assert_int_equal(mews_booking_read(db, series, 0, INT64_MAX,
				     &booked, &err),
		    MEWS_OK);
		for (k = 0, sum = 0; k < l.n; k++) {
			assert_true(l.b[k].sum >= 0);
			assert_true(k == 0 || l.b[k].t > l.b[k - 1].t);
			sum += l.b[k].sum;
		}
		for (k = 0; k < booked.n; k++)
			sum += booked.b[k].energy;
		assert_int_equal(sum, 63);
		assert_in_range(l.n, 4, 6);
		assert_true(l.b[0].t == START || steps[i] < 0);
		mews_buckets_clear(&l);
		mews_bookings_clear(&booked);
	}
}

/* More minutes than fit: the oldest go, their energy stays. */
static void
too_long(void **state)
{
	struct backlog_packed *m;
	int64_t sum = 0;
	size_t i;

	(void)state;
	take(1000, 0, 1, 0);
	for (i = 1; i <= BACKLOG_MOST + 10; i++)
		take((int64_t)i * 60000, 0, 1, 3 * (int64_t)i);
	assert_int_equal(backlog.n, BACKLOG_MOST);
	for (m = backlog.first; m != NULL; m = m->next)
		sum += value(m, 1)->sum;
	assert_int_equal(sum, 3 * (BACKLOG_MOST + 9));
	assert_int_equal(value(backlog.first, 1)->sum, 3 * 10);
	assert_int_equal(value(backlog.first, 1)->flags, MEWS_ESTIMATED);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	assert_int_equal(backlog.n, 0);
}

/* A minute that is there already is refused and does not stop the others. */
static void
refused(void **state)
{
	int64_t last = 0;

	(void)state;
	take(1000, 0, 1, 100);
	take(61000, 0, 1, 101);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally.newest = 0;
	tally.minute = START;
	take(122000, 0, 1, 102);
	take(182000, 0, 1, 103);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_BAD);
	assert_int_equal(backlog.n, 0);
	assert_int_equal(last, START + 120);
}

/* Case 1: a stray zero is told and asked again, and is in no figure. */
static void
glitch(void **state)
{
	(void)state;
	take(1000, 0, 1, 25567548);
	take(6000, 0, 1, 0);
	assert_true(tally.device[0].doubtful);
	assert_int_equal(nevents, 1);
	assert_string_equal(event[0].kind->name, "counter-suspect");
	assert_string_equal(event[0].subject, "P4");
	assert_string_equal(event[0].arg[0], "active_energy_import");
	assert_string_equal(event[0].arg[1], "0");
	assert_string_equal(event[0].arg[2], "25567548");
	take(6100, 0, 1, 25567550);
	take(11000, 0, 1, 0); /* told once an hour */
	take(16000, 0, 1, 25567551);
	assert_int_equal(nevents, 1);
	tick(61000, 0);
	assert_int_equal(minute(START, 1)->sum, 3);
	assert_int_equal(minute(START, 1)->end, 25567551);
	assert_int_equal(minute(START, 1)->flags, MEWS_SUSPECT);
	assert_null(backlog.first->note);
}

/* Case 3: three low readings are an epoch. */
static void
reset(void **state)
{
	const struct backlog_note *n;

	(void)state;
	take(1000, 0, 1, 9000);
	take(6000, 0, 1, 5);
	take(11000, 0, 1, 7);
	take(16000, 0, 1, 8);
	tick(61000, 0);
	assert_int_equal(minute(START, 1)->sum, 3);
	assert_int_equal(minute(START, 1)->end, 8);
	assert_int_equal(minute(START, 1)->flags, MEWS_SUSPECT | MEWS_RESET);
	n = backlog.first->note;
	assert_true(n->epoch);
	assert_int_equal(n->is.began.epoch.since, START + 1);
	assert_int_equal(n->is.began.epoch.t, START + 6);
	assert_int_equal(n->is.began.epoch.before, 9000);
	assert_int_equal(n->is.began.epoch.first, 5);
	assert_string_equal(n->is.began.event.kind->name, "counter-reset");
}

/* Case 4: a jump that lasts ten minutes is an epoch that nobody explains. */
static void
jump(void **state)
{
	const struct backlog_note *n;
	int64_t i;

	(void)state;
	take(1000, 0, 1, 100);
	for (i = 1; i <= 10; i++)
		take(60000 * i, 0, 1, 14437100 + i);
	assert_int_equal(nevents, 1); /* beyond any board: told at once */
	assert_int_equal(tally.series[1].counter.index, 100);
	take(660000, 0, 1, 14437111);
	tick(721000, 0);
	n = backlog.last->note;
	assert_non_null(n->next); /* the ten minutes are booked over them */
	assert_false(n->epoch);
	assert_int_equal(n->is.booking.since, START + 60);
	assert_int_equal(n->is.booking.upto, START + 660);
	assert_int_equal(n->is.booking.energy, 10);
	n = n->next;
	assert_true(n->epoch);
	assert_string_equal(n->is.began.event.kind->name,
	    "counter-unexplained");
	assert_string_equal(n->is.began.event.arg[1], "14437001");
	assert_int_equal(n->is.began.epoch.since, START + 1);
	assert_int_equal(n->is.began.epoch.t, START + 60);
}

/* Twice the largest power of 30 days; a new load is believed by its power. */
static void
limit(void **state)
{
	(void)state;
	tally.series[0].largest = 10000; /* 1 kW */
	take(1000, 0, 1000, 100);
	take(61000, 0, 1000, 133);
	assert_int_equal(tally.series[1].counter.most, 2001);
	assert_int_equal(tally.series[1].counter.index, 133);
	take(121000, 0, 1000, 180); /* 2.8 kW of 2 */
	assert_int_equal(tally.series[1].counter.index, 133);
	assert_int_equal(nevents, 0); /* doubted once only */
	take(122000, 0, 2800, 181);
	assert_int_equal(tally.series[1].counter.index, 181);
	take(182000, 0, 2800, 600);
	take(187000, 0, 2800, 600);
	assert_int_equal(nevents, 1);
}

/* What is known of 30 days with values, and of fewer. */
static void
learn(void **state)
{
	struct mews_bucket b = { .seen = 1, .expected = 1 };
	int64_t series, kept = 0, now = START / 86400 * 86400, d;

	(void)state;
	assert_int_equal(mews_history_make(db, device.id, reads[0].quantity,
			     &series, &err),
	    MEWS_OK);
	tally.series[0].id = series;
	for (d = 40; d > 0; d--) {
		b.t = now - d * 86400;
		b.sum = b.max = d == 35 ? 90000 : 100 + d;
		b.min = d == 7 ? -5000 : 0;
		assert_int_equal(mews_db_begin(db, &err), MEWS_OK);
		assert_int_equal(mews_history_add(db, series, MEWS_GAUGE, &b, 1,
				     b.t + 86400, &kept, &err),
		    MEWS_OK);
		assert_int_equal(mews_db_commit(db, &err), MEWS_OK);
		assert_int_equal(tally_learn(&tally, db, b.t + 86400, &err),
		    MEWS_OK);
		if (d == 12)
			assert_int_equal(tally.series[0].largest, 0);
		if (d == 11)
			assert_int_equal(tally.series[0].largest, 90000);
	}
	assert_int_equal(tally.series[0].largest, 5000);
}

/* Case 10: a clock that is not set at the start.  What is measured waits, and
 * the time without mewsd is booked over what it was. */
static void
no_clock(void **state)
{
	struct backlog_packed *m;
	int64_t last = 0, i;

	(void)state;
	take(1000, 0, 1, 700);
	tick(61000, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_clear(&tally);
	start(START);
	tally.time.waits = true;
	tally.time.offset = (START + 120) * 1000;
	tally.since = START + 120;
	tally.series[1].counter.t = -(INT64_C(1) << 40);
	for (i = 0; i < 5; i++)
		take(60000 * i, -START, 1, 900 + i);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	assert_int_equal(last, 0); /* nothing is in 1970 */
	assert_int_equal(backlog.n, 4);
	/* two hours and 17 s later than it took itself to be */
	take(300000, 7337, 1, 905);
	assert_int_equal(event[0].kind->severity, MEWS_INFO);
	assert_string_equal(event[0].kind->name, "clock-set");
	tick(420000, 7337);
	assert_int_equal(backlog.n, 6);
	for (m = backlog.first, i = 0; m != NULL; m = m->next, i++) {
		assert_int_equal(m->t % 60, 0);
		assert_true(m->t <= START + 7337 + i * 60);
		assert_true(m->t > START + 7337 + i * 60 - 120);
	}
	assert_int_equal(value(backlog.first, 1)->flags, MEWS_CLOCK);
	assert_int_equal(backlog.first->note->is.booking.since, START + 60);
	assert_int_equal(backlog.first->note->is.booking.upto,
	    backlog.first->t);
	assert_int_equal(backlog.first->note->is.booking.energy, 200);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	assert_int_equal(backlog.n, 0);
}

/* A clock that goes to 1970 and comes back moves nothing. */
static void
clock_lost(void **state)
{
	int64_t i;

	(void)state;
	for (i = 0; i < 6; i++)
		take(30000 * i + 1000, i == 2 || i == 3 ? -START : 0, 1, i);
	assert_int_equal(backlog.n, 2);
	assert_int_equal(backlog.first->t, START);
	assert_int_equal(backlog.last->t, START + 60);
	assert_int_equal(nevents, 2);
	assert_false(backlog.last->waits);
}

/* Two years ahead and back again: goes on where it was. */
static void
far_ahead(void **state)
{
	int64_t last;

	(void)state;
	take(1000, 0, 1, 100);
	take(61000, 63072000, 1, 101);
	assert_string_equal(event[0].kind->name, "clock-ahead");
	take(121000, 63072000, 1, 102);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	take(181000, 0, 1, 103);
	take(241000, 0, 1, 104);
	tick(301000, 0);
	assert_int_equal(backlog.n, 3);
	assert_int_equal(backlog.last->t, START + 240);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
	/* and so does the counter after a restart */
	tally_clear(&tally);
	start(START + 63072060);
	assert_int_equal(tally.series[1].counter.index, 104);
	take(301000, 0, 1, 105);
	tick(361000, 0);
	assert_int_equal(backlog_write(&backlog, db, &last, &err), MEWS_OK);
}

/* A declared rating is the limit: no more, and what was learnt no less. */
static void
rated(void **state)
{
	(void)state;
	tally_clear(&tally);
	device.rating = 16; /* 13.856 kW */
	start(0);
	tally.series[0].largest = 10000; /* 1 kW */
	take(1000, 0, 1000, 100);
	take(61000, 0, 1000, 330); /* 13.8 kW */
	assert_int_equal(tally.series[1].counter.most, 13856);
	assert_int_equal(tally.series[1].counter.index, 330);
	take(121000, 0, 1000, 570); /* 14.4 kW */
	assert_int_equal(tally.series[1].counter.index, 330);
	assert_int_equal(nevents, 1);
	assert_string_equal(event[0].kind->name, "counter-suspect");
}

/* A reading of the serial number alone; 0: the device is silent. */
static void
take_serial(int64_t ms, int64_t number)
{
	struct reading *g = mews_alloc(1, sizeof(*g) + sizeof(g->v[0]));

	g->now = ms * 1000;
	g->wall = START * 1000 + ms;
	g->live.device = device.id;
	g->live.answer = number == 0 ? MEWS_SILENT : MEWS_ANSWERS;
	g->n = number == 0 ? 0 : 1;
	g->v[0] = (struct reading_value){ 2, false, number };
	tally_take(&tally, g, &backlog);
	free(g);
}

/* Case 3: another serial number is another meter, though its index be higher;
 * its counter waits until that is sure. */
static void
exchanged(void **state)
{
	const struct backlog_note *n;

	(void)state;
	take_serial(500, 4711);
	take(1000, 0, 1, 100);
	take(6000, 0, 1, 103);
	take_serial(10000, 0);
	take(20000, 0, 1, 160); /* of whom? */
	take_serial(20100, 815);
	assert_true(tally.device[0].doubtful);
	take(21000, 0, 1, 160);
	assert_int_equal(tally.series[1].counter.index, 103);
	take_serial(21100, 815);
	assert_int_equal(nevents, 1);
	assert_string_equal(event[0].kind->name, "meter-exchanged");
	assert_string_equal(event[0].arg[0], "815");
	assert_string_equal(event[0].arg[1], "4711");
	take(26000, 0, 1, 161);
	take(31000, 0, 1, 163);
	tick(61000, 0);
	assert_int_equal(minute(START, 1)->sum, 3 + 2);
	assert_int_equal(minute(START, 1)->end, 163);
	assert_int_equal(minute(START, 1)->flags, MEWS_RESET);
	n = backlog.first->note;
	assert_true(n->epoch);
	assert_null(n->next);
	assert_int_equal(n->is.began.epoch.before, 103);
	assert_int_equal(n->is.began.epoch.first, 161);
	assert_int_equal(n->is.began.epoch.fate, MEWS_FATE_EXCHANGED);
	assert_string_equal(n->is.began.event.kind->name, "counter-reset");
}

/* It is known over a restart, and a meter that was exchanged meanwhile too. */
static void
exchanged_meanwhile(void **state)
{
	(void)state;
	take_serial(500, 4711);
	take(1000, 0, 1, 100);
	take_serial(2000, 4711);
	tick(61000, 0);
	assert_int_equal(backlog_write(&backlog, db, NULL, &err), MEWS_OK);
	tally_clear(&tally);
	start(START);
	take(120000, 0, 1, 101);
	assert_int_equal(tally.series[1].counter.index, 100);
	take_serial(121000, 815);
	take_serial(122000, 815);
	take(125000, 0, 1, 102);
	assert_int_equal(tally.series[1].counter.index, 102);
	tick(181000, 0);
	assert_int_equal(minute(START + 120, 1)->sum, 0);
	assert_int_equal(minute(START + 120, 1)->flags, MEWS_RESET);
}

/* Numbers in turn are two meters at one address, and one that cannot be read
 * any more says nothing. */
static void
no_exchange(void **state)
{
	int64_t i;

	(void)state;
	take_serial(500, 4711);
	take(1000, 0, 1, 100);
	for (i = 1; i <= 4; i++) {
		take_serial(i * 10000, 815);
		take_serial(i * 10000 + 1000, 4711);
	}
	assert_int_equal(nevents, 0);
	take_serial(50000, 0);
	take(55000, 0, 1, 105);
	assert_int_equal(tally.series[1].counter.index, 100);
	take(236000, 0, 1, 120);
	assert_int_equal(tally.series[1].counter.index, 120);
	assert_int_equal(nevents, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_minute),
		TEST(nothing_measured),
		TEST(no_measurement),
		TEST(restart),
		TEST(start_corrected),
		TEST(clock_back),
		TEST(never_again),
		TEST(clock_ahead),
		TEST(glitch),
		TEST(reset),
		TEST(jump),
		TEST(limit),
		TEST(learn),
		TEST(rated),
		TEST(exchanged),
		TEST(exchanged_meanwhile),
		TEST(no_exchange),
		TEST(no_clock),
		TEST(clock_lost),
		TEST(far_ahead),
		TEST(clock_steps),
		TEST(too_long),
		TEST(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
