/*
 * tally.h - the series of all devices: readings in, minutes out.
 *
 * Used by one thread at a time.
 */
#ifndef TALLY_H
#define TALLY_H

#include "backlog.h"
#include "minute.h"
#include "poll.h"

/*
 * One answer of a device, or only how it does (n is 0).
 */
struct reading {
	struct reading *next;
	int64_t wall, now; /* of the answer: Unix ms, and tick_us() */
	size_t place;      /* of the device in the tally */
	struct mews_live_device live;
	size_t n;
	struct reading_value {
		size_t item; /* of the plan */
		bool missing;
		int64_t value;
	} v[];
};

struct tally_series {
	const struct mews_quantity *quantity;
	int64_t id; /* in the history; 0 until it is made */
	uint32_t expected;
	struct mews_counter counter;
	struct minute minute;
	struct mews_live_value live;
	bool changed; /* set by tally_take, cleared by the caller */
};

struct tally_device {
	size_t first, n; /* series */
	struct mews_live_device live;
	bool changed; /* likewise */
};

struct tally {
	struct tally_series *series; /* owned */
	size_t nseries;
	struct tally_device *device; /* owned */
	size_t ndevices;
	int64_t base, base_us; /* clock of the counters: s, and tick_us() */
	int64_t offset;        /* ms between the clocks */
	bool jumped;           /* in the open minute */
	int64_t minute;        /* start of the open one; 0: none */
	int64_t next;          /* no minute before is written again */
};

/*
 * next: the first minute that may be written.
 */
void tally_init(struct tally *, int64_t next);
void tally_clear(struct tally *);

/*
 * Prepares the series of a device and sets u->place.  Counters go on from what
 * the history holds.
 */
enum mews_rc tally_add(struct tally *, struct mews_db *history,
    struct poll_unit *u, struct mews_err *);

/*
 * Takes a reading; a minute that it ends goes to the backlog.
 */
void tally_take(struct tally *, const struct reading *, struct backlog *);

/*
 * Ends the open minute when Unix time (ms) is past it.  The ids of the series
 * stay borrowed by the backlog: no device may be added any more.
 */
void tally_tick(struct tally *, int64_t wall, struct backlog *);

#endif
