/*
 * change.c - every change reads the whole site, alters it, and saves it in one
 * transaction: what a save refuses leaves nothing behind.
 */
#include "change.h"
#include "plan.h"
#include "tick.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

/* A command under way. */
struct order {
	struct change *c;
	const struct door_caller *caller;
	const struct mews_message *m;
	struct mews_message *answer;
	struct mews_site site;
	char meters[MEWS_PATH];
	bool again, told; /* what is left to do when it is in config.db */
	struct mews_event event;
	struct mews_err *err;
};

static enum mews_rc
why(struct order *o, enum mews_rc rc, const char *word)
{
	if (rc == MEWS_BAD)
		mews_message_set(o->answer, "why", word);
	return rc;
}

static const char *
field(const struct order *o, const char *name)
{
	return mews_message_get(o->m, name);
}

static void
tell(struct order *o, const char *kind, const char *subject)
{
	mews_event_set(&o->event, kind, subject);
	memcpy(o->event.who, o->caller->user, sizeof(o->event.who));
	o->told = true;
}

const char *
change_owner(const struct mews_message *m)
{
	const char *token = mews_message_get(m, "token");

	return token[0] != '\0' ? token : "shell";
}

static enum mews_rc
do_draft(struct order *o)
{
	return why(o,
	    drafts_take(&o->c->drafts, change_owner(o->m), field(o, "part"),
		mews_message_int(o->m, "at", 0), field(o, "text"), tick_us(),
		o->err),
	    "draft");
}

static enum mews_rc
draft_of(struct order *o, const char *part, const struct mews_buf **out)
{
	*out = drafts_find(&o->c->drafts, change_owner(o->m), part);
	if (*out != NULL)
		return MEWS_OK;
	return why(o, mews_fail(o->err, MEWS_BAD, "there is no draft %s", part),
	    "draft");
}

static enum mews_rc
save(struct order *o)
{
	enum mews_rc rc = mews_site_save(o->c->config, &o->site, o->err);

	o->again = rc == MEWS_OK;
	return why(o, rc, "model");
}

/* A device of which a profile cannot read anything is refused. */
static enum mews_rc
can_be_asked(struct order *o, const struct mews_device *d)
{
	struct mews_profile p;
	struct mews_plan plan;
	bool own;
	enum mews_rc rc = mews_site_profile_look(o->c->config, o->meters,
	    d->profile, &p, &own, o->err);

	if (rc != MEWS_OK)
		return why(o, rc == MEWS_NONE ? MEWS_BAD : rc, "profile");
	if (p.lacks[0] != '\0')
		rc = why(o,
		    mews_fail(o->err, MEWS_BAD,
			"%s is a template, no device can be asked with it: %s",
			d->profile, p.lacks),
		    "template");
	if (rc == MEWS_OK)
		rc = why(o, mews_device_inputs(d, &p, o->err), "profile");
	if (rc == MEWS_OK &&
	    (rc = why(o, mews_plan_make(&plan, d, &p, o->err), "profile")) ==
		MEWS_OK)
		mews_plan_clear(&plan);
	mews_profile_clear(&p);
	return rc;
}

/* The device that a put made: the one with the id, or the last. */
static const struct mews_device *
put_device(const struct order *o, int64_t id)
{
	return id != 0 ? mews_site_device(&o->site, id)
		       : &o->site.device[o->site.ndevices - 1];
}

static enum mews_rc
do_device_put(struct order *o)
{
	const char *was = field(o, "was"), *text = field(o, "text");
	const struct mews_device *d = mews_site_plate(&o->site, was);
	int64_t id = d == NULL ? 0 : d->id;
	char plate[12];
	enum mews_rc rc;

	if (strncmp(text, "device ", 7) != 0)
		return why(o,
		    mews_fail(o->err, MEWS_BAD, "no line of a device"), "text");
	rc = why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc != MEWS_OK)
		return rc;
	d = put_device(o, id);
	memcpy(plate, d->plate, sizeof(plate));
	if ((rc = can_be_asked(o, d)) == MEWS_OK && id != 0)
		rc = mews_site_rename_device(o->c->config, was, plate, o->err);
	if (rc != MEWS_OK || (rc = save(o)) != MEWS_OK)
		return rc;
	mews_site_clear(&o->site);
	if ((rc = mews_site_load(o->c->config, &o->site, o->err)) != MEWS_OK)
		return rc;
	tell(o, id == 0 ? "device-added" : "device-changed", plate);
	o->event.device = mews_site_plate(&o->site, plate)->id;
	mews_message_set_int(o->answer, "id", o->event.device);
	return rc;
}

static enum mews_rc
do_device_remove(struct order *o)
{
	const char *plate = field(o, "plate");
	const struct mews_device *d = mews_site_plate(&o->site, plate);
	int64_t id = d == NULL ? 0 : d->id;
	enum mews_rc rc = mews_site_drop_device(&o->site, plate, o->err);

	if (rc != MEWS_OK || (rc = save(o)) != MEWS_OK)
		return rc;
	mews_message_set_int(o->answer, "id", id);
	tell(o, "device-removed", plate);
	o->event.device = id;
	return rc;
}

static enum mews_rc
do_device_restore(struct order *o)
{
	int64_t id = mews_message_int(o->m, "id", 0);
	const struct mews_device *d;
	enum mews_rc rc =
	    why(o, mews_site_restore(o->c->config, id, o->err), "text");

	if (rc != MEWS_OK)
		return rc;
	o->again = true;
	mews_site_clear(&o->site);
	if ((rc = mews_site_load(o->c->config, &o->site, o->err)) != MEWS_OK)
		return rc;
	d = mews_site_device(&o->site, id);
	mews_message_set(o->answer, "plate", d->plate);
	tell(o, "device-restored", d->plate);
	o->event.device = id;
	return rc;
}

static const struct mews_line *
line_named(const struct mews_site *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, name) == 0)
			return &s->line[i];
	return NULL;
}

/* Remembers the settings before, where devices answer with them, or none was
 * decided about yet. */
static enum mews_rc
begin_trial(struct order *o, const char *name, bool answered,
    const char *before, int64_t id)
{
	struct mews_trial row;
	enum mews_rc rc = mews_site_trial(o->c->config, name, &row, o->err);

	mews_message_set_int(o->answer, "trial", 0);
	if (rc == MEWS_NONE && !answered)
		return MEWS_OK;
	if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = mews_site_set_trial(o->c->config, name, before, o->err);
	mews_message_set_int(o->answer, "trial", trial_s(&o->site, id));
	return rc;
}

static enum mews_rc
change_line(struct order *o, const struct mews_line *old, const char *text)
{
	const char *was = field(o, "was");
	bool answered = trial_answers(o->c->trial, &o->site, old->id);
	struct mews_buf before = { 0 };
	int64_t id = old->id;
	const char *name;
	enum mews_rc rc;

	mews_site_line_text(old, &before);
	rc = why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc == MEWS_OK) {
		name = mews_site_line(&o->site, id)->name;
		rc = mews_site_rename_line(o->c->config, was, name, o->err);
		if (rc == MEWS_OK && (rc = save(o)) == MEWS_OK)
			rc = begin_trial(o, name, answered, before.s, id);
		if (rc == MEWS_OK)
			tell(o, "line-changed", name);
	}
	mews_buf_clear(&before);
	return rc;
}

static enum mews_rc
do_line_put(struct order *o)
{
	const char *was = field(o, "was"), *text = field(o, "text");
	const struct mews_line *old = line_named(&o->site, was);
	enum mews_rc rc;

	if (strncmp(text, "line ", 5) != 0)
		return why(o, mews_fail(o->err, MEWS_BAD, "no line of a line"),
		    "text");
	if (old != NULL)
		return change_line(o, old, text);
	rc = why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc == MEWS_OK && (rc = save(o)) == MEWS_OK) {
		mews_message_set_int(o->answer, "trial", 0);
		tell(o, "line-added", o->site.line[o->site.nlines - 1].name);
	}
	return rc;
}

static enum mews_rc
do_line_remove(struct order *o)
{
	const char *name = field(o, "line");
	enum mews_rc rc =
	    why(o, mews_site_drop_line(&o->site, name, o->err), "used");

	if (rc == MEWS_OK && (rc = save(o)) == MEWS_OK)
		tell(o, "line-removed", name);
	return rc;
}

static enum mews_rc
do_site_set(struct order *o)
{
	const char *text = field(o, "text");
	enum mews_rc rc;

	if (strncmp(text, "site ", 5) != 0)
		return why(o, mews_fail(o->err, MEWS_BAD, "no line of a site"),
		    "text");
	rc = why(o, mews_site_take(&o->site, text, o->err), "text");
	if (rc == MEWS_OK && (rc = save(o)) == MEWS_OK)
		tell(o, "site-changed", o->site.name);
	return rc;
}

/* Each line of the draft, which speaks of the gateway only. */
static enum mews_rc
take_gateway(struct order *o, char *text)
{
	char *line, *rest = text;
	enum mews_rc rc = MEWS_OK;
	size_t n = 0;
	struct mews_err what;

	while (rc == MEWS_OK && (line = strsep(&rest, "\n")) != NULL) {
		n++;
		if (line[strspn(line, " \t\r")] == '\0')
			continue;
		rc = strncmp(line, "gateway ", 8) != 0
		    ? mews_fail(&what, MEWS_BAD, "no line of the gateway")
		    : mews_site_take(&o->site, line, &what);
		if (rc != MEWS_OK)
			rc = mews_fail(o->err, rc, "gateway:%zu: %s", n,
			    what.text);
	}
	return why(o, rc, "text");
}

static enum mews_rc
do_gateway_set(struct order *o)
{
	const struct mews_buf *draft;
	enum mews_rc rc = draft_of(o, "gateway", &draft);
	char *copy;

	if (rc != MEWS_OK)
		return rc;
	o->site.nports = o->site.nrules = 0;
	copy = mews_strdup(draft->s);
	rc = take_gateway(o, copy);
	free(copy);
	if (rc == MEWS_OK && (rc = save(o)) == MEWS_OK)
		tell(o, "gateway-changed", NULL);
	return rc;
}

static enum mews_rc
do_site_import(struct order *o)
{
	const struct mews_buf *draft;
	struct mews_whole whole = { 0 };
	int64_t most;
	enum mews_rc rc = draft_of(o, "site", &draft);

	if (rc == MEWS_OK)
		rc = mews_site_most(o->c->config, &most, o->err);
	if (rc == MEWS_OK)
		rc = why(o,
		    mews_whole_parse("site", draft->s, draft->n, o->meters,
			most, &whole, o->err),
		    "text");
	if (rc == MEWS_OK &&
	    (rc = why(o, mews_whole_save(o->c->config, &whole, o->err),
		 "model")) == MEWS_OK) {
		o->again = true;
		mews_message_set_int(o->answer, "lines",
		    (int64_t)whole.site.nlines);
		mews_message_set_int(o->answer, "devices",
		    (int64_t)whole.site.ndevices);
		tell(o, "site-imported", whole.site.name);
	}
	mews_whole_clear(&whole);
	return rc;
}

static bool
used(const struct mews_site *s, const char *profile)
{
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].profile, profile) == 0)
			return true;
	return false;
}

static enum mews_rc
do_profile_put(struct order *o)
{
	const char *name = field(o, "name");
	const struct mews_buf *draft;
	size_t i;
	enum mews_rc rc = draft_of(o, "profile", &draft);

	if (rc != MEWS_OK)
		return rc;
	rc = why(o,
	    mews_site_profile_put(o->c->config, o->meters, name, draft->s,
		draft->n, o->err),
	    "text");
	/* devices that read with it must still be able to */
	for (i = 0; i < o->site.ndevices && rc == MEWS_OK; i++)
		if (strcmp(o->site.device[i].profile, name) == 0)
			rc = can_be_asked(o, &o->site.device[i]);
	if (rc != MEWS_OK)
		return rc;
	o->again = used(&o->site, name);
	tell(o, "profile-changed", name);
	return rc;
}

static enum mews_rc
do_profile_remove(struct order *o)
{
	const char *name = field(o, "name");
	enum mews_rc rc = why(o,
	    mews_site_profile_remove(o->c->config, name, o->err), "used");

	if (rc == MEWS_OK)
		tell(o, "profile-removed", name);
	return rc;
}

static const struct {
	const char *name;
	enum mews_rc (*run)(struct order *);
} commands[] = {
	{ "draft", do_draft },
	{ "device-put", do_device_put },
	{ "device-remove", do_device_remove },
	{ "device-restore", do_device_restore },
	{ "line-put", do_line_put },
	{ "line-remove", do_line_remove },
	{ "site-set", do_site_set },
	{ "gateway-set", do_gateway_set },
	{ "site-import", do_site_import },
	{ "profile-put", do_profile_put },
	{ "profile-remove", do_profile_remove },
};

/* In one transaction, with the site as it is. */
static enum mews_rc
carry_out(struct order *o, enum mews_rc (*run)(struct order *))
{
	enum mews_rc rc = mews_db_begin(o->c->config, o->err);

	if (rc != MEWS_OK)
		return rc;
	rc = mews_site_load(o->c->config, &o->site, o->err);
	if (rc == MEWS_OK)
		rc = run(o);
	mews_site_clear(&o->site);
	rc = mews_db_end(o->c->config, rc, o->err);
	if (rc == MEWS_OK && o->told)
		o->c->tell(o->c->ctx, &o->event);
	o->c->again = o->c->again || (rc == MEWS_OK && o->again);
	return rc;
}

enum mews_rc
change_serve(struct change *c, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct order o = { .c = c,
		.caller = caller,
		.m = m,
		.answer = answer,
		.err = err };
	size_t i;

	(void)mews_place_path(c->place, MEWS_METERS, o.meters);
	if (strcmp(m->word, "draft") == 0)
		return do_draft(&o);
	for (i = 0; i < MEWS_LEN(commands); i++)
		if (strcmp(commands[i].name, m->word) == 0)
			return carry_out(&o, commands[i].run);
	return mews_fail(err, MEWS_NONE, "nobody serves '%s'", m->word);
}
