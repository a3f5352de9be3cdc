/*
 * recorder.c - readings wait in a list; one thread wakes and writes.
 *
 * It wakes by the clock and not for each reading: live.db needs no more, and
 * a bus is never held up by the disk.
 */
#include "recorder.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LIVE_US    2000000
#define RETRY_US   10000000
#define MINUTE     60
#define MOST_QUEUE 100000 /* readings */
#define STACK      (256 * 1024)

struct recorder {
	struct mews_db *history, *live; /* borrowed */
	struct board *board; /* borrowed */
	struct tally tally;
	struct backlog backlog;
	struct ledger *ledger;
	struct journal *journal;
	pthread_t thread;
	bool running;

	pthread_mutex_t lock; /* of what follows, to status */
	pthread_cond_t wake;
	bool stop;
	struct reading *first, *last;
	size_t queued;
	struct recorder_status status;

	int64_t written;           /* newest minute in the history */
	int64_t settled;           /* Unix time */
	int64_t live_at, retry_at; /* tick_us() */
	bool history_fails, live_fails;
};

/* Where the history ends, at the start. */
static enum mews_rc
begin(struct recorder *r, struct mews_err *err)
{
	int64_t first;
	enum mews_rc rc;

	r->settled = tick_wall() / 1000;
	rc = mews_history_settle(r->history, r->settled, err);
	if (rc == MEWS_OK)
		rc = mews_history_span(r->history, &first, &r->written, err);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	tally_init(&r->tally, rc == MEWS_OK ? r->written + MINUTE : 0);
	r->status.minute = r->written;
	return MEWS_OK;
}

enum mews_rc
recorder_new(struct mews_db *history, struct mews_db *live,
    struct recorder **out, struct mews_err *err)
{
	struct recorder *r = mews_alloc(1, sizeof(*r));
	pthread_condattr_t attr;
	enum mews_rc rc;

	r->history = history;
	r->live = live;
	r->ledger = ledger_new();
	r->journal = journal_new();
	(void)pthread_mutex_init(&r->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&r->wake, &attr);
	(void)pthread_condattr_destroy(&attr);
	if ((rc = begin(r, err)) != MEWS_OK) {
		recorder_stop(r);
		return rc;
	}
	*out = r;
	return MEWS_OK;
}

enum mews_rc
recorder_add(struct recorder *r, struct poll_unit *u, struct mews_err *err)
{
	r->status.devices++;
	return tally_add(&r->tally, r->history, u, err);
}

void
recorder_put(struct recorder *r, struct reading *g)
{
	bool full;

	g->next = NULL;
	(void)pthread_mutex_lock(&r->lock);
	full = r->queued >= MOST_QUEUE;
	if (!full) {
		if (r->last != NULL)
			r->last->next = g;
		else
			r->first = g;
		r->last = g;
		r->queued++;
	}
	(void)pthread_mutex_unlock(&r->lock);
	if (full)
		free(g);
}

void
recorder_event(struct recorder *r, const struct mews_event *e)
{
	journal_add(r->journal, e);
}

void
recorder_status(struct recorder *r, struct recorder_status *out)
{
	(void)pthread_mutex_lock(&r->lock);
	*out = r->status;
	(void)pthread_mutex_unlock(&r->lock);
}

struct ledger *
recorder_ledger(struct recorder *r)
{
	return r->ledger;
}

/* Logs a failure once, and its end; returns whether it fails. */
static bool
tell(bool failed_before, enum mews_rc rc, const char *what,
    const struct mews_err *err)
{
	if (rc != MEWS_OK && !failed_before)
		mews_log(MEWS_LOG_ERROR, "%s: %s", what, err->text);
	if (rc == MEWS_OK && failed_before)
		mews_log(MEWS_LOG_NOTICE, "%s: works again", what);
	return rc != MEWS_OK;
}

static void
write_history(struct recorder *r, int64_t now)
{
	struct mews_err err;
	enum mews_rc rc;

	rc = backlog_write(&r->backlog, r->history, &r->written, &err);
	if (rc == MEWS_BAD) {
		mews_log(MEWS_LOG_ERROR, "a minute is not stored: %s",
		    err.text);
		rc = MEWS_OK;
	}
	r->history_fails = tell(r->history_fails, rc, "history", &err);
	r->retry_at = now + RETRY_US;
}

static void
write_events(struct recorder *r)
{
	struct mews_err err;
	enum mews_rc rc = journal_write(r->journal, r->history, &err);

	r->history_fails = tell(r->history_fails, rc, "history", &err);
	r->retry_at = tick_us() + RETRY_US;
}

/* When minutes pass without any value, and once an hour. */
static void
settle(struct recorder *r)
{
	bool open = r->tally.minute != 0;
	int64_t now = open ? r->tally.minute : tick_wall() / 1000;
	struct mews_err err;
	enum mews_rc rc;

	if (r->backlog.n != 0 || now - r->settled < (open ? 60 : 1) * MINUTE)
		return;
	r->settled = now;
	rc = mews_history_settle(r->history, now, &err);
	r->history_fails = tell(r->history_fails, rc, "history", &err);
}

static void
write_live(struct recorder *r)
{
	struct tally *y = &r->tally;
	struct mews_live_value *v = mews_alloc(y->nseries + 1, sizeof(*v));
	struct mews_live_device *d = mews_alloc(y->ndevices + 1, sizeof(*d));
	struct mews_err err;
	enum mews_rc rc;
	size_t i, nv = 0, nd = 0;

	for (i = 0; i < y->nseries; i++)
		if (y->series[i].changed)
			v[nv++] = y->series[i].live;
	for (i = 0; i < y->ndevices; i++)
		if (y->device[i].changed)
			d[nd++] = y->device[i].live;
	board_take(r->board, v, nv, tick_us());
	rc = mews_live_write(r->live, v, nv, d, nd, tick_wall() / 1000, &err);
	if (rc == MEWS_OK)
		rc = ledger_write(r->ledger, r->live, &err);
	r->live_fails = tell(r->live_fails, rc, "live values", &err);
	for (i = 0; i < y->nseries && rc == MEWS_OK; i++)
		y->series[i].changed = false;
	for (i = 0; i < y->ndevices && rc == MEWS_OK; i++)
		y->device[i].changed = false;
	free(v);
	free(d);
}

/* Sleeps until the next turn or the stop, and says how it is until then. */
static struct reading *
wait_turn(struct recorder *r, bool *stop)
{
	struct timespec t = { r->live_at / 1000000,
		r->live_at % 1000000 * 1000 };
	struct reading *list;
	size_t i, answering = 0;

	for (i = 0; i < r->tally.ndevices; i++)
		answering += r->tally.device[i].live.answer == MEWS_ANSWERS;
	(void)pthread_mutex_lock(&r->lock);
	r->status.answering = answering;
	r->status.minute = r->written;
	r->status.kept = r->backlog.n;
	while (!r->stop &&
	    pthread_cond_timedwait(&r->wake, &r->lock, &t) != ETIMEDOUT)
		;
	*stop = r->stop;
	list = r->first;
	r->first = r->last = NULL;
	r->queued = 0;
	(void)pthread_mutex_unlock(&r->lock);
	return list;
}

static void *
run(void *arg)
{
	struct recorder *r = arg;
	struct reading *list, *next;
	bool stop = false, minute;

	while (!stop) {
		for (list = wait_turn(r, &stop); list != NULL; list = next) {
			next = list->next;
			tally_take(&r->tally, list, &r->backlog);
			free(list);
		}
		tally_tick(&r->tally, tick_wall(), &r->backlog);
		r->live_at = tick_us() + LIVE_US;
		write_live(r);
		minute = r->backlog.n != 0 || stop;
		if (!r->history_fails || stop || tick_us() >= r->retry_at) {
			if (r->backlog.n != 0)
				write_history(r, tick_us());
			if (journal_due(r->journal, minute))
				write_events(r);
		}
		settle(r);
	}
	return NULL;
}

enum mews_rc
recorder_run(struct recorder *r, struct board *board, struct mews_err *err)
{
	pthread_attr_t attr;
	int rc;

	r->board = board;
	r->live_at = tick_us();
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	rc = pthread_create(&r->thread, &attr, run, r);
	(void)pthread_attr_destroy(&attr);
	if (rc != 0)
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(rc));
	r->running = true;
	return MEWS_OK;
}

void
recorder_stop(struct recorder *r)
{
	struct reading *next;

	if (r == NULL)
		return;
	(void)pthread_mutex_lock(&r->lock);
	r->stop = true;
	(void)pthread_cond_signal(&r->wake);
	(void)pthread_mutex_unlock(&r->lock);
	if (r->running)
		(void)pthread_join(r->thread, NULL);
	for (; r->first != NULL; r->first = next) {
		next = r->first->next;
		free(r->first);
	}
	if (r->backlog.n != 0)
		mews_log(MEWS_LOG_ERROR,
		    "%zu minutes could not be written and are lost",
		    r->backlog.n);
	backlog_clear(&r->backlog);
	journal_free(r->journal);
	ledger_free(r->ledger);
	tally_clear(&r->tally);
	(void)pthread_cond_destroy(&r->wake);
	(void)pthread_mutex_destroy(&r->lock);
	free(r);
}
