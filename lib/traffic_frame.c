/*
 * traffic_frame.c - frames that crossed the gateway: a ring of rows in live.db.
 */
#include "traffic.h"
#include "row.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_add[] =
    "INSERT INTO traffic_frame(t_us, way, line, unit, function, result, code,"
    " took, client, bytes) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_forget[] = "DELETE FROM traffic_frame WHERE id <="
				 " (SELECT max(id) FROM traffic_frame) - ?";
#define FRAMES                                                                 \
	"SELECT t_us, way, line, unit, function, result, code, took, client,"  \
	" bytes, id FROM traffic_frame WHERE id > ?1 AND id < ?2"              \
	" AND (?3 < 0 OR unit = ?3) AND (?4 < 0 OR function = ?4)"             \
	" AND (?5 = '' OR client = ?5 OR"                                      \
	" substr(client, 1, length(?5) + 1) = ?5 || ':')"                      \
	" AND (?6 = 0 OR result >= ?7)"
static const char sql_back[] = FRAMES " ORDER BY id DESC LIMIT ?8";
static const char sql_on[] = FRAMES " ORDER BY id LIMIT ?8";

static enum mews_rc
add_frame(struct mews_db *db, struct mews_traffic_frame *f,
    struct mews_err *err)
{
	const int64_t v[] = { f->t_us, f->way, f->line, f->unit, f->function,
		f->result, f->code, f->took_us };
	sqlite3_stmt *st;
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < (int)MEWS_LEN(v); i++)
		(void)sqlite3_bind_int64(st, i + 1, v[i]);
	(void)sqlite3_bind_text(st, ++i, f->client, -1, SQLITE_TRANSIENT);
	(void)sqlite3_bind_blob(st, ++i, f->bytes, (int)f->n, SQLITE_TRANSIENT);
	rc = mews_db_run(db, st, err);
	f->id = mews_db_rowid(db);
	return rc;
}

enum mews_rc
mews_traffic_add(struct mews_db *db, struct mews_traffic_frame *f, size_t n,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_begin(db, err);
	sqlite3_stmt *st;
	size_t i;

	if (rc != MEWS_OK)
		return rc;
	for (i = 0; i < n && rc == MEWS_OK; i++)
		rc = add_frame(db, &f[i], err);
	if (rc == MEWS_OK)
		rc = mews_db_use(db, sql_forget, &st, err);
	if (rc == MEWS_OK) {
		(void)sqlite3_bind_int64(st, 1, MEWS_TRAFFIC_FRAMES);
		rc = mews_db_run(db, st, err);
	}
	return mews_db_end(db, rc, err);
}

static void
take_frame(struct mews_traffic_frame *f, sqlite3_stmt *st)
{
	size_t n = (size_t)sqlite3_column_bytes(st, 9);
	const void *bytes = sqlite3_column_blob(st, 9);

	*f = (struct mews_traffic_frame){ .id = sqlite3_column_int64(st, 10),
		.t_us = sqlite3_column_int64(st, 0),
		.way = (enum mews_traffic_way)sqlite3_column_int64(st, 1),
		.line = sqlite3_column_int64(st, 2),
		.unit = sqlite3_column_int(st, 3),
		.function = sqlite3_column_int(st, 4),
		.result = (enum mews_traffic_result)sqlite3_column_int64(st, 5),
		.code = sqlite3_column_int(st, 6),
		.took_us = sqlite3_column_int64(st, 7) };
	(void)mews_row_take(st, 8, f->client, sizeof(f->client));
	f->n = n < sizeof(f->bytes) ? n : sizeof(f->bytes);
	if (f->n > 0)
		memcpy(f->bytes, bytes, f->n);
}

enum mews_rc
mews_traffic_frames(struct mews_db *db, const struct mews_traffic_filter *f,
    struct mews_traffic_frame *out, size_t max, size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	rc = mews_db_use(db, f->after > 0 ? sql_on : sql_back, &st, err);
	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, f->after);
	(void)sqlite3_bind_int64(st, 2, f->before > 0 ? f->before : INT64_MAX);
	(void)sqlite3_bind_int(st, 3, f->unit);
	(void)sqlite3_bind_int(st, 4, f->function);
	(void)sqlite3_bind_text(st, 5, f->client, -1, SQLITE_TRANSIENT);
	(void)sqlite3_bind_int(st, 6, f->errors);
	(void)sqlite3_bind_int(st, 7, MEWS_FRAME_EXCEPTION);
	(void)sqlite3_bind_int64(st, 8,
	    (int64_t)(max < MEWS_TRAFFIC_PAGE ? max : MEWS_TRAFFIC_PAGE));
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take_frame(&out[(*n)++], st);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
