/*
 * breaker.c - a device that can be switched.
 *
 * Everything is read from what the poller and the recorder keep: a page about
 * a breaker never asks the bus.  Since when it stands so is looked up in the
 * minutes of a day, which also know of a hand on the lever.
 */
#include "breaker.h"

#include "device.h"
#include "event.h"
#include "figure.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400

bool
breaker_is(const struct page_ctx *c, size_t i)
{
	const struct mews_profile *p = base_profile(c->base, i);

	return p != NULL && p->ncommands > 0;
}

bool
breaker_any(const struct page_ctx *c)
{
	size_t i = base_site(c->base)->ndevices;

	while (i > 0)
		if (breaker_is(c, --i))
			return true;
	return false;
}

const struct mews_profile_command *
breaker_command(const struct mews_profile *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->ncommands; i++)
		if (strcmp(p->command[i].name, name) == 0)
			return &p->command[i];
	return NULL;
}

static bool
stands(const struct mews_profile_command *k, int64_t state, int64_t at)
{
	return (int64_t)((uint64_t)state & k->mask) == at;
}

enum breaker_position
breaker_position(const struct mews_profile *p, int64_t state)
{
	const struct mews_profile_command *open = breaker_command(p, "open");
	const struct mews_profile_command *close = breaker_command(p, "close");

	if (close != NULL && close->unless >= 0 &&
	    stands(close, state, close->unless))
		return BREAKER_TRIPPED;
	if (open != NULL && stands(open, state, open->wanted))
		return BREAKER_OPEN;
	if (close != NULL && stands(close, state, close->wanted))
		return BREAKER_CLOSED;
	return BREAKER_UNKNOWN;
}

static const struct mews_quantity *
state_of(const struct page_ctx *c, size_t i)
{
	return base_profile(c->base, i)->command[0].state;
}

static const struct mews_live_value *
live(const struct page_ctx *c, size_t i, const char *quantity)
{
	const struct mews_live_value *v = mews_live_find(base_live(c->base),
	    base_site(c->base)->device[i].id, quantity);

	return v == NULL || v->missing ? NULL : v;
}

enum breaker_position
breaker_now(const struct page_ctx *c, size_t i)
{
	const struct mews_live_value *v = live(c, i, state_of(c, i)->name);

	return v == NULL || device_old(c)
	    ? BREAKER_UNKNOWN
	    : breaker_position(base_profile(c->base, i), v->value);
}

static const char *const positions[] = {
	[BREAKER_UNKNOWN] = "unknown",
	[BREAKER_OPEN] = "open",
	[BREAKER_CLOSED] = "closed",
	[BREAKER_TRIPPED] = "tripped",
};

const char *
breaker_word(const struct page_ctx *c, enum breaker_position at)
{
	char key[32];

	(void)snprintf(key, sizeof(key), "breaker.is_%s", positions[at]);
	return view_word(c->view, key);
}

const char *
breaker_verb(const struct page_ctx *c, const char *command)
{
	char key[48];
	const char *word;

	(void)snprintf(key, sizeof(key), "breaker.do_%s", command);
	word = view_word(c->view, key);
	return word[0] == '\0' ? command : word;
}

const char *
breaker_path(char *text, size_t size, const struct mews_device *d,
    const char *tail)
{
	char path[FIGURE];

	/* "/meters/P1" */
	(void)snprintf(text, size, "/breakers/%s%s",
	    figure_path(path, d) + strlen("/meters/"), tail);
	return text;
}

/* The minute it came to stand as it does; 0 when that is longer ago than a
 * day, or not known. */
static enum mews_rc
find_since(struct page_ctx *c, size_t i, enum breaker_position at, int64_t *out,
    struct mews_err *err)
{
	const struct mews_profile *p = base_profile(c->base, i);
	struct mews_buckets list;
	size_t k;
	enum mews_rc rc = base_read(c->base, &base_site(c->base)->device[i],
	    state_of(c, i)->name, MEWS_MINUTE, c->now - DAY, c->now, c->now,
	    &list, err);

	*out = 0;
	for (k = list.n; k > 0; k--)
		if (breaker_position(p, list.b[k - 1].end) != at)
			break;
	if (rc == MEWS_OK && k > 0)
		*out = k < list.n ? list.b[k].t : list.b[k - 1].t + 60;
	mews_buckets_clear(&list);
	return rc;
}

/* The newest command that was done, when it is what led here. */
static enum mews_rc
find_who(struct page_ctx *c, size_t i, enum breaker_position at,
    struct mews_event *out, struct mews_err *err)
{
	struct mews_event_filter filter = {
		.device = base_site(c->base)->device[i].id
	};
	struct mews_event event[MEWS_EVENT_READS];
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_profile_command *m;
	size_t n = 0, k;
	enum mews_rc rc = db == NULL
	    ? MEWS_OK
	    : mews_event_read(db, &filter, event, MEWS_LEN(event), &n, err);

	out->t = 0;
	for (k = 0; k < n; k++)
		if (strcmp(event[k].kind->name, "operate-done") == 0)
			break;
	m = k < n ? breaker_command(p, event[k].arg[0]) : NULL;
	if (m != NULL && breaker_position(p, m->wanted) == at)
		*out = event[k];
	return rc;
}

/* A minute later than the command, somebody else moved it since. */
static enum mews_rc
set_since(struct page_ctx *c, size_t i, enum breaker_position at,
    struct mews_err *err)
{
	struct mews_event e = { 0 };
	char text[FIGURE];
	int64_t since;
	enum mews_rc rc;

	if (at == BREAKER_UNKNOWN)
		return MEWS_OK;
	if ((rc = find_since(c, i, at, &since, err)) != MEWS_OK ||
	    (rc = find_who(c, i, at, &e, err)) != MEWS_OK)
		return rc;
	if (e.t != 0 && since <= e.t + 120) {
		since = e.t;
		view_set(c->view, "who", e.who);
	}
	if (since != 0)
		view_set(c->view, "since", device_since(c, text, since));
	return MEWS_OK;
}

/* The largest of its phases. */
static void
set_current(struct page_ctx *c, size_t i)
{
	static const char *const phases[] = { "current_l1", "current_l2",
		"current_l3" };
	const struct mews_live_value *v, *most = NULL;
	char text[FIGURE];
	size_t k;

	for (k = 0; k < MEWS_LEN(phases); k++)
		if ((v = live(c, i, phases[k])) != NULL &&
		    (most == NULL || v->value > most->value))
			most = v;
	if (most != NULL)
		view_set(c->view, "current",
		    figure_value(c, text, most->quantity, most->value));
}

/* Why it tripped, where its profile says how that is read. */
static void
set_cause(struct page_ctx *c, size_t i)
{
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_live_value *v;
	char key[48], *dash;
	size_t k;

	for (k = 0; k < p->ncauses; k++) {
		v = live(c, i, p->cause[k].state->name);
		if (v == NULL ||
		    ((uint64_t)v->value & p->cause[k].mask) !=
			(uint64_t)p->cause[k].is)
			continue;
		(void)snprintf(key, sizeof(key), "breaker.cause.%s",
		    p->cause[k].word);
		if ((dash = strchr(key, '-')) != NULL)
			*dash = '_';
		view_set(c->view, "cause", view_word(c->view, key));
		return;
	}
}

static void
set_acts(struct page_ctx *c, size_t i, enum breaker_position at)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_live_value *v = live(c, i, state_of(c, i)->name);
	char path[160], tail[48];
	size_t k;

	for (k = 0; k < p->ncommands; k++) {
		const struct mews_profile_command *m = &p->command[k];
		bool there = v != NULL && stands(m, v->value, m->wanted);
		bool barred = v != NULL && m->unless >= 0 &&
		    stands(m, v->value, m->unless);

		if (there && at != BREAKER_UNKNOWN)
			continue;
		if (strcmp(m->name, "reset") == 0 && at != BREAKER_TRIPPED)
			continue;
		(void)snprintf(tail, sizeof(tail), "/operate?command=%s",
		    m->name);
		view_row(c->view, "act", k);
		view_set(c->view, "command", m->name);
		view_set(c->view, "button", breaker_verb(c, m->name));
		view_set(c->view, "path",
		    breaker_path(path, sizeof(path), d, tail));
		view_int(c->view, "off", barred);
		view_up(c->view);
	}
}

enum mews_rc
breaker_set(struct page_ctx *c, size_t i, struct mews_err *err)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	enum breaker_position at = breaker_now(c, i);
	char text[160];

	view_set(c->view, "plate", d->plate);
	view_set(c->view, "name", d->name);
	view_set(c->view, "path", breaker_path(text, sizeof(text), d, ""));
	view_set(c->view, "position", positions[at]);
	view_set(c->view, "word", breaker_word(c, at));
	view_set(c->view, "state", device_state(c, i));
	view_set(c->view, "condition", device_says(c, i, text));
	view_set(c->view, "zone", d->zone);
	view_set(c->view, "panel", d->panel);
	view_set(c->view, "feeds", d->feeds);
	set_current(c, i);
	if (at == BREAKER_TRIPPED)
		set_cause(c, i);
	if (c->who->role != MEWS_USER)
		set_acts(c, i, at);
	return set_since(c, i, at, err);
}
