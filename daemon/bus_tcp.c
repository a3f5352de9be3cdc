/*
 * bus_tcp.c - a Modbus TCP gateway: one connection, one request at a time.
 *
 * Answers are matched by transaction, unit and function; what matches nothing
 * is dropped.  Behind the gateway is a serial line of its own, so it has its
 * own time on top of the line's; when it lets two requests in a row pass, the
 * connection is begun anew.
 */
#include "bus_line.h"
#include "bus_why.h"
#include "mbap.h"
#include "tick.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECT 1000000 /* us */
#define REMOTE  700000  /* us beyond the line's timeout */
#define UNHEARD 2       /* requests until the connection is given up */

struct tcp {
	const struct mews_line *line;
	int fd, stop; /* fd is -1 while it is closed */
	uint16_t tid;
	unsigned unheard;
	uint8_t in[MBAP_MOST];
	size_t n;
};

static enum bus_result
wait_until(const struct tcp *t, short events, int64_t until)
{
	struct pollfd fd[2] = { { .fd = t->fd, .events = events },
		{ .fd = t->stop, .events = POLLIN } };
	int64_t us = until - tick_us();
	int n;

	if (us <= 0)
		return BUS_SILENT;
	n = poll(fd, 2, (int)(us / 1000) + 1);
	if (n < 0 && errno != EINTR)
		return BUS_GONE;
	if (fd[1].revents != 0)
		return BUS_STOPPED;
	return n == 0 ? BUS_SILENT : BUS_GOOD;
}

static void
end(struct tcp *t)
{
	if (t->fd >= 0)
		(void)close(t->fd);
	t->fd = -1;
}

static bool
connect_one(struct tcp *t, const struct addrinfo *a)
{
	int error = 0, one = 1;
	socklen_t len = sizeof(error);

	t->fd =
	    socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (t->fd < 0)
		return false;
	(void)setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	(void)setsockopt(t->fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
	if (connect(t->fd, a->ai_addr, a->ai_addrlen) == 0)
		return true;
	if (errno == EINPROGRESS &&
	    wait_until(t, POLLOUT, tick_us() + CONNECT) == BUS_GOOD &&
	    getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 &&
	    error == 0)
		return true;
	if (error != 0 || errno == EINPROGRESS)
		errno = error != 0 ? error : ETIMEDOUT;
	error = errno;
	end(t);
	errno = error;
	return false;
}

static enum mews_rc
begin(struct tcp *t, const char **why, struct mews_err *err)
{
	const struct mews_line *l = t->line;
	struct addrinfo want = { .ai_socktype = SOCK_STREAM }, *list, *a;
	char port[8];
	int rc;

	t->n = 0;
	t->unheard = 0;
	(void)snprintf(port, sizeof(port), "%d", l->port & 0xffff);
	*why = "nameless";
	if ((rc = getaddrinfo(l->path, port, &want, &list)) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", l->path,
		    gai_strerror(rc));
	for (a = list; a != NULL && !connect_one(t, a); a = a->ai_next)
		;
	rc = errno;
	freeaddrinfo(list);
	*why = bus_why(rc);
	if (a == NULL)
		return mews_fail(err, MEWS_FAIL, "%s port %d: %s", l->path,
		    l->port, strerror(rc));
	return MEWS_OK;
}

static enum mews_rc
tcp_open(const struct mews_line *l, int stop, void **out, const char **why,
    struct mews_err *err)
{
	struct tcp *t = mews_alloc(1, sizeof(*t));

	t->line = l;
	t->fd = -1;
	t->stop = stop;
	if (begin(t, why, err) != MEWS_OK) {
		free(t);
		return MEWS_FAIL;
	}
	*out = t;
	return MEWS_OK;
}

static void
tcp_close(void *line)
{
	end(line);
	free(line);
}

static enum mews_rc
tcp_set(void *line, const struct mews_line *l, struct mews_err *err)
{
	(void)line;
	return mews_fail(err, MEWS_BAD, "%s is a gateway, its speed is its own",
	    l->name);
}

static enum bus_result
transmit(struct tcp *t, uint8_t unit, const uint8_t *pdu, size_t n)
{
	uint8_t out[MBAP_MOST];
	size_t len = mbap_pack(out, ++t->tid, unit, pdu, n);

	return send(t->fd, out, len, MSG_NOSIGNAL) == (ssize_t)len ? BUS_GOOD
								   : BUS_GONE;
}

static bool
fits(const struct tcp *t, const struct mbap *m, uint8_t unit,
    const uint8_t *pdu, size_t n)
{
	return m->tid == t->tid && m->unit == unit &&
	    frame_answers(pdu, n, m->pdu, m->n);
}

static void
hear(struct bus_answer *out, const uint8_t *p, size_t n)
{
	out->nraw = n < sizeof(out->raw) ? n : sizeof(out->raw);
	memcpy(out->raw, p, out->nraw);
}

/* No answer came in time: what is there is the begin of one, or is none. */
static enum bus_result
give_up(const struct tcp *t, enum bus_result rc, struct bus_answer *out)
{
	if (t->n > 0 && !out->foreign)
		hear(out, t->in, t->n);
	return rc;
}

static enum bus_result
receive(struct tcp *t, uint8_t unit, const uint8_t *pdu, size_t n,
    int64_t until, struct bus_answer *out)
{
	enum bus_result rc;
	ssize_t got;
	enum mbap_state state;
	struct mbap m;

	for (;;) {
		while ((state = mbap_take(t->in, t->n, &m)) == MBAP_FRAME) {
			hear(out, m.pdu - 1, m.n + 1);
			out->foreign = !fits(t, &m, unit, pdu, n);
			out->n = out->foreign ? 0 : m.n;
			t->n -= m.taken;
			memmove(t->in, t->in + m.taken, t->n);
			if (out->n != 0)
				return BUS_GOOD;
		}
		if (state == MBAP_BAD)
			return give_up(t, BUS_GONE, out);
		if ((rc = wait_until(t, POLLIN, until)) != BUS_GOOD)
			return give_up(t, rc, out);
		got = recv(t->fd, t->in + t->n, sizeof(t->in) - t->n, 0);
		if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
			return BUS_GONE;
		t->n += got > 0 ? (size_t)got : 0;
	}
}

/* A gateway may close a connection that was idle: that is found out before a
 * request is lost in it. */
static bool
closed(const struct tcp *t)
{
	uint8_t byte;
	ssize_t n = recv(t->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

/* The gateway says that its line or its unit did not answer. */
static bool
unheard(const struct bus_answer *a)
{
	return a->n == 2 && (a->pdu[1] == 0x0a || a->pdu[1] == 0x0b);
}

static enum bus_result
tcp_ask(void *line, uint8_t unit, const uint8_t *pdu, size_t n, int64_t timeout,
    struct bus_answer *out)
{
	struct tcp *t = line;
	int64_t asked = tick_us();
	enum bus_result rc = BUS_GONE;
	const char *why;

	*out = (struct bus_answer){ .n = 0 };
	if (t->fd >= 0 && closed(t))
		end(t);
	if (t->fd < 0 && begin(t, &why, NULL) != MEWS_OK)
		return BUS_GONE;
	rc = transmit(t, unit, pdu, n);
	if (rc == BUS_GOOD && unit == 0) {
		rc = wait_until(t, 0, tick_us() + BUS_TURNAROUND);
		return rc == BUS_SILENT ? BUS_GOOD : rc;
	}
	if (rc == BUS_GOOD)
		rc =
		    receive(t, unit, pdu, n, tick_us() + timeout + REMOTE, out);
	out->took = out->first = tick_us() - asked;
	if (rc == BUS_SILENT && ++t->unheard >= UNHEARD)
		end(t);
	if (rc != BUS_GOOD)
		return rc;
	t->unheard = 0;
	if (!(out->pdu[0] & 0x80))
		return BUS_GOOD;
	return unheard(out) ? BUS_SILENT : BUS_EXCEPTION;
}

const struct bus_driver bus_tcp = {
	.open = tcp_open,
	.close = tcp_close,
	.set = tcp_set,
	.ask = tcp_ask,
};
