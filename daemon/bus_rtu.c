/*
 * bus_rtu.c - a serial line: libmodbus opens and sets it up, the rest is ours.
 *
 * libmodbus 3.1.6 never waits 3.5 characters and takes late answers for good
 * ones, so requests, silence and frames are kept here.  While an
 * answer is on the wire the thread sleeps for as long as its bytes need, and
 * is not woken for each.  A hole in an answer is one that was watched: on a
 * busy machine the thread may wake late, and finds all bytes there.
 */
#include "adapter.h"
#include "budget.h"
#include "bus_line.h"
#include "bus_mode.h"
#include "bus_why.h"
#include "tick.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <modbus/modbus.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define NAP      2000    /* us: less is not slept for ... */
#define NAP_MOST 40000   /* ... nor more: a stop is not heard meanwhile */
#define UNSENT   1000000 /* us for a request to leave */
#define DRAINS   50      /* silences a noisy line may break */

struct rtu {
	modbus_t *modbus;
	int fd, stop;
	int64_t character, silence; /* us */
	int64_t last;               /* of the last byte on the line */
};

static void
pace(struct rtu *r, const struct mews_line *l)
{
	r->character = mews_wire_character(l);
	r->silence = mews_wire_silence(l);
}

/* Leaves the port in another state than the one wanted: tcsetattr() of glibc
 * fails on a pseudo-terminal that is in it already. */
static void
upset(const char *path)
{
	struct termios t;
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return;
	if (tcgetattr(fd, &t) == 0) {
		(void)cfsetspeed(&t, B1200);
		(void)tcsetattr(fd, TCSANOW, &t);
	}
	(void)close(fd);
}

static bool
connect_line(struct rtu *r, const char *name)
{
	if (modbus_connect(r->modbus) == 0)
		return true;
	if (errno != EINVAL)
		return false;
	upset(name);
	return modbus_connect(r->modbus) == 0;
}

/* Half duplex by the kernel and short delays where the hardware can. */
static void
tune(int fd)
{
	struct serial_rs485 rs485 = { .flags = SER_RS485_ENABLED |
		    SER_RS485_RTS_ON_SEND };
	struct serial_struct serial;

	(void)ioctl(fd, TIOCSRS485, &rs485);
	if (ioctl(fd, TIOCGSERIAL, &serial) == 0) {
		serial.flags |= (int)ASYNC_LOW_LATENCY;
		(void)ioctl(fd, TIOCSSERIAL, &serial);
	}
}

static void
rtu_close(void *line)
{
	struct rtu *r = line;

	modbus_close(r->modbus);
	modbus_free(r->modbus);
	free(r);
}

/* The rest of the port stays as libmodbus set it up. */
static enum mews_rc
rtu_set(void *line, const struct mews_line *l, struct mews_err *err)
{
	struct rtu *r = line;
	struct termios t;

	if (tcgetattr(r->fd, &t) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", l->name,
		    strerror(errno));
	if (l->kind != MEWS_LINE_RTU || !bus_mode(l, &t))
		return mews_fail(err, MEWS_BAD, "%s: no line has %d baud",
		    l->name, l->baud);
	/* a pseudo-terminal, which knows no parity, calls it invalid */
	if (tcsetattr(r->fd, TCSANOW, &t) != 0 && errno != EINVAL)
		return mews_fail(err, MEWS_FAIL, "%s: %s", l->name,
		    strerror(errno));
	pace(r, l);
	r->last = tick_us();
	return MEWS_OK;
}

static enum mews_rc
rtu_open(const struct mews_line *l, int stop, void **out, const char **why,
    struct mews_err *err)
{
	struct rtu *r = mews_alloc(1, sizeof(*r));
	char name[ADAPTER_NAME];
	enum mews_rc rc;

	r->stop = stop;
	pace(r, l);
	adapter_find(l->path, name);
	r->modbus = modbus_new_rtu(name, l->baud, l->parity, 8, l->stop);
	if (r->modbus == NULL || !connect_line(r, name)) {
		*why = bus_why(errno);
		(void)mews_fail(err, MEWS_FAIL, "%s: %s", name,
		    modbus_strerror(errno));
		modbus_free(r->modbus);
		free(r);
		return MEWS_FAIL;
	}
	r->fd = modbus_get_socket(r->modbus);
	/* root walks through TIOCEXCL, and others through flock() */
	if (flock(r->fd, LOCK_EX | LOCK_NB) != 0 ||
	    ioctl(r->fd, TIOCEXCL) != 0) {
		rtu_close(r);
		*why = "busy";
		return mews_fail(err, MEWS_FAIL,
		    "%s is used by another program", name);
	}
	tune(r->fd);
	if ((rc = rtu_set(r, l, err)) != MEWS_OK) {
		*why = "other";
		rtu_close(r);
		return rc;
	}
	adapter_learn(l->path);
	*out = r;
	return MEWS_OK;
}

/* Waits for the descriptor until a time: BUS_SILENT when that has come. */
static enum bus_result
wait_until(const struct rtu *r, short events, int64_t t)
{
	struct pollfd fd[2] = { { .fd = r->fd, .events = events },
		{ .fd = r->stop, .events = POLLIN } };
	int64_t us = t - tick_us();
	struct timespec ts = { us > 0 ? us / 1000000 : 0,
		us > 0 ? us % 1000000 * 1000 : 0 };

	if (ppoll(fd, 2, &ts, NULL) < 0 && errno != EINTR)
		return BUS_GONE;
	if (fd[1].revents != 0)
		return BUS_STOPPED;
	if (fd[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		return BUS_GONE;
	return fd[0].revents != 0 ? BUS_GOOD : BUS_SILENT;
}

/* Bytes that are there, *n of them; BUS_GONE when the line is.  0 bytes are no
 * end: libmodbus sets VMIN to 0. */
static enum bus_result
take(struct rtu *r, uint8_t *p, size_t size, size_t *n)
{
	ssize_t got = read(r->fd, p, size);

	*n = got > 0 ? (size_t)got : 0;
	if (got > 0)
		r->last = tick_us();
	return got < 0 && errno != EAGAIN && errno != EINTR ? BUS_GONE
							    : BUS_GOOD;
}

/* Waits until the line was silent for long enough; what comes meanwhile
 * answers nobody. */
static enum bus_result
settle(struct rtu *r, struct bus_answer *stale)
{
	enum bus_result rc;
	size_t n;
	int i;

	for (i = 0; i < DRAINS; i++) {
		do {
			if ((rc = take(r, stale->raw, sizeof(stale->raw),
				 &n)) != BUS_GOOD)
				return rc;
			stale->nraw = n > 0 ? n : stale->nraw;
		} while (n > 0);
		if (tick_us() >= r->last + r->silence)
			return BUS_GOOD;
		rc = wait_until(r, POLLIN, r->last + r->silence);
		if (rc != BUS_GOOD && rc != BUS_SILENT)
			return rc;
	}
	return BUS_DAMAGED;
}

static enum bus_result
transmit(struct rtu *r, const uint8_t *p, size_t n)
{
	int64_t until = tick_us() + UNSENT;
	enum bus_result rc = BUS_GOOD;
	ssize_t put;

	while (n > 0 && (rc == BUS_GOOD || rc == BUS_SILENT)) {
		put = write(r->fd, p, n);
		if (put < 0 && errno != EAGAIN && errno != EINTR)
			return BUS_GONE;
		if (put > 0) {
			p += put;
			n -= (size_t)put;
		} else if (tick_us() >= until) {
			return BUS_GONE;
		} else {
			rc = wait_until(r, POLLOUT, until);
		}
	}
	return n == 0 ? BUS_GOOD : rc;
}

/* Sleeps while bytes that must still come are on the wire: until *end, which
 * is reckoned when the answer begins, for later bytes come in bunches. */
static void
nap(const struct rtu *r, const struct frame *f, int64_t *end)
{
	int64_t now = tick_us(), us;
	struct timespec ts = { 0, 0 };

	if (*end == 0 && f->n >= 2)
		*end = now + (int64_t)frame_missing(f) * r->character;
	us = *end - now;
	if (us < NAP)
		return;
	ts.tv_nsec = (us < NAP_MOST ? us : NAP_MOST) * 1000;
	(void)nanosleep(&ts, NULL);
}

static enum bus_result
receive(struct rtu *r, struct frame *f)
{
	static const enum bus_result as[] = { [FRAME_GOOD] = BUS_GOOD,
		[FRAME_SILENT] = BUS_SILENT,
		[FRAME_DAMAGED] = BUS_DAMAGED };
	enum frame_state state;
	enum bus_result rc;
	uint8_t in[FRAME_RTU];
	int64_t end = 0;
	size_t n = 0;

	while ((state = frame_take(f, in, n, tick_us())) == FRAME_WAIT) {
		nap(r, f, &end);
		rc = wait_until(r, POLLIN, frame_deadline(f));
		n = 0;
		if (rc == BUS_SILENT)
			continue;
		if (rc == BUS_GOOD)
			rc = take(r, in, sizeof(in), &n);
		if (rc != BUS_GOOD || n == 0) /* ready, and nothing there */
			return rc != BUS_GOOD ? rc : BUS_GONE;
		frame_unseen(f, tick_us());
	}
	return as[state];
}

/* A good answer alone, else all that came. */
static enum bus_result
hand_over(const struct frame *f, enum bus_result rc, struct bus_answer *out)
{
	bool good = rc == BUS_GOOD;

	out->n = good ? f->npdu : 0;
	out->nraw = good ? f->npdu + 1 + FRAME_CRC : f->nheard;
	memcpy(out->raw, good ? f->pdu - 1 : f->heard, out->nraw);
	out->foreign = !good && f->foreign;
	return good && (out->pdu[0] & 0x80) != 0 ? BUS_EXCEPTION : rc;
}

static enum bus_result
rtu_ask(void *line, uint8_t unit, const uint8_t *pdu, size_t n, int64_t timeout,
    struct bus_answer *out)
{
	struct rtu *r = line;
	uint8_t adu[FRAME_RTU];
	struct frame f;
	enum bus_result rc;
	size_t len = frame_pack(adu, unit, pdu, n);

	*out = (struct bus_answer){ .n = 0 };
	if ((rc = settle(r, out)) != BUS_GOOD)
		return rc;
	out->nraw = 0;
	if ((rc = transmit(r, adu, len)) != BUS_GOOD)
		return rc;
	r->last = tick_us() + (int64_t)len * r->character;
	if (unit == 0) {
		rc = wait_until(r, 0, r->last + BUS_TURNAROUND);
		return rc == BUS_SILENT ? BUS_GOOD : rc;
	}
	out->took = out->first = -r->last;
	frame_begin(&f, unit, pdu, n, r->last, timeout, r->character);
	if ((rc = receive(r, &f)) == BUS_GOOD) {
		out->took += tick_us();
		out->first += f.first;
	}
	return hand_over(&f, rc, out);
}

const struct bus_driver bus_rtu = {
	.open = rtu_open,
	.close = rtu_close,
	.set = rtu_set,
	.ask = rtu_ask,
};
