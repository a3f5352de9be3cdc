/*
 * burden.c - what a line carries, now and with one device changed.
 *
 * The changed site is a copy of the list of devices only: all else in it is
 * the base's.
 */
#include "burden.h"

#include "figure.h"

#include <stdlib.h>
#include <string.h>

struct finder {
	const struct base *base;
	const struct mews_profile *extra; /* NULL: none */
};

static const struct mews_profile *
find(void *ctx, const char *name)
{
	const struct finder *f = ctx;
	const struct mews_site *s = base_site(f->base);
	size_t i;

	if (f->extra != NULL && strcmp(f->extra->name, name) == 0)
		return f->extra;
	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].profile, name) == 0)
			return base_profile(f->base, i);
	return NULL;
}

void
burden_now(struct page_ctx *c, const struct mews_line *line, size_t most,
    struct mews_budget *out)
{
	struct finder f = { c->base, NULL };

	mews_budget(base_site(c->base), line, find, &f, base_live(c->base),
	    most, out);
}

void
burden_with(struct page_ctx *c, const struct mews_line *line,
    const struct mews_device *d, const struct mews_profile *profile,
    struct mews_budget *out)
{
	struct finder f = { c->base, profile };
	struct mews_site s = *base_site(c->base);
	struct mews_device *list = mews_alloc(s.ndevices + 1, sizeof(*list));
	size_t i;

	if (s.ndevices > 0)
		memcpy(list, s.device, s.ndevices * sizeof(*list));
	for (i = 0; i < s.ndevices; i++)
		if (list[i].id == d->id)
			break;
	list[i] = *d;
	s.ndevices += i == s.ndevices;
	s.device = list;
	mews_budget(&s, line, find, &f, base_live(c->base), 0, out);
	free(list);
}

void
burden_set(struct page_ctx *c, const char *name, const struct mews_budget *b)
{
	struct mews_buf text = { 0 };
	char n[MEWS_NUMBER];

	view_down(c->view, name);
	mews_number(n, c->lang, b->load, 1, b->load < 100 ? 1 : 0);
	mews_buf_printf(&text, "%s\u00a0%%", n);
	view_set(c->view, "load", text.s);
	mews_buf_reset(&text);
	mews_number(n, c->lang, b->round, 6, b->round < 1000000 ? 2 : 1);
	mews_buf_printf(&text, "%s\u00a0s", n);
	view_set(c->view, "round", text.s);
	view_int(c->view, "requests", (int64_t)b->requests);
	view_int(c->view, "devices", (int64_t)b->devices);
	view_int(c->view, "much", b->load > MEWS_BUDGET_MUCH);
	view_up(c->view);
	mews_buf_clear(&text);
}
