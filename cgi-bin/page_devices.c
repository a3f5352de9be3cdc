/*
 * page_devices.c - what hangs on the bus: every device of the site, by line,
 * zone, panel or use; and those that were removed.
 */
#include "breaker.h"
#include "burden.h"
#include "device.h"
#include "figure.h"
#include "form.h"
#include "order.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define REMOVED 8
#define UNDO_S  600 /* so long a removal stands on top */

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "id", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const char *
line_of(const struct page_ctx *c, const struct mews_device *d)
{
	const struct mews_line *l = mews_site_line(base_site(c->base), d->line);

	return l == NULL ? "" : l->name;
}

static const char *
zone_of(const struct page_ctx *c, const struct mews_device *d)
{
	(void)c;
	return d->zone;
}

static const char *
panel_of(const struct page_ctx *c, const struct mews_device *d)
{
	(void)c;
	return d->panel;
}

static const char *
group_of(const struct page_ctx *c, const struct mews_device *d)
{
	(void)c;
	return mews_group_name(d->group);
}

static const struct order_by {
	const char *id;
	const char *(*of)(const struct page_ctx *, const struct mews_device *);
} orders[] = {
	{ "line", line_of },
	{ "panel", panel_of },
	{ "zone", zone_of },
	{ "group", group_of },
};

static void
set_device(struct page_ctx *c, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_profile *p = base_profile(c->base, i);
	char text[FIGURE], model[160];

	view_set(c->view, "plate", d->plate);
	view_set(c->view, "name", d->name);
	view_set(c->view, "path", figure_device_path(text, d, ""));
	view_set(c->view, "test", figure_device_path(text, d, "/test"));
	view_set(c->view, "state", device_state(c, i));
	view_set(c->view, "says", device_says(c, i, text));
	view_set(c->view, "line", line_of(c, d));
	view_int(c->view, "unit", d->unit);
	view_int(c->view, "every", d->every_s);
	(void)snprintf(model, sizeof(model), "medium.%s", device_medium(c, i));
	view_set(c->view, "medium", view_word(c->view, model));
	if (p != NULL) {
		(void)snprintf(model, sizeof(model), "%s %s", p->vendor,
		    p->model);
		view_set(c->view, "type", model);
	}
}

/* Heading of a section; a line says what it carries. */
static void
set_section(struct page_ctx *c, const struct order_by *by, const char *key)
{
	const struct mews_site *s = base_site(c->base);
	enum mews_group group;
	struct mews_budget b;
	char word[40];
	size_t i;

	(void)snprintf(word, sizeof(word), "devices.without_%s", by->id);
	view_set(c->view, "name",
	    key[0] == '\0' ? view_word(c->view, word) : key);
	if (by->of == group_of && mews_group_find(key, &group))
		view_set(c->view, "name", device_group(c, group));
	for (i = 0; by->of == line_of && i < s->nlines; i++)
		if (strcmp(s->line[i].name, key) == 0) {
			view_say(c->view, "name", "devices.line_name", key,
			    NULL);
			view_set(c->view, "note", s->line[i].path);
			burden_now(c, &s->line[i], 0, &b);
			burden_set(c, "burden", &b);
		}
}

static void
set_sections(struct page_ctx *c, const struct order_by *by)
{
	const struct mews_site *s = base_site(c->base);
	size_t i, k, n, sections = 0;

	for (i = 0; i < s->ndevices; i++) {
		const char *key = by->of(c, &s->device[i]);

		for (k = 0; k < i; k++)
			if (strcmp(by->of(c, &s->device[k]), key) == 0)
				break;
		if (k < i)
			continue;
		view_row(c->view, "Devices.section", sections++);
		set_section(c, by, key);
		for (k = i, n = 0; k < s->ndevices; k++)
			if (strcmp(by->of(c, &s->device[k]), key) == 0) {
				view_row(c->view, "device", n++);
				set_device(c, k);
				view_up(c->view);
			}
		view_up(c->view);
	}
}

static const struct order_by *
set_orders(struct page_ctx *c)
{
	const char *asked = request_get(c->request, "by");
	const struct order_by *by = &orders[0];
	char key[40];
	size_t i;

	for (i = 0; i < MEWS_LEN(orders); i++)
		if (strcmp(orders[i].id, asked) == 0)
			by = &orders[i];
	for (i = 0; i < MEWS_LEN(orders); i++) {
		view_row(c->view, "Devices.by", i);
		(void)snprintf(key, sizeof(key), "devices.by_%s", orders[i].id);
		view_set(c->view, "id", orders[i].id);
		view_set(c->view, "name", view_word(c->view, key));
		view_int(c->view, "here", by == &orders[i]);
		view_up(c->view);
	}
	return by;
}

/* "15 of 32 addresses used." */
static enum mews_rc
set_used(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	int64_t most = INT64_MAX;
	char used[24], all[24];
	enum mews_rc rc = MEWS_OK;

	if (db != NULL && (rc = mews_site_most(db, &most, err)) != MEWS_OK)
		return rc;
	(void)snprintf(used, sizeof(used), "%" PRId64,
	    mews_site_addresses(base_site(c->base)));
	(void)snprintf(all, sizeof(all), "%" PRId64, most);
	view_say(c->view, "Devices.used",
	    most == INT64_MAX ? "devices.used_free" : "devices.used", used, all,
	    NULL);
	return MEWS_OK;
}

/* The newest on top for a while, with its way back. */
static enum mews_rc
set_removed(struct page_ctx *c, struct mews_err *err)
{
	struct mews_removed list[REMOVED];
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	char since[FIGURE], id[24];
	enum mews_rc rc = MEWS_OK;
	size_t i, n = 0;

	if (db != NULL)
		rc = mews_site_removed(db, list, REMOVED, &n, err);
	for (i = 0; rc == MEWS_OK && i < n; i++) {
		view_row(c->view, "Devices.removed", i);
		(void)snprintf(id, sizeof(id), "%" PRId64, list[i].id);
		view_set(c->view, "id", id);
		view_set(c->view, "plate", list[i].plate);
		view_set(c->view, "since", device_since(c, since, list[i].t));
		view_up(c->view);
		if (i == 0 && list[i].t + UNDO_S > c->now &&
		    strcmp(request_get(c->request, "done"), "restored") != 0)
			view_say(c->view, "Devices.gone", "devices.removed",
			    list[i].plate, NULL);
	}
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;
	enum mews_rc rc;

	form_begin(&f, c);
	if (f.sent) {
		rc = order_send(c, NULL, err, "device-restore", "id",
		    request_get(c->request, "id"), NULL);
		if (rc == MEWS_OK) {
			form_go(c, "/devices", "restored");
			return MEWS_OK;
		}
		if (rc == MEWS_BAD)
			form_wrong(&f, "", "devices.not_restored", NULL);
		else
			form_refused(&f, rc, err);
	}
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "devices.title"));
	view_int(c->view, "Devices.n", (int64_t)base_site(c->base)->ndevices);
	view_int(c->view, "Devices.breakers", breaker_any(c));
	set_sections(c, set_orders(c));
	if ((rc = set_used(c, err)) == MEWS_OK)
		rc = set_removed(c, err);
	return rc;
}

const struct page page_devices = {
	.path = "/devices",
	.name = "devices",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
