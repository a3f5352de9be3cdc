/*
 * ticket.c - made and used up, each in one statement.
 */
#include "ticket.h"

#include <sqlite3.h>

static const char sql_sweep[] =
    "DELETE FROM ticket WHERE made < ?1 OR made > ?2";
static const char sql_add[] =
    "INSERT INTO ticket (made, digest, session) VALUES (?2, ?3, ?4)";
static const char sql_spend[] =
    "DELETE FROM ticket WHERE digest = ?3 AND session = ?4"
    " AND made BETWEEN ?1 AND ?2";

/* Runs one of them; digest and session are NULL where it has none. */
static enum mews_rc
run(struct mews_db *db, const char *sql, const uint8_t *digest,
    const uint8_t *session, int64_t from, int64_t now, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, from);
	(void)sqlite3_bind_int64(st, 2, now);
	if (digest != NULL) {
		(void)sqlite3_bind_blob(st, 3, digest, MEWS_HASH,
		    SQLITE_STATIC);
		(void)sqlite3_bind_blob(st, 4, session, MEWS_HASH,
		    SQLITE_STATIC);
	}
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_ticket_add(struct mews_db *db, const uint8_t digest[MEWS_HASH],
    const uint8_t session[MEWS_HASH], int64_t from, int64_t now,
    struct mews_err *err)
{
	enum mews_rc rc = run(db, sql_sweep, NULL, NULL, from, now, err);

	return rc != MEWS_OK
	    ? rc
	    : run(db, sql_add, digest, session, from, now, err);
}

enum mews_rc
mews_ticket_spend(struct mews_db *db, const uint8_t digest[MEWS_HASH],
    const uint8_t session[MEWS_HASH], int64_t from, int64_t now,
    struct mews_err *err)
{
	enum mews_rc rc = run(db, sql_spend, digest, session, from, now, err);

	if (rc == MEWS_OK && mews_db_changes(db) == 0)
		rc =
		    mews_fail(err, MEWS_NONE, "the session has no such ticket");
	return rc;
}
