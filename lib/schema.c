/*
 * schema.c - the numbered files of lib/schema/, applied in order.
 *
 * schema.def is generated from them.  PRAGMA user_version counts how many a
 * database has seen; a released file is never edited, only followed.
 */
#include "schema.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Debian's SQLite writes zeros over all that is deleted: half of what a day of
 * history writes, and no secret is in it. */
static const char sql_no_secrets[] = "PRAGMA secure_delete=OFF";

static const struct {
	const char *name; /* of the database */
	int number;
	const char *sql;
} migrations[] = {
#define MIGRATION(name, number, sql) { name, number, sql },
#include "schema.def"
#undef MIGRATION
};

static const char *const names[] = {
	[MEWS_CONFIG_DB] = "config",
	[MEWS_HISTORY_DB] = "history",
	[MEWS_AUTH_DB] = "auth",
	[MEWS_LIVE_DB] = "live",
};

static const char sql_version[] = "PRAGMA user_version";

static enum mews_rc
version(struct mews_db *db, int *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_version, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*out = sqlite3_column_int(st, 0);
	mews_db_done(st);
	return rc;
}

static enum mews_rc
apply(struct mews_db *db, size_t i, struct mews_err *err)
{
	char mark[48];
	enum mews_rc rc;

	(void)snprintf(mark, sizeof(mark), "PRAGMA user_version=%d",
	    migrations[i].number);
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_exec(db, migrations[i].sql, err)) == MEWS_OK)
		rc = mews_db_exec(db, mark, err);
	return mews_db_end(db, rc, err);
}

/* Brings a database of that name to the current schema, or checks that it
 * has it. */
static enum mews_rc
upgrade(struct mews_db *db, const char *name, bool write, struct mews_err *err)
{
	int has = 0, newest = 0;
	size_t i;
	enum mews_rc rc;

	if ((rc = version(db, &has, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(migrations); i++) {
		if (strcmp(migrations[i].name, name) != 0)
			continue;
		newest = migrations[i].number;
		if (newest <= has)
			continue;
		if (!write)
			return mews_fail(err, MEWS_NONE,
			    "%s.db has schema %d, %d is needed", name, has,
			    newest);
		if ((rc = apply(db, i, err)) != MEWS_OK)
			return rc;
	}
	if (has > newest)
		return mews_fail(err, MEWS_BAD,
		    "%s.db has schema %d and is newer than this program (%d)",
		    name, has, newest);
	return MEWS_OK;
}

/* Removes a scratch database with what belongs to it. */
static void
forget(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
	char file[MEWS_PATH + 16];
	size_t i;

	for (i = 0; i < MEWS_LEN(tails); i++) {
		(void)snprintf(file, sizeof(file), "%s%s", path, tails[i]);
		(void)unlink(file);
	}
}

enum mews_rc
mews_schema_open(const struct mews_place *place, enum mews_file file,
    enum mews_db_mode mode, struct mews_db **out, struct mews_err *err)
{
	struct mews_db *db;
	char path[MEWS_PATH];
	enum mews_rc rc;

	(void)mews_place_path(place, file, path);
	if (mode == MEWS_DB_SCRATCH)
		forget(path);
	if ((rc = mews_db_open(path, mode, &db, err)) != MEWS_OK)
		return rc;
	rc = upgrade(db, names[file], mode != MEWS_DB_READ, err);
	if (rc == MEWS_OK && file == MEWS_HISTORY_DB && mode == MEWS_DB_WRITE)
		rc = mews_db_exec(db, sql_no_secrets, err);
	if (rc == MEWS_OK)
		*out = db;
	else
		mews_db_close(db);
	return rc;
}

static enum mews_rc
set_aside(const char *path, char *aside, struct mews_err *err)
{
	char from[MEWS_PATH + 8], to[MEWS_PATH + 8], stamp[32];
	time_t now = time(NULL);
	struct tm tm;

	(void)gmtime_r(&now, &tm);
	(void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	if (snprintf(aside, MEWS_PATH, "%s.damaged-%s", path, stamp) >=
		MEWS_PATH ||
	    rename(path, aside) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: cannot be set aside: %s",
		    path, strerror(errno));
	(void)snprintf(from, sizeof(from), "%s-wal", path);
	(void)snprintf(to, sizeof(to), "%s-wal", aside);
	(void)rename(from, to);
	(void)snprintf(from, sizeof(from), "%s-shm", path);
	(void)unlink(from);
	return MEWS_OK;
}

enum mews_rc
mews_schema_start(const struct mews_place *place, enum mews_file file,
    struct mews_db **out, char aside[MEWS_PATH], struct mews_err *err)
{
	char path[MEWS_PATH];
	struct mews_db *db;
	enum mews_rc rc;

	aside[0] = '\0';
	(void)mews_place_path(place, file, path);
	rc = mews_db_open(path, MEWS_DB_WRITE, &db, err);
	if (rc == MEWS_OK) {
		rc = mews_db_check(db, err);
		mews_db_close(db);
	}
	if (rc == MEWS_BAD && (rc = set_aside(path, aside, err)) != MEWS_OK)
		return rc;
	if (rc != MEWS_OK)
		return rc;
	return mews_schema_open(place, file, MEWS_DB_WRITE, out, err);
}
