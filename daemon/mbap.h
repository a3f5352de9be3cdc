/*
 * mbap.h - Modbus TCP requests out of bytes, and answers into them.
 *
 * Pure.
 */
#ifndef MBAP_H
#define MBAP_H

#include "frame.h"

#define MBAP_HEAD 7 /* transaction, protocol, length, unit */
#define MBAP_MOST (MBAP_HEAD + FRAME_PDU)

struct mbap {
	uint16_t tid;
	uint8_t unit;
	const uint8_t *pdu; /* inside the bytes */
	size_t n;
	size_t taken; /* bytes of the whole frame */
};

enum mbap_state {
	MBAP_MORE,  /* a frame begins, or nothing is there */
	MBAP_FRAME, /* *out is the first one */
	MBAP_BAD    /* this is not Modbus TCP: nothing behind it can be read */
};

/*
 * The first frame of n bytes.
 */
enum mbap_state mbap_take(const uint8_t *, size_t n, struct mbap *out);

/*
 * An answer into MBAP_MOST bytes; returns their number.
 */
size_t mbap_pack(uint8_t *out, uint16_t tid, uint8_t unit, const uint8_t *pdu,
    size_t n);

/*
 * False when the length of a request contradicts its function or its own
 * count.  Functions that the table does not know pass.
 */
bool mbap_sound(const uint8_t *pdu, size_t n);

#endif
