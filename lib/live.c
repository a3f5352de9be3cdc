/*
 * live.c - a few small tables on a RAM disk.
 */
#include "live.h"
#include "row.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char sql_forget[] =
    "BEGIN IMMEDIATE; DELETE FROM value; DELETE FROM device;"
    "DELETE FROM exception; DELETE FROM line; DELETE FROM now; COMMIT";
static const char sql_now[] = "SELECT t FROM now WHERE id = 1";
static const char sql_values[] =
    "SELECT device, quantity, value, t_ms FROM value"
    " ORDER BY device, quantity LIMIT 100000";
static const char sql_devices[] =
    "SELECT id, since, last, answer_us, asked, answered, timeouts, damaged,"
    " exceptions, last_code, timeout_us, slowest_us, p50_us, p99_us, marks,"
    " answer FROM device ORDER BY id LIMIT 10000";
static const char sql_codes[] =
    "SELECT device, code, n FROM exception ORDER BY device LIMIT 100000";
static const char sql_lines[] =
    "SELECT id, open, since, why, path, requests, bytes, load, clients, second"
    " FROM line ORDER BY id LIMIT 1000";
static const char sql_set_now[] =
    "INSERT OR REPLACE INTO now(id, t) VALUES(1, ?)";
static const char sql_set_value[] =
    "INSERT OR REPLACE INTO value(device, quantity, value, t_ms)"
    " VALUES(?, ?, ?, ?)";
static const char sql_set_device[] =
    "INSERT OR REPLACE INTO device(id, since, last, answer_us, asked,"
    " answered, timeouts, damaged, exceptions, last_code, timeout_us,"
    " slowest_us, p50_us, p99_us, marks, answer)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_code[] =
    "INSERT OR REPLACE INTO exception(device, code, n) VALUES(?, ?, ?)";

/* Columns of a device that are numbers, in the order of the statements; its
 * answer follows. */
#define AT(member) offsetof(struct mews_live_device, member)
static const size_t numbers[] = { AT(device), AT(since), AT(last),
	AT(answer_us), AT(asked), AT(answered), AT(timeouts), AT(damaged),
	AT(exceptions), AT(last_code), AT(timeout_us), AT(slowest_us),
	AT(p50_us), AT(p99_us), AT(marks) };

static enum mews_rc
write_value(struct mews_db *db, const struct mews_live_value *v,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_value, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, v->device);
	(void)sqlite3_bind_text(st, 2, v->quantity->name, -1, SQLITE_STATIC);
	if (!v->missing) /* else it stays NULL */
		(void)sqlite3_bind_int64(st, 3, v->value);
	(void)sqlite3_bind_int64(st, 4, v->t_ms);
	return mews_db_run(db, st, err);
}

static enum mews_rc
write_row(struct mews_db *db, const char *sql, const int64_t *column, size_t n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, column[i]);
	return mews_db_run(db, st, err);
}

static enum mews_rc
write_device(struct mews_db *db, const struct mews_live_device *d,
    struct mews_err *err)
{
	int64_t column[MEWS_LEN(numbers) + 1], code[3] = { d->device, 0, 0 };
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < MEWS_LEN(numbers); i++)
		memcpy(&column[i], (const char *)d + numbers[i],
		    sizeof(column[i]));
	column[i] = d->answer;
	rc = write_row(db, sql_set_device, column, MEWS_LEN(column), err);
	for (; rc == MEWS_OK && code[1] < MEWS_LIVE_CODES; code[1]++)
		if ((code[2] = d->code[code[1]]) != 0)
			rc = write_row(db, sql_set_code, code, 3, err);
	return rc;
}

enum mews_rc
mews_live_write(struct mews_db *db, const struct mews_live_value *v,
    size_t nvalues, const struct mews_live_device *d, size_t ndevices,
    int64_t now, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < nvalues && rc == MEWS_OK; i++)
		rc = write_value(db, &v[i], err);
	for (i = 0; i < ndevices && rc == MEWS_OK; i++)
		rc = write_device(db, &d[i], err);
	if (rc == MEWS_OK)
		rc = mews_db_use(db, sql_set_now, &st, err);
	if (rc == MEWS_OK) {
		(void)sqlite3_bind_int64(st, 1, now);
		rc = mews_db_run(db, st, err);
	}
	return mews_db_end(db, rc, err);
}

enum mews_rc
mews_live_forget(struct mews_db *db, struct mews_err *err)
{
	return mews_db_exec(db, sql_forget, err);
}

static enum mews_rc
load_now(struct mews_db *db, struct mews_live *l, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_now, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		l->now = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_values(struct mews_db *db, struct mews_live *l, struct mews_err *err)
{
	const struct mews_quantity *q;
	size_t cap = 0;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_values, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		q = mews_quantity_find(
		    (const char *)sqlite3_column_text(st, 1));
		if (q == NULL)
			continue;
		if (l->nvalues == cap) {
			cap = cap == 0 ? 128 : 2 * cap;
			l->value =
			    mews_realloc(l->value, cap, sizeof(*l->value));
		}
		l->value[l->nvalues++] =
		    (struct mews_live_value){ sqlite3_column_int64(st, 0), q,
			    sqlite3_column_type(st, 2) == SQLITE_NULL,
			    sqlite3_column_int64(st, 2),
			    sqlite3_column_int64(st, 3) };
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_devices(struct mews_db *db, struct mews_live *l, struct mews_err *err)
{
	struct mews_live_device *d;
	sqlite3_stmt *st;
	enum mews_rc rc;
	int64_t v;
	size_t i;

	if ((rc = mews_db_use(db, sql_devices, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		l->device =
		    mews_realloc(l->device, l->ndevices + 1, sizeof(*d));
		d = &l->device[l->ndevices++];
		*d = (struct mews_live_device){ 0 };
		for (i = 0; i < MEWS_LEN(numbers); i++) {
			v = sqlite3_column_int64(st, (int)i);
			memcpy((char *)d + numbers[i], &v, sizeof(v));
		}
		d->answer = (enum mews_answer)sqlite3_column_int(st, (int)i);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_codes(struct mews_db *db, struct mews_live *l, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	int64_t id;
	size_t i = 0;
	int code;

	if ((rc = mews_db_use(db, sql_codes, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		id = sqlite3_column_int64(st, 0);
		code = sqlite3_column_int(st, 1);
		while (i < l->ndevices && l->device[i].device < id)
			i++;
		if (i < l->ndevices && l->device[i].device == id && code >= 0 &&
		    code < MEWS_LIVE_CODES)
			l->device[i].code[code] = sqlite3_column_int64(st, 2);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_lines(struct mews_db *db, struct mews_live *l, struct mews_err *err)
{
	struct mews_live_line *e;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_lines, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		l->line = mews_realloc(l->line, l->nlines + 1, sizeof(*e));
		e = &l->line[l->nlines++];
		*e = (struct mews_live_line){ 0 };
		e->line = sqlite3_column_int64(st, 0);
		e->open = sqlite3_column_int(st, 1) != 0;
		e->since = sqlite3_column_int64(st, 2);
		(void)mews_row_take(st, 3, e->why, sizeof(e->why));
		(void)mews_row_take(st, 4, e->path, sizeof(e->path));
		e->requests = sqlite3_column_int64(st, 5);
		e->bytes = sqlite3_column_int64(st, 6);
		e->load = sqlite3_column_int64(st, 7);
		e->clients = sqlite3_column_int64(st, 8);
		e->second = sqlite3_column_int64(st, 9);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_live_load(struct mews_db *db, struct mews_live *out, struct mews_err *err)
{
	bool begun;
	enum mews_rc rc;

	*out = (struct mews_live){ 0 };
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = load_now(db, out, err);
	if (rc == MEWS_OK)
		rc = load_values(db, out, err);
	if (rc == MEWS_OK)
		rc = load_devices(db, out, err);
	if (rc == MEWS_OK)
		rc = load_codes(db, out, err);
	if (rc == MEWS_OK)
		rc = load_lines(db, out, err);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		mews_live_clear(out);
	return rc;
}

void
mews_live_clear(struct mews_live *l)
{
	free(l->value);
	free(l->device);
	free(l->line);
	*l = (struct mews_live){ 0 };
}

const struct mews_live_value *
mews_live_find(const struct mews_live *l, int64_t device, const char *quantity)
{
	size_t i;

	for (i = 0; i < l->nvalues; i++)
		if (l->value[i].device == device &&
		    strcmp(l->value[i].quantity->name, quantity) == 0)
			return &l->value[i];
	return NULL;
}

const struct mews_live_device *
mews_live_device(const struct mews_live *l, int64_t device)
{
	size_t i;

	for (i = 0; i < l->ndevices; i++)
		if (l->device[i].device == device)
			return &l->device[i];
	return NULL;
}

const struct mews_live_line *
mews_live_line(const struct mews_live *l, int64_t line)
{
	size_t i;

	for (i = 0; i < l->nlines; i++)
		if (l->line[i].line == line)
			return &l->line[i];
	return NULL;
}
