/*
 * errand.c - the tables errand, cursor and finished of courier.db.
 */
#include "errand.h"
#include "row.h"

#include <sqlite3.h>
#include <stdio.h>
#include <strings.h>

static const char sql_get[] =
    "SELECT good, since, tries, why FROM errand WHERE sink = ?";
static const char sql_set[] =
    "INSERT INTO errand(sink, good, since, tries, why) VALUES(?, ?, ?, ?, ?)"
    " ON CONFLICT(sink) DO UPDATE SET good = excluded.good,"
    " since = excluded.since, tries = excluded.tries, why = excluded.why";
static const char sql_cursor[] = "SELECT at FROM cursor WHERE name = ?";
static const char sql_set_cursor[] =
    "INSERT INTO cursor(name, at) VALUES(?, ?)"
    " ON CONFLICT(name) DO UPDATE SET at = excluded.at"
    " WHERE at <> excluded.at";
static const char sql_add[] =
    "INSERT INTO finished(path, size, sum, t) VALUES(?, ?, ?, ?)";
static const char sql_next[] =
    "SELECT id, path, size, sum, t FROM finished WHERE id > ?"
    " ORDER BY id LIMIT 1";
static const char sql_count[] = "SELECT count(*) FROM finished WHERE id > ?";
static const char sql_find[] =
    "SELECT id, path, size, sum, t FROM finished WHERE path = ?";
static const char sql_touch[] = "UPDATE finished SET t = ? WHERE path = ?";
static const char sql_drop[] = "DELETE FROM finished WHERE path = ?";

void
mews_folder_name(char *text, const char *plate)
{
	bool site = strcasecmp(plate, "SITE") == 0;
	char *p;

	(void)snprintf(text, MEWS_FOLDER_NAME, "%s%s",
	    plate[0] == '\0' ? "SITE" : plate, site ? "_" : "");
	for (p = text; *p != '\0'; p++)
		if (*p == '.')
			*p = '_';
}

enum mews_rc
mews_errand_get(struct mews_db *db, const char *sink, struct mews_errand *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, sink, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		(void)snprintf(out->sink, sizeof(out->sink), "%s", sink);
		out->good = sqlite3_column_int64(st, 0);
		out->since = sqlite3_column_int64(st, 1);
		out->tries = sqlite3_column_int64(st, 2);
		(void)mews_row_take(st, 3, out->why, sizeof(out->why));
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_errand_set(struct mews_db *db, const struct mews_errand *e,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, e->sink, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 2, e->good);
	(void)sqlite3_bind_int64(st, 3, e->since);
	(void)sqlite3_bind_int64(st, 4, e->tries);
	(void)sqlite3_bind_text(st, 5, e->why, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_cursor_get(struct mews_db *db, const char *name, int64_t *at,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*at = 0;
	if ((rc = mews_db_use(db, sql_cursor, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*at = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_cursor_set(struct mews_db *db, const char *name, int64_t at,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_cursor, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 2, at);
	return mews_db_run(db, st, err);
}

/* Runs a statement of one path or id that gives a file. */
static enum mews_rc
step(struct mews_db *db, sqlite3_stmt *st, struct mews_finished *out,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_step(db, st, err);

	if (rc == MEWS_OK) {
		out->id = sqlite3_column_int64(st, 0);
		if (!mews_row_take(st, 1, out->path, sizeof(out->path)))
			rc = mews_fail(err, MEWS_BAD,
			    "courier.db: the path of file %lld is too long",
			    (long long)out->id);
		out->size = sqlite3_column_int64(st, 2);
		out->sum = sqlite3_column_int64(st, 3);
		out->t = sqlite3_column_int64(st, 4);
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_finished_find(struct mews_db *db, const char *path,
    struct mews_finished *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	return step(db, st, out, err);
}

enum mews_rc
mews_finished_next(struct mews_db *db, int64_t after, struct mews_finished *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_next, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, after);
	return step(db, st, out, err);
}

enum mews_rc
mews_finished_count(struct mews_db *db, int64_t after, int64_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_count, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, after);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*n = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_finished_drop(struct mews_db *db, const char *path, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_drop, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

static enum mews_rc
put(struct mews_db *db, const struct mews_finished *f, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_finished_drop(db, f->path, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, f->path, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 2, f->size);
	(void)sqlite3_bind_int64(st, 3, f->sum);
	(void)sqlite3_bind_int64(st, 4, f->t);
	return mews_db_run(db, st, err);
}

static enum mews_rc
touch(struct mews_db *db, const struct mews_finished *f, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_touch, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, f->t);
	(void)sqlite3_bind_text(st, 2, f->path, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_finished_add(struct mews_db *db, const struct mews_finished *f,
    struct mews_err *err)
{
	struct mews_finished was;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	rc = mews_finished_find(db, f->path, &was, err);
	if (rc == MEWS_OK && was.size == f->size && was.sum == f->sum)
		rc = touch(db, f, err);
	else if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = put(db, f, err);
	return mews_db_end(db, rc, err);
}
