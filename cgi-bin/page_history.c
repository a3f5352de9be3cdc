/*
 * page_history.c - /history: one quantity of several devices over a period.
 *
 * All that is chosen stands in the address: a device that is added sends the
 * browser to the address with it.
 */
#include "calendar.h"
#include "device.h"
#include "figure.h"
#include "form.h"
#include "merged.h"
#include "pick_table.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	PICK_FIELDS,
	{ "add", REQUEST_TEXT, 11 },
	{ NULL, REQUEST_WORD, 0 },
};

/* Sets a query to that pick. */
static void
set_query(struct page_ctx *c, const char *name, const struct pick *k)
{
	struct mews_buf b = { 0 };

	pick_query(c, k, &b);
	view_set(c->view, name, b.s);
	mews_buf_clear(&b);
}

/* The devices chosen, and the way to do without each. */
static void
meters(struct page_ctx *c, const struct pick *k)
{
	char text[FIGURE];
	struct pick less;
	size_t i;

	for (i = 0; i < k->n; i++) {
		const struct mews_device *d =
		    &base_site(c->base)->device[k->device[i]];

		less = *k;
		less.n--;
		(void)memmove(&less.device[i], &less.device[i + 1],
		    (less.n - i) * sizeof(less.device[0]));
		view_row(c->view, "meter", i);
		view_set(c->view, "plate", d->plate);
		view_set(c->view, "name", d->name);
		view_set(c->view, "path", figure_path(text, d));
		view_int(c->view, "key", (int64_t)i + 1);
		view_int(c->view, "lacks",
		    !base_measures(c->base, k->device[i], k->q->name));
		set_query(c, "without", &less);
		view_up(c->view);
	}
}

static bool
chosen(const struct pick *k, size_t device)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->device[i] == device)
			return true;
	return false;
}

/* What may be added, and what those that are there measure. */
static void
choices(struct page_ctx *c, struct form *f, const struct pick *k)
{
	const struct mews_site *site = base_site(c->base);
	const struct mews_quantity *q[BASE_QUANTITIES];
	char text[FIGURE];
	size_t i, j, n;

	(void)form_choose(f, "add", "");
	form_option(f, "", view_word(c->view, "history.choose"), false);
	for (i = 0; i < site->ndevices; i++) {
		if (chosen(k, i) || base_quantities(c->base, i, q, 1) == 0)
			continue;
		(void)snprintf(text, sizeof(text), "%s %s",
		    site->device[i].plate, site->device[i].name);
		form_option(f, site->device[i].plate, text, false);
	}
	if (k->q == NULL)
		return;
	(void)form_choose(f, "of", k->q->name);
	for (i = 0; i < k->n; i++) {
		n = base_quantities(c->base, k->device[i], q, MEWS_LEN(q));
		for (j = 0; j < n; j++) {
			size_t before = 0;

			while (before < i &&
			    !base_measures(c->base, k->device[before],
				q[j]->name))
				before++;
			if (before == i && q[j]->kind != MEWS_STATE)
				form_option(f, q[j]->name, figure_name(c, q[j]),
				    false);
		}
	}
}

/* The levels, and the periods before and after. */
static void
links(struct page_ctx *c, const struct pick *k)
{
	static const char *const steps[MEWS_LEVELS] = { "day", "day", "month",
		"year", "year" };
	struct pick to = *k;
	char key[40];
	int by, n = 0;

	for (by = 0; by < MEWS_LEVELS; by++) {
		to.p.by = (enum mews_level)by;
		if (k->p.free && to.p.by < series_level(k->p.from, k->p.to, 0))
			continue;
		view_row(c->view, "by", (size_t)n++);
		(void)snprintf(key, sizeof(key), "by.%s",
		    mews_level_name(to.p.by));
		view_set(c->view, "name", view_word(c->view, key));
		set_query(c, "query", &to);
		view_int(c->view, "here", to.p.by == k->p.by);
		view_up(c->view);
	}
	to.p = k->p;
	to.p.free = false;
	if ((to.p.from = k->p.prev) != 0)
		set_query(c, "prev", &to);
	if ((to.p.from = k->p.next) != 0)
		set_query(c, "next", &to);
	(void)snprintf(key, sizeof(key), "meter.before_%s", steps[k->p.by]);
	view_set(c->view, "before", view_word(c->view, key));
	(void)snprintf(key, sizeof(key), "meter.after_%s", steps[k->p.by]);
	view_set(c->view, "after", view_word(c->view, key));
}

static void
chart(struct page_ctx *c, const struct pick *k)
{
	struct series s = { .of = k->q, .q = k->q };
	struct mews_buf b = { 0 };
	char text[FIGURE];

	s.mean = k->p.by == MEWS_MINUTE &&
	    strcmp(k->q->name, "active_energy_import") == 0;
	view_set(c->view, "title", period_title(c, &k->p, text));
	view_set(c->view, "name", series_name(c, &s));
	view_say(c->view, "label", "history.chart_label", series_name(c, &s),
	    text, NULL);
	view_set(c->view, "medium",
	    k->n == 1 ? device_medium(c, k->device[0]) : "several");
	view_int(c->view, "several", k->n > 1);
	view_int(c->view, "band", k->n == 1 && k->q->kind == MEWS_GAUGE);
	set_query(c, "query", k);
	mews_buf_str(&b, "/api/v1/series?");
	pick_query(c, k, &b);
	view_set(c->view, "url", b.s);
	mews_buf_clear(&b);
}

/* What the forms carry besides their own fields. */
static void
carry(struct page_ctx *c, const struct pick *k)
{
	struct mews_buf b = { 0 };
	char text[16];
	size_t i;

	mews_buf_str(&b, "");
	for (i = 0; i < k->n; i++)
		mews_buf_printf(&b, "%s%s", i == 0 ? "" : ",",
		    base_site(c->base)->device[k->device[i]].plate);
	view_set(c->view, "on", b.s);
	view_set(c->view, "of", k->q == NULL ? "" : k->q->name);
	view_set(c->view, "level", mews_level_name(k->p.by));
	view_set(c->view, "first", period_at(text, k->p.from));
	view_set(c->view, "last", period_at(text, k->p.to - 1));
	view_int(c->view, "free", k->p.free);
	mews_buf_clear(&b);
}

/* To the address with one more device. */
static void
go(struct page_ctx *c, const struct pick *k)
{
	struct mews_buf b = { 0 };

	mews_buf_str(&b, "/history?");
	pick_query(c, k, &b);
	reply_go(c->reply, b.s);
	mews_buf_clear(&b);
}

/* Takes what was added into the pick. */
static enum mews_rc
add(struct page_ctx *c, struct pick *k, struct mews_err *err)
{
	size_t i = series_device(c, request_get(c->request, "add"));

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	if (!chosen(k, i) && k->n == PICK_MOST)
		return mews_fail(err, MEWS_BAD, "at most %d devices",
		    PICK_MOST);
	if (!chosen(k, i))
		k->device[k->n++] = i;
	if (k->q == NULL)
		k->q = series_choose(c, i, "", k->p.by);
	if (k->q == NULL)
		return mews_fail(err, MEWS_NONE, "it measures nothing");
	go(c, k);
	return MEWS_OK;
}

/* What was typed is shown again, with what is wrong with it. */
static void
no_period(struct page_ctx *c)
{
	c->reply->status = 400;
	view_set(c->view, "bad", view_word(c->view, "history.bad_period"));
	view_set(c->view, "first", request_get(c->request, "from"));
	view_set(c->view, "last", request_get(c->request, "to"));
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;
	struct pick k;
	enum mews_rc rc = pick_read(c, &k, err);

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "history.title"));
	if (rc != MEWS_OK && !k.no_period)
		return rc;
	if (rc == MEWS_OK && request_get(c->request, "add")[0] != '\0')
		return add(c, &k, err);
	form_begin(&f, c);
	choices(c, &f, &k);
	view_down(c->view, "History");
	carry(c, &k);
	if (rc != MEWS_OK)
		no_period(c);
	rc = MEWS_OK;
	view_int(c->view, "n", (int64_t)k.n);
	view_int(c->view, "full", k.n == PICK_MOST);
	if (k.n > 0) {
		meters(c, &k);
		links(c, &k);
		chart(c, &k);
		(void)merged_set(c, "merged", k.q, &k.p);
		rc = pick_table(c, &k, err);
		if (rc == MEWS_OK)
			rc = pick_gaps(c, &k, err);
	}
	view_up(c->view);
	return rc;
}

const struct page page_history = {
	.path = "/history",
	.name = "history",
	.menu = "history",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.chart = true,
	.fields = fields,
	.show = show,
};
