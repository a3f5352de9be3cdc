/*
 * audit.c - the kinds of the security log, and its table.
 */
#include "audit.h"
#include "row.h"

#include <sqlite3.h>
#include <string.h>

/* Ids; rings are cut when one of these is passed. */
#define TURN 64

static const struct mews_audit_kind kinds[] = {
	/* what a stranger can cause */
	{ "wrong-pin", MEWS_WARNING, true, "A PIN was wrong." },
	{ "wrong-puk", MEWS_WARNING, true, "A PUK was wrong." },
	{ "unknown-user", MEWS_WARNING, true,
	    "Somebody tried to sign in as nobody who can." },
	{ "pin-blocked", MEWS_ALARM, true,
	    "Too many wrong PINs: browsers that are not known need the PUK." },
	{ "browser-blocked", MEWS_ALARM, true,
	    "Too many wrong PINs from a known browser: it needs the PUK." },
	{ "pin-is-blocked", MEWS_WARNING, true,
	    "A PIN was tried that is blocked." },
	{ "source-waits", MEWS_WARNING, true,
	    "An address tried too often and has to wait." },
	{ "puk-waits", MEWS_WARNING, true,
	    "PUKs were tried too often: the next has to wait." },
	{ "storm", MEWS_ALARM, true,
	    "Codes were tried from so many places that new browsers wait." },
	{ "setup-closed", MEWS_WARNING, true,
	    "The leaflet's codes were tried after the time for setting up." },
	/* what takes a code */
	{ "sign-in", MEWS_INFO, false, "A user signed in." },
	{ "sign-out", MEWS_INFO, false, "A user signed out." },
	{ "confirmed", MEWS_INFO, false, "A user gave the PIN once more." },
	{ "sessions-ended", MEWS_INFO, false,
	    "Sessions of a user were ended." },
	{ "codes-set", MEWS_INFO, false,
	    "The administrator replaced the leaflet's codes." },
	{ "pin-set-by-puk", MEWS_INFO, false, "A new PIN was set by the PUK." },
	{ "pin-changed", MEWS_INFO, false, "A user changed the own PIN." },
	{ "puk-changed", MEWS_INFO, false, "A user changed the own PUK." },
	/* what the administrator does */
	{ "pin-given", MEWS_INFO, false, "A user was given a new PIN." },
	{ "puk-given", MEWS_INFO, false, "A user was given a new PUK." },
	{ "user-added", MEWS_INFO, false, "A user was added." },
	{ "user-removed", MEWS_INFO, false, "A user was removed." },
	{ "user-renamed", MEWS_INFO, false,
	    "A user got another name: both, with > between." },
	{ "user-disabled", MEWS_INFO, false,
	    "A user may not sign in any more." },
	{ "user-enabled", MEWS_INFO, false, "A user may sign in again." },
	{ "role-changed", MEWS_INFO, false, "A user got another role." },
	{ "rights-changed", MEWS_INFO, false, "A user got other rights." },
	{ "key-added", MEWS_INFO, false, "A key for programs was made." },
	{ "key-removed", MEWS_INFO, false, "A key for programs was revoked." },
	/* the box */
	{ "first-start", MEWS_INFO, false,
	    "The users of a new box were made, with the leaflet's codes." },
	{ "codes-reset", MEWS_ALARM, false,
	    "All codes were taken away at the shell." },
};

static const char sql_add[] =
    "INSERT INTO audit (t, what, user, about, source, stranger)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char sql_cut[] =
    "DELETE FROM audit WHERE stranger = ?1 AND id <= (SELECT id FROM audit"
    " WHERE stranger = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)";
static const char sql_read[] =
    "SELECT id, t, what, user, about, source FROM audit"
    " WHERE id < ?1 AND t >= ?2 AND t < ?3 AND (?4 = '' OR ?4 = user OR"
    " ?4 = about) AND (?5 = '' OR ?5 = what) ORDER BY id DESC LIMIT ?6";

const struct mews_audit_kind *
mews_audit_kind_at(size_t i)
{
	return i < MEWS_LEN(kinds) ? &kinds[i] : NULL;
}

const struct mews_audit_kind *
mews_audit_kind(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static void
bind_text(sqlite3_stmt *st, int at, const char *s, int most)
{
	int n = s == NULL ? 0 : (int)strnlen(s, (size_t)most);

	(void)sqlite3_bind_text(st, at, s == NULL ? "" : s, n,
	    SQLITE_TRANSIENT);
}

static enum mews_rc
cut(struct mews_db *db, bool stranger, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_cut, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, stranger);
	(void)sqlite3_bind_int(st, 2, MEWS_AUDIT_MOST);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_audit_add(struct mews_db *db, int64_t t, const char *what,
    const char *user, const char *about, const char *source,
    struct mews_err *err)
{
	const struct mews_audit_kind *kind = mews_audit_kind(what);
	sqlite3_stmt *st;
	enum mews_rc rc;

	if (kind == NULL)
		return mews_fail(err, MEWS_FAIL, "nothing is logged as %s",
		    what);
	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, t);
	bind_text(st, 2, what, 31);
	bind_text(st, 3, user, MEWS_USERNAME);
	bind_text(st, 4, about, MEWS_AUDIT_ABOUT - 1);
	bind_text(st, 5, source, MEWS_ADDRESS_TEXT - 1);
	(void)sqlite3_bind_int(st, 6, kind->stranger);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK)
		return rc;
	return mews_db_rowid(db) % TURN == 0 ? cut(db, kind->stranger, err)
					     : MEWS_OK;
}

enum mews_rc
mews_audit_read(struct mews_db *db, const struct mews_audit_filter *f,
    struct mews_audit *out, size_t max, size_t *n, struct mews_err *err)
{
	struct mews_audit *a = out;
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_read, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, f->before > 0 ? f->before : INT64_MAX);
	(void)sqlite3_bind_int64(st, 2, f->from);
	(void)sqlite3_bind_int64(st, 3, f->to > 0 ? f->to : INT64_MAX);
	bind_text(st, 4, f->user, MEWS_USERNAME);
	bind_text(st, 5, f->what, 31);
	(void)sqlite3_bind_int64(st, 6, (int64_t)max);
	for (; *n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK; a++) {
		a->id = sqlite3_column_int64(st, 0);
		a->t = sqlite3_column_int64(st, 1);
		(void)mews_row_take(st, 2, a->what, sizeof(a->what));
		(void)mews_row_take(st, 3, a->user, sizeof(a->user));
		(void)mews_row_take(st, 4, a->about, sizeof(a->about));
		(void)mews_row_take(st, 5, a->source, sizeof(a->source));
		(*n)++;
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
