/*
 * page_root.c - the address without a path leads to the home of the role, and
 * of a new box to what is to be set first.
 */
#include "page.h"

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);

	(void)err;
	reply_go(c->reply,
	    c->who->role == MEWS_USER            ? "/home"
		: c->who->role == MEWS_INSTALLER ? "/bus"
		: s->nlines == 0                 ? "/guide"
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
