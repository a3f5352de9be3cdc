/*
 * auth_key.h - the commands key-add, key-list, key-remove and key-check.
 */
#ifndef AUTH_KEY_H
#define AUTH_KEY_H

#include "auth_session.h"
#include "command.h"

/*
 * Whether it is one of them.
 */
bool auth_key_knows(const char *command);

/*
 * Carries out a command that fits its row and whose sender may.  key-check
 * knows a key by its digest and notes its use, at most once a minute; it gives
 * user, role and rights as the command session does.
 */
enum mews_rc auth_key_serve(const struct auth *, const char *who,
    const struct mews_message *, int64_t now, struct mews_message *answer,
    struct mews_err *);

#endif
