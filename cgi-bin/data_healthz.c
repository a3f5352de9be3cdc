/*
 * data_healthz.c - /healthz: 200 while values and minutes are fresh, else 503,
 * and in words which is not.
 */
#include "page.h"

#define VALUES  60  /* s that values may be old */
#define MINUTES 300 /* s that the newest minute may lie back */

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	int64_t first, last = 0;
	enum mews_rc rc = base_span(c->base, &first, &last, err);
	const char *say = "ok";

	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	if (base_site(c->base)->ndevices == 0 && base_only(c->base) == NULL)
		say = "ok: no devices yet";
	else if (c->now - base_live(c->base)->now > VALUES)
		say = "no values: mewsd does not measure";
	else if (c->now - last > MINUTES)
		say = "no minutes: the history is not written";
	if (say[0] != 'o')
		c->reply->status = 503;
	c->reply->type = "text/plain; charset=utf-8";
	mews_buf_printf(&c->reply->body, "%s\n", say);
	return MEWS_OK;
}

const struct page data_healthz = {
	.path = "/healthz",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.quiet = true,
	.machine = true,
	.key = true,
	.show = show,
};
