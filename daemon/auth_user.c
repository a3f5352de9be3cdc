/*
 * auth_user.c - the list of users, and changing it.
 *
 * One administrator who can sign in is always left, and nobody takes the own
 * rights away: who did so by mistake could not take it back.
 */
#include "auth_user.h"
#include "audit.h"
#include "auth_change.h"
#include "auth_rule.h"
#include "auth_try.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What keeps a user from signing in. */
static const char *
state(const struct mews_user *u)
{
	if (u->factory)
		return "leaflet";
	if (!u->enabled)
		return "disabled";
	return u->pin_failed >= AUTH_PIN_TRIES ? "blocked" : "ok";
}

static enum mews_rc
sessions(const struct auth_call *c, int64_t user, size_t *n,
    struct mews_err *err)
{
	struct mews_session s[AUTH_SESSIONS];

	return mews_session_list(c->auth->db, user, s, AUTH_SESSIONS, n, err);
}

enum mews_rc
auth_user_list(const struct auth_call *c, struct mews_err *err)
{
	struct mews_user u[MEWS_USERS];
	char text[128];
	bool factory = false;
	size_t n, in, i;
	enum mews_rc rc;

	rc = mews_user_list(c->auth->db, u, MEWS_USERS, &n, err);
	for (i = 0; rc == MEWS_OK && i < n; i++) {
		if ((rc = sessions(c, u[i].id, &in, err)) != MEWS_OK)
			break;
		(void)snprintf(text, sizeof(text),
		    "%s %s %s %" PRId64 " %zu %s", u[i].name,
		    mews_role_name(u[i].role),
		    u[i].lang[0] == '\0' ? "-" : u[i].lang, u[i].last_in, in,
		    state(&u[i]));
		auth_call_row(c, "user", i, text);
		factory = factory || u[i].factory;
	}
	mews_message_set_int(c->answer, "n", (int64_t)n);
	mews_message_set_int(c->answer, "factory", factory);
	return rc;
}

enum mews_rc
auth_user_get(const struct auth_call *c, struct mews_err *err)
{
	struct mews_message *m = c->answer;
	struct mews_user u;
	int64_t browsers;
	size_t in;
	enum mews_rc rc;

	rc = mews_user_find(c->auth->db, auth_call_get(c, "user"), &u, err);
	if (rc != MEWS_OK || (rc = sessions(c, u.id, &in, err)) != MEWS_OK ||
	    (rc = mews_browser_count(c->auth->db, u.id, &browsers, err)) !=
		MEWS_OK)
		return rc;
	mews_message_set(m, "user", u.name);
	mews_message_set(m, "role", mews_role_name(u.role));
	mews_message_set(m, "lang", u.lang);
	mews_message_set(m, "theme", u.theme);
	mews_message_set(m, "rights", u.rights);
	mews_message_set_int(m, "enabled", u.enabled);
	mews_message_set_int(m, "factory", u.factory);
	mews_message_set_int(m, "blocked", u.pin_failed >= AUTH_PIN_TRIES);
	mews_message_set_int(m, "last", u.last_in);
	mews_message_set_int(m, "failed", u.failed);
	mews_message_set_int(m, "changed", u.changed);
	mews_message_set_int(m, "sessions", (int64_t)in);
	mews_message_set_int(m, "browsers", browsers);
	return MEWS_OK;
}

/* Sets the name, when it is one that is free. */
static enum mews_rc
take_name(const struct auth_call *c, const char *name, struct mews_user *u,
    struct mews_err *err)
{
	struct mews_user other;
	enum mews_rc rc;

	if (!mews_str_word(name, MEWS_USERNAME) || strcmp(name, "shell") == 0)
		return auth_call_bad(c, "name", err);
	rc = mews_user_find(c->auth->db, name, &other, err);
	if (rc == MEWS_OK && other.id != u->id)
		return auth_call_bad(c, "name-taken", err);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	(void)mews_str_copy(u->name, sizeof(u->name), name);
	return MEWS_OK;
}

/* Sets what the command gives of role, language, theme and rights. */
static enum mews_rc
take_rest(const struct auth_call *c, struct mews_user *u, struct mews_err *err)
{
	const char *lang = auth_call_get(c, "lang");
	const char *theme = auth_call_get(c, "theme");
	const char *rights = auth_call_get(c, "rights");

	if (auth_call_has(c, "role") &&
	    !mews_role_find(auth_call_get(c, "role"), &u->role))
		return auth_call_bad(c, "role", err);
	if (!mews_lang_fits(lang))
		return auth_call_bad(c, "lang", err);
	if (!mews_theme_fits(theme))
		return auth_call_bad(c, "theme", err);
	if (!mews_rights_fit(rights))
		return auth_call_bad(c, "rights", err);
	if (auth_call_has(c, "lang"))
		(void)mews_str_copy(u->lang, sizeof(u->lang), lang);
	if (auth_call_has(c, "theme"))
		(void)mews_str_copy(u->theme, sizeof(u->theme), theme);
	if (auth_call_has(c, "rights"))
		(void)mews_str_copy(u->rights, sizeof(u->rights), rights);
	if (u->role == MEWS_ADMINISTRATOR && u->rights[0] != '\0')
		return auth_call_bad(c, "rights-of-administrator", err);
	return MEWS_OK;
}

/* Codes as typed, or made where none is and what asks for one. */
struct given {
	bool pin, puk; /* asked for */
	char made_pin[AUTH_PIN + 1], made_puk[AUTH_PUK + 1];
	struct auth_change change;
};

static enum mews_rc
give(const struct auth_call *c, struct given *g, struct mews_user *u,
    struct mews_err *err)
{
	struct auth_change *change = &g->change;
	enum mews_rc rc = MEWS_OK;

	change->pin = g->pin ? auth_call_get(c, "pin") : "";
	change->puk = g->puk ? auth_call_get(c, "puk") : "";
	if (g->puk && change->puk[0] == '\0') {
		rc = auth_change_puk(g->made_puk, change->pin, err);
		change->puk = g->made_puk;
	}
	if (rc == MEWS_OK && g->pin && change->pin[0] == '\0') {
		rc = auth_change_pin(g->made_pin, change->puk, err);
		change->pin = g->made_pin;
	}
	if (rc == MEWS_OK)
		rc = auth_change_make(c->auth, change, u, err);
	return rc == MEWS_BAD ? auth_call_bad(c, change->why, err) : rc;
}

/* Tells the codes that were made, and wipes them. */
static void
tell(const struct auth_call *c, struct given *g, enum mews_rc rc)
{
	if (rc == MEWS_OK && g->made_pin[0] != '\0')
		mews_message_set(c->answer, "pin", g->made_pin);
	if (rc == MEWS_OK && g->made_puk[0] != '\0')
		mews_message_set(c->answer, "puk", g->made_puk);
	explicit_bzero(g, sizeof(*g));
}

/* Stores a new user. */
static enum mews_rc
insert(const struct auth_call *c, struct mews_user *u, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	u->changed = c->now;
	if ((rc = mews_user_add(db, u, err)) == MEWS_OK)
		rc = auth_call_note(c, "user-added", u->name, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
auth_user_add(const struct auth_call *c, struct mews_err *err)
{
	struct given g = { .pin = true, .puk = true };
	struct mews_user all[MEWS_USERS], u = { .enabled = true };
	size_t n;
	enum mews_rc rc;

	rc = mews_user_list(c->auth->db, all, MEWS_USERS, &n, err);
	if (rc != MEWS_OK)
		return rc;
	if (n == MEWS_USERS)
		return auth_call_bad(c, "too-many", err);
	if ((rc = take_name(c, auth_call_get(c, "user"), &u, err)) != MEWS_OK ||
	    (rc = take_rest(c, &u, err)) != MEWS_OK)
		return rc;
	if ((rc = give(c, &g, &u, err)) == MEWS_OK)
		rc = insert(c, &u, err);
	tell(c, &g, rc);
	return rc;
}

/* MEWS_BAD unless an administrator who can sign in is left without that one. */
static enum mews_rc
keep_one(const struct auth_call *c, const struct mews_user *without,
    struct mews_err *err)
{
	struct mews_user u[MEWS_USERS];
	size_t n, i;
	enum mews_rc rc;

	rc = mews_user_list(c->auth->db, u, MEWS_USERS, &n, err);
	for (i = 0; rc == MEWS_OK && i < n; i++)
		if (u[i].id != without->id && u[i].enabled &&
		    u[i].role == MEWS_ADMINISTRATOR)
			return MEWS_OK;
	return rc == MEWS_OK ? auth_call_bad(c, "last-administrator", err) : rc;
}

/* MEWS_BAD when the change takes from oneself, or the last administrator. */
static enum mews_rc
may_change(const struct auth_call *c, const struct mews_user *was,
    const struct mews_user *u, struct mews_err *err)
{
	bool less = was->role != u->role || (was->enabled && !u->enabled);

	if (less && strcmp(was->name, c->caller->user) == 0)
		return auth_call_bad(c, "oneself", err);
	if (u->factory && u->enabled && !was->enabled)
		return auth_call_bad(c, "leaflet", err);
	if (less && was->role == MEWS_ADMINISTRATOR)
		return keep_one(c, was, err);
	return MEWS_OK;
}

/* Writes what differs to the log. */
static enum mews_rc
note(const struct auth_call *c, const struct mews_user *was,
    const struct mews_user *u, struct mews_err *err)
{
	const struct {
		bool differs;
		const char *what;
	} rows[] = {
		{ strcmp(was->name, u->name) != 0, "user-renamed" },
		{ was->role != u->role, "role-changed" },
		{ strcmp(was->rights, u->rights) != 0, "rights-changed" },
		{ was->enabled && !u->enabled, "user-disabled" },
		{ !was->enabled && u->enabled, "user-enabled" },
	};
	char about[MEWS_AUDIT_ABOUT];
	enum mews_rc rc = MEWS_OK;
	size_t i;

	(void)snprintf(about, sizeof(about), "%s", was->name);
	if (rows[0].differs)
		(void)snprintf(about, sizeof(about), "%s>%s", was->name,
		    u->name);
	for (i = 0; i < MEWS_LEN(rows) && rc == MEWS_OK; i++) {
		if (rows[i].differs)
			rc = auth_call_note(c, rows[i].what, about, err);
		if (i == 0)
			(void)snprintf(about, sizeof(about), "%s", u->name);
	}
	return rc;
}

/* Stores it; who got other rights signs in anew. */
static enum mews_rc
update(const struct auth_call *c, const struct mews_user *was,
    const struct mews_user *u, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_user_save(db, u, err);
	if (rc == MEWS_OK &&
	    (was->role != u->role || strcmp(was->rights, u->rights) != 0 ||
		!u->enabled))
		rc = mews_session_end_all(db, u->id, err);
	if (rc == MEWS_OK)
		rc = note(c, was, u, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
auth_user_set(const struct auth_call *c, struct mews_err *err)
{
	struct mews_user was, u;
	enum mews_rc rc;

	rc = mews_user_find(c->auth->db, auth_call_get(c, "user"), &was, err);
	if (rc != MEWS_OK)
		return rc;
	u = was;
	if (auth_call_has(c, "name") &&
	    (rc = take_name(c, auth_call_get(c, "name"), &u, err)) != MEWS_OK)
		return rc;
	u.enabled = mews_message_int(c->m, "enabled", u.enabled) != 0;
	if ((rc = take_rest(c, &u, err)) != MEWS_OK ||
	    (rc = may_change(c, &was, &u, err)) != MEWS_OK)
		return rc;
	return update(c, &was, &u, err);
}

/* Stores new codes. */
static enum mews_rc
store(const struct auth_call *c, const struct given *g, struct mews_user *u,
    struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if (g->pin && g->puk) {
		u->enabled = true;
		u->factory = false;
	}
	rc = auth_change_save(c->auth, &g->change, u, c->now, err);
	if (rc == MEWS_OK && g->pin)
		rc = auth_call_note(c, "pin-given", u->name, err);
	if (rc == MEWS_OK && g->puk)
		rc = auth_call_note(c, "puk-given", u->name, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
auth_user_pin(const struct auth_call *c, struct mews_err *err)
{
	const char *what = auth_call_get(c, "what");
	bool both = strcmp(what, "both") == 0;
	struct given g = { .pin = both || strcmp(what, "pin") == 0,
		.puk = both || strcmp(what, "puk") == 0 };
	struct mews_user u;
	enum mews_rc rc;

	if (!g.pin && !g.puk)
		return auth_call_bad(c, "what", err);
	rc = mews_user_find(c->auth->db, auth_call_get(c, "user"), &u, err);
	if (rc != MEWS_OK)
		return rc;
	if (!both && (u.factory || !u.enabled))
		return auth_call_bad(c, "both", err);
	if ((rc = give(c, &g, &u, err)) == MEWS_OK)
		rc = store(c, &g, &u, err);
	tell(c, &g, rc);
	return rc;
}

enum mews_rc
auth_user_remove(const struct auth_call *c, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	struct mews_user u;
	enum mews_rc rc;

	rc = mews_user_find(db, auth_call_get(c, "user"), &u, err);
	if (rc != MEWS_OK)
		return rc;
	if (strcmp(u.name, c->caller->user) == 0)
		return auth_call_bad(c, "oneself", err);
	if (u.role == MEWS_ADMINISTRATOR &&
	    (rc = keep_one(c, &u, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_user_remove(db, u.id, err)) == MEWS_OK)
		rc = auth_call_note(c, "user-removed", u.name, err);
	return mews_db_end(db, rc, err);
}
