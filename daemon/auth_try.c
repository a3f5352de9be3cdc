/*
 * auth_try.c - counts a try before it is looked at.
 *
 * The count is committed before the hash is computed: guesses in parallel and
 * a process that is killed meanwhile cost their tries.  A try that can only
 * fail is hashed and written to the log all the same, so that time tells
 * nothing about a user.  What is refused unhashed depends on where a try comes
 * from and not on whom it is about.
 *
 * A stranger's wrong PINs block the PIN for browsers that are not known: those
 * a user signed in with before have a count of their own, and wait for nobody
 * until it is used up.
 */
#include "auth_try.h"
#include "audit.h"
#include "auth_pace.h"
#include "auth_source.h"
#include "auth_window.h"
#include "str.h"

#include <string.h>

bool
auth_try_usable(const struct mews_user *u)
{
	return u->enabled && (!u->factory || u->role == MEWS_ADMINISTRATOR);
}

/* The user, or a record that fits no code; MEWS_NONE then. */
static enum mews_rc
find(const struct auth *a, const struct auth_try *t, struct mews_user *u,
    struct mews_err *err)
{
	enum mews_rc rc = mews_user_find(a->db, t->user, u, err);

	if (rc == MEWS_NONE || (rc == MEWS_OK && !auth_try_usable(u))) {
		*u = (struct mews_user){ .id = 0 };
		(void)mews_str_copy(u->name, sizeof(u->name), t->user);
		return MEWS_NONE;
	}
	return rc;
}

/* Word of the log for a try that can only fail, NULL when it may succeed. */
static const char *
refusal(const struct auth *a, const struct auth_try *t,
    const struct auth_tried *x)
{
	int64_t failed = x->known ? x->browser.failed : x->user.pin_failed;

	if (x->user.id == 0)
		return "unknown-user";
	if (x->user.factory && !auth_window_open(a, &x->user, t->now))
		return "setup-closed";
	if (t->what == MEWS_PIN && failed >= AUTH_PIN_TRIES)
		return "pin-is-blocked";
	return NULL;
}

/* A browser that need not wait for strangers. */
static bool
trusted(const struct auth_tried *x)
{
	return x->known && x->browser.failed < AUTH_PIN_TRIES;
}

/* Word of the log for a try that is not looked at; NULL: it has it already.
 * Sets what remembers that. */
static const char *
tell(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    bool storm)
{
	if (storm)
		return auth_pace_tell(a->pace, t->now) ? "storm" : NULL;
	if (!auth_source_tell(&x->source, t->now))
		return NULL;
	return t->what == MEWS_PIN ? "source-waits" : "puk-waits";
}

/* Writes that a try from there was not looked at, once in a while. */
static enum mews_rc
turn_away(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    bool storm, struct mews_err *err)
{
	const char *what = tell(a, t, x, storm);
	struct mews_err why;
	enum mews_rc rc = MEWS_OK;

	if (what != NULL && (rc = mews_db_begin(a->db, &why)) == MEWS_OK) {
		if (!storm)
			rc = mews_source_put(a->db, &x->source, &why);
		if (rc == MEWS_OK)
			rc = mews_audit_add(a->db, t->now, what, t->user, NULL,
			    t->source, &why);
		rc = mews_db_end(a->db, rc, &why);
	}
	return rc == MEWS_OK ? mews_fail(err, MEWS_AGAIN, "too many tries")
			     : mews_fail(err, rc, "%s", why.text);
}

/* How long the try has to wait before it is looked at. */
static enum mews_rc
must_wait(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    struct mews_err *err)
{
	x->wait = 0;
	if (t->what == MEWS_PUK)
		return auth_source_puk(a, &x->source, x->known, t->now,
		    &x->wait, err);
	if (!trusted(x))
		x->wait = auth_source_wait(&x->source, t->now);
	return MEWS_OK;
}

/* Counts a PIN where it is to be counted. */
static enum mews_rc
count_pin(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    bool counts, struct mews_err *err)
{
	struct mews_user u = x->user;
	struct mews_browser b = x->browser;
	enum mews_rc rc = MEWS_OK;

	if (!trusted(x)) {
		auth_source_count(&x->source, t->now);
		rc = mews_source_put(a->db, &x->source, err);
	}
	if (!counts || rc != MEWS_OK)
		return rc;
	u.failed++;
	if (x->known) {
		b.failed++;
		rc = mews_browser_put(a->db, &b, err);
	} else
		u.pin_failed++;
	return rc == MEWS_OK ? mews_user_save(a->db, &u, err) : rc;
}

/* Commits the count, and why a try can only fail. */
static enum mews_rc
count(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    const char *refused, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	rc = t->what == MEWS_PIN ? count_pin(a, t, x, refused == NULL, err)
				 : mews_puk_add(a->db, x->source.address,
				       t->now - AUTH_PUK_HOUR, t->now, err);
	if (rc == MEWS_OK && refused != NULL)
		rc = mews_audit_add(a->db, t->now, refused, t->user, NULL,
		    t->source, err);
	return mews_db_end(a->db, rc, err);
}

/* Writes to the log what came of a try that failed. */
static enum mews_rc
note(const struct auth *a, const struct auth_try *t, const struct auth_tried *x,
    bool counted, struct mews_err *err)
{
	int64_t failed = x->known ? x->browser.failed : x->user.pin_failed;
	enum mews_rc rc;

	if ((rc = mews_db_begin(a->db, err)) != MEWS_OK)
		return rc;
	rc = mews_audit_add(a->db, t->now,
	    t->what == MEWS_PIN ? "wrong-pin" : "wrong-puk", t->user, NULL,
	    t->source, err);
	if (rc == MEWS_OK && counted && t->what == MEWS_PIN &&
	    failed + 1 == AUTH_PIN_TRIES)
		rc = mews_audit_add(a->db, t->now,
		    x->known ? "browser-blocked" : "pin-blocked", t->user, NULL,
		    t->source, err);
	return mews_db_end(a->db, rc, err);
}

/* Looks at the code, after it was counted. */
static enum mews_rc
look(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    struct mews_err *err)
{
	const char *refused = refusal(a, t, x);
	struct mews_err why;
	enum mews_rc rc;

	if ((rc = count(a, t, x, refused, err)) != MEWS_OK)
		return rc;
	rc = auth_code_check(a, &x->user, &x->user.code[t->what], t->code, err);
	if (rc == MEWS_OK && refused == NULL)
		return MEWS_OK;
	if (rc != MEWS_OK && rc != MEWS_DENIED)
		return rc;
	if ((rc = must_wait(a, t, x, &why)) == MEWS_OK)
		rc = note(a, t, x, refused == NULL, &why);
	return rc == MEWS_OK ? mews_fail(err, MEWS_DENIED, "wrong user or code")
			     : mews_fail(err, rc, "%s", why.text);
}

enum mews_rc
auth_try(const struct auth *a, const struct auth_try *t, struct auth_tried *x,
    struct mews_err *err)
{
	enum mews_rc rc;

	*x = (struct auth_tried){ .wait = 0 };
	rc = find(a, t, &x->user, err);
	if (rc == MEWS_OK && t->browser != NULL) {
		rc = mews_browser_find(a->db, t->browser, x->user.id,
		    t->now - AUTH_BROWSER, &x->browser, err);
		x->known = rc == MEWS_OK;
	}
	if ((rc != MEWS_OK && rc != MEWS_NONE) ||
	    (rc = auth_source_find(a, t->source, t->now, &x->source, err)) !=
		MEWS_OK ||
	    (rc = must_wait(a, t, x, err)) != MEWS_OK)
		return rc;
	if (x->wait > 0)
		return turn_away(a, t, x, false, err);
	if (a->pace == NULL || trusted(x))
		return look(a, t, x, err);
	if (!auth_pace_take(a->pace, t->now)) {
		x->wait = 1;
		return turn_away(a, t, x, true, err);
	}
	if ((rc = look(a, t, x, err)) == MEWS_OK)
		auth_pace_give(a->pace);
	return rc;
}

enum mews_rc
auth_try_clear(const struct auth *a, const struct auth_try *t,
    struct auth_tried *x, struct mews_err *err)
{
	enum mews_rc rc;

	if (x->known) {
		x->browser.failed = 0;
		x->browser.used = t->now;
		rc = mews_browser_put(a->db, &x->browser, err);
	} else {
		x->user.pin_failed = 0;
		auth_source_clear(&x->source);
		rc = mews_source_put(a->db, &x->source, err);
	}
	return rc == MEWS_OK ? mews_user_save(a->db, &x->user, err) : rc;
}
