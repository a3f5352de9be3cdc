/*
 * gateway_frame.h - frames that cross the gateway, put down for who looks.
 */
#ifndef GATEWAY_FRAME_H
#define GATEWAY_FRAME_H

#include "gateway_client.h"
#include "gateway_count.h"
#include "share.h"

/*
 * A request as it came, and the answer as it goes; now is tick_us().
 */
void frame_from_client(struct count *, const struct client *,
    const struct mbap *, int64_t now);
void frame_to_client(struct count *, const struct client *,
    const struct client_slot *, const uint8_t *pdu, size_t n, int64_t now);

/*
 * What a request was on its line, both ways.
 */
void frame_of_line(struct count *, const char *who, const struct mews_line *,
    const struct job *, int64_t now);

#endif
