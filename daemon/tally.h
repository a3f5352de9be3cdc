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
#include "timeline.h"

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
	int64_t period; /* s between two readings */
	bool pulse;     /* counter: of a pulse input */
	int64_t start;  /* counter: index of no pulse */
	int64_t noted;  /* the same as the history has it; -1: not told */
	struct mews_counter counter;
	int64_t bound;   /* counter: the most an hour that the device's rating,
			    else any board, can carry; 0: not known */
	int64_t largest; /* power: of 30 days, either way; 0: not known */
	int64_t last;    /* Unix time up to which all is booked */
	bool exchanged;  /* counter: the next reading is of another meter */
	int64_t told;    /* Unix time when a held reading was told; 0: never */
	struct minute minute;
	struct mews_live_value live;
	bool changed; /* set by tally_take, cleared by the caller */
};

/* Which meter it is, as far as it tells its serial number. */
struct tally_serial {
	size_t at; /* its series; SIZE_MAX: it tells none */
	bool known;
	int64_t number; /* of the meter whose counters are booked */
	int64_t other;  /* another one that was read once; 0: none */
	bool unsure;    /* counters wait until it is read */
	int64_t since;  /* of that, tick_us(); 0: not begun */
};

struct tally_device {
	char plate[12];
	bool rated;      /* its rating is known */
	size_t first, n; /* series */
	struct tally_serial serial;
	struct mews_live_device live;
	bool changed;  /* likewise */
	bool doubtful; /* a reading was held: ask again; likewise */
};

/*
 * What a tally asks its owner.
 */
struct tally_rules {
	void *ctx;
	/* the first minute of the hour from t on that may be written; false:
	 * there is none */
	bool (*free)(void *ctx, int64_t t, int64_t *minute);
	void (*event)(void *ctx, const struct mews_event *);
};

struct tally {
	struct tally_rules rules;
	struct tally_series *series; /* owned */
	size_t nseries;
	struct tally_device *device; /* owned */
	size_t ndevices;
	int64_t base, base_us; /* clock of the counters: s, and tick_us() */
	struct timeline time;
	int64_t since;  /* Unix time that the timeline waits from */
	bool jumped;    /* in the open minute */
	int64_t minute; /* start of the open one; 0: none */
	int64_t newest; /* start of the newest one ever closed; 0: none */
	struct backlog_note *note; /* owned; of the open minute */
	struct tally_series **old; /* owned; tallies before, whose series the
				    * backlog still borrows */
	size_t nold;
};

/*
 * newest: the newest minute in the history, 0 when there is none.
 */
void tally_init(struct tally *, const struct tally_rules *, int64_t newest);
void tally_clear(struct tally *);

/*
 * Prepares the series of a device and sets u->place.  Counters go on from what
 * the history holds.
 */
enum mews_rc tally_add(struct tally *, struct mews_db *history,
    struct poll_unit *u, struct mews_err *);

/*
 * Goes on where another tally of the same time was: its open minute, its
 * counters and its clock.  After all devices were added; b are the minutes of
 * the other that wait, which borrow from this one from now on.  The other is
 * empty then.
 */
void tally_inherit(struct tally *, struct tally *from, struct backlog *b);

/*
 * Takes a reading; a minute that it ends goes to the backlog.
 */
void tally_take(struct tally *, const struct reading *, struct backlog *);

/*
 * Ends the open minute when its time is past.  wall and now are the clocks of
 * struct reading.  The ids of the series stay borrowed by the backlog: no
 * device may be added any more.
 */
void tally_tick(struct tally *, int64_t wall, int64_t now, struct backlog *);

/*
 * The largest power of 30 days with values, from the history: a counter of the
 * device can count no more than twice as much.  Not known while the history has
 * fewer.
 */
enum mews_rc tally_learn(struct tally *, struct mews_db *history, int64_t now,
    struct mews_err *);

/*
 * For tally.c: takes a counter's index, read at `now`; sets its bound from the
 * rating in A, 0 when not told.
 */
void tally_count(struct tally *, struct tally_device *, struct tally_series *,
    int64_t now, int64_t index);
void tally_bound(struct tally_series *, int rating);

/*
 * For tally.c: with the minute that ends, the history notes another start.
 */
void tally_note_start(struct tally *, const struct tally_device *,
    struct tally_series *);

/*
 * For tally.c too: a device's serial number as it was last, as it is read now,
 * and that the device was not heard for a while.  Whether its counters may be
 * taken: they are surely of the meter that they are booked to.
 */
void tally_serial_known(struct tally_device *, int64_t number);
void tally_serial_take(struct tally *, struct tally_device *, int64_t now,
    int64_t number);
void tally_serial_doubt(struct tally_device *);
bool tally_serial_sure(struct tally_device *, int64_t now);

#endif
