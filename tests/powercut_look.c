/*
 * powercut_look.c - what stands in the databases and the backups of a state.
 */
#include "powercut.h"
#include "backup.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH 512

static uint64_t
mix(uint64_t h, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (; n > 0; n--)
		h = (h ^ *p++) * UINT64_C(1099511628211);
	return h;
}

/* Of all rows of a statement; false when they cannot be read. */
static bool
hash_rows(sqlite3 *db, const char *sql, uint64_t *h)
{
	sqlite3_stmt *st;
	int i, rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	if (rc != SQLITE_OK)
		return false;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		for (i = 0; i < sqlite3_column_count(st); i++) {
			*h = mix(*h, "", 1);
			*h = mix(*h, sqlite3_column_blob(st, i),
			    (size_t)sqlite3_column_bytes(st, i));
		}
	(void)sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

static bool
hash_tables(sqlite3 *db, uint64_t *h)
{
	static const char list[] = "SELECT name FROM sqlite_schema "
				   "WHERE type = 'table' ORDER BY name";
	sqlite3_stmt *st;
	char sql[160];
	bool good;

	if (!hash_rows(db, "SELECT sql FROM sqlite_schema ORDER BY name", h) ||
	    sqlite3_prepare_v2(db, list, -1, &st, NULL) != SQLITE_OK)
		return false;
	for (good = true; good && sqlite3_step(st) == SQLITE_ROW;) {
		(void)snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\"",
		    (const char *)sqlite3_column_text(st, 0));
		good = hash_rows(db, sql, h);
	}
	(void)sqlite3_finalize(st);
	return good;
}

static bool
is_whole(sqlite3 *db)
{
	sqlite3_stmt *st;
	bool good;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &st,
		NULL) != SQLITE_OK)
		return false;
	good = sqlite3_step(st) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
	(void)sqlite3_finalize(st);
	return good;
}

/* Of the database as a start would find it; false: damaged.  One that is not
 * there holds nothing. */
bool
cut_look(const char *name, uint64_t *held)
{
	char path[PATH];
	sqlite3 *db = NULL;
	bool good;

	*held = UINT64_C(14695981039346656037);
	(void)snprintf(path, sizeof(path), "%s/%s-shm", cut_work, name);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/%s", cut_work, name);
	if (access(path, F_OK) != 0)
		return true;
	good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK &&
	    is_whole(db) && hash_rows(db, "PRAGMA user_version", held) &&
	    hash_tables(db, held);
	(void)sqlite3_close(db);
	return good;
}

bool
cut_ends(const char *name, const char *tail)
{
	size_t n = strlen(name), k = strlen(tail);

	return n >= k && strcmp(name + n - k, tail) == 0;
}

bool
cut_backups_right(size_t op)
{
	char path[PATH];
	struct mews_err err;
	const char *name;
	bool good = true;
	size_t i;

	for (i = 0; (name = cut_name(i)) != NULL; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", cut_work, name);
		if (!cut_ends(name, ".backup") || access(path, F_OK) != 0 ||
		    mews_backup_verify(path, &err) == MEWS_OK)
			continue;
		(void)fprintf(stderr, "op %zu: %s\n", op, err.text);
		good = false;
	}
	return good;
}
