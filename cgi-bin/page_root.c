/*
 * page_root.c - the address without a path leads to the home of the role.
 */
#include "page.h"

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	(void)err;
	reply_go(c->reply,
	    c->who->role == MEWS_USER            ? "/home"
		: c->who->role == MEWS_INSTALLER ? "/bus"
						 : "/system");
	return MEWS_OK;
}

const struct page page_root = {
	.path = "/",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
