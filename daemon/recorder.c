/*
 * recorder.c - readings wait in a list; one thread wakes and writes.
 *
 * It wakes by the clock and not for each reading: live.db needs no more, and
 * a bus is never held up by the disk.
 */
#include "recorder.h"
#include "keep_budget.h"
#include "keep_thin.h"
#include "log.h"
#include "mark.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LIVE_US    2000000
#define RETRY_US   10000000
#define MINUTE     60
#define MOST_QUEUE 100000 /* readings */
#define STACK      (256 * 1024)
#define DAY        86400
#define DOUBTS     4096 /* devices that can be asked again at once */

/* What another thread wants done here. */
struct errand {
	recorder_work *work;
	void *arg;
	struct mews_err *err;
	enum mews_rc rc;
};

struct recorder {
	struct mews_db *history, *live; /* borrowed */
	struct board *board;            /* borrowed */
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
	struct errand *errand; /* NULL: none, or done */

	int64_t written; /* newest minute in the history */
	int64_t settled; /* Unix time */
	bool untidy;     /* something may be there to pack or thin */
	int64_t budget;  /* bytes; 0: not known */
	struct mews_thin thin;
	int64_t live_at, retry_at; /* tick_us() */
	bool history_fails, live_fails;
	_Atomic bool damaged; /* the history file */
	bool far_ahead;  /* the clock is, and the history does not say so yet */
	int64_t learned; /* Unix time of tally_learn() */
	_Atomic uint64_t doubt[DOUBTS / 64]; /* a bit a place in the tally */
};

/* The first minute from t on, within the hour, that nothing is stored in. */
static bool
free_minute(void *arg, int64_t t, int64_t *minute)
{
	struct recorder *r = arg;
	int64_t end = t + 3600;
	struct mews_err err;
	enum mews_rc rc = MEWS_OK;

	for (*minute = t; *minute < end && rc == MEWS_OK; *minute += MINUTE) {
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

/* A failure of the history is told once, and its end. */
static void
tell_history(struct recorder *r, enum mews_rc rc, const struct mews_err *err)
{
	bool failed = r->history_fails;
	struct mews_event e;

	if (rc == MEWS_BAD || (rc != MEWS_OK && mews_db_damaged(r->history)))
		atomic_store(&r->damaged, true);
	r->history_fails = rc != MEWS_OK;
	if (r->history_fails == failed)
		return;
	mews_event_set(&e, failed ? "disk-works" : "disk-full", NULL);
	if (!failed)
		mews_event_arg(&e, 0, "%s", err->text);
	journal_add(r->journal, &e);
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
	tell_history(r, rc, &err);
	r->retry_at = now + RETRY_US;
}

static void
write_events(struct recorder *r)
{
	struct mews_err err;
	enum mews_rc rc = journal_write(r->journal, r->history, &err);

	tell_history(r, rc, &err);
	r->retry_at = tick_us() + RETRY_US;
}

/* Whoever thins the history must ask a person first. */
static void
mark_doubt(struct recorder *r)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%lld",
	    (long long)(tick_wall() / 1000));
	if (mews_mark_set(r->history, MEWS_MARK_DOUBT, text, NULL) == MEWS_OK)
		r->far_ahead = false;
}

/* When minutes pass without any value, and once an hour. */
static void
settle(struct recorder *r)
{
	bool open = r->tally.minute != 0;
	int64_t now = open ? r->tally.minute : tick_wall() / 1000;
	struct mews_err err;
	enum mews_rc rc;

	r->settled = now < r->settled ? now : r->settled;
	if (r->backlog.n != 0 || r->tally.time.waits ||
	    now - r->settled < (open ? 60 : 1) * MINUTE)
		return;
	if (now - r->learned >= DAY &&
	    tally_learn(&r->tally, r->history, now, &err) == MEWS_OK)
		r->learned = now;
	r->settled = now;
	rc = mews_history_roll(r->history, now, &err);
	tell_history(r, rc, &err);
	r->untidy = true;
}

enum mews_rc
recorder_budget(struct recorder *r, struct mews_db *config,
    struct mews_err *err)
{
	int64_t mb;
	enum mews_rc rc = mews_budget_get(config, r->history, &mb, err);

	if (rc == MEWS_OK) {
		r->budget = mb * 1048576;
		r->untidy = true;
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* A little a turn, so that a minute never waits for it. */
static void
tidy(struct recorder *r)
{
	struct mews_event e;
	struct mews_err err;
	bool tight = r->thin.tight;
	enum mews_rc rc;

	if (!r->untidy || r->history_fails || r->backlog.n != 0 ||
	    r->tally.time.waits)
		return;
	rc = mews_history_pack(r->history, r->settled, &err);
	if (rc == MEWS_NONE && r->budget != 0)
		rc = mews_thin_step(r->history, &r->thin, r->budget, r->settled,
		    &err);
	r->untidy = rc == MEWS_OK;
	if (rc != MEWS_NONE)
		tell_history(r, rc, &err);
	if (r->thin.tight && !tight && rc == MEWS_NONE) {
		mews_event_set(&e, "history-tight", NULL);
		mews_event_arg(&e, 0, "%lld", (long long)(r->budget / 1048576));
		journal_add(r->journal, &e);
	}
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
	bool stop = false, minute;

	while (!stop) {
		take(r, wait_turn(r, &stop));
		tally_tick(&r->tally, tick_wall(), tick_us(), &r->backlog);
		r->live_at = tick_us() + LIVE_US;
		write_live(r);
		minute = r->backlog.n != 0 || stop;
		if (!r->history_fails || stop || tick_us() >= r->retry_at) {
			if (r->backlog.n != 0)
				write_history(r, tick_us());
			if (!r->tally.time.waits &&
			    journal_due(r->journal, minute))
				write_events(r);
			if (r->far_ahead)
				mark_doubt(r);
		}
		run_errand(r, stop);
		settle(r);
		tidy(r);
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
