/*
 * auth_session.h - who is signed in: tokens and how long they last.
 */
#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

#include "auth_code.h"

#define AUTH_TOKEN    43 /* characters: 32 bytes in base64url */
#define AUTH_SESSIONS 8  /* at most, a user */

/*
 * 32 bytes that nobody can guess, as text.
 */
enum mews_rc auth_session_token(char token[AUTH_TOKEN + 1], struct mews_err *);

/*
 * Begins a session within the caller's transaction; the least used ones of
 * more than AUTH_SESSIONS end.
 */
enum mews_rc auth_session_begin(const struct auth *, const struct mews_user *,
    const char *source, int64_t now, char token[AUTH_TOKEN + 1],
    struct mews_session *out, struct mews_err *);

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
