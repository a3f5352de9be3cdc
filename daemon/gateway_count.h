/*
 * gateway_count.h - what crosses the gateway, counted, and its frames while
 * somebody looks.
 *
 * The gateway's thread counts; any thread may take, begin anew or look.  Spans
 * are us of tick_us().
 */
#ifndef GATEWAY_COUNT_H
#define GATEWAY_COUNT_H

#include "traffic.h"

struct count;

struct count *count_new(void);
void count_free(struct count *); /* NULL is allowed */

void count_state(struct count *, enum mews_traffic_state);
void count_ports(struct count *, const struct mews_traffic_port *, size_t n);

/*
 * A client comes (0: a new one; its number is returned, which no other gets),
 * goes, sends a request that is whole, and gets its answer.
 */
uint64_t count_come(struct count *, uint64_t client, const char *who, int port);
void count_go(struct count *, uint64_t client);
void count_asked(struct count *, uint64_t client);
void count_answered(struct count *, uint64_t client, bool exception);

/*
 * How a request to a unit ended: code as in struct job, its own exception when
 * own.  spans 0 when there was none; joined: the line worked for another.
 */
struct count_unit {
	int64_t line; /* 0: mews itself */
	int unit;
	int64_t device;
	uint64_t client;
	uint8_t code;
	bool own, joined, damaged;
	int64_t wait, answer;
};
void count_unit(struct count *, const struct count_unit *);

/*
 * Something was not done: all but n and t of the refusal is given.  client 0:
 * it was not let in.
 */
void count_refused(struct count *, uint64_t client,
    const struct mews_traffic_refusal *);

/*
 * Frames: cheap to ask, and what is added while nobody looks, or too fast to be
 * taken, is dropped.
 */
bool count_watched(const struct count *);
void count_frame(struct count *, const struct mews_traffic_frame *);

/*
 * Begins to count anew; frames are watched until the time returned, Unix time.
 */
void count_reset(struct count *);
int64_t count_watch(struct count *);

/*
 * How it is now; every 2 s, or tenth is another figure.  The caller clears it.
 * Frames that came since the last call: at most max, returns how many.
 */
#define COUNT_EVERY  2   /* s */
#define COUNT_FRAMES 512 /* kept until they are taken */
void count_take(struct count *, struct mews_traffic *out);
size_t count_frames(struct count *, struct mews_traffic_frame *out, size_t max);

/*
 * Clients there are.
 */
size_t count_clients(struct count *);

#endif
