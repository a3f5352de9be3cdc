/*
 * t_mbap.c - every header, every length, every function: what is a request,
 * and who may send it.
 */
#include "test.h"
#include "access.h"
#include "mbap.h"

static const uint8_t request[] = { 0x12, 0x34, 0, 0, 0, 6, 7, 3, 0, 10, 0, 2 };

/* Bytes right behind which nothing may be read: found by the sanitizer. */
static enum mbap_state
take(const uint8_t *p, size_t n, struct mbap *m)
{
	uint8_t *copy = malloc(n + (n == 0));
	enum mbap_state state;

	assert_non_null(copy);
	memcpy(copy, p, n);
	state = mbap_take(copy, n, m);
	if (state == MBAP_FRAME) {
		assert_true(m->taken <= n && m->n >= 1 && m->n <= FRAME_PDU);
		assert_true(m->pdu == copy + MBAP_HEAD);
		assert_true(m->taken == m->n + MBAP_HEAD);
	}
	free(copy);
	return state;
}

static void
whole(void **state)
{
	uint8_t two[2 * sizeof(request)], out[MBAP_MOST];
	struct mbap m;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(request); n++)
		assert_int_equal(take(request, n, &m), MBAP_MORE);
	assert_int_equal(take(request, n, &m), MBAP_FRAME);
	assert_true(m.tid == 0x1234 && m.unit == 7 && m.n == 5);
	memcpy(two, request, n);
	memcpy(two + n, request, n);
	for (; n <= sizeof(two); n++) {
		assert_int_equal(take(two, n, &m), MBAP_FRAME);
		assert_int_equal(m.taken, sizeof(request));
	}
	n = mbap_pack(out, 0x1234, 7, request + MBAP_HEAD, 5);
	assert_int_equal(n, sizeof(request));
	assert_memory_equal(out, request, n);
}

static void
headers(void **state)
{
	uint8_t in[6 + 65535] = { 0 };
	unsigned length, protocol;
	struct mbap m;

	(void)state;
	for (length = 0; length <= 65535; length++) {
		in[4] = (uint8_t)(length >> 8);
		in[5] = (uint8_t)length;
		assert_int_equal(take(in, 6 + 254, &m),
		    length >= 2 && length <= 254 ? MBAP_FRAME : MBAP_BAD);
		assert_int_equal(take(in, 6, &m),
		    length >= 2 && length <= 254 ? MBAP_MORE : MBAP_BAD);
	}
	in[4] = 0;
	in[5] = 6;
	for (protocol = 1; protocol <= 65535; protocol++) {
		in[2] = (uint8_t)(protocol >> 8);
		in[3] = (uint8_t)protocol;
		assert_int_equal(take(in, 12, &m), MBAP_BAD);
		assert_int_equal(take(in, 4, &m), MBAP_BAD);
	}
	assert_int_equal(take((const uint8_t *)"GET / HTTP/1.1\r\n", 16, &m),
	    MBAP_BAD);
	assert_int_equal(take((const uint8_t *)"\x16\x03\x01\x02\x00\x01", 6,
			     &m),
	    MBAP_BAD);
}

/* Random bytes, cut anywhere: it ends, and never reads beyond. */
static void
noise(void **state)
{
	uint32_t seed = 12345;
	uint8_t in[600];
	struct mbap m;
	size_t i, n, at;
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < sizeof(in); i++) {
			seed = seed * 1664525 + 1013904223;
			in[i] = (uint8_t)(seed >> 24);
			if (i % 40 >= 2 && i % 40 <= 4)
				in[i] = 0;
		}
		n = seed % sizeof(in);
		for (at = 0; take(in + at, n - at, &m) == MBAP_FRAME;
		     at += m.taken) {
			struct access_span span[2];
			uint8_t *pdu = malloc(m.n);

			assert_non_null(pdu);
			memcpy(pdu, in + at + MBAP_HEAD, m.n);
			(void)mbap_sound(pdu, m.n);
			(void)access_reads(pdu, m.n);
			assert_in_range(access_spans(pdu, m.n, span), 0, 2);
			free(pdu);
		}
	}
}

/* The one length that a request has; each other contradicts it. */
static void
lengths(void **state)
{
	static const struct {
		uint8_t pdu[16];
		size_t n;
	} rows[] = {
		{ { 1, 0, 0, 0, 8 }, 5 },
		{ { 2, 0, 0, 0, 8 }, 5 },
		{ { 3, 0, 0, 0, 1 }, 5 },
		{ { 4, 0, 0, 0, 1 }, 5 },
		{ { 5, 0, 0, 0xff, 0 }, 5 },
		{ { 6, 0, 0, 0, 1 }, 5 },
		{ { 15, 0, 0, 0, 9, 2, 1, 1 }, 8 },
		{ { 16, 0, 0, 0, 2, 4, 1, 2, 3, 4 }, 10 },
		{ { 22, 0, 0, 0, 1, 0, 2 }, 7 },
		{ { 23, 0, 0, 0, 1, 0, 0, 0, 1, 2, 9, 9 }, 12 },
	};
	uint8_t pdu[FRAME_PDU];
	size_t i, n;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++)
		for (n = 1; n <= FRAME_PDU; n++) {
			memset(pdu, 0, sizeof(pdu));
			memcpy(pdu, rows[i].pdu, sizeof(rows[i].pdu));
			assert_int_equal(mbap_sound(pdu, n), n == rows[i].n);
		}
	/* the count of bytes and that of items disagree */
	memcpy(pdu, rows[7].pdu, 16);
	pdu[4] = 3;
	assert_false(mbap_sound(pdu, 10));
	memcpy(pdu, rows[6].pdu, 16);
	pdu[4] = 17;
	assert_false(mbap_sound(pdu, 8));
	/* what nobody knows passes in any length */
	for (n = 1; n <= FRAME_PDU; n++) {
		pdu[0] = 100;
		assert_true(mbap_sound(pdu, n));
	}
}

static uint8_t home[MEWS_ADDRESS] = { [10] = 0xff, 0xff, 10, 0, 0, 5 };

static struct mews_gateway_rule
rule(const char *network, enum mews_right right)
{
	struct mews_gateway_rule r = { .right = right,
		.unit_last = 255,
		.register_last = 65535 };

	assert_true(mews_network_read(network, &r.network));
	return r;
}

static bool
allows(const struct mews_gateway_rule *r, size_t n,
    const uint8_t address[MEWS_ADDRESS], uint8_t unit, const uint8_t *pdu,
    size_t npdu)
{
	return access_rule(r, n, address, unit, pdu, npdu) != NULL;
}

/* 256 units times 256 functions: nothing that is not listed passes. */
static void
matrix(void **state)
{
	struct mews_gateway_rule r[2];
	uint8_t pdu[12] = { 0, 0, 5, 0, 1, 0, 5, 0, 1, 2, 0, 0 };
	int unit, f;
	bool reads;

	(void)state;
	r[0] = rule("10.0.0.0/8", MEWS_RIGHT_READ);
	r[0].unit_first = 3;
	r[0].unit_last = 200;
	r[1] = rule("11.0.0.0/8", MEWS_RIGHT_WRITE);
	for (unit = 0; unit < 256; unit++)
		for (f = 0; f < 256; f++) {
			pdu[0] = (uint8_t)f;
			reads = (f >= 1 && f <= 4) || f == 7 || f == 11 ||
			    f == 12 || f == 17 || f == 20 || f == 24;
			assert_int_equal(allows(r, 2, home, (uint8_t)unit, pdu,
					     sizeof(pdu)),
			    reads && unit >= 3 && unit <= 200);
		}
	pdu[0] = 43;
	pdu[1] = 14;
	assert_true(allows(r, 2, home, 3, pdu, 4));
	assert_false(allows(r, 2, home, 3, pdu, 1));
	pdu[1] = 13;
	assert_false(allows(r, 2, home, 3, pdu, 4));
	home[12] = 11;
	for (f = 0; f < 256; f++) {
		pdu[0] = (uint8_t)f;
		assert_true(allows(r, 2, home, 0, pdu, 12));
	}
	home[12] = 12;
	pdu[0] = 3;
	assert_false(allows(r, 2, home, 3, pdu, 5));
	assert_false(access_knows(r, 2, home));
	home[12] = 10;
	assert_true(access_knows(r, 2, home));
}

/* Registers 10 to 19 only, and those to the last. */
static void
registers(void **state)
{
	static const struct {
		uint8_t pdu[10];
		size_t n;
		bool passes;
	} rows[] = {
		{ { 3, 0, 10, 0, 10 }, 5, true },
		{ { 3, 0, 9, 0, 2 }, 5, false },
		{ { 3, 0, 19, 0, 2 }, 5, false },
		{ { 3, 0xff, 0xff, 0xff, 0xff }, 5, false },
		{ { 3, 0, 10 }, 3, false },
		{ { 6, 0, 19, 0, 1 }, 5, true },
		{ { 6, 0, 20, 0, 1 }, 5, false },
		{ { 16, 0, 10, 0, 11, 22 }, 6, false },
		{ { 22, 0, 15, 0, 0, 0, 0 }, 7, true },
		{ { 23, 0, 10, 0, 1, 0, 19, 0, 1, 2 }, 10, true },
		{ { 23, 0, 10, 0, 1, 0, 20, 0, 1, 2 }, 10, false },
		{ { 23, 0, 9, 0, 1, 0, 19, 0, 1, 2 }, 10, false },
		{ { 24, 0, 12 }, 3, true },
		{ { 17 }, 1, false },
		{ { 100, 0, 10, 0, 1 }, 5, false },
	};
	struct mews_gateway_rule r = rule("::/0", MEWS_RIGHT_WRITE);
	size_t i;

	(void)state;
	r.register_first = 10;
	r.register_last = 19;
	for (i = 0; i < MEWS_LEN(rows); i++)
		if (allows(&r, 1, home, 1, rows[i].pdu, rows[i].n) !=
		    rows[i].passes)
			fail_msg("row %zu", i);
}

/* The first rule that holds decides. */
static void
first_decides(void **state)
{
	const uint8_t read[] = { 3, 0, 0, 0, 1 }, write[] = { 6, 0, 0, 0, 1 };
	struct mews_gateway_rule r[3];

	(void)state;
	r[0] = rule("10.0.0.5", MEWS_RIGHT_NONE);
	r[0].unit_first = r[0].unit_last = 9;
	r[1] = rule("10.0.0.5", MEWS_RIGHT_READ);
	r[2] = rule("10.0.0.0/8", MEWS_RIGHT_WRITE);
	assert_false(allows(r, 3, home, 9, read, 5));
	assert_true(allows(r, 3, home, 8, read, 5));
	assert_false(allows(r, 3, home, 8, write, 5));
	home[15] = 6;
	assert_true(allows(r, 3, home, 9, write, 5));
	home[15] = 5;
	assert_false(access_knows(r, 1, home));
	assert_false(allows(r, 0, home, 8, read, 5));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(headers),
		cmocka_unit_test(noise),
		cmocka_unit_test(lengths),
		cmocka_unit_test(matrix),
		cmocka_unit_test(registers),
		cmocka_unit_test(first_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
