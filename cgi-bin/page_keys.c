/*
 * page_keys.c - read-only keys for programs: made, shown once, revoked.
 */
#include "figure.h"
#include "form.h"
#include "may.h"
#include "order.h"

#include <stdio.h>
#include <string.h>

#define KEYS "/settings/keys"
#define MOST 12 /* lib/key.h */

static const struct request_field fields[] = {
	{ "name", REQUEST_TEXT, FORM_MOST },
	{ "rights", REQUEST_TEXT, FORM_MOST },
	{ "do", REQUEST_WORD, 8 },
	{ "id", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* What a key may see, in words: the zone, the device, or everything. */
static void
say_rights(struct page_ctx *c, const char *rights)
{
	const struct mews_site *s = base_site(c->base);
	char word[MAY_ZONE], text[96];
	size_t i;

	view_set(c->view, "rights",
	    view_word(c->view, rights[0] == '\0' ? "keys.all" : "keys.gone"));
	for (i = 0; i < s->ndevices; i++) {
		const struct mews_device *d = &s->device[i];

		if (may_zone(d, word) && strcmp(word, rights) == 0) {
			view_set(c->view, "rights", d->zone);
			return;
		}
		may_device(d, word);
		if (strcmp(word, rights) == 0) {
			(void)snprintf(text, sizeof(text), "%s %s", d->plate,
			    d->name);
			view_set(c->view, "rights", text);
		}
	}
}

static const char *
field(const struct mews_message *m, const char *name, size_t i)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%s%zu", name, i);
	return mews_message_get(m, text);
}

static int64_t
number(const struct mews_message *m, const char *name, size_t i)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%s%zu", name, i);
	return mews_message_int(m, text, 0);
}

static enum mews_rc
list(struct page_ctx *c, const char *asked, struct mews_err *err)
{
	struct mews_message a;
	char day[FIGURE];
	size_t n, i;
	enum mews_rc rc = order_send(c, &a, err, "key-list", NULL);

	n = rc == MEWS_OK ? (size_t)mews_message_int(&a, "n", 0) : 0;
	for (i = 0; i < n && i < MOST; i++) {
		view_row(c->view, "key", i);
		view_set(c->view, "id", field(&a, "id", i));
		view_set(c->view, "name", field(&a, "name", i));
		say_rights(c, field(&a, "rights", i));
		view_set(c->view, "made",
		    figure_date(c, day, FIGURE_TABLE_DAY,
			number(&a, "made", i)));
		if (number(&a, "used", i) > 0)
			view_set(c->view, "used",
			    figure_date(c, day, FIGURE_TABLE_DAY,
				number(&a, "used", i)));
		view_int(c->view, "asked",
		    strcmp(asked, field(&a, "id", i)) == 0);
		view_up(c->view);
	}
	view_int(c->view, "full", n >= MOST);
	mews_message_clear(&a);
	return rc == MEWS_AGAIN || rc == MEWS_FAIL ? rc : MEWS_OK;
}

static void
offer(struct form *f)
{
	const struct mews_site *s = base_site(f->c->base);
	char word[MAY_ZONE], other[MAY_ZONE], text[96];
	size_t i, k;

	(void)form_choose(f, "rights", "");
	form_option(f, "", view_word(f->c->view, "keys.all"), false);
	form_group(f, view_word(f->c->view, "download.zones"));
	for (i = 0; i < s->ndevices; i++) {
		if (!may_zone(&s->device[i], word))
			continue;
		for (k = 0; k < i; k++)
			if (may_zone(&s->device[k], other) &&
			    strcmp(word, other) == 0)
				break;
		if (k == i)
			form_option(f, word, s->device[i].zone, false);
	}
	form_group(f, view_word(f->c->view, "download.meters"));
	for (i = 0; i < s->ndevices; i++) {
		(void)snprintf(text, sizeof(text), "%s %s", s->device[i].plate,
		    s->device[i].name);
		may_device(&s->device[i], word);
		form_option(f, word, text, false);
	}
}

/* The key is in this one answer and nowhere else. */
static void
add(struct form *f, const char *name, struct mews_err *err)
{
	struct page_ctx *c = f->c;
	const char *rights = request_get(c->request, "rights");
	struct mews_message a;
	enum mews_rc rc;

	if (name[0] == '\0')
		form_wrong(f, "name", "keys.no_name", NULL);
	else if (strlen(name) > 40)
		form_wrong(f, "name", "keys.long_name", NULL);
	if (strlen(rights) > 400)
		form_wrong(f, "rights", "download.bad_on", NULL);
	if (f->nbad > 0)
		return;
	rc = order_send(c, &a, err, "key-add", "name", name, "rights", rights,
	    NULL);
	if (rc == MEWS_OK)
		view_set(c->view, "Keys.fresh", mews_message_get(&a, "key"));
	else if (rc == MEWS_BAD)
		form_wrong(f, "name", "keys.taken", name, NULL);
	else
		form_refused(f, rc, err);
	mews_message_clear(&a);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *what = request_get(c->request, "do");
	const char *id = request_get(c->request, "id"), *name;
	struct form f;
	enum mews_rc rc;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "keys.title"));
	form_begin(&f, c);
	name = form_text(&f, "name", "");
	if (f.sent && strcmp(what, "add") == 0)
		add(&f, name, err);
	if (f.sent && strcmp(what, "remove") == 0) {
		rc = order_send(c, NULL, err, "key-remove", "id", id, NULL);
		if (rc == MEWS_OK || rc == MEWS_NONE) {
			form_go(c, KEYS, "saved");
			return MEWS_OK;
		}
		form_refused(&f, rc, err);
	}
	offer(&f);
	view_down(c->view, "Keys");
	rc = list(c, strcmp(what, "ask") == 0 ? id : "", err);
	view_up(c->view);
	return rc;
}

const struct page page_keys = {
	.path = KEYS,
	.name = "keys",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
