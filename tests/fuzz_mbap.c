/*
 * fuzz_mbap.c - any bytes as what a client sends: frames are cut within them,
 * rights are judged, answers fit, and mews itself answers each.
 */
#include "fuzz.h"
#include "access.h"
#include "gateway_self.h"
#include "mbap.h"

#include <stdlib.h>
#include <string.h>

static void
must(bool good)
{
	if (!good)
		abort();
}

/* No slot is there: what a board without devices answers. */
size_t
board_slots(const struct board *b)
{
	(void)b;
	return 0;
}

bool
board_read(struct board *b, int first, int n, int64_t now, uint8_t *out)
{
	(void)b;
	(void)now;
	must(first >= 0 && n > 0 && n <= 125);
	memset(out, 0, 2 * (size_t)n);
	return first >= MEWS_MAP_FIRST;
}

const struct mews_map_state *
mews_map_state(size_t i)
{
	static const struct mews_map_state one = { 0, 2, "u32", "mark", "" };

	return i == 0 ? &one : NULL;
}

static void
judge(const uint8_t *pdu, size_t n, uint8_t unit)
{
	static const uint8_t address[MEWS_ADDRESS] = { [15] = 1 };
	struct mews_gateway_rule rule = { .right = MEWS_RIGHT_READ,
		.unit_first = 3,
		.unit_last = 200,
		.register_last = 65535 };
	const struct mews_gateway_rule *read, *some;
	struct access_span span[2];
	size_t nspans = access_spans(pdu, n, span), i;

	for (i = 0; i < nspans; i++)
		must(span[i].first >= 0 && span[i].first <= span[i].last);
	read = access_rule(&rule, 1, address, unit, pdu, n);
	must(
	    read == NULL || (unit >= 3 && unit <= 200 && access_reads(pdu, n)));
	rule.right = MEWS_RIGHT_WRITE;
	rule.register_first = 10;
	rule.register_last = 19;
	some = access_rule(&rule, 1, address, unit, pdu, n);
	must(some == NULL || nspans > 0);
	for (i = 0; i < nspans && some != NULL; i++)
		must(span[i].first >= 10 && span[i].last <= 19);
}

static void
answer(const uint8_t *pdu, size_t n)
{
	const struct self self = { .version = "1.2", .site = "Test" };
	uint8_t out[MBAP_MOST + FRAME_PDU], frame[MBAP_MOST];
	enum mews_traffic_why why = MEWS_WHY_NO_RULE;
	size_t len;

	memset(out, 0xee, sizeof(out));
	len = self_answer(&self, pdu, n, 0, out, &why);
	must(len >= 2 && len <= FRAME_PDU && out[FRAME_PDU] == 0xee);
	must((out[0] & 0x7f) == (pdu[0] & 0x7f));
	must(pdu[0] >= 0x80 || (out[0] >= 0x80) == (why != MEWS_WHY_NO_RULE));
	must(mbap_pack(frame, 1, 255, out, len) == len + MBAP_HEAD);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mbap m;
	uint8_t *pdu;
	size_t at;

	for (at = 0; mbap_take(data + at, size - at, &m) == MBAP_FRAME;
	     at += m.taken) {
		must(m.n >= 1 && m.n <= FRAME_PDU && m.taken <= size - at);
		/* its end is found by the sanitizer */
		if ((pdu = malloc(m.n)) == NULL)
			abort();
		memcpy(pdu, m.pdu, m.n);
		(void)mbap_sound(pdu, m.n);
		judge(pdu, m.n, m.unit);
		answer(pdu, m.n);
		free(pdu);
	}
	return 0;
}
