/*
 * door.c - the socket, its clients and their deadlines.
 *
 * Lines are read into fixed memory and wiped once served: they may hold codes.
 * Commands whose row says slow are served one a round and after all others, so
 * that a storm of sign-ins does not hold up the sessions of those who are in.
 * A lock beside the socket says whether its owner lives: unlike a connection
 * that is tried, it cannot be won by two at once.
 */
#include "door.h"
#include "door_line.h"
#include "str.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS   64
#define PATIENCE  5000 /* ms for a whole line, and for taking an answer */
#define DEAF      1000 /* ms without accepting after that failed */
#define LINE_FULL SIZE_MAX

struct client {
	int fd;
	struct door_caller caller;
	int64_t deadline; /* monotonic ms */
	char in[MEWS_COMMAND_LINE];
	size_t nin;
	struct mews_buf out;
	size_t sent;
	bool last; /* close once the answer is sent */
};

struct door {
	struct mews_place place;
	struct door_rules rules;
	char path[MEWS_PATH];
	int fd, lock;
	int64_t deaf; /* no accepting until then, monotonic ms */
	struct client *client[CLIENTS]; /* owned; in order of turn */
	size_t n;
	bool more; /* a slow command is waiting */
};

static int64_t
clock_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Takes the lock that stands beside the socket, and lives as long as we. */
static enum mews_rc
take_lock(struct door *d, struct mews_err *err)
{
	char path[MEWS_PATH + 8];

	(void)snprintf(path, sizeof(path), "%s.lock", d->path);
	d->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (d->lock < 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	if (flock(d->lock, LOCK_EX | LOCK_NB) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", d->path,
		    errno == EWOULDBLOCK ? "already running" : strerror(errno));
	return MEWS_OK;
}

static enum mews_rc
listen_at(struct door *d, struct mews_err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	if (!mews_str_copy(a.sun_path, sizeof(a.sun_path), d->path))
		return mews_fail(err, MEWS_FAIL,
		    "%s: too long for the name of a socket", d->path);
	if (unlink(d->path) != 0 && errno != ENOENT)
		return mews_fail(err, MEWS_FAIL, "%s: %s", d->path,
		    strerror(errno));
	d->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* the mode is set before anyone can connect */
	if (d->fd < 0 || bind(d->fd, (struct sockaddr *)&a, sizeof(a)) != 0 ||
	    chmod(d->path, 0660) != 0 || listen(d->fd, CLIENTS) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", d->path,
		    strerror(errno));
	return MEWS_OK;
}

enum mews_rc
door_open(const struct mews_place *place, const struct door_rules *rules,
    struct door **out, struct mews_err *err)
{
	struct door *d = mews_alloc(1, sizeof(*d));
	enum mews_rc rc;

	d->place = *place;
	d->rules = *rules;
	d->fd = d->lock = -1;
	(void)mews_place_path(place, rules->file, d->path);
	if ((rc = take_lock(d, err)) == MEWS_OK)
		rc = listen_at(d, err);
	if (rc == MEWS_OK)
		*out = d;
	else
		door_close(d);
	return rc;
}

static void
drop(struct door *d, size_t i)
{
	struct client *c = d->client[i];

	(void)close(c->fd);
	if (c->out.s != NULL)
		explicit_bzero(c->out.s, c->out.cap);
	mews_buf_clear(&c->out);
	explicit_bzero(c->in, sizeof(c->in));
	free(c);
	d->n--;
	memmove(d->client + i, d->client + i + 1,
	    (d->n - i) * sizeof(d->client[0]));
}

void
door_close(struct door *d)
{
	if (d == NULL)
		return;
	while (d->n > 0)
		drop(d, d->n - 1);
	if (d->fd >= 0) {
		(void)unlink(d->path);
		(void)close(d->fd);
	}
	if (d->lock >= 0)
		(void)close(d->lock);
	free(d);
}

/* Accepts one client; false when there is none. */
static bool
welcome(struct door *d)
{
	struct ucred who;
	socklen_t len = sizeof(who);
	struct client *c;
	int fd = accept4(d->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0) {
		if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
			d->deaf = clock_ms() + DEAF;
		return false;
	}
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0) {
		(void)close(fd);
		return true;
	}
	c = d->client[d->n++] = mews_alloc(1, sizeof(*c));
	c->fd = fd;
	c->caller.pid = who.pid;
	c->caller.uid = who.uid;
	c->caller.gid = who.gid;
	c->deadline = clock_ms() + PATIENCE;
	return true;
}

/* Length of the line that is waiting, 0 when none is whole yet, LINE_FULL when
 * it is too long. */
static size_t
waiting(const struct client *c)
{
	const char *end = memchr(c->in, '\n', c->nin);

	if (end != NULL)
		return (size_t)(end - c->in) + 1;
	return c->nin == sizeof(c->in) ? LINE_FULL : 0;
}

/* False when the client is gone. */
static bool
hear(struct client *c)
{
	ssize_t n = recv(c->fd, c->in + c->nin, sizeof(c->in) - c->nin, 0);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->nin += (size_t)n;
	return n > 0;
}

/* False when the client is gone, or was answered for the last time. */
static bool
say(struct client *c)
{
	ssize_t n =
	    send(c->fd, c->out.s + c->sent, c->out.n - c->sent, MSG_NOSIGNAL);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->sent += (size_t)n;
	if (c->sent < c->out.n)
		return true;
	explicit_bzero(c->out.s, c->out.cap);
	mews_buf_reset(&c->out);
	c->sent = 0;
	c->deadline = clock_ms() + PATIENCE;
	return !c->last;
}

/* Answers the line of n bytes that is waiting. */
static void
answer_line(const struct door *d, struct client *c, size_t n)
{
	if (n == LINE_FULL) {
		c->last = true;
		n = c->nin;
		door_line_refuse(&c->out);
	} else
		door_line_serve(&d->place, &d->rules, &c->caller, c->in, n,
		    &c->out);
	memmove(c->in, c->in + n, c->nin - n);
	explicit_bzero(c->in + c->nin - n, n);
	c->nin -= n;
	c->deadline = clock_ms() + PATIENCE;
}

/* Answers client i, whose command is slow, and puts it behind the others. */
static void
answer_slow(struct door *d, size_t i)
{
	struct client *c = d->client[i];

	answer_line(d, c, waiting(c));
	memmove(d->client + i, d->client + i + 1,
	    (d->n - i - 1) * sizeof(d->client[0]));
	d->client[d->n - 1] = c;
}

/* Answers what is waiting: everything quick, and one that is slow.  True when
 * more is waiting. */
static bool
answer_all(struct door *d)
{
	size_t i, n, nslow = 0, first = 0;

	for (i = 0; i < d->n; i++) {
		struct client *c = d->client[i];

		if (c->out.n > 0 || c->last || (n = waiting(c)) == 0)
			continue;
		if (n == LINE_FULL || !door_line_slow(c->in, n))
			answer_line(d, c, n);
		else if (nslow++ == 0)
			first = i;
	}
	if (nslow > 0)
		answer_slow(d, first);
	return nslow > 1;
}

/* What to poll for: a client is heard only when nothing of it is waiting. */
static short
wanted(const struct client *c)
{
	if (c->out.n > 0)
		return POLLOUT;
	return waiting(c) > 0 ? 0 : POLLIN;
}

/* Moves bytes for one client; false when it is to be dropped. */
static bool
move(struct client *c, short revents)
{
	if (revents & (POLLERR | POLLNVAL))
		return false;
	if (revents & POLLOUT)
		return say(c);
	if (revents & POLLIN)
		return hear(c);
	return (revents & POLLHUP) == 0;
}

/* Ms until the first client's patience ends, at most timeout_ms. */
static int
next_deadline(const struct door *d, int timeout_ms)
{
	int64_t now = clock_ms(), left;
	size_t i;

	if (now < d->deaf && timeout_ms > DEAF)
		timeout_ms = DEAF;
	for (i = 0; i < d->n; i++) {
		left = d->client[i]->deadline - now;
		if (left < timeout_ms)
			timeout_ms = left > 0 ? (int)left : 0;
	}
	return timeout_ms;
}

/* Drops who is gone or out of patience; p[i] belongs to client[i]. */
static void
move_all(struct door *d, const struct pollfd *p)
{
	int64_t now = clock_ms();
	size_t i;

	for (i = d->n; i-- > 0;) {
		struct client *c = d->client[i];

		if (!move(c, p[i].revents) ||
		    (now >= c->deadline && wanted(c) != 0))
			drop(d, i);
	}
}

enum mews_rc
door_poll(struct door *d, struct pollfd *own, size_t n, int timeout_ms,
    struct mews_err *err)
{
	struct pollfd p[1 + CLIENTS + DOOR_OWN];
	size_t i, at = 0, clients = d->n;
	bool open = d->n < CLIENTS && clock_ms() >= d->deaf;

	assert(n <= DOOR_OWN);
	p[at++] = (struct pollfd){ .fd = open ? d->fd : -1, .events = POLLIN };
	for (i = 0; i < clients; i++)
		p[at++] = (struct pollfd){ .fd = d->client[i]->fd,
			.events = wanted(d->client[i]) };
	if (n > 0)
		memcpy(p + at, own, n * sizeof(*own));
	if (poll(p, at + n, d->more ? 0 : next_deadline(d, timeout_ms)) < 0) {
		for (i = 0; i < n; i++)
			own[i].revents = 0;
		if (errno == EINTR)
			return MEWS_OK;
		return mews_fail(err, MEWS_FAIL, "poll: %s", strerror(errno));
	}
	if (n > 0)
		memcpy(own, p + at, n * sizeof(*own));
	move_all(d, p + 1);
	while (p[0].revents != 0 && d->n < CLIENTS && welcome(d))
		;
	d->more = answer_all(d);
	return MEWS_OK;
}
