/*
 * page_system.c - home of the administrator: what needs somebody, the box, its
 * space and backups, who may sign in, what happened.
 */
#include "event_both.h"
#include "form.h"
#include "system.h"

#include <stdio.h>

#define EVENTS 6

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct system s = { c, 0 };
	struct mews_event_filter all = { 0 };
	struct event_place box = { 0 }, people = { 0 };
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
	system_ways(&s);
	view_up(c->view);
	if (rc == MEWS_OK)
		rc = event_both(c, "System.event", &all, EVENT_FROM_BOX, EVENTS,
		    &n, &box, err);
	return rc != MEWS_OK ? rc
			     : event_both(c, "System.seen", &all,
				   EVENT_FROM_PEOPLE, EVENTS, &n, &people, err);
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
