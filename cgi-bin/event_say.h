/*
 * event_say.h - an event as a sentence of the visitor's language.
 */
#ifndef EVENT_SAY_H
#define EVENT_SAY_H

#include "event.h"
#include "page.h"

/*
 * Sets below the current node: at (its time), severity (info, warning or
 * alarm), says (the sentence), who and source ("": the box itself, not from
 * the network).
 */
void event_say(struct page_ctx *, const struct mews_event *);

/*
 * The newest of at most max as rows of a list, of devices that the visitor may
 * see (who may not see all, of no others); *n is how many.  last, when not
 * NULL, is set to the id of the oldest of them.
 */
enum mews_rc event_list(struct page_ctx *, const char *list,
    const struct mews_event_filter *, size_t max, size_t *n, int64_t *last,
    struct mews_err *);

#endif
