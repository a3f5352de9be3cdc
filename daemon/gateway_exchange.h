/*
 * gateway_exchange.h - what becomes of a request: refused, answered by mews
 * itself, or asked on the line where its unit lives, and answered to who asked.
 *
 * For the gateway's thread; the buses hand results in from theirs.
 */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include "gateway.h"
#include "gateway_client.h"
#include "gateway_say.h"

struct exchange;

/*
 * Borrows all of it.
 */
enum mews_rc
exchange_new(const struct gateway_options *, const struct gateway_parts *,
    struct count *, struct say *, struct exchange **out, struct mews_err *);
void exchange_free(struct exchange *); /* NULL is allowed */

/*
 * Takes a request that came to a port which forwards all units to a line, 0
 * for one that serves each unit.  It is answered at once or by exchange_run.
 */
void exchange_ask(struct exchange *, struct client *, const struct mbap *,
    int64_t line, const struct mews_gateway_rule *, size_t nrules, int64_t now);

/*
 * Forgets what a client waits for.  What is on a line is finished, and nobody
 * hears of it.
 */
void exchange_cancel(struct exchange *, const struct client *);

/*
 * Readable when results came.  Run hands them to their clients, answers those
 * who waited too long, and lowers *when to the next time that may be due.
 */
int exchange_fd(const struct exchange *);
void exchange_run(struct exchange *, struct client *const *, size_t n,
    int64_t now, int64_t *when);

/*
 * When no bus runs any more: what is still open is answered.
 */
void
exchange_end(struct exchange *, struct client *const *, size_t n, int64_t now);

#endif
