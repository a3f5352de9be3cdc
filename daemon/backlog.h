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

/*
 * What a counter brought besides its value: energy of the time before the
 * minute, or the begin of an epoch and the event that tells of it.
 */
struct backlog_note {
	struct backlog_note *next;
	int64_t device;
	const struct mews_quantity *quantity;
	int64_t *series; /* as above */
	bool epoch;
	union {
		struct mews_booking booking;
		struct {
			struct mews_epoch epoch;
			struct mews_event event;
		} began;
	} is;
};

struct backlog_minute {
	struct backlog_minute *next;
	int64_t t;
	bool waits;                /* its time is not known yet */
	struct backlog_note *note; /* owned */
	size_t n;
	struct backlog_value v[];
};

struct backlog {
	struct backlog_minute *first, *last; /* owned */
	size_t n;
};

/*
 * A minute with room for n values, to be filled and added.  Notes are made
 * with mews_alloc().
 */
struct backlog_minute *backlog_minute(int64_t t, size_t n);

/*
 * Takes over a minute.  Above BACKLOG_MOST the oldest one goes, and what its
 * counters booked goes into the one after it.
 */
void backlog_add(struct backlog *, struct backlog_minute *);

/*
 * Whether a minute that starts at t is there.
 */
bool backlog_has(const struct backlog *, int64_t t);

/*
 * The minutes that wait for their time are so many seconds later, and wait no
 * longer; so is what their notes say of the time from `since` on.
 */
void backlog_move(struct backlog *, int64_t since, int64_t by);
void backlog_move_notes(struct backlog_note *, int64_t since, int64_t by);

/*
 * Writes the minutes in order, up to the first that waits for its time, and
 * forgets them; last, when not NULL, is set
 * to the newest one written.  A minute that the history refuses (MEWS_BAD) is
 * forgotten; any other failure leaves the rest for the next try.
 */
enum mews_rc backlog_write(struct backlog *, struct mews_db *, int64_t *last,
    struct mews_err *);

void backlog_clear(struct backlog *);
void backlog_clear_notes(struct backlog_note *);

#endif
