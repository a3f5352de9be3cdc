/*
 * page_line_add.c - a new line: an RS485 port, or a Modbus TCP gateway.
 */
#include "line.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	LINE_FIELDS,
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* The first letter that is no line's name yet. */
static void
propose(const struct page_ctx *c, char name[16])
{
	(void)strcpy(name, "A");
	while (name[0] < 'Z' && line_find(c, name) != NULL)
		name[0]++;
	if (line_find(c, name) != NULL)
		name[0] = '\0';
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool tcp = strcmp(request_get(c->request, "kind"), "tcp") == 0;
	struct mews_line l = { .kind = tcp ? MEWS_LINE_TCP : MEWS_LINE_RTU,
		.port = 502,
		.baud = 19200,
		.parity = 'E',
		.stop = 1,
		.timeout_ms = 300 };
	struct form f;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, tcp ? "line.add_tcp" : "line.add_rtu"));
	propose(c, l.name);
	form_begin(&f, c);
	line_form(&f, "", &l);
	if (f.sent && f.nbad == 0)
		line_send(&f, "", &l);
	return MEWS_OK;
}

const struct page page_line_add = {
	.path = "/settings/add-line",
	.name = "line_add",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = LINE_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
