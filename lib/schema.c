/*
 * schema.c - the numbered files of lib/schema/, applied in order.
 *
 * schema.def is generated from them.  PRAGMA user_version counts how many a
 * database has seen; a released file is never edited, only followed.
 */
#include "schema.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
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
	[MEWS_COURIER_DB] = "courier",
};

/* PRAGMA application_id repeats the number, so that a damaged one is not taken
 * for that of another program.  0: made before there was one. */
#define MARK 0x6d650000

static const char sql_version[] = "PRAGMA user_version";
static const char sql_mark[] = "PRAGMA application_id";

static enum mews_rc
number(struct mews_db *db, const char *sql, int *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*out = sqlite3_column_int(st, 0);
	mews_db_done(st);
	return rc;
}

static enum mews_rc
set_mark(struct mews_db *db, int version, struct mews_err *err)
{
	char mark[48];

	(void)snprintf(mark, sizeof(mark), "PRAGMA application_id=%d",
	    MARK + version);
	return mews_db_exec(db, mark, err);
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
	if ((rc = mews_db_exec(db, migrations[i].sql, err)) == MEWS_OK &&
	    (rc = mews_db_exec(db, mark, err)) == MEWS_OK)
		rc = set_mark(db, migrations[i].number, err);
	return mews_db_end(db, rc, err);
}

static int
newest(const char *name)
{
	int n = 0;
	size_t i;

	for (i = 0; i < MEWS_LEN(migrations); i++)
		if (strcmp(migrations[i].name, name) == 0)
			n = migrations[i].number;
	return n;
}

/* Brings a complete file to the disk and gives it its name. */
static bool
complete(const char *building, const char *path)
{
	int fd = open(building, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	return good && rename(building, path) == 0;
}

/* What the file was before it is migrated.  Without room for it the migration
 * goes on: each step is all or nothing. */
static void
keep_copy(struct mews_db *db, const char *path, int version)
{
	char copy[MEWS_PATH + 16], building[MEWS_PATH + 32];
	struct mews_err err;
	enum mews_rc rc;

	(void)snprintf(copy, sizeof(copy), "%s.schema-%d", path, version);
	(void)snprintf(building, sizeof(building), "%s.building", copy);
	rc = mews_db_copy(db, building, &err);
	if (rc == MEWS_OK && !complete(building, copy))
		rc =
		    mews_fail(&err, MEWS_FAIL, "%s: %s", copy, strerror(errno));
	if (rc != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s is migrated without a copy: %s",
		    path, err.text);
}

/* Which schema the file has, and that it may be opened. */
static enum mews_rc
look(struct mews_db *db, const char *path, int last, bool write, int *has,
    struct mews_err *err)
{
	int mark = 0;
	enum mews_rc rc;

	if ((rc = number(db, sql_version, has, err)) != MEWS_OK ||
	    (rc = number(db, sql_mark, &mark, err)) != MEWS_OK)
		return rc;
	if (*has < 0 || (mark != 0 && mark != MARK + *has))
		return mews_fail(err, MEWS_BAD, "%s: its header is damaged",
		    path);
	if (*has > last)
		return mews_fail(err, MEWS_FAIL,
		    "%s has schema %d and is newer than this program (%d)",
		    path, *has, last);
	if (*has < last && !write)
		return mews_fail(err, MEWS_NONE,
		    "%s has schema %d, %d is needed", path, *has, last);
	return mark == 0 && *has == last && write ? set_mark(db, last, err)
						  : MEWS_OK;
}

/* Brings a database of that name to the current schema, or checks that it
 * has it. */
static enum mews_rc
upgrade(struct mews_db *db, const char *path, const char *name,
    enum mews_db_mode mode, struct mews_err *err)
{
	int has = 0, last = newest(name);
	size_t i;
	enum mews_rc rc = look(db, path, last, mode != MEWS_DB_READ, &has, err);

	if (rc == MEWS_OK && has > 0 && has < last && mode == MEWS_DB_WRITE)
		keep_copy(db, path, has);
	for (i = 0; i < MEWS_LEN(migrations) && rc == MEWS_OK; i++)
		if (strcmp(migrations[i].name, name) == 0 &&
		    migrations[i].number > has)
			rc = apply(db, i, err);
	return rc;
}

static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

void
mews_schema_forget(const char *path)
{
	char file[MEWS_PATH + 16];
	size_t i;

	for (i = 0; i < MEWS_LEN(tails); i++) {
		(void)snprintf(file, sizeof(file), "%s%s", path, tails[i]);
		(void)unlink(file);
	}
}

/* The WAL first: a file that lost it would be another state. */
enum mews_rc
mews_schema_move(const char *from, const char *to, struct mews_err *err)
{
	char a[MEWS_PATH + 16], b[MEWS_PATH + 16];

	if (access(from, F_OK) != 0)
		return mews_fail(err, MEWS_NONE, "%s: %s", from,
		    strerror(errno));
	(void)snprintf(a, sizeof(a), "%s-wal", from);
	(void)snprintf(b, sizeof(b), "%s-wal", to);
	if ((rename(a, b) != 0 && errno != ENOENT) || rename(from, to) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", from,
		    strerror(errno));
	(void)snprintf(a, sizeof(a), "%s-shm", from);
	(void)unlink(a);
	return MEWS_OK;
}

enum mews_rc
mews_schema_open_path(const char *path, enum mews_file file,
    enum mews_db_mode mode, struct mews_db **out, struct mews_err *err)
{
	struct mews_db *db;
	enum mews_rc rc;

	if (mode == MEWS_DB_SCRATCH)
		mews_schema_forget(path);
	if ((rc = mews_db_open(path, mode, &db, err)) != MEWS_OK)
		return rc;
	rc = upgrade(db, path, names[file], mode, err);
	if (rc == MEWS_OK && file == MEWS_HISTORY_DB && mode == MEWS_DB_WRITE)
		rc = mews_db_exec(db, sql_no_secrets, err);
	if (rc == MEWS_OK)
		*out = db;
	else
		mews_db_close(db);
	return rc;
}

enum mews_rc
mews_schema_open(const struct mews_place *place, enum mews_file file,
    enum mews_db_mode mode, struct mews_db **out, struct mews_err *err)
{
	char path[MEWS_PATH];

	(void)mews_place_path(place, file, path);
	return mews_schema_open_path(path, file, mode, out, err);
}
