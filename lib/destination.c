/*
 * destination.c - the table destination of config.db.
 */
#include "destination.h"
#include "row.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

#define COLUMNS "id, kind, host, port, path, user, trust, active"

static const char sql_list[] =
    "SELECT " COLUMNS " FROM destination ORDER BY id LIMIT ?";
static const char sql_find[] =
    "SELECT " COLUMNS " FROM destination WHERE id = ?";
static const char sql_add[] = "INSERT INTO destination(kind, host, port, path,"
			      " user, trust, active)"
			      " VALUES(?, ?, ?, ?, ?, ?, ?)";
static const char sql_set[] =
    "UPDATE destination SET kind = ?1, host = ?2, port = ?3, path = ?4,"
    " user = ?5, trust = ?6, active = ?7 WHERE id = ?8";
static const char sql_drop[] = "DELETE FROM destination WHERE id = ?";

#define PLAIN "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"

bool
mews_host(const char *s)
{
	return s[0] != '\0' && s[0] != '-' && s[0] != '.' &&
	    strlen(s) < MEWS_HOST && s[strspn(s, PLAIN ":")] == '\0';
}

bool
mews_trust(const char *s)
{
	size_t n = 0;

	if (s[0] == '\0')
		return true;
	if (strncmp(s, "SHA256:", 7) == 0)
		return strlen(s + 7) == 43 &&
		    s[7 + strspn(s + 7, PLAIN "+/")] == '\0';
	for (; *s != '\0'; s++)
		if (*s != ':') {
			if (strchr("0123456789abcdefABCDEF", *s) == NULL)
				return false;
			n++;
		}
	return n == 64;
}

static bool
no_control(const char *s)
{
	return mews_str_utf8(s, strlen(s));
}

const char *
mews_destination_wrong(const struct mews_destination *d)
{
	if (strcmp(d->kind, "ftp") != 0 && strcmp(d->kind, "ftps") != 0 &&
	    strcmp(d->kind, "sftp") != 0)
		return "kind";
	if (!mews_host(d->host))
		return "host";
	if (d->port < 1 || d->port > 65535)
		return "port";
	if (d->path[strspn(d->path, PLAIN "_/")] != '\0' ||
	    strstr(d->path, "..") != NULL)
		return "path";
	if (d->user[0] == '\0' || !no_control(d->user))
		return "user";
	if (!mews_trust(d->trust))
		return "trust";
	return NULL;
}

static bool
take(sqlite3_stmt *st, struct mews_destination *d)
{
	const struct {
		char *to;
		size_t size;
		int column;
	} texts[] = {
		{ d->kind, sizeof(d->kind), 1 },
		{ d->host, sizeof(d->host), 2 },
		{ d->path, sizeof(d->path), 4 },
		{ d->user, sizeof(d->user), 5 },
		{ d->trust, sizeof(d->trust), 6 },
	};
	size_t i;

	d->id = sqlite3_column_int64(st, 0);
	d->port = sqlite3_column_int(st, 3);
	d->active = sqlite3_column_int(st, 7) != 0;
	for (i = 0; i < MEWS_LEN(texts); i++)
		if (!mews_row_take(st, texts[i].column, texts[i].to,
			texts[i].size))
			return false;
	return true;
}

enum mews_rc
mews_destination_list(struct mews_db *db, struct mews_destination *out,
    size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, MEWS_DESTINATIONS);
	while (*n < MEWS_DESTINATIONS &&
	    (rc = mews_db_step(db, st, err)) == MEWS_OK)
		*n += take(st, &out[*n]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_destination_find(struct mews_db *db, int64_t id,
    struct mews_destination *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	rc = mews_db_step(db, st, err);
	if (rc == MEWS_NONE || (rc == MEWS_OK && !take(st, out)))
		rc = mews_fail(err, MEWS_NONE, "there is no such server");
	mews_db_done(st);
	return rc;
}

static enum mews_rc
store(struct mews_db *db, const struct mews_destination *d,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	rc = mews_db_use(db, d->id == 0 ? sql_add : sql_set, &st, err);
	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, d->kind, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 2, d->host, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(st, 3, d->port);
	(void)sqlite3_bind_text(st, 4, d->path, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 5, d->user, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 6, d->trust, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(st, 7, d->active);
	if (d->id != 0)
		(void)sqlite3_bind_int64(st, 8, d->id);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_destination_put(struct mews_db *db, struct mews_destination *d,
    const char **why, struct mews_err *err)
{
	struct mews_destination all[MEWS_DESTINATIONS];
	enum mews_rc rc;
	size_t n;

	if ((*why = mews_destination_wrong(d)) != NULL)
		return mews_fail(err, MEWS_BAD, "its %s cannot be", *why);
	*why = "";
	if (d->id != 0)
		rc = mews_destination_find(db, d->id, &all[0], err);
	else if ((rc = mews_destination_list(db, all, &n, err)) == MEWS_OK &&
	    n >= MEWS_DESTINATIONS) {
		*why = "most";
		rc = mews_fail(err, MEWS_BAD, "there are %d servers",
		    MEWS_DESTINATIONS);
	}
	if (rc == MEWS_OK && (rc = store(db, d, err)) == MEWS_OK && d->id == 0)
		d->id = mews_db_rowid(db);
	return rc;
}

enum mews_rc
mews_destination_remove(struct mews_db *db, int64_t id, struct mews_err *err)
{
	enum mews_rc rc = mews_row_run(db, sql_drop, &id, 1, err);

	return rc == MEWS_OK && mews_db_changes(db) == 0
	    ? mews_fail(err, MEWS_NONE, "there is no such server")
	    : rc;
}
