/*
 * row.c - numbers and texts into statements, and texts out of rows.
 */
#include "row.h"

#include <sqlite3.h>
#include <stdio.h>

void
mews_row_text(struct sqlite3_stmt *st, int i, const char *s)
{
	(void)sqlite3_bind_text(st, i, s, -1, SQLITE_TRANSIENT);
}

void
mews_row_numbers(struct sqlite3_stmt *st, const int64_t *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, v[i]);
}

enum mews_rc
mews_row_run(struct mews_db *db, const char *sql, const int64_t *v, size_t n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	mews_row_numbers(st, v, n);
	return mews_db_run(db, st, err);
}

bool
mews_row_take(struct sqlite3_stmt *st, int i, char *to, size_t size)
{
	const char *s = (const char *)sqlite3_column_text(st, i);

	return (size_t)snprintf(to, size, "%s", s == NULL ? "" : s) < size;
}
