/*
 * change_order.c - what all commands that change the site have in common.
 */
#include "change_order.h"

#include <string.h>

enum mews_rc
change_why(struct order *o, enum mews_rc rc, const char *word)
{
	if (rc == MEWS_BAD)
		mews_message_set(o->answer, "why", word);
	return rc;
}

const char *
change_field(const struct order *o, const char *name)
{
	return mews_message_get(o->m, name);
}

void
change_tell(struct order *o, const char *kind, const char *subject)
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

enum mews_rc
change_draft(struct order *o, const char *part, const struct mews_buf **out)
{
	*out = drafts_find(&o->c->drafts, change_owner(o->m), part);
	if (*out != NULL)
		return MEWS_OK;
	return change_why(o,
	    mews_fail(o->err, MEWS_BAD, "there is no draft %s", part), "draft");
}

enum mews_rc
change_save(struct order *o)
{
	enum mews_rc rc = mews_site_save(o->c->config, &o->site, o->err);

	o->again = rc == MEWS_OK;
	return change_why(o, rc, "model");
}
