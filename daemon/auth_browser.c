/*
 * auth_browser.c - cookies of known browsers, of which only the digest is
 * stored.
 */
#include "auth_browser.h"
#include "auth_try.h"

#include <string.h>

enum mews_rc
auth_browser_keep(const struct auth *a, int64_t user, const uint8_t *was,
    int64_t now, char device[AUTH_DEVICE + 1], uint8_t digest[MEWS_HASH],
    struct mews_err *err)
{
	struct mews_browser b = { .user = user, .used = now };
	enum mews_rc rc;

	if ((rc = auth_session_device(device, err)) != MEWS_OK ||
	    (rc = auth_code_digest(device, digest, err)) != MEWS_OK)
		return rc;
	memcpy(b.digest, digest, MEWS_HASH);
	if (was != NULL &&
	    (rc = mews_browser_move(a->db, was, digest, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_browser_put(a->db, &b, err)) != MEWS_OK)
		return rc;
	return mews_browser_trim(a->db, user, AUTH_BROWSERS, err);
}
