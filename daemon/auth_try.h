/*
 * auth_try.h - a try at a PIN or PUK: counted, checked, noted.
 */
#ifndef AUTH_TRY_H
#define AUTH_TRY_H

#include "auth_code.h"
#include "guard.h"

#define AUTH_PIN_TRIES 5 /* wrong PINs in a row that block it */
#define AUTH_BROWSER   (180 * INT64_C(86400)) /* s a browser is known */
#define AUTH_BROWSERS  20                     /* known ones, a user */

struct auth_try {
	enum mews_code what;
	const char *user;
	const char *code;
	const char *source;     /* address of the browser */
	const uint8_t *browser; /* digest of its cookie; NULL: none */
	int64_t now;
};

/*
 * What is known after a try.
 */
struct auth_tried {
	struct mews_user user; /* as it was before the try */
	bool known;            /* the user signed in with this browser before */
	struct mews_browser browser;
	struct mews_source source;
	int64_t wait; /* s in which no other try is looked at; 0: none */
};

/*
 * Whether the user can be signed in at all: one that still has the codes of
 * the leaflet only as the administrator, who is to replace them.
 */
bool auth_try_usable(const struct mews_user *);

/*
 * MEWS_OK: it is the user's code; the try stays counted until auth_try_clear().
 * MEWS_DENIED, always in the same words and time: wrong, blocked or no such
 * user; the security log knows which.  MEWS_AGAIN: it was not looked at, because
 * too many were before, from that address or in all.
 * out is filled as far as it is told above; out->wait always.
 */
enum mews_rc auth_try(const struct auth *, const struct auth_try *,
    struct auth_tried *out, struct mews_err *);

/*
 * Sets the counts that a right code used to 0, in the caller's transaction;
 * saves out->user, which the caller may have changed before.
 */
enum mews_rc auth_try_clear(const struct auth *, const struct auth_try *,
    struct auth_tried *out, struct mews_err *);

#endif
