/*
 * change_post.c - commands that change who gets mail, where files are brought,
 * or several settings at once.
 */
#include "change_order.h"
#include "destination.h"
#include "recipient.h"
#include "str.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

/* One line of the draft, KEY VALUE. */
static enum mews_rc
set(struct order *o, char *line)
{
	char *key = strsep(&line, " ");
	const struct mews_setting *s = mews_setting_find(key);
	const char *value = line == NULL ? "" : line;
	char had[MEWS_SETTING_MOST + 1];
	enum mews_rc rc;

	if (s == NULL)
		return mews_fail(o->err, MEWS_BAD, "there is no setting '%s'",
		    key);
	if (o->caller->role < s->who)
		return mews_fail(o->err, MEWS_DENIED, "%s may not change %s",
		    mews_role_name(o->caller->role), key);
	if ((rc = mews_setting_get(o->c->config, key, had, o->err)) != MEWS_OK)
		return rc;
	if (strcmp(had, value) == 0)
		return MEWS_OK;
	/* what the service was begun with */
	if (strncmp(key, "gateway_", 8) == 0 || strcmp(key, "history_mb") == 0)
		o->again = true;
	change_tell(o, "setting-changed", key);
	mews_event_arg(&o->event, 0, "%s", key);
	mews_event_arg(&o->event, 1, "%s", value);
	return change_why(o, mews_whole_set(o->c->config, key, value, o->err),
	    key);
}

/* The event names the last that changed: they were saved together. */
enum mews_rc
change_settings_set(struct order *o)
{
	const struct mews_buf *draft;
	char *copy, *rest, *line;
	enum mews_rc rc = change_draft(o, "settings", &draft);

	if (rc != MEWS_OK)
		return rc;
	rest = copy = mews_strdup(draft->s);
	while (rc == MEWS_OK && (line = strsep(&rest, "\n")) != NULL)
		if (line[0] != '\0')
			rc = set(o, line);
	free(copy);
	return rc;
}

enum mews_rc
change_recipient_put(struct order *o)
{
	struct mews_recipient r = { .id = mews_message_int(o->m, "id", 0),
		.gets = (unsigned)mews_message_int(o->m, "gets", 0) };
	const char *why = "";
	enum mews_rc rc;

	(void)mews_str_copy(r.address, sizeof(r.address),
	    change_field(o, "address"));
	(void)mews_str_copy(r.lang, sizeof(r.lang), change_field(o, "lang"));
	rc = mews_recipient_put(o->c->config, &r, &why, o->err);
	if (rc != MEWS_OK)
		return change_why(o, rc, why);
	mews_message_set_int(o->answer, "id", r.id);
	change_tell(o, "recipient-changed", NULL);
	mews_event_arg(&o->event, 0, "%s", r.address);
	return MEWS_OK;
}

enum mews_rc
change_recipient_remove(struct order *o)
{
	struct mews_recipient all[MEWS_RECIPIENTS];
	int64_t id = mews_message_int(o->m, "id", 0);
	enum mews_rc rc;
	size_t i, n;

	if ((rc = mews_recipient_list(o->c->config, all, &n, o->err)) !=
		MEWS_OK ||
	    (rc = mews_recipient_remove(o->c->config, id, o->err)) != MEWS_OK)
		return rc;
	change_tell(o, "recipient-changed", NULL);
	for (i = 0; i < n; i++)
		if (all[i].id == id)
			mews_event_arg(&o->event, 0, "%s", all[i].address);
	return MEWS_OK;
}

enum mews_rc
change_destination_put(struct order *o)
{
	struct mews_destination d = { .id = mews_message_int(o->m, "id", 0),
		.port = (int)mews_message_int(o->m, "port", 0),
		.active = mews_message_int(o->m, "active", 0) != 0 };
	const struct {
		char *to;
		size_t size;
		const char *field;
	} texts[] = {
		{ d.kind, sizeof(d.kind), "kind" },
		{ d.host, sizeof(d.host), "host" },
		{ d.path, sizeof(d.path), "path" },
		{ d.user, sizeof(d.user), "user" },
		{ d.trust, sizeof(d.trust), "trust" },
	};
	const char *why = "";
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < MEWS_LEN(texts); i++)
		(void)mews_str_copy(texts[i].to, texts[i].size,
		    change_field(o, texts[i].field));
	rc = mews_destination_put(o->c->config, &d, &why, o->err);
	if (rc != MEWS_OK)
		return change_why(o, rc, why);
	mews_message_set_int(o->answer, "id", d.id);
	change_tell(o, "destination-changed", NULL);
	mews_event_arg(&o->event, 0, "%s://%s:%d", d.kind, d.host, d.port);
	return MEWS_OK;
}

enum mews_rc
change_destination_remove(struct order *o)
{
	int64_t id = mews_message_int(o->m, "id", 0);
	struct mews_destination d;
	enum mews_rc rc;

	if ((rc = mews_destination_find(o->c->config, id, &d, o->err)) !=
		MEWS_OK ||
	    (rc = mews_destination_remove(o->c->config, id, o->err)) != MEWS_OK)
		return rc;
	change_tell(o, "destination-changed", NULL);
	mews_event_arg(&o->event, 0, "%s://%s:%d", d.kind, d.host, d.port);
	return MEWS_OK;
}
