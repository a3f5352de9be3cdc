/*
 * courier.c - mews-courier: takes what was measured out of the house.
 *
 * The main thread serves the door; each sink has a thread of its own
 * (courier_sink.c).  It writes the data folder, courier.db and what else
 * stands in state/courier, and only reads config.db and history.db.
 */
#include "calendar.h"
#include "courier_sink.h"
#include "log.h"
#include "schema.h"
#include "signals.h"
#include "site.h"
#include "wall.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAKE 10000 /* ms */

struct courier {
	struct mews_place place;
	struct mews_db *db;
	int signals;
	char zone[48]; /* of the site, as it was set */
};

static enum mews_rc
status(const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct mews_errand e;
	enum mews_rc rc =
	    courier_sink_errand(mews_message_get(m, "sink"), &e, err);

	if (rc != MEWS_OK)
		return rc;
	mews_message_set_int(answer, "good", e.good);
	mews_message_set_int(answer, "since", e.since);
	mews_message_set_int(answer, "tries", e.tries);
	mews_message_set(answer, "why", e.why);
	return MEWS_OK;
}

static enum mews_rc
wake(const struct mews_message *m, struct mews_err *err)
{
	const char *name = mews_message_get(m, "sink");
	size_t i;

	for (i = 0; sink_at(i) != NULL; i++)
		if (strcmp(sink_at(i)->name, name) == 0) {
			courier_wake(name);
			return MEWS_OK;
		}
	return mews_fail(err, MEWS_NONE, "there is no sink %s", name);
}

static enum mews_rc
serve(void *ctx, const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	struct courier *c = ctx;
	const char *const *name;
	const struct sink *s;
	size_t i;

	if (strcmp(m->word, "courier-status") == 0)
		return status(m, answer, err);
	if (strcmp(m->word, "courier-wake") == 0)
		return wake(m, err);
	for (i = 0; (s = sink_at(i)) != NULL; i++)
		for (name = s->commands; name != NULL && *name != NULL; name++)
			if (strcmp(*name, m->word) == 0)
				return s->serve(&c->place, c->db, caller, m,
				    answer, err);
	return mews_fail(err, MEWS_FAIL, "nobody serves %s", m->word);
}

/* The folder that is courier's alone. */
static enum mews_rc
make_folder(const struct mews_place *place, struct mews_err *err)
{
	char path[MEWS_PATH];

	(void)mews_place_path(place, MEWS_COURIER_DB, path);
	*strrchr(path, '/') = '\0';
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	return MEWS_OK;
}

/* The site's zone is the process's: it is set while no sink runs. */
static enum mews_rc
follow_zone(struct courier *c, struct mews_err *err)
{
	struct mews_site site = { 0 };
	struct mews_db *db;
	enum mews_rc rc;

	if (mews_schema_open(&c->place, MEWS_CONFIG_DB, MEWS_DB_READ, &db,
		err) != MEWS_OK)
		return MEWS_OK; /* there is no site yet */
	rc = mews_site_load(db, &site, err);
	mews_db_close(db);
	if (rc == MEWS_OK && strcmp(site.zone, c->zone) != 0) {
		courier_sink_stop();
		(void)snprintf(c->zone, sizeof(c->zone), "%s", site.zone);
		if (mews_calendar_zone(site.zone, err) != MEWS_OK)
			mews_log(MEWS_LOG_ERROR, "%s", err->text);
		rc = courier_sink_start(&c->place, err);
	} else if (rc != MEWS_OK)
		rc = MEWS_OK; /* mewsd tells */
	mews_site_clear(&site);
	return rc;
}

static enum mews_rc
loop(struct courier *c, struct door *door, struct mews_err *err)
{
	struct pollfd p = { .fd = c->signals, .events = POLLIN };
	enum mews_rc rc = MEWS_OK;

	while (rc == MEWS_OK && p.revents == 0 &&
	    (rc = follow_zone(c, err)) == MEWS_OK)
		rc = door_poll(door, &p, 1, WAKE, err);
	return rc;
}

static enum mews_rc
run(struct courier *c, struct mews_err *err)
{
	struct door_rules rules = { MEWS_COURIER_DOOR, c, NULL, serve, NULL };
	struct door *door = NULL;
	enum mews_rc rc;

	/* the door first: it keeps a second courier away */
	if ((rc = signals_open(false, &c->signals, err)) != MEWS_OK ||
	    (rc = make_folder(&c->place, err)) != MEWS_OK ||
	    (rc = door_open(&c->place, &rules, &door, err)) != MEWS_OK ||
	    (rc = mews_schema_open(&c->place, MEWS_COURIER_DB, MEWS_DB_WRITE,
		 &c->db, err)) != MEWS_OK ||
	    (rc = courier_sink_start(&c->place, err)) != MEWS_OK)
		goto out;
	mews_log(MEWS_LOG_NOTICE, "started");
	rc = loop(c, door, err);
out:
	courier_sink_stop();
	door_close(door);
	mews_db_close(c->db);
	if (c->signals >= 0)
		(void)close(c->signals);
	return rc;
}

int
main(int argc, char *argv[])
{
	struct courier c = { .signals = -1 };
	struct mews_err err;
	bool debug;

	mews_log_open("mews-courier", false);
	if (mews_place_take(&c.place, &argc, argv, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 2;
	}
	debug = argc == 2 && strcmp(argv[1], "--debug") == 0;
	if (argc > 1 && !debug) {
		mews_log(MEWS_LOG_ERROR,
		    "usage: mews-courier [--dir DIR] [--state DIR] [--run DIR] "
		    "[--share DIR] [--debug]");
		return 2;
	}
	mews_log_open("mews-courier", debug);
	(void)umask(0027);
	if (mews_wall(MEWS_WALL_DAEMON, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	if (run(&c, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 1;
	}
	mews_log(MEWS_LOG_NOTICE, "ended");
	return 0;
}
