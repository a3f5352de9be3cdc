/*
 * db.c - open, prepare once, step.
 *
 * WAL, so that a reader never waits for the writer; synchronous=FULL, so that
 * a committed minute survives a power cut.  The -wal and -shm files stay when
 * the writer closes: a reader with no right to write could not open without.
 */
#include "db_inside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 2000
#define PAGE    4096 /* bytes, as in sql_write */

static const char sql_write[] = "PRAGMA page_size=4096;"
				"PRAGMA journal_mode=WAL;"
				"PRAGMA journal_size_limit=4194304;"
				"PRAGMA foreign_keys=ON;"
				"PRAGMA trusted_schema=OFF;";
static const char sql_full[] = "PRAGMA synchronous=FULL";
/* a small WAL: it stands on a RAM disk */
static const char sql_off[] = "PRAGMA synchronous=OFF;"
			      "PRAGMA wal_autocheckpoint=64;";
static const char sql_plain[] = "PRAGMA page_size=4096;"
				"PRAGMA journal_mode=DELETE;"
				"PRAGMA synchronous=OFF;"
				"PRAGMA trusted_schema=OFF;";
/* who may write nothing cannot sort in a file; a stretch is mostly asked for
 * once, so few pages are kept */
static const char sql_read[] = "PRAGMA query_only=ON;"
			       "PRAGMA cache_size=-512;"
			       "PRAGMA temp_store=MEMORY;"
			       "PRAGMA trusted_schema=OFF;";
static const char sql_begin[] = "BEGIN IMMEDIATE";
static const char sql_snapshot[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_size[] =
    "SELECT page_count, freelist_count, page_size FROM pragma_page_count,"
    " pragma_freelist_count, pragma_page_size";
static const char sql_empty[] = "PRAGMA wal_checkpoint(TRUNCATE)";
static const char sql_version[] = "PRAGMA data_version";
/* Reads the schema, so that a file that is no database is found at open. */
static const char sql_probe[] = "SELECT count(*) FROM sqlite_schema";

enum mews_rc
mews_db_code(int sq)
{
	switch (sq & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return MEWS_AGAIN;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CONSTRAINT:
		return MEWS_BAD;
	case SQLITE_CANTOPEN:
		return MEWS_NONE;
	default:
		return MEWS_FAIL;
	}
}

enum mews_rc
mews_db_failed(struct mews_db *db, struct mews_err *err)
{
	int sq = sqlite3_extended_errcode(db->sq);

	if ((sq & 0xff) == SQLITE_CORRUPT || (sq & 0xff) == SQLITE_NOTADB)
		db->damaged = true;
	return mews_fail(err, mews_db_code(sq), "%s: %s", db->path,
	    sqlite3_errmsg(db->sq));
}

static enum mews_rc
setup(struct mews_db *db, enum mews_db_mode mode, struct mews_err *err)
{
	int on = 1;
	enum mews_rc rc;

	(void)sqlite3_busy_timeout(db->sq, BUSY_MS);
	(void)sqlite3_db_config(db->sq, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_limit(db->sq, SQLITE_LIMIT_ATTACHED, 0);
	if (mode == MEWS_DB_READ)
		rc = mews_db_exec(db, sql_read, err);
	else if (mode == MEWS_DB_PLAIN)
		rc = mews_db_exec(db, sql_plain, err);
	else {
		(void)sqlite3_file_control(db->sq, "main",
		    SQLITE_FCNTL_PERSIST_WAL, &on);
		rc = mews_db_exec(db, sql_write, err);
		if (rc == MEWS_OK)
			rc = mews_db_exec(db,
			    mode == MEWS_DB_WRITE ? sql_full : sql_off, err);
	}
	if (rc == MEWS_OK)
		rc = mews_db_exec(db, sql_probe, err);
	return rc;
}

enum mews_rc
mews_db_open(const char *path, enum mews_db_mode mode, struct mews_db **out,
    struct mews_err *err)
{
	struct mews_db *db = mews_alloc(1, sizeof(*db));
	int flags = mode == MEWS_DB_READ
	    ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	struct stat s;
	enum mews_rc rc;

	db->path = mews_strdup(path);
	if (mode == MEWS_DB_READ && stat(path, &s) != 0)
		rc = mews_fail(err, MEWS_NONE, "%s: no such database", path);
	else if (sqlite3_open_v2(path, &db->sq, flags | SQLITE_OPEN_NOMUTEX,
		     NULL) != SQLITE_OK)
		rc = mews_db_failed(db, err);
	else
		rc = setup(db, mode, err);
	if (rc != MEWS_OK) {
		mews_db_close(db);
		return rc;
	}
	*out = db;
	return MEWS_OK;
}

void
mews_db_close(struct mews_db *db)
{
	size_t i;

	if (db == NULL)
		return;
	for (i = 0; i < db->nkept; i++)
		(void)sqlite3_finalize(db->kept[i].st);
	free(db->kept);
	(void)sqlite3_close(db->sq);
	free(db->path);
	free(db);
}

enum mews_rc
mews_db_exec(struct mews_db *db, const char *sql, struct mews_err *err)
{
	if (sqlite3_exec(db->sq, sql, NULL, NULL, NULL) != SQLITE_OK)
		return mews_db_failed(db, err);
	return MEWS_OK;
}

enum mews_rc
mews_db_use(struct mews_db *db, const char *sql, sqlite3_stmt **out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	size_t i;

	for (i = 0; i < db->nkept; i++)
		if (db->kept[i].sql == sql) {
			*out = db->kept[i].st;
			(void)sqlite3_reset(*out);
			(void)sqlite3_clear_bindings(*out);
			return MEWS_OK;
		}
	if (sqlite3_prepare_v3(db->sq, sql, -1, SQLITE_PREPARE_PERSISTENT, &st,
		NULL) != SQLITE_OK)
		return mews_db_failed(db, err);
	db->kept = mews_realloc(db->kept, db->nkept + 1, sizeof(*db->kept));
	db->kept[db->nkept].sql = sql;
	db->kept[db->nkept++].st = st;
	*out = st;
	return MEWS_OK;
}

void
mews_db_done(sqlite3_stmt *st)
{
	(void)sqlite3_reset(st);
}

enum mews_rc
mews_db_step(struct mews_db *db, sqlite3_stmt *st, struct mews_err *err)
{
	enum mews_rc rc;

	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return MEWS_OK;
	case SQLITE_DONE:
		return MEWS_NONE;
	default:
		rc = mews_db_failed(db, err);
		mews_db_done(st);
		return rc;
	}
}

enum mews_rc
mews_db_run(struct mews_db *db, sqlite3_stmt *st, struct mews_err *err)
{
	enum mews_rc rc = mews_db_step(db, st, err);

	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Prepares a text without parameters and runs it. */
static enum mews_rc
run(struct mews_db *db, const char *sql, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_db_begin(struct mews_db *db, struct mews_err *err)
{
	return run(db, sql_begin, err);
}

enum mews_rc
mews_db_join(struct mews_db *db, bool *begun, struct mews_err *err)
{
	*begun = sqlite3_get_autocommit(db->sq) != 0;
	return *begun ? run(db, sql_begin, err) : MEWS_OK;
}

enum mews_rc
mews_db_snapshot(struct mews_db *db, bool *begun, struct mews_err *err)
{
	*begun = sqlite3_get_autocommit(db->sq) != 0;
	return *begun ? run(db, sql_snapshot, err) : MEWS_OK;
}

enum mews_rc
mews_db_commit(struct mews_db *db, struct mews_err *err)
{
	return run(db, sql_commit, err);
}

void
mews_db_rollback(struct mews_db *db)
{
	if (sqlite3_get_autocommit(db->sq) == 0)
		(void)sqlite3_exec(db->sq, "ROLLBACK", NULL, NULL, NULL);
}

enum mews_rc
mews_db_end(struct mews_db *db, enum mews_rc rc, struct mews_err *err)
{
	if (rc == MEWS_OK)
		rc = mews_db_commit(db, err);
	if (rc != MEWS_OK)
		mews_db_rollback(db);
	return rc;
}

int64_t
mews_db_changes(struct mews_db *db)
{
	return sqlite3_changes64(db->sq);
}

int64_t
mews_db_rowid(struct mews_db *db)
{
	return sqlite3_last_insert_rowid(db->sq);
}

enum mews_rc
mews_db_size(struct mews_db *db, int64_t *used, int64_t *spare,
    struct mews_err *err)
{
	int64_t page;
	sqlite3_stmt *st;
	enum mews_rc rc;

	*used = *spare = 0;
	if ((rc = mews_db_use(db, sql_size, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		page = sqlite3_column_int64(st, 2);
		*spare = sqlite3_column_int64(st, 1) * page;
		*used = sqlite3_column_int64(st, 0) * page - *spare;
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_db_version(struct mews_db *db, int64_t *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_version, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*out = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

bool
mews_db_damaged(const struct mews_db *db)
{
	return db->damaged;
}

enum mews_rc
mews_db_prepare(struct mews_db *db, const char *sql, sqlite3_stmt **out,
    struct mews_err *err)
{
	if (sqlite3_prepare_v2(db->sq, sql, -1, out, NULL) != SQLITE_OK)
		return mews_db_failed(db, err);
	return MEWS_OK;
}

void
mews_db_drop(sqlite3_stmt *st)
{
	(void)sqlite3_finalize(st);
}

void
mews_db_most_wal(struct mews_db *db, int64_t bytes)
{
	int64_t pages = bytes / PAGE;

	(void)sqlite3_wal_autocheckpoint(db->sq, pages < 1 ? 1 : (int)pages);
}

enum mews_rc
mews_db_empty_wal(struct mews_db *db, struct mews_err *err)
{
	return mews_db_exec(db, sql_empty, err);
}
