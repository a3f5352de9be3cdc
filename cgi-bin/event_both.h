/*
 * event_both.h - what mewsd told and what mews-auth noted, as one list.
 *
 * Only an administrator is shown what mews-auth noted: it is asked by a
 * command, as no page can open auth.db.
 */
#ifndef EVENT_BOTH_H
#define EVENT_BOTH_H

#include "event.h"
#include "page.h"

enum event_from { EVENT_FROM_BOTH, EVENT_FROM_BOX, EVENT_FROM_PEOPLE };

/*
 * Where a list goes on: ids before which; 0: from the newest on.
 */
struct event_place {
	int64_t event, audit;
};

/*
 * The newest of at most max as rows of a list (event_say.h), by the filter and
 * from where; *n is how many, and where goes on behind the oldest of them.
 */
enum mews_rc event_both(struct page_ctx *, const char *list,
    const struct mews_event_filter *, enum event_from, size_t max, size_t *n,
    struct event_place *where, struct mews_err *);

#endif
