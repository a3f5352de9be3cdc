/*
 * event_both.c - two lists, each the newest first, merged by their times.
 *
 * mews-auth gives forty lines at a time, so its side is filled again while the
 * list grows.
 */
#include "event_both.h"

#include "audit.h"
#include "device.h"
#include "event_say.h"
#include "figure.h"
#include "order.h"
#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASKS 25 /* most commands a page */

struct line {
	int64_t id, t;
	const struct mews_audit_kind *kind;
	char user[MEWS_USERNAME + 1], source[64], about[128];
};

struct lists {
	struct page_ctx *c;
	const struct mews_event_filter *filter;
	struct mews_event *event;
	size_t nevents, ievent;
	struct line line[MEWS_AUDIT_READS];
	size_t nlines, iline;
	int asks;       /* that are left; 0: there are no more lines */
	int64_t before; /* of the next ask */
};

/* "-" stands for nothing. */
static void
word(char *to, size_t size, const char *from)
{
	(void)snprintf(to, size, "%s", strcmp(from, "-") == 0 ? "" : from);
}

/* False for a line that the filter or this program does not know. */
static bool
take(struct lists *l, char *row, struct line *out)
{
	const char *w[6] = { "0", "0", "", "", "", "" };

	(void)people_words(row, w, MEWS_LEN(w));
	*out = (struct line){ .id = strtoll(w[0], NULL, 10),
		.t = strtoll(w[1], NULL, 10),
		.kind = mews_audit_kind(w[2]) };
	word(out->user, sizeof(out->user), w[3]);
	word(out->source, sizeof(out->source), w[4]);
	word(out->about, sizeof(out->about), w[5]);
	if (out->id > 0)
		l->before = out->id;
	return out->kind != NULL && out->kind->severity >= l->filter->least;
}

/* More lines, when there are any. */
static enum mews_rc
fill(struct lists *l, struct mews_err *err)
{
	char before[24], from[24], to[24], row[PEOPLE_ROW];
	enum mews_rc rc = MEWS_OK;
	struct mews_message a;
	size_t i, n;

	(void)snprintf(from, sizeof(from), "%lld", (long long)l->filter->from);
	(void)snprintf(to, sizeof(to), "%lld", (long long)l->filter->to);
	l->nlines = l->iline = 0;
	while (l->asks > 0 && l->nlines == 0 && rc == MEWS_OK) {
		l->asks--;
		(void)snprintf(before, sizeof(before), "%lld",
		    (long long)l->before);
		rc = order_send(l->c, &a, err, "audit-list", "before", before,
		    "from", from, "to", to, NULL);
		n = (size_t)mews_message_int(&a, "n", 0);
		for (i = 0; rc == MEWS_OK && i < n; i++) {
			people_row(&a, "line", i, row);
			l->nlines += take(l, row, &l->line[l->nlines]);
		}
		if (n == 0)
			l->asks = 0;
		mews_message_clear(&a);
	}
	return rc;
}

static void
say(struct page_ctx *c, const struct line *l)
{
	char key[48], at[FIGURE];

	(void)snprintf(key, sizeof(key), "audit.%.30s", l->kind->name);
	view_set(c->view, "at", device_since(c, at, l->t));
	view_set(c->view, "severity", mews_severity_name(l->kind->severity));
	view_say(c->view, "says", key, l->about, NULL);
	view_set(c->view, "who", l->user);
	view_set(c->view, "source", l->source);
}

/* The newer of the two; false when there is none. */
static bool
step(struct lists *l, const char *list, size_t i, struct event_place *where)
{
	const struct mews_event *e =
	    l->ievent < l->nevents ? &l->event[l->ievent] : NULL;
	const struct line *a = l->iline < l->nlines ? &l->line[l->iline] : NULL;

	if (e == NULL && a == NULL)
		return false;
	view_row(l->c->view, list, i);
	if (a == NULL || (e != NULL && e->t >= a->t)) {
		event_say(l->c, e);
		where->event = e->id;
		l->ievent++;
	} else {
		say(l->c, a);
		where->audit = a->id;
		l->iline++;
	}
	view_up(l->c->view);
	return true;
}

static enum mews_rc
read_events(struct lists *l, size_t max, struct mews_err *err)
{
	struct mews_db *db = base_db(l->c->base, MEWS_HISTORY_DB);
	struct mews_event_filter own = *l->filter;

	own.only = base_only(l->c->base);
	return db == NULL
	    ? MEWS_OK
	    : mews_event_read(db, &own, l->event, max, &l->nevents, err);
}

enum mews_rc
event_both(struct page_ctx *c, const char *list,
    const struct mews_event_filter *filter, enum event_from from, size_t max,
    size_t *n, struct event_place *where, struct mews_err *err)
{
	struct lists *l = mews_alloc(1, sizeof(*l));
	enum mews_rc rc = MEWS_OK;

	*n = 0;
	*l = (struct lists){ .c = c,
		.filter = filter,
		.event = mews_alloc(max, sizeof(*l->event)),
		.before = where->audit };
	if (from != EVENT_FROM_BOX && filter->device == 0 &&
	    c->who->role == MEWS_ADMINISTRATOR)
		l->asks = ASKS;
	if (from != EVENT_FROM_PEOPLE)
		rc = read_events(l, max, err);
	while (rc == MEWS_OK && *n < max) {
		if (l->iline == l->nlines && l->asks > 0)
			rc = fill(l, err);
		if (rc != MEWS_OK || !step(l, list, *n, where))
			break;
		(*n)++;
	}
	free(l->event);
	free(l);
	return rc;
}
