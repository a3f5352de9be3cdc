/*
 * gateway.h - other masters reach the site's devices over Modbus TCP, and mews
 * itself.
 */
#ifndef GATEWAY_H
#define GATEWAY_H

#include "board.h"
#include "desk.h"
#include "place.h"
#include "recorder.h"

#define GATEWAY_ADDRESSES 8
#define GATEWAY_CLIENTS   64 /* most that a setting may allow */

struct kept; /* gateway_kept.h */

/*
 * Beside what the site says.  What stands below address comes from settings.
 */
struct gateway_options {
	int port; /* serves each unit of the site; 0: none */
	const char *address[GATEWAY_ADDRESSES]; /* to listen on, where a port
						   names none */
	size_t naddresses;                      /* 0: all */
	bool quiet;                             /* no answer to broadcasts */
	bool always; /* open before the site is commissioned */
	int unit;    /* mews itself; 0: none */
	int share;   /* per cent of a line when all want it */
	size_t clients, per_address;
	int64_t idle, wait; /* us */
	int64_t since;      /* mews runs, Unix time */
	struct kept *kept;  /* clients of the gateway before this one */
};

/*
 * Fills in what comes from settings.
 */
enum mews_rc gateway_settings(struct mews_db *config, struct gateway_options *,
    struct mews_err *);

/*
 * What it works with: desk[i] belongs to line i of the site, NULL where there
 * is none.  All is borrowed until gateway_free.
 */
struct gateway_parts {
	const struct mews_place *place;
	const struct mews_site *site;
	struct desk *const *desk;
	struct board *board;
	struct recorder *recorder;
};

struct gateway;

/*
 * Starts the thread; *out is NULL when there is no port to listen on.  A port
 * that cannot be had is told and tried again, and none is opened before
 * mews-auth says that the site is commissioned.  It ends when the descriptor
 * stop becomes readable.
 */
enum mews_rc
gateway_start(const struct gateway_options *, const struct gateway_parts *,
    int stop, struct gateway **out, struct mews_err *);

/*
 * From another thread: counts from 0; keeps frames until the time returned,
 * Unix time.
 */
void gateway_reset(struct gateway *);
int64_t gateway_watch(struct gateway *);

/*
 * Waits for the thread, before the desks go; frees, when no bus runs any more,
 * and leaves the clients to the next one.  NULL is allowed.
 */
void gateway_join(struct gateway *);
void gateway_free(struct gateway *);

#endif
