/*
 * page_certificate_own.c - has the box make a certificate of its own.
 */
#include "certificate.h"
#include "ratify.h"

#include <stdio.h>

static const struct request_field fields[] = {
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "certificate.own_title"));
	if (f.sent)
		(void)certificate_wish(&f, "certificate-own", NULL, "pin", err);
	return MEWS_OK;
}

const struct page page_certificate_own = {
	.path = CERTIFICATE_PATH "/own",
	.name = "certificate_own",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
