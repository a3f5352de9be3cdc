/*
 * answer.h - one request to one reply: find, gate, show, frame.
 *
 * Knows nothing of FastCGI, so that tests can ask it.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "enter.h"

struct answer;

/*
 * place must outlive it.
 */
struct answer *answer_new(const struct mews_place *);
void answer_free(struct answer *);

/*
 * Never fails: what goes wrong is an error page.  The reply is borrowed until
 * the next call.
 */
const struct reply *
answer_make(struct answer *, request_env *, enter_body *, void *arg);

/*
 * True when the last request was a HEAD.
 */
bool answer_bodiless(const struct answer *);

#endif
