/*
 * page_compare.c - /compare: two periods of one meter, or two meters, or the
 * whole site with itself.
 */
#include "calendar.h"
#include "compare.h"
#include "device.h"
#include "figure.h"
#include "form.h"
#include "merged.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

/* on and with: plates, "" for the whole site and for the same; at and then:
 * days of the two periods. */
static const struct request_field fields[] = {
	{ "on", REQUEST_TEXT, 11 },
	{ "with", REQUEST_TEXT, 11 },
	{ "of", REQUEST_WORD, 40 },
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_TEXT, 40 },
	{ "then", REQUEST_TEXT, 40 },
	{ NULL, REQUEST_WORD, 0 },
};

static bool
measures(const struct page_ctx *c, size_t device, const struct mews_quantity *q)
{
	return device == TOTAL_SITE ? total_has(c, q->name)
				    : base_measures(c->base, device, q->name);
}

static enum mews_rc
device(struct page_ctx *c, const char *field, size_t *out, struct mews_err *err)
{
	const char *plate = request_get(c->request, field);
	size_t i = series_device(c, plate);

	*out = TOTAL_SITE;
	if (plate[0] == '\0')
		return MEWS_OK;
	*out = i;
	return i < base_site(c->base)->ndevices
	    ? MEWS_OK
	    : mews_fail(err, MEWS_NONE, "no such device");
}

/* What the first meter counts: the one asked for, if both sides count that. */
static const struct mews_quantity *
choose(struct page_ctx *c, const struct compare *m)
{
	const struct mews_quantity *q =
	    mews_quantity_find(request_get(c->request, "of"));
	size_t first = m->side[0].device;
	int medium;

	if (q != NULL && q->kind == MEWS_COUNTER && measures(c, first, q))
		return q;
	if (first != TOTAL_SITE)
		return device_counter(c, first);
	for (medium = MEWS_ELECTRICITY; medium < MEWS_NO_MEDIUM; medium++) {
		q = total_counter((enum mews_medium)medium);
		if (total_has(c, q->name))
			return q;
	}
	return NULL;
}

/* The two periods; the second one is by itself a week, month or year before,
 * and with two meters the same.  MEWS_BAD: no such days. */
static enum mews_rc
periods(struct page_ctx *c, struct compare *m, bool two, struct mews_err *err)
{
	const char *by = request_get(c->request, "by");
	const char *then = request_get(c->request, "then");
	char text[16];
	enum mews_rc rc;

	rc = period_read(c, by[0] == '\0' ? "hour" : by,
	    request_get(c->request, "at"), &m->side[0].p, err);
	m->by = m->side[0].p.by;
	if (rc != MEWS_OK)
		return rc;
	if (m->by != MEWS_HOUR && m->by != MEWS_DAY && m->by != MEWS_MONTH)
		return mews_fail(err, MEWS_BAD, "by is hour, day or month");
	if (then[0] == '\0')
		then = period_at(text,
		    two ? m->side[0].p.from
			: m->by == MEWS_HOUR
			? mews_calendar_step(MEWS_DAY, m->side[0].p.from, -7)
			: m->side[0].p.prev);
	return period_read(c, mews_level_name(m->by), then, &m->side[1].p, err);
}

/* "Thu 20 Nov 2025", with two meters "P1 House" before it. */
static void
label(struct page_ctx *c, struct compare_side *s, bool two, bool dates)
{
	const struct mews_device *d = s->device == TOTAL_SITE
	    ? NULL
	    : &base_site(c->base)->device[s->device];
	char title[FIGURE], name[96] = "";

	(void)period_title(c, &s->p, title);
	if (two)
		(void)snprintf(name, sizeof(name), "%s%s%s",
		    d == NULL ? view_word(c->view, "compare.site") : d->plate,
		    d == NULL ? "" : " ", d == NULL ? "" : d->name);
	(void)snprintf(s->label, sizeof(s->label), "%s%s%s", name,
	    two && dates ? ", " : "", dates ? title : "");
}

static void
devices(struct page_ctx *c, struct form *f, const char *field, size_t now,
    const char *first)
{
	const struct mews_site *site = base_site(c->base);
	char text[FIGURE];
	size_t i;

	(void)form_choose(f, field,
	    now == TOTAL_SITE ? "" : site->device[now].plate);
	form_option(f, "", view_word(c->view, first), false);
	for (i = 0; i < site->ndevices; i++) {
		if (device_counter(c, i) == NULL)
			continue;
		(void)snprintf(text, sizeof(text), "%s %s",
		    site->device[i].plate, site->device[i].name);
		form_option(f, site->device[i].plate, text, false);
	}
}

static void
quantities(struct page_ctx *c, struct form *f, const struct compare *m)
{
	const struct mews_quantity *q;
	size_t i;

	(void)form_choose(f, "of", m->q->name);
	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++)
		if (q->kind == MEWS_COUNTER &&
		    measures(c, m->side[0].device, q) &&
		    measures(c, m->side[1].device, q))
			form_option(f, q->name, figure_name(c, q), false);
}

static void
choices(struct page_ctx *c, const struct compare *m, bool two)
{
	static const enum mews_level bys[] = { MEWS_HOUR, MEWS_DAY,
		MEWS_MONTH };
	static const char *const words[] = { "by.day", "by.month", "by.year" };
	struct form f;
	size_t i;

	form_begin(&f, c);
	devices(c, &f, "on", m->side[0].device, "compare.site");
	devices(c, &f, "with", two ? m->side[1].device : TOTAL_SITE,
	    "compare.itself");
	if (m->q != NULL)
		quantities(c, &f, m);
	(void)form_choose(&f, "by", mews_level_name(m->by));
	for (i = 0; i < MEWS_LEN(bys); i++)
		form_option(&f, mews_level_name(bys[i]),
		    view_word(c->view, words[i]), false);
}

/* The days in the form: those of the periods, or what was typed. */
static void
days(struct page_ctx *c, const struct compare *m, bool bad)
{
	char text[16];

	view_set(c->view, "at",
	    bad ? request_get(c->request, "at")
		: period_at(text, m->side[0].p.from));
	view_set(c->view, "then",
	    bad ? request_get(c->request, "then")
		: period_at(text, m->side[1].p.from));
	if (bad) {
		c->reply->status = 400;
		view_set(c->view, "bad",
		    view_word(c->view, "compare.bad_period"));
	}
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct compare m = { .by = MEWS_HOUR };
	bool two = request_get(c->request, "with")[0] != '\0', bad, dates;
	enum mews_rc rc;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "compare.title"));
	if ((rc = device(c, "on", &m.side[0].device, err)) != MEWS_OK ||
	    (rc = device(c, two ? "with" : "on", &m.side[1].device, err)) !=
		MEWS_OK)
		return rc;
	m.q = choose(c, &m);
	bad = periods(c, &m, two, err) != MEWS_OK;
	choices(c, &m, two);
	view_down(c->view, "Compare");
	days(c, &m, bad);
	view_int(c->view, "none", m.q == NULL);
	if (m.q != NULL && !measures(c, m.side[1].device, m.q))
		view_say(c->view, "differ", "compare.differ",
		    figure_name(c, m.q), NULL);
	else if (m.q != NULL && !bad) {
		dates = m.side[0].p.from != m.side[1].p.from;
		label(c, &m.side[0], two, dates || !two);
		label(c, &m.side[1], two, dates || !two);
		view_set(c->view, "name", figure_name(c, m.q));
		if ((rc = compare_read(c, &m, err)) == MEWS_OK)
			compare_set(c, &m);
		if (!merged_set(c, "merged", m.q, &m.side[0].p))
			(void)merged_set(c, "merged", m.q, &m.side[1].p);
	}
	view_up(c->view);
	return rc;
}

const struct page page_compare = {
	.path = "/compare",
	.name = "compare",
	.menu = "compare",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
