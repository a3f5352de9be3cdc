/*
 * page_upload.c - a backup from elsewhere: where to put it, and how it fares.
 */
#include "backup.h"
#include "form.h"
#include "order.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message a;
	struct form f;
	const char *state;
	char key[40];
	enum mews_rc rc;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "upload.title"));
	rc = order_send(c, &a, err, "backup-brought", NULL);
	state = mews_message_get(&a, "state");
	if (rc == MEWS_OK && strcmp(state, "refused") == 0) {
		(void)snprintf(key, sizeof(key), "upload.why.%.15s",
		    mews_message_get(&a, "why"));
		form_wrong(&f, "file", key, NULL);
		c->reply->status = 200; /* of what was asked for before */
		view_set(c->view, "Form.wrong",
		    view_word(c->view, "upload.nothing"));
	} else if (rc == MEWS_OK) {
		view_set(c->view, "Upload.state", state);
		(void)snprintf(key, sizeof(key), "upload.%.15s", state);
		view_set(c->view, "Upload.says", view_word(c->view, key));
		view_set(c->view, "Upload.path",
		    "/system/restore/" MEWS_BACKUP_BROUGHT);
		if (strcmp(state, "coming") == 0 ||
		    strcmp(state, "checked") == 0)
			view_set(c->view, "Page.again", "2");
	}
	mews_message_clear(&a);
	return rc;
}

const struct page page_upload = {
	.path = "/system/upload",
	.name = "upload",
	.menu = "system",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
