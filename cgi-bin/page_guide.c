/*
 * page_guide.c - what is to be set at the first start, one step after the
 * other, and which of it is done.
 *
 * A step is done when the site or mews-auth says so, so the guide can be left
 * at any point, and is taken up by whoever is there next.
 */
#include "people.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static bool
always(struct page_ctx *c)
{
	(void)c;
	return true;
}

static bool
spoken(struct page_ctx *c)
{
	return c->who->lang[0] != '\0';
}

static bool
named(struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);

	/* what a site is called that nobody named: site.h */
	return strcmp(s->name, "mews") != 0 || strcmp(s->zone, "UTC") != 0;
}

/* Nobody is left with the codes of the leaflet. */
static bool
coded(struct page_ctx *c)
{
	struct mews_message a;
	struct mews_err err;
	const char *w[6];
	char row[PEOPLE_ROW];
	bool all = order_send(c, &a, &err, "user-list", NULL) == MEWS_OK;
	size_t i, n = (size_t)mews_message_int(&a, "n", 0);

	for (i = 0; i < n; i++) {
		people_row(&a, "user", i, row);
		if (people_words(row, w, MEWS_LEN(w)) == MEWS_LEN(w) &&
		    strcmp(w[5], "leaflet") == 0)
			all = false;
	}
	mews_message_clear(&a);
	return all;
}

static bool
wired(struct page_ctx *c)
{
	return base_site(c->base)->nlines > 0;
}

static bool
found(struct page_ctx *c)
{
	return base_site(c->base)->ndevices > 0;
}

/* In the order they are best taken; path "": nothing can be done here. */
static const struct {
	const char *name, *path;
	bool (*done)(struct page_ctx *);
} steps[] = {
	{ "codes", "/account", always },
	{ "language", "/account", spoken },
	{ "site", "/settings/site", named },
	{ "users", "/users", coded },
	{ "network", "", always },
	{ "line", "/settings/rs485", wired },
	{ "scan", "/devices/scan", found },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool done, next = false;
	char key[40];
	size_t i;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "guide.title"));
	for (i = 0; i < MEWS_LEN(steps); i++) {
		done = steps[i].done(c);
		view_row(c->view, "Guide.step", i);
		(void)snprintf(key, sizeof(key), "guide.%s", steps[i].name);
		view_set(c->view, "name", view_word(c->view, key));
		(void)snprintf(key, sizeof(key), "guide.%s_text",
		    steps[i].name);
		view_set(c->view, "text", view_word(c->view, key));
		view_set(c->view, "path", steps[i].path);
		view_int(c->view, "done", done);
		view_int(c->view, "next", !done && !next);
		view_up(c->view);
		next = next || !done;
	}
	view_int(c->view, "Guide.over", !next);
	return MEWS_OK;
}

const struct page page_guide = {
	.path = "/guide",
	.name = "guide",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
