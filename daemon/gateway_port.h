/*
 * gateway_port.h - the ports of a gateway: which, whether they may be open yet,
 * and trying again those that cannot be had.
 */
#ifndef GATEWAY_PORT_H
#define GATEWAY_PORT_H

#include "gateway.h"
#include "traffic.h"

struct ports {
	struct port {
		int fd; /* -1: cannot be had yet */
		int number;
		const char *address; /* borrowed */
		int64_t line;        /* as in mews_gateway_port */
		bool told;
	} port[MEWS_TRAFFIC_PORTS];
	size_t n;
	int64_t open_at; /* the next try */
	bool may, told;  /* commissioned; and that it is not was told */
	bool news;       /* ports_open tried; the caller clears it */
};

/*
 * Those of the site and of the options, none open yet.
 */
void ports_init(struct ports *, const struct gateway_options *,
    const struct mews_site *);

/*
 * For the pages; returns how many.
 */
size_t ports_tell(const struct ports *,
    struct mews_traffic_port out[MEWS_TRAFFIC_PORTS]);
void ports_close(struct ports *);

/*
 * Opens those that are due, and lowers *when to the next try.  May ask
 * mews-auth, for half a second at most, while none is open.  Returns how it
 * stands.
 */
enum mews_traffic_state ports_open(struct ports *, const struct mews_place *,
    int64_t now, int64_t *when);

#endif
