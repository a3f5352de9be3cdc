/*
 * simulator_wire.h - the meters of one line, and the time its characters take.
 *
 * Times are those of tick_us().
 */
#ifndef SIMULATOR_WIRE_H
#define SIMULATOR_WIRE_H

#include "simulator_meter.h"

struct wire {
	const struct house *house; /* borrowed */
	struct meter *meter;       /* borrowed; of all lines */
	size_t nmeters;
	unsigned line;
	int64_t shift; /* data time + shift = Unix time, in seconds */
	int baud;      /* 0: no pace */
};

#define WIRE_NEVER INT64_MAX

/*
 * How long n characters of 11 bits take, and the silence in front of a frame.
 */
int64_t wire_time(const struct wire *, size_t n);
int64_t wire_silence(const struct wire *);

/*
 * The answer of whom a frame of n bytes is for, now: its bytes, 0 when nobody
 * answers.  The CRC is looked at here.  *delay_us is the pause between the
 * request's last character and the answer's first.
 */
size_t wire_ask(const struct wire *, const uint8_t *frame, size_t n,
    uint8_t out[METER_FRAME], int64_t *delay_us);

/*
 * True for a frame that ends in its own CRC.
 */
bool wire_sound(const uint8_t *frame, size_t n);

#endif
