/*
 * page_about.c - what this is, and the licences of what it carries.
 */
#include "page.h"

#include <stdio.h>

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "about.title"));
	view_set(c->view, "About.version", MEWS_VERSION);
	return MEWS_OK;
}

const struct page page_about = {
	.path = "/about",
	.name = "about",
	.menu = "about",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.kept = true,
	.show = show,
};
