/*
 * backup_back.c - the way back: what a backup must be, and the files out of it.
 *
 * All of it is looked at before anything is put in a place.
 */
#include "backup.h"
#include "digest.h"
#include "file.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONG (MEWS_PATH + 64)

static const char sql_get[] = "SELECT data FROM backup WHERE name = ?1";
static const char sql_drop[] = "DROP TABLE backup";
static const char config_name[] = "config.db";

static enum mews_rc
broken(const char *path, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

/* The checksum beside it, where there is one. */
static enum mews_rc
verify_sum(const char *path, struct mews_err *err)
{
	char sum[LONG], is[MEWS_DIGEST];
	struct mews_buf line = { 0 };
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(sum, sizeof(sum), "%s.sha256", path);
	if (access(sum, R_OK) != 0)
		return MEWS_OK;
	if ((rc = mews_file_read(sum, &line, err)) == MEWS_OK &&
	    (rc = mews_digest_file(path, is, err)) == MEWS_OK &&
	    (line.n < MEWS_DIGEST - 1 ||
		memcmp(line.s, is, MEWS_DIGEST - 1) != 0))
		rc = mews_fail(err, MEWS_BAD,
		    "%s is not what was written: its SHA-256 is %s", path, is);
	mews_buf_clear(&line);
	return rc;
}

/* The bytes of config.db in an open backup; MEWS_NONE when it is none. */
static enum mews_rc
get_config(struct mews_db *db, const char *path, struct mews_buf *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return mews_fail(err, MEWS_NONE, "%s is no backup of mews",
		    path);
	(void)sqlite3_bind_text(st, 1, config_name, -1, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		mews_buf_put(out, sqlite3_column_blob(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0));
	mews_db_done(st);
	return rc == MEWS_NONE || (rc == MEWS_OK && out->n == 0)
	    ? mews_fail(err, MEWS_NONE, "%s has no config.db", path)
	    : rc;
}

enum mews_rc
mews_backup_verify(const char *path, struct mews_err *err)
{
	struct mews_buf config = { 0 };
	struct mews_db *db = NULL, *same = NULL;
	enum mews_rc rc = verify_sum(path, err);

	if (rc == MEWS_OK &&
	    (rc = mews_db_open(path, MEWS_DB_READ, &db, err)) == MEWS_OK &&
	    (rc = get_config(db, path, &config, err)) == MEWS_OK)
		rc = mews_db_check(db, 0, err);
	else if (rc == MEWS_NONE && db != NULL)
		rc = MEWS_BAD;
	mews_db_close(db);
	mews_buf_clear(&config);
	if (rc == MEWS_OK)
		rc = mews_schema_open_path(path, MEWS_HISTORY_DB, MEWS_DB_READ,
		    &same, err);
	mews_db_close(same);
	/* an older schema is brought up to date later */
	return rc == MEWS_NONE && access(path, R_OK) == 0 ? MEWS_OK : rc;
}

enum mews_rc
mews_backup_take(const char *path, enum mews_file file, const char *to,
    struct mews_err *err)
{
	struct mews_buf config = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc;

	mews_schema_forget(to);
	if (file == MEWS_CONFIG_DB) {
		rc = mews_db_open(path, MEWS_DB_READ, &db, err);
		if (rc == MEWS_OK)
			rc = get_config(db, path, &config, err);
		if (rc == MEWS_OK)
			rc = mews_file_write(to, config.s, config.n, err);
	} else if ((rc = mews_file_copy(path, to, err)) == MEWS_OK &&
	    (rc = mews_db_open(to, MEWS_DB_PLAIN, &db, err)) == MEWS_OK)
		rc = mews_db_exec(db, sql_drop, err);
	mews_db_close(db);
	mews_buf_clear(&config);
	return rc == MEWS_OK ? mews_file_sync(to, err) : rc;
}

/* Whether it begins as a database does. */
static bool
begins_well(const char *path)
{
	static const char magic[16] = "SQLite format 3"; /* fileformat2.html */
	char head[sizeof(magic)] = "";
	FILE *f = fopen(path, "re");
	bool same = f != NULL &&
	    fread(head, 1, sizeof(head), f) == sizeof(head) &&
	    memcmp(head, magic, sizeof(magic)) == 0;

	if (f != NULL)
		(void)fclose(f);
	return same;
}

/* MEWS_NONE unless it is a database with a config.db in it. */
static enum mews_rc
look(const char *path, struct mews_err *err)
{
	struct mews_buf config = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc = mews_db_open(path, MEWS_DB_READ, &db, err);

	if (rc == MEWS_OK)
		rc = get_config(db, path, &config, err);
	else if (rc == MEWS_BAD && !begins_well(path))
		rc = MEWS_NONE;
	mews_db_close(db);
	mews_buf_clear(&config);
	return rc;
}

enum mews_rc
mews_backup_prove(const char *path, const char *scratch, struct mews_err *err)
{
	struct mews_db *db = NULL;
	enum mews_rc rc = look(path, err);

	if (rc == MEWS_OK && (rc = mews_backup_verify(path, err)) == MEWS_OK &&
	    (rc = mews_backup_take(path, MEWS_CONFIG_DB, scratch, err)) ==
		MEWS_OK &&
	    (rc = mews_db_open(scratch, MEWS_DB_READ, &db, err)) == MEWS_OK)
		rc = mews_db_check(db, 0, err);
	mews_db_close(db);
	db = NULL;
	if (rc == MEWS_OK) {
		rc = mews_schema_open_path(scratch, MEWS_CONFIG_DB,
		    MEWS_DB_READ, &db, err);
		/* an older schema is brought up to date later */
		rc = rc == MEWS_NONE ? MEWS_OK : rc;
	}
	mews_db_close(db);
	mews_schema_forget(scratch);
	return rc;
}

enum mews_rc
mews_backup_unpack(const struct mews_place *place, const char *path,
    struct mews_err *err)
{
	/* mews_rescue_open takes neither before the second is there */
	static const enum mews_file files[] = { MEWS_CONFIG_DB,
		MEWS_HISTORY_DB };
	char base[MEWS_PATH], part[2][LONG], new[LONG];
	struct stat owner;
	enum mews_rc rc;
	size_t i;

	(void)mews_place_path(place, MEWS_CONFIG_DB, base);
	(void)snprintf(new, sizeof(new), "%s.proof", base);
	rc = mews_backup_prove(path, new, err);
	if (rc == MEWS_OK && stat(place->state, &owner) != 0)
		rc = broken(place->state, err);
	for (i = 0; i < 2 && rc == MEWS_OK; i++) {
		(void)mews_place_path(place, files[i], base);
		(void)snprintf(part[i], LONG, "%s.building", base);
		rc = mews_backup_take(path, files[i], part[i], err);
		if (rc == MEWS_OK && geteuid() == 0 &&
		    chown(part[i], owner.st_uid, owner.st_gid) != 0)
			rc = broken(part[i], err);
		if (rc == MEWS_OK)
			(void)chmod(part[i], 0640);
	}
	for (i = 0; i < 2 && rc == MEWS_OK; i++) {
		(void)mews_place_path(place, files[i], base);
		(void)snprintf(new, sizeof(new), "%s.new", base);
		if (rename(part[i], new) != 0 ||
		    mews_file_sync(new, err) != MEWS_OK)
			rc = broken(new, err);
	}
	return rc;
}
