/*
 * key.c - keys made, found by their digest and removed.
 */
#include "key.h"
#include "row.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS "SELECT id, name, rights, made, used FROM key"

static const char sql_list[] = COLUMNS " ORDER BY id LIMIT 12";
static const char sql_find[] = COLUMNS " WHERE digest = ?";
static const char sql_add[] =
    "INSERT INTO key(name, rights, made, used, digest) VALUES(?, ?, ?, 0, ?)";
static const char sql_remove[] = "DELETE FROM key WHERE id = ?1 AND ?2 = 0";
static const char sql_touch[] = "UPDATE key SET used = ?2 WHERE id = ?1";

static void
take(sqlite3_stmt *st, struct mews_key *k)
{
	*k = (struct mews_key){ .id = sqlite3_column_int64(st, 0),
		.made = sqlite3_column_int64(st, 3),
		.used = sqlite3_column_int64(st, 4) };
	(void)mews_row_take(st, 1, k->name, sizeof(k->name));
	(void)mews_row_take(st, 2, k->rights, sizeof(k->rights));
}

enum mews_rc
mews_key_list(struct mews_db *db, struct mews_key out[MEWS_KEYS], size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	while (*n < MEWS_KEYS && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, &out[(*n)++]);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_key_find(struct mews_db *db, const uint8_t digest[MEWS_HASH],
    struct mews_key *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_find, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_blob(st, 1, digest, MEWS_HASH, SQLITE_STATIC);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(st, out);
	else if (rc == MEWS_NONE)
		rc = mews_fail(err, MEWS_NONE, "there is no such key");
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_key_add(struct mews_db *db, struct mews_key *k,
    const uint8_t digest[MEWS_HASH], struct mews_err *err)
{
	struct mews_key all[MEWS_KEYS];
	sqlite3_stmt *st;
	size_t n, i;
	enum mews_rc rc;

	if ((rc = mews_key_list(db, all, &n, err)) != MEWS_OK)
		return rc;
	if (n == MEWS_KEYS)
		return mews_fail(err, MEWS_BAD, "there are %d keys", MEWS_KEYS);
	for (i = 0; i < n; i++)
		if (strcmp(all[i].name, k->name) == 0)
			return mews_fail(err, MEWS_BAD,
			    "another key has that name");
	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, k->name, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 2, k->rights, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 3, k->made);
	(void)sqlite3_bind_blob(st, 4, digest, MEWS_HASH, SQLITE_STATIC);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		k->id = mews_db_rowid(db);
	return rc;
}

/* Runs one of the changes of a key. */
static enum mews_rc
change(struct mews_db *db, const char *sql, int64_t id, int64_t value,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_int64(st, 2, value);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK &&
	    mews_db_changes(db) == 0)
		rc = mews_fail(err, MEWS_NONE, "there is no such key");
	return rc;
}

enum mews_rc
mews_key_remove(struct mews_db *db, int64_t id, struct mews_err *err)
{
	return change(db, sql_remove, id, 0, err);
}

enum mews_rc
mews_key_touch(struct mews_db *db, int64_t id, int64_t now,
    struct mews_err *err)
{
	return change(db, sql_touch, id, now, err);
}
