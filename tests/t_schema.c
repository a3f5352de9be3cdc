/*
 * t_schema.c - one writer, many readers, and files that are not what they
 * seem: lib/db.c and lib/schema.c.
 */
#include "test.h"
#include "schema.h"

#include <sqlite3.h>

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
	struct mews_db *db;
	struct mews_err err;

	(void)state;
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_db_exec(db, "PRAGMA user_version=99", &err),
	    MEWS_OK);
	mews_db_close(db);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_BAD);
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

static void
damage(const char *path, long at, size_t n)
{
	FILE *f = fopen(path, "r+");

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	while (n-- > 0)
		assert_int_equal(fputc(0x5a, f), 0x5a);
	assert_int_equal(fclose(f), 0);
}

static void
damaged_is_set_aside(void **state)
{
	char path[MEWS_PATH], aside[MEWS_PATH];
	struct mews_db *db;
	struct mews_err err;
	long at;

	(void)state;
	(void)mews_place_path(&place, MEWS_CONFIG_DB, path);
	for (at = 0; at <= 8192; at += 8192) {
		(void)unlink(path);
		assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB,
				     MEWS_DB_WRITE, &db, &err),
		    MEWS_OK);
		assert_int_equal(put(db, "a"), MEWS_OK);
		assert_int_equal(mews_db_exec(db,
				     "PRAGMA wal_checkpoint(TRUNCATE)", &err),
		    MEWS_OK);
		mews_db_close(db);
		damage(path, at, 4096);
		assert_int_equal(mews_schema_start(&place, MEWS_CONFIG_DB, &db,
				     aside, &err),
		    MEWS_OK);
		assert_int_equal(access(aside, R_OK), 0);
		assert_int_equal(count(db), 0);
		mews_db_close(db);
		assert_int_equal(unlink(aside), 0);
	}
	assert_int_equal(mews_schema_start(&place, MEWS_CONFIG_DB, &db, aside,
			     &err),
	    MEWS_OK);
	assert_string_equal(aside, ""); /* a sound file stays */
	mews_db_close(db);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(writer_and_reader, begin, end),
		cmocka_unit_test_setup_teardown(newer_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(live_begins_empty, begin, end),
		cmocka_unit_test_setup_teardown(damaged_is_set_aside, begin,
		    end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
