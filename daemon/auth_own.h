/*
 * auth_own.h - what users do with their own account and sessions.
 */
#ifndef AUTH_OWN_H
#define AUTH_OWN_H

#include "auth_call.h"
#include "auth_try.h"

/*
 * Tries the PIN of a field for who is signed in, counted for the browser of the
 * session.  A try that is wrong puts wait= into the answer; the one that blocks
 * the PIN ends the session too.
 */
enum mews_rc auth_own_pin(const struct auth_call *, const struct mews_user *,
    const struct mews_session *, const char *field, struct auth_try *,
    struct auth_tried *, struct mews_err *);

/*
 * Serve own-codes, own-set, session-list and session-end.
 */
enum mews_rc auth_own_codes(const struct auth_call *, struct mews_err *);
enum mews_rc auth_own_set(const struct auth_call *, struct mews_err *);
enum mews_rc auth_own_sessions(const struct auth_call *, struct mews_err *);
enum mews_rc auth_own_end(const struct auth_call *, struct mews_err *);

#endif
