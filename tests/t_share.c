/*
 * t_share.c - whose turn it is on a line, on a set clock.
 */
#include "test.h"
#include "share.h"

#define MS    INT64_C(1000)
#define QUIET (300 * MS)

static struct share share;
static int64_t now, when;
static int ended; /* jobs */

static void
done(struct job *j)
{
	ended++;
	free(j);
}

static struct job *
job(uint64_t address, uint64_t connection, uint8_t unit, uint8_t function,
    unsigned start)
{
	struct job *j = mews_alloc(1, sizeof(*j));
	const uint8_t pdu[] = { function, (uint8_t)(start >> 8), (uint8_t)start,
		0, 1 };

	j->address = address;
	j->connection = connection;
	j->unit = unit;
	j->n = sizeof(pdu);
	j->done = done;
	memcpy(j->pdu, pdu, sizeof(pdu));
	return j;
}

static unsigned
start_of(const struct job *j)
{
	return (unsigned)(j->pdu[1] << 8 | j->pdu[2]);
}

/* Puts one in; the exception when it is not taken. */
static uint8_t
put(uint64_t address, uint64_t connection, uint8_t unit, uint8_t function,
    unsigned start)
{
	struct job *j = job(address, connection, unit, function, start), *out;
	uint8_t code = share_put(&share, j, now, &out);

	assert_null(out);
	if (code != 0)
		free(j);
	return code;
}

static size_t
drop(struct job *list)
{
	struct job *next;
	size_t n = 0;

	for (; list != NULL; list = next, n++) {
		next = list->next;
		free(list);
	}
	return n;
}

/* The address of the next one, which is served. */
static uint64_t
serve(bool poll)
{
	struct job *j;
	uint64_t address;

	when = INT64_MAX;
	if ((j = share_next(&share, poll, now, &when)) == NULL)
		return 0;
	address = j->address;
	(void)drop(j);
	return address;
}

static int
begin(void **state)
{
	(void)state;
	now = 1000000;
	ended = 0;
	share_init(&share, SHARE_WAIT, SHARE_PART);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	(void)drop(share_clear(&share, EXCEPTION_NO_PATH));
	return 0;
}

/* One address with many connections has as many turns as one with one. */
static void
round_robin(void **state)
{
	unsigned served[4] = { 0 }, i;
	uint64_t a;

	(void)state;
	for (i = 0; i < 48; i++)
		assert_int_equal(put(1, 10 + i % 8, 1, 3, i), 0);
	for (i = 0; i < 6; i++)
		assert_int_equal(put(2, 20, 1, 3, 100 + i), 0);
	for (i = 0; i < 6; i++)
		assert_int_equal(put(3, 30, 1, 3, 200 + i), 0);
	for (i = 0; i < 18; i++) {
		a = serve(false);
		assert_in_range(a, 1, 3);
		served[a]++;
		assert_true(served[a] <= i / 3 + 1);
	}
	assert_true(served[1] == 6 && served[2] == 6 && served[3] == 6);
}

/* Within an address the connections take turns, within one they are in order. */
static void
order(void **state)
{
	unsigned last[2] = { 0 }, turns[2] = { 0 }, i, c;
	struct job *j;

	(void)state;
	for (i = 1; i <= 6; i++)
		assert_int_equal(put(1, 10, 1, 3, i), 0);
	for (i = 1; i <= 3; i++)
		assert_int_equal(put(1, 11, 1, 3, 100 + i), 0);
	for (i = 0; i < 6; i++) {
		j = share_next(&share, false, now, &when);
		assert_non_null(j);
		assert_null(j->next);
		c = j->connection == 11;
		assert_true(start_of(j) > last[c]);
		last[c] = start_of(j);
		turns[c]++;
		(void)drop(j);
	}
	assert_true(turns[0] == 3 && turns[1] == 3);
}

/* Coming anew all the time gives no more turns. */
static void
newcomer(void **state)
{
	unsigned i, old = 0;

	(void)state;
	for (i = 0; i < 20; i++)
		assert_int_equal(put(1, 10, 1, 3, i), 0);
	for (i = 0; i < 20; i++) {
		assert_int_equal(put(2, 100 + i, 1, 3, 500 + i), 0);
		old += serve(false) == 1;
	}
	assert_in_range(old, 9, 11);
}

/* Both classes wait: each has half of the time, however long its requests. */
static void
airtime(void **state)
{
	int64_t used[2] = { 0 };
	unsigned i;

	(void)state;
	for (i = 0; i < 100; i++)
		assert_int_equal(put(1, 10, 1, 3, i), 0);
	for (i = 0; i < 60; i++) {
		if (serve(true) != 0) {
			share_used(&share, SHARE_CLIENTS, 150 * MS);
			used[1] += 150 * MS;
		} else {
			share_used(&share, SHARE_POLLER, 30 * MS);
			used[0] += 30 * MS;
		}
		assert_in_range(used[1] - used[0] + 150 * MS, 0, 330 * MS);
	}
	/* alone, clients have all of it, and owe nothing afterwards */
	for (i = 0; i < 20; i++) {
		assert_int_equal(serve(false), 1);
		share_used(&share, SHARE_CLIENTS, 150 * MS);
	}
	assert_int_equal(serve(false), 1);
	assert_int_equal(serve(true), 0);
	share_used(&share, SHARE_POLLER, 30 * MS);
	assert_int_equal(serve(true), 1);
}

/* Mews, too, tries a unit that answers nothing valid, whenever it may. */
static void
sick(void **state)
{
	unsigned i, turns = 0;

	(void)state;
	assert_int_equal(put(1, 10, 1, 3, 1), 0);
	for (i = 0; i < 9 && turns == 0; i++) {
		share_note(&share, 1, BUS_DAMAGED, 100 * MS, now);
		assert_int_equal(serve(true), 0);
		now += 100 * MS;
		turns += serve(true) != 0;
	}
	assert_int_equal(turns, 1);
	assert_in_range(i, 4, 6);
}

static void
joins(void **state)
{
	struct job *j;

	(void)state;
	assert_int_equal(put(1, 10, 1, 3, 7), 0);
	assert_int_equal(put(2, 20, 1, 3, 7), 0);
	assert_int_equal(put(3, 30, 2, 3, 7), 0); /* another unit */
	assert_int_equal(put(4, 40, 1, 4, 7), 0); /* another function */
	assert_int_equal(put(5, 50, 1, 6, 7), 0); /* writes first */
	assert_int_equal(put(5, 50, 1, 3, 7), 0);
	assert_int_equal(put(6, 60, 1, 3, 7), 0);
	j = share_next(&share, false, now, &when);
	assert_non_null(j);
	assert_int_equal(j->connection, 10);
	assert_int_equal(j->next->connection, 20);
	assert_int_equal(j->next->next->connection, 60);
	assert_null(j->next->next->next);
	(void)drop(j);
	assert_int_equal(share.n, 4);
}

/* Writes are never one, however alike. */
static void
writes_alone(void **state)
{
	struct job *j;
	unsigned i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(put(i + 1, i + 1, 1, 6, 7), 0);
	for (i = 0; i < 3; i++) {
		j = share_next(&share, false, now, &when);
		assert_non_null(j);
		assert_null(j->next);
		(void)drop(j);
	}
}

static void
waits(void **state)
{
	struct job *j;

	(void)state;
	assert_int_equal(put(1, 10, 1, 3, 1), 0);
	now += 500 * MS;
	assert_int_equal(put(1, 10, 1, 3, 2), 0);
	now += 399 * MS;
	when = INT64_MAX;
	assert_null(share_sort_out(&share, now, &when));
	assert_true(when == now + 1 * MS);
	now += 1 * MS;
	j = share_sort_out(&share, now, &when);
	assert_non_null(j);
	assert_int_equal(j->code, EXCEPTION_BUSY);
	assert_int_equal(start_of(j), 1);
	assert_int_equal(drop(j), 1);
	assert_int_equal(share.n, 1);
}

static void
cancels(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 10; i++)
		assert_int_equal(put(1, 10 + i % 2, 1, 3, i), 0);
	assert_int_equal(drop(share_cancel(&share, 10)), 5);
	assert_int_equal(drop(share_cancel(&share, 10)), 0);
	assert_int_equal(share.n, 5);
}

/* A full queue makes room for who has less in it, and for nobody else. */
static void
full(void **state)
{
	struct job *j, *out;
	unsigned i;

	(void)state;
	for (i = 0; i < SHARE_JOBS; i++)
		assert_int_equal(put(1, 10 + i % 8, 1, 3, i), 0);
	assert_int_equal(put(1, 10, 1, 3, 999), EXCEPTION_BUSY);
	j = job(2, 20, 1, 3, 500);
	assert_int_equal(share_put(&share, j, now, &out), 0);
	assert_non_null(out);
	assert_int_equal(out->address, 1);
	assert_int_equal(out->code, EXCEPTION_BUSY);
	assert_int_equal(start_of(out), SHARE_JOBS - 1);
	assert_int_equal(drop(out), 1);
	assert_int_equal(share.n, SHARE_JOBS);
}

static void
note(uint8_t unit, enum bus_result r)
{
	share_note(&share, unit, r, QUIET, now);
}

/* Silent twice: refused at once, but for one probe after 1, 2, 4 ... 30 s. */
static void
dead_unit(void **state)
{
	static const int64_t pause[] = { 1, 2, 4, 8, 16, 30, 30 };
	struct job *j;
	size_t i;

	(void)state;
	note(1, BUS_SILENT);
	/* once is no proof, but a late answer may come for a while */
	assert_int_equal(put(1, 10, 1, 3, 1), 0);
	assert_int_equal(put(1, 10, 2, 3, 2), 0);
	when = INT64_MAX;
	j = share_next(&share, false, now, &when);
	assert_non_null(j);
	assert_int_equal(j->unit, 2);
	(void)drop(j);
	assert_int_equal(serve(false), 0);
	assert_true(when == now + QUIET);
	now += QUIET;
	assert_int_equal(serve(false), 1);
	for (i = 0; i < MEWS_LEN(pause); i++) {
		assert_int_equal(put(1, 10, 1, 3, 3), 0);
		note(1, BUS_SILENT);
		j = share_sort_out(&share, now, &when);
		assert_non_null(j);
		assert_int_equal(j->code, EXCEPTION_NO_ANSWER);
		assert_int_equal(drop(j), 1);
		now += pause[i] * 1000 * MS - 1;
		assert_int_equal(put(1, 10, 1, 3, 3), EXCEPTION_NO_ANSWER);
		now += 1;
		assert_int_equal(put(1, 10, 1, 3, 4), 0);
		assert_int_equal(serve(false), 1);
	}
	note(1, BUS_EXCEPTION);
	assert_int_equal(put(1, 10, 1, 3, 5), 0);
	assert_int_equal(serve(false), 1);
}

/* Damage is not silence, and broadcasts say nothing about anyone. */
static void
damage(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 5; i++) {
		note(1, BUS_DAMAGED);
		note(0, BUS_SILENT);
		assert_int_equal(put(1, 10, 1, 3, i), 0);
		assert_int_equal(serve(false), 0);
		assert_int_equal(put(2, 20, 0, 6, i), 0);
		assert_int_equal(serve(false), 2);
		now += QUIET;
		assert_int_equal(serve(false), 1);
	}
}

/* A probe goes to a silent unit, but not while a late answer may come. */
static void
probe(void **state)
{
	struct job *j, *out;

	(void)state;
	share_note(&share, 5, BUS_SILENT, QUIET, now);
	share_note(&share, 5, BUS_SILENT, QUIET, now);
	assert_int_equal(put(1, 10, 5, 3, 1), EXCEPTION_NO_ANSWER);
	j = job(1, 10, 5, 3, 2);
	j->probe = true;
	assert_int_equal(share_put(&share, j, now, &out), 0);
	assert_null(share_sort_out(&share, now, &when));
	when = INT64_MAX;
	assert_null(share_next(&share, false, now, &when));
	assert_true(when == now + QUIET);
	now = when;
	assert_ptr_equal(share_next(&share, false, now, &when), j);
	(void)drop(j);
}

/* The same question with other settings of the line is another one. */
static void
settings(void **state)
{
	static const struct mews_line slow = { .baud = 1200 };
	struct job *j, *out;

	(void)state;
	assert_int_equal(put(1, 10, 5, 3, 1), 0);
	assert_int_equal(put(2, 20, 5, 3, 1), 0);
	j = job(3, 30, 5, 3, 1);
	j->as = &slow;
	assert_int_equal(share_put(&share, j, now, &out), 0);
	assert_int_equal(drop(share_next(&share, false, now, &when)), 2);
	assert_ptr_equal(share_next(&share, false, now, &when), j);
	assert_int_equal(drop(j), 1);
}

/* Who comes first does so for half of the clients' time. */
static void
urgent(void **state)
{
	int64_t used[2] = { 0 };
	struct job *j, *out;
	unsigned i;

	(void)state;
	for (i = 0; i < 100; i++) {
		j = job(i % 2 + 1, i % 2 + 10, 1, 3, i);
		j->urgent = i % 2 == 0;
		assert_int_equal(share_put(&share, j, now, &out), 0);
	}
	for (i = 0; i < 60; i++) {
		assert_non_null(j = share_next(&share, false, now, &when));
		assert_true(i > 0 || j->urgent);
		/* theirs are three times as long */
		share_used(&share, j->urgent ? SHARE_URGENT : SHARE_CLIENTS,
		    j->urgent ? 150 * MS : 50 * MS);
		used[j->urgent] += j->urgent ? 150 : 50;
		(void)drop(j);
	}
	assert_in_range(used[1] * 100 / (used[0] + used[1]), 47, 53);
}

/* The part of the clients is a rule. */
static void
part(void **state)
{
	unsigned i, clients = 0;

	(void)state;
	share_init(&share, SHARE_WAIT, 20);
	for (i = 0; i < 100; i++)
		assert_int_equal(put(1, 10, 1, 3, i), 0);
	for (i = 0; i < 100; i++) {
		if (serve(true) != 0) {
			share_used(&share, SHARE_CLIENTS, 50 * MS);
			clients++;
		} else {
			share_used(&share, SHARE_POLLER, 50 * MS);
		}
	}
	assert_in_range(clients, 19, 21);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	static const struct CMUnitTest tests[] = {
		TEST(round_robin),
		TEST(order),
		TEST(newcomer),
		TEST(airtime),
		TEST(sick),
		TEST(joins),
		TEST(writes_alone),
		TEST(waits),
		TEST(cancels),
		TEST(full),
		TEST(dead_unit),
		TEST(damage),
		TEST(probe),
		TEST(settings),
		TEST(urgent),
		TEST(part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
