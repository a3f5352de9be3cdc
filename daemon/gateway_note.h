/*
 * gateway_note.h - the last minutes and the last refusals of the gateway's
 * traffic.
 *
 * Times are Unix time.
 */
#ifndef GATEWAY_NOTE_H
#define GATEWAY_NOTE_H

#include "traffic.h"

/*
 * The open minute: a new one when the last is over, or the clock went back.
 */
struct mews_traffic_minute *traffic_minute(struct mews_traffic *, int64_t now);

/*
 * Notes a refusal, the newest first; the same one again is counted.
 */
void traffic_refuse(struct mews_traffic *, const struct mews_traffic_refusal *,
    int64_t now);

#endif
