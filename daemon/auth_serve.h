/*
 * auth_serve.h - the commands of mews-auth.
 */
#ifndef AUTH_SERVE_H
#define AUTH_SERVE_H

#include "auth_code.h"
#include "command.h"

/*
 * Fills an empty auth.db with the three users of a new box: only the
 * administrator may sign in, and only to replace the codes of the leaflet.
 */
enum mews_rc
auth_serve_first(const struct auth *, int64_t now, struct mews_err *);

/*
 * Carries out a command that fits its row; fills the fields of the answer.
 */
enum mews_rc auth_serve(const struct auth *, const struct mews_message *,
    int64_t now, struct mews_message *answer, struct mews_err *);

#endif
