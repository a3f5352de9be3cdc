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
	int64_t *series;      /* borrowed; 0 until the history made it */
	struct mews_bucket b; /* of the minute; seen 0: there is none */
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

/*
 * A minute with its values.
 */
struct backlog_minute {
	int64_t t;
	bool waits;                /* its time is not known yet */
	struct backlog_note *note; /* owned */
	size_t n;
	struct backlog_value v[];
};

/*
 * Whose values minutes hold, told once for all that hold the same.
 */
struct backlog_columns {
	struct backlog_columns *next;
	size_t minutes; /* that have them */
	size_t n;
	struct backlog_column {
		int64_t device;
		const struct mews_quantity *quantity;
		int64_t *series; /* as above */
	} c[];
};

/*
 * A minute as it waits: a bit a column that has a value, and the values
 * (mews_bucket_put).
 */
struct backlog_packed {
	struct backlog_packed *next;
	int64_t t;
	bool waits;
	unsigned flags;            /* of all values, besides their own */
	struct backlog_note *note; /* owned */
	struct backlog_columns *columns;
	size_t bytes;
	unsigned char s[];
};

struct backlog {
	struct backlog_packed *first, *last; /* owned */
	size_t n;
	struct backlog_columns *columns; /* owned, the newest first */
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
 * The values of a minute that waits, those that are there; its notes stay
 * where they are.  To be freed with free().
 */
struct backlog_minute *backlog_unpack(const struct backlog_packed *);

/*
 * For backlog.c: packs a minute, which is freed, and finds or makes its
 * columns; frees one, and columns that no minute has any more.
 */
struct backlog_packed *
backlog_pack(struct backlog_columns **, struct backlog_minute *);
void backlog_free(struct backlog_columns **, struct backlog_packed *);

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
