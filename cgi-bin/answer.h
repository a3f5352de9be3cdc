/*
 * answer.h - one request to one reply: find, gate, show, frame.
 *
 * Knows nothing of FastCGI, so that tests can ask it.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "page.h"

struct answer;

/*
 * place must outlive it.
 */
struct answer *answer_new(const struct mews_place *);
void answer_free(struct answer *);

/*
 * Reads at most max bytes of the body; fewer when it is over.
 */
typedef size_t answer_body(void *, char *to, size_t max);

/*
 * Never fails: what goes wrong is an error page.  The reply is borrowed until
 * the next call.
 */
const struct reply *
answer_make(struct answer *, request_env *, answer_body *, void *arg);

/*
 * True when the last request was a HEAD.
 */
bool answer_bodiless(const struct answer *);

#endif
