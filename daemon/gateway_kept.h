/*
 * gateway_kept.h - connections and counts between one gateway and the next: a
 * change of the site does not cut off a master that it does not concern, nor
 * begin its figures anew.
 */
#ifndef GATEWAY_KEPT_H
#define GATEWAY_KEPT_H

#include "gateway_client.h"
#include "gateway_count.h"
#include "gateway_port.h"

struct kept;

struct kept *gateway_kept_new(void);
void gateway_kept_free(
    struct kept *); /* closes those nobody took; NULL is allowed */

/*
 * What each gateway counts into; borrowed.
 */
struct count *gateway_kept_count(struct kept *);

/*
 * Takes over a client that has its answers, of one of these ports.
 */
void gateway_kept_put(struct kept *, struct client *, const struct ports *);

/*
 * Gives one back whose port is among these, and closes others on the way; NULL
 * when none is left.
 */
struct client *gateway_kept_take(struct kept *, const struct ports *);

#endif
