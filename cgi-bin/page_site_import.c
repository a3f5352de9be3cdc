/*
 * page_site_import.c - a site file in two steps: what it would change, then
 * the change.
 *
 * The text travels in the form of the second step, so what is confirmed is
 * what was shown, whatever else was uploaded meanwhile.
 */
#include "draft.h"
#include "order.h"
#include "upload.h"
#include "whole.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	UPLOAD_FIELDS,
	{ "sure", REQUEST_WORD, 4 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
set_change(struct page_ctx *c, const struct mews_change *x)
{
	char key[40];

	(void)snprintf(key, sizeof(key), "change.%s",
	    mews_change_kind_name(x->kind));
	view_set(c->view, "kind", view_word(c->view, key));
	view_set(c->view, "name", x->name);
	view_set(c->view, "was", x->was == NULL ? "" : x->was);
	view_set(c->view, "now", x->now == NULL ? "" : x->now);
	view_set(c->view, "does",
	    view_word(c->view,
		x->was == NULL       ? "change.added"
		    : x->now == NULL ? "change.gone"
				     : "change.changed"));
	view_int(c->view, "gone", x->now == NULL);
}

/* Lists what would change; returns how much. */
static size_t
set_changes(struct page_ctx *c, const struct mews_whole *old,
    const struct mews_whole *new)
{
	struct mews_change *list = NULL;
	size_t n = 0, i;

	mews_whole_differ(old, new, &list, &n);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Import.change", i);
		set_change(c, &list[i]);
		view_up(c->view);
	}
	mews_changes_free(list, n);
	return n;
}

static enum mews_rc
do_import(struct form *f, const struct mews_buf *text, struct mews_err *err)
{
	enum mews_rc rc = mews_draft_send(f->c->place, f->c->who->token, "site",
	    text->s, text->n, err);

	if (rc == MEWS_OK)
		rc = order_send(f->c, NULL, err, "site-import", NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/site", "imported");
	else
		form_refused(f, rc, err);
	return rc;
}

/* Reads the text against the site as it is. */
static enum mews_rc
look(struct form *f, const struct mews_buf *text, struct mews_whole *old,
    struct mews_whole *new, struct mews_err *err)
{
	struct page_ctx *c = f->c;
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_err why;
	char dir[MEWS_PATH];
	int64_t most = INT64_MAX;
	enum mews_rc rc = MEWS_OK;

	if (db != NULL && (rc = mews_site_most(db, &most, err)) == MEWS_OK)
		rc = mews_whole_load(db, old, err);
	if (rc != MEWS_OK)
		return rc;
	if (text->n == 0)
		form_wrong(f, "file", "site.no_file", NULL);
	else if (mews_whole_parse("file", text->s, text->n,
		     mews_place_path(c->place, MEWS_METERS, dir), most, new,
		     &why) != MEWS_OK)
		upload_mistake(f, "file", why.text);
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_whole old = { 0 }, new = { 0 };
	struct mews_buf text = { 0 };
	struct form f;
	enum mews_rc rc;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "site.import"));
	if (!f.sent)
		return MEWS_OK;
	upload_take(c->request, &text);
	if ((rc = look(&f, &text, &old, &new, err)) == MEWS_OK && f.nbad == 0) {
		if (request_get(c->request, "sure")[0] != '\0' &&
		    do_import(&f, &text, err) == MEWS_OK)
			goto out;
		view_int(c->view, "Import.read", 1);
		view_int(c->view, "Import.n",
		    (int64_t)set_changes(c, &old, &new));
		view_set(c->view, "Import.text", text.s);
	}
out:
	mews_buf_clear(&text);
	mews_whole_clear(&old);
	mews_whole_clear(&new);
	return rc;
}

const struct page page_site_import = {
	.path = "/settings/site/import",
	.name = "site_import",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.parts = true,
	.fields = fields,
	.show = show,
};
