/*
 * page_replace.c - tells of a new meter: what the old one showed last and the
 * new one first, and when.
 *
 * Nothing is saved before the energy that follows from it was shown.
 */
#include "amend.h"
#include "device.h"
#include "figure.h"
#include "order.h"
#include "series.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "counter", REQUEST_DAY, 20 },
	{ "old", REQUEST_TEXT, FORM_MOST },
	{ "new", REQUEST_TEXT, FORM_MOST },
	{ "date", REQUEST_TEXT, FORM_MOST },
	{ "step", REQUEST_WORD, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct replace {
	const struct mews_device *d;
	struct mews_epoch e; /* the counter that began anew */
	const struct mews_quantity *q;
	int64_t old, new, date;
};

/* Those of the device that began anew, at most AMEND_MOST. */
static size_t
collect(struct page_ctx *c, struct replace *r, struct mews_epoch *out,
    const struct mews_quantity **q)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	const struct mews_device *d;
	size_t i, all = 0, n = 0;

	if (db != NULL)
		(void)mews_epoch_open(db, 0, out, AMEND_MOST, &all, NULL);
	for (i = 0; i < all; i++)
		if (amend_whose(c, out[i].series, &d, &q[n], NULL) == MEWS_OK &&
		    d == r->d)
			out[n++] = out[i];
	return n;
}

/*
 * Lists the counters that began anew; false: there is none.  All of a meter do
 * at once, and the first choice is the one that stands for the device.
 */
static bool
choose(struct form *f, size_t device, struct replace *r)
{
	const struct mews_quantity *q[AMEND_MOST];
	struct mews_epoch e[AMEND_MOST];
	char id[24], standard[24], text[2 * FIGURE + 8], when[FIGURE];
	const char *chosen;
	size_t i, n = collect(f->c, r, e, q), first = 0;
	bool hit = false;

	for (i = n; i-- > 0;)
		if (q[i] == device_counter(f->c, device))
			first = i;
	(void)snprintf(standard, sizeof(standard), "%" PRId64,
	    n == 0 ? 0 : e[first].id);
	chosen = form_choose(f, "counter", standard);
	for (i = 0; i < n; i++) {
		(void)snprintf(id, sizeof(id), "%" PRId64, e[i].id);
		(void)snprintf(text, sizeof(text), "%s: %s",
		    figure_name(f->c, q[i]), amend_moment(f->c, when, e[i].t));
		form_option(f, id, text, false);
		if (strcmp(chosen, id) == 0) {
			first = i;
			hit = true;
		}
	}
	if (n > 0) {
		r->e = e[first];
		r->q = q[first];
	}
	if (n > 0 && f->sent && !hit)
		form_wrong(f, "counter", "amend.no_counter", NULL);
	return n > 0;
}

static void
check_date(struct form *f, struct replace *r)
{
	struct mews_db *db = base_db(f->c->base, MEWS_HISTORY_DB);
	char text[FIGURE], from[FIGURE], to[FIGURE];
	const char *typed =
	    form_text(f, "date", amend_when(text, MEWS_MINUTE, r->e.t));
	struct mews_epoch near;

	r->date = r->e.t;
	if (!f->sent)
		return;
	if (!amend_read_when(typed, &r->date))
		form_wrong(f, "date", "amend.no_time", typed, NULL);
	else if (r->date < r->e.since / 60 * 60 || r->date > r->e.t)
		form_wrong(f, "date", "amend.not_between",
		    amend_moment(f->c, from, r->e.since),
		    amend_moment(f->c, to, r->e.t), NULL);
	else if (mews_epoch_near(db, r->e.series, r->date, &near, NULL) ==
		MEWS_OK &&
	    near.id != r->e.id)
		r->date = r->e.t;
}

static void
check(struct form *f, struct replace *r)
{
	char text[FIGURE];

	if (amend_field(f, "old", r->q, r->e.before, &r->old) &&
	    r->old < r->e.before)
		form_wrong(f, "old", "amend.old_low",
		    figure_exact(f->c, text, r->q, r->e.before), NULL);
	if (amend_field(f, "new", r->q, r->e.first, &r->new) &&
	    r->new > r->e.first)
		form_wrong(f, "new", "amend.new_high",
		    figure_exact(f->c, text, r->q, r->e.first), NULL);
	check_date(f, r);
}

/* What it means, before it is done. */
static void
review(struct page_ctx *c, const struct replace *r)
{
	char all[FIGURE], old[FIGURE], new[FIGURE], date[FIGURE];

	view_int(c->view, "review", 1);
	view_say(c->view, "means", "amend.replace_means",
	    figure_exact(c, old, r->q, r->old),
	    figure_exact(c, new, r->q, r->new), amend_moment(c, date, r->date),
	    NULL);
	view_say(c->view, "adds", "amend.replace_adds",
	    figure_exact(c, all, r->q,
		r->old - r->e.before + r->e.first - r->new),
	    figure_exact(c, old, r->q, r->old - r->e.before),
	    figure_exact(c, new, r->q, r->e.first - r->new), NULL);
}

/* True when the browser was sent on. */
static bool
send(struct form *f, const struct replace *r, struct mews_err *err)
{
	char old[24], new[24], date[24];
	enum mews_rc rc;

	(void)snprintf(old, sizeof(old), "%" PRId64, r->old);
	(void)snprintf(new, sizeof(new), "%" PRId64, r->new);
	(void)snprintf(date, sizeof(date), "%" PRId64, r->date);
	rc = order_send(f->c, NULL, err, "replace-meter", "plate", r->d->plate,
	    "quantity", r->q->name, "old", old, "new", new, "date", date, NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/amendments", "replaced");
	else if (rc == MEWS_BAD || rc == MEWS_NONE)
		form_wrong(f, "",
		    rc == MEWS_BAD ? "amend.not_kept" : "amend.answered", NULL);
	else
		form_refused(f, rc, err);
	return rc == MEWS_OK;
}

static void
set(struct page_ctx *c, const struct replace *r, bool any)
{
	char text[FIGURE];

	view_set(c->view, "plate", r->d->plate);
	view_set(c->view, "device", r->d->name);
	view_set(c->view, "back", figure_path(text, r->d));
	view_set(c->view, "action", c->request->path);
	view_int(c->view, "any", any);
	if (!any)
		return;
	view_down(c->view, "epoch");
	amend_set_epoch(c, &r->e, r->d, r->q);
	view_set(c->view, "unit", mews_quantity_display(r->q, 0).unit);
	view_up(c->view);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *step = request_get(c->request, "step");
	size_t i = series_device(c, c->part);
	struct replace r = { 0 };
	struct form f;
	bool any;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	r.d = &base_site(c->base)->device[i];
	(void)snprintf(c->title, sizeof(c->title), "%s %s",
	    view_word(c->view, "amend.replace_title"), r.d->plate);
	form_begin(&f, c);
	any = choose(&f, i, &r);
	if (any && strcmp(step, "look") == 0)
		f.sent = false; /* what was typed is of another counter */
	if (any)
		check(&f, &r);
	else if (f.sent)
		form_wrong(&f, "", "amend.answered", NULL);
	if (f.sent && f.nbad == 0 && strcmp(step, "save") == 0 &&
	    send(&f, &r, err))
		return MEWS_OK;
	view_down(c->view, "Replace");
	set(c, &r, any);
	if (f.sent && f.nbad == 0 && strcmp(step, "edit") != 0)
		review(c, &r);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_replace = {
	.path = "/meters/*/replace",
	.name = "replace",
	.menu = "meters",
	.methods = PAGE_GET | PAGE_POST,
	.roles = AMEND_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
