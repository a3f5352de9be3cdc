/*
 * mewsd.c - mewsd: measures, and writes config, history and live values.
 *
 * The main thread serves the door and signals; a thread a line asks meters, one
 * thread writes and one serves other masters.  SIGHUP reads the site again.
 */
#include "mewsd.h"
#include "calendar.h"
#include "gateway_kept.h"
#include "live.h"
#include "log.h"
#include "schema.h"
#include "signals.h"
#include "tick.h"
#include "wall.h"
#include "watch.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAKE       60000           /* ms */
#define TURN_US    (5 * 1000000)   /* of the recorder, at most */
#define BEHIND_US  (180 * 1000000) /* that a minute may wait */
#define AGAIN      5000            /* ms, until a start is tried again */
#define SOON       500             /* ms, while the keeper is at work */
#define SALVAGE_US (INT64_C(3600) * 1000000) /* between two at most */

/* Whether a site can be read out of it. */
static enum mews_rc
try_config(struct mewsd *d, struct mews_err *err)
{
	struct mews_site site = { 0 };
	enum mews_rc rc = mews_site_load(d->config, &site, err);

	if (rc == MEWS_OK)
		rc = mews_calendar_zone(site.zone, err);
	if (rc == MEWS_OK)
		rc = gateway_settings(d->config, &d->gateway, err);
	mews_site_clear(&site);
	return rc;
}

/* A damaged file is no reason not to measure. */
static enum mews_rc
open_config(struct mewsd *d, struct mews_err *err)
{
	enum mews_rescue_doubt doubt = MEWS_RESCUE_SOUND;
	enum mews_rc rc;

	for (;; doubt++) {
		rc = keeper_open(d->keeper, MEWS_CONFIG_DB, doubt, &d->config,
		    err);
		if (rc == MEWS_OK)
			rc = try_config(d, err);
		if (rc != MEWS_BAD || doubt == MEWS_RESCUE_VAIN)
			return rc;
		mews_log(MEWS_LOG_ERROR, "%s", err->text);
		mews_db_close(d->config);
		d->config = NULL;
	}
}

/* What live.db says of lines and devices begins empty with each site. */
static enum mews_rc
start(struct mewsd *d, struct recorder *before, struct mews_err *err)
{
	enum mews_rc rc;

	d->gateway.since = d->since;
	trial_pause(d->change.trial);
	if ((rc = mews_live_forget(d->live, err)) != MEWS_OK ||
	    (rc = gateway_settings(d->config, &d->gateway, err)) != MEWS_OK) {
		recorder_stop(before);
		return rc;
	}
	rc = service_start(&d->place, d->config, d->history, d->live,
	    &d->gateway, before, &d->service, err);
	if (rc != MEWS_OK)
		return rc;
	jobs_service(d->jobs, d->service);
	trial_begin(d->change.trial, tick_us());
	return MEWS_OK;
}

/* The history as a file that proved to be damaged, and the service with it. */
static enum mews_rc
salvage(struct mewsd *d, enum mews_rescue_doubt doubt, struct recorder *before,
    struct mews_err *err)
{
	enum mews_rc rc;

	d->salvaged = tick_us();
	mews_db_close(d->history);
	d->history = NULL;
	watch_busy(true);
	rc = keeper_open(d->keeper, MEWS_HISTORY_DB, doubt, &d->history, err);
	watch_busy(false);
	if (rc != MEWS_OK) {
		recorder_stop(before);
		return rc;
	}
	return start(d, before, err);
}

/* Starts, whatever the history turns out to be. */
static enum mews_rc
start_anyhow(struct mewsd *d, struct recorder *before, struct mews_err *err)
{
	enum mews_rescue_doubt doubt = MEWS_RESCUE_BAD;
	enum mews_rc rc = start(d, before, err);

	for (; rc == MEWS_BAD && doubt <= MEWS_RESCUE_VAIN; doubt++) {
		mews_log(MEWS_LOG_ERROR, "%s", err->text);
		rc = salvage(d, doubt, NULL, err);
	}
	return rc;
}

static void
stop(struct mewsd *d, struct recorder **kept)
{
	if (d->jobs != NULL)
		jobs_service(d->jobs, NULL);
	service_stop(d->service, kept);
	d->service = NULL;
}

/* An event about the site, on its way to the history. */
static void
tell(void *ctx, const struct mews_event *e)
{
	struct mewsd *d = ctx;

	service_event(d->service, e);
}

/* Lines of which it is decided whether their new settings hold; the time until
 * that may happen next. */
static int
decide(struct mewsd *d)
{
	struct mews_event e;
	int wait = keeper_busy(d->keeper) ? SOON : WAKE;
	char line[16];
	bool kept;

	while (trial_end(d->change.trial, tick_us(), line, &kept, &wait)) {
		mews_event_set(&e, kept ? "line-kept" : "line-restored", line);
		service_event(d->service, &e);
		d->change.again = d->change.again || !kept;
	}
	return wait;
}

/* What the keeper has to tell, and a history that proved to be damaged. */
static enum mews_rc
care(struct mewsd *d, struct mews_err *err)
{
	bool damaged = keeper_damaged(d->keeper), known;
	struct recorder *before;
	struct mews_event e;

	while (keeper_next(d->keeper, &e))
		service_event(d->service, &e);
	d->reopen = d->reopen || keeper_restored(d->keeper);
	known = service_damaged(d->service) || damaged;
	d->rescue = d->rescue ||
	    (known &&
		(d->salvaged == 0 || tick_us() - d->salvaged >= SALVAGE_US));
	if (!d->rescue)
		return MEWS_OK;
	d->rescue = false;
	stop(d, &before);
	return salvage(d, MEWS_RESCUE_BAD, before, err);
}

/* Whether minutes are written, or it is known why not. */
static bool
sound(const struct mewsd *d)
{
	struct recorder_status s;
	int64_t now = tick_us();

	service_status(d->service, &s);
	return now - s.turned < TURN_US &&
	    (s.behind == 0 || now - s.behind < BEHIND_US);
}

/* Until a signal ends it, or the files are to be opened anew. */
static enum mews_rc
loop(struct mewsd *d, struct mews_err *err)
{
	struct pollfd p[] = { { .fd = d->signals, .events = POLLIN },
		{ .fd = jobs_fd(d->jobs), .events = POLLIN } };
	struct signalfd_siginfo info = { 0 };
	struct recorder *before;
	enum mews_rc rc = MEWS_OK;

	while (rc == MEWS_OK && !d->reopen) {
		rc = door_poll(d->door, p, MEWS_LEN(p),
		    jobs_wait(d->jobs, watch_kick(sound(d), decide(d))), err);
		jobs_run(d->jobs);
		drafts_sort_out(&d->change.drafts, tick_us());
		if (read(d->signals, &info, sizeof(info)) == sizeof(info)) {
			if (info.ssi_signo != SIGHUP)
				break;
			d->change.again = true;
		}
		if (rc == MEWS_OK)
			rc = care(d, err);
		if (rc == MEWS_OK && d->change.again) {
			d->change.again = false;
			stop(d, &before);
			rc = start_anyhow(d, before, err);
		}
	}
	return rc;
}

static enum mews_rc
begin(struct mewsd *d, struct mews_err *err)
{
	enum mews_rc rc;

	d->change.place = &d->place;
	d->change.config = d->config;
	d->change.trial = trial_new(&d->place, d->config);
	d->change.tell = tell;
	d->change.ctx = d;
	bring_drop(&d->bring, &d->place);
	if ((rc = start_anyhow(d, NULL, err)) == MEWS_OK)
		rc = keeper_run(d->keeper, err);
	return rc;
}

/* One opening of the files. */
static enum mews_rc
serve_files(struct mewsd *d, struct mews_err *err)
{
	struct door_rules rules = { MEWS_DOOR, d, NULL, mewsd_serve, NULL };
	enum mews_rc rc;

	d->reopen = d->opened = false;
	d->keeper = keeper_new(&d->place);
	if ((rc = open_config(d, err)) != MEWS_OK ||
	    (rc = keeper_open(d->keeper, MEWS_HISTORY_DB, MEWS_RESCUE_SOUND,
		 &d->history, err)) != MEWS_OK ||
	    (rc = mews_schema_open(&d->place, MEWS_LIVE_DB, MEWS_DB_SCRATCH,
		 &d->live, err)) != MEWS_OK ||
	    (rc = jobs_new(&d->place, d->config, &d->jobs, err)) != MEWS_OK ||
	    (rc = begin(d, err)) != MEWS_OK)
		goto out;
	d->opened = true;
	rc = door_open(&d->place, &rules, &d->door, err);
	if (rc != MEWS_OK)
		goto out;
	watch_busy(false);
	watch_ready();
	rc = loop(d, err);
	watch_busy(true);
out:
	door_close(d->door);
	stop(d, NULL);
	keeper_free(d->keeper);
	jobs_free(d->jobs);
	trial_free(d->change.trial);
	drafts_clear(&d->change.drafts);
	bring_drop(&d->bring, &d->place);
	mews_db_close(d->live);
	mews_db_close(d->history);
	mews_db_close(d->config);
	d->door = NULL;
	d->jobs = NULL;
	d->change = (struct change){ .place = NULL };
	d->live = d->history = d->config = NULL;
	return rc;
}

/* Waits before the files are opened again, which a disk did not let happen;
 * false when a signal ends it.  Each reason is logged once. */
static bool
again_later(struct mewsd *d, const struct mews_err *err, struct mews_err *said)
{
	struct pollfd p = { .fd = d->signals, .events = POLLIN };
	struct signalfd_siginfo info = { 0 };

	if (strcmp(said->text, err->text) != 0)
		mews_log(MEWS_LOG_ERROR, "%s; it is tried again", err->text);
	*said = *err;
	(void)poll(&p, 1, AGAIN);
	return read(d->signals, &info, sizeof(info)) != sizeof(info) ||
	    info.ssi_signo == SIGHUP;
}

static enum mews_rc
run(struct mewsd *d, struct mews_err *err)
{
	struct mews_err said = { .text = "" };
	enum mews_rc rc;

	d->signals = -1;
	d->since = time(NULL);
	if ((rc = signals_open(true, &d->signals, err)) != MEWS_OK)
		return rc;
	d->gateway.kept = gateway_kept_new();
	rc = mews_place_lock(&d->place, err);
	for (d->reopen = rc == MEWS_OK; rc == MEWS_OK && d->reopen;) {
		rc = serve_files(d, err);
		if (d->opened || (rc != MEWS_FAIL && rc != MEWS_AGAIN))
			continue;
		d->reopen = again_later(d, err, &said);
		rc = MEWS_OK;
	}
	watch_ending();
	gateway_kept_free(d->gateway.kept);
	(void)close(d->signals);
	return rc;
}

int
main(int argc, char *argv[])
{
	struct mewsd d = { .since = 0 };
	struct mews_err err;
	bool debug = false;

	mews_log_open("mewsd", false);
	if (mews_place_take(&d.place, &argc, argv, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 2;
	}
	if (!mewsd_options(&d, argc, argv, &debug)) {
		mews_log(MEWS_LOG_ERROR,
		    "usage: mewsd [--dir DIR] [--state DIR] [--run DIR] "
		    "[--share DIR] "
		    "[--modbus-port N] [--modbus-address A]... "
		    "[--serial DIR] [--debug]");
		return 2;
	}
	mews_log_open("mewsd", debug);
	(void)umask(0027);
	watch_begin();
	if (mews_wall(MEWS_WALL_DAEMON, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	(void)mallopt(M_ARENA_MAX, 1); /* few threads that allocate little */
	if (run(&d, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 1;
	}
	mews_log(MEWS_LOG_NOTICE, "ended");
	return 0;
}
