/*
 * ratify.c - the PIN again.
 *
 * A wrong PIN counts as at sign-in, so a session that was left open cannot be
 * used to try them.
 */
#include "ratify.h"

#include "code.h"

#include <stdio.h>
#include <string.h>

bool
ratify(struct form *f, const char *field, char ticket[RATIFY_TICKET])
{
	struct page_ctx *c = f->c;
	struct mews_message a = { 0 };
	struct mews_err err = { "" };
	char pin[CODE];
	enum mews_rc rc;

	code_digits(request_get(c->request, field), pin);
	if (strlen(pin) < 5) {
		form_wrong(f, field, "ratify.no_pin", NULL);
		explicit_bzero(pin, sizeof(pin));
		return false;
	}
	rc = order_send(c, &a, &err, "confirm", "pin", pin, "source",
	    c->request->source, NULL);
	explicit_bzero(pin, sizeof(pin));
	if (rc == MEWS_OK)
		(void)snprintf(ticket, RATIFY_TICKET, "%s",
		    mews_message_get(&a, "ticket"));
	else if (rc == MEWS_AGAIN)
		form_wrong(f, field, "ratify.wait", NULL);
	else
		form_wrong(f, field, "ratify.wrong_pin", NULL);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

void
ratify_nothing(struct page_ctx *c)
{
	view_set(c->view, "Form.wrong", view_word(c->view, "ratify.nothing"));
}
