/*
 * enter.h - what a request must be before its page sees it: well formed, from
 * somebody who may, in a language.
 */
#ifndef ENTER_H
#define ENTER_H

#include "page.h"

/*
 * Reads at most max bytes of the body; fewer when it is over.
 */
typedef size_t enter_body(void *, char *to, size_t max);

/*
 * The fields of the query or, of a POST, of the form.  Returns 0 or the status
 * of an error page.
 */
int enter_take(struct request *, const struct page *, request_env *,
    enter_body *, void *arg, struct mews_err *);

/*
 * The same of a page that flows: the file is left for its page.
 */
int enter_take_file(struct request *, const struct page *, request_env *,
    enter_body *, void *arg, struct page_file *, struct mews_err *);

/*
 * 0 to let the visitor in, 303 with go to send him elsewhere, or the status of
 * an error page.
 */
int enter_admit(const struct request *, const struct gate_session *,
    const struct page *, char *go, size_t size);

/*
 * What the account chose, else what was chosen in this browser, else what the
 * browser asks for, else the box's, else English.
 */
const char *enter_language(const struct request *, const struct gate_session *,
    const char *box);

#endif
