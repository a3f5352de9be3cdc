/*
 * page_restore.c - puts a backup of the box in the place of site and history.
 */
#include "backup_list.h"
#include "figure.h"
#include "form.h"
#include "ratify.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char at[FIGURE], clock[FIGURE], ticket[RATIFY_TICKET];
	struct backup_entry b;
	struct form f;
	enum mews_rc rc = backup_find(c, c->part, &b, err);

	if (rc != MEWS_OK)
		return rc;
	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "restore.title"));
	view_say(c->view, "Restore.says",
	    strcmp(b.name, MEWS_BACKUP_BROUGHT) == 0 ? "restore.says_brought"
						     : "restore.says",
	    figure_date(c, at, FIGURE_TABLE_DAY, b.t), figure_clock(clock, b.t),
	    NULL);
	view_set(c->view, "Restore.path", c->request->path);
	if (!f.sent)
		return MEWS_OK;
	ratify_nothing(c);
	if (!ratify(&f, "pin", ticket))
		return MEWS_OK;
	rc = order_send(c, NULL, err, "restore", "ticket", ticket, "name",
	    b.name, NULL);
	if (rc == MEWS_OK)
		form_go(c, "/system", "restore_asked");
	else
		form_refused(&f, rc, err);
	return MEWS_OK;
}

const struct page page_restore = {
	.path = "/system/restore/*",
	.name = "restore",
	.menu = "system",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
