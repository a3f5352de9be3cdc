/*
 * auth_try.h - a try at a PIN or PUK: counted, checked, noted.
 */
#ifndef AUTH_TRY_H
#define AUTH_TRY_H

#include "auth_code.h"

#define AUTH_PIN_TRIES 5   /* wrong PINs in a row that block it */
#define AUTH_PUK_FREE  3   /* wrong PUKs in a row before each one waits */
#define AUTH_PUK_WAIT  600 /* s */

/*
 * Whether the user can be signed in at all: one that still has the codes of
 * the leaflet only as the administrator, who is to replace them.
 */
bool auth_try_usable(const struct mews_user *);

/*
 * MEWS_OK: it is the user's code.  *out is the user as stored before this try,
 * which stays counted until the caller has saved it with the count at 0.
 * MEWS_DENIED, always in the same words and time: wrong, blocked, waiting or
 * no such user; the security log knows which.
 */
enum mews_rc auth_try(const struct auth *, enum mews_code, const char *name,
    const char *code, const char *source, int64_t now, struct mews_user *out,
    struct mews_err *);

#endif
