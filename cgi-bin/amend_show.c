/*
 * amend_show.c - an amendment in words: a sentence a kind.
 */
#include "amend_show.h"

#include "figure.h"

#include <inttypes.h>
#include <stdio.h>

static void
says(struct page_ctx *c, const struct mews_amendment *a,
    const struct mews_quantity *q)
{
	static const char *const keys[] = { "amend.did_replace",
		"amend.did_accept", "amend.did_reject", "amend.did_correct" };
	char was[FIGURE], value[FIGURE], when[FIGURE], level[32];

	(void)figure_exact(c, was, q, a->was);
	(void)figure_exact(c, value, q, a->value);
	(void)snprintf(level, sizeof(level), "by.%s",
	    mews_level_name(a->level));
	if (a->kind == MEWS_AMEND_CORRECT)
		(void)amend_bucket(c, when, a->level, a->since);
	else
		(void)amend_moment(c, when, a->since);
	view_say(c->view, "says", keys[a->kind], was, value, when,
	    view_word(c->view, level), NULL);
}

void
amend_show(struct page_ctx *c, const struct mews_amendment *a)
{
	const struct mews_device *d = NULL;
	const struct mews_quantity *q = NULL;
	char text[FIGURE];

	if (amend_whose(c, a->series, &d, &q, NULL) == MEWS_OK) {
		says(c, a, q);
		view_set(c->view, "name", figure_name(c, q));
	}
	view_set(c->view, "plate", d == NULL ? "" : d->plate);
	view_set(c->view, "path", d == NULL ? "" : figure_path(text, d));
	view_set(c->view, "reason", a->reason);
	view_set(c->view, "who", a->who);
	view_set(c->view, "at", amend_moment(c, text, a->t));
	if (a->undone != 0)
		view_say(c->view, "undone", "amend.undone_by",
		    amend_moment(c, text, a->undone), a->undone_by, NULL);
	(void)snprintf(text, sizeof(text), "/amendments/%" PRId64, a->id);
	view_set(c->view, "href", text);
}
