/*
 * recorder_turn.c - what the recorder's thread does with the databases in a
 * turn: live values, minutes and events, and keeping the history tidy.
 *
 * A failure of the disk is told once, and its end; minutes wait meanwhile.
 */
#include "recorder_inside.h"
#include "keep_budget.h"
#include "log.h"
#include "mark.h"
#include "tick.h"

#include <stdio.h>
#include <stdlib.h>

#define RETRY_US 10000000
#define DAY      86400

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
	if (rc == MEWS_FAIL) {
		(void)mews_db_empty_wal(r->history, NULL);
		if (reserve_give(&r->reserve)) {
			r->retry_at = 0;
			return;
		}
	}
	r->history_fails = rc != MEWS_OK;
	if (r->history_fails == failed)
		return;
	mews_event_set(&e, failed ? "disk-works" : "disk-full", NULL);
	r->disk = (struct mews_live_disk){ .since = 0 };
	r->disk_due = true;
	if (!failed) {
		mews_event_arg(&e, 0, "%s", err->text);
		r->disk.since = tick_wall() / 1000;
		(void)snprintf(r->disk.says, sizeof(r->disk.says), "%s",
		    e.arg[0]);
	}
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
	r->retry_at = now + RETRY_US;
	tell_history(r, rc, &err);
}

static void
write_events(struct recorder *r)
{
	struct mews_err err;
	enum mews_rc rc = journal_write(r->journal, r->history, &err);

	r->retry_at = tick_us() + RETRY_US;
	tell_history(r, rc, &err);
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

void
recorder_write(struct recorder *r, bool stop)
{
	bool minute = r->backlog.n != 0 || stop;

	if (r->history_fails && !stop && tick_us() < r->retry_at)
		return;
	if (r->backlog.n != 0)
		write_history(r, tick_us());
	if (!r->tally.time.waits && journal_due(r->journal, minute))
		write_events(r);
	if (r->far_ahead)
		mark_doubt(r);
}

void
recorder_settle(struct recorder *r)
{
	bool open = r->tally.minute != 0;
	int64_t now = open ? r->tally.minute : tick_wall() / 1000;
	struct mews_err err;
	enum mews_rc rc;

	r->settled = now < r->settled ? now : r->settled;
	if (r->backlog.n != 0 || r->tally.time.waits ||
	    now - r->settled < (open ? 60 : 1) * 60)
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

void
recorder_space(struct recorder *r, const char *folder)
{
	reserve_begin(&r->reserve, folder);
	/* what is kept back must let the WAL be emptied */
	if (r->reserve.size > 0)
		mews_db_most_wal(r->history, r->reserve.size / 2);
}

/* Told once, when the disk becomes too full. */
static void
look_at_disk(struct recorder *r)
{
	bool was = r->reserve.is_short;
	struct mews_event e;

	if (!reserve_look(&r->reserve, tick_us()))
		return;
	r->untidy = r->untidy || r->reserve.is_short;
	if (was || !r->reserve.is_short)
		return;
	mews_event_set(&e, "disk-short", NULL);
	mews_event_arg(&e, 0, "%lld", (long long)(r->reserve.left >> 20));
	journal_add(r->journal, &e);
}

/* What the history may take.  On a disk that is too full it must not grow, so
 * its own file is to have as much room as is kept back. */
static int64_t
allowed(struct recorder *r)
{
	int64_t used, spare;

	if (!r->reserve.is_short ||
	    mews_db_size(r->history, &used, &spare, NULL) != MEWS_OK ||
	    spare >= r->reserve.size)
		return r->budget;
	used -= r->reserve.size - spare;
	return used < r->budget ? used : r->budget;
}

void
recorder_tidy(struct recorder *r)
{
	struct mews_event e;
	struct mews_err err;
	bool tight = r->thin.tight;
	enum mews_rc rc;

	look_at_disk(r);
	if (!r->untidy || r->history_fails || r->backlog.n != 0 ||
	    r->tally.time.waits)
		return;
	rc = mews_history_pack(r->history, r->settled, &err);
	if (rc == MEWS_NONE && r->budget != 0)
		rc = mews_thin_step(r->history, &r->thin, allowed(r),
		    r->settled, &err);
	r->untidy = rc == MEWS_OK;
	if (rc != MEWS_NONE)
		tell_history(r, rc, &err);
	if (r->thin.tight && !tight && rc == MEWS_NONE &&
	    !r->reserve.is_short) {
		mews_event_set(&e, "history-tight", NULL);
		mews_event_arg(&e, 0, "%lld", (long long)(r->budget / 1048576));
		journal_add(r->journal, &e);
	}
}

void
recorder_live(struct recorder *r)
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
	if (rc == MEWS_OK && r->disk_due) {
		rc = mews_live_disk_set(r->live, &r->disk, &err);
		r->disk_due = rc != MEWS_OK;
	}
	r->live_fails = tell(r->live_fails, rc, "live values", &err);
	for (i = 0; i < y->nseries && rc == MEWS_OK; i++)
		y->series[i].changed = false;
	for (i = 0; i < y->ndevices && rc == MEWS_OK; i++)
		y->device[i].changed = false;
	free(v);
	free(d);
}
