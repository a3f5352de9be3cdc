/*
 * page_system.c - home of the administrator: what needs somebody, the box, its
 * space and backups, who may sign in, what happened.
 */
#include "event_say.h"
#include "form.h"
#include "system.h"

#include <stdio.h>

#define EVENTS 8

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct system s = { c, 0 };
	struct mews_event_filter all = { 0 };
	struct form f;
	size_t n;
	enum mews_rc rc;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "system.title"));
	view_down(c->view, "System");
	system_box(&s);
	if ((rc = system_storage(&s, err)) == MEWS_OK)
		rc = system_people(&s, err);
	system_backups(&s);
	system_certificate(&s);
	view_up(c->view);
	return rc != MEWS_OK
	    ? rc
	    : event_list(c, "System.event", &all, EVENTS, &n, NULL, err);
}

const struct page page_system = {
	.path = "/system",
	.name = "system",
	.menu = "system",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
