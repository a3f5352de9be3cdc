/*
 * order.h - a page's way to change something: one command in the visitor's
 * name.
 */
#ifndef ORDER_H
#define ORDER_H

#include "command.h"
#include "page.h"

/*
 * Sends the command with the visitor's token and the fields that follow, name
 * and value in turn, ended by NULL.  answer may be NULL; else it is filled in
 * every case and must be cleared.  Returns what the door said (command.h); its
 * sentence is for the log, never for a browser: form_refused() says it in the
 * visitor's words.
 *
 *	rc = order_send(c, NULL, err, "device-remove", "plate", plate, NULL);
 */
enum mews_rc order_send(struct page_ctx *, struct mews_message *answer,
    struct mews_err *, const char *command, ...);

#endif
