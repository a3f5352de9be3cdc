/*
 * db.c - open, prepare once, step.
 *
 * WAL, so that a reader never waits for the writer; synchronous=FULL, so that
 * a committed minute survives a power cut.  The -wal and -shm files stay when
 * the writer closes: a reader with no right to write could not open without.
 */
#include "db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BUSY_MS    2000
#define COPY_PAGES 100
#define COPY_REST  1     /* ms between them */
#define CHECKS     3     /* until a complaint is believed */
#define CHECK_REST 300   /* ms between them */
#define STEPS      10000 /* of SQLite's machine between two looks at the clock */

struct mews_db {
	sqlite3 *sq;
	char *path;
	bool damaged;
	struct {
		const char *sql; /* found by address */
		sqlite3_stmt *st;
	} * kept;
	size_t nkept;
};

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
static const char sql_read[] = "PRAGMA query_only=ON;"
			       "PRAGMA trusted_schema=OFF;";
static const char sql_begin[] = "BEGIN IMMEDIATE";
static const char sql_snapshot[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_size[] =
    "SELECT page_count, freelist_count, page_size FROM pragma_page_count,"
    " pragma_freelist_count, pragma_page_size";
static const char sql_version[] = "PRAGMA data_version";
static const char sql_check[] = "PRAGMA quick_check(1)";
/* Reads the schema, so that a file that is no database is found at open. */
static const char sql_probe[] = "SELECT count(*) FROM sqlite_schema";

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* SQLite's result codes that mean something to a caller. */
static enum mews_rc
code(int sq)
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

static enum mews_rc
failed(struct mews_db *db, struct mews_err *err)
{
	int sq = sqlite3_extended_errcode(db->sq);

	if ((sq & 0xff) == SQLITE_CORRUPT || (sq & 0xff) == SQLITE_NOTADB)
		db->damaged = true;
	return mews_fail(err, code(sq), "%s: %s", db->path,
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
		rc = failed(db, err);
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
		return failed(db, err);
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
		return failed(db, err);
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
		rc = failed(db, err);
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
		return failed(db, err);
	return MEWS_OK;
}

void
mews_db_drop(sqlite3_stmt *st)
{
	(void)sqlite3_finalize(st);
}

/* True when the time of a check is over. */
static int
is_over(void *arg)
{
	return now_ms() >= *(const int64_t *)arg;
}

/* One look; MEWS_BAD with the first complaint. */
static enum mews_rc
check(struct mews_db *db, struct mews_err *err)
{
	sqlite3_stmt *st;
	const char *says;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_check, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		says = (const char *)sqlite3_column_text(st, 0);
		if (says == NULL || strcmp(says, "ok") != 0)
			rc = mews_fail(err, MEWS_BAD, "%s: %s", db->path,
			    says == NULL ? "no answer" : says);
	}
	mews_db_done(st);
	return rc;
}

/* To quick_check a page that could not be read is as bad as a damaged one: what
 * a later look does not see was no damage. */
enum mews_rc
mews_db_check(struct mews_db *db, int64_t ms, struct mews_err *err)
{
	int64_t until = now_ms() + ms;
	enum mews_rc rc;
	int again;

	if (ms != 0)
		sqlite3_progress_handler(db->sq, STEPS, is_over, &until);
	rc = check(db, err);
	for (again = 0; rc == MEWS_BAD && again < CHECKS - 1; again++) {
		(void)sqlite3_sleep(CHECK_REST);
		rc = check(db, err);
	}
	sqlite3_progress_handler(db->sq, 0, NULL, NULL);
	return rc;
}

/* All pages of one state: another's commit would begin the copy anew. */
static enum mews_rc
copy(struct mews_db *db, sqlite3 *to, struct mews_err *err)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", db->sq, "main");
	int sq = SQLITE_OK;

	while (b != NULL &&
	    ((sq = sqlite3_backup_step(b, COPY_PAGES)) == SQLITE_OK ||
		sq == SQLITE_BUSY || sq == SQLITE_LOCKED))
		(void)sqlite3_sleep(COPY_REST);
	if (b == NULL || (sqlite3_backup_finish(b) != SQLITE_OK) ||
	    sq != SQLITE_DONE ||
	    sqlite3_exec(to, sql_plain, NULL, NULL, NULL) != SQLITE_OK)
		return mews_fail(err, code(sqlite3_extended_errcode(to)),
		    "%s cannot be copied: %s", db->path, sqlite3_errmsg(to));
	return MEWS_OK;
}

enum mews_rc
mews_db_copy(struct mews_db *db, const char *path, struct mews_err *err)
{
	sqlite3 *to = NULL;
	sqlite3_stmt *st;
	bool begun;
	enum mews_rc rc;

	(void)unlink(path);
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	/* a snapshot is taken by its first read */
	rc = mews_db_use(db, sql_probe, &st, err);
	if (rc == MEWS_OK)
		rc = mews_db_step(db, st, err);
	if (rc == MEWS_OK)
		mews_db_done(st);
	if (rc == MEWS_OK &&
	    (sqlite3_open_v2(path, &to,
		 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		     SQLITE_OPEN_NOMUTEX,
		 NULL) != SQLITE_OK ||
		sqlite3_exec(to, sql_off, NULL, NULL, NULL) != SQLITE_OK))
		rc = mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    sqlite3_errmsg(to));
	if (rc == MEWS_OK)
		rc = copy(db, to, err);
	(void)sqlite3_close(to);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		(void)unlink(path);
	return rc;
}
