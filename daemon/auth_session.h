/*
 * auth_session.h - who is signed in: tokens and how long they last.
 */
#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

#include "auth_code.h"
#include "session.h"

#define AUTH_TOKEN    43 /* characters: 32 bytes in base64url */
#define AUTH_SESSIONS 8  /* at most, a user */
#define AUTH_DEVICE   22 /* characters of a browser's cookie: 16 bytes */

/*
 * 32, and 16, bytes that nobody can guess, as text.
 */
enum mews_rc auth_session_token(char token[AUTH_TOKEN + 1], struct mews_err *);
enum mews_rc
auth_session_device(char device[AUTH_DEVICE + 1], struct mews_err *);

/*
 * Seconds without use, and in all, after which a session of the role ends.
 */
int64_t auth_session_idle(enum mews_role);
int64_t auth_session_whole(enum mews_role);

/*
 * Begins a session within the caller's transaction, in the browser of that
 * digest; the least used ones of more than AUTH_SESSIONS end.
 */
enum mews_rc auth_session_begin(const struct auth *, const struct mews_user *,
    const char *source, const uint8_t browser[MEWS_HASH], int64_t now,
    char token[AUTH_TOKEN + 1], struct mews_session *out, struct mews_err *);

/*
 * MEWS_NONE when there is no such session, it is over, or its user may not sign
 * in any more.  Counts as use unless quiet.
 */
enum mews_rc
auth_session_find(const struct auth *, const char *token, int64_t now,
    bool quiet, struct mews_user *, struct mews_session *, struct mews_err *);

enum mews_rc
auth_session_end(const struct auth *, const char *token, struct mews_err *);

/*
 * Removes the sessions that are over for every role.
 */
enum mews_rc
auth_session_sweep(const struct auth *, int64_t now, struct mews_err *);

#endif
