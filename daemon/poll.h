/*
 * poll.h - when each device of a bus is asked next, and how it does.
 *
 * Pure: the clocks come from the caller.  `now` is the clock of deadlines in
 * us, `wall` Unix time in ms.
 */
#ifndef POLL_H
#define POLL_H

#include "bus_line.h"
#include "health.h"
#include "plan.h"

/*
 * One device.
 */
struct poll_unit {
	const struct mews_device *device; /* borrowed */
	struct mews_plan plan;            /* owned */
	size_t place;                     /* the caller's */
	size_t watched; /* item whose steps back are looked for: a counter,
			 * nitems when there is none */
	struct mews_live_device live;
	struct health health;
	unsigned silent;    /* silences in a row */
	unsigned failed;    /* cycles in a row without an answer */
	int64_t not_before; /* it is left alone until then */
};

/*
 * One request that comes again.
 */
struct poll_item {
	struct poll_unit *unit;
	size_t block;
	int64_t due;
	int64_t period, phase; /* ms: asked when wall % period is phase */
	unsigned tries;        /* asked again in this cycle */
	bool refused;          /* what it asks for does not exist */
};

struct poll {
	struct poll_unit *unit; /* owned */
	size_t nunits;
	struct poll_item *item; /* owned */
	size_t nitems, room;
};

/*
 * Takes over units (their plans made, live.device set) of a line, which the
 * caller allocated.  Everything is due at once, the units one after the other.
 */
void poll_init(struct poll *, const struct mews_line *, struct poll_unit *,
    size_t n, int64_t now);
void poll_clear(struct poll *);

/*
 * The item to ask now: of those that may be asked the one longest due.  A unit
 * that is silent is probed with its shortest request, now and then with another
 * one.  NULL when there is none, *when is then the time to look again.
 */
struct poll_item *poll_next(const struct poll *, int64_t now, int64_t *when);

/*
 * How long to wait for the answer of a unit, us.
 */
int64_t poll_patience(const struct poll_unit *);

/*
 * What an answer, or none, means for people.
 */
enum poll_news {
	POLL_NOTHING,
	POLL_STATE,  /* live.answer changed */
	POLL_REFUSED /* a register is refused that was not before: it stands
		      * alone in the item's block now, and is asked for again
		      * in a day */
};

/*
 * Notes how the request of an item ended, and when it comes again.  exception
 * is the code of BUS_EXCEPTION (or with which a gateway said BUS_SILENT); quiet
 * how long was waited for the first byte, us; took and first as in bus_line.h.
 */
struct poll_end {
	enum bus_result result;
	uint8_t exception;
	int64_t quiet, took, first;
};
enum poll_news poll_done(struct poll *, struct poll_item *,
    const struct poll_end *, int64_t now, int64_t wall);

/*
 * How long a unit is left alone after so many silences in a row, us.
 */
int64_t poll_pause(unsigned silent, int64_t quiet);

/*
 * Notes how somebody else's request to a unit of the line ended: who answers
 * is asked again, and whose answer may still come is left alone as long.  More
 * a silence does not mean: it may be the answer to a request that the device
 * does not know.
 */
void
poll_note(struct poll *, int unit, enum bus_result, int64_t quiet, int64_t now);

/*
 * The line of all units cannot be used, or can be again.
 */
void poll_line(struct poll *, bool open, int64_t now, int64_t wall);

#endif
