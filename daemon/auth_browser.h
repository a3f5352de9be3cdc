/*
 * auth_browser.h - browsers that a user signed in with before.
 *
 * The cookie of one gives it a count of wrong PINs of its own, and never leads
 * in.  It changes at each sign-in, so that a copy is soon worth nothing.
 */
#ifndef AUTH_BROWSER_H
#define AUTH_BROWSER_H

#include "auth_session.h"

/*
 * The browser is known to the user from now on; was is the digest of the cookie
 * it had, which the other users it is known to follow, or NULL.  device is the
 * new cookie, digest its own.  In the caller's transaction.
 */
enum mews_rc auth_browser_keep(const struct auth *, int64_t user,
    const uint8_t *was, int64_t now, char device[AUTH_DEVICE + 1],
    uint8_t digest[MEWS_HASH], struct mews_err *);

#endif
