/*
 * session.c - the table session of auth.db.
 *
 * How long a session lives is decided in daemon/auth_session.c.
 */
#include "session.h"
#include "row.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

#define COLUMNS "digest, csrf, user, begun, used, source, browser"

static const char sql_add[] =
    "INSERT INTO session (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char sql_find[] =
    "SELECT " COLUMNS " FROM session WHERE digest = ?1";
static const char sql_list[] = "SELECT " COLUMNS " FROM session WHERE user = ?1"
			       " ORDER BY used DESC, begun DESC LIMIT ?2";
static const char sql_touch[] =
    "UPDATE session SET used = ?2 WHERE digest = ?1";
static const char sql_end[] = "DELETE FROM session WHERE digest = ?1";
static const char sql_end_all[] = "DELETE FROM session WHERE user = ?1";
static const char sql_trim[] =
    "DELETE FROM session WHERE user = ?1 AND digest NOT IN"
    " (SELECT digest FROM session WHERE user = ?1"
    " ORDER BY used DESC, begun DESC, digest LIMIT ?2)";
static const char sql_expire[] =
    "DELETE FROM session WHERE begun < ?1 OR used < ?2";

static void
bind_blob(sqlite3_stmt *st, int at, const uint8_t *p, size_t n)
{
	(void)sqlite3_bind_blob(st, at, p, (int)n, SQLITE_TRANSIENT);
}

enum mews_rc
mews_session_add(struct mews_db *db, const struct mews_session *s,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	bind_blob(st, 1, s->digest, sizeof(s->digest));
	bind_blob(st, 2, s->csrf, sizeof(s->csrf));
	(void)sqlite3_bind_int64(st, 3, s->user);
	(void)sqlite3_bind_int64(st, 4, s->begun);
	(void)sqlite3_bind_int64(st, 5, s->used);
	(void)sqlite3_bind_text(st, 6, s->source, -1, SQLITE_TRANSIENT);
	bind_blob(st, 7, s->browser, sizeof(s->browser));
	return mews_db_run(db, st, err);
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

static enum mews_rc
take(sqlite3_stmt *st, struct mews_session *s, struct mews_err *err)
{
	const char *source = (const char *)sqlite3_column_text(st, 5);

	s->user = sqlite3_column_int64(st, 2);
	s->begun = sqlite3_column_int64(st, 3);
	s->used = sqlite3_column_int64(st, 4);
	if (!take_blob(st, 6, s->browser, sizeof(s->browser)))
		memset(s->browser, 0, sizeof(s->browser));
	if (source == NULL ||
	    !mews_str_copy(s->source, sizeof(s->source), source) ||
	    !take_blob(st, 0, s->digest, sizeof(s->digest)) ||
	    !take_blob(st, 1, s->csrf, sizeof(s->csrf)))
		return mews_fail(err, MEWS_FAIL,
		    "auth.db: a row of session is damaged");
	return MEWS_OK;
}

enum mews_rc
mews_session_find(struct mews_db *db, const uint8_t *digest,
    struct mews_session *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	bind_blob(st, 1, digest, MEWS_HASH);
	rc = mews_db_step(db, st, err);
	if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such session");
	else if (rc == MEWS_OK)
		rc = take(st, out, err);
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
	return run_digest(db, sql_touch, digest, now, err);
}

enum mews_rc
mews_session_end(struct mews_db *db, const uint8_t *digest,
    struct mews_err *err)
{
	return run_digest(db, sql_end, digest, 0, err);
}

enum mews_rc
mews_session_end_all(struct mews_db *db, int64_t user, struct mews_err *err)
{
	return mews_row_run(db, sql_end_all, &user, 1, err);
}

enum mews_rc
mews_session_list(struct mews_db *db, int64_t user, struct mews_session *out,
    size_t max, size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, user);
	(void)sqlite3_bind_int64(st, 2, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		if ((rc = take(st, &out[(*n)++], err)) != MEWS_OK)
			break;
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_session_trim(struct mews_db *db, int64_t user, int64_t most,
    struct mews_err *err)
{
	const int64_t v[] = { user, most };

	return mews_row_run(db, sql_trim, v, MEWS_LEN(v), err);
}

enum mews_rc
mews_session_expire(struct mews_db *db, int64_t begun, int64_t used,
    struct mews_err *err)
{
	const int64_t v[] = { begun, used };

	return mews_row_run(db, sql_expire, v, MEWS_LEN(v), err);
}
