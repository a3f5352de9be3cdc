/*
 * timeline.h - the clock that minutes are cut by.
 *
 * Pure.  It follows the wall clock, and notices when that jumps.  While the
 * wall clock is not set it runs on from where it was, by a clock that never
 * jumps, and what is cut by it waits.  Walls are Unix time in ms, `now` is
 * tick_us().
 */
#ifndef TIMELINE_H
#define TIMELINE_H

#include "mews.h"

struct timeline {
	int64_t offset; /* ms between the clocks */
	int64_t tried;  /* offset of the wall that was last found not set */
	int64_t at;     /* now, when it was */
	bool waits;     /* the wall clock is not set */
};

enum timeline_change {
	TIMELINE_SAME,
	TIMELINE_JUMPED, /* and is followed */
	TIMELINE_LOST,   /* not set any more: it runs on */
	TIMELINE_SET     /* set again */
};

/*
 * Whether a wall clock can be right.
 */
typedef bool timeline_valid(void *, int64_t wall);

/*
 * Begins at the wall clock; or, when that is not valid, at `instead`.
 */
void timeline_init(struct timeline *, int64_t wall, int64_t now,
    int64_t instead, timeline_valid *, void *);

/*
 * Looks at the wall clock as it was at `now`.  *by is how far it jumped, ms; of
 * TIMELINE_SET, by how much what was cut meanwhile is to be moved: whole
 * minutes, never back.
 */
enum timeline_change timeline_look(struct timeline *, int64_t wall, int64_t now,
    timeline_valid *, void *, int64_t *by);

/*
 * The time at `now`.
 */
int64_t timeline_ms(const struct timeline *, int64_t now);

#endif
