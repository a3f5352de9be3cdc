/*
 * live_disk.c - that the history cannot be written, for who cannot read it
 * there.
 */
#include "live.h"
#include "row.h"

#include <sqlite3.h>

static const char sql_set[] =
    "INSERT OR REPLACE INTO disk(id, since, says) VALUES(1, ?, ?)";
static const char sql_forget[] = "DELETE FROM disk";
static const char sql_get[] = "SELECT since, says FROM disk";

enum mews_rc
mews_live_disk_set(struct mews_db *db, const struct mews_live_disk *d,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc =
	    mews_db_use(db, d->since == 0 ? sql_forget : sql_set, &st, err);

	if (rc != MEWS_OK)
		return rc;
	if (d->since != 0) {
		(void)sqlite3_bind_int64(st, 1, d->since);
		(void)sqlite3_bind_text(st, 2, d->says, -1, SQLITE_STATIC);
	}
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_live_disk(struct mews_db *db, struct mews_live_disk *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*out = (struct mews_live_disk){ .since = 0 };
	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		out->since = sqlite3_column_int64(st, 0);
		(void)mews_row_take(st, 1, out->says, sizeof(out->says));
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}
