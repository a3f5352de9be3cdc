/*
 * page_profile_file.c - a profile as a file.
 */
#include "page.h"
#include "site_profile.h"
#include "str.h"

#include <stdio.h>

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char dir[MEWS_PATH];

	if (!mews_str_word(c->part, 63))
		return mews_fail(err, MEWS_NONE, "no such profile");
	c->reply->type = "text/plain; charset=utf-8";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "%.63s.meter",
	    c->part);
	return mews_site_profile_text(base_db(c->base, MEWS_CONFIG_DB),
	    mews_place_path(c->place, MEWS_METERS, dir), c->part,
	    &c->reply->body, err);
}

const struct page page_profile_file = {
	.path = "/profiles/*/file",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
