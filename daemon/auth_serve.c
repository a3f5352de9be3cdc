/*
 * auth_serve.c - one function a command, and the table of them.
 *
 * Who fails is told no more than that; the security log has the reason.
 */
#include "auth_serve.h"
#include "auth_rule.h"
#include "auth_session.h"
#include "auth_ticket.h"
#include "auth_try.h"

#include <stdio.h>
#include <string.h>

/* Most users on the sign-in list: an answer has 64 fields. */
#define LISTED 20

struct call {
	const struct auth *auth;
	const struct mews_message *m;
	int64_t now;
	struct mews_message *answer;
};

static const char *
get(const struct call *c, const char *name)
{
	return mews_message_get(c->m, name);
}

static void
put_hex(struct mews_message *m, const char *name, const uint8_t *p, size_t n)
{
	char text[2 * MEWS_HASH + 1];
	size_t i;

	for (i = 0; i < n; i++)
		(void)snprintf(text + 2 * i, 3, "%02x", p[i]);
	mews_message_set(m, name, text);
}

/* What a page must know of a session. */
static void
put_session(struct mews_message *m, const struct mews_user *u,
    const struct mews_session *s)
{
	mews_message_set(m, "user", u->name);
	mews_message_set(m, "role", mews_role_name(u->role));
	mews_message_set(m, "lang", u->lang);
	put_hex(m, "csrf", s->csrf, sizeof(s->csrf));
	mews_message_set_int(m, "factory", u->factory);
}

static void
put_user(struct mews_message *m, int64_t i, const struct mews_user *u)
{
	char name[32];

	(void)snprintf(name, sizeof(name), "name%lld", (long long)i);
	mews_message_set(m, name, u->name);
	(void)snprintf(name, sizeof(name), "role%lld", (long long)i);
	mews_message_set(m, name, mews_role_name(u->role));
	(void)snprintf(name, sizeof(name), "lang%lld", (long long)i);
	mews_message_set(m, name, u->lang);
}

static enum mews_rc
users(const struct call *c, struct mews_err *err)
{
	struct mews_user u[LISTED];
	bool factory = false;
	int64_t listed = 0;
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_user_list(c->auth->db, u, LISTED, &n, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++) {
		if (u[i].factory && u[i].role == MEWS_ADMINISTRATOR)
			factory = true;
		if (auth_try_usable(&u[i]))
			put_user(c->answer, listed++, &u[i]);
	}
	mews_message_set_int(c->answer, "n", listed);
	mews_message_set_int(c->answer, "factory", factory);
	return MEWS_OK;
}

static enum mews_rc
sign_in(const struct call *c, struct mews_err *err)
{
	const struct auth *a = c->auth;
	const char *source = get(c, "source");
	char token[AUTH_TOKEN + 1];
	struct mews_user before, u;
	struct mews_session s;
	enum mews_rc rc;

	rc = auth_try(a, MEWS_PIN, get(c, "user"), get(c, "pin"), source,
	    c->now, &before, err);
	if (rc != MEWS_OK || (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	u = before;
	u.pin_failed = 0;
	u.last_in = c->now;
	if ((rc = mews_user_save(a->db, &u, err)) == MEWS_OK &&
	    (rc = auth_session_begin(a, &u, source, c->now, token, &s, err)) ==
		MEWS_OK)
		rc = mews_audit_add(a->db, c->now, "sign-in", u.name, source,
		    err);
	if ((rc = mews_db_end(a->db, rc, err)) == MEWS_OK) {
		mews_message_set(c->answer, "token", token);
		put_session(c->answer, &u, &s);
		mews_message_set_int(c->answer, "last", before.last_in);
		mews_message_set_int(c->answer, "failed", before.pin_failed);
	}
	explicit_bzero(token, sizeof(token));
	return rc;
}

static enum mews_rc
session(const struct call *c, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(c->auth, get(c, "token"), c->now,
	    mews_message_int(c->m, "quiet", 0) != 0, &u, &s, err);
	if (rc != MEWS_OK)
		return rc;
	put_session(c->answer, &u, &s);
	mews_message_set_int(c->answer, "begun", s.begun);
	mews_message_set_int(c->answer, "last", s.used);
	return MEWS_OK;
}

static enum mews_rc
sign_out(const struct call *c, struct mews_err *err)
{
	const struct auth *a = c->auth;
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(a, get(c, "token"), c->now, true, &u, &s, err);
	if (rc == MEWS_NONE)
		return MEWS_OK;
	if (rc != MEWS_OK || (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_session_end(a->db, s.digest, err)) == MEWS_OK)
		rc = mews_audit_add(a->db, c->now, "sign-out", u.name, s.source,
		    err);
	return mews_db_end(a->db, rc, err);
}

/* Stores a user with new codes: sessions with the old ones end. */
static enum mews_rc
store(const struct call *c, const struct mews_user *u, const char *what,
    const char *source, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_user_save(db, u, err)) == MEWS_OK &&
	    (rc = mews_session_end_all(db, u->id, err)) == MEWS_OK)
		rc = mews_audit_add(db, c->now, what, u->name, source, err);
	return mews_db_end(db, rc, err);
}

static enum mews_rc
set_codes(const struct call *c, struct mews_err *err)
{
	const char *pin = get(c, "pin"), *puk = get(c, "puk"), *why = "";
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	rc = auth_session_find(c->auth, get(c, "token"), c->now, false, &u, &s,
	    err);
	if (rc == MEWS_NONE || (rc == MEWS_OK && !u.factory))
		return mews_fail(err, MEWS_DENIED,
		    "only a session with the codes of the leaflet may");
	if (rc != MEWS_OK)
		return rc;
	if ((rc = auth_rule_puk(puk, &why, err)) != MEWS_OK ||
	    (rc = auth_rule_pin(pin, puk, &why, err)) != MEWS_OK) {
		mews_message_set(c->answer, "why", why);
		return rc;
	}
	if ((rc = auth_code_set(c->auth, &u, MEWS_PIN, pin, err)) != MEWS_OK ||
	    (rc = auth_code_set(c->auth, &u, MEWS_PUK, puk, err)) != MEWS_OK)
		return rc;
	u.factory = false;
	u.pin_failed = u.puk_failed = u.puk_next = 0;
	return store(c, &u, "codes-set", s.source, err);
}

static enum mews_rc
unblock(const struct call *c, struct mews_err *err)
{
	const char *pin = get(c, "pin"), *puk = get(c, "puk"), *why = "";
	const char *source = get(c, "source");
	struct mews_user u;
	enum mews_rc rc;

	if ((rc = auth_rule_pin(pin, puk, &why, err)) != MEWS_OK) {
		mews_message_set(c->answer, "why", why);
		return rc;
	}
	rc = auth_try(c->auth, MEWS_PUK, get(c, "user"), puk, source, c->now,
	    &u, err);
	if (rc != MEWS_OK ||
	    (rc = auth_code_set(c->auth, &u, MEWS_PIN, pin, err)) != MEWS_OK)
		return rc;
	u.pin_failed = u.puk_failed = u.puk_next = 0;
	return store(c, &u, "pin-set-by-puk", source, err);
}

/* The user and session of the command's token; nobody else may. */
static enum mews_rc
signed_in(const struct call *c, bool quiet, struct mews_user *u,
    struct mews_session *s, struct mews_err *err)
{
	enum mews_rc rc = auth_session_find(c->auth, get(c, "token"), c->now,
	    quiet, u, s, err);

	if (rc == MEWS_NONE || (rc == MEWS_OK && u->factory))
		rc = mews_fail(err, MEWS_DENIED, "no session that may");
	return rc;
}

static enum mews_rc
confirm(const struct call *c, struct mews_err *err)
{
	const struct auth *a = c->auth;
	const char *source = get(c, "source");
	char ticket[AUTH_TOKEN + 1];
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	if ((rc = signed_in(c, false, &u, &s, err)) != MEWS_OK)
		return rc;
	rc = auth_try(a, MEWS_PIN, u.name, get(c, "pin"), source, c->now, &u,
	    err);
	if (rc != MEWS_OK || (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	u.pin_failed = 0;
	if ((rc = mews_user_save(a->db, &u, err)) == MEWS_OK &&
	    (rc = auth_ticket_make(a, &s, c->now, ticket, err)) == MEWS_OK)
		rc = mews_audit_add(a->db, c->now, "confirmed", u.name, source,
		    err);
	if ((rc = mews_db_end(a->db, rc, err)) == MEWS_OK)
		mews_message_set(c->answer, "ticket", ticket);
	explicit_bzero(ticket, sizeof(ticket));
	return rc;
}

static enum mews_rc
spend(const struct call *c, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc = signed_in(c, true, &u, &s, err);

	return rc != MEWS_OK
	    ? rc
	    : auth_ticket_spend(c->auth, &s, get(c, "ticket"), c->now, err);
}

static const struct {
	const char *name;
	enum mews_rc (*serve)(const struct call *, struct mews_err *);
} table[] = {
	{ "users", users },
	{ "sign-in", sign_in },
	{ "session", session },
	{ "sign-out", sign_out },
	{ "set-codes", set_codes },
	{ "unblock", unblock },
	{ "confirm", confirm },
	{ "spend", spend },
};

enum mews_rc
auth_serve(const struct auth *a, const struct mews_message *m, int64_t now,
    struct mews_message *answer, struct mews_err *err)
{
	const struct call c = { a, m, now, answer };
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, m->word) == 0)
			return table[i].serve(&c, err);
	return mews_fail(err, MEWS_FAIL, "nobody serves %s", m->word);
}

static enum mews_rc
add(const struct auth *a, const struct auth_leaflet *l, struct mews_err *err)
{
	struct mews_user u = { .role = l->role,
		.enabled = l->role == MEWS_ADMINISTRATOR,
		.factory = true };
	enum mews_rc rc;

	(void)snprintf(u.name, sizeof(u.name), "%s", l->user);
	if ((rc = auth_code_set(a, &u, MEWS_PIN, l->pin, err)) != MEWS_OK ||
	    (rc = auth_code_set(a, &u, MEWS_PUK, l->puk, err)) != MEWS_OK)
		return rc;
	return mews_user_add(a->db, &u, err);
}

enum mews_rc
auth_serve_first(const struct auth *a, int64_t now, struct mews_err *err)
{
	struct mews_user u;
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_user_list(a->db, &u, 1, &n, err)) != MEWS_OK || n > 0)
		return rc;
	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < AUTH_LEAFLETS && rc == MEWS_OK; i++)
		rc = add(a, &auth_leaflet[i], err);
	if (rc == MEWS_OK)
		rc = mews_audit_add(a->db, now, "first-start", "", "", err);
	return mews_db_end(a->db, rc, err);
}
