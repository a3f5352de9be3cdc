/*
 * history_series.c - the table of series: whose they are, and of which
 * quantity.
 */
#include "history.h"

#include <sqlite3.h>

static const char sql_find[] =
    "SELECT id FROM series WHERE device = ? AND quantity = ?";
static const char sql_make[] =
    "INSERT INTO series(device, quantity) VALUES(?, ?)";
static const char sql_whose[] =
    "SELECT device, quantity FROM series WHERE id = ?";
static const char sql_series[] =
    "SELECT id, quantity, device FROM series WHERE id > ?"
    " ORDER BY id LIMIT 1";

enum mews_rc
mews_history_find(struct mews_db *db, int64_t device,
    const struct mews_quantity *q, int64_t *series, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, device);
	(void)sqlite3_bind_text(st, 2, q->name, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*series = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_history_make(struct mews_db *db, int64_t device,
    const struct mews_quantity *q, int64_t *series, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_history_find(db, device, q, series, err);
	if (rc == MEWS_NONE)
		rc = mews_db_use(db, sql_make, &st, err);
	else
		return rc;
	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, device);
	(void)sqlite3_bind_text(st, 2, q->name, -1, SQLITE_STATIC);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		*series = mews_db_rowid(db);
	return rc;
}

enum mews_rc
mews_history_whose(struct mews_db *db, int64_t series, int64_t *device,
    const struct mews_quantity **q, struct mews_err *err)
{
	const char *name;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_whose, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, series);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*device = sqlite3_column_int64(st, 0);
		name = (const char *)sqlite3_column_text(st, 1);
		if ((*q = mews_quantity_find(name)) == NULL)
			rc = MEWS_NONE;
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_history_next(struct mews_db *db, int64_t *series, int64_t *device,
    const struct mews_quantity **q, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_series, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, *series);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*series = sqlite3_column_int64(st, 0);
		*q = mews_quantity_find(
		    (const char *)sqlite3_column_text(st, 1));
		*device = sqlite3_column_int64(st, 2);
	}
	mews_db_done(st);
	return rc;
}
