/*
 * gateway_port.c - closed until the site is commissioned: the codes of the
 * leaflet are known to all the world, and so a box that still has them is
 * nobody's to read.
 */
#include "gateway_port.h"
#include "command.h"
#include "gateway_listen.h"
#include "log.h"
#include "str.h"
#include "watch.h"

#include <string.h>
#include <unistd.h>

#define SECOND INT64_C(1000000)
#define AGAIN  (5 * SECOND) /* a port that cannot be had, a site not ready */
#define NOBODY (SECOND / 2) /* mews-auth is not there */
#define ASK_MS 500

static void
add(struct ports *p, int number, const char *address, int64_t line)
{
	if (p->n == MEWS_LEN(p->port)) {
		mews_log(MEWS_LOG_ERROR,
		    "gateway: more than %d ports: not port %d of %s",
		    MEWS_TRAFFIC_PORTS, number, address);
		return;
	}
	p->port[p->n++] = (struct port){ .fd = -1,
		.number = number,
		.address = address,
		.line = line };
}

static void
add_all(struct ports *p, const struct gateway_options *o,
    const struct mews_gateway_port *g)
{
	static const char *const all[] = { "0.0.0.0", "::" };
	size_t i;

	if (g->address[0] != '\0')
		add(p, g->port, g->address, g->line);
	for (i = 0; g->address[0] == '\0' && i < o->naddresses; i++)
		add(p, g->port, o->address[i], g->line);
	for (i = 0;
	     g->address[0] == '\0' && o->naddresses == 0 && i < MEWS_LEN(all);
	     i++)
		add(p, g->port, all[i], g->line);
}

void
ports_init(struct ports *p, const struct gateway_options *o,
    const struct mews_site *site)
{
	struct mews_gateway_port own = { .port = o->port };
	size_t i;

	*p = (struct ports){ .may = o->always };
	if (o->port != 0)
		add_all(p, o, &own);
	for (i = 0; i < site->nports; i++)
		add_all(p, o, &site->port[i]);
}

size_t
ports_tell(const struct ports *p,
    struct mews_traffic_port out[MEWS_TRAFFIC_PORTS])
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		out[i] = (struct mews_traffic_port){ .port = p->port[i].number,
			.line = p->port[i].line,
			.open = p->port[i].fd >= 0 };
		(void)mews_str_copy(out[i].address, sizeof(out[i].address),
		    p->port[i].address);
	}
	return p->n;
}

void
ports_close(struct ports *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->port[i].fd >= 0)
			watch_close(p->port[i].fd);
	p->n = 0;
}

/* Whether the codes are the site's own; *again: when to ask again. */
static bool
commissioned(struct ports *p, const struct mews_place *place, int64_t *again)
{
	struct mews_message ask, answer;
	bool yes = false;

	mews_message_init(&ask, "users");
	*again = NOBODY;
	if (mews_command_call(place, &ask, ASK_MS, &answer, NULL) == MEWS_OK) {
		yes = mews_message_int(&answer, "factory", 1) == 0;
		*again = AGAIN;
	}
	mews_message_clear(&ask);
	mews_message_clear(&answer);
	if (!yes && !p->told)
		mews_log(MEWS_LOG_NOTICE,
		    "gateway: closed until the site is commissioned");
	p->told = !yes;
	return yes;
}

static void
open_one(struct port *p)
{
	struct mews_err err;

	if (listen_open(p->address, p->number, &p->fd, &err) == MEWS_OK)
		mews_log(MEWS_LOG_NOTICE, "gateway: port %d of %s", p->number,
		    p->address);
	else if (!p->told) {
		mews_log(MEWS_LOG_ERROR, "gateway: %s", err.text);
		p->told = true;
	}
}

enum mews_traffic_state
ports_open(struct ports *p, const struct mews_place *place, int64_t now,
    int64_t *when)
{
	int64_t again = AGAIN;
	bool closed = false;
	size_t i;

	if (p->open_at == 0 || now >= p->open_at) {
		p->may = p->may || commissioned(p, place, &again);
		for (i = 0; i < p->n && p->may; i++)
			if (p->port[i].fd < 0)
				open_one(&p->port[i]);
		p->open_at = now + again;
		p->news = true;
	}
	for (i = 0; i < p->n; i++)
		closed = closed || p->port[i].fd < 0;
	if (closed && p->open_at < *when)
		*when = p->open_at;
	return p->may ? MEWS_TRAFFIC_OPEN : MEWS_TRAFFIC_CLOSED;
}
