/*
 * auth_own.c - own codes, own choices, own sessions.
 */
#include "auth_own.h"
#include "audit.h"
#include "auth_browser.h"
#include "auth_change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SHORT 8 /* bytes of a digest that tell sessions of a user apart */

enum mews_rc
auth_own_pin(const struct auth_call *c, const struct mews_user *u,
    const struct mews_session *s, const char *field, struct auth_try *t,
    struct auth_tried *x, struct mews_err *err)
{
	struct mews_err why;
	enum mews_rc rc;

	*t = (struct auth_try){ .what = MEWS_PIN,
		.user = u->name,
		.code = auth_call_get(c, field),
		.source = auth_call_get(c, "source"),
		.browser = s->browser,
		.now = c->now };
	rc = auth_try(c->auth, t, x, err);
	if (rc != MEWS_DENIED && rc != MEWS_AGAIN)
		return rc;
	mews_message_set_int(c->answer, "wait", x->wait);
	if (rc == MEWS_DENIED && x->known &&
	    x->browser.failed + 1 >= AUTH_PIN_TRIES &&
	    mews_session_end(c->auth->db, s->digest, &why) != MEWS_OK)
		return mews_fail(err, MEWS_FAIL, "%s", why.text);
	return rc;
}

/* Stores new codes and begins the session that goes on with them. */
static enum mews_rc
go_on(const struct auth_call *c, const struct auth_try *t, struct auth_tried *x,
    const struct auth_change *change, struct mews_err *err)
{
	const struct auth *a = c->auth;
	char token[AUTH_TOKEN + 1], device[AUTH_DEVICE + 1];
	struct mews_session s = { .user = 0 };
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_try_clear(a, t, x, err)) != MEWS_OK ||
	    (rc = auth_change_save(a, change, &x->user, c->now, err)) !=
		MEWS_OK ||
	    (rc = auth_browser_keep(a, x->user.id, t->browser, c->now, device,
		 digest, err)) != MEWS_OK ||
	    (rc = auth_session_begin(a, &x->user, t->source, digest, c->now,
		 token, &s, err)) != MEWS_OK)
		return rc;
	if (change->pin[0] != '\0')
		rc = auth_call_note(c, "pin-changed", NULL, err);
	if (rc == MEWS_OK && change->puk[0] != '\0')
		rc = auth_call_note(c, "puk-changed", NULL, err);
	mews_message_set(c->answer, "token", token);
	mews_message_set(c->answer, "device", device);
	auth_call_hex(c, "csrf", s.csrf, sizeof(s.csrf));
	explicit_bzero(token, sizeof(token));
	return rc;
}

/* Hashes the new codes and stores them. */
static enum mews_rc
take_codes(const struct auth_call *c, const struct auth_try *t,
    struct auth_tried *x, struct auth_change *change, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	enum mews_rc rc;

	if (change->pin[0] == '\0' && strstr(change->puk, t->code) != NULL)
		return auth_call_bad(c, "pin-in-puk", err);
	rc = auth_change_make(c->auth, change, &x->user, err);
	if (rc == MEWS_BAD)
		return auth_call_bad(c, change->why, err);
	if (rc != MEWS_OK || (rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	return mews_db_end(db, go_on(c, t, x, change, err), err);
}

enum mews_rc
auth_own_codes(const struct auth_call *c, struct mews_err *err)
{
	struct auth_change change = { .pin = auth_call_get(c, "pin"),
		.puk = auth_call_get(c, "puk") };
	bool make = mews_message_int(c->m, "make", 0) != 0;
	char puk[AUTH_PUK + 1];
	struct mews_session s;
	struct auth_tried x;
	struct auth_try t;
	struct mews_user u;
	enum mews_rc rc;

	if (change.pin[0] == '\0' && change.puk[0] == '\0' && !make)
		return auth_call_bad(c, "nothing", err);
	if ((rc = auth_call_session(c, false, &u, &s, err)) != MEWS_OK ||
	    (rc = auth_own_pin(c, &u, &s, "old", &t, &x, err)) != MEWS_OK)
		return rc;
	if (make) {
		rc = auth_change_puk(puk,
		    change.pin[0] != '\0' ? change.pin : t.code, err);
		if (rc != MEWS_OK)
			return rc;
		change.puk = puk;
	}
	if ((rc = take_codes(c, &t, &x, &change, err)) == MEWS_OK && make)
		mews_message_set(c->answer, "puk", puk);
	explicit_bzero(puk, sizeof(puk));
	return rc;
}

enum mews_rc
auth_own_set(const struct auth_call *c, struct mews_err *err)
{
	const char *lang = auth_call_get(c, "lang");
	const char *theme = auth_call_get(c, "theme");
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	if ((rc = auth_call_session(c, false, &u, &s, err)) != MEWS_OK)
		return rc;
	if (!mews_lang_fits(lang))
		return auth_call_bad(c, "lang", err);
	if (!mews_theme_fits(theme))
		return auth_call_bad(c, "theme", err);
	if (auth_call_has(c, "lang"))
		(void)snprintf(u.lang, sizeof(u.lang), "%s", lang);
	if (auth_call_has(c, "theme"))
		(void)snprintf(u.theme, sizeof(u.theme), "%s", theme);
	return mews_user_save(c->auth->db, &u, err);
}

/* Whose sessions are meant, and the one that asks; own says whether it is its
 * own.  Only the administrator asks for another's. */
static enum mews_rc
whose(const struct auth_call *c, struct mews_user *u, struct mews_session *s,
    bool *own, struct mews_err *err)
{
	const char *name = auth_call_get(c, "user");
	enum mews_rc rc = MEWS_OK;

	*s = (struct mews_session){ .user = 0 };
	*u = (struct mews_user){ .id = 0 };
	if (auth_call_get(c, "token")[0] != '\0')
		rc = auth_call_session(c, false, u, s, err);
	else if (name[0] == '\0')
		rc = mews_fail(err, MEWS_BAD, "whose sessions?");
	*own = name[0] == '\0' || strcmp(name, u->name) == 0;
	if (rc != MEWS_OK || *own)
		return rc;
	if (c->caller->role != MEWS_ADMINISTRATOR)
		return mews_fail(err, MEWS_DENIED, "another's sessions");
	return mews_user_find(c->auth->db, name, u, err);
}

static void
name_of(const struct mews_session *s, char out[2 * SHORT + 1])
{
	size_t i;

	for (i = 0; i < SHORT; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", s->digest[i]);
}

enum mews_rc
auth_own_sessions(const struct auth_call *c, struct mews_err *err)
{
	struct mews_session all[AUTH_SESSIONS], here;
	char text[160], id[2 * SHORT + 1];
	struct mews_user u;
	size_t n, i;
	bool own;
	enum mews_rc rc;

	if ((rc = whose(c, &u, &here, &own, err)) != MEWS_OK ||
	    (rc = mews_session_list(c->auth->db, u.id, all, AUTH_SESSIONS, &n,
		 err)) != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++) {
		name_of(&all[i], id);
		(void)snprintf(text, sizeof(text),
		    "%s %" PRId64 " %" PRId64 " %" PRId64 " %d %s", id,
		    all[i].begun, all[i].used,
		    all[i].begun + auth_session_whole(u.role),
		    memcmp(all[i].digest, here.digest, MEWS_HASH) == 0,
		    all[i].source[0] == '\0' ? "-" : all[i].source);
		auth_call_row(c, "session", i, text);
	}
	mews_message_set_int(c->answer, "n", (int64_t)n);
	return MEWS_OK;
}

/* Ends those that are meant, in the caller's transaction. */
static enum mews_rc
end_those(const struct auth_call *c, const struct mews_user *u,
    const struct mews_session *here, int64_t *ended, struct mews_err *err)
{
	const char *only = auth_call_get(c, "session");
	struct mews_session all[AUTH_SESSIONS];
	char id[2 * SHORT + 1];
	size_t n, i;
	enum mews_rc rc;

	rc = mews_session_list(c->auth->db, u->id, all, AUTH_SESSIONS, &n, err);
	for (i = 0; i < n && rc == MEWS_OK; i++) {
		name_of(&all[i], id);
		if (only[0] != '\0'
			? strcmp(only, id) != 0
			: memcmp(all[i].digest, here->digest, MEWS_HASH) == 0)
			continue;
		rc = mews_session_end(c->auth->db, all[i].digest, err);
		(*ended)++;
	}
	if (rc == MEWS_OK && *ended > 0)
		rc = auth_call_note(c, "sessions-ended", u->name, err);
	return rc;
}

enum mews_rc
auth_own_end(const struct auth_call *c, struct mews_err *err)
{
	struct mews_session here;
	struct mews_user u;
	int64_t ended = 0;
	bool own;
	enum mews_rc rc;

	if ((rc = whose(c, &u, &here, &own, err)) != MEWS_OK ||
	    (rc = mews_db_begin(c->auth->db, err)) != MEWS_OK)
		return rc;
	rc =
	    mews_db_end(c->auth->db, end_those(c, &u, &here, &ended, err), err);
	if (rc == MEWS_OK)
		mews_message_set_int(c->answer, "n", ended);
	return rc;
}
