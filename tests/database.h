/*
 * database.h - one of mews' databases in a private folder, open as db from
 * begin() to end() of a group of tests.
 */
#ifndef TEST_DATABASE_H
#define TEST_DATABASE_H

#include "test.h"
#include "schema.h"

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;

static int
end(void **state)
{
	(void)state;
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

#define TEST_DATABASE(file, mode)                                              \
	static int begin(void **state)                                         \
	{                                                                      \
		(void)state;                                                   \
		(void)test_folder(folder);                                     \
		return (int)mews_schema_open(&place, file, mode, &db, NULL);   \
	}

#endif
