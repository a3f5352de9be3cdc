/*
 * frame.h - what a Modbus answer must look like, and RTU frames out of bytes.
 *
 * Pure: bytes and the time come from the caller, in microseconds of any clock
 * that never jumps.  A PDU begins with its function and has at most FRAME_PDU
 * bytes.
 */
#ifndef FRAME_H
#define FRAME_H

#include "mews.h"

#define FRAME_PDU 253
#define FRAME_RTU 256 /* unit, PDU, CRC */
#define FRAME_CRC 2

/*
 * Length of the answer to a request, 0 where the function does not tell.
 */
size_t frame_expect(const uint8_t *request, size_t n);

/*
 * True when the answer belongs to the request: same function or its
 * exception, and length, byte count and echoed fields agree.
 */
bool frame_answers(const uint8_t *request, size_t n, const uint8_t *answer,
    size_t len);

/*
 * Unit, PDU and CRC into out of FRAME_RTU bytes; returns their number.
 */
size_t frame_pack(uint8_t *out, uint8_t unit, const uint8_t *pdu, size_t n);

enum frame_state {
	FRAME_WAIT,
	FRAME_GOOD,
	FRAME_SILENT, /* nothing of the unit came in time */
	FRAME_DAMAGED /* something came, and no good answer was in it */
};

/*
 * One answer that is awaited.
 */
struct frame {
	const uint8_t *request; /* borrowed PDU */
	size_t nrequest;
	size_t want; /* bytes of the whole answer; 0: not known */
	uint8_t unit;
	int64_t limit; /* the first byte must have come */
	int64_t most;  /* longest time from the first byte to the end */
	int64_t first,
	    last; /* times of bytes since a pause; first is 0 while there is none */
	bool spoilt;
	bool foreign; /* a whole frame came that answers another question, or
		       * is another unit's */
	uint8_t heard[FRAME_RTU]; /* that frame, else the first bytes of all
				   * that came */
	size_t nheard;
	uint8_t in[2 * FRAME_RTU];
	size_t n;
	const uint8_t *pdu; /* the good answer, inside in */
	size_t npdu;
};

/*
 * sent: when the last byte of the request is on the line; timeout: to the
 * first byte of the answer; character: the time of one.
 */
void frame_begin(struct frame *, uint8_t unit, const uint8_t *request, size_t n,
    int64_t sent, int64_t timeout, int64_t character);

/*
 * Takes bytes that came by now; take with n 0 to look at the clock alone.
 */
enum frame_state
frame_take(struct frame *, const uint8_t *, size_t n, int64_t now);

/*
 * Bytes are there, and nobody looked before: they may have come at any time
 * until now, without a hole.
 */
void frame_unseen(struct frame *, int64_t now);

/*
 * When the clock must be looked at again; and how many bytes are certainly
 * still to come before the answer can be whole.
 */
int64_t frame_deadline(const struct frame *);
size_t frame_missing(const struct frame *);

#endif
