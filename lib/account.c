/*
 * account.c - the tables user, session and audit of auth.db.
 *
 * What a try costs and how long a session lives is decided in daemon/auth*.c.
 */
#include "account.h"
#include "str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define AUDIT_LINES 10000

#define USER_COLUMNS                                                           \
	"id, name, role, lang, enabled, factory, pin_failed, puk_failed, "     \
	"puk_next, last_in, pin_salt, pin_hash, puk_salt, puk_hash"

static const char sql_user_add[] =
    "INSERT INTO user (role, lang, enabled, factory, pin_failed, puk_failed,"
    " puk_next, last_in, pin_salt, pin_hash, puk_salt, puk_hash, name)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
static const char sql_user_save[] =
    "UPDATE user SET role = ?1, lang = ?2, enabled = ?3, factory = ?4,"
    " pin_failed = ?5, puk_failed = ?6, puk_next = ?7, last_in = ?8,"
    " pin_salt = ?9, pin_hash = ?10, puk_salt = ?11, puk_hash = ?12"
    " WHERE id = ?13";
static const char sql_user_find[] =
    "SELECT " USER_COLUMNS " FROM user WHERE name = ?1";
static const char sql_user_load[] =
    "SELECT " USER_COLUMNS " FROM user WHERE id = ?1";
static const char sql_user_list[] =
    "SELECT " USER_COLUMNS " FROM user ORDER BY id LIMIT ?1";

static const char sql_session_add[] =
    "INSERT INTO session (digest, csrf, user, begun, used, source)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char sql_session_find[] =
    "SELECT digest, csrf, user, begun, used, source FROM session"
    " WHERE digest = ?1";
static const char sql_session_touch[] =
    "UPDATE session SET used = ?2 WHERE digest = ?1";
static const char sql_session_end[] = "DELETE FROM session WHERE digest = ?1";
static const char sql_session_end_all[] = "DELETE FROM session WHERE user = ?1";
static const char sql_session_trim[] =
    "DELETE FROM session WHERE user = ?1 AND digest NOT IN"
    " (SELECT digest FROM session WHERE user = ?1"
    " ORDER BY used DESC, begun DESC, digest LIMIT ?2)";
static const char sql_session_expire[] =
    "DELETE FROM session WHERE begun < ?1 OR used < ?2";

static const char sql_audit_add[] =
    "INSERT INTO audit (t, what, user, source) VALUES (?1, ?2, ?3, ?4)";
static const char sql_audit_cut[] = "DELETE FROM audit WHERE id <= ?1";

static const char *const roles[] = {
	[MEWS_USER] = "user",
	[MEWS_INSTALLER] = "installer",
	[MEWS_ADMINISTRATOR] = "administrator",
};

const char *
mews_role_name(enum mews_role role)
{
	return roles[role];
}

bool
mews_role_find(const char *name, enum mews_role *out)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(roles); i++)
		if (strcmp(roles[i], name) == 0) {
			*out = (enum mews_role)i;
			return true;
		}
	return false;
}

static void
bind_text(sqlite3_stmt *st, int at, const char *s)
{
	(void)sqlite3_bind_text(st, at, s, -1, SQLITE_TRANSIENT);
}

static void
bind_blob(sqlite3_stmt *st, int at, const uint8_t *p, size_t n)
{
	(void)sqlite3_bind_blob(st, at, p, (int)n, SQLITE_TRANSIENT);
}

static enum mews_rc
wrong_row(const char *table, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "auth.db: a row of %s is damaged",
	    table);
}

/* Copies a column of exactly n bytes. */
static bool
take_blob(sqlite3_stmt *st, int at, uint8_t *out, size_t n)
{
	if (sqlite3_column_bytes(st, at) != (int)n)
		return false;
	memcpy(out, sqlite3_column_blob(st, at), n);
	return true;
}

static bool
take_text(sqlite3_stmt *st, int at, char *out, size_t size)
{
	const char *s = (const char *)sqlite3_column_text(st, at);

	return s != NULL && mews_str_copy(out, size, s);
}

/* Parameters 1 to 12 of add and save. */
static void
bind_user(sqlite3_stmt *st, const struct mews_user *u)
{
	int i;

	(void)sqlite3_bind_int(st, 1, (int)u->role);
	bind_text(st, 2, u->lang);
	(void)sqlite3_bind_int(st, 3, u->enabled);
	(void)sqlite3_bind_int(st, 4, u->factory);
	(void)sqlite3_bind_int64(st, 5, u->pin_failed);
	(void)sqlite3_bind_int64(st, 6, u->puk_failed);
	(void)sqlite3_bind_int64(st, 7, u->puk_next);
	(void)sqlite3_bind_int64(st, 8, u->last_in);
	for (i = 0; i < 2; i++) {
		bind_blob(st, 9 + 2 * i, u->code[i].salt, MEWS_SALT);
		bind_blob(st, 10 + 2 * i, u->code[i].hash, MEWS_HASH);
	}
}

static enum mews_rc
take_user(sqlite3_stmt *st, struct mews_user *u, struct mews_err *err)
{
	int role = sqlite3_column_int(st, 2), i;

	*u = (struct mews_user){ .id = sqlite3_column_int64(st, 0) };
	if (role < 0 || role >= (int)MEWS_LEN(roles) ||
	    !take_text(st, 1, u->name, sizeof(u->name)) ||
	    !take_text(st, 3, u->lang, sizeof(u->lang)))
		return wrong_row("user", err);
	u->role = (enum mews_role)role;
	u->enabled = sqlite3_column_int(st, 4) != 0;
	u->factory = sqlite3_column_int(st, 5) != 0;
	u->pin_failed = sqlite3_column_int64(st, 6);
	u->puk_failed = sqlite3_column_int64(st, 7);
	u->puk_next = sqlite3_column_int64(st, 8);
	u->last_in = sqlite3_column_int64(st, 9);
	for (i = 0; i < 2; i++)
		if (!take_blob(st, 10 + 2 * i, u->code[i].salt, MEWS_SALT) ||
		    !take_blob(st, 11 + 2 * i, u->code[i].hash, MEWS_HASH))
			return wrong_row("user", err);
	return MEWS_OK;
}

enum mews_rc
mews_user_add(struct mews_db *db, struct mews_user *u, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if (!mews_str_word(u->name, MEWS_USERNAME))
		return mews_fail(err, MEWS_BAD, "%s cannot be a user's name",
		    u->name);
	if ((rc = mews_db_use(db, sql_user_add, &st, err)) != MEWS_OK)
		return rc;
	bind_user(st, u);
	bind_text(st, 13, u->name);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		u->id = mews_db_rowid(db);
	return rc;
}

enum mews_rc
mews_user_save(struct mews_db *db, const struct mews_user *u,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user_save, &st, err)) != MEWS_OK)
		return rc;
	bind_user(st, u);
	(void)sqlite3_bind_int64(st, 13, u->id);
	rc = mews_db_run(db, st, err);
	if (rc == MEWS_OK && mews_db_changes(db) == 0)
		rc = mews_fail(err, MEWS_NONE, "there is no user %s", u->name);
	return rc;
}

/* The one user a bound statement finds. */
static enum mews_rc
one_user(struct mews_db *db, sqlite3_stmt *st, struct mews_user *out,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_step(db, st, err);

	if (rc == MEWS_OK)
		rc = take_user(st, out, err);
	else if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such user");
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_user_find(struct mews_db *db, const char *name, struct mews_user *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user_find, &st, err)) != MEWS_OK)
		return rc;
	bind_text(st, 1, name);
	return one_user(db, st, out, err);
}

enum mews_rc
mews_user_load(struct mews_db *db, int64_t id, struct mews_user *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user_load, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	return one_user(db, st, out, err);
}

enum mews_rc
mews_user_list(struct mews_db *db, struct mews_user *out, size_t max, size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_user_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		if ((rc = take_user(st, &out[(*n)++], err)) != MEWS_OK)
			break;
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_session_add(struct mews_db *db, const struct mews_session *s,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_session_add, &st, err)) != MEWS_OK)
		return rc;
	bind_blob(st, 1, s->digest, sizeof(s->digest));
	bind_blob(st, 2, s->csrf, sizeof(s->csrf));
	(void)sqlite3_bind_int64(st, 3, s->user);
	(void)sqlite3_bind_int64(st, 4, s->begun);
	(void)sqlite3_bind_int64(st, 5, s->used);
	bind_text(st, 6, s->source);
	return mews_db_run(db, st, err);
}

static bool
take_session(sqlite3_stmt *st, struct mews_session *s)
{
	s->user = sqlite3_column_int64(st, 2);
	s->begun = sqlite3_column_int64(st, 3);
	s->used = sqlite3_column_int64(st, 4);
	return take_blob(st, 0, s->digest, sizeof(s->digest)) &&
	    take_blob(st, 1, s->csrf, sizeof(s->csrf)) &&
	    take_text(st, 5, s->source, sizeof(s->source));
}

enum mews_rc
mews_session_find(struct mews_db *db, const uint8_t *digest,
    struct mews_session *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_session_find, &st, err)) != MEWS_OK)
		return rc;
	bind_blob(st, 1, digest, MEWS_HASH);
	rc = mews_db_step(db, st, err);
	if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such session");
	else if (rc == MEWS_OK && !take_session(st, out))
		rc = wrong_row("session", err);
	mews_db_done(st);
	return rc;
}

/* Runs a statement about one session. */
static enum mews_rc
run_digest(struct mews_db *db, const char *sql, const uint8_t *digest,
    int64_t now, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	bind_blob(st, 1, digest, MEWS_HASH);
	(void)sqlite3_bind_int64(st, 2, now); /* refused where there is none */
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_session_touch(struct mews_db *db, const uint8_t *digest, int64_t now,
    struct mews_err *err)
{
	return run_digest(db, sql_session_touch, digest, now, err);
}

enum mews_rc
mews_session_end(struct mews_db *db, const uint8_t *digest,
    struct mews_err *err)
{
	return run_digest(db, sql_session_end, digest, 0, err);
}

/* Runs a statement with one or two numbers. */
static enum mews_rc
run_numbers(struct mews_db *db, const char *sql, int64_t a, int64_t b,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, a);
	(void)sqlite3_bind_int64(st, 2, b); /* refused where there is none */
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_session_end_all(struct mews_db *db, int64_t user, struct mews_err *err)
{
	return run_numbers(db, sql_session_end_all, user, 0, err);
}

enum mews_rc
mews_session_trim(struct mews_db *db, int64_t user, int64_t most,
    struct mews_err *err)
{
	return run_numbers(db, sql_session_trim, user, most, err);
}

enum mews_rc
mews_session_expire(struct mews_db *db, int64_t begun, int64_t used,
    struct mews_err *err)
{
	return run_numbers(db, sql_session_expire, begun, used, err);
}

enum mews_rc
mews_audit_add(struct mews_db *db, int64_t t, const char *what,
    const char *user, const char *source, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_audit_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, t);
	bind_text(st, 2, what);
	bind_text(st, 3, user);
	bind_text(st, 4, source);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK)
		return rc;
	return run_numbers(db, sql_audit_cut, mews_db_rowid(db) - AUDIT_LINES,
	    0, err);
}
