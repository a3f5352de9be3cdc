/*
 * web.h - the web server as mews-apply sees it: what it serves, and having it
 * serve something else.
 */
#ifndef WEB_H
#define WEB_H

#include "buf.h"
#include "place.h"

#define WEB_TRY 10 /* s until a new certificate must be served */

struct web {
	const char *conf; /* lighttpd's configuration */
	const char
	    *address; /* HOST:PORT where it serves TLS, of this machine */
};

/*
 * Writes a file of state/tls, whole or not at all, synced; what is secret can
 * be read by its owner, and by the folder's group where shared is true.
 */
enum mews_rc web_write(const struct mews_place *, const char *name,
    const struct mews_buf *, bool secret, bool shared, struct mews_err *);

/*
 * Reads a file of state/tls; MEWS_NONE when it is not there.
 */
enum mews_rc web_read(const struct mews_place *, const char *name,
    struct mews_buf *, struct mews_err *);
void web_remove(const struct mews_place *, const char *name);

/*
 * Has lighttpd serve the key and certificates in pem, of that fingerprint:
 * tries its configuration with them, has it begin anew, and asks it.  What was
 * served before comes back where that fails: MEWS_BAD.  Where no lighttpd runs,
 * the file is written and that is all.
 */
enum mews_rc web_serve(const struct mews_place *, const struct web *,
    const struct mews_buf *pem, const char *fingerprint, struct mews_err *);

/*
 * Ends what a power cut left half done: what was served before is back.
 */
void web_settle(const struct mews_place *, const struct web *);

#endif
