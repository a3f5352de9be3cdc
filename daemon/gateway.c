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
#include "gateway_kept.h"
#include "gateway_listen.h"
#include "gateway_port.h"
#include "gateway_tell.h"
#include "log.h"
#include "tick.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND    INT64_C(1000000)
#define STACK     (256 * 1024)
#define AT_ONCE   64            /* taken in one round */
#define NETWORKS  (10 * SECOND) /* the machine's are looked up again */
#define FIRST_FDS 2             /* in front of the ports' and the clients' */

struct gateway {
	struct gateway_options options;
	struct gateway_parts parts;
	struct exchange *exchange;
	struct count *count;
	struct teller *teller;
	struct say say;
	int stop;
	pthread_t thread;
	bool running;
	struct ports ports;
	struct client *client[GATEWAY_CLIENTS];
	size_t n;
	int64_t deaf;                  /* no accepting until then */
	struct mews_gateway_rule *own; /* while the site has no rules */
	size_t nown;
	int64_t own_at;
};

static const struct mews_gateway_rule *
rules(const struct gateway *g, size_t *n)
{
	*n = g->parts.site->nrules > 0 ? g->parts.site->nrules : g->nown;
	return g->parts.site->nrules > 0 ? g->parts.site->rule : g->own;
}

static void
drop(struct gateway *g, size_t i)
{
	exchange_cancel(g->exchange, g->client[i]);
	count_go(g->count, g->client[i]->id);
	client_free(g->client[i]);
	g->client[i] = g->client[--g->n];
}

/* True when there is room for the client, made if need be. */
static bool
room(struct gateway *g, const struct client *c, bool *crowd, int64_t now)
{
	size_t each = 0, i;

	for (i = 0; i < g->n; i++)
		each += g->client[i]->home == c->home;
	*crowd = each >= g->options.per_address;
	if (!*crowd && g->n < g->options.clients)
		return true;
	i = clients_spare(g->client, g->n, *crowd ? c : NULL, now);
	if (i == g->n)
		return false;
	drop(g, i);
	return true;
}

static void
let_in(struct gateway *g, struct client *c, size_t port)
{
	c->port = port;
	c->id = count_come(g->count, c->id, c->who, g->ports.port[port].number);
	g->client[g->n++] = c;
}

/* While the site has no rules. */
static void
know_networks(struct gateway *g, int64_t now)
{
	if (g->parts.site->nrules > 0 || now < g->own_at)
		return;
	listen_networks(&g->own, &g->nown);
	g->own_at = now + NETWORKS;
}

/* Lets in who knocks at a port. */
static void
welcome(struct gateway *g, size_t port, int64_t now)
{
	const struct mews_gateway_rule *rule;
	enum mews_traffic_why why;
	struct client *c;
	bool deaf = false, crowd;
	size_t n, i;

	know_networks(g, now);
	rule = rules(g, &n);
	for (i = 0; i < AT_ONCE &&
	     listen_accept(g->ports.port[port].fd, now, &c, &deaf);
	     i++) {
		if (c == NULL)
			continue;
		c->idle = g->options.idle;
		if (!access_knows(rule, n, c->address))
			why = MEWS_WHY_NO_RULE;
		else if (room(g, c, &crowd, now)) {
			let_in(g, c, port);
			continue;
		} else
			why = crowd ? MEWS_WHY_CROWD : MEWS_WHY_FULL;
		say_refused(&g->say, c, why, NULL, now);
		client_free(c);
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
		exchange_ask(g->exchange, c, &m, g->ports.port[c->port].line,
		    rule, n, now);
	if (state == MBAP_BAD)
		say_refused(&g->say, c, MEWS_WHY_PROTOCOL, NULL, now);
	return state == MBAP_MORE && client_say(c, now) &&
	    !(c->half && client_rests(c));
}

static bool
move(struct gateway *g, struct client *c, short revents, int64_t now)
{
	enum mews_traffic_why why = MEWS_WHY_NO_RULE;

	if (client_overdue(c, now, &why)) {
		if (why != MEWS_WHY_NO_RULE)
			say_refused(&g->say, c, why, NULL, now);
		return false;
	}
	return (revents & (POLLERR | POLLHUP | POLLNVAL)) == 0 &&
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
	for (i = 0; i < g->ports.n; i++)
		p[n++] =
		    (struct pollfd){ .fd = now >= g->deaf ? g->ports.port[i].fd
							  : -1,
			    .events = POLLIN };
	for (i = 0; i < g->n; i++)
		p[n++] = (struct pollfd){ .fd = g->client[i]->fd,
			.events = client_wants(g->client[i]) };
	return n;
}

static void
tell_ports(struct gateway *g)
{
	struct mews_traffic_port port[MEWS_TRAFFIC_PORTS];

	count_ports(g->count, port, ports_tell(&g->ports, port));
	g->ports.news = false;
}

/* What is due without anybody knocking; returns when that is next. */
static int64_t
tend(struct gateway *g, int64_t now)
{
	int64_t when = now + 60 * SECOND, due;
	size_t i;

	count_state(g->count,
	    ports_open(&g->ports, g->parts.place, now, &when));
	if (g->ports.news)
		tell_ports(g);
	exchange_run(g->exchange, g->client, g->n, now, &when);
	for (i = g->n; i-- > 0;) {
		if (!serve(g, g->client[i], now)) {
			drop(g, i);
			continue;
		}
		due = g->client[i]->nslots > 0 ? now + g->options.wait
					       : client_deadline(g->client[i]);
		when = due < when ? due : when;
	}
	return g->deaf > now && g->deaf < when ? g->deaf : when;
}

static void *
run(void *arg)
{
	struct pollfd p[FIRST_FDS + MEWS_TRAFFIC_PORTS + GATEWAY_CLIENTS] = {
		0
	};
	struct gateway *g = arg;
	int64_t now = tick_us(), when;
	size_t i, n;

	while (p[0].revents == 0) {
		when = tend(g, now);
		n = watch(g, p, now);
		wait(p, n, when);
		now = tick_us();
		for (i = g->n; i-- > 0;)
			if (!move(g, g->client[i],
				p[FIRST_FDS + g->ports.n + i].revents, now))
				drop(g, i);
		for (i = 0; i < g->ports.n; i++)
			if (p[FIRST_FDS + i].revents != 0)
				welcome(g, i, now);
	}
	return NULL;
}

/* The lines' desks keep the rules too. */
static void
rule_desks(const struct gateway *g)
{
	size_t i;

	for (i = 0; i < g->parts.site->nlines; i++)
		if (g->parts.desk[i] != NULL)
			desk_rule(g->parts.desk[i], g->options.wait,
			    g->options.share);
}

static enum mews_rc
start(struct gateway *g, struct mews_err *err)
{
	pthread_attr_t attr;
	enum mews_rc rc;
	int no;

	if ((rc = exchange_new(&g->options, &g->parts, g->count, &g->say,
		 &g->exchange, err)) != MEWS_OK ||
	    (rc = teller_start(g->parts.place, g->count, g->stop, &g->teller,
		 err)) != MEWS_OK)
		return rc;
	rule_desks(g);
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	no = pthread_create(&g->thread, &attr, run, g);
	(void)pthread_attr_destroy(&attr);
	if (no != 0)
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(no));
	g->running = true;
	return MEWS_OK;
}

/* Clients of before, as far as they are still wanted. */
static void
adopt(struct gateway *g)
{
	const struct mews_gateway_rule *rule;
	struct client *c;
	size_t n;

	know_networks(g, tick_us());
	rule = rules(g, &n);
	while ((c = gateway_kept_take(g->options.kept, &g->ports)) != NULL) {
		c->idle = g->options.idle;
		if (g->n < g->options.clients &&
		    access_knows(rule, n, c->address))
			let_in(g, c, c->port);
		else {
			count_go(g->count, c->id);
			client_free(c);
		}
	}
}

/* Leaves the clients, each with its answers, to the gateway that follows. */
static void
leave(struct gateway *g)
{
	if (g->running)
		exchange_end(g->exchange, g->client, g->n, tick_us());
	while (g->n > 0)
		gateway_kept_put(g->options.kept, g->client[--g->n], &g->ports);
}

enum mews_rc
gateway_start(const struct gateway_options *o, const struct gateway_parts *p,
    int stop, struct gateway **out, struct mews_err *err)
{
	struct gateway *g = mews_alloc(1, sizeof(*g));
	enum mews_rc rc = MEWS_NONE;

	*out = NULL;
	g->options = *o;
	g->parts = *p;
	g->stop = stop;
	g->count = gateway_kept_count(o->kept);
	g->say = (struct say){ .recorder = p->recorder, .count = g->count };
	ports_init(&g->ports, o, p->site);
	adopt(g);
	if (g->ports.n > 0)
		rc = start(g, err);
	if (rc != MEWS_OK) {
		gateway_free(g);
		return rc == MEWS_NONE ? MEWS_OK : rc;
	}
	*out = g;
	return MEWS_OK;
}

void
gateway_reset(struct gateway *g)
{
	count_reset(g->count);
}

int64_t
gateway_watch(struct gateway *g)
{
	return count_watch(g->count);
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
	if (g == NULL)
		return;
	leave(g);
	ports_close(&g->ports);
	exchange_free(g->exchange);
	teller_free(g->teller);
	free(g->own);
	free(g);
}
