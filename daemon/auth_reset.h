/*
 * auth_reset.h - the factory state: the codes of the leaflet.
 */
#ifndef AUTH_RESET_H
#define AUTH_RESET_H

#include "auth_call.h"

/*
 * Fills an empty auth.db with the three users of a new box: only the
 * administrator may sign in, and only to replace the codes of the leaflet.
 */
enum mews_rc
auth_reset_first(const struct auth *, int64_t now, struct mews_err *);

/*
 * Serves reset-codes: the three users are as in a new box again, the others are
 * disabled until they are given codes, and keys are revoked.
 */
enum mews_rc auth_reset(const struct auth_call *, struct mews_err *);

#endif
