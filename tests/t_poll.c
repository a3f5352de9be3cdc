/*
 * t_poll.c - due times, patience and health on a set clock.
 */
#include "test.h"
#include "poll.h"

#include <string.h>

#define QUIET 300000 /* us */

static struct mews_device device[4];
static struct mews_profile profile;
static struct mews_profile_read reads[4];
static const struct mews_line line = { .baud = 19200,
	.parity = 'E',
	.stop = 1,
	.timeout_ms = QUIET / 1000 };
static struct poll poll;
static int64_t lost;                                /* us waited for nothing */
static int64_t now, wall0 = INT64_C(1795000000000); /* a whole second */

static int64_t
wall(void)
{
	return wall0 + now / 1000;
}

/* n devices with a normal block of two values and a slow one. */
static void
begin(size_t n, int every)
{
	static const char *const names[] = { "voltage_l1", "voltage_l2",
		"voltage_l3", "active_energy_import" };
	struct poll_unit *unit = mews_alloc(n, sizeof(*unit));
	size_t i;

	for (i = 0; i < 4; i++)
		reads[i] = (struct mews_profile_read){ .function = 3,
			.quantity = mews_quantity_find(names[i]),
			.address = (uint16_t)(i < 2 ? i : 100 * i),
			.type = mews_register_find("u16"),
			.mantissa = 1,
			.class = i < 3 ? MEWS_NORMAL : MEWS_SLOW };
	profile =
	    (struct mews_profile){ .block = 125, .read = reads, .nreads = 4 };
	for (i = 0; i < n; i++) {
		device[i] = (struct mews_device){ .id = (int64_t)i + 1,
			.every_s = every };
		unit[i] = (struct poll_unit){ .device = &device[i] };
		assert_int_equal(mews_plan_make(&unit[i].plan, &device[i],
				     &profile, NULL),
		    MEWS_OK);
	}
	now = 0;
	lost = 0;
	poll_init(&poll, &line, unit, n, now);
}

/* Asks what is due next, as a bus does; NULL when `until` comes first. */
static struct poll_item *
next(int64_t until)
{
	struct poll_item *it;
	int64_t when;

	while ((it = poll_next(&poll, now, &when)) == NULL) {
		assert_true(when > now);
		if (when >= until) {
			now = until;
			return NULL;
		}
		now = when;
	}
	return it;
}

static enum poll_news
done(struct poll_item *it, enum bus_result r, uint8_t code)
{
	struct poll_end end = { r, code, poll_patience(it->unit), 50000,
		40000 };

	now += r == BUS_SILENT ? end.quiet : end.took;
	lost += r == BUS_SILENT ? end.quiet : 0;
	return poll_done(&poll, it, &end, now, wall());
}

static void
spread(void **state)
{
	int asked[4] = { 0 }, slow[4] = { 0 };
	int64_t last = 0, period, late = 0;
	struct poll_item *it;

	(void)state;
	begin(4, 5);
	while ((it = next(610 * INT64_C(1000000))) != NULL) {
		if (now > 10000000 && now - it->due > late)
			late = now - it->due;
		period = it->period;
		if (period == 60000) {
			slow[it->unit - poll.unit]++;
			last = wall() % 60000;
			assert_true(
			    now < 1000000 || (last >= 49500 && last <= 59000));
		} else {
			assert_int_equal(period, 5000);
			asked[it->unit - poll.unit]++;
		}
		(void)done(it, BUS_GOOD, 0);
	}
	/* two normal blocks every 5 s, one slow a minute, and all at start */
	assert_in_range(asked[0], 242, 246);
	assert_in_range(asked[3], 242, 246);
	assert_in_range(slow[0], 10, 12);
	/* spread out, nobody waits for more than the others of its unit */
	assert_true(late <= 160000);
	poll_clear(&poll);
}

static void
health(void **state)
{
	struct poll_item *it;
	int64_t gap, was = 0;
	int probes = 0;

	(void)state;
	begin(2, 5);
	/* unit 0 says nothing from the start, unit 1 goes on */
	while ((it = next(120 * INT64_C(1000000))) != NULL) {
		if (it->unit == &poll.unit[1]) {
			(void)done(it, BUS_GOOD, 0);
			continue;
		}
		gap = now - was;
		was = now;
		assert_true(probes == 0 || gap >= 1000000);
		probes++;
		assert_int_equal(done(it, BUS_SILENT, 0),
		    probes == 3 ? POLL_STATE : POLL_NOTHING);
	}
	/* 0, 5, +1, +2, +4, +8, +16, +30, +30 s ...: at most 2 % of the time */
	assert_in_range(probes, 6, 10);
	assert_int_equal(poll.unit[0].live.answer, MEWS_SILENT);
	assert_int_equal(poll.unit[0].live.timeouts, probes);
	assert_int_equal(poll.unit[1].live.answer, MEWS_ANSWERS);
	assert_true(poll.unit[1].live.answered > 48);
	/* it is found again within a minute, at the first answer */
	was = now;
	do
		assert_non_null(it = next(now + 60000000));
	while (
	    it->unit != &poll.unit[0] && done(it, BUS_GOOD, 0) == POLL_NOTHING);
	assert_true(now - was <= 31000000);
	assert_int_equal(done(it, BUS_GOOD, 0), POLL_STATE);
	assert_int_equal(poll.unit[0].live.answer, MEWS_ANSWERS);
	assert_int_equal(poll.unit[0].live.since, wall() / 1000);
	poll_clear(&poll);
}

/* A silence ends the cycle of its unit. */
static void
one_silence(void **state)
{
	struct poll_item *it;

	(void)state;
	begin(2, 5);
	it = next(now + 1000000);
	assert_ptr_equal(it->unit, &poll.unit[0]);
	(void)done(it, BUS_SILENT, 0);
	while ((it = next(1000000)) != NULL) {
		assert_ptr_equal(it->unit, &poll.unit[1]);
		(void)done(it, BUS_GOOD, 0);
	}
	poll_clear(&poll);
}

/* After damage a unit is left alone, then asked once more. */
static void
damage(void **state)
{
	struct poll_item *it, *again;
	int64_t was;

	(void)state;
	begin(1, 5);
	it = next(now + 1000000);
	(void)done(it, BUS_DAMAGED, 0);
	was = now;
	again = next(now + 1000000);
	assert_true(now >= was + QUIET);
	while (again != it) {
		(void)done(again, BUS_GOOD, 0);
		assert_non_null(again = next(now + 1000000));
	}
	(void)done(again, BUS_DAMAGED, 0);
	assert_int_equal(it->unit->failed, 1);
	assert_int_equal(it->unit->silent, 0);
	assert_true(it->due - was > 2000000);
	assert_int_equal(it->unit->live.damaged, 2);
	poll_clear(&poll);
}

static void
exceptions(void **state)
{
	struct poll_item *it;
	size_t n, i;
	int busy = 0, refused = 0;

	(void)state;
	begin(1, 60);
	it = next(1000000);
	/* busy: asked again after 100 ms, three times at most */
	while (it != NULL) {
		if (it == &poll.item[0]) {
			(void)done(it, BUS_EXCEPTION, 6);
			busy++;
		} else {
			(void)done(it, BUS_GOOD, 0);
		}
		it = next(5000000);
	}
	assert_int_equal(busy, 3);
	assert_int_equal(poll.unit[0].live.answer, MEWS_ANSWERS);
	poll_clear(&poll);
	/* a register that does not exist: found, and left for a day */
	begin(1, 60);
	n = poll.nitems;
	while ((it = next(3600 * INT64_C(1000000))) != NULL) {
		i = it->unit->plan.block[it->block].address;
		if (i == 0) {
			(void)done(it, BUS_EXCEPTION, 2);
			refused++;
		} else {
			(void)done(it, BUS_GOOD, 0);
		}
	}
	assert_int_equal(refused, 2); /* the pair, and the one alone */
	assert_int_equal(poll.nitems, n + 1);
	assert_true(poll.unit[0].live.answered > 150);
	poll_clear(&poll);
}

static void
line_gone(void **state)
{
	struct poll_item *it;

	(void)state;
	begin(2, 5);
	poll_line(&poll, false, now, wall());
	assert_int_equal(poll.unit[1].live.answer, MEWS_NO_LINE);
	poll_line(&poll, true, now, wall());
	assert_int_equal(poll.unit[1].live.answer, MEWS_UNASKED);
	it = next(now);
	assert_true(it == NULL || it->due <= now);
	poll_clear(&poll);
}

/* Somebody else finds a unit silent, on and on: ours goes on.  Who answers
 * anyone is asked again. */
static void
others(void **state)
{
	struct poll_item *it;
	unsigned answered = 0, i;
	int64_t until;

	(void)state;
	begin(1, 5);
	device[0].unit = 7;
	while ((it = next(600 * INT64_C(1000000))) != NULL) {
		(void)done(it, BUS_GOOD, 0);
		answered++;
		poll_note(&poll, 7, BUS_SILENT, QUIET, now);
		assert_true(poll.unit[0].not_before == now + QUIET);
		poll_note(&poll, 6, BUS_DAMAGED, 2 * QUIET, now);
		assert_true(poll.unit[0].not_before == now + QUIET);
	}
	assert_in_range(answered, 130, 260);
	assert_int_equal(poll.unit[0].live.answer, MEWS_ANSWERS);
	now += 10000000;
	for (i = 0; i < 5; i++)
		if ((it = next(now + 60000000)) != NULL)
			(void)done(it, BUS_SILENT, 0);
	until = poll.unit[0].not_before;
	assert_true(until > now);
	poll_note(&poll, 7, BUS_EXCEPTION, QUIET, now);
	assert_true(poll.unit[0].not_before == 0 && poll.unit[0].silent == 0);
	poll_clear(&poll);
}

/* n devices, of which some are dead, for a day: what of it is waited in vain,
 * in the hours that are not the first, in per mille. */
static int64_t
wasted(size_t n, size_t dead)
{
	struct poll_item *it;
	bool settled = false;

	begin(n, 10);
	while ((it = next(86400 * INT64_C(1000000))) != NULL) {
		if (!settled && now > 3600 * INT64_C(1000000)) {
			settled = true;
			lost = 0;
		}
		(void)done(it,
		    (size_t)(it->unit - poll.unit) < dead ? BUS_SILENT
							  : BUS_GOOD,
		    0);
	}
	poll_clear(&poll);
	return lost / (82800 * INT64_C(1000));
}

static void
the_dead_cost_little(void **state)
{
	(void)state;
	assert_in_range(wasted(4, 1), 10, 20);
	assert_in_range(wasted(4, 4), 40, 60);
}

/* Answers that come near make the timeout longer, up to a bound; a probe now
 * and then finds a device that is slower than that. */
static void
learning(void **state)
{
	struct poll_end end = { BUS_GOOD, 0, QUIET, 50000, 150000 };
	struct poll_item *it;
	struct poll_unit *u;
	int i, probes = 0;

	(void)state;
	begin(1, 5);
	u = &poll.unit[0];
	it = next(now + 1000000);
	assert_int_equal(poll_patience(u), QUIET);
	(void)poll_done(&poll, it, &end, now, wall());
	assert_int_equal(poll_patience(u), QUIET);
	assert_false(u->live.marks & MEWS_LIVE_NEAR);
	end.first = 280000;
	(void)poll_done(&poll, it, &end, now, wall());
	assert_int_equal(poll_patience(u), 420000);
	assert_true(u->live.marks & MEWS_LIVE_NEAR);
	assert_int_equal(u->live.slowest_us, 280000);
	assert_in_range(u->live.p50_us, 140000, 160000);
	assert_in_range(u->live.p99_us, 262000, 297000);
	end.first = 5000000;
	(void)poll_done(&poll, it, &end, now, wall());
	assert_int_equal(poll_patience(u), HEALTH_GROWTH * QUIET);
	poll_clear(&poll);

	begin(1, 5);
	u = &poll.unit[0];
	for (i = 0; i < 12; i++) {
		assert_non_null(it = next(now + 60000000));
		probes += poll_patience(u) == 2 * QUIET;
		(void)done(it, BUS_SILENT, 0);
	}
	assert_int_equal(probes, 3); /* of ten */
	poll_clear(&poll);

	profile.answer_ms = 700;
	begin(1, 5);
	assert_int_equal(poll_patience(&poll.unit[0]), QUIET);
	poll_clear(&poll);
}

/* A silent unit is asked for as little as it can be asked for. */
static void
short_probes(void **state)
{
	struct poll_item *it;
	unsigned words, i, shortest = 0;

	(void)state;
	begin(1, 5);
	for (i = 0; i < 40; i++) {
		assert_non_null(it = next(now + 60000000));
		words = it->unit->plan.block[it->block].words;
		if (it->unit->silent >= 2)
			shortest += words == 1;
		(void)done(it, BUS_SILENT, 0);
	}
	assert_in_range(shortest, 28, 38);
	/* it is well again: all of it is asked for at once */
	it = next(now + 60000000);
	(void)done(it, BUS_GOOD, 0);
	for (i = 0; i + 1 < poll.nitems; i++) {
		assert_non_null(it = next(now + 1000000));
		(void)done(it, BUS_GOOD, 0);
	}
	poll_clear(&poll);
}

static void
codes(void **state)
{
	struct poll_item *it;
	const int64_t *code;

	(void)state;
	begin(1, 5);
	it = next(now + 1000000);
	(void)done(it, BUS_EXCEPTION, 4);
	(void)done(it, BUS_EXCEPTION, 4);
	(void)done(it, BUS_EXCEPTION, 99);
	(void)done(it, BUS_SILENT, 11);
	code = poll.unit[0].live.code;
	assert_int_equal(code[4], 2);
	assert_int_equal(code[0], 1);
	assert_int_equal(code[11], 1);
	assert_int_equal(poll.unit[0].live.last_code, 11);
	assert_int_equal(poll.unit[0].live.exceptions, 4);
	assert_int_equal(poll.unit[0].live.timeouts, 1);
	poll_clear(&poll);
}

/* Indexes that go back and forth are of two devices; a glitch, a reset, and one
 * unit back are not. */
static void
two_devices(void **state)
{
	static const struct {
		int64_t index[8];
		size_t n;
		bool two;
	} all[] = {
		{ { 5000, 9000, 5001, 9001, 5002, 9002 }, 6, true },
		{ { 5000, 5001, 0, 5002, 0, 5003, 0, 5003 }, 8, false },
		{ { 5000, 5001, 5000, 5001, 5000, 5002, 5001 }, 7, false },
		{ { 5000, 5001, 3, 4, 5, 6 }, 6, false },
		{ { 5000, 5001, 5002, 5010, 5500 }, 5, false },
	};
	struct mews_live_device d;
	struct health h;
	size_t i, k;
	int told;

	(void)state;
	for (i = 0; i < MEWS_LEN(all); i++) {
		d = (struct mews_live_device){ .device = 1 };
		health_init(&h, &d, &line, 0);
		told = 0;
		for (k = 0; k < all[i].n; k++)
			told += health_index(&h, &d, all[i].index[k],
			    (int64_t)k * 30000000);
		assert_int_equal(told, all[i].two);
		assert_int_equal(d.marks & MEWS_LIVE_TWO,
		    all[i].two ? MEWS_LIVE_TWO : 0);
	}
}

/* Much damage to one device alone, two minutes long, is the sign of two; the
 * mark goes when nothing more is seen. */
static void
damage_of_two(void **state)
{
	struct mews_live_device d = { .device = 9 };
	struct mews_live_minute m;
	struct health h;
	int i;

	(void)state;
	health_init(&h, &d, &line, 0);
	for (i = 0; i < 3; i++) {
		d.asked += 10;
		d.answered += 6;
		d.damaged += 4;
		health_answer(&h, &d, 20000);
		assert_int_equal(health_minute(&h, &d, 60 * i, true, &m),
		    i == 1);
		assert_int_equal(m.t, 60 * i);
		assert_int_equal(m.id, 9);
		assert_int_equal(m.asked, 10);
		assert_int_equal(m.damaged, 4);
		assert_in_range(m.p50_us, 18750, 21250);
	}
	assert_true(d.marks & MEWS_LIVE_TWO);
	for (i = 0; i < 5; i++) {
		d.asked += 10;
		d.answered += 10;
		assert_false(health_minute(&h, &d, 600, true, &m));
	}
	assert_false(d.marks & MEWS_LIVE_TWO);
	/* when the others suffer too, the line is bad */
	for (i = 0; i < 3; i++) {
		d.asked += 10;
		d.damaged += 10;
		assert_false(health_minute(&h, &d, 900, false, &m));
	}
}

/* Answers on their way to the line of four devices. */
static struct flight {
	int64_t at;
	uint8_t adu[FRAME_RTU];
	size_t n;
} flights[16];

static uint64_t
chance(uint64_t below)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x % below;
}

/* Sends the answer: each register says of which question it is. */
static void
send_answer(const struct poll_unit *u, const struct mews_plan_block *b,
    unsigned number, int64_t at)
{
	uint8_t pdu[FRAME_PDU] = { b->function, (uint8_t)(2 * b->words) };
	struct flight *f = flights;
	unsigned i;

	while (f->n != 0 && f->at > now)
		assert_true(++f < flights + MEWS_LEN(flights));
	for (i = 0; i < b->words; i++) {
		pdu[2 + 2 * i] = (uint8_t)(number >> 8);
		pdu[3 + 2 * i] = (uint8_t)number;
	}
	f->at = at;
	f->n =
	    frame_pack(f->adu, (uint8_t)u->device->unit, pdu, 2 + 2 * b->words);
}

/* Waits as a line does, while answers to whomever come in. */
static enum frame_state
listen(struct frame *f)
{
	enum frame_state state = FRAME_WAIT;
	struct flight *first, *a;

	while (state == FRAME_WAIT) {
		first = NULL;
		for (a = flights; a < flights + MEWS_LEN(flights); a++)
			if (a->n != 0 && a->at > now &&
			    (first == NULL || a->at < first->at))
				first = a;
		if (first != NULL && first->at < frame_deadline(f)) {
			now = first->at;
			state = frame_take(f, first->adu, first->n, now);
			first->n = 0;
		} else {
			now = frame_deadline(f);
			state = frame_take(f, NULL, 0, now);
		}
	}
	return state;
}

/* Ten thousand answers come after their time, within as long again: none is
 * taken for the answer to another question. */
static void
ten_thousand_late(void **state)
{
	static const enum bus_result as[] = { [FRAME_GOOD] = BUS_GOOD,
		[FRAME_SILENT] = BUS_SILENT,
		[FRAME_DAMAGED] = BUS_DAMAGED };
	const struct mews_plan_block *b;
	unsigned number = 0, late = 0, good = 0;
	struct poll_item *it;
	struct poll_end end;
	struct frame f;
	uint8_t pdu[5];
	size_t i;

	(void)state;
	begin(4, 1);
	memset(flights, 0, sizeof(flights));
	for (i = 0; i < 4; i++)
		device[i].unit = (int)i + 1;
	while (late < 10000) {
		assert_non_null(it = next(now + 120000000));
		b = &it->unit->plan.block[it->block];
		end = (struct poll_end){ .quiet = poll_patience(it->unit) };
		end.first = (int64_t)chance((uint64_t)end.quiet - 1000);
		if (chance(3) != 0) {
			end.first += end.quiet + 1;
			late++;
		}
		end.took = end.first;
		send_answer(it->unit, b, ++number & 0xffff,
		    now + end.first + 1);
		mews_plan_request(b, pdu);
		frame_begin(&f, (uint8_t)it->unit->device->unit, pdu,
		    sizeof(pdu), now, end.quiet, 573);
		end.result = as[listen(&f)];
		if (end.result == BUS_GOOD) {
			assert_int_equal(f.pdu[2] << 8 | f.pdu[3],
			    number & 0xffff);
			good++;
		}
		(void)poll_done(&poll, it, &end, now, wall());
	}
	assert_true(good > 1000);
	poll_clear(&poll);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spread),
		cmocka_unit_test(health),
		cmocka_unit_test(one_silence),
		cmocka_unit_test(damage),
		cmocka_unit_test(exceptions),
		cmocka_unit_test(line_gone),
		cmocka_unit_test(others),
		cmocka_unit_test(the_dead_cost_little),
		cmocka_unit_test(learning),
		cmocka_unit_test(short_probes),
		cmocka_unit_test(codes),
		cmocka_unit_test(two_devices),
		cmocka_unit_test(damage_of_two),
		cmocka_unit_test(ten_thousand_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
