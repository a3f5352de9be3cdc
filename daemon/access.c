/*
 * access.c - reading is a list, everything else is writing.
 */
#include "access.h"

#define DEVICE_ID 0x0e /* MEI type of function 43 that reads */

/*
 * Requests that name registers: where the first address stands, and where the
 * count (0: one register).
 */
static const struct {
	uint8_t function, address, count;
} spans[] = {
	{ 1, 1, 3 },
	{ 2, 1, 3 },
	{ 3, 1, 3 },
	{ 4, 1, 3 },
	{ 5, 1, 0 },
	{ 6, 1, 0 },
	{ 15, 1, 3 },
	{ 16, 1, 3 },
	{ 22, 1, 0 },
	{ 23, 1, 3 },
	{ 23, 5, 7 },
	{ 24, 1, 0 },
};

bool
access_reads(const uint8_t *pdu, size_t n)
{
	static const uint8_t functions[] = { 1, 2, 3, 4, 7, 11, 12, 17, 20,
		24 };
	size_t i;

	for (i = 0; i < MEWS_LEN(functions); i++)
		if (functions[i] == pdu[0])
			return true;
	return pdu[0] == 43 && n > 1 && pdu[1] == DEVICE_ID;
}

static int
word(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

size_t
access_spans(const uint8_t *pdu, size_t n, struct access_span out[2])
{
	size_t i, k = 0;
	int count;

	for (i = 0; i < MEWS_LEN(spans); i++) {
		if (spans[i].function != pdu[0])
			continue;
		if (n < spans[i].address + 2u || n < spans[i].count + 2u)
			return 0;
		count = spans[i].count == 0 ? 1 : word(pdu + spans[i].count);
		out[k].first = word(pdu + spans[i].address);
		out[k].last = out[k].first + (count == 0 ? 1 : count) - 1;
		k++;
	}
	return k;
}

static bool
holds(const struct mews_gateway_rule *r, const uint8_t *address, uint8_t unit,
    const struct access_span *span, size_t nspans)
{
	size_t i;

	if (!mews_network_holds(&r->network, address) || unit < r->unit_first ||
	    unit > r->unit_last)
		return false;
	if (r->register_first == 0 && r->register_last == 65535)
		return true;
	for (i = 0; i < nspans; i++)
		if (span[i].first < r->register_first ||
		    span[i].last > r->register_last)
			return false;
	return nspans > 0;
}

const struct mews_gateway_rule *
access_rule(const struct mews_gateway_rule *r, size_t nrules,
    const uint8_t address[MEWS_ADDRESS], uint8_t unit, const uint8_t *pdu,
    size_t n)
{
	struct access_span span[2];
	size_t nspans = access_spans(pdu, n, span), i = 0;

	while (i < nrules && !holds(&r[i], address, unit, span, nspans))
		i++;
	if (i == nrules || r[i].right == MEWS_RIGHT_NONE ||
	    (r[i].right == MEWS_RIGHT_READ && !access_reads(pdu, n)))
		return NULL;
	return &r[i];
}

bool
access_knows(const struct mews_gateway_rule *r, size_t nrules,
    const uint8_t address[MEWS_ADDRESS])
{
	size_t i;

	for (i = 0; i < nrules; i++)
		if (r[i].right != MEWS_RIGHT_NONE &&
		    mews_network_holds(&r[i].network, address))
			return true;
	return false;
}
