/*
 * db_inside.h - what the files of db.h share.
 */
#ifndef MEWS_DB_INSIDE_H
#define MEWS_DB_INSIDE_H

#include "db.h"

#include <sqlite3.h>

struct mews_db {
	sqlite3 *sq;
	char *path;
	bool damaged;
	struct {
		const char *sql; /* found by address */
		sqlite3_stmt *st;
	} * kept;
	size_t nkept;
};

/*
 * What SQLite's result code means to a caller; and the sentence of the last
 * failure.
 */
enum mews_rc mews_db_code(int sq);
enum mews_rc mews_db_failed(struct mews_db *, struct mews_err *);

#endif
