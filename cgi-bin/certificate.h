/*
 * certificate.h - what the pages of the certificate share: the report of
 * mews-apply (daemon/apply_certificate.h), and sending it a wish.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "form.h"
#include "message.h"

#define CERTIFICATE_PATH "/settings/certificate"

/*
 * The newest report; false, and an empty message, when there is none.  To be
 * cleared in every case.
 */
bool certificate_report(const struct page_ctx *, struct mews_message *);

/*
 * Sends one of the commands certificate-* with the PIN of the field "pin"
 * again, and names, unless NULL.  Waits for at most 3 s, and where the box
 * refuses what was sent within that, says so of the field; else leads to the page that
 * tells what comes of it.  True when it leads there.
 */
bool certificate_wish(struct form *, const char *command, const char *names,
    const char *field, struct mews_err *);

#endif
