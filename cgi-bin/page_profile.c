/*
 * page_profile.c - one profile: what it reads, where that comes from, who uses
 * it; an own one can be removed.
 */
#include "figure.h"
#include "form.h"
#include "order.h"
#include "site_profile.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
set_read(struct page_ctx *c, const struct mews_profile_read *r)
{
	char key[40], text[96];

	if (r->quantity != NULL)
		view_set(c->view, "name", figure_name(c, r->quantity));
	else {
		(void)snprintf(text, sizeof(text), "%u", r->pulses);
		view_say(c->view, "name", "devices.input", text, NULL);
	}
	view_int(c->view, "function", r->function);
	view_int(c->view, "address", r->address);
	view_set(c->view, "type", mews_register_name(r->type));
	(void)snprintf(key, sizeof(key), "class.%s",
	    mews_profile_class(r->class));
	view_set(c->view, "often", view_word(c->view, key));
	if (r->quantity != NULL) {
		mews_number_plain(text, r->mantissa,
		    r->quantity->decimals - r->exponent,
		    r->quantity->decimals > r->exponent
			? r->quantity->decimals - r->exponent
			: 0);
		if (strchr(text, '.') != NULL) {
			size_t n = strlen(text);

			while (text[n - 1] == '0')
				text[--n] = '\0';
			if (text[n - 1] == '.')
				text[n - 1] = '\0';
		}
		view_set(c->view, "scale", text);
		if (strcmp(r->quantity->unit, "1") != 0)
			view_set(c->view, "unit", r->quantity->unit);
	}
}

static void
set_commands(struct page_ctx *c, const struct mews_profile *p)
{
	size_t i;

	for (i = 0; i < p->ncommands; i++) {
		view_row(c->view, "Profile.command", i);
		view_set(c->view, "name", p->command[i].name);
		view_int(c->view, "function", p->command[i].function);
		view_int(c->view, "address", p->command[i].address);
		view_int(c->view, "value", p->command[i].value);
		view_set(c->view, "confirm",
		    figure_name(c, p->command[i].state));
		view_up(c->view);
	}
}

/* "source ..." lines of the text, as they stand there. */
static void
set_sources(struct page_ctx *c, const char *text)
{
	struct mews_buf b = { 0 };
	size_t n = 0, len;
	const char *p;

	for (p = text; *p != '\0'; p += len + (p[len] != '\0')) {
		len = strcspn(p, "\n");
		if (strncmp(p, "source", 6) != 0 || len < 8)
			continue;
		mews_buf_reset(&b);
		mews_buf_put(&b, p + 7, len - 7); /* less its quotes */
		if (b.n > 2 && b.s[0] == '"' && b.s[b.n - 1] == '"') {
			memmove(b.s, b.s + 1, b.n - 2);
			b.s[b.n -= 2] = '\0';
		}
		mews_buf_str(&b, "");
		view_row(c->view, "Profile.source", n++);
		view_set(c->view, "text", b.s);
		view_up(c->view);
	}
	mews_buf_clear(&b);
}

static size_t
set_users(struct page_ctx *c, const char *profile)
{
	const struct mews_site *s = base_site(c->base);
	size_t i, n = 0;
	char path[FIGURE];

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].profile, profile) == 0) {
			view_row(c->view, "Profile.used", n++);
			view_set(c->view, "plate", s->device[i].plate);
			view_set(c->view, "name", s->device[i].name);
			view_set(c->view, "path",
			    figure_device_path(path, &s->device[i], ""));
			view_up(c->view);
		}
	return n;
}

static void
set_facts(struct page_ctx *c, const struct mews_profile *p)
{
	char text[48] = "";

	view_set(c->view, "Profile.id", p->name);
	view_set(c->view, "Profile.vendor", p->vendor);
	view_set(c->view, "Profile.model", p->model);
	view_set(c->view, "Profile.family", p->family);
	view_set(c->view, "Profile.lacks", p->lacks);
	view_int(c->view, "Profile.block", (int64_t)p->block);
	if (p->baud > 0)
		(void)snprintf(text, sizeof(text), "%d 8%c%d", p->baud,
		    p->parity, p->stop);
	view_set(c->view, "Profile.serial", text);
	if (p->answer_ms > 0)
		view_int(c->view, "Profile.answer", (int64_t)p->answer_ms);
	if (p->quickest_s > 0)
		view_int(c->view, "Profile.quickest", (int64_t)p->quickest_s);
	view_int(c->view, "Profile.marks", (int64_t)p->nmarks);
}

static enum mews_rc
set_profile(struct page_ctx *c, const struct mews_profile *p, bool own,
    struct mews_err *err)
{
	struct mews_buf text = { 0 };
	char dir[MEWS_PATH];
	enum mews_rc rc;
	size_t i;

	rc = mews_site_profile_text(base_db(c->base, MEWS_CONFIG_DB),
	    mews_place_path(c->place, MEWS_METERS, dir), p->name, &text, err);
	if (rc == MEWS_OK) {
		mews_buf_str(&text, "");
		set_facts(c, p);
		set_sources(c, text.s);
		for (i = 0; i < p->nreads; i++) {
			view_row(c->view, "Profile.read", i);
			set_read(c, &p->read[i]);
			view_up(c->view);
		}
		set_commands(c, p);
		view_int(c->view, "Profile.own", own);
		view_int(c->view, "Profile.users",
		    (int64_t)set_users(c, p->name));
	}
	mews_buf_clear(&text);
	return rc;
}

/* True when it was removed and the browser goes elsewhere. */
static bool
removed(struct page_ctx *c, struct form *f, const struct mews_profile *p,
    struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].profile, p->name) == 0)
			form_wrong(f, "", "profiles.is_used",
			    s->device[i].plate, s->device[i].name, NULL);
	if (f->nbad > 0)
		return false;
	rc = order_send(c, NULL, err, "profile-remove", "name", p->name, NULL);
	if (rc == MEWS_OK)
		form_go(c, "/profiles", "removed");
	else
		form_refused(f, rc, err);
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_profile p = { 0 };
	char dir[MEWS_PATH];
	struct form f;
	enum mews_rc rc;
	bool own;

	if (!mews_str_word(c->part, sizeof(p.name) - 1))
		return mews_fail(err, MEWS_NONE, "no such profile");
	rc = mews_site_profile_look(base_db(c->base, MEWS_CONFIG_DB),
	    mews_place_path(c->place, MEWS_METERS, dir), c->part, &p, &own,
	    err);
	if (rc != MEWS_OK)
		return rc == MEWS_BAD ? MEWS_FAIL : rc;
	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s %s", p.vendor, p.model);
	if (!f.sent || !own || !removed(c, &f, &p, err))
		rc = set_profile(c, &p, own, err);
	mews_profile_clear(&p);
	return rc;
}

const struct page page_profile = {
	.path = "/profiles/*",
	.name = "profile",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
