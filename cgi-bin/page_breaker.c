/*
 * page_breaker.c - one breaker, and what was done to it.
 */
#include "breaker.h"
#include "device.h"
#include "event.h"
#include "figure.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

#define SHOWN 20 /* events */

/* One that is about switching, as a sentence of the language.  The second
 * argument is a person's reason, or the result of a job. */
static void
set_event(struct page_ctx *c, const struct mews_event *e)
{
	char key[32], result[128], since[FIGURE];
	size_t n = strlen("operate-");
	bool alarm = e->kind->severity == MEWS_ALARM;
	struct mews_buf why = { 0 };

	(void)snprintf(key, sizeof(key), "breaker.event_%s", e->kind->name + n);
	(void)snprintf(result, sizeof(result), "result.answer_%s", e->arg[1]);
	if (alarm)
		view_tell(c->view, &why, result, e->subject, "", "", "", "", "",
		    NULL);
	else
		mews_buf_str(&why, e->arg[1]);
	mews_buf_str(&why, "");
	view_set(c->view, "t", device_since(c, since, e->t));
	view_say(c->view, "says", key, breaker_verb(c, e->arg[0]), why.s,
	    e->who, NULL);
	mews_buf_clear(&why);
	view_int(c->view, "alarm", alarm);
}

static enum mews_rc
set_events(struct page_ctx *c, const struct mews_device *d,
    struct mews_err *err)
{
	struct mews_event_filter filter = { .device = d->id };
	struct mews_event event[MEWS_EVENT_READS];
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	size_t n = 0, i, row = 0;
	enum mews_rc rc = db == NULL
	    ? MEWS_OK
	    : mews_event_read(db, &filter, event, MEWS_LEN(event), &n, err);

	for (i = 0; i < n && row < SHOWN; i++) {
		if (strncmp(event[i].kind->name, "operate-", 8) != 0)
			continue;
		view_row(c->view, "event", row++);
		set_event(c, &event[i]);
		view_up(c->view);
	}
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	const struct mews_device *d;
	char text[FIGURE];
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices || !breaker_is(c, i))
		return mews_fail(err, MEWS_NONE, "no such breaker");
	d = &base_site(c->base)->device[i];
	(void)snprintf(c->title, sizeof(c->title), "%s %s", d->plate, d->name);
	view_down(c->view, "Breaker");
	rc = breaker_set(c, i, err);
	if (rc == MEWS_OK)
		rc = set_events(c, d, err);
	view_set(c->view, "meter", figure_path(text, d));
	view_up(c->view);
	return rc;
}

const struct page page_breaker = {
	.path = "/breakers/*",
	.name = "breaker",
	.menu = "devices",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
