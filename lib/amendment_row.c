/*
 * amendment_row.c - the audit table: a row a change, never removed.
 */
#include "amendment_row.h"
#include "row.h"

#include <sqlite3.h>

#define COLUMNS                                                                \
	"id, t, kind, series, epoch, level, since, upto, was, value, flags,"   \
	" low, high, undone, who, reason, undone_by"

static const char sql_add[] =
    "INSERT INTO amendment(t, kind, series, epoch, level, since, upto, was,"
    " value, flags, low, high, undone, who, reason, undone_by)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '')";
static const char sql_get[] = "SELECT " COLUMNS " FROM amendment WHERE id = ?1";
static const char sql_read[] =
    "SELECT " COLUMNS " FROM amendment"
    " WHERE (?1 = 0 OR id < ?1) AND (?2 = 0 OR series = ?2)"
    " ORDER BY id DESC LIMIT ?3";
static const char sql_undo[] =
    "UPDATE amendment SET undone = ?2, undone_by = ?3 WHERE id = ?1";

enum mews_rc
mews_amendment_add(struct mews_db *db, struct mews_amendment *a,
    struct mews_err *err)
{
	const int64_t column[] = { a->t, a->kind, a->series, a->epoch, a->level,
		a->since, a->upto, a->was, a->value, a->flags, a->low,
		a->high };
	sqlite3_stmt *st;
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < (int)MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, i + 1, column[i]);
	(void)sqlite3_bind_text(st, i + 1, a->who, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, i + 2, a->reason, -1, SQLITE_STATIC);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		a->id = mews_db_rowid(db);
	return rc;
}

static void
take(sqlite3_stmt *st, struct mews_amendment *a)
{
	a->id = sqlite3_column_int64(st, 0);
	a->t = sqlite3_column_int64(st, 1);
	a->kind = (enum mews_amendment_kind)sqlite3_column_int(st, 2);
	a->series = sqlite3_column_int64(st, 3);
	a->epoch = sqlite3_column_int64(st, 4);
	a->level = (enum mews_level)sqlite3_column_int(st, 5);
	a->since = sqlite3_column_int64(st, 6);
	a->upto = sqlite3_column_int64(st, 7);
	a->was = sqlite3_column_int64(st, 8);
	a->value = sqlite3_column_int64(st, 9);
	a->flags = (unsigned)sqlite3_column_int(st, 10);
	a->low = sqlite3_column_int64(st, 11);
	a->high = sqlite3_column_int64(st, 12);
	a->undone = sqlite3_column_int64(st, 13);
	(void)mews_row_take(st, 14, a->who, sizeof(a->who));
	(void)mews_row_take(st, 15, a->reason, sizeof(a->reason));
	(void)mews_row_take(st, 16, a->undone_by, sizeof(a->undone_by));
}

enum mews_rc
mews_amendment_get(struct mews_db *db, int64_t id, struct mews_amendment *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, out);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_amendment_undo(struct mews_db *db, int64_t id,
    const struct mews_amendment *by, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_undo, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_int64(st, 2, by->t);
	(void)sqlite3_bind_text(st, 3, by->who, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_amendment_read(struct mews_db *db, int64_t series, int64_t before,
    struct mews_amendment *out, size_t max, size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_read, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, before);
	(void)sqlite3_bind_int64(st, 2, series);
	(void)sqlite3_bind_int64(st, 3, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
