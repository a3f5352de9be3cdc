/*
 * auth_serve.c - the table of commands, and those around signing in.
 *
 * Who fails is told no more than that; the security log has the reason.
 */
#include "auth_serve.h"
#include "audit.h"
#include "auth_browser.h"
#include "auth_change.h"
#include "auth_log.h"
#include "auth_own.h"
#include "auth_reset.h"
#include "auth_ticket.h"
#include "auth_try.h"
#include "auth_user.h"
#include "auth_window.h"

#include <stdio.h>
#include <string.h>

static enum mews_rc
users(const struct auth_call *c, struct mews_err *err)
{
	struct mews_user u[MEWS_USERS];
	bool factory = false, open = false;
	size_t n, i, listed = 0;
	enum mews_rc rc;

	rc = mews_user_list(c->auth->db, u, MEWS_USERS, &n, err);
	if (rc != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++) {
		if (u[i].factory && u[i].role == MEWS_ADMINISTRATOR) {
			factory = true;
			open = auth_window_open(c->auth, &u[i], c->now);
		}
		if (!auth_try_usable(&u[i]))
			continue;
		auth_call_row(c, "name", listed, u[i].name);
		auth_call_row(c, "role", listed, mews_role_name(u[i].role));
		auth_call_row(c, "lang", listed++, u[i].lang);
	}
	mews_message_set_int(c->answer, "n", (int64_t)listed);
	mews_message_set_int(c->answer, "factory", factory);
	if (factory)
		mews_message_set_int(c->answer, "open", open);
	return MEWS_OK;
}

/* What a page must know of a session. */
static void
put_session(const struct auth_call *c, const struct mews_user *u,
    const struct mews_session *s)
{
	struct mews_message *m = c->answer;

	mews_message_set(m, "user", u->name);
	mews_message_set(m, "role", mews_role_name(u->role));
	mews_message_set(m, "lang", u->lang);
	mews_message_set(m, "theme", u->theme);
	mews_message_set(m, "rights", u->rights);
	auth_call_hex(c, "csrf", s->csrf, sizeof(s->csrf));
	mews_message_set_int(m, "factory", u->factory);
	mews_message_set_int(m, "idle", auth_session_idle(u->role));
	mews_message_set_int(m, "ends", s->begun + auth_session_whole(u->role));
}

/* Tries the code of a field; digest is room for the browser's. */
static enum mews_rc
try_code(const struct auth_call *c, enum mews_code what,
    uint8_t digest[MEWS_HASH], struct auth_try *t, struct auth_tried *x,
    struct mews_err *err)
{
	const char *device = auth_call_get(c, "device");
	enum mews_rc rc;

	*t = (struct auth_try){ .what = what,
		.user = auth_call_get(c, "user"),
		.code = auth_call_get(c, what == MEWS_PIN ? "pin" : "puk"),
		.source = auth_call_get(c, "source"),
		.now = c->now };
	if (device[0] != '\0') {
		rc = auth_code_digest(device, digest, err);
		if (rc != MEWS_OK)
			return rc;
		t->browser = digest;
	}
	rc = auth_try(c->auth, t, x, err);
	if (rc == MEWS_DENIED || rc == MEWS_AGAIN)
		mews_message_set_int(c->answer, "wait", x->wait);
	return rc;
}

/* What follows a right PIN, in a transaction. */
static enum mews_rc
let_in(const struct auth_call *c, const struct auth_try *t,
    struct auth_tried *x, struct mews_session *s, struct mews_err *err)
{
	const struct auth *a = c->auth;
	char token[AUTH_TOKEN + 1], device[AUTH_DEVICE + 1];
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	x->user.failed = 0;
	x->user.last_in = c->now;
	if ((rc = auth_try_clear(a, t, x, err)) != MEWS_OK ||
	    (rc = auth_browser_keep(a, x->user.id, t->browser, c->now, device,
		 digest, err)) != MEWS_OK ||
	    (rc = auth_session_begin(a, &x->user, t->source, digest, c->now,
		 token, s, err)) != MEWS_OK)
		return rc;
	mews_message_set(c->answer, "token", token);
	mews_message_set(c->answer, "device", device);
	explicit_bzero(token, sizeof(token));
	return mews_audit_add(a->db, c->now, "sign-in", x->user.name, NULL,
	    t->source, err);
}

static enum mews_rc
sign_in(const struct auth_call *c, struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	struct mews_session s = { .user = 0 };
	struct auth_tried x;
	struct auth_try t;
	struct mews_user before;
	enum mews_rc rc;

	if ((rc = try_code(c, MEWS_PIN, digest, &t, &x, err)) != MEWS_OK)
		return rc;
	before = x.user;
	if ((rc = mews_db_begin(c->auth->db, err)) != MEWS_OK)
		return rc;
	rc = mews_db_end(c->auth->db, let_in(c, &t, &x, &s, err), err);
	if (rc != MEWS_OK) {
		mews_message_set(c->answer, "token", "");
		return rc;
	}
	put_session(c, &x.user, &s);
	mews_message_set_int(c->answer, "last", before.last_in);
	mews_message_set_int(c->answer, "failed", before.failed);
	return MEWS_OK;
}

static enum mews_rc
session(const struct auth_call *c, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(c->auth, auth_call_get(c, "token"), c->now,
	    mews_message_int(c->m, "quiet", 0) != 0, &u, &s, err);
	if (rc != MEWS_OK)
		return rc;
	put_session(c, &u, &s);
	mews_message_set_int(c->answer, "begun", s.begun);
	mews_message_set_int(c->answer, "last", s.used);
	return MEWS_OK;
}

static enum mews_rc
sign_out(const struct auth_call *c, struct mews_err *err)
{
	const struct auth *a = c->auth;
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(a, auth_call_get(c, "token"), c->now, true, &u,
	    &s, err);
	if (rc == MEWS_NONE)
		return MEWS_OK;
	if (rc != MEWS_OK || (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_session_end(a->db, s.digest, err)) == MEWS_OK)
		rc = mews_audit_add(a->db, c->now, "sign-out", u.name, NULL,
		    s.source, err);
	return mews_db_end(a->db, rc, err);
}

static enum mews_rc
set_codes(const struct auth_call *c, struct mews_err *err)
{
	struct auth_change change = { .pin = auth_call_get(c, "pin"),
		.puk = auth_call_get(c, "puk") };
	struct mews_db *db = c->auth->db;
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(c->auth, auth_call_get(c, "token"), c->now,
	    false, &u, &s, err);
	if (rc == MEWS_NONE || (rc == MEWS_OK && !u.factory))
		return mews_fail(err, MEWS_DENIED,
		    "only a session with the codes of the leaflet may");
	if (rc != MEWS_OK)
		return rc;
	rc = auth_change_make(c->auth, &change, &u, err);
	if (rc == MEWS_BAD)
		return auth_call_bad(c, change.why, err);
	if (rc != MEWS_OK || (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	u.factory = false;
	rc = auth_change_save(c->auth, &change, &u, c->now, err);
	if (rc == MEWS_OK)
		rc = mews_audit_add(db, c->now, "codes-set", u.name, NULL,
		    s.source, err);
	return mews_db_end(db, rc, err);
}

/* Stores the new PIN; the browser that knew the PUK is known again. */
static enum mews_rc
reopen(const struct auth_call *c, const struct auth_try *t,
    const struct auth_change *change, struct mews_user *u, struct mews_err *err)
{
	const struct auth *a = c->auth;
	char device[AUTH_DEVICE + 1];
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_change_save(a, change, u, c->now, err)) != MEWS_OK ||
	    (rc = auth_browser_keep(a, u->id, t->browser, c->now, device,
		 digest, err)) != MEWS_OK)
		return rc;
	mews_message_set(c->answer, "device", device);
	return mews_audit_add(a->db, c->now, "pin-set-by-puk", u->name, NULL,
	    t->source, err);
}

static enum mews_rc
unblock(const struct auth_call *c, struct mews_err *err)
{
	struct auth_change change = { .pin = auth_call_get(c, "pin"),
		.puk = "" };
	uint8_t digest[MEWS_HASH];
	struct auth_tried x;
	struct auth_try t;
	enum mews_rc rc;

	rc = auth_rule_pin(change.pin, auth_call_get(c, "puk"), &change.why,
	    err);
	if (rc != MEWS_OK)
		return auth_call_bad(c, change.why, err);
	if ((rc = try_code(c, MEWS_PUK, digest, &t, &x, err)) != MEWS_OK)
		return rc;
	rc = auth_change_make(c->auth, &change, &x.user, err);
	if (rc == MEWS_BAD)
		return auth_call_bad(c, change.why, err);
	if (rc != MEWS_OK || (rc = mews_db_begin(c->auth->db, err)) != MEWS_OK)
		return rc;
	rc = reopen(c, &t, &change, &x.user, err);
	return mews_db_end(c->auth->db, rc, err);
}

static enum mews_rc
confirm(const struct auth_call *c, struct mews_err *err)
{
	const struct auth *a = c->auth;
	char ticket[AUTH_TOKEN + 1];
	struct mews_session s;
	struct auth_tried x;
	struct auth_try t;
	struct mews_user u;
	enum mews_rc rc;

	if ((rc = auth_call_session(c, false, &u, &s, err)) != MEWS_OK ||
	    (rc = auth_own_pin(c, &u, &s, "pin", &t, &x, err)) != MEWS_OK ||
	    (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	if ((rc = auth_try_clear(a, &t, &x, err)) == MEWS_OK &&
	    (rc = auth_ticket_make(a, &s, c->now, ticket, err)) == MEWS_OK)
		rc = mews_audit_add(a->db, c->now, "confirmed", u.name, NULL,
		    t.source, err);
	if ((rc = mews_db_end(a->db, rc, err)) == MEWS_OK)
		mews_message_set(c->answer, "ticket", ticket);
	explicit_bzero(ticket, sizeof(ticket));
	return rc;
}

static enum mews_rc
spend(const struct auth_call *c, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc = auth_call_session(c, true, &u, &s, err);

	return rc != MEWS_OK ? rc
			     : auth_ticket_spend(c->auth, &s,
				   auth_call_get(c, "ticket"), c->now, err);
}

static const struct {
	const char *name;
	enum mews_rc (*serve)(const struct auth_call *, struct mews_err *);
} table[] = {
	{ "users", users },
	{ "sign-in", sign_in },
	{ "session", session },
	{ "sign-out", sign_out },
	{ "set-codes", set_codes },
	{ "unblock", unblock },
	{ "confirm", confirm },
	{ "spend", spend },
	{ "own-codes", auth_own_codes },
	{ "own-set", auth_own_set },
	{ "session-list", auth_own_sessions },
	{ "session-end", auth_own_end },
	{ "user-list", auth_user_list },
	{ "user-get", auth_user_get },
	{ "user-add", auth_user_add },
	{ "user-set", auth_user_set },
	{ "user-pin", auth_user_pin },
	{ "user-remove", auth_user_remove },
	{ "audit-list", auth_log_list },
	{ "reset-codes", auth_reset },
};

enum mews_rc
auth_serve(const struct auth *a, const struct door_caller *caller,
    const struct mews_message *m, int64_t now, struct mews_message *answer,
    struct mews_err *err)
{
	const struct auth_call c = { a, caller, m, now, answer };
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, m->word) == 0)
			return table[i].serve(&c, err);
	return mews_fail(err, MEWS_FAIL, "nobody serves %s", m->word);
}
