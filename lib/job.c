/*
 * job.c - the table job of live.db.
 *
 * Ids count on from the time the first one began: live.db begins empty, and a
 * page that still shows a job of before must not show another one's.
 */
#include "job.h"
#include "row.h"

#include <sqlite3.h>
#include <string.h>

#define JOB_COLUMNS                                                            \
	"id, kind, state, begun, ended, line, device, unit, done, total, "     \
	"code, who, what, reason, result"

static const char sql_add[] = "INSERT INTO job (" JOB_COLUMNS ") VALUES ("
			      "max(?4, coalesce((SELECT max(id) FROM job), 0)"
			      " + 1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
			      " ?11, ?12, ?13, ?14, ?15)";
static const char sql_save[] =
    "UPDATE job SET kind = ?2, state = ?3, begun = ?4, ended = ?5, line = ?6,"
    " device = ?7, unit = ?8, done = ?9, total = ?10, code = ?11, who = ?12,"
    " what = ?13, reason = ?14, result = ?15 WHERE id = ?1";
static const char sql_cut[] = "DELETE FROM job WHERE ended > 0 AND id NOT IN"
			      " (SELECT id FROM job ORDER BY id DESC LIMIT ?1)";
static const char sql_load[] = "SELECT " JOB_COLUMNS " FROM job WHERE id = ?1";
static const char sql_newest[] =
    "SELECT " JOB_COLUMNS " FROM job WHERE kind = ?1 AND ?2 IN (0, line)"
    " AND ?3 IN (0, device) ORDER BY id DESC LIMIT 1";
static const char sql_list[] =
    "SELECT " JOB_COLUMNS " FROM job ORDER BY id DESC LIMIT ?1";
static const char *const kinds[] = { "scan", "test", "try", "read", "write",
	"operate" };
static const char *const states[] = { "running", "paused", "done", "stopped",
	"failed" };
const char *
mews_job_kind_name(enum mews_job_kind kind)
{
	return kinds[kind];
}

const char *
mews_job_state_name(enum mews_job_state state)
{
	return states[state];
}

static enum mews_rc
put_job(struct mews_db *db, const char *sql, const struct mews_job *j,
    struct mews_err *err)
{
	const int64_t v[] = { j->id, j->kind, j->state, j->begun, j->ended,
		j->line, j->device, j->unit, j->done, j->total, j->code };
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	mews_row_numbers(st, v, MEWS_LEN(v));
	mews_row_text(st, 12, j->who);
	mews_row_text(st, 13, j->what);
	mews_row_text(st, 14, j->reason);
	mews_row_text(st, 15, j->result);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_job_add(struct mews_db *db, struct mews_job *j, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = put_job(db, sql_add, j, err)) == MEWS_OK) {
		j->id = mews_db_rowid(db);
		rc = mews_db_use(db, sql_cut, &st, err);
	}
	if (rc == MEWS_OK) {
		(void)sqlite3_bind_int64(st, 1, MEWS_JOBS);
		rc = mews_db_run(db, st, err);
	}
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_job_save(struct mews_db *db, const struct mews_job *j,
    struct mews_err *err)
{
	return put_job(db, sql_save, j, err);
}

static void
take_job(sqlite3_stmt *st, struct mews_job *j)
{
	*j = (struct mews_job){ .id = sqlite3_column_int64(st, 0),
		.kind = (enum mews_job_kind)sqlite3_column_int(st, 1),
		.state = (enum mews_job_state)sqlite3_column_int(st, 2),
		.begun = sqlite3_column_int64(st, 3),
		.ended = sqlite3_column_int64(st, 4),
		.line = sqlite3_column_int64(st, 5),
		.device = sqlite3_column_int64(st, 6),
		.unit = sqlite3_column_int(st, 7),
		.done = sqlite3_column_int64(st, 8),
		.total = sqlite3_column_int64(st, 9),
		.code = sqlite3_column_int(st, 10) };
	(void)mews_row_take(st, 11, j->who, sizeof(j->who));
	(void)mews_row_take(st, 12, j->what, sizeof(j->what));
	(void)mews_row_take(st, 13, j->reason, sizeof(j->reason));
	(void)mews_row_take(st, 14, j->result, sizeof(j->result));
}

/* The first row of a statement about jobs. */
static enum mews_rc
one(struct mews_db *db, const char *sql, const int64_t *v, size_t n,
    struct mews_job *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	mews_row_numbers(st, v, n);
	rc = mews_db_step(db, st, err);
	if (rc == MEWS_OK)
		take_job(st, out);
	else if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such job");
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_job_load(struct mews_db *db, int64_t id, struct mews_job *out,
    struct mews_err *err)
{
	return one(db, sql_load, &id, 1, out, err);
}

enum mews_rc
mews_job_newest(struct mews_db *db, enum mews_job_kind kind, int64_t line,
    int64_t device, struct mews_job *out, struct mews_err *err)
{
	const int64_t v[] = { kind, line, device };

	return one(db, sql_newest, v, MEWS_LEN(v), out, err);
}

enum mews_rc
mews_job_list(struct mews_db *db, struct mews_job *out, size_t max, size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take_job(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
