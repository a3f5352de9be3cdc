/*
 * page_gateway_reset.c - counts what crosses the gateway from 0, once asked
 * twice.
 */
#include "form.h"
#include "order.h"

#include <stdio.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;
	enum mews_rc rc;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "traffic.reset"));
	form_begin(&f, c);
	if (!f.sent)
		return MEWS_OK;
	rc = order_send(c, NULL, err, "gateway-reset", NULL);
	if (rc == MEWS_OK)
		form_go(c, "/gateway", "counters_reset");
	else
		form_refused(&f, rc, err);
	return MEWS_OK;
}

const struct page page_gateway_reset = {
	.path = "/gateway/reset",
	.name = "gateway_reset",
	.menu = "gateway",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
