/*
 * t_amendment.c - random traces with gaps, resets and jumps, read by a counter,
 * written, amended, taken back and cut in another zone: every level stays what
 * its minutes and bookings make of it (I1), an epoch sums up to what its index
 * moved (I2), nothing falls below 0 (I3), and no minute holds what no meter
 * sent, but where a person said so (I4).
 */
#include "test.h"
#include "amendment.h"
#include "roll.h"
#include "schema.h"

#include <stdlib.h>

#define HOUR   3600
#define SEEDS  100
#define MOST   6000 /* Wh an hour */
#define AMENDS 8

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;
static struct mews_err err;
static int64_t series;
static uint64_t seed;
static int64_t start, end;              /* of the trace */
static int64_t index_first, index_last; /* of the epoch that is open */

#define OK(call)                                                               \
	do {                                                                   \
		enum mews_rc rc_ = (call);                                     \
		if (rc_ != MEWS_OK)                                            \
			print_error("%s\n", err.text);                         \
		assert_int_equal(rc_, MEWS_OK);                                \
	} while (0)

static const char *const zones[] = { "UTC", "Europe/Rome", "Asia/Kolkata",
	"Australia/Adelaide", "Asia/Kathmandu", "America/St_Johns" };

static int64_t
below(int64_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)(seed >> 33) % n;
}

/* What the minutes and bookings make of [from, to), in integers. */
static int64_t
made_of(const struct mews_buckets *minutes, const struct mews_bookings *booked,
    int64_t from, int64_t to)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < minutes->n; i++)
		if (minutes->b[i].t >= from && minutes->b[i].t < to)
			sum += minutes->b[i].sum;
	for (i = 0; i < booked->n; i++)
		sum += mews_booking_share(&booked->b[i], from, to);
	return sum;
}

/* A correction may reach back to where the trace's first day begins. */
static int64_t
first(enum mews_level level)
{
	int64_t day = mews_calendar_floor(MEWS_DAY, start);

	return mews_calendar_floor(level, day);
}

/* I1 and I3, and that a total is nowhere lost. */
static void
check_levels(void)
{
	struct mews_buckets minutes = { 0 }, l;
	struct mews_bookings booked = { 0 };
	enum mews_level level;
	int64_t to, all, sum;
	size_t i;

	OK(mews_store_read(db, MEWS_MINUTE, series, MEWS_COUNTER, start, end,
	    &minutes, &err));
	OK(mews_booking_read(db, series, 0, INT64_MAX, &booked, &err));
	all = made_of(&minutes, &booked, 0, end + 400 * 86400);
	for (level = MEWS_HOUR; level <= MEWS_YEAR; level++) {
		OK(mews_history_read(db, series, MEWS_COUNTER, level,
		    first(level), end, end, &l, &err));
		for (i = 0, sum = 0; i < l.n; i++) {
			to = mews_calendar_step(level, l.b[i].t, 1);
			assert_true(l.b[i].sum >= 0);
			assert_int_equal(l.b[i].sum,
			    made_of(&minutes, &booked, l.b[i].t, to));
			sum += l.b[i].sum;
		}
		assert_int_equal(sum, all);
		mews_buckets_clear(&l);
	}
	mews_buckets_clear(&minutes);
	mews_bookings_clear(&booked);
}

/* What one reading brings, as the recorder hands it on. */
struct brought {
	struct mews_bucket b;
	struct mews_booking booking;
	struct mews_epoch epoch;
	struct mews_event event;
	struct mews_extra extra;
};

static void
read_counter(struct mews_counter *c, int64_t t, int64_t index,
    struct brought *out)
{
	struct mews_counter was = *c;
	int64_t from = was.t, before = was.index, booked;
	unsigned flags;

	*out = (struct brought){ .extra = { &out->booking, 0, &out->epoch,
				     &out->event, 0 } };
	booked = mews_counter_feed(c, t, index, &flags);
	if (!was.known)
		index_first = index_last = index;
	if (flags & MEWS_RESET) {
		assert_int_equal(index_last, before);
		index_first = before = c->held_first;
		from = c->held_since;
		out->epoch = (struct mews_epoch){ .series = series,
			.since = was.t,
			.t = c->held_since,
			.before = was.index,
			.first = c->held_first };
		mews_event_set(&out->event,
		    c->held_first > was.index ? "counter-unexplained"
					      : "counter-reset",
		    "P1");
		out->extra.nepochs = 1;
	}
	out->b = (struct mews_bucket){ .t = t,
		.sum = booked,
		.end = c->index,
		.seen = 1,
		.expected = 1,
		.flags = flags };
	if (booked > 0 && t - from > 120) {
		out->booking = (struct mews_booking){ .series = series,
			.since = from,
			.upto = t,
			.energy = booked,
			.index = before };
		out->extra.nbookings = 1;
		out->b.sum = 0;
	}
	index_last = c->index;
}

/* Two or three days of a meter that is used, silent, reset and wrong. */
static int64_t
write_trace(void)
{
	struct mews_counter c;
	struct mews_sample s = { .series = series, .kind = MEWS_COUNTER };
	int64_t index = below(1000000), t, skew = 0, epochs = 0;
	struct brought g;

	mews_counter_init(&c, 0, MOST);
	for (t = start; t < end; t += 60) {
		if (below(400) == 0)
			t += 60 * below(500); /* nobody reads */
		if (below(700) == 0)
			index = below(50); /* another meter */
		if (below(700) == 0)
			index += 5000000; /* nobody knows why */
		skew = below(60) == 0 ? 7000000 - below(14000000) : 0;
		index += below(80);
		if (t >= end)
			break;
		read_counter(&c, t, index + skew, &g);
		s.b = g.b;
		OK(mews_history_write(db, t, &s, 1, &g.extra, &err));
		epochs += (int64_t)g.extra.nepochs;
		if (below(300) == 0)
			OK(mews_history_settle(db, t + 60, &err));
	}
	OK(mews_history_settle(db, end, &err));
	return epochs;
}

/* I2: of the epoch that is open, from its first reading on. */
static void
check_epoch(void)
{
	struct mews_buckets minutes = { 0 };
	struct mews_bookings booked = { 0 };
	struct mews_epoch e[64];
	int64_t from = start, sum = 0;
	size_t n, i;

	OK(mews_epoch_read(db, series, e, MEWS_LEN(e), &n, &err));
	if (n > 0)
		from = e[n - 1].t;
	OK(mews_store_read(db, MEWS_MINUTE, series, MEWS_COUNTER, from, end,
	    &minutes, &err));
	OK(mews_booking_read(db, series, from, INT64_MAX, &booked, &err));
	for (i = 0; i < minutes.n; i++)
		sum += minutes.b[i].sum;
	for (i = 0; i < booked.n; i++)
		sum += booked.b[i].energy;
	assert_int_equal(sum, index_last - index_first);
	mews_buckets_clear(&minutes);
	mews_bookings_clear(&booked);
}

/* A bucket of any level; what may be refused is. */
static bool
correct_any(struct mews_amendment *a)
{
	enum mews_level level = (enum mews_level)below(3);
	int64_t t = mews_calendar_floor(level, start + below(end - start));
	struct mews_buckets l;
	enum mews_rc rc;

	*a = (struct mews_amendment){ .t = end, .who = "ann" };
	rc = mews_amend_correct(db, series, level, t, below(4000), a, &err);
	if (rc != MEWS_OK) {
		assert_true(rc == MEWS_BAD || rc == MEWS_NONE);
		return false;
	}
	OK(mews_history_read(db, series, MEWS_COUNTER, level, t, t + 1, end, &l,
	    &err));
	assert_int_equal(l.n, 1);
	assert_int_equal(l.b[0].sum, a->value);
	assert_true((l.b[0].flags & MEWS_ESTIMATED) != 0 || a->value == a->was);
	mews_buckets_clear(&l);
	return true;
}

/* All levels as text, to see that what is taken back leaves nothing. */
static char *
picture(void)
{
	struct mews_buf b = { 0 };
	struct mews_buckets l;
	enum mews_level level;
	size_t i;

	for (level = MEWS_MINUTE; level <= MEWS_YEAR; level++) {
		OK(mews_history_read(db, series, MEWS_COUNTER, level,
		    first(level), end, end, &l, &err));
		for (i = 0; i < l.n; i++)
			mews_buf_printf(&b, "%d %lld %lld %lld %u %x\n",
			    (int)level, (long long)l.b[i].t,
			    (long long)l.b[i].sum, (long long)l.b[i].end,
			    l.b[i].seen, l.b[i].flags);
		mews_buckets_clear(&l);
	}
	return b.s;
}

static void
amend_and_undo(void)
{
	struct mews_amendment a[AMENDS + 8], u;
	struct mews_epoch e[8], now;
	size_t n = 0, epochs, i;
	char *before = picture(), *after;

	OK(mews_epoch_read(db, series, e, MEWS_LEN(e), &epochs, &err));
	for (i = 0; i < epochs; i++) {
		a[n] = (struct mews_amendment){ .t = end };
		/* another serial number is no jump, though the index rose */
		if (below(2) == 0) {
			e[i].fate = MEWS_FATE_EXCHANGED;
			OK(mews_epoch_decide(db, e[i].id, e[i].fate, &err));
			if (e[i].first > e[i].before)
				assert_int_equal(mews_amend_jump(db, e[i].event,
						     true, &a[n], &err),
				    MEWS_NONE);
		}
		if (e[i].first > e[i].before && e[i].fate == MEWS_FATE_OPEN)
			OK(mews_amend_jump(db, e[i].event, i % 2 == 0, &a[n++],
			    &err));
		else
			OK(mews_amend_replace(db, series, e[i].before + 17, 0,
			    e[i].t, &a[n++], &err));
		check_levels();
	}
	while (n < AMENDS)
		if (correct_any(&a[n])) {
			n++;
			check_levels();
		}
	while (n-- > 0) {
		u = (struct mews_amendment){ .t = end + 1, .who = "bob" };
		OK(mews_amend_undo(db, a[n].id, &u, &err));
		check_levels();
		assert_int_equal(mews_amend_undo(db, a[n].id, &u, &err),
		    MEWS_BAD);
	}
	after = picture();
	assert_string_equal(before, after);
	for (i = 0; i < epochs; i++) {
		OK(mews_epoch_get(db, e[i].id, &now, &err));
		assert_int_equal(now.fate, e[i].fate);
	}
	free(before);
	free(after);
}

static void
trace(uint64_t from)
{
	const char *zone = zones[from % MEWS_LEN(zones)];
	char *before, *after;
	bool changed;

	seed = from;
	OK(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_SCRATCH, &db,
	    &err));
	OK(mews_calendar_zone(zone, &err));
	OK(mews_history_zone(db, zone, &changed, &err));
	OK(mews_history_make(db, 1, mews_quantity_find("active_energy_import"),
	    &series, &err));
	/* two days around the end of summer time, or of a month */
	start = INT64_C(1761300000) + below(40) * 86400 / 4;
	end = start + 86400 + below(30) * HOUR;
	start -= start % 60;
	end -= end % 60;
	(void)write_trace();
	check_levels();
	check_epoch();
	amend_and_undo();
	before = picture();
	zone = zones[(from + 1 + from / 7) % MEWS_LEN(zones)];
	OK(mews_calendar_zone(zone, &err));
	OK(mews_history_zone(db, zone, &changed, &err));
	check_levels();
	zone = zones[from % MEWS_LEN(zones)];
	OK(mews_calendar_zone(zone, &err));
	OK(mews_history_zone(db, zone, &changed, &err));
	after = picture();
	assert_string_equal(before, after);
	free(before);
	free(after);
	mews_db_close(db);
}

static void
invariants(void **state)
{
	const char *text = getenv("MEWS_SEEDS");
	uint64_t i, n = text == NULL ? SEEDS : strtoull(text, NULL, 10);

	(void)state;
	(void)test_folder(folder);
	for (i = 1; i <= n; i++)
		trace(i);
	test_folder_end(folder);
}

/* The shares of a stretch add up to it, however it is cut. */
static void
shares(void **state)
{
	struct mews_booking b;
	int64_t t, to, sum, n;

	(void)state;
	seed = 5;
	for (n = 0; n < 20000; n++) {
		b.since = below(100000);
		b.upto = b.since + 1 + below(100000);
		b.energy = below(1000000000) - 500000000;
		for (sum = 0, t = 0; t < 250000; t = to) {
			to = t + 1 + below(50000);
			sum += mews_booking_share(&b, t, to);
		}
		assert_int_equal(sum, b.energy);
	}
}

/* A gauge's minute: its hour follows, and all of it comes back. */
static void
a_gauge(void **state)
{
	const struct mews_quantity *q = mews_quantity_find("voltage_l1");
	struct mews_amendment a = { .who = "ann", .reason = "no contact" };
	struct mews_buckets l = { 0 };
	struct mews_sample s = { .kind = MEWS_GAUGE };
	int64_t t = INT64_C(1763899200), minute;

	(void)state;
	(void)test_folder(folder);
	OK(mews_calendar_zone("UTC", &err));
	OK(mews_schema_open(&place, MEWS_HISTORY_DB, MEWS_DB_WRITE, &db, &err));
	OK(mews_history_make(db, 1, q, &s.series, &err));
	for (minute = t; minute < t + 7200; minute += 60) {
		s.b = (struct mews_bucket){ .t = minute,
			.sum = 2300,
			.min = 2290,
			.max = 2310,
			.seen = 6,
			.expected = 6 };
		if (minute == t + 600) {
			s.b.sum = -5;
			s.b.min = -99999;
		}
		OK(mews_history_write(db, minute, &s, 1, NULL, &err));
	}
	assert_int_equal(mews_amend_correct(db, s.series, MEWS_HOUR, t, 2300,
			     &a, &err),
	    MEWS_BAD);
	OK(mews_amend_correct(db, s.series, MEWS_MINUTE, t + 600, 2300, &a,
	    &err));
	assert_true(a.was == -5 && a.low == -99999 && a.high == 2310);
	OK(mews_history_read(db, s.series, MEWS_GAUGE, MEWS_HOUR, t, t + 3600,
	    t + 7200, &l, &err));
	assert_true(l.n == 1 && l.b[0].sum == 2300 && l.b[0].min == 2290);
	assert_int_equal(l.b[0].flags, MEWS_ESTIMATED);
	mews_buckets_clear(&l);
	OK(mews_amend_undo(db, a.id, &a, &err));
	OK(mews_history_read(db, s.series, MEWS_GAUGE, MEWS_MINUTE, t + 600,
	    t + 660, t + 7200, &l, &err));
	assert_true(l.b[0].sum == -5 && l.b[0].min == -99999);
	assert_true(l.b[0].max == 2310 && l.b[0].flags == 0);
	mews_buckets_clear(&l);
	OK(mews_history_read(db, s.series, MEWS_GAUGE, MEWS_HOUR, t, t + 3600,
	    t + 7200, &l, &err));
	assert_true(l.b[0].min == -99999 && l.b[0].flags == 0);
	mews_buckets_clear(&l);
	mews_db_close(db);
	test_folder_end(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gauge),
		cmocka_unit_test(shares),
		cmocka_unit_test(invariants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
