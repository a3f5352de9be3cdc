/*
 * page_site_file.c - the whole site as one file: what commissions the next
 * switchboard of its kind.
 */
#include "page.h"
#include "whole.h"

#include <stdio.h>

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_whole w = { 0 };
	enum mews_rc rc;

	if (db == NULL)
		return mews_fail(err, MEWS_NONE, "no site yet");
	if ((rc = mews_whole_load(db, &w, err)) != MEWS_OK)
		return rc;
	c->reply->type = "text/plain; charset=utf-8";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "mews.site");
	mews_whole_text(&w, &c->reply->body);
	mews_whole_clear(&w);
	return MEWS_OK;
}

const struct page page_site_file = {
	.path = "/settings/site/file",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
