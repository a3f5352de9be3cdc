/*
 * page_breakers.c - all breakers: position, since when, by whom.
 */
#include "breaker.h"

#include <stdio.h>

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i, n = 0;
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "breaker.title"));
	for (i = 0; i < base_site(c->base)->ndevices && rc == MEWS_OK; i++) {
		if (!breaker_is(c, i))
			continue;
		view_row(c->view, "Breakers.breaker", n++);
		rc = breaker_set(c, i, err);
		view_up(c->view);
	}
	view_int(c->view, "Breakers.n", (int64_t)n);
	return rc;
}

const struct page page_breakers = {
	.path = "/breakers",
	.name = "breakers",
	.menu = "devices",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
