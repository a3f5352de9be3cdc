/*
 * backup.c - writes them: SQLite copies, and what is written appears by rename.
 */
#include "backup.h"
#include "digest.h"
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define LONG   (MEWS_PATH + 64)
#define NAME   "mews-%Y%m%dT%H%M%SZ.backup"
#define LENGTH 28 /* of such a name */

static const char sql_make[] =
    "CREATE TABLE backup(name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT";
static const char sql_put[] = "INSERT INTO backup(name, data) VALUES(?1, ?2)";
static const char config_name[] = "config.db";

static enum mews_rc
broken(const char *path, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

/* A copy of a database of this place, beside path. */
static enum mews_rc
copy(const struct mews_place *place, enum mews_file file, const char *path,
    struct mews_err *err)
{
	struct mews_db *db;
	enum mews_rc rc = mews_schema_open(place, file, MEWS_DB_READ, &db, err);

	if (rc != MEWS_OK)
		return rc;
	rc = mews_db_copy(db, path, err);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
put_config(struct mews_db *db, const struct mews_buf *data,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_exec(db, sql_make, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_put, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, config_name, -1, SQLITE_STATIC);
	(void)sqlite3_bind_blob64(st, 2, data->s, data->n, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

/* Adds config.db to the copy of history.db. */
static enum mews_rc
add_config(const struct mews_place *place, const char *part,
    struct mews_err *err)
{
	char config[LONG + 8];
	struct mews_buf data = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc;

	(void)snprintf(config, sizeof(config), "%s.c", part);
	if ((rc = copy(place, MEWS_CONFIG_DB, config, err)) == MEWS_OK &&
	    (rc = mews_file_read(config, &data, err)) == MEWS_OK &&
	    (rc = mews_db_open(part, MEWS_DB_PLAIN, &db, err)) == MEWS_OK &&
	    (rc = put_config(db, &data, err)) == MEWS_OK)
		rc = mews_db_check(db, 0, err);
	mews_db_close(db);
	mews_buf_clear(&data);
	mews_schema_forget(config);
	return rc;
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* A file that is complete gets its name, and its checksum before. */
static enum mews_rc
publish(const char *part, const char *path, struct mews_err *err)
{
	char digest[MEWS_DIGEST], sum[LONG], line[LONG + MEWS_DIGEST];
	enum mews_rc rc;

	(void)snprintf(sum, sizeof(sum), "%s.sha256", path);
	if ((rc = mews_file_sync(part, err)) != MEWS_OK ||
	    (rc = mews_digest_file(part, digest, err)) != MEWS_OK)
		return rc;
	(void)snprintf(line, sizeof(line), "%s  %s\n", digest, base_of(path));
	rc = mews_file_write(sum, line, strlen(line), err);
	if (rc == MEWS_OK && rename(part, path) != 0)
		rc = broken(path, err);
	return rc == MEWS_OK ? mews_file_sync(path, err) : rc;
}

/* Whether the disk has room for a copy beside path. */
static enum mews_rc
room(const struct mews_place *place, const char *path, struct mews_err *err)
{
	char folder[LONG], history[MEWS_PATH];
	struct statvfs v;
	struct stat s;

	(void)snprintf(folder, sizeof(folder), "%s", path);
	(void)mews_place_path(place, MEWS_HISTORY_DB, history);
	if (stat(history, &s) != 0 || statvfs(dirname(folder), &v) != 0)
		return broken(path, err);
	if ((uint64_t)v.f_bavail * v.f_frsize < (uint64_t)s.st_size * 5 / 4)
		return mews_fail(err, MEWS_FAIL,
		    "%s: there is no room for %lld MB", path,
		    (long long)s.st_size / 1000000);
	return MEWS_OK;
}

enum mews_rc
mews_backup_write(const struct mews_place *place, const char *path,
    struct mews_err *err)
{
	char part[LONG];
	enum mews_rc rc;

	(void)snprintf(part, sizeof(part), "%s.part", path);
	if ((rc = room(place, path, err)) == MEWS_OK &&
	    (rc = copy(place, MEWS_HISTORY_DB, part, err)) == MEWS_OK &&
	    (rc = add_config(place, part, err)) == MEWS_OK)
		rc = publish(part, path, err);
	mews_schema_forget(part);
	return rc;
}

enum mews_rc
mews_backup_folder(const struct mews_place *place, char path[MEWS_PATH],
    struct mews_err *err)
{
	(void)snprintf(path, MEWS_PATH, "%s/backup", place->state);
	if (mkdir(path, 0750) != 0 && errno != EEXIST)
		return broken(path, err);
	return MEWS_OK;
}

int64_t
mews_backup_time(const char *path)
{
	const char *name = base_of(path), *end;
	struct tm tm = { .tm_year = 0 };

	if (strlen(name) != LENGTH)
		return 0;
	end = strptime(name, NAME, &tm);
	return end == NULL || *end != '\0' ? 0 : (int64_t)timegm(&tm);
}

/* Later names come first; what is no backup is left out. */
static int
newer(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*b)->d_name, (*a)->d_name);
}

static int
is_backup(const struct dirent *d)
{
	return mews_backup_time(d->d_name) != 0;
}

enum mews_rc
mews_backup_find(const char *folder, size_t n, char path[MEWS_PATH],
    struct mews_err *err)
{
	struct dirent **list = NULL;
	int all = scandir(folder, &list, is_backup, newer), i;
	enum mews_rc rc = MEWS_OK;

	if (all < 0 || n >= (size_t)all ||
	    snprintf(path, MEWS_PATH, "%s/%s", folder, list[n]->d_name) >=
		MEWS_PATH)
		rc = mews_fail(err, MEWS_NONE, "%s has no such backup", folder);
	for (i = 0; i < all; i++)
		free(list[i]);
	free(list);
	return rc;
}

/* Removes all but the newest. */
static void
thin(const char *folder)
{
	char path[MEWS_PATH], sum[LONG];

	while (mews_backup_find(folder, MEWS_BACKUPS, path, NULL) == MEWS_OK) {
		(void)snprintf(sum, sizeof(sum), "%s.sha256", path);
		(void)unlink(sum);
		if (unlink(path) != 0)
			return;
	}
}

/* A copy elsewhere, read again. */
static enum mews_rc
copy_to(const char *from, const char *folder, struct mews_err *err)
{
	char to[LONG], part[LONG + 8], was[MEWS_DIGEST], is[MEWS_DIGEST];
	enum mews_rc rc;

	if (snprintf(to, sizeof(to), "%s/%s", folder, base_of(from)) >=
	    MEWS_PATH)
		return mews_fail(err, MEWS_FAIL, "%s: too long", folder);
	(void)snprintf(part, sizeof(part), "%s.part", to);
	if ((rc = mews_file_copy(from, part, err)) == MEWS_OK &&
	    (rc = mews_digest_file(from, was, err)) == MEWS_OK &&
	    (rc = mews_digest_file(part, is, err)) == MEWS_OK &&
	    strcmp(was, is) != 0)
		rc =
		    mews_fail(err, MEWS_FAIL, "%s: it was written wrongly", to);
	if (rc == MEWS_OK)
		rc = publish(part, to, err);
	(void)unlink(part);
	if (rc == MEWS_OK)
		thin(folder);
	return rc;
}

enum mews_rc
mews_backup_keep(const struct mews_place *place, const char *other, int64_t now,
    struct mews_err *err)
{
	char folder[MEWS_PATH], path[LONG], name[LENGTH + 1];
	time_t t = (time_t)now;
	struct tm tm;
	enum mews_rc rc = mews_backup_folder(place, folder, err);

	(void)gmtime_r(&t, &tm);
	(void)strftime(name, sizeof(name), NAME, &tm);
	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (rc == MEWS_OK)
		rc = mews_backup_write(place, path, err);
	if (rc == MEWS_OK)
		thin(folder);
	if (rc == MEWS_OK && other[0] != '\0')
		rc = copy_to(path, other, err);
	return rc;
}
