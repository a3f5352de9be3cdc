/*
 * blob.c - the few statements that frames and chunks share.
 */
#include "blob.h"

#include <sqlite3.h>

enum mews_rc
mews_blob_damaged(const char *what, int64_t id, struct mews_err *err)
{
	return mews_fail(err, MEWS_BAD,
	    "history.db: %s %lld is mews_blob_damaged", what, (long long)id);
}

enum mews_rc
mews_blob_set(struct mews_db *db, const char *sql, int64_t id, const void *data,
    size_t n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_blob(st, 2, data, (int)n, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_blob_range(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    sqlite3_stmt **st, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(*st, 1, from);
	(void)sqlite3_bind_int64(*st, 2, to);
	return MEWS_OK;
}

enum mews_rc
mews_blob_ends(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    int64_t *first, int64_t *last, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*first = *last = 0;
	if ((rc = mews_blob_range(db, sql, from, to, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*first = sqlite3_column_int64(st, 0);
		*last = sqlite3_column_int64(st, 1);
		if (sqlite3_column_type(st, 0) == SQLITE_NULL)
			rc = MEWS_NONE;
	}
	mews_db_done(st);
	return rc;
}
