/*
 * page_line.c - changes one line; new settings are tried, and go back by
 * themselves.
 */
#include "burden.h"
#include "bus.h"
#include "figure.h"
#include "line.h"

#include <stdio.h>

static const struct request_field fields[] = {
	LINE_FIELDS,
	{ "trial", REQUEST_TOKEN, 8 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* What the plan would take at each speed. */
static void
speeds(struct page_ctx *c, const struct mews_line *now)
{
	static const int rates[] = { 1200, 2400, 4800, 9600, 19200, 38400,
		57600, 115200 };
	struct mews_line l = *now;
	struct mews_budget b;
	char text[FIGURE];
	size_t i;

	if (l.kind != MEWS_LINE_RTU)
		return;
	for (i = 0; i < MEWS_LEN(rates); i++) {
		l.baud = rates[i];
		burden_now(c, &l, 0, &b);
		if (b.devices == 0)
			return;
		view_row(c->view, "Line.speed", i);
		view_int(c->view, "baud", l.baud);
		view_int(c->view, "now", l.baud == now->baud);
		view_int(c->view, "much", b.load > MEWS_BUDGET_MUCH);
		view_set(c->view, "load", bus_percent(c, text, b.load));
		mews_number(text, c->lang, b.round, 6, 1);
		view_set(c->view, "round", text);
		view_up(c->view);
	}
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_line *was = line_find(c, c->part);
	struct mews_line l;
	struct form f;
	enum mews_rc rc;

	if (was == NULL)
		return mews_fail(err, MEWS_NONE, "no line %s", c->part);
	l = *was;
	(void)snprintf(c->title, sizeof(c->title), "%s %s",
	    view_word(c->view, l.kind == MEWS_LINE_RTU ? "bus.rtu" : "bus.tcp"),
	    l.name);
	form_begin(&f, c);
	line_form(&f, c->part, &l);
	if (f.sent && f.nbad == 0) {
		line_send(&f, c->part, &l);
		if (f.nbad == 0)
			return MEWS_OK;
	}
	view_down(c->view, "Line");
	rc = line_set(c, was, err);
	view_up(c->view);
	if (view_get(c->view, "Line.trying")[0] == '1')
		view_set(c->view, "Page.again", "2");
	speeds(c, was);
	return rc;
}

const struct page page_line = {
	.path = "/settings/rs485/*",
	.name = "line",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = LINE_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
