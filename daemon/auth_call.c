/*
 * auth_call.c - reading a command of mews-auth and filling its answer.
 */
#include "auth_call.h"
#include "audit.h"

#include <stdio.h>
#include <string.h>

const char *
auth_call_get(const struct auth_call *c, const char *name)
{
	return mews_message_get(c->m, name);
}

bool
auth_call_has(const struct auth_call *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->m->n; i++)
		if (strcmp(c->m->field[i].name, name) == 0)
			return true;
	return false;
}

enum mews_rc
auth_call_bad(const struct auth_call *c, const char *why, struct mews_err *err)
{
	mews_message_set(c->answer, "why", why);
	return mews_fail(err, MEWS_BAD, "%s", why);
}

void
auth_call_row(const struct auth_call *c, const char *name, size_t i,
    const char *value)
{
	char field[32];

	(void)snprintf(field, sizeof(field), "%s%zu", name, i);
	mews_message_set(c->answer, field, value);
}

void
auth_call_hex(const struct auth_call *c, const char *name, const uint8_t *p,
    size_t n)
{
	char text[2 * MEWS_HASH + 1];
	size_t i;

	for (i = 0; i < n; i++)
		(void)snprintf(text + 2 * i, 3, "%02x", p[i]);
	mews_message_set(c->answer, name, text);
}

enum mews_rc
auth_call_session(const struct auth_call *c, bool quiet, struct mews_user *u,
    struct mews_session *s, struct mews_err *err)
{
	enum mews_rc rc = auth_session_find(c->auth, auth_call_get(c, "token"),
	    c->now, quiet, u, s, err);

	if (rc == MEWS_NONE || (rc == MEWS_OK && u->factory))
		rc = mews_fail(err, MEWS_DENIED, "no session that may");
	return rc;
}

enum mews_rc
auth_call_note(const struct auth_call *c, const char *what, const char *about,
    struct mews_err *err)
{
	return mews_audit_add(c->auth->db, c->now, what, c->caller->user, about,
	    c->caller->source, err);
}
