/*
 * page_events.c - what happened, the newest first.
 */
#include "event_both.h"
#include "form.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 50

static const struct request_field fields[] = {
	{ "least", REQUEST_WORD, FORM_MOST },
	{ "from", REQUEST_WORD, FORM_MOST },
	{ "device", REQUEST_TEXT, FORM_MOST },
	{ "day", REQUEST_TEXT, FORM_MOST },
	{ "before", REQUEST_DAY, 20 },
	{ "audit", REQUEST_DAY, 20 },
	{ NULL, REQUEST_WORD, 0 },
};

/* From which severity on; another word is as none. */
static void
read_least(struct form *f, struct mews_event_filter *out)
{
	const char *chosen = form_choose(f, "least", "info");
	char key[32];
	int i;

	if (!mews_severity_find(chosen, &out->least))
		out->least = MEWS_INFO;
	for (i = MEWS_INFO; i <= MEWS_ALARM; i++) {
		(void)snprintf(key, sizeof(key), "events.least.%s",
		    mews_severity_name((enum mews_severity)i));
		form_option(f, mews_severity_name((enum mews_severity)i),
		    view_word(f->c->view, key), false);
	}
}

/* Whose events; who is not shown what mews-auth noted is not asked. */
static enum event_from
read_from(struct form *f)
{
	static const char *const words[] = { "both", "box", "people" };
	const char *chosen = form_choose(f, "from", "both");
	enum event_from out = EVENT_FROM_BOTH;
	char key[32];
	size_t i;

	view_int(f->c->view, "Events.people",
	    f->c->who->role == MEWS_ADMINISTRATOR);
	for (i = 0; i < MEWS_LEN(words); i++) {
		(void)snprintf(key, sizeof(key), "events.from.%s", words[i]);
		form_option(f, words[i], view_word(f->c->view, key), false);
		if (strcmp(chosen, words[i]) == 0)
			out = (enum event_from)i;
	}
	return out;
}

static void
read_device(struct form *f, struct mews_event_filter *out)
{
	const struct mews_site *site = base_site(f->c->base);
	const char *plate = form_choose(f, "device", "");
	const struct mews_device *d = mews_site_plate(site, plate);
	char text[96];
	size_t i;

	form_option(f, "", view_word(f->c->view, "events.all_devices"), false);
	for (i = 0; i < site->ndevices; i++) {
		(void)snprintf(text, sizeof(text), "%s %s",
		    site->device[i].plate, site->device[i].name);
		form_option(f, site->device[i].plate, text, false);
	}
	if (d != NULL)
		out->device = d->id;
	else if (plate[0] != '\0')
		form_wrong(f, "device", "events.no_device", plate, NULL);
}

static void
read_day(struct form *f, struct mews_event_filter *out)
{
	const char *day = form_text(f, "day", "");
	enum mews_level level;
	int64_t t;

	if (day[0] == '\0')
		return;
	if (mews_calendar_parse(day, &t, &level, NULL) != MEWS_OK) {
		form_wrong(f, "day", "events.no_day", day, NULL);
		return;
	}
	out->from = t;
	out->to = mews_calendar_step(level, t, 1);
}

/* Of the filter only what fits it goes into the path. */
static void
set_older(struct page_ctx *c, const struct mews_event_filter *filter,
    const struct event_place *where)
{
	const char *from = request_get(c->request, "from");
	struct mews_buf b = { 0 };

	mews_buf_printf(&b,
	    "/events?before=%" PRId64 "&audit=%" PRId64 "&least=%s",
	    where->event, where->audit, mews_severity_name(filter->least));
	if (from[0] != '\0')
		mews_buf_printf(&b, "&from=%s", from);
	if (filter->device != 0)
		mews_buf_printf(&b, "&device=%s",
		    request_get(c->request, "device"));
	if (filter->to != 0)
		mews_buf_printf(&b, "&day=%s", request_get(c->request, "day"));
	view_set(c->view, "Events.older", b.s);
	mews_buf_clear(&b);
}

/* Why the list is empty, when it is. */
static const char *
nothing(const struct form *f, const struct mews_event_filter *filter,
    bool paged)
{
	if (f->nbad != 0)
		return "events.not_read";
	if (paged)
		return "events.no_more";
	return filter->least != MEWS_INFO || filter->device != 0 ||
		filter->to != 0
	    ? "events.none_fit"
	    : "events.none";
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_event_filter filter = { 0 };
	struct event_place where = { 0 };
	enum event_from from;
	struct form f;
	bool paged;
	size_t n = 0;
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "menu.events"));
	form_begin(&f, c);
	f.sent = true;
	read_least(&f, &filter);
	from = read_from(&f);
	read_device(&f, &filter);
	read_day(&f, &filter);
	if (!mews_str_int(request_get(c->request, "before"), 1, INT64_MAX,
		&filter.before))
		filter.before = 0;
	if (!mews_str_int(request_get(c->request, "audit"), 1, INT64_MAX,
		&where.audit))
		where.audit = 0;
	where.event = filter.before;
	paged = where.event != 0 || where.audit != 0;
	view_int(c->view, "Events.paged", paged);
	view_set(c->view, "Events.nothing",
	    view_word(c->view, nothing(&f, &filter, paged)));
	if (f.nbad == 0)
		rc = event_both(c, "Events.event", &filter, from, SHOWN, &n,
		    &where, err);
	view_int(c->view, "Events.n", (int64_t)n);
	if (n == SHOWN)
		set_older(c, &filter, &where);
	return rc;
}

const struct page page_events = {
	.path = "/events",
	.name = "events",
	.menu = "events",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
