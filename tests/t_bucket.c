/*
 * t_bucket.c - what is packed comes out again, whatever it is; what is joined
 * keeps its sums.
 */
#include "test.h"
#include "bucket.h"

static uint64_t seed;

static uint64_t
rnd(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return seed >> 17;
}

static int64_t
value(void)
{
	static const int64_t edges[] = { 0, 1, -1, INT64_MAX, INT64_MIN,
		25137400, 230000, 4294967295 };

	return rnd() % 4 == 0 ? edges[rnd() % MEWS_LEN(edges)]
			      : (int64_t)(rnd() % 1000);
}

static struct mews_bucket
random_bucket(enum mews_kind kind, const struct mews_bucket *last)
{
	static const int64_t steps[] = { 60, 60, 60, 3600, 120, 90000 };
	struct mews_bucket b = { .t = last->t + steps[rnd() % 6] };

	b.seen = b.expected = 12;
	if (rnd() % 5 == 0)
		b.seen = (uint32_t)(rnd() % 13);
	if (rnd() % 9 == 0)
		b.flags = (unsigned)(rnd() % 128);
	if (kind != MEWS_GAUGE) {
		b.end = rnd() % 3 == 0 ? value()
				       : (int64_t)((uint64_t)last->end + 3);
		b.sum = kind == MEWS_COUNTER && rnd() % 3 == 0 ? value() : 3;
		if (kind == MEWS_STATE)
			b.sum = 0;
		return b;
	}
	b.sum = b.min = b.max = value();
	if (rnd() % 2 == 0 && b.sum > -1000000 && b.sum < INT64_MAX / 2) {
		b.min -= (int64_t)(rnd() % 50);
		b.max += (int64_t)(rnd() % 50);
		b.t_min = (int32_t)(rnd() % 500000);
	}
	return b;
}

static void
round_trip(void **state)
{
	struct mews_bucket in[300], out, last;
	struct mews_buf packed = { 0 };
	const unsigned char *p, *end;
	enum mews_kind kind;
	int run, i;

	(void)state;
	for (run = 0; run < 300; run++) {
		seed = (uint64_t)run;
		kind = (enum mews_kind)(run % 3);
		mews_buf_reset(&packed);
		last = (struct mews_bucket){ 0 };
		for (i = 0; i < 300; i++) {
			in[i] = random_bucket(kind, &last);
			mews_bucket_put(&packed, kind, &last, &in[i]);
		}
		p = (unsigned char *)packed.s;
		end = p + packed.n;
		last = (struct mews_bucket){ 0 };
		for (i = 0; i < 300; i++) {
			assert_int_equal(mews_bucket_get(&p, end, kind, &last,
					     &out),
			    MEWS_OK);
			assert_same_bucket(&out, &in[i]);
		}
		assert_int_equal(mews_bucket_get(&p, end, kind, &last, &out),
		    MEWS_NONE);
	}
	mews_buf_clear(&packed);
}

/* Bytes that nobody packed give an answer and stay inside their bounds. */
static void
damaged(void **state)
{
	unsigned char bytes[64];
	const unsigned char *p;
	struct mews_bucket b, last;
	size_t n, i;
	int run;

	(void)state;
	for (run = 0; run < 20000; run++) {
		seed = (uint64_t)run;
		n = 1 + rnd() % sizeof(bytes);
		for (i = 0; i < n; i++)
			bytes[i] = (unsigned char)rnd();
		p = bytes;
		last = (struct mews_bucket){ 0 };
		while (mews_bucket_get(&p, bytes + n, (enum mews_kind)(run % 3),
			   &last, &b) == MEWS_OK)
			;
		assert_true(p <= bytes + n);
	}
}

static void
ordinary_minutes_are_small(void **state)
{
	struct mews_bucket last = { 0 },
			   b = { .t = 1763821920,
				   .seen = 12,
				   .expected = 12,
				   .end = 25137400 };
	struct mews_buf packed = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 1440; i++) {
		b.t += 60;
		b.sum = 10 * (i % 7);
		b.end += b.sum;
		mews_bucket_put(&packed, MEWS_COUNTER, &last, &b);
	}
	assert_true(packed.n < 2 * 1440 + 100);
	mews_buf_clear(&packed);
}

static void
joins(void **state)
{
	struct mews_bucket f[3] = {
		{ .t = 0,
		    .sum = 10,
		    .end = 110,
		    .min = 4,
		    .max = 12,
		    .seen = 60,
		    .expected = 60 },
		{ .t = 3600,
		    .sum = 40,
		    .end = 150,
		    .min = 2,
		    .max = 90,
		    .t_max = 7,
		    .seen = 30,
		    .expected = 60,
		    .flags = MEWS_WRAP },
		{ .t = 7200,
		    .sum = -5,
		    .end = 145,
		    .min = -9,
		    .max = 0,
		    .seen = 60,
		    .expected = 60,
		    .flags = MEWS_OPEN },
	};
	struct mews_bucket b;

	(void)state;
	mews_bucket_join(MEWS_COUNTER, MEWS_HOUR, f, 2, 0, 1440, &b);
	assert_true(b.sum == 50 && b.end == 150 && b.seen == 90);
	assert_true(b.expected == 1440 && b.flags == MEWS_WRAP);
	mews_bucket_join(MEWS_GAUGE, MEWS_HOUR, f, 3, 0, 1440, &b);
	/* (10 x 60 + 40 x 30 - 5 x 60) / 150 */
	assert_true(b.sum == 10);
	assert_true(b.min == -9 && b.t_min == 120);
	assert_true(b.max == 90 && b.t_max == 67);
	assert_true(b.flags == MEWS_WRAP); /* MEWS_OPEN is never carried on */
	mews_bucket_join(MEWS_GAUGE, MEWS_MINUTE, f, 2, 0, 60, &b);
	assert_true(b.sum == 25 && b.seen == 2);
	mews_bucket_join(MEWS_STATE, MEWS_HOUR, f, 3, 0, 1440, &b);
	assert_true(b.sum == 0 && b.end == 145);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(damaged),
		cmocka_unit_test(ordinary_minutes_are_small),
		cmocka_unit_test(joins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
