/*
 * live_minute.c - states of lines, and the minutes of the last day.
 */
#include "live.h"
#include "row.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char sql_set_line[] =
    "INSERT OR REPLACE INTO line(id, open, since, why, path, requests, bytes,"
    " load, clients, second) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_minute[] =
    "INSERT OR REPLACE INTO minute(t, id, asked, answered, timeouts, damaged,"
    " exceptions, p50_us, p99_us, poller_us, clients_us, bytes, line)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_forget[] = "DELETE FROM minute WHERE t < ?";
static const char sql_minutes[] =
    "SELECT t, id, asked, answered, timeouts, damaged, exceptions, p50_us,"
    " p99_us, poller_us, clients_us, bytes, line FROM minute"
    " WHERE line = ? AND id = ? AND t >= ? AND t < ? ORDER BY t LIMIT 1440";

/* Columns that are numbers, in the order of the statements; line follows. */
#define AT(member) offsetof(struct mews_live_minute, member)
static const size_t numbers[] = { AT(t), AT(id), AT(asked), AT(answered),
	AT(timeouts), AT(damaged), AT(exceptions), AT(p50_us), AT(p99_us),
	AT(poller_us), AT(clients_us), AT(bytes) };

static enum mews_rc
write_line(struct mews_db *db, const struct mews_live_line *l,
    struct mews_err *err)
{
	const int64_t column[] = { l->requests, l->bytes, l->load, l->clients,
		l->second };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_set_line, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, l->line);
	(void)sqlite3_bind_int(st, 2, l->open);
	(void)sqlite3_bind_int64(st, 3, l->since);
	(void)sqlite3_bind_text(st, 4, l->why, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 5, l->path, -1, SQLITE_STATIC);
	for (i = 0; i < MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, (int)i + 6, column[i]);
	return mews_db_run(db, st, err);
}

static enum mews_rc
write_minute(struct mews_db *db, const struct mews_live_minute *m,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	int64_t v;
	size_t i;

	if ((rc = mews_db_use(db, sql_set_minute, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(numbers); i++) {
		memcpy(&v, (const char *)m + numbers[i], sizeof(v));
		(void)sqlite3_bind_int64(st, (int)i + 1, v);
	}
	(void)sqlite3_bind_int(st, (int)i + 1, m->line);
	return mews_db_run(db, st, err);
}

/* After a clock that ran ahead, minutes of the future stay until they are
 * written again. */
static enum mews_rc
forget(struct mews_db *db, int64_t newest, struct mews_err *err)
{
	const int64_t v[] = { newest - MEWS_LIVE_KEPT * 60 + 60 };

	return mews_row_run(db, sql_forget, v, MEWS_LEN(v), err);
}

enum mews_rc
mews_live_health(struct mews_db *db, const struct mews_live_line *l,
    size_t nlines, const struct mews_live_minute *m, size_t nminutes,
    struct mews_err *err)
{
	int64_t newest = 0;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < nlines && rc == MEWS_OK; i++)
		rc = write_line(db, &l[i], err);
	for (i = 0; i < nminutes && rc == MEWS_OK; i++) {
		rc = write_minute(db, &m[i], err);
		newest = m[i].t > newest ? m[i].t : newest;
	}
	if (rc == MEWS_OK && nminutes > 0)
		rc = forget(db, newest, err);
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_live_minutes(struct mews_db *db, bool line, int64_t id, int64_t from,
    int64_t to, struct mews_live_minute **out, size_t *n, struct mews_err *err)
{
	struct mews_live_minute *m;
	sqlite3_stmt *st;
	enum mews_rc rc;
	int64_t v;
	size_t i;

	*out = NULL;
	*n = 0;
	if ((rc = mews_db_use(db, sql_minutes, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, line);
	(void)sqlite3_bind_int64(st, 2, id);
	(void)sqlite3_bind_int64(st, 3, from);
	(void)sqlite3_bind_int64(st, 4, to);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*out = mews_realloc(*out, *n + 1, sizeof(*m));
		m = &(*out)[(*n)++];
		m->line = line;
		for (i = 0; i < MEWS_LEN(numbers); i++) {
			v = sqlite3_column_int64(st, (int)i);
			memcpy((char *)m + numbers[i], &v, sizeof(v));
		}
	}
	mews_db_done(st);
	if (rc == MEWS_NONE)
		return MEWS_OK;
	free(*out);
	*out = NULL;
	*n = 0;
	return rc;
}
