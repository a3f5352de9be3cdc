/*
 * t_counter.c - glitches, wraps, resets and jumps; and on random traces that
 * what is booked is what the index moved, and never negative.
 */
#include "test.h"
#include "counter.h"

#define MOST 100000 /* an hour: 1666 a minute */

static struct mews_counter c;
static unsigned flags;

/* Feeds readings a minute apart and returns the sum booked; flags gathers. */
static int64_t
feed(const int64_t *index, size_t n, int64_t t)
{
	int64_t sum = 0, booked;
	unsigned f;
	size_t i;

	flags = 0;
	for (i = 0; i < n; i++) {
		booked =
		    mews_counter_feed(&c, t + 60 * (int64_t)i, index[i], &f);
		assert_true(booked >= 0);
		sum += booked;
		flags |= f;
	}
	return sum;
}

#define FEED(t, ...)                                                           \
	feed((const int64_t[]){ __VA_ARGS__ },                                 \
	    sizeof((int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t), t)

static void
ordinary(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 500), 0);
	assert_int_equal(FEED(60, 510, 510, 517), 17);
	assert_int_equal(flags, 0);
	/* a time that does not advance books nothing, and loses nothing */
	assert_int_equal(FEED(180, 520), 0);
	assert_int_equal(FEED(170, 521), 0);
	assert_int_equal(FEED(240, 522), 5);
	/* no index is negative or beyond 2^62 */
	assert_int_equal(FEED(300, -1, INT64_MAX), 0);
	assert_int_equal(flags, MEWS_SUSPECT);
	assert_int_equal(FEED(420, 523), 1);
}

static void
resumed(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, MOST);
	mews_counter_resume(&c, 1000, 0);
	/* an hour away: as much as an hour may use */
	assert_int_equal(FEED(3600, 1000 + MOST), MOST);
	assert_int_equal(flags, 0);
}

/* Case 1. */
static void
backward_glitch(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 25567548, 0, 25567550), 2);
	assert_int_equal(flags, MEWS_SUSPECT);
	assert_int_equal(FEED(180, 0, 0, 25567560), 10);
	/* low readings that do not go on from each other are no epoch */
	assert_int_equal(FEED(400, 90, 40, 10, 9000, 25567570), 10);
	assert_int_equal(flags, MEWS_SUSPECT);
	/* one unit back and forth */
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 2156, 2155, 2156, 2155, 2157), 1);
	assert_int_equal(flags, 0);
	/* or one step of a meter that counts in tens */
	mews_counter_init(&c, 0, MOST);
	c.step = 10;
	assert_int_equal(FEED(0, 2150, 2140, 2150, 2160), 10);
	assert_int_equal(flags, 0);
}

/* Case 2. */
static void
rollover(void **state)
{
	(void)state;
	mews_counter_init(&c, 10000000, MOST);
	assert_int_equal(FEED(0, 9999998, 3, 7), 9);
	assert_int_equal(flags, MEWS_WRAP);
	mews_counter_init(&c, INT64_C(4294967296), MOST);
	assert_int_equal(FEED(0, INT64_C(4294967290), 4), 10);
	/* more than can be used is no wrap but a reset: case 3 */
	mews_counter_init(&c, 10000000, MOST);
	assert_int_equal(FEED(0, 5000000, 3), 0);
	assert_int_equal(flags, MEWS_SUSPECT);
	/* without a limit only a short way over the end is one */
	mews_counter_init(&c, 10000000, 0);
	assert_int_equal(FEED(0, 9999998, 3), 5);
	assert_int_equal(flags, MEWS_WRAP);
	mews_counter_init(&c, 10000000, 0);
	assert_int_equal(FEED(0, 6000000, 0, 6000001), 1);
	assert_int_equal(flags, MEWS_SUSPECT);
}

/* Case 3. */
static void
reset(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 70000, 5, 12), 0);
	assert_int_equal(flags, MEWS_SUSPECT);
	/* the third confirms: what was used since the first is booked */
	assert_int_equal(FEED(180, 20), 15);
	assert_int_equal(flags, MEWS_RESET);
	assert_int_equal(FEED(240, 24), 4);
	assert_int_equal(flags, 0);
}

/* Case 4. */
static void
jump(void **state)
{
	int64_t t;

	(void)state;
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 100, 0xffffffff, 0x7fffffff, 104), 4);
	assert_int_equal(flags, MEWS_SUSPECT);
	/* waiting does not make it plausible: after ten minutes an epoch */
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 100, 14437100), 0);
	for (t = 120; t < 660; t += 60) {
		assert_int_equal(FEED(t, 14437100 + t / 60 - 1), 0);
		assert_int_equal(flags, MEWS_SUSPECT);
	}
	assert_int_equal(FEED(660, 14437110), 10);
	assert_int_equal(flags, MEWS_RESET);
	/* a jump that two minutes more would explain is held all the same */
	mews_counter_init(&c, 0, MOST);
	assert_int_equal(FEED(0, 100, 5000, 5000, 5000, 5000, 5000), 0);
	assert_int_equal(FEED(360, 130), 30);
}

/* What is held is believed as soon as the limit allows it. */
static void
raised(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, 60);
	assert_int_equal(FEED(0, 100, 140, 180), 0);
	assert_int_equal(flags, MEWS_SUSPECT);
	c.most = 2400;
	assert_int_equal(FEED(180, 220), 120);
	assert_int_equal(flags, 0);
}

/* A step of a coarse meter is never too much. */
static void
coarse(void **state)
{
	(void)state;
	mews_counter_init(&c, 0, 1);
	c.step = 100;
	assert_int_equal(FEED(0, 1000, 1100, 1200), 200);
	assert_int_equal(flags, 0);
}

static uint64_t seed;

static int64_t
below(int64_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (int64_t)(seed >> 33) % n;
}

/*
 * A meter that is used, wraps, is asked late and now and then gives a single
 * wild reading: whatever was used is booked by the next honest reading.
 */
static void
random_trace(uint64_t from)
{
	int64_t modulus = 1000000, total = 0, booked = 0, t = 0, start, i;
	bool wild = false;
	int64_t b;
	unsigned f;

	seed = from;
	start = below(modulus);
	mews_counter_init(&c, modulus, MOST);
	(void)mews_counter_feed(&c, t, start, &f);
	for (i = 0; i < 3000; i++) {
		t += 1 + below(120);
		if (!wild && below(20) == 0) {
			wild = true;
			b = mews_counter_feed(&c, t,
			    (start + total + modulus / 2 + below(1000)) %
				modulus,
			    &f);
			assert_int_equal(b, 0);
			continue;
		}
		wild = false;
		total += below(40);
		b = mews_counter_feed(&c, t, (start + total) % modulus, &f);
		assert_true(b >= 0); /* I3 */
		assert_false(f & MEWS_RESET);
		booked += b;
		assert_int_equal(booked, total); /* I2 */
		assert_int_equal(c.index, (start + total) % modulus);
	}
}

static void
invariants(void **state)
{
	uint64_t i;

	(void)state;
	for (i = 1; i <= 200; i++)
		random_trace(i);
}

/* Noise of any kind: never negative, never more than could be used. */
static void
noise(void **state)
{
	int64_t t = 0, b, was, i;
	unsigned f;

	(void)state;
	seed = 7;
	mews_counter_init(&c, 0, MOST);
	for (i = 0; i < 200000; i++) {
		was = c.t;
		t += below(90);
		b = mews_counter_feed(&c, t, below(INT64_C(1) << below(40)),
		    &f);
		assert_true(b >= 0);
		if (f == 0)
			assert_true(b - 1 <=
			    MOST * (t - was < 60 ? 60 : t - was) / 3600);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary),
		cmocka_unit_test(resumed),
		cmocka_unit_test(backward_glitch),
		cmocka_unit_test(rollover),
		cmocka_unit_test(reset),
		cmocka_unit_test(jump),
		cmocka_unit_test(raised),
		cmocka_unit_test(coarse),
		cmocka_unit_test(invariants),
		cmocka_unit_test(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
