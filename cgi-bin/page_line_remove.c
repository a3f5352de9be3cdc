/*
 * page_line_remove.c - takes a line away that no device needs.
 */
#include "line.h"
#include "order.h"

#include <stdio.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static bool
needed(const struct page_ctx *c, const struct mews_line *l)
{
	const struct mews_site *s = base_site(c->base);
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == l->id)
			return true;
	for (i = 0; i < s->nports; i++)
		if (s->port[i].line == l->id)
			return true;
	return false;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_line *l = line_find(c, c->part);
	struct form f;
	enum mews_rc rc;

	if (l == NULL)
		return mews_fail(err, MEWS_NONE, "no line %s", c->part);
	(void)snprintf(c->title, sizeof(c->title), "%s %s",
	    view_word(c->view, "line.remove"), l->name);
	form_begin(&f, c);
	view_down(c->view, "Line");
	rc = line_set(c, l, err);
	view_int(c->view, "needed", needed(c, l));
	view_up(c->view);
	if (rc != MEWS_OK || !f.sent || needed(c, l))
		return rc;
	rc = order_send(c, NULL, err, "line-remove", "line", l->name, NULL);
	if (rc == MEWS_OK)
		form_go(c, "/settings/rs485", "line_removed");
	else
		form_refused(&f, rc, err);
	return MEWS_OK;
}

const struct page page_line_remove = {
	.path = "/settings/rs485/*/remove",
	.name = "line_remove",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = LINE_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
