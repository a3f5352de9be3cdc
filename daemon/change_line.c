/*
 * change_line.c - commands that change lines.
 */
#include "change_order.h"

#include <string.h>

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
 * decided about yet.  *s: how long the trial lasts, 0: there is none. */
static enum mews_rc
begin_trial(struct order *o, const struct mews_site *site, const char *name,
    bool answered, const char *before, int64_t *s)
{
	struct mews_trial row;
	enum mews_rc rc = mews_site_trial(o->c->config, name, &row, o->err);

	*s = 0;
	if (rc == MEWS_NONE && !answered)
		return MEWS_OK;
	if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = mews_site_set_trial(o->c->config, name, before, o->err);
	*s = trial_s(site, line_named(site, name)->id);
	return rc;
}

enum mews_rc
change_line_trials(struct order *o, const struct mews_site *site)
{
	struct mews_buf before = { 0 }, after = { 0 };
	const struct mews_line *old, *now;
	int64_t s, most = 0;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < o->site.nlines && rc == MEWS_OK; i++) {
		old = &o->site.line[i];
		if ((now = line_named(site, old->name)) == NULL)
			continue;
		mews_buf_reset(&before);
		mews_buf_reset(&after);
		mews_site_line_text(old, &before);
		mews_site_line_text(now, &after);
		if (strcmp(before.s, after.s) == 0)
			continue;
		rc = begin_trial(o, site, old->name,
		    trial_answered(o->c->trial, &o->site, old->id), before.s,
		    &s);
		most = s > most ? s : most;
	}
	mews_message_set_int(o->answer, "trial", most);
	mews_buf_clear(&before);
	mews_buf_clear(&after);
	return rc;
}

static enum mews_rc
alter(struct order *o, const struct mews_line *old, const char *text)
{
	const char *was = change_field(o, "was");
	bool answered = trial_answered(o->c->trial, &o->site, old->id);
	struct mews_buf before = { 0 };
	int64_t id = old->id, s = 0;
	const char *name;
	enum mews_rc rc;

	mews_site_line_text(old, &before);
	rc = change_why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc == MEWS_OK) {
		name = mews_site_line(&o->site, id)->name;
		rc = mews_site_rename_line(o->c->config, was, name, o->err);
		if (rc == MEWS_OK && (rc = change_save(o)) == MEWS_OK)
			rc = begin_trial(o, &o->site, name, answered, before.s,
			    &s);
		mews_message_set_int(o->answer, "trial", s);
		if (rc == MEWS_OK)
			change_tell(o, "line-changed", name);
	}
	mews_buf_clear(&before);
	return rc;
}

enum mews_rc
change_line_put(struct order *o)
{
	const char *was = change_field(o, "was"),
		   *text = change_field(o, "text");
	const struct mews_line *old = line_named(&o->site, was);
	enum mews_rc rc;

	if (strncmp(text, "line ", 5) != 0)
		return change_why(o,
		    mews_fail(o->err, MEWS_BAD, "no line of a line"), "text");
	if (old != NULL)
		return alter(o, old, text);
	rc = change_why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc == MEWS_OK && (rc = change_save(o)) == MEWS_OK) {
		mews_message_set_int(o->answer, "trial", 0);
		change_tell(o, "line-added",
		    o->site.line[o->site.nlines - 1].name);
	}
	return rc;
}

enum mews_rc
change_line_remove(struct order *o)
{
	const char *name = change_field(o, "line");
	enum mews_rc rc =
	    change_why(o, mews_site_drop_line(&o->site, name, o->err), "used");

	if (rc == MEWS_OK && (rc = change_save(o)) == MEWS_OK)
		change_tell(o, "line-removed", name);
	return rc;
}
