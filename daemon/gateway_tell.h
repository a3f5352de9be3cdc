/*
 * gateway_tell.h - a thread that puts into live.db what the gateway counted.
 */
#ifndef GATEWAY_TELL_H
#define GATEWAY_TELL_H

#include "gateway_count.h"
#include "place.h"

struct teller;

/*
 * Through a connection of its own, every COUNT_EVERY s.  Ends when the
 * descriptor stop becomes readable.  Borrows all of it until teller_free, which
 * waits for the thread.
 */
enum mews_rc teller_start(const struct mews_place *, struct count *, int stop,
    struct teller **out, struct mews_err *);
void teller_free(struct teller *); /* NULL is allowed */

#endif
