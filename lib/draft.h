/*
 * draft.h - a text too long for one command, on its way to mewsd.
 *
 * It travels in pieces as hexadecimal digits, so that any bytes can, and waits
 * there for the command that uses it: at most ten minutes.
 */
#ifndef MEWS_DRAFT_H
#define MEWS_DRAFT_H

#include "command.h"

#define MEWS_DRAFT_PIECE 3500    /* bytes a command */
#define MEWS_DRAFT_MOST  1048576 /* bytes */

/*
 * Sends the text as the session's part "site", "profile", "gateway" or
 * "settings"; token
 * NULL: as who may without (the shell).
 */
enum mews_rc mews_draft_send(const struct mews_place *, const char *token,
    const char *part, const char *text, size_t n, struct mews_err *);

/*
 * Sends a command with the fields at and text more, n bytes being the text; at
 * most MEWS_DRAFT_PIECE.
 */
enum mews_rc mews_draft_piece(const struct mews_place *, struct mews_message *,
    int64_t at, const char *bytes, size_t n, struct mews_err *);

/*
 * Appends the bytes of the digits; false when they are none.
 */
bool mews_draft_take(struct mews_buf *, const char *digits);

#endif
