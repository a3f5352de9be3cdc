/*
 * epoch.c - a row each time a counter began anew.
 */
#include "epoch.h"

#include <sqlite3.h>

#define COLUMNS "id, series, since, t, before, first, event, fate, start"

static const char sql_add[] =
    "INSERT INTO epoch(series, since, t, before,"
    " first, event, fate, start) VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_event[] =
    "SELECT " COLUMNS " FROM epoch WHERE event = ?1 AND event <> 0";
static const char sql_near[] =
    "SELECT " COLUMNS " FROM epoch WHERE series = ?1 AND fate IN (0, 4)"
    " ORDER BY abs(t - ?2) LIMIT 1";
static const char sql_start[] =
    "SELECT " COLUMNS " FROM epoch WHERE series = ?1 AND start >= 0"
    " ORDER BY id DESC LIMIT 1";
static const char sql_get[] = "SELECT " COLUMNS " FROM epoch WHERE id = ?1";
static const char sql_read[] =
    "SELECT " COLUMNS " FROM epoch WHERE series = ?1 ORDER BY t, id LIMIT ?2";
static const char sql_open[] =
    "SELECT " COLUMNS
    " FROM epoch WHERE fate IN (0, 4) AND (?1 = 0 OR series = ?1)"
    " ORDER BY t DESC, id DESC LIMIT ?2";
static const char sql_decide[] = "UPDATE epoch SET fate = ?2 WHERE id = ?1";

enum mews_rc
mews_epoch_write(struct mews_db *db, struct mews_epoch *e, struct mews_err *err)
{
	const int64_t column[] = { e->series, e->since, e->t, e->before,
		e->first, e->event, e->fate,
		e->fate == MEWS_FATE_START ? e->start : -1 };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, column[i]);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		e->id = mews_db_rowid(db);
	return rc;
}

static void
take(sqlite3_stmt *st, struct mews_epoch *e)
{
	e->id = sqlite3_column_int64(st, 0);
	e->series = sqlite3_column_int64(st, 1);
	e->since = sqlite3_column_int64(st, 2);
	e->t = sqlite3_column_int64(st, 3);
	e->before = sqlite3_column_int64(st, 4);
	e->first = sqlite3_column_int64(st, 5);
	e->event = sqlite3_column_int64(st, 6);
	e->fate = (enum mews_fate)sqlite3_column_int(st, 7);
	e->start = sqlite3_column_int64(st, 8);
}

/* Up to max rows of a statement with one or two numbers in it. */
static enum mews_rc
rows(struct mews_db *db, const char *sql, int64_t a, int64_t b,
    struct mews_epoch *out, size_t max, size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, a);
	if (sqlite3_bind_parameter_count(st) > 1)
		(void)sqlite3_bind_int64(st, 2, b);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE && *n > 0 ? MEWS_OK : rc;
}

enum mews_rc
mews_epoch_of_event(struct mews_db *db, int64_t event, struct mews_epoch *out,
    struct mews_err *err)
{
	size_t n;

	return rows(db, sql_event, event, 0, out, 1, &n, err);
}

enum mews_rc
mews_epoch_near(struct mews_db *db, int64_t series, int64_t t,
    struct mews_epoch *out, struct mews_err *err)
{
	size_t n;

	return rows(db, sql_near, series, t, out, 1, &n, err);
}

enum mews_rc
mews_epoch_start(struct mews_db *db, int64_t series, int64_t *start,
    struct mews_err *err)
{
	struct mews_epoch e;
	size_t n;
	enum mews_rc rc = rows(db, sql_start, series, 0, &e, 1, &n, err);

	if (rc == MEWS_OK)
		*start = e.start;
	return rc;
}

enum mews_rc
mews_epoch_get(struct mews_db *db, int64_t id, struct mews_epoch *out,
    struct mews_err *err)
{
	size_t n;

	return rows(db, sql_get, id, 0, out, 1, &n, err);
}

enum mews_rc
mews_epoch_decide(struct mews_db *db, int64_t id, enum mews_fate fate,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_decide, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_int(st, 2, (int)fate);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_epoch_read(struct mews_db *db, int64_t series, struct mews_epoch *out,
    size_t max, size_t *n, struct mews_err *err)
{
	enum mews_rc rc =
	    rows(db, sql_read, series, (int64_t)max, out, max, n, err);

	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_epoch_open(struct mews_db *db, int64_t series, struct mews_epoch *out,
    size_t max, size_t *n, struct mews_err *err)
{
	enum mews_rc rc =
	    rows(db, sql_open, series, (int64_t)max, out, max, n, err);

	return rc == MEWS_NONE ? MEWS_OK : rc;
}
