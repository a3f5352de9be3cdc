/*
 * health.h - how one device does on its bus: how fast it answers, how long it
 * is waited for, and whether it is one device at all.
 *
 * Pure: the clock comes from the caller, in us.  What pages may see stands in
 * the device's row of live.h; a function that is given the row keeps it true.
 *
 * How long a device is waited for: at first as long as its line says (300 ms as
 * delivered), or its model if that takes longer.  An answer that needs more
 * than two thirds of that makes it one and a half times the answer, so that
 * there is room for one that is slower still, but never more than
 * HEALTH_GROWTH times what it was at first: a device that is dead must not cost
 * the line more.  A device that was silent twice and more is probed; every
 * fourth probe, from the first on, waits twice as long, for it may be alive and
 * slow.  A gateway waits for its devices itself: nothing is learnt there.
 */
#ifndef HEALTH_H
#define HEALTH_H

#include "live.h"
#include "site.h"

#define HEALTH_GROWTH 4
#define HEALTH_DEAD   2   /* silences in a row: from then on it is probed */
#define HEALTH_STEPS  128 /* of answer times, 8 an octave from 256 us on */

struct health {
	int64_t base, most; /* us it is waited for: at first, at most */
	uint16_t spread[2]
		       [HEALTH_STEPS]; /* answers of this minute and the last,
					   * by the time they took */
	int64_t begun[5]; /* asked ... exceptions when this minute began */
	int64_t index;    /* a counter of it; 0: not seen */
	int64_t dropped;  /* when it was lower than before; 0: never */
	unsigned drops, bad, calm; /* of it; minutes in a row */
};

/*
 * answer_ms is the profile's, 0 when not said.
 */
void health_init(struct health *, struct mews_live_device *,
    const struct mews_line *, unsigned answer_ms);

/*
 * How long it is waited for now, after so many silences in a row.
 */
int64_t health_patience(const struct health *, const struct mews_live_device *,
    unsigned silent);

/*
 * Notes how long the first byte of an answer took, or all of it where that is
 * not seen.
 */
void health_answer(struct health *, struct mews_live_device *, int64_t first);

/*
 * Notes a reading of a counter, always the same one.  True when two devices
 * seem to share the address, for the first time: their indexes come in turn.
 * One that goes back by one unit is no sign, nor is a single step back.
 */
bool health_index(struct health *, struct mews_live_device *, int64_t index,
    int64_t now);

/*
 * Ends the minute that began at Unix time t: *out is what it was.  others_sound
 * tells that the line carries answers of other devices.  True as above: two
 * minutes with much damage to this device alone.
 */
bool health_minute(struct health *, struct mews_live_device *, int64_t t,
    bool others_sound, struct mews_live_minute *out);

#endif
