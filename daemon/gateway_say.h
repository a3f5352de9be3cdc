/*
 * gateway_say.h - what the gateway tells people: refusals and writes, as
 * events, log lines and counters.
 *
 * For the gateway's thread.
 */
#ifndef GATEWAY_SAY_H
#define GATEWAY_SAY_H

#include "gateway_client.h"
#include "gateway_count.h"
#include "recorder.h"
#include "share.h"

/*
 * Begin with zeros and the two borrowed ones; no recorder, no events.
 */
struct say {
	struct recorder *recorder;
	struct count *count;
	struct {
		int64_t next;    /* time of the next event about it */
		unsigned hushed; /* refusals without one */
	} why[MEWS_WHY_DEAF + 1];
};

/*
 * A client was not let in or was closed (no request), or its request got an
 * exception of ours.  Those that somebody ought to know become events, one of a
 * reason in ten seconds.
 */
void say_refused(struct say *, const struct client *, enum mews_traffic_why,
    const struct mbap *, int64_t now);

/*
 * A request that changes something was answered, whoever still hears it.
 * where: the plate of the device, or the line when it is none of the site's and
 * its id is 0.
 */
void say_wrote(struct say *, const char *who, const char *where, int64_t device,
    int unit, const struct job *);

#endif
