/*
 * gateway_client.h - one connection of another master: bytes in and out, and
 * the answers it waits for.
 *
 * Times are those of tick_us().
 */
#ifndef GATEWAY_CLIENT_H
#define GATEWAY_CLIENT_H

#include "mbap.h"
#include "network.h"
#include "traffic.h"

#define CLIENT_SLOTS 16   /* requests it may have open */
#define CLIENT_OUT   4096 /* bytes it may leave unread until it is not heard */

struct client_slot {
	uint64_t id;
	int64_t asked; /* when */
	uint16_t tid;
	uint8_t unit;
	unsigned open; /* lines that must answer; the exchange's */
	bool good;     /* one has; the exchange's */
	bool ready;
	size_t n; /* 0 when ready: there is no answer */
	uint8_t pdu[FRAME_PDU];
};

struct client {
	int fd;
	uint64_t id;
	uint8_t address[MEWS_ADDRESS];
	uint64_t home; /* its address, or its network of IPv6: never 0 */
	char who[MEWS_ADDRESS_TEXT];  /* address and port */
	char host[MEWS_ADDRESS_TEXT]; /* address */
	size_t port;                  /* which one it came to */
	bool asked;                   /* ever */
	bool half;                    /* it sends no more, but listens */
	int64_t last;                 /* it asked or took an answer */
	int64_t begun;                /* first byte of a frame; 0: none */
	int64_t idle;                 /* it may ask nothing for so long */
	struct client_slot slot[CLIENT_SLOTS]; /* in order of asking */
	size_t nslots;
	uint64_t slots; /* ever */
	uint8_t in[2 * MBAP_MOST];
	size_t nin;
	uint8_t out[CLIENT_OUT + CLIENT_SLOTS * MBAP_MOST];
	size_t nout;
};

/*
 * Takes over the socket.
 */
struct client *client_new(int fd, int64_t now); /* idle: 300 s */
void client_free(struct client *);

/*
 * What to poll for.
 */
short client_wants(const struct client *);

/*
 * Takes what has come, or sends what waits; false when the client is gone.
 */
bool client_hear(struct client *);
bool client_say(struct client *, int64_t now);

/*
 * The next request when the client may have another one; client_took drops its
 * bytes and keeps a place for the answer.
 */
enum mbap_state client_next(struct client *, int64_t now, struct mbap *out);
struct client_slot *
client_took(struct client *, const struct mbap *, int64_t now);

/*
 * The place of an answer, NULL when there is none such; and the answer to it,
 * n 0 for none.  Answers to the same transaction keep the order of asking.
 */
struct client_slot *client_slot(struct client *, uint64_t id);
void client_answer(struct client *, struct client_slot *, const uint8_t *pdu,
    size_t n);

/*
 * True when nothing of it is open.
 */
bool client_rests(const struct client *);

/*
 * When our patience ends.  True then; *why is one of MEWS_WHY_HALF and
 * MEWS_WHY_DEAF, and untouched when it only rested for too long.
 */
int64_t client_deadline(const struct client *);
bool
client_overdue(const struct client *, int64_t now, enum mews_traffic_why *why);

/*
 * Of n clients, the one to go when there are too many: who never asked, else
 * who rests for the longest time; n when nobody has to.  of: only those from
 * its home, NULL for all.
 */
size_t clients_spare(struct client *const *, size_t n, const struct client *of,
    int64_t now);

#endif
