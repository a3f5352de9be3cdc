/*
 * auth_call.h - one command to mews-auth, as the functions that serve it get it.
 */
#ifndef AUTH_CALL_H
#define AUTH_CALL_H

#include "auth_session.h"
#include "door.h"

struct auth_call {
	const struct auth *auth;
	const struct door_caller *caller; /* who, where the row names roles */
	const struct mews_message *m;
	int64_t now;
	struct mews_message *answer;
};

/*
 * The value of a field, "" when it is absent; and whether it is there.
 */
const char *auth_call_get(const struct auth_call *, const char *name);
bool auth_call_has(const struct auth_call *, const char *name);

/*
 * MEWS_BAD, and why= in the answer: a word for the page.
 */
enum mews_rc
auth_call_bad(const struct auth_call *, const char *why, struct mews_err *);

/*
 * Puts field NAMEi into the answer, with i the number.
 */
void auth_call_row(const struct auth_call *, const char *name, size_t i,
    const char *value);

/*
 * Puts n bytes into the answer, as hexadecimal digits.
 */
void auth_call_hex(const struct auth_call *, const char *name, const uint8_t *,
    size_t n);

/*
 * User and session of the command's token; MEWS_DENIED when there is none or it
 * still has the codes of the leaflet.
 */
enum mews_rc auth_call_session(const struct auth_call *, bool quiet,
    struct mews_user *, struct mews_session *, struct mews_err *);

/*
 * Writes to the security log who did what to whom; about may be NULL.
 */
enum mews_rc auth_call_note(const struct auth_call *, const char *what,
    const char *about, struct mews_err *);

#endif
