/*
 * ticket.h - the table ticket of auth.db: leave for one critical command.
 *
 * Only mews-auth opens auth.db.  A ticket ends with its session.
 */
#ifndef MEWS_TICKET_H
#define MEWS_TICKET_H

#include "session.h"

/*
 * One more ticket, by its digest, for a session; those that were not made
 * within [from, now] are forgotten.
 */
enum mews_rc mews_ticket_add(struct mews_db *, const uint8_t digest[MEWS_HASH],
    const uint8_t session[MEWS_HASH], int64_t from, int64_t now,
    struct mews_err *);

/*
 * Uses it up.  MEWS_NONE: the session has no such ticket of [from, now].
 */
enum mews_rc mews_ticket_spend(struct mews_db *,
    const uint8_t digest[MEWS_HASH], const uint8_t session[MEWS_HASH],
    int64_t from, int64_t now, struct mews_err *);

#endif
