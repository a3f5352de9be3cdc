/*
 * seed_auth.c - fills an empty auth.db as a commissioned site's, in which the
 * three users sign in with the codes of the leaflet: for the demo and tests.
 *
 *	seed_auth --state DIR
 */
#include "auth_code.h"
#include "auth_rule.h"

#include <stdio.h>
#include <sys/stat.h>

static enum mews_rc
add(const struct auth *a, const struct auth_leaflet *l, struct mews_err *err)
{
	struct mews_user u = { .role = l->role, .enabled = true };
	char pin[AUTH_PIN + 1], puk[AUTH_PUK + 1];
	enum mews_rc rc;

	(void)snprintf(u.name, sizeof(u.name), "%s", l->user);
	auth_leaflet_pin(l, pin);
	auth_leaflet_puk(l, puk);
	if ((rc = auth_code_set(a, &u, MEWS_PIN, pin, err)) != MEWS_OK ||
	    (rc = auth_code_set(a, &u, MEWS_PUK, puk, err)) != MEWS_OK)
		return rc;
	return mews_user_add(a->db, &u, err);
}

static enum mews_rc
seed(const struct auth *a, struct mews_err *err)
{
	struct mews_user u;
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_user_list(a->db, &u, 1, &n, err)) != MEWS_OK)
		return rc;
	if (n > 0)
		return mews_fail(err, MEWS_BAD, "auth.db is not empty");
	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < AUTH_LEAFLETS && rc == MEWS_OK; i++)
		rc = add(a, &auth_leaflet[i], err);
	return mews_db_end(a->db, rc, err);
}

int
main(int argc, char **argv)
{
	struct mews_place place;
	struct mews_err err;
	struct auth auth;
	enum mews_rc rc;

	(void)umask(0077);
	rc = mews_place_take(&place, &argc, argv, &err);
	if (rc == MEWS_OK && argc > 1)
		rc = mews_fail(&err, MEWS_BAD, "usage: seed_auth --state DIR");
	if (rc == MEWS_OK &&
	    (rc = auth_code_open(&place, &auth, &err)) == MEWS_OK) {
		rc = seed(&auth, &err);
		auth_code_close(&auth);
	}
	if (rc != MEWS_OK)
		(void)fprintf(stderr, "seed_auth: %s\n", err.text);
	return rc == MEWS_OK ? 0 : 1;
}
