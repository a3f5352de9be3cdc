/*
 * t_poll.c - due times, patience and health on a set clock.
 */
#include "test.h"
#include "poll.h"

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
