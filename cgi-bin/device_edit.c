/*
 * device_edit.c - the form of one device: what it begins with, what the device
 * means for its line, saving it.
 */
#include "device_edit.h"

#include "burden.h"
#include "device.h"
#include "device_field.h"
#include "device_pulse.h"
#include "figure.h"
#include "order.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct request_field device_edit_fields[] = {
	{ "plate", REQUEST_TEXT, FORM_MOST },
	{ "name", REQUEST_TEXT, FORM_MOST },
	{ "line", REQUEST_TEXT, FORM_MOST },
	{ "unit", REQUEST_TEXT, FORM_MOST },
	{ "profile", REQUEST_TEXT, FORM_MOST },
	{ "place", REQUEST_TEXT, FORM_MOST },
	{ "every", REQUEST_TEXT, FORM_MOST },
	{ "rating", REQUEST_TEXT, FORM_MOST },
	{ "feeds", REQUEST_TEXT, FORM_MOST },
	{ "gateway", REQUEST_TEXT, FORM_MOST },
	{ "zone", REQUEST_TEXT, FORM_MOST },
	{ "group", REQUEST_TEXT, FORM_MOST },
	{ "panel", REQUEST_TEXT, FORM_MOST },
	{ "shown", REQUEST_TEXT, FORM_MOST },
	{ "seen", REQUEST_TEXT, FORM_MOST },
	DEVICE_PULSE_FIELDS,
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

void
device_edit_plate(const struct mews_site *s, char plate[12])
{
	unsigned n = 0;

	do
		(void)snprintf(plate, 12, "P%u", ++n % 100000);
	while (mews_site_plate(s, plate) != NULL);
}

/* The device that the form begins with. */
static void
begin(struct device_edit *e)
{
	const struct mews_site *s = base_site(e->c->base);
	const struct request *r = e->c->request;
	int64_t unit = 0;
	size_t i;

	if (e->was != NULL) {
		e->d = *e->was;
		return;
	}
	e->d = (struct mews_device){ .every_s = 5, .post = MEWS_POST_SUB };
	device_edit_plate(s, e->d.plate);
	if (s->nlines > 0)
		e->d.line = s->line[0].id;
	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, request_get(r, "line")) == 0)
			e->d.line = s->line[i].id;
	if (mews_str_int(request_get(r, "unit"), 1, 247, &unit))
		e->d.unit = (int)unit;
	(void)mews_str_copy(e->d.profile, sizeof(e->d.profile),
	    request_get(r, "profile"));
}

/* The inputs for pulses come with the type: they are asked for when it is
 * known, and read when they were on the form. */
static bool
take_pulses(struct device_edit *e)
{
	bool asked =
	    strcmp(request_get(e->c->request, "shown"), e->d.profile) == 0;
	const struct mews_quantity *q[BASE_QUANTITIES];

	if (!e->usable)
		return true;
	e->inputs =
	    device_pulse(&e->f, &e->profile, e->f.sent && asked, e->d.pulse);
	if (e->inputs == 0)
		return true;
	view_set(e->c->view, "Edit.shown", e->d.profile);
	if (e->f.sent && asked && e->f.nbad == 0 &&
	    mews_device_quantities(&e->d, &e->profile, q, MEWS_LEN(q)) == 0)
		form_wrong(&e->f, "in1_of", "devices.no_input", NULL);
	return asked;
}

/* More addresses than the model of the box has. */
static enum mews_rc
check_model(struct device_edit *e, struct mews_err *err)
{
	struct mews_db *db = base_db(e->c->base, MEWS_CONFIG_DB);
	struct mews_site s = *base_site(e->c->base);
	struct mews_site one = { .device = &e->d, .ndevices = 1 };
	struct mews_site old = { .device = (struct mews_device *)e->was,
		.ndevices = e->was != NULL };
	int64_t most = INT64_MAX, n;
	char text[24];
	enum mews_rc rc = MEWS_OK;

	if (db != NULL && (rc = mews_site_most(db, &most, err)) != MEWS_OK)
		return rc;
	n = mews_site_addresses(&s) + mews_site_addresses(&one) -
	    mews_site_addresses(&old);
	(void)snprintf(text, sizeof(text), "%" PRId64, most);
	if (n > most)
		form_wrong(&e->f, "", "devices.full", text,
		    most == 10 ? "PM1WS10" : "PM1WS32", NULL);
	return MEWS_OK;
}

/* What of a device decides how often its line is asked, and how much. */
static void
load_of(const struct device_edit *e, const struct mews_device *d,
    char text[160])
{
	const struct mews_line *l =
	    mews_site_line(base_site(e->c->base), d->line);
	unsigned inputs = 0;
	size_t i;

	for (i = 0; i < MEWS_PULSE_INPUTS; i++)
		if (d->pulse[i].quantity != NULL)
			inputs |= 1u << i;
	(void)snprintf(text, 160, "%s %s %d %u", l == NULL ? "" : l->name,
	    d->profile, d->every_s, inputs);
}

/* True when the visitor has seen what the device means for its line, or it
 * means what it did; shows it else. */
static bool
weighed(struct device_edit *e)
{
	const struct mews_line *l =
	    mews_site_line(base_site(e->c->base), e->d.line);
	struct mews_budget before, after;
	char old[160] = "", new[160];

	if (e->was != NULL)
		load_of(e, e->was, old);
	load_of(e, &e->d, new);
	if (strcmp(old, new) == 0 ||
	    strcmp(request_get(e->c->request, "seen"), new) == 0)
		return true;
	burden_now(e->c, l, 0, &before);
	burden_with(e->c, l, &e->d, &e->profile, &after);
	view_set(e->c->view, "Edit.seen", new);
	view_say(e->c->view, "Edit.line", "devices.line_means", e->d.plate,
	    l->name, NULL);
	burden_set(e->c, "Edit.before", &before);
	burden_set(e->c, "Edit.after", &after);
	return false;
}

static enum mews_rc
save(struct device_edit *e, struct mews_err *err)
{
	struct mews_buf text = { 0 };
	char path[FIGURE];
	enum mews_rc rc;

	mews_site_device_text(base_site(e->c->base), &e->d, &text);
	text.s[strcspn(text.s, "\n")] = '\0';
	rc = order_send(e->c, NULL, err, "device-put", "was",
	    e->was == NULL ? "" : e->was->plate, "text", text.s, NULL);
	mews_buf_clear(&text);
	if (rc == MEWS_OK)
		form_go(e->c, figure_device_path(path, &e->d, ""), "saved");
	else
		form_refused(&e->f, rc, err);
	return rc;
}

/* What the page says beside the form. */
static void
frame(struct device_edit *e, size_t i)
{
	struct page_ctx *c = e->c;
	char text[FIGURE];

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "devices.add"));
	view_int(c->view, "Edit.lines", (int64_t)base_site(c->base)->nlines);
	view_set(c->view, "Edit.action", "/devices/add");
	if (e->was == NULL)
		return;
	(void)snprintf(c->title, sizeof(c->title), "%s %s", e->was->plate,
	    e->was->name);
	view_set(c->view, "Edit.plate", e->was->plate);
	view_set(c->view, "Edit.name", e->was->name);
	view_set(c->view, "Edit.action", figure_device_path(text, e->was, ""));
	view_set(c->view, "Edit.test",
	    figure_device_path(text, e->was, "/test"));
	view_set(c->view, "Edit.registers",
	    figure_device_path(text, e->was, "/registers"));
	view_set(c->view, "Edit.remove",
	    figure_device_path(text, e->was, "/remove"));
	view_set(c->view, "Edit.meter", figure_path(text, e->was));
	view_set(c->view, "Edit.state", device_state(c, i));
	view_set(c->view, "Edit.says", device_says(c, i, text));
}

enum mews_rc
device_edit(struct page_ctx *c, size_t i, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	struct device_edit e = { .c = c,
		.was = i < s->ndevices ? &s->device[i] : NULL };
	enum mews_rc rc;
	bool asked;

	form_begin(&e.f, c);
	begin(&e);
	if ((rc = device_field_take(&e, err)) != MEWS_OK)
		goto out;
	asked = take_pulses(&e);
	if (e.f.sent && e.f.nbad == 0 && asked &&
	    (rc = check_model(&e, err)) == MEWS_OK && e.f.nbad == 0 &&
	    weighed(&e) && save(&e, err) == MEWS_OK)
		goto out;
	view_int(c->view, "Edit.ask", e.f.sent && !asked && e.f.nbad == 0);
	frame(&e, i);
out:
	if (e.readable)
		mews_profile_clear(&e.profile);
	return rc;
}
