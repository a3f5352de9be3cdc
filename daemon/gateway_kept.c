/*
 * gateway_kept.c - a port is the same when its number, its address and the
 * line it leads to are; all else of a site may change while a client stays.
 */
#include "gateway_kept.h"

#include <stdlib.h>
#include <string.h>

struct kept {
	struct count *count;
	struct {
		struct client *client;
		struct mews_traffic_port port;
	} one[GATEWAY_CLIENTS];
	size_t n;
};

struct kept *
gateway_kept_new(void)
{
	struct kept *k = mews_alloc(1, sizeof(*k));

	k->count = count_new();
	return k;
}

/* Closes a client that nobody takes. */
static void
drop(struct kept *k, struct client *c)
{
	count_go(k->count, c->id);
	client_free(c);
}

void
gateway_kept_free(struct kept *k)
{
	if (k == NULL)
		return;
	while (k->n > 0)
		drop(k, k->one[--k->n].client);
	count_free(k->count);
	free(k);
}

struct count *
gateway_kept_count(struct kept *k)
{
	return k->count;
}

void
gateway_kept_put(struct kept *k, struct client *c, const struct ports *ports)
{
	struct mews_traffic_port port[MEWS_TRAFFIC_PORTS];

	if (k->n == MEWS_LEN(k->one)) {
		drop(k, c);
		return;
	}
	(void)ports_tell(ports, port);
	k->one[k->n].client = c;
	k->one[k->n++].port = port[c->port];
}

static bool
same(const struct mews_traffic_port *a, const struct mews_traffic_port *b)
{
	return a->port == b->port && a->line == b->line &&
	    strcmp(a->address, b->address) == 0;
}

struct client *
gateway_kept_take(struct kept *k, const struct ports *ports)
{
	struct mews_traffic_port port[MEWS_TRAFFIC_PORTS];
	size_t n = ports_tell(ports, port), i;
	struct client *c;

	while (k->n > 0) {
		c = k->one[--k->n].client;
		for (i = 0; i < n && !same(&port[i], &k->one[k->n].port); i++)
			;
		if (i < n) {
			c->port = i;
			return c;
		}
		drop(k, c);
	}
	return NULL;
}
