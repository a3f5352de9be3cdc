/*
 * bus.c - opens the line, asks what is longest due or what a client wants to
 * know, hands the answer on.
 *
 * The thread sleeps in poll() on its line, its desk and the stop descriptor,
 * and in nothing else, so that it ends at once.
 */
#include "bus.h"
#include "budget.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STACK     (256 * 1024)
#define BUSY_PART 70 /* % of the time on the line that are too much */

static const int64_t reopen_us[] = { 250000, 500000, 1000000, 2000000,
	3000000 };

struct bus {
	const struct mews_line *line;
	const struct bus_driver *driver;
	struct recorder *recorder;
	struct poll poll;
	struct desk *desk;
	pthread_t thread;
	int stop;
	void *open;      /* the driver's; NULL while it is closed */
	bool works;      /* a question went through since it is open */
	size_t failed;   /* tries to open it since then */
	int64_t open_at; /* next try */
};

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

static struct reading *
reading(const struct poll_unit *u, size_t n)
{
	struct reading *g = mews_alloc(1, sizeof(*g) + n * sizeof(g->v[0]));

	g->wall = tick_wall();
	g->now = tick_us();
	g->place = u->place;
	g->live = u->live;
	return g;
}

static void
set_line(struct bus *b, bool open)
{
	size_t i;

	desk_line(b->desk, open);
	poll_line(&b->poll, open, tick_us(), tick_wall());
	for (i = 0; i < b->poll.nunits; i++)
		recorder_put(b->recorder, reading(&b->poll.unit[i], 0));
}

static void
later(struct bus *b)
{
	size_t last = MEWS_LEN(reopen_us) - 1;

	b->open_at = tick_us() + reopen_us[b->failed < last ? b->failed : last];
	b->failed++;
}

static void
open_line(struct bus *b)
{
	struct mews_err err;

	if (b->driver->open(b->line, b->stop, &b->open, &err) != MEWS_OK) {
		b->open = NULL;
		if (b->failed == 0) {
			mews_log(MEWS_LOG_WARNING, "line %s: %s", b->line->name,
			    err.text);
			set_line(b, false);
		}
		later(b);
		return;
	}
	set_line(b, true);
}

static void
lose_line(struct bus *b)
{
	if (b->works)
		mews_log(MEWS_LOG_WARNING, "line %s is gone", b->line->name);
	b->works = false;
	b->driver->close(b->open);
	b->open = NULL;
	set_line(b, false);
	later(b);
}

static void
tell(const struct bus *b, const struct poll_unit *u)
{
	static const char *const does[] = { [MEWS_UNASKED] = "is not asked",
		[MEWS_ANSWERS] = "answers",
		[MEWS_SILENT] = "does not answer",
		[MEWS_NO_LINE] = "has no line" };

	mews_log(u->live.answer == MEWS_SILENT ? MEWS_LOG_WARNING
					       : MEWS_LOG_NOTICE,
	    "%s (line %s, unit %d) %s", u->device->plate, b->line->name,
	    u->device->unit, does[u->live.answer]);
}

static struct reading *
decode(const struct poll_unit *u, const struct mews_plan_block *block,
    const struct bus_answer *a, bool good)
{
	struct reading *g = reading(u, good ? block->n : 0);
	size_t i;

	for (i = 0; good && i < block->n; i++) {
		g->v[i].item = u->plan.value[block->first + i].item;
		g->v[i].missing = !mews_plan_decode(&u->plan, block, i, a->pdu,
		    &g->v[i].value);
		g->n++;
	}
	return g;
}

/* One question and its answer, whoever asks; quiet is the time to wait. */
static enum bus_result
transact(struct bus *b, struct desk_report *report, const uint8_t *pdu,
    size_t n, struct bus_answer *a)
{
	enum bus_result r;

	report->took = -tick_us();
	r = b->driver->ask(b->open, report->unit, pdu, n, report->quiet, a);
	report->now = tick_us();
	report->took += report->now;
	report->result = r;
	if (r == BUS_GONE)
		lose_line(b);
	if (r == BUS_GONE || r == BUS_STOPPED)
		return r;
	if (!b->works)
		mews_log(MEWS_LOG_NOTICE, "line %s is open", b->line->name);
	b->works = true;
	b->failed = 0;
	desk_note(b->desk, report);
	return r;
}

/* How long the unit may take on this line. */
static int64_t
patience(const struct bus *b, uint8_t unit)
{
	const struct poll_unit *u;

	for (u = b->poll.unit; u < b->poll.unit + b->poll.nunits; u++)
		if (u->device->unit == unit)
			return u->live.timeout_us;
	return (int64_t)b->line->timeout_ms * 1000;
}

/* The same with the line set up for this request alone. */
static enum bus_result
transact_as(struct bus *b, const struct mews_line *as,
    struct desk_report *report, const struct job *j, struct bus_answer *a)
{
	enum bus_result r = BUS_GONE;
	struct mews_err err;

	if (as->kind == MEWS_LINE_RTU &&
	    b->driver->set(b->open, as, &err) != MEWS_OK)
		return BUS_STOPPED;
	report->quiet = (int64_t)as->timeout_ms * 1000;
	r = transact(b, report, j->pdu, j->n, a);
	if (b->open != NULL && as->kind == MEWS_LINE_RTU &&
	    b->driver->set(b->open, b->line, &err) != MEWS_OK)
		lose_line(b);
	return r;
}

/* Asks for a client, and for all who want to know the same. */
static void
serve(struct bus *b, struct job *list)
{
	static const uint8_t codes[] = { [BUS_GOOD] = 0,
		[BUS_EXCEPTION] = 0,
		[BUS_SILENT] = EXCEPTION_NO_ANSWER,
		[BUS_DAMAGED] = EXCEPTION_NO_ANSWER,
		[BUS_GONE] = EXCEPTION_NO_PATH,
		[BUS_STOPPED] = EXCEPTION_NO_PATH };
	struct desk_report report = { .class = list->urgent ? SHARE_URGENT
							    : SHARE_CLIENTS,
		.unit = list->unit,
		.quiet = patience(b, list->unit) };
	struct bus_answer a = { .n = 0 };
	int64_t asked = tick_us();
	enum bus_result r = list->as != NULL
	    ? transact_as(b, list->as, &report, list, &a)
	    : transact(b, &report, list->pdu, list->n, &a);
	struct job *j;

	poll_note(&b->poll, list->unit, r, report.quiet, tick_us());
	for (j = list; j != NULL; j = j->next) {
		j->asked = asked;
		j->ended = tick_us();
		j->joined = j != list;
		j->result = r;
		j->code = a.n != 0 ? 0 : codes[r];
		j->answer = a;
	}
	desk_done(list);
}

static void
ask(struct bus *b, struct poll_item *it)
{
	struct poll_unit *u = it->unit;
	struct mews_plan_block block = u->plan.block[it->block];
	struct desk_report report = { .class = SHARE_POLLER,
		.unit = (uint8_t)u->device->unit,
		.quiet = u->live.timeout_us };
	struct bus_answer a = { .n = 0 };
	struct reading *g;
	enum bus_result r;
	uint8_t pdu[5];

	mews_plan_request(&block, pdu);
	r = transact(b, &report, pdu, sizeof(pdu), &a);
	if (r == BUS_GONE || r == BUS_STOPPED)
		return;
	g = decode(u, &block, &a, r == BUS_GOOD);
	if (a.n != 0)
		u->live.answer_us = a.took;
	if (r == BUS_EXCEPTION)
		mews_log(MEWS_LOG_DEBUG,
		    "%s: exception %d to %d registers at "
		    "%d",
		    u->device->plate, a.pdu[1], block.words, block.address);
	if (poll_done(&b->poll, it, r, a.n == 2 ? a.pdu[1] : 0, report.quiet,
		g->now, g->wall))
		tell(b, u);
	g->live = u->live;
	recorder_put(b->recorder, g);
}

static void *
run(void *arg)
{
	struct bus *b = arg;
	struct poll_item *it;
	struct job *list;
	int64_t when = 0;

	while (sleep_until(b, when)) {
		when = b->open_at;
		if (b->open == NULL && tick_us() >= when)
			open_line(b);
		if (b->open == NULL)
			continue;
		it = poll_next(&b->poll, tick_us(), &when);
		list = desk_next(b->desk, it != NULL, tick_us(), &when);
		if (list != NULL)
			serve(b, list);
		else if (it != NULL)
			ask(b, it);
		if (list != NULL || it != NULL)
			when = 0;
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
	const struct poll_item *it;
	const struct mews_plan_block *block;
	int64_t busy = 0;

	for (it = b->poll.item; it < b->poll.item + b->poll.nitems; it++) {
		block = &it->unit->plan.block[it->block];
		busy += mews_wire_time(b->line, 5, 2 + 2 * block->words) * 10 /
		    it->period;
	}
	busy /= 100;
	if (busy > BUSY_PART)
		mews_log(MEWS_LOG_WARNING,
		    "line %s is asked for %lld %% of what it can carry",
		    b->line->name, (long long)busy);
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
	size_t i;
	int rc;

	b->line = line;
	b->driver = line->kind == MEWS_LINE_RTU ? &bus_rtu : &bus_tcp;
	b->recorder = recorder;
	b->stop = stop;
	for (i = 0; i < n; i++)
		unit[i].live.timeout_us = (int64_t)line->timeout_ms * 1000;
	poll_init(&b->poll, unit, n, tick_us());
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
