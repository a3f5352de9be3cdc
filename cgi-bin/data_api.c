/*
 * data_api.c - /api/v1/...: the site, its devices and what happened, as JSON
 * for programs.
 *
 * etc/openapi.json describes all of /api/v1; a test holds it against what comes.
 */
#include "event.h"
#include "json.h"
#include "page.h"
#include "str.h"

#include <inttypes.h>
#include <string.h>

#define EVENTS 100 /* in one answer */

static enum mews_rc
show_site(struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);
	struct mews_buf *b = &c->reply->body;
	char stamp[MEWS_STAMP];

	mews_calendar_utc(c->now, stamp);
	mews_buf_byte(b, '{');
	mews_json_member(b, "name", s->name);
	mews_json_member(b, "board", s->board);
	mews_json_member(b, "zone", s->zone[0] == '\0' ? "UTC" : s->zone);
	mews_json_member(b, "version", MEWS_VERSION);
	mews_json_member(b, "time", stamp);
	mews_json_int(b, "devices", (int64_t)s->ndevices);
	mews_buf_str(b, "}\n");
	return MEWS_OK;
}

static void
put_quantities(struct page_ctx *c, size_t device)
{
	static const char *const kinds[] = { "counter", "gauge", "state" };
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, device, q, MEWS_LEN(q)), i;
	struct mews_buf *b = &c->reply->body;

	mews_json_name(b, "quantities");
	mews_buf_byte(b, '[');
	for (i = 0; i < n; i++) {
		mews_json_next(b);
		mews_buf_byte(b, '{');
		mews_json_member(b, "name", q[i]->name);
		mews_json_member(b, "unit", q[i]->unit);
		mews_json_int(b, "decimals", q[i]->decimals);
		mews_json_member(b, "kind", kinds[q[i]->kind]);
		mews_json_member(b, "obis", q[i]->obis);
		mews_buf_byte(b, '}');
	}
	mews_buf_byte(b, ']');
}

static enum mews_rc
show_devices(struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);
	struct mews_buf *b = &c->reply->body;
	const struct mews_live_device *live;
	size_t i;

	mews_buf_str(b, "{\"devices\":[");
	for (i = 0; i < s->ndevices; i++) {
		const struct mews_device *d = &s->device[i];

		live = mews_live_device(base_live(c->base), d->id);
		mews_json_next(b);
		mews_buf_byte(b, '{');
		mews_json_int(b, "id", d->id);
		mews_json_member(b, "plate", d->plate);
		mews_json_member(b, "name", d->name);
		mews_json_member(b, "zone", d->zone);
		mews_json_member(b, "panel", d->panel);
		mews_json_member(b, "group", mews_group_name(d->group));
		mews_json_member(b, "place", mews_post_name(d->post));
		mews_json_bool(b, "answers",
		    live != NULL && live->answer == MEWS_ANSWERS);
		mews_json_int(b, "last", live == NULL ? 0 : live->last);
		put_quantities(c, i);
		mews_buf_byte(b, '}');
	}
	mews_buf_str(b, "]}\n");
	return MEWS_OK;
}

static void
put_event(struct mews_buf *b, const struct mews_event *e)
{
	size_t i, n = strlen(e->kind->args);

	mews_json_next(b);
	mews_buf_byte(b, '{');
	mews_json_int(b, "id", e->id);
	mews_json_int(b, "t", e->t);
	mews_json_member(b, "kind", e->kind->name);
	mews_json_member(b, "severity", mews_severity_name(e->kind->severity));
	mews_json_int(b, "device", e->device);
	mews_json_member(b, "subject", e->subject);
	mews_json_member(b, "who", e->who);
	mews_json_member(b, "says", e->kind->says);
	mews_json_name(b, "args");
	mews_buf_byte(b, '[');
	for (i = 0; i < n && i < MEWS_EVENT_ARGS; i++) {
		mews_json_next(b);
		mews_json_text(b, e->arg[i]);
	}
	mews_buf_str(b, "]}");
}

/* next: where to go on, 0 behind the last. */
static enum mews_rc
show_events(struct page_ctx *c, struct mews_err *err)
{
	static struct mews_event e[EVENTS];
	struct mews_event_filter filter = { .only = base_only(c->base) };
	const char *least = request_get(c->request, "least");
	struct mews_db *history = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_buf *b = &c->reply->body;
	size_t n = 0, i;
	enum mews_rc rc = MEWS_OK;

	if (least[0] != '\0' && !mews_severity_find(least, &filter.least))
		return mews_fail(err, MEWS_BAD, "least is no severity");
	if (request_get(c->request, "before")[0] != '\0' &&
	    !mews_str_int(request_get(c->request, "before"), 1, INT64_MAX,
		&filter.before))
		return mews_fail(err, MEWS_BAD, "before is no id");
	if (history != NULL)
		rc = mews_event_read(history, &filter, e, EVENTS, &n, err);
	if (rc != MEWS_OK)
		return rc;
	mews_buf_str(b, "{\"events\":[");
	for (i = 0; i < n; i++)
		put_event(b, &e[i]);
	mews_buf_printf(b, "],\"next\":%" PRId64 "}\n",
	    n == EVENTS ? e[n - 1].id : 0);
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	c->reply->type = "application/json";
	if (strcmp(c->part, "site") == 0)
		return show_site(c);
	if (strcmp(c->part, "devices") == 0)
		return show_devices(c);
	if (strcmp(c->part, "events") == 0)
		return show_events(c, err);
	return mews_fail(err, MEWS_NONE, "no such part of the API");
}

static const struct request_field fields[] = {
	{ "least", REQUEST_WORD, 8 },
	{ "before", REQUEST_DAY, 20 },
	{ NULL, REQUEST_WORD, 0 },
};

const struct page data_api = {
	.path = "/api/v1/*",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.machine = true,
	.key = true,
	.fields = fields,
	.show = show,
};
