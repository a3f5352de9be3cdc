/*
 * page_damage_seen.c - the button of the banner that tells of a damaged file.
 */
#include "order.h"

static const struct request_field fields[] = {
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

/* To the events, which go on telling of it. */
static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	enum mews_rc rc = order_send(c, NULL, err, "damage-seen", NULL);

	if (rc == MEWS_OK)
		reply_go(c->reply, "/events");
	return rc;
}

const struct page page_damage_seen = {
	.path = "/damage/seen",
	.methods = PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
