/*
 * page_correct.c - corrects what one minute, hour, day, month or year of a
 * counter holds, or one minute of a gauge, whose hours follow from it.
 *
 * The value stored and the value meant are shown side by side before anything
 * is saved.
 */
#include "amend.h"
#include "cut.h"
#include "figure.h"
#include "keep.h"
#include "order.h"
#include "series.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "of", REQUEST_WORD, FORM_MOST },
	{ "by", REQUEST_WORD, FORM_MOST },
	{ "since", REQUEST_DAY, 20 }, /* of a link: Unix time */
	{ "when", REQUEST_TEXT, FORM_MOST },
	{ "value", REQUEST_TEXT, FORM_MOST },
	{ "reason", REQUEST_TEXT, FORM_MOST },
	{ "step", REQUEST_WORD, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct correct {
	size_t device;
	const struct mews_device *d;
	const struct mews_quantity *q;
	enum mews_level level;
	int64_t t, upto;
	bool known; /* the bucket can be read */
	int64_t was, value;
	unsigned flags;
};

/* The quantities of a kind, behind those that are there. */
static void
offer(struct form *f, struct correct *k, enum mews_kind kind,
    const char *chosen)
{
	const struct mews_quantity *all[BASE_QUANTITIES];
	size_t i,
	    n = base_quantities(f->c->base, k->device, all, BASE_QUANTITIES);

	for (i = 0; i < n; i++) {
		if (all[i]->kind != kind)
			continue;
		form_option(f, all[i]->name, figure_name(f->c, all[i]), false);
		if (k->q == NULL || strcmp(all[i]->name, chosen) == 0)
			k->q = all[i];
	}
}

static void
choose_quantity(struct form *f, struct correct *k)
{
	const char *asked = request_get(f->c->request, "of");
	const char *chosen = form_choose(f, "of", asked);

	offer(f, k, MEWS_COUNTER, chosen);
	offer(f, k, MEWS_GAUGE, chosen);
	if (k->q != NULL && f->sent && strcmp(k->q->name, chosen) != 0)
		form_wrong(f, "of", "amend.no_value", NULL);
}

static void
choose_level(struct form *f, struct correct *k)
{
	const char *asked = request_get(f->c->request, "by");
	bool gauge = k->q->kind == MEWS_GAUGE;
	const char *chosen = form_choose(f, "by",
	    asked[0] != '\0' ? asked
		: gauge      ? "minute"
			     : "hour");
	char key[32];
	int i;

	for (i = 0; i < MEWS_LEVELS; i++) {
		const char *name = mews_level_name((enum mews_level)i);

		(void)snprintf(key, sizeof(key), "by.%s", name);
		form_option(f, name, view_word(f->c->view, key), false);
	}
	k->level = MEWS_HOUR;
	if (!mews_level_find(chosen, &k->level) && f->sent)
		form_wrong(f, "by", "amend.no_level", NULL);
	else if (gauge && k->level != MEWS_MINUTE && f->sent)
		form_wrong(f, "by", "amend.by_minutes", NULL);
}

/* The bucket that the fields name, with what is stored in it. */
static void
read_bucket(struct form *f, struct correct *k)
{
	struct mews_buckets l = { 0 };
	char text[FIGURE];
	enum mews_rc rc;

	k->upto = mews_calendar_step(k->level, k->t, 1);
	if (mews_calendar_floor(k->level, k->t) != k->t) {
		form_wrong(f, "when", "amend.no_start",
		    amend_when(text, k->level,
			mews_calendar_floor(k->level, k->t)),
		    NULL);
		return;
	}
	if (k->upto > f->c->now) {
		form_wrong(f, "when", "amend.not_over", NULL);
		return;
	}
	rc = series_buckets(f->c, k->device, k->q, k->level, k->t, k->upto, &l,
	    NULL);
	if (rc == MEWS_OK && l.n == 0 && k->level == MEWS_MINUTE)
		form_wrong(f, "when",
		    k->q->kind == MEWS_GAUGE ? "amend.nothing"
					     : "amend.no_minute",
		    NULL);
	else if (rc == MEWS_OK) {
		k->known = true;
		k->was = l.n == 0 ? 0 : l.b[0].sum;
		k->flags = l.n == 0 ? 0 : l.b[0].flags;
	}
	mews_buckets_clear(&l);
}

static void
read_when(struct form *f, struct correct *k)
{
	struct mews_db *db = base_db(f->c->base, MEWS_HISTORY_DB);
	char standard[FIGURE];
	const char *typed;
	int64_t since, thinned = 0;

	since = mews_calendar_step(k->level, f->c->now, -1);
	(void)mews_str_int(request_get(f->c->request, "since"), 0,
	    INT64_MAX / 1000, &since);
	since = mews_calendar_floor(k->level, since);
	typed = form_text(f, "when", amend_when(standard, k->level, since));
	if (!amend_read_when(typed, &k->t)) {
		form_wrong(f, "when", "amend.no_time", typed, NULL);
		return;
	}
	if (db != NULL)
		(void)mews_keep_upto(db, mews_keep_class(k->q), MEWS_MINUTE,
		    &thinned, NULL);
	if (k->t < thinned)
		form_wrong(f, "when", "amend.not_kept", NULL);
	else
		read_bucket(f, k);
}

static void
read_value(struct form *f, struct correct *k)
{
	const char *reason;

	if (amend_field(f, "value", k->q, k->was, &k->value) && k->known &&
	    f->sent) {
		if (k->value == k->was)
			form_wrong(f, "value", "amend.same", NULL);
		else if (k->value < k->was && k->level > MEWS_HOUR &&
		    (mews_cut_needed(k->t) || mews_cut_needed(k->upto)))
			form_wrong(f, "value", "amend.by_hours", NULL);
	}
	reason = form_text(f, "reason", request_get(f->c->request, "reason"));
	if (f->sent && reason[strspn(reason, " ")] == '\0')
		form_wrong(f, "reason", "amend.no_reason", NULL);
	else if (f->sent && strlen(reason) > MEWS_REASON)
		form_wrong(f, "reason", "amend.long_reason", NULL);
}

/* True when the browser was sent on. */
static bool
send(struct form *f, const struct correct *k, struct mews_err *err)
{
	char t[24], value[24];
	enum mews_rc rc;

	(void)snprintf(t, sizeof(t), "%" PRId64, k->t);
	(void)snprintf(value, sizeof(value), "%" PRId64, k->value);
	rc = order_send(f->c, NULL, err, "correct-bucket", "plate", k->d->plate,
	    "quantity", k->q->name, "level", mews_level_name(k->level), "t", t,
	    "value", value, "reason", request_get(f->c->request, "reason"),
	    NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/amendments", "corrected");
	else if (rc == MEWS_BAD || rc == MEWS_NONE)
		form_wrong(f, "", "amend.not_taken", NULL);
	else
		form_refused(f, rc, err);
	return rc == MEWS_OK;
}

static void
set(struct page_ctx *c, const struct correct *k)
{
	char text[FIGURE];

	view_set(c->view, "plate", k->d->plate);
	view_set(c->view, "device", k->d->name);
	view_set(c->view, "back", figure_path(text, k->d));
	view_set(c->view, "action", c->request->path);
	if (k->q == NULL)
		return;
	view_int(c->view, "any", 1);
	view_set(c->view, "unit", mews_quantity_display(k->q, 0).unit);
	view_set(c->view, "name", figure_name(c, k->q));
	if (!k->known)
		return;
	view_set(c->view, "bucket", amend_bucket(c, text, k->level, k->t));
	(void)figure_exact(c, text, k->q, k->was);
	view_set(c->view, "was", figure_flagged(text, k->flags));
	view_set(c->view, "value", figure_exact(c, text, k->q, k->value));
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *step = request_get(c->request, "step");
	struct correct k = { .device = series_device(c, c->part) };
	struct form f;

	if (k.device == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	k.d = &base_site(c->base)->device[k.device];
	(void)snprintf(c->title, sizeof(c->title), "%s %s",
	    view_word(c->view, "amend.correct_title"), k.d->plate);
	form_begin(&f, c);
	choose_quantity(&f, &k);
	if (k.q != NULL) {
		choose_level(&f, &k);
		read_when(&f, &k);
		if (strcmp(step, "look") == 0)
			f.sent = false;
		read_value(&f, &k);
	}
	if (f.sent && f.nbad == 0 && strcmp(step, "save") == 0 &&
	    send(&f, &k, err))
		return MEWS_OK;
	view_down(c->view, "Correct");
	set(c, &k);
	view_int(c->view, "review",
	    f.sent && f.nbad == 0 && strcmp(step, "edit") != 0);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_correct = {
	.path = "/meters/*/correct",
	.name = "correct",
	.menu = "meters",
	.methods = PAGE_GET | PAGE_POST,
	.roles = AMEND_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
