/*
 * site_undo.c - what of a site can come back: removed devices, and a line's
 * settings while new ones are tried.
 */
#include "site.h"
#include "row.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_removed[] =
    "SELECT id, t, plate, text FROM removed ORDER BY t DESC, id DESC LIMIT ?";
static const char sql_text[] = "SELECT text FROM removed WHERE id = ?";
/* The rest comes with the save, which finds the plate. */
static const char sql_revive[] =
    "INSERT INTO device(id, plate, name, place, line, unit, profile, post,"
    " every_s) VALUES(?1, ?2, '', -1, ?3, -?1, '', 0, 1)";
static const char sql_trial[] =
    "SELECT line, t, text FROM trial WHERE line = ?";
static const char sql_end_trial[] = "DELETE FROM trial WHERE line = ?";
static const char sql_set_trial[] =
    "INSERT INTO trial(line, t, text) VALUES(?, unixepoch(), ?)"
    " ON CONFLICT(line) DO UPDATE SET t = excluded.t";

enum mews_rc
mews_site_removed(struct mews_db *db, struct mews_removed *out, size_t max,
    size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_removed, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)max);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK && *n < max) {
		out[*n].id = sqlite3_column_int64(st, 0);
		out[*n].t = sqlite3_column_int64(st, 1);
		(void)mews_row_take(st, 2, out[*n].plate, sizeof(out->plate));
		(void)mews_row_take(st, 3, out[*n].text, sizeof(out->text));
		(*n)++;
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
removed_text(struct mews_db *db, int64_t id, char *text, size_t size,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_text, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		(void)mews_row_take(st, 0, text, size);
	mews_db_done(st);
	return rc == MEWS_NONE
	    ? mews_fail(err, rc, "no such device was removed")
	    : rc;
}

/* Under its old id, the last of the site. */
static enum mews_rc
revive(struct mews_db *db, int64_t id, const struct mews_site *s,
    struct mews_err *err)
{
	const struct mews_device *d = &s->device[s->ndevices - 1];
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql_revive, &st, err);

	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_text(st, 2, d->plate, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 3, d->line);
	rc = mews_db_run(db, st, err);
	return rc == MEWS_OK ? mews_site_save(db, s, err) : rc;
}

enum mews_rc
mews_site_restore(struct mews_db *db, int64_t id, struct mews_err *err)
{
	struct mews_site site = { 0 };
	char text[1024];
	bool begun;
	enum mews_rc rc;

	if ((rc = mews_db_join(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = removed_text(db, id, text, sizeof(text), err);
	if (rc == MEWS_OK)
		rc = mews_site_load(db, &site, err);
	if (rc == MEWS_OK)
		rc = mews_site_take(&site, text, err);
	if (rc == MEWS_OK)
		rc = revive(db, id, &site, err);
	mews_site_clear(&site);
	return begun ? mews_db_end(db, rc, err) : rc;
}

enum mews_rc
mews_site_trial(struct mews_db *db, const char *line, struct mews_trial *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_trial, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, line, -1, SQLITE_TRANSIENT);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		(void)mews_row_take(st, 0, out->line, sizeof(out->line));
		out->t = sqlite3_column_int64(st, 1);
		(void)mews_row_take(st, 2, out->text, sizeof(out->text));
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_site_set_trial(struct mews_db *db, const char *line, const char *text,
    struct mews_err *err)
{
	bool ends = text == NULL || text[0] == '\0';
	sqlite3_stmt *st;
	enum mews_rc rc =
	    mews_db_use(db, ends ? sql_end_trial : sql_set_trial, &st, err);

	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, line, -1, SQLITE_TRANSIENT);
	if (!ends)
		(void)sqlite3_bind_text(st, 2, text, -1, SQLITE_TRANSIENT);
	return mews_db_run(db, st, err);
}
