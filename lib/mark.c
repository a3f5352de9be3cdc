/*
 * mark.c - a row a fact.
 */
#include "mark.h"
#include "row.h"

#include <sqlite3.h>

static const char sql_get[] = "SELECT value FROM mark WHERE name = ?1";
static const char sql_set[] =
    "INSERT OR REPLACE INTO mark(name, value) VALUES(?1, ?2)";
static const char sql_drop[] = "DELETE FROM mark WHERE name = ?1";

enum mews_rc
mews_mark_get(struct mews_db *db, const char *name, char *out, size_t size,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		(void)mews_row_take(st, 0, out, size);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_mark_set(struct mews_db *db, const char *name, const char *value,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 2, value, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_mark_drop(struct mews_db *db, const char *name, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_drop, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}
