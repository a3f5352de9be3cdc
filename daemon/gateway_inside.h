/*
 * gateway_inside.h - what the files of the exchange share: requests on their
 * way out (gateway_route.c) and answers on their way back (gateway_answer.c).
 */
#ifndef GATEWAY_INSIDE_H
#define GATEWAY_INSIDE_H

#include "gateway_exchange.h"
#include "desk.h"

#include <pthread.h>

struct request {
	struct job job; /* first */
	struct exchange *exchange;
	uint64_t client, slot;
	char who[MEWS_ADDRESS_TEXT];
	int64_t line;
	const struct mews_device *device; /* NULL: none of the site */
	bool writes;
};

struct exchange {
	const struct gateway_options *options;
	const struct gateway_parts *parts;
	struct count *count;
	struct say *say;
	const struct mews_device *unit[256]; /* NULL: nobody knows it */

	pthread_mutex_t lock; /* of what follows */
	struct job *done, **end;
	int wake;
};

/*
 * Passes on what may pass, or answers it; returns the exception for what
 * cannot, and why.
 */
uint8_t route_request(struct exchange *, struct client *, struct client_slot *,
    const struct mbap *, int64_t line, bool first, enum mews_traffic_why *why,
    int64_t now);

/*
 * Takes back a job of ours, from any thread.
 */
void answer_take(struct job *);

/*
 * The one way out for answers, n is 0 for none; an exception of mews's own.
 */
void answer_send(const struct exchange *, struct client *, struct client_slot *,
    const uint8_t *pdu, size_t n, int64_t now);
void answer_except(const struct exchange *, struct client *,
    struct client_slot *, uint8_t function, uint8_t code, int64_t now);

/*
 * Why a request was answered without being asked.
 */
enum mews_traffic_why answer_reason(uint8_t code, bool waited);

/*
 * Counts and tells what became of a request on its line, or on the way there.
 */
void
answer_account(const struct exchange *, const struct request *, int64_t now);

#endif
