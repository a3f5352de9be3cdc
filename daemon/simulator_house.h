/*
 * simulator_house.h - what a house takes, minute by minute, for ever.
 *
 * The house is the file of tests/data/README.md: its local wall clock, read as
 * if it were UTC, is "data time", in seconds.  Behind the file's end its last
 * 25 days come again, and what was counted goes on.  Inside a minute the load
 * sways around the minute's mean, and what is counted at the minute's end is
 * exact.
 */
#ifndef SIMULATOR_HOUSE_H
#define SIMULATOR_HOUSE_H

#include "mews.h"

struct house;
struct house_feed;

/*
 * One millionth of V, A, W, var, VA, 1, Hz, %, h; of Wh, varh and VAh; a feed
 * of water or gas counts litres as ACTIVE_ENERGY.
 */
enum house_value {
	HOUSE_NOTHING, /* always 0 */
	HOUSE_ONE,     /* always 1 */
	HOUSE_VOLTAGE,
	HOUSE_CURRENT,
	HOUSE_ACTIVE,
	HOUSE_REACTIVE,
	HOUSE_APPARENT,
	HOUSE_FACTOR,
	HOUSE_DEMAND, /* mean active power of the last 15 minutes */
	HOUSE_FREQUENCY,
	HOUSE_THD_VOLTAGE,
	HOUSE_THD_CURRENT,
	HOUSE_HOURS,
	HOUSE_ACTIVE_ENERGY,
	HOUSE_REACTIVE_ENERGY,
	HOUSE_APPARENT_ENERGY,
	HOUSE_VALUES
};

struct house_shown {
	int64_t v[HOUSE_VALUES];
};

/*
 * From DIR/household-minutes.csv.gz.  MEWS_BAD: file, line and mistake.
 */
enum mews_rc house_load(const char *dir, struct house **out, struct mews_err *);
void house_free(struct house *);

/*
 * Data time of the first minute, and of the end of the last.
 */
int64_t house_begin(const struct house *);
int64_t house_end(const struct house *);

/*
 * house, rest (the house without its three sub-meters), submeter1, submeter2,
 * submeter3, submeter1+2, water or gas; NULL for another name.  quantity is
 * what the feed's pulses count, as in quantity.h.
 */
const struct house_feed *house_find(const struct house *, const char *name);
const char *house_quantity(const struct house_feed *);

/*
 * What a meter of this feed sees at a data time in milliseconds.  False in a
 * minute that nobody measured.
 */
bool house_at(const struct house *, const struct house_feed *, int64_t ms,
    struct house_shown *out);

/*
 * The minute that begins at a data time: means, and counters at its end; sway
 * is by how many millionths of its mean the load goes down and up.
 */
bool house_minute(const struct house *, const struct house_feed *, int64_t t,
    struct house_shown *out, int64_t *sway);

#endif
