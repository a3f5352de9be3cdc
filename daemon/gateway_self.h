/*
 * gateway_self.h - mews itself as a Modbus unit: functions 3, 4 and 43/14.
 *
 * Pure but for the board.  Modbus Application Protocol 1.1b3, sections 6.3, 6.4
 * and 6.21; the registers are those of lib/map.h.
 */
#ifndef GATEWAY_SELF_H
#define GATEWAY_SELF_H

#include "board.h"
#include "frame.h"
#include "traffic.h"

struct self {
	struct board *board; /* borrowed, as the names are */
	const char *version; /* "1.2" */
	const char *site;
	size_t devices, answering, clients, kept;
	int64_t uptime, now, minute; /* s; Unix time; as in lib/map.h */
};

/*
 * Answers a request into FRAME_PDU bytes and returns their number; *why says
 * the reason of an exception, and is untouched by another answer.  tick is
 * tick_us().
 */
size_t self_answer(const struct self *, const uint8_t *pdu, size_t n,
    int64_t tick, uint8_t *out, enum mews_traffic_why *why);

#endif
