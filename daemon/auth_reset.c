/*
 * auth_reset.c - a new box, and one whose codes are lost.
 *
 * A reset keeps names, roles and rights: lost codes must not cost more than the
 * codes.
 */
#include "auth_reset.h"
#include "audit.h"
#include "auth_rule.h"
#include "guard.h"
#include "key.h"

#include <stdio.h>
#include <string.h>

/* Gives a user the leaflet's codes, in memory. */
static enum mews_rc
lay(const struct auth *a, const struct auth_leaflet *l, struct mews_user *u,
    int64_t now, struct mews_err *err)
{
	char pin[AUTH_PIN + 1], puk[AUTH_PUK + 1];
	enum mews_rc rc;

	auth_leaflet_pin(l, pin);
	auth_leaflet_puk(l, puk);
	u->role = l->role;
	u->enabled = l->role == MEWS_ADMINISTRATOR;
	u->factory = true;
	u->pin_failed = u->failed = 0;
	u->changed = now;
	rc = auth_code_set(a, u, MEWS_PIN, pin, err);
	return rc == MEWS_OK ? auth_code_set(a, u, MEWS_PUK, puk, err) : rc;
}

/* The user of the leaflet as in a new box, in the caller's transaction. */
static enum mews_rc
put(const struct auth *a, const struct auth_leaflet *l, int64_t now,
    struct mews_err *err)
{
	struct mews_user u = { .id = 0 };
	enum mews_rc rc = mews_user_find(a->db, l->user, &u, err);

	if (rc == MEWS_NONE) {
		u = (struct mews_user){ .id = 0 };
		(void)snprintf(u.name, sizeof(u.name), "%s", l->user);
	} else if (rc != MEWS_OK)
		return rc;
	if (l->role == MEWS_ADMINISTRATOR)
		u.rights[0] = '\0';
	if ((rc = lay(a, l, &u, now, err)) != MEWS_OK)
		return rc;
	return u.id == 0 ? mews_user_add(a->db, &u, err)
			 : mews_user_save(a->db, &u, err);
}

enum mews_rc
auth_reset_first(const struct auth *a, int64_t now, struct mews_err *err)
{
	struct mews_user u;
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_user_list(a->db, &u, 1, &n, err)) != MEWS_OK || n > 0)
		return rc;
	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < AUTH_LEAFLETS && rc == MEWS_OK; i++)
		rc = put(a, &auth_leaflet[i], now, err);
	if (rc == MEWS_OK)
		rc = mews_audit_add(a->db, now, "first-start", NULL, NULL, NULL,
		    err);
	return mews_db_end(a->db, rc, err);
}

/* Takes a user's codes, sessions and browsers away. */
static enum mews_rc
shut(const struct auth *a, struct mews_user *u, struct mews_err *err)
{
	enum mews_rc rc;

	u->enabled = false;
	memset(u->code, 0, sizeof(u->code));
	if ((rc = mews_user_save(a->db, u, err)) != MEWS_OK ||
	    (rc = mews_session_end_all(a->db, u->id, err)) != MEWS_OK)
		return rc;
	return mews_browser_drop(a->db, u->id, err);
}

/* Programs had their keys from people whose codes are lost. */
static enum mews_rc
revoke(const struct auth *a, struct mews_err *err)
{
	struct mews_key k[MEWS_KEYS];
	size_t n, i;
	enum mews_rc rc = mews_key_list(a->db, k, &n, err);

	for (i = 0; rc == MEWS_OK && i < n; i++)
		rc = mews_key_remove(a->db, k[i].id, err);
	return rc;
}

enum mews_rc
auth_reset(const struct auth_call *c, struct mews_err *err)
{
	struct mews_db *db = c->auth->db;
	struct mews_user u[MEWS_USERS];
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_user_list(db, u, MEWS_USERS, &n, err);
	for (i = 0; rc == MEWS_OK && i < n; i++)
		rc = shut(c->auth, &u[i], err);
	for (i = 0; rc == MEWS_OK && i < AUTH_LEAFLETS; i++)
		rc = put(c->auth, &auth_leaflet[i], c->now, err);
	if (rc == MEWS_OK)
		rc = revoke(c->auth, err);
	if (rc == MEWS_OK)
		rc = auth_call_note(c, "codes-reset", NULL, err);
	return mews_db_end(db, rc, err);
}
