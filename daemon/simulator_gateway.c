/*
 * simulator_gateway.c - Modbus TCP to a line that carries one request at once.
 *
 * The line exists as time alone: the meter is asked when its request begins
 * and the client is answered when the answer's last character would be over.
 * A meter that has not begun to answer after 300 ms is exception 0B, as is an
 * answer with a wrong CRC, unit, function or length.
 */
#include "simulator_gateway.h"
#include "tick.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS  (GATEWAY_FDS - 1)
#define QUEUE    64
#define MBAP     7
#define MOST_TCP 260
#define PATIENCE 300000 /* us */

enum { NO_ANSWER = 0x0b };

struct client {
	int fd; /* -1: free */
	unsigned serial;
	uint8_t rx[MOST_TCP];
	size_t nrx;
};

struct request {
	size_t client;
	unsigned serial; /* of the client when it asked */
	uint8_t tid[2];
	uint8_t frame[METER_FRAME];
	size_t n;
};

struct gateway {
	const struct wire *wire;
	int listener;
	struct client client[CLIENTS];
	struct request queue[QUEUE]; /* a ring; first is on the line */
	size_t first, count;
	unsigned serial;
	bool busy;
	int64_t done; /* when the answer to the first is over */
	uint8_t answer[METER_FRAME];
	size_t nanswer;
};

enum mews_rc
gateway_open(const struct wire *w, unsigned port, struct gateway **out,
    struct mews_err *err)
{
	struct gateway *g = mews_alloc(1, sizeof(*g));
	struct sockaddr_in a = { .sin_family = AF_INET };
	size_t i;
	int on = 1;

	for (i = 0; i < CLIENTS; i++)
		g->client[i].fd = -1;
	g->wire = w;
	a.sin_port = htons((uint16_t)port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g->listener =
	    socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	*out = g;
	if (g->listener >= 0 &&
	    setsockopt(g->listener, SOL_SOCKET, SO_REUSEADDR, &on,
		sizeof(on)) == 0 &&
	    bind(g->listener, (struct sockaddr *)&a, sizeof(a)) == 0 &&
	    listen(g->listener, CLIENTS) == 0)
		return MEWS_OK;
	(void)mews_fail(err, MEWS_FAIL, "port %u of 127.0.0.1: %s", port,
	    strerror(errno));
	gateway_close(g);
	*out = NULL;
	return MEWS_FAIL;
}

static void
hang_up(struct client *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
}

void
gateway_close(struct gateway *g)
{
	size_t i;

	if (g == NULL)
		return;
	for (i = 0; i < CLIENTS; i++)
		hang_up(&g->client[i]);
	if (g->listener >= 0)
		(void)close(g->listener);
	free(g);
}

unsigned
gateway_port(const struct gateway *g)
{
	struct sockaddr_in a = { 0 };
	socklen_t n = sizeof(a);

	(void)getsockname(g->listener, (struct sockaddr *)&a, &n);
	return ntohs(a.sin_port);
}

size_t
gateway_fds(const struct gateway *g, struct pollfd *p)
{
	size_t i, n = 0;

	p[n++] = (struct pollfd){ .fd = g->listener, .events = POLLIN };
	for (i = 0; i < CLIENTS; i++)
		if (g->client[i].fd >= 0)
			p[n++] = (struct pollfd){ .fd = g->client[i].fd,
				.events = POLLIN };
	return n;
}

int64_t
gateway_due(const struct gateway *g)
{
	return g->busy ? g->done : WIRE_NEVER;
}

static void
welcome(struct gateway *g)
{
	int fd = accept4(g->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	int on = 1;
	size_t i;

	if (fd < 0)
		return;
	for (i = 0; i < CLIENTS && g->client[i].fd >= 0; i++)
		;
	if (i == CLIENTS) {
		(void)close(fd);
		return;
	}
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	g->client[i].fd = fd;
	g->client[i].nrx = 0;
	g->client[i].serial = ++g->serial;
}

/* One request from the client's bytes; false for what no client may send. */
static bool
enqueue(struct gateway *g, size_t client, size_t len)
{
	const struct client *c = &g->client[client];
	struct request *r;
	uint16_t crc;

	if (g->count == QUEUE)
		return false;
	r = &g->queue[(g->first + g->count++) % QUEUE];
	r->client = client;
	r->serial = c->serial;
	memcpy(r->tid, c->rx, 2);
	memcpy(r->frame, c->rx + MBAP - 1, len);
	crc = meter_crc(r->frame, len);
	r->frame[len] = (uint8_t)crc;
	r->frame[len + 1] = (uint8_t)(crc >> 8);
	r->n = len + 2;
	return true;
}

static void
listen_to(struct gateway *g, size_t client)
{
	struct client *c = &g->client[client];
	ssize_t n = recv(c->fd, c->rx + c->nrx, sizeof(c->rx) - c->nrx, 0);
	size_t len;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	c->nrx += n > 0 ? (size_t)n : 0;
	while (n > 0 && c->nrx >= MBAP) {
		len = (size_t)c->rx[4] << 8 | c->rx[5];
		if (c->rx[2] != 0 || c->rx[3] != 0 || len < 2 || len > 254)
			n = 0;
		else if (c->nrx < MBAP - 1 + len)
			return;
		else if (!enqueue(g, client, len))
			n = 0;
		else {
			c->nrx -= MBAP - 1 + len;
			memmove(c->rx, c->rx + MBAP - 1 + len, c->nrx);
		}
	}
	if (n <= 0)
		hang_up(c);
}

/* Whether an answer is one to this request. */
static bool
belongs(const struct request *r, const uint8_t *a, size_t n)
{
	if (!wire_sound(a, n) || n < 5 || a[0] != r->frame[0] ||
	    (a[1] & 0x7f) != r->frame[1])
		return false;
	return (a[1] & 0x80) != 0 ? n == 5 : n == 5u + a[2];
}

static void
begin(struct gateway *g)
{
	const struct request *r = &g->queue[g->first];
	int64_t asked =
	    tick_us() + wire_silence(g->wire) + wire_time(g->wire, r->n);
	int64_t delay;
	size_t n = wire_ask(g->wire, r->frame, r->n, g->answer, &delay);

	if (n == 0 || delay > PATIENCE || !belongs(r, g->answer, n)) {
		if (n == 0 || delay > PATIENCE)
			delay = PATIENCE;
		g->answer[0] = r->frame[0];
		g->answer[1] = r->frame[1] | 0x80;
		g->answer[2] = NO_ANSWER;
		g->nanswer = 3;
	} else
		g->nanswer = n - 2;
	g->done = asked + delay + wire_time(g->wire, n);
	g->busy = true;
}

static void
finish(struct gateway *g)
{
	const struct request *r = &g->queue[g->first];
	struct client *c = &g->client[r->client];
	uint8_t out[MOST_TCP] = { r->tid[0], r->tid[1], 0, 0, 0, 0 };

	out[5] = (uint8_t)g->nanswer;
	memcpy(out + MBAP - 1, g->answer, g->nanswer);
	if (c->fd >= 0 && c->serial == r->serial &&
	    send(c->fd, out, MBAP - 1 + g->nanswer, MSG_NOSIGNAL) < 0)
		hang_up(c);
	g->first = (g->first + 1) % QUEUE;
	g->count--;
	g->busy = false;
}

void
gateway_run(struct gateway *g)
{
	size_t i;

	welcome(g);
	for (i = 0; i < CLIENTS; i++)
		if (g->client[i].fd >= 0)
			listen_to(g, i);
	if (g->busy && g->done <= tick_us())
		finish(g);
	while (!g->busy && g->count > 0) {
		begin(g);
		if (g->done <= tick_us())
			finish(g);
	}
}
