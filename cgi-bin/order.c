/*
 * order.c - one command in the visitor's name.
 */
#include "order.h"

#include <stdarg.h>

#define ORDER_MS 8000 /* a change of the site waits for the disk */

enum mews_rc
order_send(struct page_ctx *c, struct mews_message *answer,
    struct mews_err *err, const char *command, ...)
{
	struct mews_message m, own = { 0 };
	const char *name;
	enum mews_rc rc;
	va_list ap;

	mews_message_init(&m, command);
	mews_message_set(&m, "token", c->who->token);
	va_start(ap, command);
	while ((name = va_arg(ap, const char *)) != NULL)
		mews_message_set(&m, name, va_arg(ap, const char *));
	va_end(ap);
	if (answer != NULL)
		*answer = own;
	rc = mews_command_call(c->place, &m, ORDER_MS,
	    answer == NULL ? &own : answer, err);
	mews_message_clear(&m);
	mews_message_clear(&own);
	return rc;
}
