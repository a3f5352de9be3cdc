/*
 * mbap.c - the length of the header is the only boundary of a frame.
 *
 * A wrong header cannot be survived: nothing tells where the next one begins.
 * A wrong length of a known function can, and must not reach a serial line,
 * where it would be another request.
 */
#include "mbap.h"

#include <string.h>

#define LEAST 2               /* bytes behind the length: unit, function */
#define MOST  (FRAME_PDU + 1) /* unit and PDU */
#define FIXED 0xff

/*
 * Requests by function: fixed bytes; the byte at `count`, which counts what
 * follows; and the 16 bits at `items` that say how many bits or registers
 * those are.
 */
static const struct shape {
	uint8_t function, fixed, count, items;
	bool bits;
} shapes[] = {
	{ 1, 5, FIXED, 0, false },
	{ 2, 5, FIXED, 0, false },
	{ 3, 5, FIXED, 0, false },
	{ 4, 5, FIXED, 0, false },
	{ 5, 5, FIXED, 0, false },
	{ 6, 5, FIXED, 0, false },
	{ 15, 6, 5, 3, true },
	{ 16, 6, 5, 3, false },
	{ 22, 7, FIXED, 0, false },
	{ 23, 10, 9, 7, false },
};

enum mbap_state
mbap_take(const uint8_t *p, size_t n, struct mbap *out)
{
	size_t len;

	if ((n > 2 && p[2] != 0) || (n > 3 && p[3] != 0) ||
	    (n > 4 && p[4] != 0))
		return MBAP_BAD;
	if (n < 6)
		return MBAP_MORE;
	len = p[5];
	if (len < LEAST || len > MOST)
		return MBAP_BAD;
	if (n < 6 + len)
		return MBAP_MORE;
	out->tid = (uint16_t)(p[0] << 8 | p[1]);
	out->unit = p[6];
	out->pdu = p + MBAP_HEAD;
	out->n = len - 1;
	out->taken = 6 + len;
	return MBAP_FRAME;
}

size_t
mbap_pack(uint8_t *out, uint16_t tid, uint8_t unit, const uint8_t *pdu,
    size_t n)
{
	out[0] = (uint8_t)(tid >> 8);
	out[1] = (uint8_t)tid;
	out[2] = out[3] = out[4] = 0;
	out[5] = (uint8_t)(n + 1);
	out[6] = unit;
	memcpy(out + MBAP_HEAD, pdu, n);
	return n + MBAP_HEAD;
}

bool
mbap_sound(const uint8_t *pdu, size_t n)
{
	const struct shape *s = shapes;
	size_t items;

	while (s < shapes + MEWS_LEN(shapes) && s->function != pdu[0])
		s++;
	if (s == shapes + MEWS_LEN(shapes))
		return true;
	if (s->count == FIXED || n < s->fixed)
		return n == s->fixed;
	items = (size_t)pdu[s->items] << 8 | pdu[s->items + 1];
	return n == s->fixed + (size_t)pdu[s->count] &&
	    pdu[s->count] == (s->bits ? (items + 7) / 8 : 2 * items);
}
