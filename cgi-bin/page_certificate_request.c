/*
 * page_certificate_request.c - has the box make a key and a signing request
 * for it, and gives the request to whom has it signed.
 */
#include "certificate.h"
#include "ratify.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "names", REQUEST_TEXT, FORM_MOST },
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message m;
	const char *names;
	struct form f;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "certificate.request_title"));
	(void)certificate_report(c, &m);
	view_set(c->view, "Certificate.asked", mews_message_get(&m, "asked"));
	names = form_text(&f, "names",
	    mews_message_get(&m, "asked")[0] != '\0'
		? mews_message_get(&m, "asked")
		: mews_message_get(&m, "names"));
	if (f.sent && (names[0] == '\0' || strlen(names) > 200))
		form_wrong(&f, "names", "certificate.bad.names", NULL);
	if (f.sent && f.nbad == 0)
		(void)certificate_wish(&f, "certificate-request", names,
		    "names", err);
	mews_message_clear(&m);
	return MEWS_OK;
}

const struct page page_certificate_request = {
	.path = CERTIFICATE_PATH "/request",
	.name = "certificate_request",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
