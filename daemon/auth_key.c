/*
 * auth_key.c - like sessions, only the digest of a key is stored: it is shown
 * once, when it is made.
 */
#include "auth_key.h"
#include "audit.h"
#include "key.h"

#include <stdio.h>
#include <string.h>

#define TOUCH 60 /* s between two notes of use */

static enum mews_rc
add(const struct auth *a, const char *who, const struct mews_message *m,
    int64_t now, struct mews_message *answer, struct mews_err *err)
{
	struct mews_key k = { .made = now };
	uint8_t digest[MEWS_HASH];
	char token[AUTH_TOKEN + 1];
	enum mews_rc rc;

	(void)snprintf(k.name, sizeof(k.name), "%s",
	    mews_message_get(m, "name"));
	(void)snprintf(k.rights, sizeof(k.rights), "%s",
	    mews_message_get(m, "rights"));
	if ((rc = auth_session_token(token, err)) != MEWS_OK ||
	    (rc = auth_code_digest(token, digest, err)) != MEWS_OK ||
	    (rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_key_add(a->db, &k, digest, err)) == MEWS_OK)
		rc = mews_audit_add(a->db, now, "key-added", who, k.name, NULL,
		    err);
	if ((rc = mews_db_end(a->db, rc, err)) == MEWS_OK) {
		mews_message_set_int(answer, "id", k.id);
		mews_message_set(answer, "key", token);
	}
	explicit_bzero(token, sizeof(token));
	return rc;
}

static void
put(struct mews_message *m, const char *name, size_t i, const char *value)
{
	char field[32];

	(void)snprintf(field, sizeof(field), "%s%zu", name, i);
	mews_message_set(m, field, value);
}

static enum mews_rc
list(const struct auth *a, const char *who, const struct mews_message *m,
    int64_t now, struct mews_message *answer, struct mews_err *err)
{
	struct mews_key k[MEWS_KEYS];
	char text[80];
	size_t n, i;
	enum mews_rc rc = mews_key_list(a->db, k, &n, err);

	(void)who;
	(void)m;
	(void)now;
	for (i = 0; i < n && rc == MEWS_OK; i++) {
		put(answer, "name", i, k[i].name);
		put(answer, "rights", i, k[i].rights);
		(void)snprintf(text, sizeof(text), "%lld", (long long)k[i].id);
		put(answer, "id", i, text);
		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)k[i].made);
		put(answer, "made", i, text);
		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)k[i].used);
		put(answer, "used", i, text);
	}
	if (rc == MEWS_OK)
		mews_message_set_int(answer, "n", (int64_t)n);
	return rc;
}

static enum mews_rc
drop(const struct auth *a, const char *who, const struct mews_message *m,
    int64_t now, struct mews_message *answer, struct mews_err *err)
{
	enum mews_rc rc = mews_db_begin(a->db, err);

	(void)answer;
	if (rc != MEWS_OK)
		return rc;
	rc = mews_key_remove(a->db, mews_message_int(m, "id", 0), err);
	if (rc == MEWS_OK)
		rc = mews_audit_add(a->db, now, "key-removed", who, NULL, NULL,
		    err);
	return mews_db_end(a->db, rc, err);
}

static enum mews_rc
check(const struct auth *a, const char *who, const struct mews_message *m,
    int64_t now, struct mews_message *answer, struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	struct mews_key k;
	enum mews_rc rc;

	(void)who;
	rc = auth_code_digest(mews_message_get(m, "key"), digest, err);
	if (rc != MEWS_OK ||
	    (rc = mews_key_find(a->db, digest, &k, err)) != MEWS_OK)
		return rc;
	mews_message_set(answer, "user", k.name);
	mews_message_set(answer, "role", mews_role_name(MEWS_USER));
	mews_message_set(answer, "rights", k.rights);
	if (now - k.used < TOUCH && now >= k.used)
		return MEWS_OK;
	return mews_key_touch(a->db, k.id, now, err);
}

static const struct {
	const char *name;
	enum mews_rc (*serve)(const struct auth *, const char *who,
	    const struct mews_message *, int64_t now, struct mews_message *,
	    struct mews_err *);
} table[] = {
	{ "key-add", add },
	{ "key-list", list },
	{ "key-remove", drop },
	{ "key-check", check },
};

bool
auth_key_knows(const char *command)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, command) == 0)
			return true;
	return false;
}

enum mews_rc
auth_key_serve(const struct auth *a, const char *who,
    const struct mews_message *m, int64_t now, struct mews_message *answer,
    struct mews_err *err)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, m->word) == 0)
			return table[i].serve(a, who, m, now, answer, err);
	return mews_fail(err, MEWS_FAIL, "nobody serves %s", m->word);
}
