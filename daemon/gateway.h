/*
 * gateway.h - other masters reach the site's devices over Modbus TCP.
 */
#ifndef GATEWAY_H
#define GATEWAY_H

#include "desk.h"

#define GATEWAY_ADDRESSES 8

/*
 * Beside what the site says.
 */
struct gateway_options {
	int port; /* serves each unit of the site; 0: none */
	const char *address[GATEWAY_ADDRESSES]; /* to listen on, where a port
						   names none */
	size_t naddresses;                      /* 0: all */
	bool quiet;                             /* no answer to broadcasts */
};

struct gateway;

/*
 * Starts the thread; *out is NULL when there is no port to listen on.  A port
 * that cannot be had is told and tried again.  desk[i] belongs to line i of
 * the site, NULL where there is none.  Borrows all of it until gateway_free.
 * It ends when the descriptor stop becomes readable.
 */
enum mews_rc gateway_start(const struct gateway_options *,
    const struct mews_site *, struct desk *const *desk, int stop,
    struct gateway **out, struct mews_err *);

/*
 * Waits for the thread, before the desks go; frees, when no bus runs any more.
 * NULL is allowed.
 */
void gateway_join(struct gateway *);
void gateway_free(struct gateway *);

#endif
