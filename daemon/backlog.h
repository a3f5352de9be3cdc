/*
 * backlog.h - minutes that are over and not yet in the history, in order.
 */
#ifndef BACKLOG_H
#define BACKLOG_H

#include "history.h"

#define BACKLOG_MOST 1440 /* minutes */

struct backlog_value {
	int64_t device;
	const struct mews_quantity *quantity;
	int64_t *series; /* borrowed; 0 until the history made it */
	struct mews_bucket b;
};

struct backlog_minute {
	struct backlog_minute *next;
	int64_t t;
	size_t n;
	struct backlog_value v[];
};

struct backlog {
	struct backlog_minute *first, *last; /* owned */
	size_t n;
};

/*
 * A minute with room for n values, to be filled and added.
 */
struct backlog_minute *backlog_minute(int64_t t, size_t n);

/*
 * Takes over a minute.  Above BACKLOG_MOST the oldest one goes, and what its
 * counters booked goes into the one after it.
 */
void backlog_add(struct backlog *, struct backlog_minute *);

/*
 * Writes the minutes in order and forgets them; last, when not NULL, is set
 * to the newest one written.  A minute that the history refuses (MEWS_BAD) is
 * forgotten; any other failure leaves the rest for the next try.
 */
enum mews_rc backlog_write(struct backlog *, struct mews_db *, int64_t *last,
    struct mews_err *);

void backlog_clear(struct backlog *);

#endif
