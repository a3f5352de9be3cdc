/*
 * live.c - three small tables on a RAM disk.
 */
#include "live.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char sql_now[] = "SELECT t FROM now WHERE id = 1";
static const char sql_values[] =
    "SELECT device, quantity, value, t_ms FROM value"
    " ORDER BY device, quantity LIMIT 100000";
static const char sql_devices[] =
    "SELECT id, answer, since, last, answer_us, asked, answered, timeouts,"
    " damaged, exceptions FROM device ORDER BY id LIMIT 10000";
static const char sql_set_now[] =
    "INSERT OR REPLACE INTO now(id, t) VALUES(1, ?)";
static const char sql_set_value[] =
    "INSERT OR REPLACE INTO value(device, quantity, value, t_ms)"
    " VALUES(?, ?, ?, ?)";
static const char sql_set_device[] =
    "INSERT OR REPLACE INTO device(id, answer, since, last, answer_us, asked,"
    " answered, timeouts, damaged, exceptions)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

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
write_device(struct mews_db *db, const struct mews_live_device *d,
    struct mews_err *err)
{
	const int64_t column[] = { d->device, d->answer, d->since, d->last,
		d->answer_us, d->asked, d->answered, d->timeouts, d->damaged,
		d->exceptions };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_set_device, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, column[i]);
	return mews_db_run(db, st, err);
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

	if ((rc = mews_db_use(db, sql_devices, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		l->device =
		    mews_realloc(l->device, l->ndevices + 1, sizeof(*d));
		d = &l->device[l->ndevices++];
		d->device = sqlite3_column_int64(st, 0);
		d->answer = (enum mews_answer)sqlite3_column_int(st, 1);
		d->since = sqlite3_column_int64(st, 2);
		d->last = sqlite3_column_int64(st, 3);
		d->answer_us = sqlite3_column_int64(st, 4);
		d->asked = sqlite3_column_int64(st, 5);
		d->answered = sqlite3_column_int64(st, 6);
		d->timeouts = sqlite3_column_int64(st, 7);
		d->damaged = sqlite3_column_int64(st, 8);
		d->exceptions = sqlite3_column_int64(st, 9);
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
