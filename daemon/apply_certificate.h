/*
 * apply_certificate.h - carries out what is wanted of the certificate.
 *
 * state/tls/report tells pages what came of it, one line of message.h:
 *
 *	certificate names= issuer= key= fingerprint= from= until= own= chain=
 *	  asked= number= result= why= at=
 *
 * The first row is what is served (certificate.h).  asked are the names of the
 * signing request that waits, "": none.  number is the wish that result is
 * about (the answer "wanted" of a command; 0: nobody wished): "trying" while
 * lighttpd begins anew, then "served", "requested", "refused" (why as in
 * certificate.h), "back" (it could not be served, and the one before is again)
 * or "failed"; at is when, in Unix time.
 */
#ifndef APPLY_CERTIFICATE_H
#define APPLY_CERTIFICATE_H

#include "certificate.h"
#include "web.h"

/*
 * Does what is wanted; where nothing is, renews a certificate of the box's own
 * that is near its end or lacks a name of the box, or makes the first one.
 */
enum mews_rc apply_certificate(const struct mews_place *, const struct web *,
    int64_t now, struct mews_err *);

#endif
