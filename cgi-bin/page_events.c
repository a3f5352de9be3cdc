/*
 * page_events.c - what happened, the newest first.
 */
#include "event_say.h"
#include "form.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 50

static const struct request_field fields[] = {
	{ "least", REQUEST_WORD, FORM_MOST },
	{ "device", REQUEST_TEXT, FORM_MOST },
	{ "day", REQUEST_TEXT, FORM_MOST },
	{ "before", REQUEST_DAY, 20 },
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
    int64_t before)
{
	struct mews_buf b = { 0 };

	mews_buf_printf(&b, "/events?before=%" PRId64 "&least=%s", before,
	    mews_severity_name(filter->least));
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
nothing(const struct form *f, const struct mews_event_filter *filter)
{
	if (f->nbad != 0)
		return "events.not_read";
	if (filter->before != 0)
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
	int64_t last = 0;
	struct form f;
	size_t n = 0;
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "menu.events"));
	form_begin(&f, c);
	f.sent = true;
	read_least(&f, &filter);
	read_device(&f, &filter);
	read_day(&f, &filter);
	if (!mews_str_int(request_get(c->request, "before"), 1, INT64_MAX,
		&filter.before))
		filter.before = 0;
	view_int(c->view, "Events.paged", filter.before != 0);
	view_set(c->view, "Events.nothing",
	    view_word(c->view, nothing(&f, &filter)));
	if (f.nbad == 0)
		rc = event_list(c, "Events.event", &filter, SHOWN, &n, &last,
		    err);
	view_int(c->view, "Events.n", (int64_t)n);
	if (n == SHOWN)
		set_older(c, &filter, last);
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
