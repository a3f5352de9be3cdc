/*
 * bus_line.h - what a bus can be made of: a serial line, or a Modbus TCP
 * gateway with a serial line behind it.
 *
 * A line asks one question at a time and belongs to one thread.
 */
#ifndef BUS_LINE_H
#define BUS_LINE_H

#include "frame.h"
#include "site.h"

enum bus_result {
	BUS_GOOD,
	BUS_EXCEPTION, /* the unit answered with one */
	BUS_SILENT,    /* no answer in time */
	BUS_DAMAGED,   /* something came, no good answer in it */
	BUS_GONE,      /* the line is closed, unplugged or refused */
	BUS_STOPPED    /* the stop descriptor became readable */
};

struct bus_answer {
	union {
		uint8_t raw[FRAME_RTU]; /* what came: unit, PDU and, on a
					 * serial line, CRC of an answer, or of
					 * a foreign one; else its first bytes */
		struct {
			uint8_t unit;
			uint8_t pdu[FRAME_PDU];
		};
	};
	size_t nraw;
	size_t n;      /* of the PDU; 0 unless a unit, or the gateway for it,
			* answered */
	bool foreign;  /* no answer, but a whole frame that answers another
			* question, or another unit's */
	int64_t took;  /* us from the end of the request to the answer ... */
	int64_t first; /* ... and to its first byte, where that is seen */
};

struct bus_driver {
	/* The line must outlive it.  When the descriptor stop becomes
	 * readable, ask returns early.  On failure *why is a word of
	 * struct mews_live_line. */
	enum mews_rc (*open)(const struct mews_line *, int stop, void **out,
	    const char **why, struct mews_err *);
	void (*close)(void *);
	/* Sets an open line up as another one: speed, parity, stop bits, pause.
	 * MEWS_BAD where nothing of that can be set; on MEWS_FAIL: close. */
	enum mews_rc (
	    *set)(void *, const struct mews_line *, struct mews_err *);
	/* Asks, and waits for the answer, at most timeout (us) for its first
	 * byte; after BUS_GONE: close.  Unit 0 is all units: nobody answers
	 * (n is 0), and their time to act is waited for. */
	enum bus_result (*ask)(void *, uint8_t unit, const uint8_t *pdu,
	    size_t n, int64_t timeout, struct bus_answer *);
};

#define BUS_TURNAROUND 100000 /* us for all units to act */

extern const struct bus_driver bus_rtu, bus_tcp;

#endif
