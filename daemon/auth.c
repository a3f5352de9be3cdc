/*
 * auth.c - mews-auth: the only program that keeps or checks a code.
 *
 * It speaks to nobody but the clients of its socket, reads no HTTP, and does
 * one thing at a time, so that the memory of one hash is all it ever needs.
 */
#include "auth_key.h"
#include "auth_pace.h"
#include "auth_reset.h"
#include "auth_serve.h"
#include "auth_ticket.h"
#include "door.h"
#include "log.h"
#include "signals.h"
#include "wall.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SWEEP 3600  /* s between removals of sessions that are over */
#define WAKE  60000 /* ms */

static enum mews_rc
serve(void *ctx, const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	if (auth_key_knows(m->word))
		return auth_key_serve(ctx, caller->user, m, time(NULL), answer,
		    err);
	return auth_serve(ctx, caller, m, time(NULL), answer, err);
}

/* For rows that name roles; a new box's administrator may only set codes. */
static enum mews_rc
who(void *ctx, const char *token, struct door_caller *caller,
    struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(ctx, token, time(NULL), false, &u, &s, err);
	if (rc == MEWS_NONE || (rc == MEWS_OK && u.factory))
		return mews_fail(err, MEWS_DENIED, "no session that may");
	if (rc != MEWS_OK)
		return rc;
	caller->role = u.role;
	(void)snprintf(caller->user, sizeof(caller->user), "%s", u.name);
	(void)snprintf(caller->source, sizeof(caller->source), "%s", s.source);
	return MEWS_OK;
}

static enum mews_rc
spend(void *ctx, const char *token, const char *ticket, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc =
	    auth_session_find(ctx, token, time(NULL), true, &u, &s, err);

	return rc != MEWS_OK
	    ? rc
	    : auth_ticket_spend(ctx, &s, ticket, time(NULL), err);
}

/* Until a signal ends it. */
static enum mews_rc
loop(const struct auth *a, struct door *door, int signals, struct mews_err *err)
{
	struct pollfd p = { .fd = signals, .events = POLLIN };
	int64_t sweep = 0, now;
	enum mews_rc rc = MEWS_OK;

	while (rc == MEWS_OK && p.revents == 0) {
		now = time(NULL);
		if (now >= sweep || now < sweep - SWEEP) {
			sweep = now + SWEEP;
			if (auth_session_sweep(a, now, err) != MEWS_OK)
				mews_log(MEWS_LOG_WARNING, "%s", err->text);
		}
		rc = door_poll(door, &p, 1, WAKE, err);
	}
	return rc;
}

static enum mews_rc
run(const struct mews_place *place, struct mews_err *err)
{
	struct door_rules rules = { MEWS_AUTH_DOOR, NULL, who, serve, spend };
	struct door *door = NULL;
	struct auth_pace pace = { .t = 0 };
	struct auth auth = { .db = NULL };
	int signals = -1;
	enum mews_rc rc;

	rules.ctx = &auth;
	/* the socket first: it is what keeps a second server away */
	if ((rc = signals_open(false, &signals, err)) != MEWS_OK ||
	    (rc = door_open(place, &rules, &door, err)) != MEWS_OK ||
	    (rc = auth_code_open(place, &auth, err)) != MEWS_OK ||
	    (rc = auth_reset_first(&auth, time(NULL), err)) != MEWS_OK)
		goto out;
	auth.pace = &pace;
	mews_log(MEWS_LOG_NOTICE, "started");
	rc = loop(&auth, door, signals, err);
out:
	door_close(door);
	auth_code_close(&auth);
	if (signals >= 0)
		(void)close(signals);
	return rc;
}

int
main(int argc, char **argv)
{
	const struct rlimit none = { 0, 0 };
	struct mews_place place;
	struct mews_err err;
	bool debug;

	mews_log_open("mews-auth", false);
	if (mews_place_take(&place, &argc, argv, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 2;
	}
	debug = argc == 2 && strcmp(argv[1], "--debug") == 0;
	if (argc > 1 && !debug) {
		mews_log(MEWS_LOG_ERROR,
		    "usage: mews-auth [--state DIR] [--run DIR] [--debug]");
		return 2;
	}
	mews_log_open("mews-auth", debug);
	(void)umask(0077);
	(void)setrlimit(RLIMIT_CORE, &none); /* no codes in a core dump */
	if (mews_wall(MEWS_WALL_LOCAL, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	if (run(&place, &err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 1;
	}
	mews_log(MEWS_LOG_NOTICE, "ended");
	return 0;
}
