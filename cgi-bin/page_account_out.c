/*
 * page_account_out.c - ends one of the own sessions, or all the others.
 */
#include "form.h"
#include "order.h"

static const struct request_field fields[] = {
	{ "session", REQUEST_TOKEN, 32 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *id = request_get(c->request, "session");
	enum mews_rc rc = id[0] == '\0'
	    ? order_send(c, NULL, err, "session-end", NULL)
	    : order_send(c, NULL, err, "session-end", "session", id, NULL);

	/* one that has ended meanwhile is ended */
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	form_go(c, "/account", "sessions");
	return MEWS_OK;
}

const struct page page_account_out = {
	.path = "/account/sessions",
	.methods = PAGE_POST,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
