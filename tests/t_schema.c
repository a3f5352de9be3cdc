/*
 * t_schema.c - one writer, many readers, and files that are not what they
 * seem: lib/db.c and lib/schema.c.
 */
#include "test.h"
#include "schema.h"

#include <sqlite3.h>
#include <sys/stat.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

static const char sql_put[] = "INSERT INTO setting VALUES(?, 'v')";
static const char sql_count[] = "SELECT count(*) FROM setting";

static enum mews_rc
put(struct mews_db *db, const char *key)
{
	sqlite3_stmt *st;

	assert_int_equal(mews_db_use(db, sql_put, &st, NULL), MEWS_OK);
	(void)sqlite3_bind_text(st, 1, key, -1, SQLITE_TRANSIENT);
	return mews_db_run(db, st, NULL);
}

static int
count(struct mews_db *db)
{
	sqlite3_stmt *st;
	int n;

	assert_int_equal(mews_db_use(db, sql_count, &st, NULL), MEWS_OK);
	assert_int_equal(mews_db_step(db, st, NULL), MEWS_OK);
	n = sqlite3_column_int(st, 0);
	mews_db_done(st);
	return n;
}

static void
writer_and_reader(void **state)
{
	struct mews_db *w, *r;
	struct mews_err err;
	int64_t before, after;

	(void)state;
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_READ,
			     &r, &err),
	    MEWS_NONE);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &w, &err),
	    MEWS_OK);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_READ,
			     &r, &err),
	    MEWS_OK);
	assert_int_equal(mews_db_version(r, &before, &err), MEWS_OK);
	assert_int_equal(put(w, "a"), MEWS_OK);
	assert_int_equal(put(w, "a"), MEWS_BAD); /* twice */
	assert_int_equal(count(r), 1);
	assert_int_equal(mews_db_version(r, &after, &err), MEWS_OK);
	assert_true(before != after);
	assert_int_equal(put(r, "b"), MEWS_FAIL); /* a reader cannot */
	assert_int_equal(mews_db_begin(w, &err), MEWS_OK);
	assert_int_equal(put(w, "b"), MEWS_OK);
	assert_int_equal(mews_db_changes(w), 1);
	mews_db_rollback(w);
	assert_int_equal(count(w), 1);
	mews_db_close(w);
	assert_int_equal(count(r), 1);
	mews_db_close(r);
	mews_db_close(NULL);
}

static void
newer_is_refused(void **state)
{
	char path[MEWS_PATH];
	struct mews_db *db;
	struct mews_err err;

	(void)state;
	(void)mews_place_path(&place, MEWS_CONFIG_DB, path);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_db_exec(db, "PRAGMA user_version=99", &err),
	    MEWS_OK);
	mews_db_close(db);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_BAD); /* a number that the mark does not repeat is damage */
	assert_int_equal(mews_db_open(path, MEWS_DB_WRITE, &db, &err), MEWS_OK);
	assert_int_equal(mews_db_exec(db, "PRAGMA application_id=1835335779",
			     &err),
	    MEWS_OK);
	mews_db_close(db);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_FAIL);
	assert_non_null(strstr(err.text, "newer"));
}

static void
live_begins_empty(void **state)
{
	struct mews_db *db;
	struct mews_err err;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_int_equal(mews_schema_open(&place, MEWS_LIVE_DB,
				     MEWS_DB_SCRATCH, &db, &err),
		    MEWS_OK);
		assert_int_equal(mews_db_exec(db,
				     "INSERT INTO now VALUES(1, 5)", &err),
		    MEWS_OK);
		mews_db_close(db);
	}
}

/* An older file is migrated, and what it was is kept. */
static void
older_is_migrated(void **state)
{
	static const char sql_old[] =
	    "CREATE TABLE user(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
	    " puk_failed INTEGER, puk_next INTEGER) STRICT;"
	    "CREATE TABLE session(digest BLOB PRIMARY KEY) STRICT;"
	    "CREATE TABLE audit(id INTEGER PRIMARY KEY, t INTEGER) STRICT;"
	    "INSERT INTO user VALUES(7, 'anna', 0, 0);"
	    "PRAGMA user_version=1";
	static const char sql_user[] = "SELECT id FROM user";
	static const char sql_ticket[] = "SELECT count(*) FROM ticket";
	char path[MEWS_PATH], copy[MEWS_PATH + 16];
	struct mews_db *db;
	struct mews_err err;
	sqlite3_stmt *st;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/auth", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)mews_place_path(&place, MEWS_AUTH_DB, path);
	assert_int_equal(mews_db_open(path, MEWS_DB_WRITE, &db, &err), MEWS_OK);
	assert_int_equal(mews_db_exec(db, sql_old, &err), MEWS_OK);
	mews_db_close(db);
	assert_int_equal(mews_schema_open(&place, MEWS_AUTH_DB, MEWS_DB_READ,
			     &db, &err),
	    MEWS_NONE);
	assert_int_equal(mews_schema_open(&place, MEWS_AUTH_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_db_use(db, sql_ticket, &st, &err), MEWS_OK);
	mews_db_close(db);
	(void)snprintf(copy, sizeof(copy), "%s.schema-1", path);
	assert_int_equal(mews_db_open(copy, MEWS_DB_READ, &db, &err), MEWS_OK);
	assert_int_equal(mews_db_use(db, sql_user, &st, &err), MEWS_OK);
	assert_int_equal(mews_db_step(db, st, &err), MEWS_OK);
	assert_int_equal(sqlite3_column_int(st, 0), 7);
	mews_db_done(st);
	assert_int_not_equal(mews_db_use(db, sql_ticket, &st, &err), MEWS_OK);
	mews_db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(writer_and_reader, begin, end),
		cmocka_unit_test_setup_teardown(newer_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(live_begins_empty, begin, end),
		cmocka_unit_test_setup_teardown(older_is_migrated, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
