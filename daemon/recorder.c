/*
 * recorder.c - readings wait in a list; one thread wakes and writes.
 *
 * It wakes by the clock and not for each reading: live.db needs no more, and
 * a bus is never held up by the disk.
 */
#include "recorder_inside.h"
#include "log.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STACK      (256 * 1024)
#define MOST_QUEUE 100000 /* readings */
#define LIVE_US    2000000

/* The first minute from t on, within the hour, that nothing is stored in. */
static bool
free_minute(void *arg, int64_t t, int64_t *minute)
{
	struct recorder *r = arg;
	int64_t end = t + 3600;
	struct mews_err err;
	enum mews_rc rc = MEWS_OK;

	for (*minute = t; *minute < end && rc == MEWS_OK; *minute += 60) {
		rc = mews_history_free(r->history, *minute, end, minute, &err);
		if (rc == MEWS_OK && !backlog_has(&r->backlog, *minute))
			return true;
	}
	return false;
}

static void
take_event(void *arg, const struct mews_event *e)
{
	struct recorder *r = arg;

	if (strcmp(e->kind->name, "clock-ahead") == 0)
		r->far_ahead = true;
	journal_add(r->journal, e);
}

/* Days are cut in the zone of the site. */
static enum mews_rc
cut(struct recorder *r, const char *zone, struct mews_err *err)
{
	struct mews_event e;
	bool changed;
	enum mews_rc rc = mews_history_zone(r->history, zone, &changed, err);

	if (rc == MEWS_OK && changed) {
		mews_event_set(&e, "zone-changed", NULL);
		mews_event_arg(&e, 0, "%s", zone);
		journal_add(r->journal, &e);
	}
	return rc;
}

/* Where the history ends, at the start. */
static enum mews_rc
begin(struct recorder *r, const char *zone, struct mews_err *err)
{
	const struct tally_rules rules = { r, free_minute, take_event };
	int64_t first;
	enum mews_rc rc;

	if ((rc = cut(r, zone, err)) != MEWS_OK)
		return rc;
	r->settled = tick_wall() / 1000;
	rc = mews_history_roll(r->history, r->settled, err);
	if (rc == MEWS_FAIL || rc == MEWS_AGAIN) {
		/* a disk that is full is no reason not to measure */
		mews_log(MEWS_LOG_ERROR, "%s", err->text);
		r->settled = 0;
		rc = MEWS_OK;
	}
	r->untidy = true;
	if (rc == MEWS_OK)
		rc = mews_history_span(r->history, &first, &r->written, err);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	tally_init(&r->tally, &rules, rc == MEWS_OK ? r->written : 0);
	r->status.minute = r->written;
	return MEWS_OK;
}

enum mews_rc
recorder_new(struct mews_db *history, struct mews_db *live, const char *zone,
    struct recorder **out, struct mews_err *err)
{
	struct recorder *r = mews_alloc(1, sizeof(*r));
	enum mews_rc rc;

	r->history = history;
	r->live = live;
	r->ledger = ledger_new();
	r->journal = journal_new();
	(void)pthread_mutex_init(&r->lock, NULL);
	(void)pthread_cond_init(&r->wake, NULL);
	if ((rc = begin(r, zone, err)) != MEWS_OK) {
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

bool
recorder_doubts(struct recorder *r, size_t place)
{
	uint64_t bit = UINT64_C(1) << place % 64;

	return place < DOUBTS &&
	    (atomic_load(&r->doubt[place / 64]) & bit) != 0 &&
	    (atomic_fetch_and(&r->doubt[place / 64], ~bit) & bit) != 0;
}

enum mews_rc
recorder_do(struct recorder *r, recorder_work *work, void *arg,
    struct mews_err *err)
{
	struct errand e = { work, arg, err, MEWS_OK };

	(void)pthread_mutex_lock(&r->lock);
	if (r->errand != NULL || !r->running || r->stop) {
		(void)pthread_mutex_unlock(&r->lock);
		return mews_fail(err, MEWS_AGAIN, "the history is busy");
	}
	r->errand = &e;
	(void)pthread_cond_broadcast(&r->wake);
	while (r->errand == &e)
		(void)pthread_cond_wait(&r->wake, &r->lock);
	(void)pthread_mutex_unlock(&r->lock);
	return e.rc;
}

bool
recorder_damaged(struct recorder *r)
{
	return atomic_exchange(&r->damaged, false);
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
	r->status.turned = tick_us();
	if (r->backlog.n == 0 || r->history_fails || r->tally.time.waits)
		r->status.behind = 0;
	else if (r->status.behind == 0)
		r->status.behind = r->status.turned;
	while (!r->stop && r->errand == NULL &&
	    pthread_cond_clockwait(&r->wake, &r->lock, CLOCK_MONOTONIC, &t) !=
		ETIMEDOUT)
		;
	*stop = r->stop;
	list = r->first;
	r->first = r->last = NULL;
	r->queued = 0;
	(void)pthread_mutex_unlock(&r->lock);
	return list;
}

/* Does what another thread waits for; at the end it is refused. */
static void
run_errand(struct recorder *r, bool stop)
{
	struct errand *e = r->errand; /* only this thread clears it */

	if (e == NULL)
		return;
	e->rc = stop ? mews_fail(e->err, MEWS_AGAIN, "mewsd ends")
		     : e->work(e->arg, r->history, e->err);
	(void)pthread_mutex_lock(&r->lock);
	r->errand = NULL;
	(void)pthread_cond_broadcast(&r->wake);
	(void)pthread_mutex_unlock(&r->lock);
}

/* Readings of the last turn; devices of which one was held are asked again. */
static void
take(struct recorder *r, struct reading *list)
{
	struct tally_device *d;
	struct reading *next;

	for (; list != NULL; list = next) {
		next = list->next;
		d = &r->tally.device[list->place];
		tally_take(&r->tally, list, &r->backlog);
		if (d->doubtful && list->place < DOUBTS)
			(void)atomic_fetch_or(&r->doubt[list->place / 64],
			    UINT64_C(1) << list->place % 64);
		d->doubtful = false;
		free(list);
	}
}

static void *
run(void *arg)
{
	struct recorder *r = arg;
	bool stop = false;

	while (!stop) {
		take(r, wait_turn(r, &stop));
		tally_tick(&r->tally, tick_wall(), tick_us(), &r->backlog);
		r->live_at = tick_us() + LIVE_US;
		recorder_live(r);
		recorder_write(r, stop);
		run_errand(r, stop);
		recorder_settle(r);
		recorder_tidy(r);
	}
	return NULL;
}

enum mews_rc
recorder_run(struct recorder *r, struct board *board, struct mews_err *err)
{
	pthread_attr_t attr;
	enum mews_rc learned;
	int rc;

	r->board = board;
	r->status.turned = tick_us();
	r->live_at = tick_us();
	if (!r->tally.time.waits) {
		r->learned = tick_wall() / 1000;
		learned = tally_learn(&r->tally, r->history, r->learned, err);
		if (learned != MEWS_OK)
			return learned;
	}
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
recorder_inherit(struct recorder *r, struct recorder *from)
{
	tally_inherit(&r->tally, &from->tally, &from->backlog);
	r->backlog = from->backlog;
	from->backlog = (struct backlog){ 0 };
	journal_move(r->journal, from->journal);
	r->written = from->written;
	r->history_fails = from->history_fails;
	r->disk = from->disk;
	r->disk_due = from->disk_due;
	r->far_ahead = from->far_ahead;
}

void
recorder_halt(struct recorder *r)
{
	(void)pthread_mutex_lock(&r->lock);
	r->stop = true;
	(void)pthread_cond_broadcast(&r->wake);
	(void)pthread_mutex_unlock(&r->lock);
	if (r->running)
		(void)pthread_join(r->thread, NULL);
	r->running = false;
}

void
recorder_stop(struct recorder *r)
{
	struct reading *next;

	if (r == NULL)
		return;
	recorder_halt(r);
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
	mews_thin_clear(&r->thin);
	(void)pthread_cond_destroy(&r->wake);
	(void)pthread_mutex_destroy(&r->lock);
	free(r);
}
