/*
 * event_say.c - an event as a row of a list, and where it leads.
 */
#include "event_say.h"

#include "amend.h"
#include "device.h"
#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where who may amend the history goes from an event. */
static void
lead(struct page_ctx *c, const struct mews_event *e)
{
	static const struct {
		const char *kind, *path, *word;
	} ways[] = {
		{ "counter-unexplained", "/unexplained/", "amend.decide" },
		{ "counter-reset", "", "amend.replace_title" },
		{ "certificate-refused", "/settings/certificate",
		    "certificate.title" },
		{ "certificate-ends", "/settings/certificate",
		    "certificate.title" },
		{ "clock-ahead", "/settings/storage", "settings.storage" },
		{ "meter-replaced", "/amendments", "amend.title" },
		{ "energy-accepted", "/amendments", "amend.title" },
		{ "energy-rejected", "/amendments", "amend.title" },
		{ "bucket-corrected", "/amendments", "amend.title" },
		{ "amendment-undone", "/amendments", "amend.title" },
	};
	const struct mews_device *d =
	    mews_site_device(base_site(c->base), e->device);
	char href[FIGURE];
	size_t i;

	for (i = 0; i < MEWS_LEN(ways); i++)
		if (strcmp(ways[i].kind, e->kind->name) == 0)
			break;
	if (i == MEWS_LEN(ways) || !amend_may(c))
		return;
	(void)snprintf(href, sizeof(href), "%s", ways[i].path);
	if (i == 0)
		(void)snprintf(href, sizeof(href), "%s%" PRId64, ways[i].path,
		    e->id);
	else if (i == 1 && d != NULL) {
		(void)figure_path(href, d);
		(void)strcat(href, "/replace");
	}
	view_set(c->view, "href", href);
	view_set(c->view, "act", view_word(c->view, ways[i].word));
}

void
event_say(struct page_ctx *c, const struct mews_event *e)
{
	char at[FIGURE];

	view_set(c->view, "at", device_since(c, at, e->t));
	view_set(c->view, "severity", mews_severity_name(e->kind->severity));
	mews_say_event(c->view, "says", c->lang, e, c->now);
	view_set(c->view, "who", e->who);
	view_set(c->view, "source", e->source);
	lead(c, e);
}

enum mews_rc
event_list(struct page_ctx *c, const char *list,
    const struct mews_event_filter *filter, size_t max, size_t *n,
    int64_t *last, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_event *e = mews_alloc(max, sizeof(*e));
	struct mews_event_filter own = *filter;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	*n = 0;
	own.only = base_only(c->base);
	if (db != NULL)
		rc = mews_event_read(db, &own, e, max, n, err);
	for (i = 0; i < *n; i++) {
		view_row(c->view, list, i);
		event_say(c, &e[i]);
		if (last != NULL)
			*last = e[i].id;
		view_up(c->view);
	}
	free(e);
	return rc;
}
