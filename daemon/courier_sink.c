/*
 * courier_sink.c - a thread a sink: its databases, its turns, its failures.
 *
 * A sink that is broken is tried again after its own wait, and told of once:
 * the sentence of a failure that goes on is the same.  That all is well is
 * known here and seldom kept, since a disk writes a page each time.
 */
#include "courier_sink.h"
#include "courier_bell.h"
#include "log.h"
#include "reserve.h"
#include "schema.h"
#include "str.h"
#include "tick.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MOST 16  /* sinks */
#define WAIT 60  /* s between two turns, unless a sink says another */
#define KEEP 900 /* s after which a later success is kept */

struct worker {
	const struct sink *sink;
	struct sink_turn turn;
	pthread_t thread;
	struct mews_errand errand; /* written under errand_lock */
	struct mews_errand kept;   /* what of it is in courier.db */
};

static struct worker worker[MOST];
static size_t nworkers;
static pthread_mutex_t errand_lock = PTHREAD_MUTEX_INITIALIZER;
/* A full disk must not keep a mail from telling of it. */
static struct reserve reserve;
static pthread_mutex_t reserve_lock = PTHREAD_MUTEX_INITIALIZER;

/* A database that mewsd made meanwhile, or put another in the place of. */
static void
find(struct worker *w, enum mews_file file, struct mews_db **db)
{
	struct mews_err err;

	mews_db_close(*db);
	*db = NULL;
	(void)mews_schema_open(w->turn.place, file, MEWS_DB_READ, db, &err);
}

static bool
news(const struct worker *w)
{
	const struct mews_errand *e = &w->errand, *k = &w->kept;

	return e->since != k->since || e->tries != k->tries ||
	    strcmp(e->why, k->why) != 0 || e->good >= k->good + KEEP ||
	    e->good < k->good;
}

/* Keeps it; where the disk is full, with the space that was kept back. */
static void
keep(struct worker *w)
{
	struct mews_err err;
	bool room = false;
	enum mews_rc rc = MEWS_OK;

	if (news(w))
		rc = mews_errand_set(w->turn.courier, &w->errand, &err);

	(void)pthread_mutex_lock(&reserve_lock);
	if (rc == MEWS_FAIL)
		room = reserve_give(&reserve);
	else
		(void)reserve_look(&reserve, tick_us());
	(void)pthread_mutex_unlock(&reserve_lock);
	if (room) {
		rc = mews_errand_set(w->turn.courier, &w->errand, &err);
		courier_wake("mail");
	}
	if (rc == MEWS_OK)
		w->kept = w->errand;
	else
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
}

/* Notes how a turn ended, and tells of it where that is news. */
static void
note(struct worker *w, enum mews_rc rc, const struct mews_err *err)
{
	struct mews_errand was = w->errand, next = was, *e = &next;

	(void)snprintf(e->sink, sizeof(e->sink), "%s", w->sink->name);
	if (rc == MEWS_NONE || rc == MEWS_OK) {
		e->since = e->tries = 0;
		e->why[0] = '\0';
		if (rc == MEWS_OK)
			e->good = w->turn.now;
		if (was.tries > 0)
			mews_log(MEWS_LOG_NOTICE, "%s: works again",
			    w->sink->name);
	} else {
		e->since = e->since == 0 ? w->turn.now : e->since;
		e->tries++;
		(void)snprintf(e->why, sizeof(e->why), "%s", err->text);
		if (strcmp(e->why, was.why) != 0)
			mews_log(MEWS_LOG_ERROR, "%s: %s", w->sink->name,
			    err->text);
	}
	(void)pthread_mutex_lock(&errand_lock);
	w->errand = next;
	(void)pthread_mutex_unlock(&errand_lock);
	keep(w);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct mews_err err;
	int wait_s;

	(void)mews_errand_get(w->turn.courier, w->sink->name, &w->kept, &err);
	(void)pthread_mutex_lock(&errand_lock);
	w->errand = w->kept;
	(void)pthread_mutex_unlock(&errand_lock);
	while (!*courier_bell_over) {
		find(w, MEWS_CONFIG_DB, &w->turn.config);
		find(w, MEWS_HISTORY_DB, &w->turn.history);
		w->turn.now = time(NULL);
		wait_s = WAIT;
		err.text[0] = '\0';
		note(w, w->sink->turn(&w->turn, &wait_s, &err), &err);
		courier_bell_sleep(w->sink->name, wait_s);
	}
	mews_db_close(w->turn.config);
	mews_db_close(w->turn.history);
	mews_db_close(w->turn.courier);
	return NULL;
}

static enum mews_rc
start(const struct mews_place *place, const struct sink *s,
    struct mews_err *err)
{
	struct worker *w = &worker[nworkers];
	enum mews_rc rc;

	*w = (struct worker){ .sink = s,
		.turn = { .place = place, .stop = courier_bell_over } };
	rc = mews_schema_open(place, MEWS_COURIER_DB, MEWS_DB_WRITE,
	    &w->turn.courier, err);
	if (rc != MEWS_OK)
		return rc;
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		mews_db_close(w->turn.courier);
		return mews_fail(err, MEWS_FAIL, "no thread for %s", s->name);
	}
	nworkers++;
	return MEWS_OK;
}

enum mews_rc
courier_sink_start(const struct mews_place *place, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	char path[MEWS_PATH];
	size_t i;

	(void)mews_place_path(place, MEWS_COURIER_DB, path);
	*strrchr(path, '/') = '\0';
	reserve_begin(&reserve, path);
	courier_bell_begin();
	for (i = 0; i < MOST && sink_at(i) != NULL && rc == MEWS_OK; i++)
		rc = start(place, sink_at(i), err);
	return rc;
}

void
courier_sink_stop(void)
{
	size_t i;

	courier_bell_end();
	for (i = 0; i < nworkers; i++)
		(void)pthread_join(worker[i].thread, NULL);
	nworkers = 0;
}

enum mews_rc
courier_sink_errand(const char *name, struct mews_errand *out,
    struct mews_err *err)
{
	size_t i = 0;

	while (i < nworkers && strcmp(worker[i].sink->name, name) != 0)
		i++;
	if (i == nworkers)
		return mews_fail(err, MEWS_NONE, "there is no sink %s", name);
	(void)pthread_mutex_lock(&errand_lock);
	*out = worker[i].errand;
	(void)pthread_mutex_unlock(&errand_lock);
	return out->sink[0] != '\0'
	    ? MEWS_OK
	    : mews_fail(err, MEWS_NONE, "%s has not begun", name);
}
