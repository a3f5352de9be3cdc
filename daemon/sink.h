/*
 * sink.h - what carries data out of the house: one file each.
 *
 * A sink is a constant struct sink and a row in sinks.c.  mews-courier runs
 * each in a thread of its own, so a sink may block for as long as its own
 * timeouts allow and holds up nobody else.  A sink keeps what it must not lose
 * in courier.db, or in files below state/courier.
 */
#ifndef SINK_H
#define SINK_H

#include "door.h"
#include "errand.h"

/*
 * What a turn may touch.  The databases are this thread's own and the sink's to
 * use until the turn ends; config and history are NULL while they are not
 * there, and so no turn is lost when mewsd starts later.
 */
struct sink_turn {
	const struct mews_place *place;
	struct mews_db *config, *history; /* to read */
	struct mews_db *courier;          /* to write */
	int64_t now;                      /* Unix time */
	const volatile bool *stop; /* is set when the program ends: come back
				      within 2 s of that */
};

struct sink {
	const char *name; /* a word, for log, commands and pages */

	/*
	 * One turn of work.  Called at the start, when *wait_s have passed
	 * (set to 60 before) and after courier_wake().  A failure is logged once while
	 * its sentence stays the same and kept in mews_errand, which
	 * courier-status tells; MEWS_NONE: it is switched off.
	 */
	enum mews_rc (
	    *turn)(const struct sink_turn *, int *wait_s, struct mews_err *);

	/*
	 * Commands of this sink at courier.sock, on the main thread: must not
	 * block.  courier is the main thread's.  NULL: there are none.
	 */
	enum mews_rc (*serve)(const struct mews_place *,
	    struct mews_db *courier, const struct door_caller *,
	    const struct mews_message *, struct mews_message *answer,
	    struct mews_err *);
	const char *const *commands; /* their names, NULL behind the last */
};

/*
 * The i-th sink; NULL behind the last.
 */
const struct sink *sink_at(size_t i);

/*
 * Its next turn is now, or follows the one that is on.  From any thread.
 */
void courier_wake(const char *name);

#endif
