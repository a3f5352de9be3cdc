/*
 * t_frame.c - byte by byte, on a set clock: only the answer of the asked unit
 * to the asked question is ever taken.
 */
#include "test.h"
#include "frame.h"

#define T         300000 /* us to the first byte */
#define CHARACTER 573    /* us, 11 bits at 19200 */

static const uint8_t two[] = { 3, 0, 10, 0, 2 }; /* two registers from 10 */
static struct frame f;
static uint8_t answer[FRAME_RTU];
static size_t len;

static void
good(uint8_t unit, uint8_t value)
{
	const uint8_t pdu[] = { 3, 4, 0, value, 0, 2 };

	len = frame_pack(answer, unit, pdu, sizeof(pdu));
}

static void
ask(void)
{
	frame_begin(&f, 5, two, sizeof(two), 1000, T, CHARACTER);
}

static enum frame_state
take(int64_t now)
{
	return frame_take(&f, answer, len, now);
}

static enum frame_state
look(int64_t now)
{
	return frame_take(&f, NULL, 0, now);
}

static void
byte_by_byte(void **state)
{
	size_t i;

	(void)state;
	good(5, 7);
	assert_int_equal(len, 9);
	/* the CRC is known from elsewhere: 01 03 00 00 00 0a is c5 cd */
	assert_int_equal(frame_pack(f.in, 1,
			     (const uint8_t[]){ 3, 0, 0, 0, 10 }, 5),
	    8);
	assert_int_equal(f.in[6], 0xc5);
	assert_int_equal(f.in[7], 0xcd);
	ask();
	for (i = 0; i + 1 < len; i++) {
		assert_int_equal(frame_take(&f, answer + i, 1,
				     2000 + CHARACTER * (int64_t)i),
		    FRAME_WAIT);
		if (i >= 1)
			assert_int_equal(frame_missing(&f), len - 1 - i);
	}
	assert_int_equal(frame_take(&f, answer + i, 1, 9000), FRAME_GOOD);
	assert_int_equal(f.npdu, 6);
	assert_int_equal(f.pdu[3], 7);
}

static void
hole_of_30_ms(void **state)
{
	(void)state;
	good(5, 7);
	ask();
	assert_int_equal(frame_take(&f, answer, 4, 2000), FRAME_WAIT);
	assert_int_equal(frame_take(&f, answer + 4, len - 4, 32000),
	    FRAME_GOOD);
}

static void
first_byte_in_time(void **state)
{
	(void)state;
	good(5, 7);
	ask();
	assert_int_equal(frame_deadline(&f), 1000 + T);
	assert_int_equal(look(999 + T), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_SILENT);
	/* it began in time and may end after */
	ask();
	assert_int_equal(frame_take(&f, answer, 3, T), FRAME_WAIT);
	assert_int_equal(frame_take(&f, answer + 3, len - 3, T + 20000),
	    FRAME_GOOD);
	/* it began and never ended */
	ask();
	assert_int_equal(frame_take(&f, answer, 3, T), FRAME_WAIT);
	assert_int_equal(look(T + 49000), FRAME_WAIT);
	assert_int_equal(look(T + 50000), FRAME_DAMAGED);
}

/* Who slept for long and finds bytes there cannot know of a hole. */
static void
unseen(void **state)
{
	(void)state;
	good(5, 7);
	ask();
	assert_int_equal(frame_take(&f, answer, 4, 2000), FRAME_WAIT);
	frame_unseen(&f, 90000);
	assert_int_equal(frame_take(&f, answer + 4, len - 4, 90000),
	    FRAME_GOOD);
	ask();
	assert_int_equal(frame_take(&f, answer, 4, 2000), FRAME_WAIT);
	assert_int_equal(frame_take(&f, answer + 4, len - 4, 90000),
	    FRAME_WAIT);
	ask();
	frame_unseen(&f, 90000);
	assert_true(frame_deadline(&f) == 1000 + T);
}

static void
exception(void **state)
{
	const uint8_t pdu[] = { 0x83, 2 };

	(void)state;
	len = frame_pack(answer, 5, pdu, sizeof(pdu));
	ask();
	assert_int_equal(take(2000), FRAME_GOOD);
	assert_int_equal(f.npdu, 2);
	assert_int_equal(f.pdu[1], 2);
}

static void
not_for_us(void **state)
{
	const uint8_t other[] = { 4, 4, 0, 1, 0, 2 },
		      shorter[] = { 3, 2, 0, 1 }, lie[] = { 3, 2, 0, 1, 0, 2 },
		      other_exception[] = { 0x84, 2 };
	const struct {
		const uint8_t *pdu;
		size_t n;
		uint8_t unit;
	} bad[] = { { other, 6, 5 }, { shorter, 4, 5 }, { lie, 6, 5 },
		{ other_exception, 2, 5 } };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(bad); i++) {
		ask();
		len = frame_pack(answer, bad[i].unit, bad[i].pdu, bad[i].n);
		assert_int_equal(take(2000), FRAME_WAIT);
		assert_int_equal(look(60000), FRAME_WAIT);
		assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	}
	/* a whole answer of another unit: ours was silent */
	ask();
	good(4, 9);
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(60000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_SILENT);
	/* and one in front of ours does not hide it */
	ask();
	assert_int_equal(take(2000), FRAME_WAIT);
	good(5, 7);
	assert_int_equal(take(8000), FRAME_GOOD);
	assert_int_equal(f.pdu[3], 7);
}

/* What came is handed over, whatever it was; a whole foreign frame alone. */
static void
what_came(void **state)
{
	static const uint8_t junk[] = { 5, 0xff, 0, 5 };
	const uint8_t other[] = { 4, 4, 0, 1, 0, 2 };
	uint8_t much[3 * FRAME_RTU] = { 9 };

	(void)state;
	ask();
	assert_int_equal(look(1000 + T), FRAME_SILENT);
	assert_true(f.nheard == 0 && !f.foreign);
	/* a broken bit, behind noise */
	ask();
	good(5, 7);
	answer[4] ^= 1;
	assert_int_equal(frame_take(&f, junk, 4, 2000), FRAME_WAIT);
	assert_int_equal(take(4000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	assert_int_equal(f.nheard, 4 + len);
	assert_memory_equal(f.heard, junk, 4);
	assert_memory_equal(f.heard + 4, answer, len);
	assert_false(f.foreign);
	/* more than a frame */
	ask();
	assert_int_equal(frame_take(&f, much, sizeof(much), 2000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	assert_int_equal(f.nheard, FRAME_RTU);
	assert_memory_equal(f.heard, much, FRAME_RTU);
	/* another unit's answer, and ours to another question */
	ask();
	assert_int_equal(frame_take(&f, junk, 4, 2000), FRAME_WAIT);
	good(4, 9);
	assert_int_equal(take(60000), FRAME_WAIT);
	assert_int_equal(frame_take(&f, junk, 4, 120000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	assert_true(f.foreign && f.nheard == len);
	assert_memory_equal(f.heard, answer, len);
	ask();
	len = frame_pack(answer, 5, other, sizeof(other));
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	assert_true(f.foreign && f.nheard == len);
	/* the request is nobody's answer */
	ask();
	len = frame_pack(answer, 5, two, sizeof(two));
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	assert_true(!f.foreign && f.nheard == len);
}

/* What is foreign and early does not shorten the time to wait: the device's
 * own answer could come and be taken for another one. */
static void
patience(void **state)
{
	static const uint8_t junk = 0xff;
	int64_t t;

	(void)state;
	frame_begin(&f, 5, two, sizeof(two), 1000, 4 * T, CHARACTER);
	good(4, 9);
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(60000), FRAME_WAIT);
	assert_int_equal(frame_deadline(&f), 1000 + 4 * T);
	assert_int_equal(look(4 * T), FRAME_WAIT);
	good(5, 7);
	assert_int_equal(frame_take(&f, answer, 3, 4 * T), FRAME_WAIT);
	assert_int_equal(frame_take(&f, answer + 3, len - 3, 4 * T + 30000),
	    FRAME_GOOD);
	/* nor does noise that ends in time, however long it was */
	frame_begin(&f, 5, two, sizeof(two), 1000, 4 * T, CHARACTER);
	for (t = 2000; t < 900000; t += 20000)
		assert_int_equal(frame_take(&f, &junk, 1, t), FRAME_WAIT);
	assert_int_equal(look(t + 50000), FRAME_WAIT);
	assert_int_equal(take(t + 60000), FRAME_GOOD);
}

static void
noise(void **state)
{
	static const uint8_t junk[] = { 5, 0xff, 0, 5 };
	int64_t t;

	(void)state;
	good(5, 7);
	ask();
	assert_int_equal(frame_take(&f, junk, sizeof(junk), 2000), FRAME_WAIT);
	assert_int_equal(take(4000), FRAME_GOOD);
	/* the echo of the request in front */
	ask();
	len = frame_pack(answer, 5, two, sizeof(two));
	assert_int_equal(take(2000), FRAME_WAIT);
	good(5, 7);
	assert_int_equal(take(6000), FRAME_GOOD);
	/* a broken bit */
	ask();
	answer[4] ^= 1;
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(1000 + T), FRAME_DAMAGED);
	/* without end: it is given up */
	ask();
	for (t = 2000; frame_take(&f, junk, sizeof(junk), t) == FRAME_WAIT;
	     t += 1000)
		assert_true(t < 2000000);
	assert_int_equal(look(t), FRAME_DAMAGED);
}

static void
unknown_function(void **state)
{
	const uint8_t request[] = { 0x2b, 0x0e, 1, 0 },
		      pdu[] = { 0x2b, 0x0e, 1, 1, 0, 0 };

	(void)state;
	len = frame_pack(answer, 5, pdu, sizeof(pdu));
	frame_begin(&f, 5, request, sizeof(request), 1000, T, CHARACTER);
	assert_int_equal(take(2000), FRAME_WAIT);
	assert_int_equal(look(52000), FRAME_GOOD);
	assert_int_equal(f.npdu, sizeof(pdu));
}

/* Registers that look like an exception of the unit are registers. */
static void
exception_inside(void **state)
{
	static const uint8_t four[] = { 3, 0, 10, 0, 4 };
	const uint8_t code[] = { 0x83, 2 };
	uint8_t pdu[10] = { 3, 8 };

	(void)state;
	assert_int_equal(frame_pack(pdu + 2, 5, code, sizeof(code)), 5);
	len = frame_pack(answer, 5, pdu, sizeof(pdu));
	frame_begin(&f, 5, four, sizeof(four), 1000, T, CHARACTER);
	assert_int_equal(frame_take(&f, answer, len - 2, 2000), FRAME_WAIT);
	assert_int_equal(frame_take(&f, answer + len - 2, 2, 4000), FRAME_GOOD);
	assert_int_equal(f.npdu, sizeof(pdu));
}

static void
expected(void **state)
{
	(void)state;
	assert_int_equal(frame_expect((const uint8_t[]){ 1, 0, 0, 0, 9 }, 5),
	    4);
	assert_int_equal(frame_expect((const uint8_t[]){ 4, 0, 0, 0, 125 }, 5),
	    252);
	assert_int_equal(frame_expect((const uint8_t[]){ 6, 0, 1, 0, 1 }, 5),
	    5);
	assert_int_equal(frame_expect((const uint8_t[]){ 0x2b, 14 }, 2), 0);
	assert_true(frame_answers((const uint8_t[]){ 6, 0, 1, 0, 1 }, 5,
	    (const uint8_t[]){ 6, 0, 1, 0, 1 }, 5));
	assert_false(frame_answers((const uint8_t[]){ 6, 0, 1, 0, 1 }, 5,
	    (const uint8_t[]){ 6, 0, 1, 0, 2 }, 5));
}

/*
 * Ten thousand answers that come too late, of any unit, cut, doubled or torn,
 * in front of the good one or instead of it: what is taken is the good one.
 */
static void
late_and_foreign(void **state)
{
	uint64_t seed = 1;
	uint8_t in[64];
	size_t n, i;
	int64_t t;
	int round;

	(void)state;
	for (round = 0; round < 10000; round++) {
		ask();
		seed =
		    seed * UINT64_C(6364136223846793005) + 1442695040888963407;
		/* another unit, or ours with another question's length */
		good((uint8_t)(seed >> 40 & 7), 99);
		if (answer[0] == 5)
			answer[0] = 6;
		n = 1 + (seed >> 33) % len;
		memcpy(in, answer, n);
		good(5, 7);
		if (seed >> 50 & 1) {
			memcpy(in + n, answer, len);
			n += len;
		}
		for (i = 0, t = 2000; i < n && f.pdu == NULL; i++, t += 573)
			(void)frame_take(&f, in + i, 1, t);
		if (seed >> 50 & 1)
			assert_int_equal(f.pdu[3], 7);
		else
			assert_null(f.pdu);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(byte_by_byte),
		cmocka_unit_test(hole_of_30_ms),
		cmocka_unit_test(first_byte_in_time),
		cmocka_unit_test(unseen),
		cmocka_unit_test(exception),
		cmocka_unit_test(not_for_us),
		cmocka_unit_test(what_came),
		cmocka_unit_test(patience),
		cmocka_unit_test(noise),
		cmocka_unit_test(unknown_function),
		cmocka_unit_test(exception_inside),
		cmocka_unit_test(expected),
		cmocka_unit_test(late_and_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
