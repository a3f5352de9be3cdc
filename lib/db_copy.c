/*
 * db_copy.c - a database as a whole: whether it is sound, and a copy of it.
 */
#include "db_inside.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COPY_PAGES 100
#define COPY_REST  1     /* ms between them */
#define CHECKS     3     /* until a complaint is believed */
#define CHECK_REST 300   /* ms between them */
#define STEPS      10000 /* of SQLite's machine between two looks at the clock */

static const char sql_check[] = "PRAGMA quick_check(1)";
static const char sql_first[] = "SELECT count(*) FROM sqlite_schema";
static const char sql_fresh[] = "PRAGMA synchronous=OFF";
static const char sql_single[] = "PRAGMA journal_mode=DELETE";

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* True when the time of a check is over. */
static int
is_over(void *arg)
{
	return now_ms() >= *(const int64_t *)arg;
}

/* Whether quick_check complains of a page that the disk did not give: then it
 * says with which code of SQLite. */
static bool
not_read(const char *says)
{
	const char *code = strstr(says, "error code=");

	return code != NULL &&
	    (strtol(code + 11, NULL, 10) & 0xff) == SQLITE_IOERR;
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
			rc = mews_fail(err,
			    says != NULL && not_read(says) ? MEWS_FAIL
							   : MEWS_BAD,
			    "%s: %s", db->path,
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
	    sqlite3_exec(to, sql_single, NULL, NULL, NULL) != SQLITE_OK)
		return mews_fail(err,
		    mews_db_code(sqlite3_extended_errcode(to)),
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
	rc = mews_db_use(db, sql_first, &st, err);
	if (rc == MEWS_OK)
		rc = mews_db_step(db, st, err);
	if (rc == MEWS_OK)
		mews_db_done(st);
	if (rc == MEWS_OK &&
	    (sqlite3_open_v2(path, &to,
		 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		     SQLITE_OPEN_NOMUTEX,
		 NULL) != SQLITE_OK ||
		sqlite3_exec(to, sql_fresh, NULL, NULL, NULL) != SQLITE_OK))
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
