/*
 * simulator_wire.c - who answers, and when a character is over.
 */
#include "simulator_wire.h"
#include "tick.h"

#define BITS 11 /* start, eight, parity or second stop, stop */

int64_t
wire_time(const struct wire *w, size_t n)
{
	return w->baud == 0 ? 0 : (int64_t)n * BITS * 1000000 / w->baud;
}

/* Modbus over serial line 1.02, 2.5.1.1: fixed above 19200 baud. */
int64_t
wire_silence(const struct wire *w)
{
	return w->baud == 0   ? 0
	    : w->baud > 19200 ? 1750
			      : (int64_t)35 * BITS * 100000 / w->baud;
}

bool
wire_sound(const uint8_t *frame, size_t n)
{
	return n >= 4 &&
	    meter_crc(frame, n - 2) ==
	    (frame[n - 2] | (unsigned)frame[n - 1] << 8);
}

size_t
wire_ask(const struct wire *w, const uint8_t *frame, size_t n,
    uint8_t out[METER_FRAME], int64_t *delay_us)
{
	struct meter *m;
	int64_t ms = tick_wall() - w->shift * 1000;
	size_t i;

	*delay_us = wire_silence(w);
	if (!wire_sound(frame, n))
		return 0;
	for (i = 0; i < w->nmeters; i++) {
		m = &w->meter[i];
		if (m->line == w->line && m->unit == frame[0])
			return meter_answer(m, w->house, ms, frame, n, out,
			    delay_us);
	}
	return 0;
}
