/*
 * mail.c - the table mail of courier.db.
 *
 * That a report goes once is a unique index, not a rule that code could forget.
 */
#include "mail.h"
#include "row.h"

#include <sqlite3.h>

#define COLUMNS                                                                \
	"id, letter, address, lang, since, upto, asked, state, made, due,"     \
	" tries, ended, why, said"

static const char sql_add[] =
    "INSERT INTO mail(letter, address, lang, since, upto, asked, state, made,"
    " due, tries, ended, why, said)"
    " VALUES(?, ?, ?, ?, ?, ?, 0, ?, ?, 0, 0, '', '')"
    " ON CONFLICT DO NOTHING";
static const char sql_next[] =
    "SELECT " COLUMNS " FROM mail WHERE state = 0 ORDER BY due, id LIMIT 1";
static const char sql_save[] =
    "UPDATE mail SET state = ?1, due = ?2, tries = ?3, ended = ?4, why = ?5,"
    " said = ?6 WHERE id = ?7";
static const char sql_put_off[] =
    "UPDATE mail SET due = CASE WHEN ?1 = 0 THEN min(due, ?2)"
    " ELSE max(due, ?1) END WHERE state = 0 AND why <> 'later'";
static const char sql_settle[] =
    "UPDATE mail SET state = ?1, ended = ?2, why = 'lost' WHERE state = ?3";
static const char sql_find[] = "SELECT " COLUMNS " FROM mail WHERE id = ?";
static const char sql_list[] =
    "SELECT " COLUMNS " FROM mail ORDER BY id DESC LIMIT ?";
static const char sql_trim[] =
    "DELETE FROM mail WHERE ended > 0 AND id <= (SELECT id FROM mail"
    " ORDER BY id DESC LIMIT 1 OFFSET ?)";

static const char *const states[] = { "waits", "handed", "sent", "unknown",
	"refused" };

const char *
mews_mail_state_name(enum mews_mail_state s)
{
	return states[s];
}

static void
take(sqlite3_stmt *st, struct mews_mail *m)
{
	*m = (struct mews_mail){ .id = sqlite3_column_int64(st, 0) };
	m->letter =
	    (enum mews_letter)(sqlite3_column_int64(st, 1) % MEWS_LETTERS);
	(void)mews_row_take(st, 2, m->address, sizeof(m->address));
	(void)mews_row_take(st, 3, m->lang, sizeof(m->lang));
	m->since = sqlite3_column_int64(st, 4);
	m->upto = sqlite3_column_int64(st, 5);
	m->asked = sqlite3_column_int64(st, 6);
	m->state = (enum mews_mail_state)(
	    sqlite3_column_int64(st, 7) % (int64_t)MEWS_LEN(states));
	m->made = sqlite3_column_int64(st, 8);
	m->due = sqlite3_column_int64(st, 9);
	m->tries = sqlite3_column_int64(st, 10);
	m->ended = sqlite3_column_int64(st, 11);
	(void)mews_row_take(st, 12, m->why, sizeof(m->why));
	(void)mews_row_take(st, 13, m->said, sizeof(m->said));
}

enum mews_rc
mews_mail_add(struct mews_db *db, struct mews_mail *m, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)m->letter);
	(void)sqlite3_bind_text(st, 2, m->address, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 3, m->lang, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 4, m->since);
	(void)sqlite3_bind_int64(st, 5, m->upto);
	(void)sqlite3_bind_int64(st, 6, m->asked);
	(void)sqlite3_bind_int64(st, 7, m->made);
	(void)sqlite3_bind_int64(st, 8, m->due);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK)
		return rc;
	if (mews_db_changes(db) == 0)
		return MEWS_NONE;
	m->id = mews_db_rowid(db);
	return MEWS_OK;
}

enum mews_rc
mews_mail_next(struct mews_db *db, int64_t now, struct mews_mail *out,
    int64_t *due, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*due = 0;
	if ((rc = mews_db_use(db, sql_next, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		take(st, out);
		if (out->due > now) {
			*due = out->due;
			rc = MEWS_NONE;
		}
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_mail_save(struct mews_db *db, const struct mews_mail *m,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_save, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)m->state);
	(void)sqlite3_bind_int64(st, 2, m->due);
	(void)sqlite3_bind_int64(st, 3, m->tries);
	(void)sqlite3_bind_int64(st, 4, m->ended);
	(void)sqlite3_bind_text(st, 5, m->why, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 6, m->said, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 7, m->id);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_mail_put_off(struct mews_db *db, int64_t due, int64_t now,
    struct mews_err *err)
{
	const int64_t v[] = { due, now };

	return mews_row_run(db, sql_put_off, v, MEWS_LEN(v), err);
}

enum mews_rc
mews_mail_settle(struct mews_db *db, int64_t now, struct mews_err *err)
{
	const int64_t v[] = { MEWS_MAIL_UNKNOWN, now, MEWS_MAIL_HANDED };

	return mews_row_run(db, sql_settle, v, MEWS_LEN(v), err);
}

enum mews_rc
mews_mail_find(struct mews_db *db, int64_t id, struct mews_mail *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, out);
	else if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such mail");
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_mail_list(struct mews_db *db, struct mews_mail *out, size_t max, size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_mail_trim(struct mews_db *db, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_trim, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, MEWS_MAIL_KEPT);
	return mews_db_run(db, st, err);
}
