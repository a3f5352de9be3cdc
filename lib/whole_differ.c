/*
 * whole_differ.c - what would change from one site to another.
 *
 * Both are taken as lists of lines of text, each with the name by which it is
 * the same thing in the other.
 */
#include "whole.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
	enum mews_change_kind kind;
	char name[64];
	char *text;       /* owned */
	const char *body; /* what else must be the same; "" or borrowed */
};

struct items {
	struct item *item;
	size_t n;
};

struct changes {
	struct mews_change *change;
	size_t n;
};

const char *
mews_change_kind_name(enum mews_change_kind k)
{
	static const char *const names[] = {
		[MEWS_CHANGE_SITE] = "site",
		[MEWS_CHANGE_LINE] = "line",
		[MEWS_CHANGE_DEVICE] = "device",
		[MEWS_CHANGE_GATEWAY] = "gateway",
		[MEWS_CHANGE_SETTING] = "setting",
		[MEWS_CHANGE_PROFILE] = "profile",
	};

	return names[k];
}

/* Takes what is in the buffer as an item, without its '\n'. */
static void
add(struct items *l, enum mews_change_kind kind, const char *name,
    struct mews_buf *text, const char *body)
{
	struct item *it;

	l->item = mews_realloc(l->item, l->n + 1, sizeof(*it));
	it = &l->item[l->n++];
	*it = (struct item){ .kind = kind, .body = body };
	(void)mews_str_copy(it->name, sizeof(it->name), name);
	if (text->n > 0 && text->s[text->n - 1] == '\n')
		text->s[text->n - 1] = '\0';
	it->text = mews_strdup(text->s);
	mews_buf_reset(text);
}

/* Each line of the gateway is its own name. */
static void
add_gateway(struct items *l, const struct mews_site *s, struct mews_buf *b)
{
	struct mews_buf all = { 0 };
	char *p, *end;

	mews_site_gateway_text(s, &all);
	for (p = all.s; p != NULL && *p != '\0'; p = end + 1) {
		end = strchr(p, '\n');
		mews_buf_put(b, p, (size_t)(end - p + 1));
		add(l, MEWS_CHANGE_GATEWAY, "", b, "");
	}
	mews_buf_clear(&all);
}

static struct items
items(const struct mews_whole *w)
{
	const struct mews_site *s = &w->site;
	struct items l = { NULL, 0 };
	struct mews_buf b = { 0 };
	size_t i;

	mews_site_head_text(s, &b);
	add(&l, MEWS_CHANGE_SITE, "", &b, "");
	for (i = 0; i < s->nlines; i++) {
		mews_site_line_text(&s->line[i], &b);
		add(&l, MEWS_CHANGE_LINE, s->line[i].name, &b, "");
	}
	for (i = 0; i < s->ndevices; i++) {
		mews_site_device_text(s, &s->device[i], &b);
		add(&l, MEWS_CHANGE_DEVICE, s->device[i].plate, &b, "");
	}
	add_gateway(&l, s, &b);
	for (i = 0; i < w->nsettings; i++) {
		mews_buf_printf(&b, "setting %s %s", w->setting[i].key,
		    w->setting[i].value);
		add(&l, MEWS_CHANGE_SETTING, w->setting[i].key, &b, "");
	}
	for (i = 0; i < w->nprofiles; i++) {
		mews_buf_printf(&b, "profile %s", w->profile[i].name);
		add(&l, MEWS_CHANGE_PROFILE, w->profile[i].name, &b,
		    w->profile[i].text);
	}
	mews_buf_clear(&b);
	return l;
}

static void
items_clear(struct items *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->item[i].text);
	free(l->item);
}

static const struct item *
find(const struct items *l, const struct item *it)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->item[i].kind == it->kind &&
		    strcmp(l->item[i].name, it->name) == 0 &&
		    (it->kind != MEWS_CHANGE_GATEWAY ||
			strcmp(l->item[i].text, it->text) == 0))
			return &l->item[i];
	return NULL;
}

static void
tell(struct changes *c, enum mews_change_kind kind, const char *name,
    const char *was, const char *now)
{
	struct mews_change *x;

	c->change = mews_realloc(c->change, c->n + 1, sizeof(*x));
	x = &c->change[c->n++];
	*x = (struct mews_change){ .kind = kind };
	(void)mews_str_copy(x->name, sizeof(x->name), name);
	x->was = was == NULL ? NULL : mews_strdup(was);
	x->now = now == NULL ? NULL : mews_strdup(now);
}

/* Whether what both have stands in another order. */
static bool
shuffled(const struct items *old, const struct items *new,
    enum mews_change_kind kind)
{
	const struct item *it, *last = NULL;
	size_t i;

	for (i = 0; i < old->n; i++) {
		if (old->item[i].kind != kind ||
		    (it = find(new, &old->item[i])) == NULL)
			continue;
		if (last != NULL && it < last)
			return true;
		last = it;
	}
	return false;
}

static void
differ(const struct items *old, const struct items *new,
    enum mews_change_kind kind, struct changes *c)
{
	const struct item *a, *b;

	for (a = old->item; a < old->item + old->n; a++) {
		if (a->kind != kind)
			continue;
		b = find(new, a);
		if (b == NULL && kind != MEWS_CHANGE_SETTING)
			tell(c, kind, a->name, a->text, NULL);
		else if (b != NULL &&
		    (strcmp(a->text, b->text) != 0 ||
			strcmp(a->body, b->body) != 0))
			tell(c, kind, a->name, a->text, b->text);
	}
	for (b = new->item; b < new->item + new->n; b++)
		if (b->kind == kind && find(old, b) == NULL)
			tell(c, kind, b->name, NULL, b->text);
	if ((kind == MEWS_CHANGE_DEVICE || kind == MEWS_CHANGE_GATEWAY) &&
	    shuffled(old, new, kind))
		tell(c, kind, "", "", "");
}

void
mews_whole_differ(const struct mews_whole *old, const struct mews_whole *new,
    struct mews_change **out, size_t *n)
{
	struct items a = items(old), b = items(new);
	struct changes c = { NULL, 0 };
	int kind;

	for (kind = MEWS_CHANGE_SITE; kind <= MEWS_CHANGE_PROFILE; kind++)
		differ(&a, &b, (enum mews_change_kind)kind, &c);
	items_clear(&a);
	items_clear(&b);
	*out = c.change;
	*n = c.n;
}

void
mews_changes_free(struct mews_change *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		free(c[i].was);
		free(c[i].now);
	}
	free(c);
}
