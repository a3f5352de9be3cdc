/*
 * line.c - how a line is, in sentences.
 */
#include "line.h"

#include "burden.h"
#include "bus.h"
#include "device.h"
#include "event.h"
#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENDED_S   600 /* that the end of a trial is told */
#define WRITTEN_S 5   /* until an event can be read */
#define MANY      32  /* devices the budget is told for */

const struct mews_line *
line_find(const struct page_ctx *c, const char *name)
{
	const struct mews_site *s = base_site(c->base);
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, name) == 0)
			return &s->line[i];
	return NULL;
}

static void
state(struct page_ctx *c, const struct mews_line *l)
{
	const struct mews_live_line *now =
	    mews_live_line(base_live(c->base), l->id);
	bool known = now != NULL && !device_old(c);
	bool closed = known && !now->open && now->why[0] != '\0';
	char since[FIGURE] = "";

	if (known)
		(void)device_since(c, since, now->since);
	view_set(c->view, "state",
	    !known          ? "idle"
		: closed    ? "bad"
		: now->open ? "ok"
			    : "idle");
	view_say(c->view, "says",
	    !known          ? "line.unknown"
		: closed    ? "line.closed"
		: now->open ? "line.open"
			    : "line.unused",
	    since, NULL);
	if (closed)
		(void)device_why(c, "why", l);
	if (known && now->open && l->kind == MEWS_LINE_RTU &&
	    strcmp(now->path, l->path) != 0)
		view_set(c->view, "opened", now->path);
}

/* How the newest trial since then ended, "" when none did. */
static enum mews_rc
ended(struct page_ctx *c, const char *name, int64_t since, const char **kind,
    struct mews_err *err)
{
	struct mews_event_filter filter = { .from = since };
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_event *list = mews_alloc(MEWS_EVENT_READS, sizeof(*list));
	enum mews_rc rc = MEWS_OK;
	size_t n = 0, i;

	*kind = "";
	if (db != NULL)
		rc = mews_event_read(db, &filter, list, MEWS_EVENT_READS, &n,
		    err);
	for (i = 0; i < n; i++)
		if (strcmp(list[i].subject, name) == 0 &&
		    (strcmp(list[i].kind->name, "line-kept") == 0 ||
			strcmp(list[i].kind->name, "line-restored") == 0)) {
			*kind = list[i].kind->name;
			break;
		}
	free(list);
	return rc;
}

static void
set_trial(struct page_ctx *c, bool warn, const char *key, const char *seconds)
{
	view_set(c->view, "trial_kind", warn ? "warn" : "");
	view_say(c->view, "trial", key, seconds, NULL);
}

/* Between the end of a trial and its event nothing is known of it: a page that
 * was led here by the save waits on. */
static enum mews_rc
trial(struct page_ctx *c, const struct mews_line *l, struct mews_err *err)
{
	const char *kind = "", *seconds = request_get(c->request, "trial");
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	int64_t at = c->now - ENDED_S, most = 0;
	struct mews_trial t;
	enum mews_rc rc;
	bool waits;

	(void)mews_str_int(request_get(c->request, "at"), at, c->now, &at);
	(void)mews_str_int(seconds, 1, ENDED_S, &most);
	rc = db == NULL ? MEWS_NONE : mews_site_trial(db, l->name, &t, err);
	waits = rc == MEWS_OK || (most > 0 && c->now <= at + most + WRITTEN_S);
	if (rc == MEWS_NONE)
		rc = ended(c, l->name, at, &kind, err);
	if (strcmp(kind, "line-kept") == 0)
		set_trial(c, false, "line.kept", "");
	else if (kind[0] != '\0')
		set_trial(c, true, "line.restored", "");
	else if (waits) {
		set_trial(c, true, most > 0 ? "line.trying_for" : "line.trying",
		    seconds);
		view_int(c->view, "trying", 1);
	}
	return rc;
}

static void
budget(struct page_ctx *c, const struct mews_line *l)
{
	char load[FIGURE], round[FIGURE], many[24], most[FIGURE];
	struct mews_budget b;

	burden_now(c, l, MANY, &b);
	if (b.devices == 0)
		return;
	(void)bus_percent(c, load, b.load);
	mews_number(round, c->lang, b.round, 6, 1);
	mews_number(most, c->lang, b.most, 6, 1);
	(void)snprintf(many, sizeof(many), "%d", MANY);
	view_say(c->view, "budget", "line.budget", load, round, many, most,
	    NULL);
	view_int(c->view, "much", b.load > MEWS_BUDGET_MUCH);
}

enum mews_rc
line_set(struct page_ctx *c, const struct mews_line *l, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	struct mews_buf plates = { 0 };
	char text[FIGURE];
	size_t i, n = 0;

	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == l->id)
			mews_buf_printf(&plates, "%s%s", n++ == 0 ? "" : ", ",
			    s->device[i].plate);
	view_set(c->view, "name", l->name);
	view_set(c->view, "kind", l->kind == MEWS_LINE_RTU ? "rtu" : "tcp");
	view_set(c->view, "path", l->path);
	view_set(c->view, "settings", bus_settings(c, text, l));
	view_int(c->view, "pause", l->pause_ms);
	view_int(c->view, "devices", (int64_t)n);
	view_set(c->view, "plates", n == 0 ? "" : plates.s);
	mews_buf_clear(&plates);
	state(c, l);
	budget(c, l);
	return trial(c, l, err);
}
