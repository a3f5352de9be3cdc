/*
 * keeper.c - a thread of its own, with connections of its own that only read:
 * neither a backup nor a check holds up a meter or a minute.
 */
#include "keeper.h"
#include "backup.h"
#include "bring.h"
#include "calendar.h"
#include "log.h"
#include "mark.h"
#include "setting.h"
#include "str.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HOUR   3   /* of the night, by the site's clock */
#define FIRST  900 /* s after the start before a backup that was missed */
#define EVENTS 8
#define DAY    86400

struct keeper {
	const struct mews_place *place; /* borrowed */
	char other[MEWS_SETTING_MOST + 1];
	char damaged[64]; /* names of the files that were set aside */
	bool check;       /* the history is to be checked */
	pthread_t thread;
	bool running;
	int64_t begun; /* Unix time */

	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t wake;
	bool stop, found, asked, proof, restored, busy;
	char who[MEWS_USERNAME + 1]; /* asked for a backup */
	char name[64];               /* of the one to restore, "": none */
	const char *brought;         /* how the one from elsewhere fares */
	char why[16];                /* it is refused */
	struct mews_event event[EVENTS];
	size_t nevents;
};

struct keeper *
keeper_new(const struct mews_place *place)
{
	struct keeper *k = mews_alloc(1, sizeof(*k));

	k->place = place;
	k->brought = "none";
	k->begun = (int64_t)time(NULL);
	(void)pthread_mutex_init(&k->lock, NULL);
	(void)pthread_cond_init(&k->wake, NULL);
	return k;
}

static void
add(struct keeper *k, const struct mews_event *e)
{
	(void)pthread_mutex_lock(&k->lock);
	if (k->nevents < EVENTS)
		k->event[k->nevents++] = *e;
	(void)pthread_mutex_unlock(&k->lock);
}

static const char *
name_of(enum mews_file file)
{
	return file == MEWS_CONFIG_DB ? "config.db" : "history.db";
}

/* What came of a file that was set aside. */
static void
tell(struct keeper *k, enum mews_file file, const struct mews_rescue *r)
{
	const char *slash = strrchr(r->aside, '/');
	struct mews_event e;
	size_t n = strlen(k->damaged);

	(void)snprintf(k->damaged + n, sizeof(k->damaged) - n, "%s%s",
	    n == 0 ? "" : " ", name_of(file));
	mews_log(MEWS_LOG_ERROR,
	    "%s was damaged: it is now %s; begun anew with %s; %lld rows "
	    "salvaged, %lld refused, %lld gaps%s",
	    name_of(file), r->aside,
	    r->backup[0] == '\0' ? "nothing" : r->backup,
	    (long long)r->rows.rows, (long long)r->rows.refused,
	    (long long)r->rows.gaps,
	    r->rows.late ? ", and more that there was no time for" : "");
	mews_event_set(&e, "file-damaged", name_of(file));
	mews_event_arg(&e, 0, "%s", slash == NULL ? r->aside : slash + 1);
	add(k, &e);
}

enum mews_rc
keeper_open(struct keeper *k, enum mews_file file, enum mews_rescue_doubt doubt,
    struct mews_db **out, struct mews_err *err)
{
	struct mews_rescue r;
	struct mews_event e;
	enum mews_rc rc =
	    mews_rescue_open(k->place, file, doubt, k->other, out, &r, err);

	if (rc != MEWS_OK)
		return rc;
	if (r.aside[0] != '\0' && !r.restored)
		tell(k, file, &r);
	if (r.restored && file == MEWS_HISTORY_DB) {
		mews_event_set(&e, "files-restored", NULL);
		add(k, &e);
	}
	if (file == MEWS_CONFIG_DB)
		return mews_setting_get(*out, "backup_path", k->other, err);
	k->check = !r.checked;
	if (k->damaged[0] != '\0')
		rc = mews_mark_set(*out, MEWS_MARK_DAMAGED, k->damaged, err);
	k->damaged[0] = '\0';
	return rc;
}

/* A check that may take minutes. */
static void
check(struct keeper *k)
{
	struct mews_db *db = NULL;
	struct mews_err err;
	enum mews_rc rc = mews_schema_open(k->place, MEWS_HISTORY_DB,
	    MEWS_DB_READ, &db, &err);

	if (rc == MEWS_OK)
		rc = mews_db_check(db, 0, &err);
	mews_db_close(db);
	if (rc != MEWS_BAD)
		return;
	mews_log(MEWS_LOG_ERROR, "%s", err.text);
	(void)pthread_mutex_lock(&k->lock);
	k->found = true;
	(void)pthread_mutex_unlock(&k->lock);
}

/* Every night without a word; of what a person asked for he is told. */
static void
back_up(struct keeper *k, int64_t now, const char *who)
{
	struct mews_event e;
	struct mews_err err;
	bool done = mews_backup_keep(k->place, k->other, now, &err) == MEWS_OK;

	if (done && who == NULL)
		return;
	mews_event_set(&e, done ? "backup-made" : "backup-failed", NULL);
	if (!done)
		mews_event_arg(&e, 0, "%s", err.text);
	else
		(void)mews_str_copy(e.who, sizeof(e.who), who);
	add(k, &e);
}

static void
restore(struct keeper *k, const char *name)
{
	char path[MEWS_PATH + 64], folder[MEWS_PATH];
	struct mews_event e;
	struct mews_err err;
	enum mews_rc rc = mews_backup_folder(k->place, folder, &err);

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (rc == MEWS_OK)
		rc = mews_backup_unpack(k->place, path, &err);
	if (rc != MEWS_OK) {
		mews_event_set(&e, "restore-failed", NULL);
		mews_event_arg(&e, 0, "%s", err.text);
		add(k, &e);
	} else if (strcmp(name, MEWS_BACKUP_BROUGHT) == 0)
		(void)unlink(path); /* it has done its work */
	(void)pthread_mutex_lock(&k->lock);
	k->restored = rc == MEWS_OK;
	(void)pthread_mutex_unlock(&k->lock);
}

void
keeper_fares(struct keeper *k, const char *state, const char *why)
{
	(void)pthread_mutex_lock(&k->lock);
	k->brought = state;
	(void)snprintf(k->why, sizeof(k->why), "%s", why);
	(void)pthread_mutex_unlock(&k->lock);
}

static void
prove(struct keeper *k)
{
	const char *why = bring_prove(k->place);

	keeper_fares(k, why[0] == '\0' ? "good" : "refused", why);
}

/* What people asked for. */
static void
serve(struct keeper *k, int64_t now)
{
	char who[sizeof(k->who)], name[sizeof(k->name)];
	bool asked, proof;

	(void)pthread_mutex_lock(&k->lock);
	asked = k->asked;
	proof = k->proof;
	k->asked = k->proof = false;
	(void)memcpy(who, k->who, sizeof(who));
	(void)memcpy(name, k->name, sizeof(name));
	k->name[0] = '\0';
	(void)pthread_mutex_unlock(&k->lock);
	if (asked)
		back_up(k, now, who);
	if (name[0] != '\0')
		restore(k, name);
	if (proof)
		prove(k);
	(void)pthread_mutex_lock(&k->lock);
	k->busy = k->asked || k->proof || k->name[0] != '\0';
	(void)pthread_mutex_unlock(&k->lock);
}

/* The last three o'clock in the night. */
static int64_t
night(int64_t now)
{
	struct mews_civil c = mews_calendar_civil(now);
	int64_t day = mews_calendar_floor(MEWS_DAY, now);

	if (c.hour < HOUR)
		day = mews_calendar_step(MEWS_DAY, now, -1);
	return day + HOUR * 3600;
}

/* Whether the newest backup is older than that. */
static bool
due(struct keeper *k, int64_t now)
{
	char folder[MEWS_PATH], path[MEWS_PATH];
	struct mews_err err;

	if (now - k->begun < FIRST ||
	    mews_backup_folder(k->place, folder, &err) != MEWS_OK)
		return false;
	if (mews_backup_find(folder, 0, path, &err) == MEWS_OK &&
	    mews_backup_time(path) >= night(now))
		return false;
	return true;
}

static void *
run(void *arg)
{
	struct keeper *k = arg;
	struct timespec t;
	int64_t now, tried = 0;
	bool stop = false;

	if (k->check)
		check(k);
	while (!stop) {
		now = (int64_t)time(NULL);
		if (due(k, now) && now - tried > DAY / 2) {
			tried = now;
			back_up(k, now, NULL);
		}
		serve(k, now);
		(void)clock_gettime(CLOCK_REALTIME, &t);
		t.tv_sec += 60;
		(void)pthread_mutex_lock(&k->lock);
		if (!k->stop && !k->busy)
			(void)pthread_cond_timedwait(&k->wake, &k->lock, &t);
		stop = k->stop;
		(void)pthread_mutex_unlock(&k->lock);
	}
	return NULL;
}

enum mews_rc
keeper_run(struct keeper *k, struct mews_err *err)
{
	int rc;

	if (k->running)
		return MEWS_OK;
	rc = pthread_create(&k->thread, NULL, run, k);
	if (rc != 0)
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(rc));
	k->running = true;
	return MEWS_OK;
}

void
keeper_free(struct keeper *k)
{
	if (k == NULL)
		return;
	(void)pthread_mutex_lock(&k->lock);
	k->stop = true;
	(void)pthread_cond_broadcast(&k->wake);
	(void)pthread_mutex_unlock(&k->lock);
	if (k->running)
		(void)pthread_join(k->thread, NULL);
	(void)pthread_cond_destroy(&k->wake);
	(void)pthread_mutex_destroy(&k->lock);
	free(k);
}

void
keeper_back_up(struct keeper *k, const char *who)
{
	(void)pthread_mutex_lock(&k->lock);
	k->asked = k->busy = true;
	(void)mews_str_copy(k->who, sizeof(k->who), who);
	(void)pthread_cond_signal(&k->wake);
	(void)pthread_mutex_unlock(&k->lock);
}

void
keeper_restore(struct keeper *k, const char *name)
{
	(void)pthread_mutex_lock(&k->lock);
	k->busy = mews_str_copy(k->name, sizeof(k->name), name) || k->busy;
	(void)pthread_cond_signal(&k->wake);
	(void)pthread_mutex_unlock(&k->lock);
}

void
keeper_prove(struct keeper *k)
{
	(void)pthread_mutex_lock(&k->lock);
	k->proof = k->busy = true;
	k->brought = "checked";
	(void)pthread_cond_signal(&k->wake);
	(void)pthread_mutex_unlock(&k->lock);
}

const char *
keeper_brought(struct keeper *k, char why[16])
{
	const char *state;

	(void)pthread_mutex_lock(&k->lock);
	state = k->brought;
	(void)memcpy(why, k->why, sizeof(k->why));
	(void)pthread_mutex_unlock(&k->lock);
	return state;
}

/* True once. */
static bool
take(struct keeper *k, bool *flag)
{
	bool was;

	(void)pthread_mutex_lock(&k->lock);
	was = *flag;
	*flag = false;
	(void)pthread_mutex_unlock(&k->lock);
	return was;
}

bool
keeper_restored(struct keeper *k)
{
	return take(k, &k->restored);
}

bool
keeper_busy(struct keeper *k)
{
	bool busy;

	(void)pthread_mutex_lock(&k->lock);
	busy = k->busy || k->restored || k->nevents > 0;
	(void)pthread_mutex_unlock(&k->lock);
	return busy;
}

bool
keeper_next(struct keeper *k, struct mews_event *e)
{
	bool any;

	(void)pthread_mutex_lock(&k->lock);
	if ((any = k->nevents > 0)) {
		*e = k->event[0];
		k->nevents--;
		memmove(k->event, k->event + 1,
		    k->nevents * sizeof(k->event[0]));
	}
	(void)pthread_mutex_unlock(&k->lock);
	return any;
}

bool
keeper_damaged(struct keeper *k)
{
	return take(k, &k->found);
}
