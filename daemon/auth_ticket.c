/*
 * auth_ticket.c - like sessions, only the digest of a ticket is stored.
 */
#include "auth_ticket.h"
#include "ticket.h"

enum mews_rc
auth_ticket_make(const struct auth *a, const struct mews_session *s,
    int64_t now, char ticket[AUTH_TOKEN + 1], struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_session_token(ticket, err)) != MEWS_OK ||
	    (rc = auth_code_digest(ticket, digest, err)) != MEWS_OK)
		return rc;
	return mews_ticket_add(a->db, digest, s->digest, now - AUTH_TICKET_S,
	    now, err);
}

enum mews_rc
auth_ticket_spend(const struct auth *a, const struct mews_session *s,
    const char *ticket, int64_t now, struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_code_digest(ticket, digest, err)) != MEWS_OK)
		return rc;
	rc = mews_ticket_spend(a->db, digest, s->digest, now - AUTH_TICKET_S,
	    now, err);
	return rc == MEWS_NONE ? mews_fail(err, MEWS_DENIED,
				     "the ticket is used up, too old or "
				     "of another session")
			       : rc;
}
