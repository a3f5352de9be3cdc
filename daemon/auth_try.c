/*
 * auth_try.c - counts a try before it is looked at.
 *
 * The count is committed before the hash is computed: guesses in parallel and
 * a process that is killed meanwhile cost their tries.  A try that can only
 * fail is hashed and written to the log all the same, so that time tells
 * nothing.
 */
#include "auth_try.h"
#include "str.h"

/* Words of the security log. */
static const struct {
	const char *wrong, *refused;
} words[] = {
	[MEWS_PIN] = { "wrong-pin", "pin-is-blocked" },
	[MEWS_PUK] = { "wrong-puk", "puk-must-wait" },
};

bool
auth_try_usable(const struct mews_user *u)
{
	return u->enabled && (!u->factory || u->role == MEWS_ADMINISTRATOR);
}

/* Whether a try is looked at now.  A wait that lies too far ahead is one from
 * before the clock was set back. */
static bool
open_to(const struct mews_user *u, enum mews_code what, int64_t now)
{
	if (what == MEWS_PIN)
		return u->pin_failed < AUTH_PIN_TRIES;
	return now >= u->puk_next || now < u->puk_next - AUTH_PUK_WAIT;
}

static void
count(struct mews_user *u, enum mews_code what, int64_t now)
{
	if (what == MEWS_PIN)
		u->pin_failed++;
	else if (++u->puk_failed >= AUTH_PUK_FREE)
		u->puk_next = now + AUTH_PUK_WAIT;
}

/* Commits the count, or why there is nothing to count. */
static enum mews_rc
count_or_note(const struct auth *a, const struct mews_user *u,
    const char *refused, const char *name, const char *source, int64_t now,
    struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	rc = refused == NULL
	    ? mews_user_save(a->db, u, err)
	    : mews_audit_add(a->db, now, refused, name, source, err);
	return mews_db_end(a->db, rc, err);
}

/* Writes to the log what came of a try that failed. */
static enum mews_rc
note(const struct auth *a, enum mews_code what, const struct mews_user *u,
    bool counted, const char *source, int64_t now, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	rc =
	    mews_audit_add(a->db, now, words[what].wrong, u->name, source, err);
	if (rc == MEWS_OK && counted && what == MEWS_PIN &&
	    u->pin_failed == AUTH_PIN_TRIES)
		rc = mews_audit_add(a->db, now, "pin-blocked", u->name, source,
		    err);
	return mews_db_end(a->db, rc, err);
}

enum mews_rc
auth_try(const struct auth *a, enum mews_code what, const char *name,
    const char *code, const char *source, int64_t now, struct mews_user *out,
    struct mews_err *err)
{
	const char *refused = NULL;
	struct mews_user before = { .id = 0 }, u;
	struct mews_err why;
	enum mews_rc rc;

	rc = mews_user_find(a->db, name, &before, err);
	if (rc == MEWS_NONE || (rc == MEWS_OK && !auth_try_usable(&before))) {
		/* hashed under the name, with a record that fits no code */
		before = (struct mews_user){ .id = 0 };
		(void)mews_str_copy(before.name, sizeof(before.name), name);
		refused = "unknown-user";
	} else if (rc != MEWS_OK)
		return rc;
	else if (!open_to(&before, what, now))
		refused = words[what].refused;
	u = before;
	count(&u, what, now);
	if ((rc = count_or_note(a, &u, refused, name, source, now, err)) !=
	    MEWS_OK)
		return rc;
	rc = auth_code_check(a, &u, what, code, err);
	if (rc == MEWS_OK && refused == NULL) {
		*out = before;
		return MEWS_OK;
	}
	if (rc != MEWS_OK && rc != MEWS_DENIED)
		return rc;
	rc = note(a, what, &u, refused == NULL, source, now, &why);
	if (rc != MEWS_OK)
		return mews_fail(err, rc, "%s", why.text);
	return mews_fail(err, MEWS_DENIED, "wrong user or code");
}
