/*
 * auth_ticket.h - tickets: a PIN given again, good for one critical command.
 *
 * A ticket is a random text like a session's token, good once, for
 * AUTH_TICKET_S seconds, in the session that asked for it.
 */
#ifndef AUTH_TICKET_H
#define AUTH_TICKET_H

#include "auth_session.h"

#define AUTH_TICKET_S 60

/*
 * Makes one, within the caller's transaction.
 */
enum mews_rc auth_ticket_make(const struct auth *, const struct mews_session *,
    int64_t now, char ticket[AUTH_TOKEN + 1], struct mews_err *);

/*
 * Uses it up; MEWS_DENIED when it is not one of this session, or no longer.
 */
enum mews_rc auth_ticket_spend(const struct auth *, const struct mews_session *,
    const char *ticket, int64_t now, struct mews_err *);

#endif
