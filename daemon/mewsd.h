/*
 * mewsd.h - what mewsd holds, and how it serves commands.
 */
#ifndef MEWSD_H
#define MEWSD_H

#include "bring.h"
#include "change.h"
#include "door.h"
#include "gateway.h"
#include "jobs.h"
#include "keeper.h"
#include "service.h"

struct mewsd {
	struct mews_place place;
	struct mews_db *config, *history, *live;
	struct service *service;
	struct jobs *jobs;
	struct change change;
	struct door *door;
	int signals;
	int64_t since;
	struct gateway_options gateway;
	struct keeper *keeper;
	struct bring bring;
	int64_t salvaged;    /* tick_us() of the last time; 0: never */
	bool rescue, reopen; /* the history; all files */
	bool opened;         /* all files are, and mewsd measures */
};

/*
 * The door's serve; ctx is the struct mewsd.
 */
enum mews_rc
mewsd_serve(void *ctx, const struct door_caller *, const struct mews_message *,
    struct mews_message *answer, struct mews_err *);

/*
 * Takes the options of the command line; false when one is not understood.
 */
bool mewsd_options(struct mewsd *, int argc, char *argv[], bool *debug);

#endif
