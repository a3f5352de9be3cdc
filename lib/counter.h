/*
 * counter.h - index readings to booked energy.  Pure: no clock, no I/O.
 *
 * A reading is an index in stored integers (Wh, L ...); what is booked is what
 * was used since the last accepted one, never negative.  A reading that is
 * lower, or higher than can be, is held back: when it goes away nothing was
 * booked; three lower ones in a row, or a jump that lasts ten minutes, begin a
 * new epoch, with nothing booked across the cut.  An index that passed its
 * declared modulus goes on counting.
 */
#ifndef MEWS_COUNTER_H
#define MEWS_COUNTER_H

#include "mews.h"

enum mews_flag {
	MEWS_WRAP = 1,      /* the index passed its modulus */
	MEWS_RESET = 2,     /* a new epoch began: meter reset or swapped */
	MEWS_ESTIMATED = 4, /* booked over a gap, split by time */
	MEWS_SUSPECT = 8,   /* a reading was held back */
	MEWS_CLOCK = 16,    /* the clock jumped in it */
	MEWS_OPEN = 128     /* not over yet; never stored */
};

/*
 * Flags as words for files, "wrap estimated", a blank between them; and back:
 * false for another word.
 */
#define MEWS_FLAGS 64 /* bytes of such a text */
const char *mews_flags_text(char *text, unsigned flags);
bool mews_flags_read(const char *, unsigned *out);

struct mews_counter {
	int64_t modulus; /* 0: none declared */
	int64_t most;    /* most that can be used in an hour; 0: not known */
	int64_t step;    /* resolution of the meter; 0 is 1 */
	bool known;
	int64_t index, t; /* last accepted reading; t in seconds */
	/* readings held back since t: the first, the last, their times, and
	 * how many; after MEWS_RESET first and since are of the readings that
	 * were believed */
	int64_t held_first, held_last, held_since, held_t;
	unsigned held;
};

/*
 * Begins without a past, or goes on from a stored index.  Set step afterwards
 * where the meter counts in more than one stored integer: a reading one step
 * lower is its rounding, books 0 and is no suspect.
 */
void mews_counter_init(struct mews_counter *, int64_t modulus, int64_t most);
void mews_counter_resume(struct mews_counter *, int64_t index, int64_t t);

/*
 * Takes one reading.  Returns what is booked now (0 or more) and sets *flags
 * to the MEWS_... that arose, 0 for an ordinary reading.  The first reading
 * ever books 0.  A time that does not advance books 0.  The limit may be raised
 * meanwhile: what it then explains is believed at once.
 */
int64_t mews_counter_feed(struct mews_counter *, int64_t t, int64_t index,
    unsigned *flags);

/*
 * Begins a new epoch with this reading, because it is of another meter: what
 * was accepted before is forgotten.
 */
void mews_counter_begin(struct mews_counter *, int64_t t, int64_t index);

#endif
