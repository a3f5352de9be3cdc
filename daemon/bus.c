/*
 * bus.c - opens the line, asks what is longest due or what a client wants to
 * know, hands the answer on.
 *
 * The thread sleeps in poll() on its line, its desk and the stop descriptor,
 * and in nothing else, so that it ends at once.
 */
#include "bus_inside.h"
#include "budget.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STACK (256 * 1024)

/* Sleeps until a time or until a client asks; false when the bus is to stop. */
static bool
sleep_until(const struct bus *b, int64_t t)
{
	struct pollfd fd[2] = { { .fd = b->stop, .events = POLLIN },
		{ .fd = b->open != NULL ? desk_fd(b->desk) : -1,
		    .events = POLLIN } };
	int64_t us = t - tick_us();
	struct timespec ts = { us > 0 ? us / 1000000 : 0,
		us > 0 ? us % 1000000 * 1000 : 0 };

	return ppoll(fd, MEWS_LEN(fd), &ts, NULL) <= 0 || fd[0].revents == 0;
}

/* What was read and cannot be is read again at once. */
static void
ask_again(struct bus *b)
{
	struct poll *p = &b->poll;
	struct poll_item *it;
	size_t i;

	for (i = 0; i < p->nunits; i++) {
		if (!recorder_doubts(b->recorder, p->unit[i].place))
			continue;
		for (it = p->item; it < p->item + p->nitems; it++)
			if (it->unit == &p->unit[i] && !it->refused)
				it->due = tick_us();
	}
}

static void *
run(void *arg)
{
	struct bus *b = arg;
	struct poll_item *it;
	struct job *list;
	int64_t when = 0;

	bus_count_begin(b);
	while (sleep_until(b, when)) {
		bus_count_tick(b);
		ask_again(b);
		when = b->open_at;
		if (b->open == NULL && tick_us() >= when)
			bus_open(b);
		if (b->open == NULL)
			continue;
		it = poll_next(&b->poll, tick_us(), &when);
		list = desk_next(b->desk, it != NULL, tick_us(), &when);
		if (list != NULL)
			bus_serve(b, list);
		else if (it != NULL)
			bus_ask(b, it);
		if (list != NULL || it != NULL)
			when = 0;
		else if (b->count.due < when)
			when = b->count.due;
	}
	if (b->open != NULL)
		b->driver->close(b->open);
	desk_line(b->desk, false);
	return NULL;
}

/* Tells the installer when the line has more to do than it can. */
static void
weigh(const struct bus *b)
{
	const struct poll_unit *u;
	int64_t all = 0, second, round;

	for (u = b->poll.unit; u < b->poll.unit + b->poll.nunits; u++) {
		mews_budget_plan(b->line, &u->plan, 0, &second, &round);
		all += second;
	}
	if (all / 1000 > MEWS_BUDGET_MUCH)
		mews_log(MEWS_LOG_WARNING,
		    "line %s is asked for %lld %% of what it can carry",
		    b->line->name, (long long)all / 10000);
}

static void
clear(struct bus *b)
{
	poll_clear(&b->poll);
	desk_free(b->desk);
	free(b);
}

enum mews_rc
bus_start(const struct mews_line *line, struct poll_unit *unit, size_t n,
    struct recorder *recorder, int stop, struct bus **out, struct mews_err *err)
{
	struct bus *b = mews_alloc(1, sizeof(*b));
	pthread_attr_t attr;
	int rc;

	b->line = line;
	b->driver = line->kind == MEWS_LINE_RTU ? &bus_rtu : &bus_tcp;
	b->recorder = recorder;
	b->stop = stop;
	poll_init(&b->poll, line, unit, n, tick_us());
	if (desk_new(&b->desk, err) != MEWS_OK) {
		clear(b);
		return MEWS_FAIL;
	}
	weigh(b);
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	rc = pthread_create(&b->thread, &attr, run, b);
	(void)pthread_attr_destroy(&attr);
	if (rc != 0) {
		clear(b);
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(rc));
	}
	*out = b;
	return MEWS_OK;
}

struct desk *
bus_desk(struct bus *b)
{
	return b->desk;
}

void
bus_join(struct bus *b)
{
	(void)pthread_join(b->thread, NULL);
	clear(b);
}
