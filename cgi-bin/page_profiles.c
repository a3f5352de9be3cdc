/*
 * page_profiles.c - every model of meter that can be read: the site's own
 * profiles and those that ship.
 */
#include "form.h"
#include "site_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "find", REQUEST_TEXT, 64 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static int
by_vendor(const void *a, const void *b)
{
	const struct mews_profile_entry *x = a, *y = b;
	int by = strcasecmp(x->vendor, y->vendor);

	return by != 0 ? by : strcasecmp(x->model, y->model);
}

static bool
matches(const struct mews_profile_entry *p, const char *word)
{
	return word[0] == '\0' || strcasestr(p->vendor, word) != NULL ||
	    strcasestr(p->model, word) != NULL ||
	    strcasestr(p->family, word) != NULL ||
	    strcasestr(p->name, word) != NULL;
}

/* Plates of the devices that are read with it. */
static void
set_users(struct page_ctx *c, const char *profile)
{
	const struct mews_site *s = base_site(c->base);
	size_t i, n = 0;

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].profile, profile) == 0) {
			view_row(c->view, "used", n++);
			view_set(c->view, "plate", s->device[i].plate);
			view_up(c->view);
		}
}

static void
set_row(struct page_ctx *c, const struct mews_profile_entry *p)
{
	char path[96];

	(void)snprintf(path, sizeof(path), "/profiles/%s", p->name);
	view_set(c->view, "path", path);
	view_set(c->view, "model", p->model);
	view_set(c->view, "family", p->family);
	view_set(c->view, "lacks", p->lacks);
	view_int(c->view, "values", (int64_t)p->values);
	view_int(c->view, "inputs", (int64_t)p->inputs);
	set_users(c, p->name);
}

/* One section for the own ones, then one a vendor. */
static size_t
set_sections(struct page_ctx *c, const struct mews_profile_entry *p, size_t n,
    const char *word, bool own, size_t at)
{
	const char *vendor = NULL;
	size_t i, rows = 0;

	for (i = 0; i < n; i++) {
		if (p[i].own != own || !matches(&p[i], word))
			continue;
		if (vendor == NULL ||
		    (!own && strcasecmp(vendor, p[i].vendor) != 0)) {
			if (vendor != NULL)
				view_up(c->view);
			view_row(c->view, "Profiles.section", at++);
			view_set(c->view, "name",
			    own ? view_word(c->view, "profiles.own")
				: p[i].vendor);
			rows = 0;
		}
		vendor = p[i].vendor;
		view_row(c->view, "profile", rows++);
		set_row(c, &p[i]);
		view_up(c->view);
	}
	if (vendor != NULL)
		view_up(c->view);
	return at;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *word = request_get(c->request, "find");
	struct mews_profile_entry *list = NULL;
	char dir[MEWS_PATH];
	struct form f;
	size_t n = 0, at;
	enum mews_rc rc;

	form_begin(&f, c);
	rc = mews_site_profiles(base_db(c->base, MEWS_CONFIG_DB),
	    mews_place_path(c->place, MEWS_METERS, dir), &list, &n, err);
	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "profiles.title"));
	qsort(list, n, sizeof(*list), by_vendor);
	(void)form_text(&f, "find", word);
	at = set_sections(c, list, n, word, true, 0);
	view_int(c->view, "Profiles.own", (int64_t)at);
	at = set_sections(c, list, n, word, false, at);
	view_int(c->view, "Profiles.n", (int64_t)at);
	view_set(c->view, "Profiles.find", word);
	free(list);
	return MEWS_OK;
}

const struct page page_profiles = {
	.path = "/profiles",
	.name = "profiles",
	.menu = "devices",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
