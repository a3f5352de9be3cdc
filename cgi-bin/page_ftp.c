/*
 * page_ftp.c - the servers that finished files are brought to, and how each
 * fares.
 */
#include "upload_show.h"

#include <stdio.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_destination list[MEWS_DESTINATIONS];
	enum mews_rc rc = MEWS_OK;
	struct form f;
	size_t n = 0, i;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "ftp.title"));
	form_begin(&f, c);
	if (db != NULL)
		rc = mews_destination_list(db, list, &n, err);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Ftp.to", i);
		(void)upload_show(c, &list[i]);
		view_up(c->view);
	}
	view_int(c->view, "Ftp.n", (int64_t)n);
	view_int(c->view, "Ftp.full", n >= MEWS_DESTINATIONS);
	return rc;
}

const struct page page_ftp = {
	.path = "/settings/ftp",
	.name = "ftp",
	.menu = "settings",
	.methods = PAGE_GET,
	.roles = POST_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
