/*
 * gateway.c - ports, clients and their limits: the loop of one thread.
 *
 * It has a thread of its own and not the door's loop: a command may wait for
 * the disk or for mews-auth, and a master that asks ten times a second may
 * not.  The thread waits for nothing but poll().
 */
#include "gateway.h"
#include "access.h"
#include "gateway_exchange.h"
#include "gateway_listen.h"
#include "log.h"
#include "tick.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND    INT64_C(1000000)
#define STACK     (256 * 1024)
#define PORTS     16
#define CLIENTS   32
#define EACH      8             /* of one address */
#define AT_ONCE   64            /* taken in one round */
#define RESTED    (10 * SECOND) /* who does, may have to go */
#define AGAIN     (5 * SECOND)  /* a port that cannot be had is tried */
#define NETWORKS  (10 * SECOND) /* the machine's are looked up again */
#define HUSH      (10 * SECOND) /* between two lines about clients refused */
#define FIRST_FDS 2             /* in front of the ports' and the clients' */

struct port {
	int fd; /* -1: cannot be had yet */
	int number;
	const char *address;
	int64_t line; /* as in mews_gateway_port */
	bool told;
};

struct gateway {
	const struct mews_site *site;
	struct exchange *exchange;
	int stop;
	pthread_t thread;
	bool running;
	struct port port[PORTS];
	size_t nports;
	int64_t open_at;
	struct client *client[CLIENTS];
	size_t n;
	uint64_t clients;              /* ever */
	int64_t deaf;                  /* no accepting until then */
	struct mews_gateway_rule *own; /* while the site has no rules */
	size_t nown;
	int64_t own_at;
	int64_t refuse_at; /* the next line about it */
	unsigned refused;
};

static const struct mews_gateway_rule *
rules(const struct gateway *g, size_t *n)
{
	*n = g->site->nrules > 0 ? g->site->nrules : g->nown;
	return g->site->nrules > 0 ? g->site->rule : g->own;
}

static void
open_ports(struct gateway *g, int64_t now, int64_t *when)
{
	struct mews_err err;
	struct port *p;

	if (now >= g->open_at)
		g->open_at = now + AGAIN;
	else if (g->open_at != 0)
		goto out;
	for (p = g->port; p < g->port + g->nports; p++) {
		if (p->fd >= 0)
			continue;
		if (listen_open(p->address, p->number, &p->fd, &err) == MEWS_OK)
			mews_log(MEWS_LOG_NOTICE, "gateway: port %d of %s",
			    p->number, p->address);
		else if (!p->told) {
			mews_log(MEWS_LOG_ERROR, "gateway: %s", err.text);
			p->told = true;
		}
	}
out:
	for (p = g->port; p < g->port + g->nports; p++)
		if (p->fd < 0 && g->open_at < *when)
			*when = g->open_at;
}

static void
drop(struct gateway *g, size_t i)
{
	exchange_cancel(g->exchange, g->client[i]);
	client_free(g->client[i]);
	g->client[i] = g->client[--g->n];
}

/* Who goes when there are too many: who never asked, else who rests for the
 * longest time.  CLIENTS when nobody has to.  of: only those from there. */
static size_t
dispensable(const struct gateway *g, const struct client *of, int64_t now)
{
	size_t best = CLIENTS, i;
	const struct client *c, *b;

	for (i = 0; i < g->n; i++) {
		c = g->client[i];
		if ((of != NULL && c->home != of->home) || !client_rests(c) ||
		    (c->asked && now - c->last < RESTED))
			continue;
		b = best == CLIENTS ? NULL : g->client[best];
		if (b == NULL || (b->asked && !c->asked) ||
		    (b->asked == c->asked && c->last < b->last))
			best = i;
	}
	return best;
}

/* True when there is room for the client, made if need be. */
static bool
room(struct gateway *g, const struct client *c, int64_t now)
{
	size_t each = 0, i;

	for (i = 0; i < g->n; i++)
		each += g->client[i]->home == c->home;
	if (each < EACH && g->n < CLIENTS)
		return true;
	i = dispensable(g, each >= EACH ? c : NULL, now);
	if (i == CLIENTS)
		return false;
	drop(g, i);
	return true;
}

static void
tell_refused(struct gateway *g, const struct client *c, const char *why,
    int64_t now)
{
	g->refused++;
	if (now < g->refuse_at)
		return;
	mews_log(MEWS_LOG_WARNING,
	    "gateway: %s is not let in: %s (%u since "
	    "the last such line)",
	    c->who, why, g->refused);
	g->refused = 0;
	g->refuse_at = now + HUSH;
}

/* Lets in who knocks at a port. */
static void
welcome(struct gateway *g, size_t port, int64_t now)
{
	const struct mews_gateway_rule *rule;
	const char *why;
	struct client *c;
	bool deaf = false;
	size_t n, i;

	if (g->site->nrules == 0 && now >= g->own_at) {
		listen_networks(&g->own, &g->nown);
		g->own_at = now + NETWORKS;
	}
	rule = rules(g, &n);
	for (i = 0;
	     i < AT_ONCE && listen_accept(g->port[port].fd, now, &c, &deaf);
	     i++) {
		if (c == NULL)
			continue;
		why = !access_knows(rule, n, c->address) ? "no rule lets it"
		    : !room(g, c, now)                   ? "too many clients"
							 : NULL;
		if (why != NULL) {
			tell_refused(g, c, why, now);
			client_free(c);
			continue;
		}
		c->id = ++g->clients;
		c->port = port;
		g->client[g->n++] = c;
	}
	if (deaf)
		g->deaf = now + SECOND;
}

/* Takes the requests that are whole and sends what waits; false when the
 * client is to go. */
static bool
serve(struct gateway *g, struct client *c, int64_t now)
{
	const struct mews_gateway_rule *rule;
	enum mbap_state state;
	struct mbap m;
	size_t n;

	rule = rules(g, &n);
	while ((state = client_next(c, now, &m)) == MBAP_FRAME)
		exchange_ask(g->exchange, c, &m, g->port[c->port].line, rule, n,
		    now);
	if (state == MBAP_BAD)
		mews_log(MEWS_LOG_DEBUG, "gateway: %s speaks no Modbus TCP",
		    c->who);
	return state == MBAP_MORE && client_say(c, now) &&
	    !(c->half && client_rests(c));
}

static bool
move(struct gateway *g, struct client *c, short revents, int64_t now)
{
	const char *why = client_overdue(c, now);

	if (why != NULL)
		mews_log(MEWS_LOG_DEBUG, "gateway: %s %s", c->who, why);
	return why == NULL && (revents & (POLLERR | POLLHUP | POLLNVAL)) == 0 &&
	    ((revents & POLLIN) == 0 || client_hear(c)) && serve(g, c, now);
}

static void
wait(struct pollfd *p, size_t n, int64_t when)
{
	int64_t us = when - tick_us();
	struct timespec ts = { us > 0 ? us / SECOND : 0,
		us > 0 ? us % SECOND * 1000 : 0 };
	size_t i;

	if (ppoll(p, n, &ts, NULL) < 0)
		for (i = 0; i < n; i++)
			p[i].revents = 0;
}

/* Fills in what to wait for; the clients' come last. */
static size_t
watch(const struct gateway *g, struct pollfd *p, int64_t now)
{
	size_t n = 0, i;

	p[n++] = (struct pollfd){ .fd = g->stop, .events = POLLIN };
	p[n++] =
	    (struct pollfd){ .fd = exchange_fd(g->exchange), .events = POLLIN };
	for (i = 0; i < g->nports; i++)
		p[n++] =
		    (struct pollfd){ .fd = now >= g->deaf ? g->port[i].fd : -1,
			    .events = POLLIN };
	for (i = 0; i < g->n; i++)
		p[n++] = (struct pollfd){ .fd = g->client[i]->fd,
			.events = client_wants(g->client[i]) };
	return n;
}

static void *
run(void *arg)
{
	struct pollfd p[FIRST_FDS + PORTS + CLIENTS] = { 0 };
	struct gateway *g = arg;
	int64_t now = tick_us(), when = now, due;
	size_t i, n;

	while (p[0].revents == 0) {
		when = now + 60 * SECOND;
		open_ports(g, now, &when);
		exchange_run(g->exchange, g->client, g->n, now, &when);
		for (i = g->n; i-- > 0;) {
			if (!serve(g, g->client[i], now)) {
				drop(g, i);
				continue;
			}
			due = g->client[i]->nslots > 0
			    ? now + SHARE_WAIT
			    : client_deadline(g->client[i]);
			when = due < when ? due : when;
		}
		when = g->deaf > now && g->deaf < when ? g->deaf : when;
		n = watch(g, p, now);
		wait(p, n, when);
		now = tick_us();
		for (i = g->n; i-- > 0;)
			if (!move(g, g->client[i],
				p[FIRST_FDS + g->nports + i].revents, now))
				drop(g, i);
		for (i = 0; i < g->nports; i++)
			if (p[FIRST_FDS + i].revents != 0)
				welcome(g, i, now);
	}
	while (g->n > 0)
		drop(g, g->n - 1);
	return NULL;
}

static void
add_port(struct gateway *g, int number, const char *address, int64_t line)
{
	if (g->nports == PORTS) {
		mews_log(MEWS_LOG_ERROR,
		    "gateway: more than %d ports: not port %d of %s", PORTS,
		    number, address);
		return;
	}
	g->port[g->nports++] = (struct port){ .fd = -1,
		.number = number,
		.address = address,
		.line = line };
}

static void
add_ports(struct gateway *g, const struct gateway_options *o,
    const struct mews_gateway_port *p)
{
	static const char *const all[] = { "0.0.0.0", "::" };
	size_t i;

	if (p->address[0] != '\0')
		add_port(g, p->port, p->address, p->line);
	for (i = 0; p->address[0] == '\0' && i < o->naddresses; i++)
		add_port(g, p->port, o->address[i], p->line);
	for (i = 0;
	     p->address[0] == '\0' && o->naddresses == 0 && i < MEWS_LEN(all);
	     i++)
		add_port(g, p->port, all[i], p->line);
}

enum mews_rc
gateway_start(const struct gateway_options *o, const struct mews_site *site,
    struct desk *const *desk, int stop, struct gateway **out,
    struct mews_err *err)
{
	struct gateway *g = mews_alloc(1, sizeof(*g));
	struct mews_gateway_port own = { .port = o->port };
	pthread_attr_t attr;
	enum mews_rc rc;
	size_t i;
	int no;

	*out = NULL;
	g->site = site;
	g->stop = stop;
	if (o->port != 0)
		add_ports(g, o, &own);
	for (i = 0; i < site->nports; i++)
		add_ports(g, o, &site->port[i]);
	rc = g->nports == 0
	    ? MEWS_NONE
	    : exchange_new(site, desk, o->quiet, &g->exchange, err);
	if (rc != MEWS_OK) {
		gateway_free(g);
		return rc == MEWS_NONE ? MEWS_OK : rc;
	}
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	no = pthread_create(&g->thread, &attr, run, g);
	(void)pthread_attr_destroy(&attr);
	if (no != 0) {
		gateway_free(g);
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(no));
	}
	g->running = true;
	*out = g;
	return MEWS_OK;
}

void
gateway_join(struct gateway *g)
{
	if (g != NULL && g->running)
		(void)pthread_join(g->thread, NULL);
}

void
gateway_free(struct gateway *g)
{
	size_t i;

	if (g == NULL)
		return;
	for (i = 0; i < g->nports; i++)
		if (g->port[i].fd >= 0)
			(void)close(g->port[i].fd);
	exchange_free(g->exchange);
	free(g->own);
	free(g);
}
