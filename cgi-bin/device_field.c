/*
 * device_field.c - the fields of a device's form.
 *
 * Every mistake is found here, beside its field and in the visitor's language;
 * mewsd checks the same again.
 */
#include "device_field.h"

#include "device.h"
#include "profile_choices.h"
#include "site_profile.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
meters(const struct page_ctx *c, char path[MEWS_PATH])
{
	return mews_place_path(c->place, MEWS_METERS, path);
}

/* The profile that is chosen. */
static void
find_profile(struct device_edit *e)
{
	char dir[MEWS_PATH];
	struct mews_err err;
	bool own;

	e->readable = e->d.profile[0] != '\0' &&
	    mews_site_profile_look(base_db(e->c->base, MEWS_CONFIG_DB),
		meters(e->c, dir), e->d.profile, &e->profile, &own,
		&err) == MEWS_OK;
	e->usable = e->readable && e->profile.lacks[0] == '\0';
}

static bool
plated(const char *s)
{
	return s[0] != '\0' &&
	    strlen(s) < sizeof(((struct mews_device *)0)->plate) &&
	    s[strspn(s,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0';
}

static void
take_plate(struct device_edit *e)
{
	static const char *const ours[] = { "add", "scan", "try", ".", ".." };
	const char *plate = form_text(&e->f, "plate", e->d.plate);
	const struct mews_device *other;
	size_t i;

	if (!e->f.sent)
		return;
	if (!plated(plate)) {
		form_wrong(&e->f, "plate", "devices.no_plate", NULL);
		return;
	}
	for (i = 0; i < MEWS_LEN(ours); i++)
		if (strcmp(ours[i], plate) == 0)
			form_wrong(&e->f, "plate", "devices.our_plate", plate,
			    NULL);
	other = mews_site_plate(base_site(e->c->base), plate);
	if (other != NULL && other->id != e->d.id)
		form_wrong(&e->f, "plate", "devices.plate_used", plate,
		    other->name, NULL);
	(void)mews_str_copy(e->d.plate, sizeof(e->d.plate), plate);
}

/* A text of at most size - 1 bytes; it may be empty when least is 0. */
static void
take_text(struct device_edit *e, const char *name, char *to, size_t size,
    size_t least)
{
	form_copy(&e->f, name, to, size);
	if (e->f.sent && strlen(request_get(e->f.c->request, name)) < least)
		form_wrong(&e->f, name, "devices.no_name", NULL);
}

static void
take_line(struct device_edit *e)
{
	const struct mews_site *s = base_site(e->c->base);
	const struct mews_line *l = mews_site_line(s, e->d.line);
	const char *typed =
	    form_choose(&e->f, "line", l == NULL ? "" : l->name);
	struct mews_buf text = { 0 };
	size_t i;

	if (e->f.sent)
		e->d.line = 0;
	for (i = 0; i < s->nlines; i++) {
		mews_buf_reset(&text);
		mews_buf_printf(&text, "%s, %s", s->line[i].name,
		    s->line[i].path);
		form_option(&e->f, s->line[i].name, text.s, false);
		if (e->f.sent && strcmp(s->line[i].name, typed) == 0)
			e->d.line = s->line[i].id;
	}
	mews_buf_clear(&text);
	if (e->f.sent && e->d.line == 0)
		form_wrong(&e->f, "line", "devices.no_line", NULL);
}

static void
take_unit(struct device_edit *e)
{
	const struct mews_site *s = base_site(e->c->base);
	const struct mews_line *l = mews_site_line(s, e->d.line);
	char unit[24] = "";
	const char *typed;
	int64_t n;
	size_t i;

	if (e->d.unit > 0)
		(void)snprintf(unit, sizeof(unit), "%d", e->d.unit);
	typed = form_text(&e->f, "unit", unit);
	if (!e->f.sent)
		return;
	if (!mews_str_int(typed, 1, 247, &n)) {
		form_wrong(&e->f, "unit", "devices.no_unit_number", typed,
		    NULL);
		return;
	}
	e->d.unit = (int)n;
	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == e->d.line && l != NULL &&
		    s->device[i].unit == e->d.unit &&
		    s->device[i].id != e->d.id)
			form_wrong(&e->f, "unit", "devices.unit_used", typed,
			    l->name, s->device[i].plate, s->device[i].name,
			    NULL);
}

static void
take_gateway(struct device_edit *e)
{
	const struct mews_site *s = base_site(e->c->base);
	char unit[24] = "";
	const char *typed;
	int64_t n = 0;
	size_t i;

	if (e->d.gateway > 0)
		(void)snprintf(unit, sizeof(unit), "%d", e->d.gateway);
	typed = form_text(&e->f, "gateway", unit);
	if (!e->f.sent)
		return;
	if (typed[0] != '\0' && !mews_str_int(typed, 1, 247, &n)) {
		form_wrong(&e->f, "gateway", "devices.no_unit_number", typed,
		    NULL);
		return;
	}
	e->d.gateway = (int)n;
	for (i = 0; i < s->ndevices; i++)
		if (n != 0 && s->device[i].gateway == n &&
		    s->device[i].id != e->d.id)
			form_wrong(&e->f, "gateway", "devices.gateway_used",
			    typed, s->device[i].plate, s->device[i].name, NULL);
}

/* Empty: not told. */
static void
take_rating(struct device_edit *e)
{
	char rating[24] = "", most[24];
	const char *typed;
	int64_t n = 0;

	if (e->d.rating > 0)
		(void)snprintf(rating, sizeof(rating), "%d", e->d.rating);
	typed = form_text(&e->f, "rating", rating);
	if (!e->f.sent)
		return;
	(void)snprintf(most, sizeof(most), "%d", MEWS_RATING_MOST);
	if (typed[0] != '\0' && !mews_str_int(typed, 1, MEWS_RATING_MOST, &n))
		form_wrong(&e->f, "rating", "devices.no_rating", typed, "1",
		    most, NULL);
	e->d.rating = (int)n;
}

static enum mews_rc
take_profile(struct device_edit *e, struct mews_err *err)
{
	const char *typed = form_choose(&e->f, "profile", e->d.profile);

	if (!mews_str_copy(e->d.profile, sizeof(e->d.profile), typed))
		e->d.profile[0] = '\0';
	find_profile(e);
	if (e->f.sent && !e->readable)
		form_wrong(&e->f, "profile", "devices.no_profile", NULL);
	else if (e->f.sent && !e->usable)
		form_wrong(&e->f, "profile", "devices.is_template",
		    e->profile.model, NULL);
	return profile_choices(&e->f, err);
}

static void
take_place(struct device_edit *e)
{
	const char *typed =
	    form_choose(&e->f, "place", mews_post_name(e->d.post));
	char key[40];
	bool known = false;
	int i;

	for (i = MEWS_POST_MAIN; i <= MEWS_POST_CHECK; i++) {
		const char *name = mews_post_name((enum mews_post)i);

		(void)snprintf(key, sizeof(key), "place.%s", name);
		form_option(&e->f, name, view_word(e->c->view, key), false);
		if (strcmp(name, typed) == 0) {
			e->d.post = (enum mews_post)i;
			known = true;
		}
	}
	if (!known)
		form_wrong(&e->f, "place", "devices.no_choice", NULL);
}

static void
take_group(struct device_edit *e)
{
	const char *typed =
	    form_choose(&e->f, "group", mews_group_name(e->d.group));
	int i;

	for (i = 0; i < MEWS_GROUPS; i++)
		form_option(&e->f, mews_group_name((enum mews_group)i),
		    device_group(e->c, (enum mews_group)i), false);
	if (!mews_group_find(typed, &e->d.group))
		form_wrong(&e->f, "group", "devices.no_choice", NULL);
}

/* Proposes for a field what other devices have there. */
static void
propose(struct device_edit *e, const char *name, size_t at)
{
	const struct mews_site *s = base_site(e->c->base);
	const char *text, *other;
	size_t i, k;

	(void)form_choose(&e->f, name, (const char *)&e->d + at);
	for (i = 0; i < s->ndevices; i++) {
		text = (const char *)&s->device[i] + at;
		for (k = 0; k < i; k++) {
			other = (const char *)&s->device[k] + at;
			if (strcmp(text, other) == 0)
				break;
		}
		if (k == i && text[0] != '\0')
			form_option(&e->f, text, text, false);
	}
}

enum mews_rc
device_field_take(struct device_edit *e, struct mews_err *err)
{
	enum mews_rc rc;

	take_plate(e);
	propose(e, "zone", offsetof(struct mews_device, zone));
	propose(e, "panel", offsetof(struct mews_device, panel));
	take_text(e, "name", e->d.name, sizeof(e->d.name), 1);
	take_line(e);
	take_unit(e);
	if ((rc = take_profile(e, err)) != MEWS_OK)
		return rc;
	e->d.every_s = (int)form_int(&e->f, "every", e->d.every_s, 1, 3600,
	    "devices.no_every");
	take_place(e);
	take_group(e);
	take_text(e, "zone", e->d.zone, sizeof(e->d.zone), 0);
	take_text(e, "panel", e->d.panel, sizeof(e->d.panel), 0);
	take_rating(e);
	if (e->profile.ncommands > 0)
		take_text(e, "feeds", e->d.feeds, sizeof(e->d.feeds), 0);
	take_gateway(e);
	return MEWS_OK;
}
