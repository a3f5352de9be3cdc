/*
 * fuzz_frame.c - any bytes, in any pieces and at any time, as an answer on a
 * serial line: what is taken is whole, of the unit asked and to the question.
 *
 * Input: unit, length of the question, the question, then pieces: how many
 * bytes, how many ms later, the bytes.
 */
#include "fuzz.h"
#include "frame.h"

#include <stdlib.h>
#include <string.h>

#define CHARACTER 573    /* us */
#define TIMEOUT   300000 /* us */

static void
must(bool good)
{
	if (!good)
		abort();
}

/* A good answer is inside what came, and a frame packed of it is that. */
static void
look(const struct frame *f)
{
	uint8_t adu[FRAME_RTU];
	size_t n;

	must(f->pdu > f->in && f->npdu >= 1 && f->npdu <= FRAME_PDU);
	must(frame_answers(f->request, f->nrequest, f->pdu, f->npdu));
	n = frame_pack(adu, f->unit, f->pdu, f->npdu);
	must(f->pdu - 1 + n <= f->in + sizeof(f->in));
	must(memcmp(adu, f->pdu - 1, n) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size, *request = data + 2;
	enum frame_state state = FRAME_WAIT;
	int64_t now = 1000000;
	struct frame f;
	size_t n;

	if (size < 3 || data[1] == 0 || data[1] > FRAME_PDU ||
	    size < 2 + (size_t)data[1])
		return 0;
	frame_begin(&f, data[0], request, data[1], now, TIMEOUT, CHARACTER);
	data = request + data[1];
	while (end - data >= 2 && state == FRAME_WAIT) {
		n = data[0] < end - data - 2 ? data[0]
					     : (size_t)(end - data - 2);
		now += data[1] * 1000;
		state = frame_take(&f, data + 2, n, now);
		data += 2 + n;
		must(frame_missing(&f) <= FRAME_RTU);
	}
	for (n = 0; state == FRAME_WAIT; n++) {
		must(n < 10); /* it ends */
		must(frame_deadline(&f) > now);
		now = frame_deadline(&f);
		state = frame_take(&f, NULL, 0, now);
	}
	if (state == FRAME_GOOD)
		look(&f);
	return 0;
}
