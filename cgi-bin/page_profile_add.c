/*
 * page_profile_add.c - writes a profile of the site's own: a new one, a copy
 * of another, or a change of an own one; from a file or by hand.
 *
 * What is wrong with it is said with its line.  It can be tried on a device
 * before it is saved: what was typed travels as a draft.
 */
#include "draft.h"
#include "order.h"
#include "site_profile.h"
#include "str.h"
#include "upload.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "from", REQUEST_TEXT, FORM_MOST },
	{ "name", REQUEST_TEXT, FORM_MOST },
	UPLOAD_FIELDS,
	{ "go", REQUEST_WORD, 8 },
	{ "line", REQUEST_TEXT, FORM_MOST },
	{ "unit", REQUEST_TEXT, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct writing {
	struct page_ctx *c;
	struct form f;
	const char *from; /* name of the profile it began as, or "" */
	bool own;         /* that one is the site's own */
	const char *name;
	struct mews_buf text; /* as it is to be saved */
};

static const char *
meters(const struct page_ctx *c, char path[MEWS_PATH])
{
	return mews_place_path(c->place, MEWS_METERS, path);
}

/* Whether there is a profile of that name; *own: it is the site's. */
static bool
there(struct page_ctx *c, const char *name, bool *own)
{
	struct mews_profile p;
	char dir[MEWS_PATH];
	struct mews_err err;
	enum mews_rc rc =
	    mews_site_profile_look(base_db(c->base, MEWS_CONFIG_DB),
		meters(c, dir), name, &p, own, &err);

	if (rc == MEWS_OK)
		mews_profile_clear(&p);
	return rc != MEWS_NONE;
}

static enum mews_rc
take_text(struct writing *w, struct mews_err *err)
{
	char dir[MEWS_PATH];
	enum mews_rc rc = MEWS_OK;

	mews_buf_str(&w->text, "");
	if (w->f.sent)
		upload_take(w->c->request, &w->text);
	else if (w->from[0] != '\0')
		rc = mews_site_profile_text(base_db(w->c->base, MEWS_CONFIG_DB),
		    meters(w->c, dir), w->from, &w->text, err);
	if (rc == MEWS_OK && upload_shown(w->text.s))
		view_set(w->c->view, "Form.field.text.value", w->text.s);
	return rc;
}

static void
take_name(struct writing *w)
{
	char standard[72];
	bool own = false;

	(void)snprintf(standard, sizeof(standard), "%.58s%s", w->from,
	    w->from[0] != '\0' && !w->own ? "-own" : "");
	w->name = form_text(&w->f, "name", standard);
	if (!w->f.sent)
		return;
	w->name = request_get(w->c->request, "name");
	if (!mews_str_word(w->name, 63))
		form_wrong(&w->f, "name", "profiles.no_name", NULL);
	else if (strcmp(w->name, "add") == 0)
		form_wrong(&w->f, "name", "devices.our_plate", w->name, NULL);
	else if (there(w->c, w->name, &own) && !own)
		form_wrong(&w->f, "name", "profiles.ships", w->name, NULL);
	else if (own && strcmp(w->name, w->from) != 0)
		form_wrong(&w->f, "name", "profiles.is_there", w->name, NULL);
}

static void
check_text(struct writing *w, bool usable)
{
	struct mews_profile p = { 0 };
	struct mews_err err;
	size_t n = w->text.n;

	if (!w->f.sent)
		return;
	if (n == 0) {
		form_wrong(&w->f, "text", "profiles.no_text", NULL);
		return;
	}
	if ((usable ? mews_profile_parse("profile", w->text.s, n, &p, &err)
		    : mews_profile_look("profile", 1, w->text.s, n, &p,
			  &err)) != MEWS_OK)
		upload_mistake(&w->f, "text", err.text);
	mews_profile_clear(&p);
}

static void
take_unit(struct writing *w, bool asked)
{
	const struct mews_site *s = base_site(w->c->base);
	const char *line =
	    form_choose(&w->f, "line", s->nlines > 0 ? s->line[0].name : "");
	const char *unit = form_text(&w->f, "unit", "");
	bool known = false;
	int64_t n;
	size_t i;

	for (i = 0; i < s->nlines; i++) {
		form_option(&w->f, s->line[i].name, s->line[i].name, false);
		known = known || strcmp(s->line[i].name, line) == 0;
	}
	if (asked && !known)
		form_wrong(&w->f, "line", "devices.no_line", NULL);
	if (asked && !mews_str_int(unit, 1, 247, &n))
		form_wrong(&w->f, "unit", "devices.no_unit_number", unit, NULL);
}

/* Asks a device what the profile reads; the answer is another page. */
static enum mews_rc
try_it(struct writing *w, struct mews_err *err)
{
	struct mews_message a = { 0 };
	char path[64];
	enum mews_rc rc;

	rc = order_send(w->c, &a, err, "try", "line",
	    request_get(w->c->request, "line"), "unit",
	    request_get(w->c->request, "unit"), "name", w->name, "draft", "1",
	    NULL);
	if (rc == MEWS_OK) {
		(void)snprintf(path, sizeof(path), "/devices/try?job=%.20s",
		    mews_message_get(&a, "job"));
		reply_go(w->c->reply, path);
	}
	mews_message_clear(&a);
	return rc;
}

static enum mews_rc
save(struct writing *w, struct mews_err *err)
{
	char path[96];
	enum mews_rc rc =
	    order_send(w->c, NULL, err, "profile-put", "name", w->name, NULL);

	if (rc == MEWS_OK) {
		(void)snprintf(path, sizeof(path), "/profiles/%s", w->name);
		form_go(w->c, path, "saved");
	}
	return rc;
}

/* True when the browser goes elsewhere. */
static bool
done(struct writing *w, bool trying, struct mews_err *err)
{
	enum mews_rc rc = mews_draft_send(w->c->place, w->c->who->token,
	    "profile", w->text.s, w->text.n, err);

	if (rc == MEWS_OK)
		rc = trying ? try_it(w, err) : save(w, err);
	if (rc != MEWS_OK)
		form_refused(&w->f, rc, err);
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct writing w = { .c = c, .from = request_get(c->request, "from") };
	bool trying = strcmp(request_get(c->request, "go"), "try") == 0;
	enum mews_rc rc;

	form_begin(&w.f, c);
	if (w.from[0] != '\0' &&
	    (!mews_str_word(w.from, 63) || !there(c, w.from, &w.own)))
		w.from = "";
	take_name(&w);
	if ((rc = take_text(&w, err)) != MEWS_OK)
		goto out;
	check_text(&w, trying);
	take_unit(&w, w.f.sent && trying);
	if (w.f.sent && w.f.nbad == 0 && done(&w, trying, err))
		goto out;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, w.own ? "profiles.change" : "profiles.add"));
	view_set(c->view, "Writing.title", c->title);
	view_set(c->view, "Writing.from", w.from);
	view_int(c->view, "Writing.lines", (int64_t)base_site(c->base)->nlines);
out:
	mews_buf_clear(&w.text);
	return rc;
}

const struct page page_profile_add = {
	.path = "/profiles/add",
	.name = "profile_add",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.parts = true,
	.fields = fields,
	.show = show,
};
