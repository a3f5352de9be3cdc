/*
 * delivery.c - the table delivery of courier.db.
 */
#include "delivery.h"
#include "row.h"

#include <sqlite3.h>

static const char sql_get[] =
    "SELECT done, good, since, tries, due, tested, why, said FROM delivery"
    " WHERE destination = ?";
static const char sql_set[] =
    "INSERT INTO delivery(destination, done, good, since, tries, due, tested,"
    " why, said) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT(destination) DO UPDATE SET done = excluded.done,"
    " good = excluded.good, since = excluded.since, tries = excluded.tries,"
    " due = excluded.due, tested = excluded.tested, why = excluded.why,"
    " said = excluded.said";
static const char sql_ask[] =
    "INSERT INTO delivery(destination, done, good, since, tries, due, tested,"
    " why, said) VALUES(?, 0, 0, 0, 0, 0, -1, '', '')"
    " ON CONFLICT(destination) DO UPDATE SET tested = -1";

enum mews_rc
mews_delivery_get(struct mews_db *db, int64_t destination,
    struct mews_delivery *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*out = (struct mews_delivery){ .destination = destination };
	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, destination);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		out->done = sqlite3_column_int64(st, 0);
		out->good = sqlite3_column_int64(st, 1);
		out->since = sqlite3_column_int64(st, 2);
		out->tries = sqlite3_column_int64(st, 3);
		out->due = sqlite3_column_int64(st, 4);
		out->tested = sqlite3_column_int64(st, 5);
		(void)mews_row_take(st, 6, out->why, sizeof(out->why));
		(void)mews_row_take(st, 7, out->said, sizeof(out->said));
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_delivery_set(struct mews_db *db, const struct mews_delivery *d,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, d->destination);
	(void)sqlite3_bind_int64(st, 2, d->done);
	(void)sqlite3_bind_int64(st, 3, d->good);
	(void)sqlite3_bind_int64(st, 4, d->since);
	(void)sqlite3_bind_int64(st, 5, d->tries);
	(void)sqlite3_bind_int64(st, 6, d->due);
	(void)sqlite3_bind_int64(st, 7, d->tested);
	(void)sqlite3_bind_text(st, 8, d->why, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 9, d->said, -1, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_delivery_ask(struct mews_db *db, int64_t destination, struct mews_err *err)
{
	return mews_row_run(db, sql_ask, &destination, 1, err);
}
