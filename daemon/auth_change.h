/*
 * auth_change.h - giving a user other codes.
 */
#ifndef AUTH_CHANGE_H
#define AUTH_CHANGE_H

#include "auth_code.h"
#include "auth_rule.h"

struct auth_change {
	const char *pin, *puk;  /* the new ones; "": stays */
	const char *why;        /* set with MEWS_BAD: see auth_rule.h */
	struct mews_secret was; /* the PIN before */
};

/*
 * Sets the codes of a user in memory, by the rules; MEWS_BAD when they do not
 * allow them: beside those of auth_rule.h pin-past, the PIN is that of today or
 * one of the last before it.  Takes some hashes' time.
 */
enum mews_rc auth_change_make(const struct auth *, struct auth_change *,
    struct mews_user *, struct mews_err *);

/*
 * Saves the user in the caller's transaction.  All sessions end and no browser
 * is known any more.
 */
enum mews_rc auth_change_save(const struct auth *, const struct auth_change *,
    struct mews_user *, int64_t now, struct mews_err *);

/*
 * Codes that nobody can guess and the rules allow: a PIN of five digits that is
 * not in the PUK ("": not known), a PUK in which the PIN ("") is not.
 */
enum mews_rc
auth_change_pin(char out[AUTH_PIN + 1], const char *puk, struct mews_err *);
enum mews_rc
auth_change_puk(char out[AUTH_PUK + 1], const char *pin, struct mews_err *);

#endif
