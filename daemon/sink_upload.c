/*
 * sink_upload.c - brings the finished files of the data folder to other
 * servers, in order, each with its own progress.
 *
 * What a destination has is the id of the last file that came through, so an
 * outage of any length is caught up with, and a file that is brought again
 * because the answer was lost takes its own place.
 */
#include "delivery.h"
#include "destination.h"
#include "post.h"
#include "secret.h"
#include "sink.h"

#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NAME    "upload"
#define SLOWEST 3600 /* s between two tries */

/* One destination's turn. */
struct bringing {
	const struct sink_turn *t;
	const struct mews_destination *to;
	struct mews_delivery d;
	struct post_server server;
	char password[SECRET_MOST];
};

static void
begin(struct bringing *b)
{
	const struct mews_destination *to = b->to;
	char name[32];

	(void)snprintf(name, sizeof(name), "upload-%" PRId64, to->id);
	secret_get(b->t->place, name, b->password);
	b->server = (struct post_server){ .host = to->host,
		.port = to->port,
		.security = strcmp(to->kind, "sftp") == 0 ? POST_SSH
		    : strcmp(to->kind, "ftp") == 0        ? POST_PLAIN
		    : to->port == 990                     ? POST_TLS
							  : POST_STARTTLS,
		.user = to->user,
		.password = b->password,
		.trust = to->trust,
		.stop = b->t->stop };
}

/* Notes how it went; MEWS_AGAIN with a sentence where it failed. */
static enum mews_rc
note(struct bringing *b, enum mews_rc rc, const struct post_end *end,
    struct mews_err *err)
{
	struct mews_delivery *d = &b->d;
	int64_t now = time(NULL);

	(void)snprintf(d->why, sizeof(d->why), "%s", end->why);
	(void)snprintf(d->said, sizeof(d->said), "%s", end->said);
	if (rc == MEWS_OK) {
		d->good = now;
		d->since = d->tries = d->due = 0;
	} else {
		d->since = d->since == 0 ? now : d->since;
		d->due = now + (d->tries < 6 ? 60 << d->tries : SLOWEST);
		d->tries++;
	}
	if (mews_delivery_set(b->t->courier, d, err) != MEWS_OK)
		return MEWS_FAIL;
	return rc == MEWS_OK
	    ? MEWS_OK
	    : mews_fail(err, MEWS_AGAIN, "%s://%s:%d: %s%s%s", b->to->kind,
		  b->to->host, b->to->port, end->why,
		  end->said[0] == '\0' ? "" : ": ", end->said);
}

static enum mews_rc
test(struct bringing *b, struct mews_err *err)
{
	const struct post_file f = { b->to->path, "mews-test", -1 };
	struct post_end end;
	enum mews_rc rc = post_file(&b->server, &f, &end);

	if (strcmp(end.why, "stopped") == 0)
		return MEWS_OK;
	b->d.tested = time(NULL);
	return note(b, rc, &end, err);
}

/* The next file behind the last; MEWS_NONE: all are there. */
static enum mews_rc
bring(struct bringing *b, struct mews_err *err)
{
	struct mews_finished file;
	struct post_file f = { b->to->path, file.path, -1 };
	struct post_end end = { .why = "" };
	char path[MEWS_PATH + MEWS_FILE_PATH];
	enum mews_rc rc =
	    mews_finished_next(b->t->courier, b->d.done, &file, err);

	if (rc != MEWS_OK)
		return rc;
	(void)mews_place_path(b->t->place, MEWS_FOLDER, path);
	(void)snprintf(path + strlen(path), sizeof(path) - strlen(path), "/%s",
	    file.path);
	f.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	/* one that was thinned away meanwhile is nothing to bring */
	if (f.fd < 0 && errno != ENOENT)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	if (f.fd >= 0) {
		rc = post_file(&b->server, &f, &end);
		(void)close(f.fd);
	}
	if (strcmp(end.why, "stopped") == 0)
		return MEWS_NONE;
	if (rc == MEWS_OK)
		b->d.done = file.id;
	return note(b, rc, &end, err);
}

static enum mews_rc
turn_one(const struct sink_turn *t, const struct mews_destination *to,
    int *wait_s, struct mews_err *err)
{
	struct bringing b = { .t = t, .to = to };
	int64_t wait;
	enum mews_rc rc = mews_delivery_get(t->courier, to->id, &b.d, err);

	if (rc != MEWS_OK)
		return rc;
	begin(&b);
	if (b.d.tested == -1)
		rc = test(&b, err);
	while (rc == MEWS_OK && to->active && !*t->stop && b.d.due <= t->now)
		rc = bring(&b, err);
	explicit_bzero(b.password, sizeof(b.password));
	wait = b.d.due - time(NULL) + 1;
	if (b.d.due != 0 && to->active && wait < *wait_s)
		*wait_s = wait < 1 ? 1 : (int)wait;
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* All have their turn; of several that fail the last is told. */
static enum mews_rc
turn(const struct sink_turn *t, int *wait_s, struct mews_err *err)
{
	struct mews_destination all[MEWS_DESTINATIONS];
	enum mews_rc rc, worst = MEWS_OK;
	size_t n, i;

	if (t->config == NULL)
		return MEWS_NONE;
	if ((rc = mews_destination_list(t->config, all, &n, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < n && !*t->stop; i++)
		if ((rc = turn_one(t, &all[i], wait_s, err)) != MEWS_OK)
			worst = rc;
	return n == 0 ? MEWS_NONE : worst;
}

static enum mews_rc
status(struct mews_db *db, int64_t id, struct mews_message *answer,
    struct mews_err *err)
{
	struct mews_delivery d;
	int64_t waits = 0;
	enum mews_rc rc;

	if ((rc = mews_delivery_get(db, id, &d, err)) != MEWS_OK ||
	    (rc = mews_finished_count(db, d.done, &waits, err)) != MEWS_OK)
		return rc;
	mews_message_set_int(answer, "waits", waits);
	mews_message_set_int(answer, "good", d.good);
	mews_message_set_int(answer, "since", d.since);
	mews_message_set_int(answer, "tries", d.tries);
	mews_message_set_int(answer, "due", d.due);
	mews_message_set_int(answer, "tested", d.tested);
	mews_message_set(answer, "why", d.why);
	mews_message_set(answer, "said", d.said);
	return MEWS_OK;
}

static enum mews_rc
serve(const struct mews_place *place, struct mews_db *courier,
    const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	int64_t id = mews_message_int(m, "id", 0);
	enum mews_rc rc;

	(void)place;
	(void)caller;
	if (strcmp(m->word, "upload-status") == 0)
		return status(courier, id, answer, err);
	if ((rc = mews_delivery_ask(courier, id, err)) == MEWS_OK)
		courier_wake(NAME);
	return rc;
}

static const char *const commands[] = { "upload-test", "upload-status", NULL };

const struct sink sink_upload = { NAME, turn, serve, commands };
