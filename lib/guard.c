/*
 * guard.c - the tables browser, source and puk of auth.db.
 */
#include "guard.h"
#include "row.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_browser_find[] =
    "SELECT used, failed FROM browser WHERE digest = ?1 AND user = ?2"
    " AND used >= ?3";
static const char sql_browser_put[] =
    "INSERT INTO browser (digest, user, used, failed) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (digest, user) DO UPDATE SET used = excluded.used,"
    " failed = excluded.failed";
static const char sql_browser_move[] =
    "UPDATE browser SET digest = ?2 WHERE digest = ?1";
static const char sql_browser_trim[] =
    "DELETE FROM browser WHERE user = ?1 AND digest NOT IN"
    " (SELECT digest FROM browser WHERE user = ?1"
    " ORDER BY used DESC, digest LIMIT ?2)";
static const char sql_browser_drop[] = "DELETE FROM browser WHERE user = ?1";
static const char sql_browser_count[] =
    "SELECT count(*) FROM browser WHERE user = ?1";

static const char sql_source_find[] =
    "SELECT failed, next, told, used FROM source WHERE address = ?1";
static const char sql_source_put[] =
    "INSERT INTO source (address, failed, next, told, used)"
    " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (address) DO UPDATE SET"
    " failed = excluded.failed, next = excluded.next, told = excluded.told,"
    " used = excluded.used";
static const char sql_source_count[] = "SELECT count(*) FROM source";
static const char sql_source_cut[] =
    "DELETE FROM source WHERE address IN"
    " (SELECT address FROM source ORDER BY used LIMIT ?1)";

static const char sql_puk_count[] =
    "SELECT count(*), min(t) FROM puk WHERE t > ?1 AND t <= ?2"
    " AND (?3 = '' OR address = ?3)";
static const char sql_puk_cut[] = "DELETE FROM puk WHERE t <= ?1 OR t > ?2";
static const char sql_puk_add[] =
    "INSERT INTO puk (t, address) VALUES (?1, ?2)";

static void
bind_digest(sqlite3_stmt *st, int at, const uint8_t *digest)
{
	(void)sqlite3_bind_blob(st, at, digest, MEWS_HASH, SQLITE_TRANSIENT);
}

enum mews_rc
mews_browser_find(struct mews_db *db, const uint8_t *digest, int64_t user,
    int64_t from, struct mews_browser *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_browser_find, &st, err)) != MEWS_OK)
		return rc;
	bind_digest(st, 1, digest);
	(void)sqlite3_bind_int64(st, 2, user);
	(void)sqlite3_bind_int64(st, 3, from);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		memcpy(out->digest, digest, MEWS_HASH);
		out->user = user;
		out->used = sqlite3_column_int64(st, 0);
		out->failed = sqlite3_column_int64(st, 1);
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_browser_put(struct mews_db *db, const struct mews_browser *b,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_browser_put, &st, err)) != MEWS_OK)
		return rc;
	bind_digest(st, 1, b->digest);
	(void)sqlite3_bind_int64(st, 2, b->user);
	(void)sqlite3_bind_int64(st, 3, b->used);
	(void)sqlite3_bind_int64(st, 4, b->failed);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_browser_move(struct mews_db *db, const uint8_t *from, const uint8_t *to,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_browser_move, &st, err)) != MEWS_OK)
		return rc;
	bind_digest(st, 1, from);
	bind_digest(st, 2, to);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_browser_trim(struct mews_db *db, int64_t user, int64_t most,
    struct mews_err *err)
{
	const int64_t v[] = { user, most };

	return mews_row_run(db, sql_browser_trim, v, MEWS_LEN(v), err);
}

enum mews_rc
mews_browser_drop(struct mews_db *db, int64_t user, struct mews_err *err)
{
	return mews_row_run(db, sql_browser_drop, &user, 1, err);
}

/* The number a statement of one row and at most one parameter gives. */
static enum mews_rc
count(struct mews_db *db, const char *sql, int64_t a, int64_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, a); /* refused where there is none */
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*n = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_browser_count(struct mews_db *db, int64_t user, int64_t *n,
    struct mews_err *err)
{
	return count(db, sql_browser_count, user, n, err);
}

enum mews_rc
mews_source_find(struct mews_db *db, const char *address,
    struct mews_source *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*out = (struct mews_source){ .failed = 0 };
	if (!mews_str_copy(out->address, sizeof(out->address), address))
		return mews_fail(err, MEWS_BAD, "an address is too long");
	if ((rc = mews_db_use(db, sql_source_find, &st, err)) != MEWS_OK)
		return rc;
	mews_row_text(st, 1, address);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		out->failed = sqlite3_column_int64(st, 0);
		out->next = sqlite3_column_int64(st, 1);
		out->told = sqlite3_column_int64(st, 2);
		out->used = sqlite3_column_int64(st, 3);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_source_put(struct mews_db *db, const struct mews_source *s,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_source_put, &st, err)) != MEWS_OK)
		return rc;
	mews_row_text(st, 1, s->address);
	(void)sqlite3_bind_int64(st, 2, s->failed);
	(void)sqlite3_bind_int64(st, 3, s->next);
	(void)sqlite3_bind_int64(st, 4, s->told);
	(void)sqlite3_bind_int64(st, 5, s->used);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK ||
	    (rc = count(db, sql_source_count, 0, &n, err)) != MEWS_OK ||
	    n <= MEWS_SOURCES)
		return rc;
	n -= MEWS_SOURCES;
	return mews_row_run(db, sql_source_cut, &n, 1, err);
}

enum mews_rc
mews_puk_count(struct mews_db *db, const char *address, int64_t from,
    int64_t to, int64_t *n, int64_t *first, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_puk_count, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, from);
	(void)sqlite3_bind_int64(st, 2, to);
	mews_row_text(st, 3, address);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*n = sqlite3_column_int64(st, 0);
		*first = sqlite3_column_int64(st, 1);
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_puk_add(struct mews_db *db, const char *address, int64_t from, int64_t now,
    struct mews_err *err)
{
	const int64_t v[] = { from, now };
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_row_run(db, sql_puk_cut, v, MEWS_LEN(v), err)) !=
		MEWS_OK ||
	    (rc = mews_db_use(db, sql_puk_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, now);
	mews_row_text(st, 2, address);
	return mews_db_run(db, st, err);
}
