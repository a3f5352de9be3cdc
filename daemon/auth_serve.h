/*
 * auth_serve.h - the commands of mews-auth.
 */
#ifndef AUTH_SERVE_H
#define AUTH_SERVE_H

#include "auth_code.h"
#include "door.h"

/*
 * Carries out a command that fits its row and whose sender may; fills the
 * fields of the answer.
 */
enum mews_rc auth_serve(const struct auth *, const struct door_caller *,
    const struct mews_message *, int64_t now, struct mews_message *answer,
    struct mews_err *);

#endif
