/*
 * job_log.c - what came of jobs: the tables exchange, job_value and found of
 * live.db.
 */
#include "job.h"
#include "row.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define LISTED 4096 /* most rows of one job that are read */

static const char sql_exchange_add[] =
    "INSERT INTO exchange (job, n, unit, function, address, count, took_us,"
    " result, code, request, answer)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
static const char sql_exchanges[] =
    "SELECT job, n, unit, function, address, count, took_us, result, code,"
    " request, answer FROM exchange WHERE job = ?1 ORDER BY n LIMIT ?2";
static const char sql_value_add[] =
    "INSERT OR REPLACE INTO job_value (job, n, quantity, address, value)"
    " VALUES (?1, ?2, ?3, ?4, ?5)";
static const char sql_values[] =
    "SELECT job, n, quantity, address, value FROM job_value WHERE job = ?1"
    " ORDER BY n, address LIMIT ?2";
static const char sql_found_add[] =
    "INSERT INTO found (job, line, unit, baud, parity, stop, took_us, code,"
    " profiles, device) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char sql_founds[] =
    "SELECT job, line, unit, baud, parity, stop, took_us, code, profiles,"
    " device FROM found WHERE job = ?1 ORDER BY id LIMIT ?2";

static const char *const results[] = { "good", "exception", "silent", "damaged",
	"gone", "busy", "foreign" };

const char *
mews_exchange_name(enum mews_exchange_result result)
{
	return results[result];
}

size_t
mews_exchange_words(const struct mews_exchange *e, uint16_t *out, size_t max)
{
	size_t n = e->function <= 2 ? (size_t)e->count
	    : e->nanswer < 3        ? 0
				    : (size_t)e->answer[2] / 2;
	size_t i;

	if (e->result != MEWS_EXCHANGE_GOOD || e->function < 1 ||
	    e->function > 4)
		return 0;
	for (i = 0; i < n && i < max; i++)
		out[i] = e->function <= 2
		    ? e->answer[3 + i / 8] >> i % 8 & 1
		    : (uint16_t)(e->answer[3 + 2 * i] << 8 |
			  e->answer[4 + 2 * i]);
	return n;
}

enum mews_rc
mews_exchange_add(struct mews_db *db, const struct mews_exchange *e,
    struct mews_err *err)
{
	const int64_t v[] = { e->job, e->n, e->unit, e->function, e->address,
		e->count, e->took_us, e->result, e->code };
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_exchange_add, &st, err)) != MEWS_OK)
		return rc;
	mews_row_numbers(st, v, MEWS_LEN(v));
	(void)sqlite3_bind_blob(st, 10, e->request, (int)e->nrequest,
	    SQLITE_TRANSIENT);
	(void)sqlite3_bind_blob(st, 11, e->answer, (int)e->nanswer,
	    SQLITE_TRANSIENT);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_job_value_add(struct mews_db *db, const struct mews_job_value *v,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_value_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, v->job);
	(void)sqlite3_bind_int64(st, 2, v->n);
	mews_row_text(st, 3, v->quantity->name);
	(void)sqlite3_bind_int64(st, 4, v->address);
	if (!v->missing) /* else it stays NULL */
		(void)sqlite3_bind_int64(st, 5, v->value);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_found_add(struct mews_db *db, const struct mews_found *f,
    struct mews_err *err)
{
	const int64_t v[] = { f->job, f->line, f->unit, f->baud, 0, f->stop,
		f->took_us, f->code };
	char parity[2] = { f->parity, '\0' };
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_found_add, &st, err)) != MEWS_OK)
		return rc;
	mews_row_numbers(st, v, MEWS_LEN(v));
	mews_row_text(st, 5, parity);
	mews_row_text(st, 9, f->profiles);
	(void)sqlite3_bind_int64(st, 10, f->device);
	return mews_db_run(db, st, err);
}

static size_t
take_blob(sqlite3_stmt *st, int at, uint8_t *out, size_t size)
{
	size_t n = (size_t)sqlite3_column_bytes(st, at);

	n = n < size ? n : size;
	if (n > 0)
		memcpy(out, sqlite3_column_blob(st, at), n);
	return n;
}

static void
take_exchange(sqlite3_stmt *st, struct mews_job_log *l)
{
	struct mews_exchange *e;

	l->exchange = mews_realloc(l->exchange, l->nexchanges + 1, sizeof(*e));
	e = &l->exchange[l->nexchanges++];
	*e = (struct mews_exchange){ .job = sqlite3_column_int64(st, 0),
		.n = sqlite3_column_int(st, 1),
		.unit = sqlite3_column_int(st, 2),
		.function = sqlite3_column_int(st, 3),
		.address = sqlite3_column_int(st, 4),
		.count = sqlite3_column_int(st, 5),
		.took_us = sqlite3_column_int64(st, 6),
		.result = (enum mews_exchange_result)sqlite3_column_int(st, 7),
		.code = sqlite3_column_int(st, 8) };
	e->nrequest = take_blob(st, 9, e->request, sizeof(e->request));
	e->nanswer = take_blob(st, 10, e->answer, sizeof(e->answer));
}

static void
take_value(sqlite3_stmt *st, struct mews_job_log *l)
{
	const struct mews_quantity *q =
	    mews_quantity_find((const char *)sqlite3_column_text(st, 2));

	if (q == NULL)
		return;
	l->value = mews_realloc(l->value, l->nvalues + 1, sizeof(*l->value));
	l->value[l->nvalues++] =
	    (struct mews_job_value){ sqlite3_column_int64(st, 0),
		    sqlite3_column_int(st, 1), q, sqlite3_column_int(st, 3),
		    sqlite3_column_type(st, 4) == SQLITE_NULL,
		    sqlite3_column_int64(st, 4) };
}

static void
take_found(sqlite3_stmt *st, struct mews_job_log *l)
{
	struct mews_found *f;
	char parity[2];

	l->found = mews_realloc(l->found, l->nfound + 1, sizeof(*f));
	f = &l->found[l->nfound++];
	*f = (struct mews_found){ .job = sqlite3_column_int64(st, 0),
		.line = sqlite3_column_int64(st, 1),
		.unit = sqlite3_column_int(st, 2),
		.baud = sqlite3_column_int(st, 3),
		.stop = sqlite3_column_int(st, 5),
		.took_us = sqlite3_column_int64(st, 6),
		.code = sqlite3_column_int(st, 7),
		.device = sqlite3_column_int64(st, 9) };
	(void)mews_row_take(st, 4, parity, sizeof(parity));
	f->parity = parity[0];
	(void)mews_row_take(st, 8, f->profiles, sizeof(f->profiles));
}

static const struct {
	const char *sql;
	void (*take)(sqlite3_stmt *, struct mews_job_log *);
} parts[] = {
	{ sql_exchanges, take_exchange },
	{ sql_values, take_value },
	{ sql_founds, take_found },
};

enum mews_rc
mews_job_log(struct mews_db *db, int64_t job, struct mews_job_log *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	*out = (struct mews_job_log){ 0 };
	for (i = 0; i < MEWS_LEN(parts) && rc == MEWS_OK; i++) {
		if ((rc = mews_db_use(db, parts[i].sql, &st, err)) != MEWS_OK)
			break;
		(void)sqlite3_bind_int64(st, 1, job);
		(void)sqlite3_bind_int64(st, 2, LISTED);
		while ((rc = mews_db_step(db, st, err)) == MEWS_OK)
			parts[i].take(st, out);
		mews_db_done(st);
		rc = rc == MEWS_NONE ? MEWS_OK : rc;
	}
	if (rc != MEWS_OK)
		mews_job_log_clear(out);
	return rc;
}

void
mews_job_log_clear(struct mews_job_log *l)
{
	free(l->exchange);
	free(l->value);
	free(l->found);
	*l = (struct mews_job_log){ 0 };
}
