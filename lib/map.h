/*
 * map.h - mews itself as a Modbus unit: which register holds what.
 *
 * Functions 3 and 4 read the same map.  Numbers of several registers have
 * their high word first.
 *
 * Registers 0 to MEWS_MAP_STATE - 1 are the state of mews.  From MEWS_MAP_FIRST
 * on each value of each device has a slot of MEWS_MAP_EACH registers:
 *
 *	+0  float32, in the unit of the map; NaN (0x7fc00000) without value
 *	+2  int64, units x 10^decimals as stored; -2^63 without value
 *	+6  quality: 0 good, 1 old (not read for three polls, or its device is
 *	    silent), 2 the meter has no number, 3 not read since start, 4 the
 *	    device does not measure it any more
 *	+7  age of the last answer in s; 65535: that or more, or none
 *
 * A value stands in its slot when quality is 0.  Slots are given once and never
 * to another, so a register means the same for ever.  A request must lie within
 * the state or within the slots that were ever given, else exception 2.
 */
#ifndef MEWS_MAP_H
#define MEWS_MAP_H

#include "csv.h"
#include "site.h"

#define MEWS_MAP_STATE 16
#define MEWS_MAP_FIRST 1000
#define MEWS_MAP_EACH  8
#define MEWS_MAP_SLOTS ((65536 - MEWS_MAP_FIRST) / MEWS_MAP_EACH)

enum mews_map_quality {
	MEWS_MAP_GOOD,
	MEWS_MAP_OLD,
	MEWS_MAP_MISSING,
	MEWS_MAP_UNREAD,
	MEWS_MAP_REMOVED
};

/*
 * A register of the state: what it holds, with the name it has in the CSV.
 */
struct mews_map_state {
	int first, words;
	const char *type; /* u16, u32 */
	const char *name;
	const char *unit;
};
enum {
	MEWS_MAP_MARK,    /* "mews" */
	MEWS_MAP_VERSION, /* of this map: 1 */
	MEWS_MAP_MAJOR,   /* of mews */
	MEWS_MAP_MINOR,
	MEWS_MAP_DEVICES,
	MEWS_MAP_ANSWERING, /* of them */
	MEWS_MAP_CLIENTS,   /* of the gateway, now */
	MEWS_MAP_USED,      /* slots given: registers 1000 to 999 + 8 x this */
	MEWS_MAP_UPTIME,    /* s */
	MEWS_MAP_NOW,       /* Unix time */
	MEWS_MAP_MINUTE, /* begin of the last one stored, Unix time; 0: none */
	MEWS_MAP_KEPT,   /* minutes that wait for the disk */
	MEWS_MAP_STATES
};
const struct mews_map_state *mews_map_state(size_t i);

struct mews_map_slot {
	int slot;                             /* from 1 */
	int64_t device;                       /* may be removed */
	const struct mews_quantity *quantity; /* NULL: not known any more */
};

static inline int
mews_map_register(const struct mews_map_slot *s)
{
	return MEWS_MAP_FIRST + (s->slot - 1) * MEWS_MAP_EACH;
}

/*
 * Gives a slot to each quantity of the device that has none, as long as there
 * are any.  Inside the caller's transaction.
 */
enum mews_rc mews_map_give(struct mews_db *config, int64_t device,
    const struct mews_quantity *const *, size_t n, struct mews_err *);

/*
 * All that were ever given, in order; *out is to be freed, and NULL on failure.
 */
enum mews_rc mews_map_slots(struct mews_db *config, struct mews_map_slot **out,
    size_t *n, struct mews_err *);

/*
 * The map as a table: register, as the address on the wire (from 0) and as a
 * reference of six digits (400001), words, type, plate and name of the device, quantity,
 * part (value, stored, quality, age), unit, decimals.  Slots of devices that
 * are gone have no plate.
 */
void mews_map_csv(struct mews_csv *, const struct mews_site *,
    const struct mews_map_slot *, size_t n);

#endif
