/*
 * page_out.c - ends the session, here and at mews-auth.
 */
#include "command.h"
#include "page.h"

#define ASK_MS 3000

static const struct request_field fields[] = {
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	enum mews_rc rc;

	mews_message_init(&m, "sign-out");
	mews_message_set(&m, "token", c->who->token);
	rc = mews_command_call(c->place, &m, ASK_MS, &a, err);
	mews_message_clear(&m);
	mews_message_clear(&a);
	if (rc == MEWS_AGAIN || rc == MEWS_FAIL)
		return rc;
	gate_forget(c->who->token);
	gate_leave(c->reply);
	reply_go(c->reply, "/login?done=out");
	return MEWS_OK;
}

const struct page page_out = {
	.path = "/sign-out",
	.methods = PAGE_POST,
	.roles = PAGE_ALL,
	.fields = fields,
	.show = show,
};
