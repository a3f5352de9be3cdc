/*
 * sink_mail.c - reports and events by mail: makes mails when they are due, and
 * sends what waits.
 *
 * A mail is "handed" in courier.db, on disk, before the server can have all of
 * it, so a power cut between its last byte and the server's answer makes it
 * "unknown" and never sends it twice.
 */
#include "live.h"
#include "mail.h"
#include "mail_serve.h"
#include "post.h"
#include "report.h"
#include "schema.h"
#include "secret.h"
#include "setting.h"
#include "sink.h"
#include "str.h"

#include "log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAME     "mail"
#define DISK     "disk"       /* since when a mail told that it is full */
#define CATCH_UP 7            /* periods that a box which was off tells of */
#define GIVE_UP  (30 * 86400) /* s */
#define SLOWEST  3600         /* s between two tries */
#define APART    300          /* s between two mails of events */

/* A turn with what it needs. */
struct turn {
	const struct sink_turn *t;
	struct post_server server;
	char host[MEWS_SETTING_MOST + 1], user[MEWS_SETTING_MOST + 1];
	char trust[MEWS_SETTING_MOST + 1], from[MEWS_SETTING_MOST + 1];
	char password[SECRET_MOST];
	int64_t report_at; /* minute of the local day */
	bool events;
	enum mews_severity least;
	struct mews_site site;
	struct mews_recipient recipient[MEWS_RECIPIENTS];
	size_t nrecipients;
	struct mews_mail *mail; /* being sent */
	struct mews_live_disk disk;
};

static enum mews_rc
load_settings(struct turn *t, struct mews_err *err)
{
	char port[MEWS_SETTING_MOST + 1], security[MEWS_SETTING_MOST + 1];
	char at[MEWS_SETTING_MOST + 1], events[MEWS_SETTING_MOST + 1];
	const struct {
		const char *key;
		char *to;
	} texts[] = {
		{ "mail_host", t->host },
		{ "mail_user", t->user },
		{ "mail_trust", t->trust },
		{ "mail_from", t->from },
		{ "mail_port", port },
		{ "mail_security", security },
		{ "mail_events", events },
		{ "report_at", at },
	};
	int64_t n = 0;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < MEWS_LEN(texts) && rc == MEWS_OK; i++)
		rc = mews_setting_get(t->t->config, texts[i].key, texts[i].to,
		    err);
	if (rc != MEWS_OK)
		return rc;
	(void)mews_str_int(port, 1, 65535, &n);
	(void)mews_str_int(at, 0, 1439, &t->report_at);
	t->events = mews_severity_find(events, &t->least);
	t->server = (struct post_server){ .host = t->host,
		.port = (int)n,
		.security = strcmp(security, "tls") == 0 ? POST_TLS
		    : strcmp(security, "none") == 0      ? POST_PLAIN
							 : POST_STARTTLS,
		.user = t->user,
		.password = t->password,
		.trust = t->trust,
		.stop = t->t->stop };
	return MEWS_OK;
}

static enum mews_rc
load(struct turn *t, struct mews_err *err)
{
	enum mews_rc rc;

	if (t->t->config == NULL || t->t->history == NULL)
		return MEWS_NONE;
	if ((rc = load_settings(t, err)) != MEWS_OK)
		return rc;
	if (t->host[0] == '\0' || !mews_mail_address(t->from))
		return MEWS_NONE;
	secret_get(t->t->place, "smtp", t->password);
	if ((rc = mews_site_load(t->t->config, &t->site, err)) != MEWS_OK)
		return rc;
	return mews_recipient_list(t->t->config, t->recipient, &t->nrecipients,
	    err);
}

/* One mail to each who gets that letter; who had it has it. */
static enum mews_rc
make(struct turn *t, enum mews_letter letter, int64_t since, int64_t upto,
    struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	struct mews_mail m;
	size_t i;

	for (i = 0; i < t->nrecipients && rc == MEWS_OK; i++) {
		if ((t->recipient[i].gets >> letter & 1) == 0)
			continue;
		m = (struct mews_mail){ .letter = letter,
			.since = since,
			.upto = upto,
			.made = t->t->now,
			.due = t->t->now };
		(void)mews_str_copy(m.address, sizeof(m.address),
		    t->recipient[i].address);
		(void)mews_str_copy(m.lang, sizeof(m.lang),
		    t->recipient[i].lang);
		rc = mews_mail_add(t->t->courier, &m, err);
		rc = rc == MEWS_NONE ? MEWS_OK : rc;
	}
	return rc;
}

/* Reports of all periods that are over and were not told of. */
static enum mews_rc
make_reports(struct turn *t, enum mews_letter letter, struct mews_err *err)
{
	struct mews_db *db = t->t->courier;
	const char *name = mews_letter_name(letter);
	int64_t upto, reached, next;
	int behind;
	enum mews_rc rc;

	bool due;

	rc = mews_cursor_get(db, name, &reached, err);
	due = report_due(letter, reached, t->report_at, t->t->now, &upto);
	if (rc == MEWS_OK && reached == 0) /* they begin with what runs now */
		return mews_cursor_set(db, name, upto, err);
	if (rc != MEWS_OK || !due)
		return rc;
	/* not more than the last few */
	for (behind = 0, next = reached; next < upto; behind++)
		next = report_next(letter, next);
	for (; behind > CATCH_UP; behind--)
		reached = report_next(letter, reached);
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	for (; reached < upto && rc == MEWS_OK; reached = next) {
		next = report_next(letter, reached);
		rc = make(t, letter, reached, next, err);
	}
	if (rc == MEWS_OK)
		rc = mews_cursor_set(db, name, upto, err);
	return mews_db_end(db, rc, err);
}

/* The newest event, 0: none.  done: the one behind reached is a full history,
 * and a mail told of it when the history could not. */
static enum mews_rc
newest(struct turn *t, int64_t reached, int64_t *id, bool *done,
    struct mews_err *err)
{
	struct mews_event_filter filter = { .least = t->least };
	struct mews_event *e = mews_alloc(2, sizeof(*e));
	int64_t told = 0;
	size_t n = 0;
	enum mews_rc rc =
	    mews_event_read(t->t->history, &filter, e, 2, &n, err);

	if (rc == MEWS_OK)
		rc = mews_cursor_get(t->t->courier, DISK, &told, err);
	*id = rc == MEWS_OK && n > 0 ? e[0].id : 0;
	*done = *id != 0 && (n == 1 || e[1].id <= reached) &&
	    strcmp(e[0].kind->name, "disk-full") == 0 &&
	    llabs(e[0].t - told) <= 2;
	free(e);
	return rc;
}

/* One mail tells of all since the last, and the next waits a little. */
static enum mews_rc
make_events(struct turn *t, struct mews_err *err)
{
	struct mews_db *db = t->t->courier;
	int64_t reached, id, last = 0;
	bool done;
	enum mews_rc rc;

	if (!t->events)
		t->least = MEWS_ALARM;
	if ((rc = mews_cursor_get(db, "events", &reached, err)) != MEWS_OK ||
	    (rc = newest(t, reached, &id, &done, err)) != MEWS_OK)
		return rc;
	/* a history that was restored has lower ids */
	if (reached == 0 || !t->events || id < reached || done)
		return mews_cursor_set(db, "events", id < 1 ? 1 : id, err);
	if (id == reached)
		return MEWS_OK;
	(void)mews_cursor_get(db, "events-mail", &last, err);
	if (t->t->now - last < APART && t->t->now >= last)
		return MEWS_OK;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = make(t, MEWS_LETTER_EVENTS, reached + 1, id, err)) ==
		MEWS_OK &&
	    (rc = mews_cursor_set(db, "events", id, err)) == MEWS_OK)
		rc = mews_cursor_set(db, "events-mail", t->t->now, err);
	return mews_db_end(db, rc, err);
}

/* A history that cannot be written cannot say so: mewsd does, in live.db. */
static enum mews_rc
make_disk(struct turn *t, struct mews_err *err)
{
	struct mews_db *live = NULL, *db = t->t->courier;
	struct mews_live_disk d = { .since = 0 };
	struct mews_err unused;
	int64_t told;
	enum mews_rc rc;

	if (mews_schema_open(t->t->place, MEWS_LIVE_DB, MEWS_DB_READ, &live,
		&unused) == MEWS_OK)
		(void)mews_live_disk(live, &d, &unused);
	mews_db_close(live);
	if (d.since == 0 || !t->events)
		return MEWS_OK;
	t->disk = d;
	if ((rc = mews_cursor_get(db, DISK, &told, err)) != MEWS_OK ||
	    told == d.since || (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = make(t, MEWS_LETTER_EVENTS, -d.since, -d.since, err)) ==
	    MEWS_OK)
		rc = mews_cursor_set(db, DISK, d.since, err);
	return mews_db_end(db, rc, err);
}

/* libcurl took the last byte. */
static void
handed(void *ctx)
{
	struct turn *t = ctx;
	struct mews_err err;

	t->mail->state = MEWS_MAIL_HANDED;
	if (mews_mail_save(t->t->courier, t->mail, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, NAME ": %s", err.text);
}

/* What becomes of a mail after a try. */
static void
settle(struct turn *t, struct mews_mail *m, enum mews_rc rc,
    const struct post_end *end)
{
	int64_t pause = m->tries < 6 ? 60 << m->tries : SLOWEST;

	(void)snprintf(m->why, sizeof(m->why), "%s", end->why);
	(void)snprintf(m->said, sizeof(m->said), "%s", end->said);
	m->tries++;
	m->state = rc == MEWS_OK            ? MEWS_MAIL_SENT
	    : end->unknown                  ? MEWS_MAIL_UNKNOWN
	    : rc == MEWS_BAD                ? MEWS_MAIL_REFUSED
	    : t->t->now - m->made > GIVE_UP ? MEWS_MAIL_REFUSED
					    : MEWS_MAIL_WAITS;
	if (m->state == MEWS_MAIL_WAITS)
		m->due = t->t->now + pause;
	else
		m->ended = time(NULL);
}

/* Sends one.  MEWS_AGAIN: the server, and not this mail, is the reason that it
 * waits. */
static enum mews_rc
send_one(struct turn *t, struct mews_mail *m, struct view *v,
    struct mews_err *err)
{
	struct report r = { t->t->config, t->t->history, v, &t->site, t->from,
		t->t->now, t->least, t->disk.says };
	struct letter l = { .edge = "" };
	struct post_letter post = { t->from, m->address, NULL, 0, handed, t };
	struct post_end end = { .why = "" };
	enum mews_rc rc = report_write(&r, m, &l, err);

	t->mail = m;
	if (rc == MEWS_OK) {
		post.data = l.out.s;
		post.n = l.out.n;
		rc = post_letter(&t->server, &post, &end);
	} else if (rc == MEWS_NONE)
		rc = MEWS_BAD; /* there is nothing left to tell */
	letter_clear(&l);
	if (rc == MEWS_FAIL && !end.unknown)
		return rc;
	if (strcmp(end.why, "stopped") == 0 && !end.unknown)
		return MEWS_OK;
	settle(t, m, rc, &end);
	if (mews_mail_save(t->t->courier, m, err) != MEWS_OK)
		return MEWS_FAIL;
	if (rc == MEWS_OK)
		return mews_mail_put_off(t->t->courier, 0, t->t->now, err);
	mews_log(MEWS_LOG_WARNING, NAME ": mail %" PRId64 " to %s: %s %s",
	    m->id, m->address, end.why, end.said);
	if (rc != MEWS_AGAIN || strcmp(end.why, "later") == 0)
		return MEWS_OK;
	(void)mews_mail_put_off(t->t->courier, m->due, 0, NULL);
	return mews_fail(err, MEWS_AGAIN, "mail server %s: %s%s%s", t->host,
	    end.why, end.said[0] == '\0' ? "" : ": ", end.said);
}

static enum mews_rc
send_all(struct turn *t, int *wait_s, struct mews_err *err)
{
	char templates[MEWS_PATH];
	struct view *v = NULL;
	struct mews_mail m;
	enum mews_rc rc = MEWS_OK;
	int64_t due = 0, wait;

	(void)mews_place_path(t->t->place, MEWS_TEMPLATES, templates);
	while (rc == MEWS_OK && !*t->t->stop &&
	    (rc = mews_mail_next(t->t->courier, t->t->now, &m, &due, err)) ==
		MEWS_OK) {
		if (v == NULL)
			v = view_new(templates);
		rc = send_one(t, &m, v, err);
	}
	if (v != NULL)
		view_free(v);
	wait = due - time(NULL) + 1;
	if (due != 0 && wait < *wait_s)
		*wait_s = wait < 1 ? 1 : (int)wait;
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
turn(const struct sink_turn *st, int *wait_s, struct mews_err *err)
{
	static bool begun;
	struct turn *t = mews_alloc(1, sizeof(*t));
	enum mews_rc rc = MEWS_OK;
	int l;

	t->t = st;
	if (!begun)
		rc = mews_mail_settle(st->courier, st->now, err);
	begun = rc == MEWS_OK;
	if (rc == MEWS_OK)
		rc = load(t, err);
	for (l = MEWS_LETTER_DAILY; l <= MEWS_LETTER_MONTHLY && rc == MEWS_OK;
	     l++)
		rc = make_reports(t, (enum mews_letter)l, err);
	if (rc == MEWS_OK)
		rc = make_events(t, err);
	if (rc == MEWS_OK)
		rc = make_disk(t, err);
	if (rc == MEWS_OK)
		rc = send_all(t, wait_s, err);
	if (rc == MEWS_OK)
		rc = mews_mail_trim(st->courier, err);
	mews_site_clear(&t->site);
	explicit_bzero(t->password, sizeof(t->password));
	free(t);
	return rc;
}

static const char *const commands[] = { "mail-send", "mails", "secret-set",
	"secrets", NULL };

const struct sink sink_mail = { NAME, turn, mail_serve, commands };
