/*
 * bus_inside.h - what the files of a bus share: its state, for its thread
 * alone.
 */
#ifndef BUS_INSIDE_H
#define BUS_INSIDE_H

#include "bus.h"

#include <pthread.h>

/*
 * What the line did in a minute.
 */
struct bus_count {
	struct mews_live_line live;
	int64_t minute;        /* Unix minute that is counted */
	int64_t begun, due;    /* tick_us(): of that; of the next state */
	int64_t used[2];       /* us busy in it: for mews, for clients */
	int64_t bytes, before; /* in it; before it, since start */
	bool whole;            /* load is that of a whole minute */
};

struct bus {
	const struct mews_line *line;
	const struct bus_driver *driver;
	struct recorder *recorder;
	struct poll poll;
	struct desk *desk;
	struct bus_count count;
	pthread_t thread;
	int stop;
	void *open;      /* the driver's; NULL while it is closed */
	bool works;      /* a question went through since it is open */
	bool told;       /* people know that it is gone */
	size_t failed;   /* tries to open it since then */
	int64_t open_at; /* next try */
};

/*
 * bus_turn.c: one question and its answer.  ask is for mews, serve for a
 * client and for all who want to know the same.
 */
void bus_ask(struct bus *, struct poll_item *);
void bus_serve(struct bus *, struct job *);

/*
 * bus_state.c: the line opens, works, is gone.
 */
void bus_open(struct bus *);
void bus_works(struct bus *);
void bus_lose(struct bus *);

/*
 * bus_count.c: counts a turn; tells, when it is time, how line and devices
 * did.
 */
void bus_count_begin(struct bus *);
void bus_count_turn(struct bus *, enum share_class, int64_t took, size_t bytes);
void bus_count_state(struct bus *, bool open, const char *why);
void bus_count_tick(struct bus *);

/*
 * For people: that two devices may share the address of this one.
 */
void bus_suspect(const struct bus *, const struct poll_unit *);

/*
 * A reading of the unit with room for n values, and its state as it is.
 */
struct reading *bus_reading(const struct poll_unit *, size_t n);

#endif
