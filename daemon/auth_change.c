/*
 * auth_change.c - new codes: made, checked, hashed, stored.
 */
#include "auth_change.h"
#include "guard.h"
#include "session.h"

#include <string.h>

/* MEWS_BAD when the PIN is that of today or one of the last. */
static enum mews_rc
check_past(const struct auth *a, const struct mews_user *u, const char *pin,
    struct mews_err *err)
{
	struct mews_secret all[1 + MEWS_PINS];
	size_t n, i;
	enum mews_rc rc;

	all[0] = u->code[MEWS_PIN];
	if ((rc = mews_pin_list(a->db, u->id, all + 1, &n, err)) != MEWS_OK)
		return rc;
	for (i = 0; i <= n; i++) {
		rc = auth_code_check(a, u, &all[i], pin, err);
		if (rc == MEWS_OK)
			return mews_fail(err, MEWS_BAD, "pin-past");
		if (rc != MEWS_DENIED)
			return rc;
	}
	return MEWS_OK;
}

enum mews_rc
auth_change_make(const struct auth *a, struct auth_change *c,
    struct mews_user *u, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;

	c->was = u->code[MEWS_PIN];
	if (c->puk[0] != '\0')
		rc = auth_rule_puk(c->puk, &c->why, err);
	if (rc == MEWS_OK && c->pin[0] != '\0')
		rc = auth_rule_pin(c->pin, c->puk, &c->why, err);
	if (rc == MEWS_OK && c->pin[0] != '\0' && u->id != 0 &&
	    (rc = check_past(a, u, c->pin, err)) == MEWS_BAD)
		c->why = "pin-past";
	if (rc == MEWS_OK && c->pin[0] != '\0')
		rc = auth_code_set(a, u, MEWS_PIN, c->pin, err);
	if (rc == MEWS_OK && c->puk[0] != '\0')
		rc = auth_code_set(a, u, MEWS_PUK, c->puk, err);
	return rc;
}

enum mews_rc
auth_change_save(const struct auth *a, const struct auth_change *c,
    struct mews_user *u, int64_t now, struct mews_err *err)
{
	enum mews_rc rc;

	u->changed = now;
	if (c->pin[0] != '\0')
		u->pin_failed = 0;
	if ((rc = mews_user_save(a->db, u, err)) != MEWS_OK ||
	    (rc = mews_session_end_all(a->db, u->id, err)) != MEWS_OK ||
	    (rc = mews_browser_drop(a->db, u->id, err)) != MEWS_OK ||
	    c->pin[0] == '\0')
		return rc;
	return mews_pin_add(a->db, u->id, &c->was, err);
}

/* n digits, each as likely as the others. */
static enum mews_rc
digits(char *out, size_t n, struct mews_err *err)
{
	uint8_t byte;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++) {
		do {
			rc = auth_code_random(&byte, 1, err);
		} while (rc == MEWS_OK && byte >= 250);
		if (rc != MEWS_OK)
			return rc;
		out[i] = (char)('0' + byte % 10);
	}
	out[n] = '\0';
	return MEWS_OK;
}

enum mews_rc
auth_change_pin(char out[AUTH_PIN + 1], const char *puk, struct mews_err *err)
{
	const char *why;
	enum mews_rc rc;

	do {
		rc = digits(out, AUTH_PIN_LEAST, err);
	} while (
	    rc == MEWS_OK && auth_rule_pin(out, puk, &why, NULL) != MEWS_OK);
	return rc;
}

enum mews_rc
auth_change_puk(char out[AUTH_PUK + 1], const char *pin, struct mews_err *err)
{
	const char *why;
	enum mews_rc rc;

	do {
		rc = digits(out, AUTH_PUK, err);
	} while (rc == MEWS_OK &&
	    (auth_rule_puk(out, &why, NULL) != MEWS_OK ||
		(pin[0] != '\0' && strstr(out, pin) != NULL)));
	return rc;
}
