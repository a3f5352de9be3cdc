/*
 * page_rs485.c - the lines of the site: what is set, how they are, what they
 * still carry.
 */
#include "line.h"

#include <stdio.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	enum mews_rc rc = MEWS_OK;
	struct form f;
	size_t i;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "line.title"));
	form_begin(&f, c);
	view_int(c->view, "Rs485.n", (int64_t)s->nlines);
	view_down(c->view, "Rs485");
	for (i = 0; i < s->nlines && rc == MEWS_OK; i++) {
		view_row(c->view, "line", i);
		rc = line_set(c, &s->line[i], err);
		view_up(c->view);
	}
	view_up(c->view);
	return rc;
}

const struct page page_rs485 = {
	.path = "/settings/rs485",
	.name = "rs485",
	.menu = "settings",
	.methods = PAGE_GET,
	.roles = LINE_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
