/*
 * simulator_rtu.c - bytes at the pace of the wire.
 *
 * A pseudo-terminal hands a frame over at once, a wire does not.  So a request
 * counts as arrived when its characters would have, and an answer is written
 * in small pieces as its characters would.  Answers of two meters that overlap
 * are mixed, and a request that falls into an answer is lost, as on a wire.
 */
#include "simulator_rtu.h"
#include "tick.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define TALKS  4    /* answers that can be on their way at once */
#define PIECE  8    /* characters written together */
#define HALVES 2000 /* us in which a frame without pace must be complete */

struct talk {
	uint8_t byte[METER_FRAME];
	size_t n, sent;
	int64_t start;
};

struct rtu {
	const struct wire *wire;
	int master, slave;
	char path[512], link[512];
	uint8_t rx[METER_FRAME];
	size_t nrx;
	int64_t rx_end; /* when the last character was over */
	bool lost;      /* what is being received met an answer */
	speed_t speed;  /* a reader's, before it was forgotten */
	struct talk talk[TALKS];
};

/*
 * The slave stays open here, so that a reader may come and go.  A speed nobody
 * uses is set on it whenever the line is at rest: glibc's tcsetattr fails with EINVAL
 * when a reader asks for parity, which a pseudo-terminal has not, and nothing
 * else changes (glibc 2.36, sysdeps/unix/sysv/linux/tcsetattr.c).
 */
static void
forget_speed(struct rtu *r)
{
	struct termios tio;

	if (tcgetattr(r->slave, &tio) == 0 && cfgetospeed(&tio) != B50) {
		r->speed = cfgetospeed(&tio);
		(void)cfsetspeed(&tio, B50);
		(void)tcsetattr(r->slave, TCSANOW, &tio);
	}
}

static bool
open_pair(struct rtu *r)
{
	struct termios tio;
	char name[64];

	r->slave = -1;
	r->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (r->master < 0 || grantpt(r->master) != 0 ||
	    unlockpt(r->master) != 0 ||
	    ptsname_r(r->master, name, sizeof(name)) != 0)
		return false;
	r->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (r->slave < 0 || tcgetattr(r->slave, &tio) != 0)
		return false;
	cfmakeraw(&tio);
	if (tcsetattr(r->slave, TCSANOW, &tio) != 0)
		return false;
	forget_speed(r);
	(void)unlink(r->path);
	(void)unlink(r->link);
	return symlink(name, r->path) == 0 && symlink(name, r->link) == 0;
}

enum mews_rc
rtu_open(const struct wire *w, const char *path, const char *link,
    struct rtu **out, struct mews_err *err)
{
	struct rtu *r = mews_alloc(1, sizeof(*r));
	enum mews_rc rc;

	r->wire = w;
	r->master = r->slave = -1;
	(void)snprintf(r->link, sizeof(r->link), "%s", link);
	rc = rtu_back(r, path, err);
	if (rc != MEWS_OK) {
		rtu_close(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

enum mews_rc
rtu_back(struct rtu *r, const char *path, struct mews_err *err)
{
	rtu_gone(r);
	(void)snprintf(r->path, sizeof(r->path), "%s", path);
	return open_pair(r)
	    ? MEWS_OK
	    : mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

void
rtu_gone(struct rtu *r)
{
	size_t i;

	if (r->master >= 0 || r->slave >= 0) {
		(void)unlink(r->path);
		(void)unlink(r->link);
	}
	if (r->slave >= 0)
		(void)close(r->slave);
	if (r->master >= 0)
		(void)close(r->master);
	r->master = r->slave = -1;
	for (i = 0; i < TALKS; i++)
		r->talk[i].n = r->talk[i].sent = 0;
	r->nrx = 0;
	r->lost = false;
}

void
rtu_close(struct rtu *r)
{
	if (r == NULL)
		return;
	rtu_gone(r);
	free(r);
}

int
rtu_fd(const struct rtu *r)
{
	return r->master;
}

static bool
talking(const struct rtu *r, int64_t now)
{
	size_t i;

	for (i = 0; i < TALKS; i++)
		if (r->talk[i].sent < r->talk[i].n && now >= r->talk[i].start)
			return true;
	return false;
}

/* A frame at another speed than the line's is noise to its meters. */
static bool
understood(const struct rtu *r)
{
	static const struct {
		int baud;
		speed_t speed;
	} speeds[] = { { 1200, B1200 }, { 2400, B2400 }, { 4800, B4800 },
		{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 },
		{ 57600, B57600 }, { 115200, B115200 } };
	struct termios tio;
	speed_t speed;
	size_t i;

	if (r->wire->baud == 0 || tcgetattr(r->slave, &tio) != 0)
		return true;
	speed = cfgetospeed(&tio) == B50 ? r->speed : cfgetospeed(&tio);
	for (i = 0; i < MEWS_LEN(speeds); i++)
		if (speed == speeds[i].speed)
			return r->wire->baud == speeds[i].baud;
	return true;
}

static void
take(struct rtu *r, int64_t now)
{
	uint8_t byte[METER_FRAME];
	ssize_t n = read(r->master, byte, sizeof(byte));

	if (n <= 0)
		return;
	if (talking(r, now) || !understood(r) ||
	    r->nrx + (size_t)n > sizeof(r->rx))
		r->lost = true;
	else {
		memcpy(r->rx + r->nrx, byte, (size_t)n);
		r->nrx += (size_t)n;
	}
	if (r->rx_end < now)
		r->rx_end = now;
	r->rx_end += wire_time(r->wire, (size_t)n);
}

/* When what was received is a frame: WIRE_NEVER while there is nothing. */
static int64_t
complete(const struct rtu *r)
{
	if (r->nrx == 0 && !r->lost)
		return WIRE_NEVER;
	if (r->wire->baud != 0)
		return r->rx_end + wire_silence(r->wire);
	return wire_sound(r->rx, r->nrx) ? r->rx_end : r->rx_end + HALVES;
}

static void
answer(struct rtu *r)
{
	struct talk *t = NULL;
	int64_t delay;
	size_t i;

	for (i = 0; i < TALKS; i++)
		if (r->talk[i].sent == r->talk[i].n)
			t = &r->talk[i];
	if (!r->lost && t != NULL) {
		t->sent = 0;
		t->n = wire_ask(r->wire, r->rx, r->nrx, t->byte, &delay);
		t->start = r->rx_end + delay;
	}
	r->nrx = 0;
	r->lost = false;
}

/* When the next piece of an answer is due. */
static int64_t
piece(const struct rtu *r, const struct talk *t)
{
	size_t n = t->sent + PIECE < t->n ? t->sent + PIECE : t->n;

	return t->sent == t->n ? WIRE_NEVER : t->start + wire_time(r->wire, n);
}

static void
send_due(struct rtu *r, struct talk *t, int64_t now)
{
	size_t n;

	while (piece(r, t) <= now) {
		n = t->n - t->sent < PIECE ? t->n - t->sent : PIECE;
		/* nobody reads: what does not fit is lost on a wire too */
		if (write(r->master, t->byte + t->sent, n) < 0 &&
		    errno != EAGAIN)
			t->sent = t->n = 0;
		else
			t->sent += n;
	}
}

int64_t
rtu_due(const struct rtu *r)
{
	int64_t due = complete(r), at;
	size_t i;

	for (i = 0; i < TALKS; i++)
		if ((at = piece(r, &r->talk[i])) < due)
			due = at;
	return due;
}

void
rtu_run(struct rtu *r)
{
	int64_t now = tick_us();
	size_t i;

	if (r->master < 0)
		return;
	take(r, now);
	if (complete(r) <= now)
		answer(r);
	for (i = 0; i < TALKS; i++)
		send_due(r, &r->talk[i], now);
	if (rtu_due(r) == WIRE_NEVER)
		forget_speed(r);
}
