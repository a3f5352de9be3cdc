/*
 * change_site.c - commands that change what the site is named, its gateway, all
 * of it, or its own profiles.
 */
#include "change_order.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

enum mews_rc
change_site_set(struct order *o)
{
	const char *text = change_field(o, "text");
	enum mews_rc rc;

	if (strncmp(text, "site ", 5) != 0)
		return change_why(o,
		    mews_fail(o->err, MEWS_BAD, "no line of a site"), "text");
	rc = change_why(o, mews_site_take(&o->site, text, o->err), "text");
	if (rc == MEWS_OK && (rc = change_save(o)) == MEWS_OK)
		change_tell(o, "site-changed", o->site.name);
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
	return change_why(o, rc, "text");
}

enum mews_rc
change_gateway_set(struct order *o)
{
	const struct mews_buf *draft;
	enum mews_rc rc = change_draft(o, "gateway", &draft);
	char *copy;

	if (rc != MEWS_OK)
		return rc;
	o->site.nports = o->site.nrules = 0;
	copy = mews_strdup(draft->s);
	rc = take_gateway(o, copy);
	free(copy);
	if (rc == MEWS_OK && (rc = change_save(o)) == MEWS_OK)
		change_tell(o, "gateway-changed", NULL);
	return rc;
}

enum mews_rc
change_site_import(struct order *o)
{
	const struct mews_buf *draft;
	struct mews_whole whole = { 0 };
	int64_t most;
	enum mews_rc rc = change_draft(o, "site", &draft);

	if (rc == MEWS_OK)
		rc = mews_site_most(o->c->config, &most, o->err);
	if (rc == MEWS_OK)
		rc = change_why(o,
		    mews_whole_parse("site", draft->s, draft->n, o->meters,
			most, &whole, o->err),
		    "text");
	if (rc == MEWS_OK &&
	    (rc = change_why(o, mews_whole_save(o->c->config, &whole, o->err),
		 "model")) == MEWS_OK) {
		o->again = true;
		mews_message_set_int(o->answer, "lines",
		    (int64_t)whole.site.nlines);
		mews_message_set_int(o->answer, "devices",
		    (int64_t)whole.site.ndevices);
		change_tell(o, "site-imported", whole.site.name);
		rc = change_line_trials(o, &whole.site);
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

enum mews_rc
change_profile_put(struct order *o)
{
	const char *name = change_field(o, "name");
	const struct mews_buf *draft;
	size_t i;
	enum mews_rc rc = change_draft(o, "profile", &draft);

	if (rc != MEWS_OK)
		return rc;
	rc = change_why(o,
	    mews_site_profile_put(o->c->config, o->meters, name, draft->s,
		draft->n, o->err),
	    "text");
	/* devices that read with it must still be able to */
	for (i = 0; i < o->site.ndevices && rc == MEWS_OK; i++)
		if (strcmp(o->site.device[i].profile, name) == 0)
			rc = change_asks(o, &o->site.device[i]);
	if (rc != MEWS_OK)
		return rc;
	o->again = used(&o->site, name);
	change_tell(o, "profile-changed", name);
	return rc;
}

enum mews_rc
change_profile_remove(struct order *o)
{
	const char *name = change_field(o, "name");
	enum mews_rc rc = change_why(o,
	    mews_site_profile_remove(o->c->config, name, o->err), "used");

	if (rc == MEWS_OK)
		change_tell(o, "profile-removed", name);
	return rc;
}
