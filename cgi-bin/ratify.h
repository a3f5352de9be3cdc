/*
 * ratify.h - the PIN again, for a command that is not done by a session alone.
 */
#ifndef RATIFY_H
#define RATIFY_H

#include "form.h"
#include "order.h"

#define RATIFY_TYPED  64 /* bytes that a PIN field takes */
#define RATIFY_TICKET 64

/*
 * Asks mews-auth for a ticket, good for one command within a minute, with the
 * PIN of that field.  False when there is none: the field says why.
 */
bool ratify(struct form *, const char *field, char ticket[RATIFY_TICKET]);

/*
 * The heading of a form's mistakes where nothing is saved but sent.
 */
void ratify_nothing(struct page_ctx *);

#endif
