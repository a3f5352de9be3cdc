/*
 * session.h - who is signed in: the table session of auth.db.
 *
 * Only mews-auth opens auth.db.
 */
#ifndef MEWS_SESSION_H
#define MEWS_SESSION_H

#include "account.h"

struct mews_session {
	uint8_t digest[MEWS_HASH]; /* SHA-256 of the token */
	uint8_t csrf[16];
	int64_t user;
	int64_t begun, used;        /* Unix time */
	char source[64];            /* address of the browser */
	uint8_t browser[MEWS_HASH]; /* guard.h; zeros: not known */
};

enum mews_rc mews_session_add(struct mews_db *, const struct mews_session *,
    struct mews_err *);
enum mews_rc mews_session_find(struct mews_db *, const uint8_t *digest,
    struct mews_session *out, struct mews_err *);
enum mews_rc mews_session_touch(struct mews_db *, const uint8_t *digest,
    int64_t now, struct mews_err *);
enum mews_rc
mews_session_end(struct mews_db *, const uint8_t *digest, struct mews_err *);
enum mews_rc
mews_session_end_all(struct mews_db *, int64_t user, struct mews_err *);

/*
 * Those of a user, the last used first; at most max, *n how many.
 */
enum mews_rc mews_session_list(struct mews_db *, int64_t user,
    struct mews_session *out, size_t max, size_t *n, struct mews_err *);

/*
 * Ends the least used ones of a user until at most `most` are left, and all
 * that began before `begun` or were used before `used` (all users).
 */
enum mews_rc mews_session_trim(struct mews_db *, int64_t user, int64_t most,
    struct mews_err *);
enum mews_rc mews_session_expire(struct mews_db *, int64_t begun, int64_t used,
    struct mews_err *);

#endif
