/*
 * db.h - SQLite by role: one writer a file, all others read.
 *
 * Statements are prepared once and kept, found again by the address of their
 * text: pass a static const char[].
 */
#ifndef MEWS_DB_H
#define MEWS_DB_H

#include "mews.h"

struct mews_db;
struct sqlite3_stmt;

enum mews_db_mode {
	MEWS_DB_READ,    /* the file must exist */
	MEWS_DB_WRITE,   /* creates it; WAL, synchronous=FULL */
	MEWS_DB_SCRATCH, /* creates it; WAL, synchronous=OFF: for a RAM disk */
	MEWS_DB_PLAIN    /* creates it; one file and no WAL, nothing synced: to
			    be built and then put in its place by rename */
};

/*
 * The sentence names the file.  MEWS_NONE when it is missing or cannot be
 * opened for reading, MEWS_BAD when it is not a database or is damaged.
 */
enum mews_rc mews_db_open(const char *path, enum mews_db_mode,
    struct mews_db **out, struct mews_err *);
void mews_db_close(struct mews_db *); /* NULL is allowed */

/*
 * Runs text that returns no rows; several statements are allowed.  Only for
 * texts of our own.
 */
enum mews_rc mews_db_exec(struct mews_db *, const char *sql, struct mews_err *);

/*
 * A ready statement, reset and with no bindings.  It stays the database's:
 * never finalize it.  After its last step call mews_db_done().
 */
enum mews_rc mews_db_use(struct mews_db *, const char *sql,
    struct sqlite3_stmt **, struct mews_err *);
void mews_db_done(struct sqlite3_stmt *); /* NULL is allowed */

/*
 * MEWS_OK: a row is ready.  MEWS_NONE: there are no more.  Otherwise a
 * failure, MEWS_AGAIN when the file is locked for longer than 2 s.
 */
enum mews_rc
mews_db_step(struct mews_db *, struct sqlite3_stmt *, struct mews_err *);

/*
 * Steps a statement that returns no row, and resets it.
 */
enum mews_rc
mews_db_run(struct mews_db *, struct sqlite3_stmt *, struct mews_err *);

enum mews_rc mews_db_begin(struct mews_db *, struct mews_err *);
enum mews_rc mews_db_commit(struct mews_db *, struct mews_err *);
void mews_db_rollback(struct mews_db *);

/*
 * Ends a transaction by how its work went: commits after MEWS_OK, rolls back
 * otherwise, and returns rc or why the commit failed.
 */
enum mews_rc mews_db_end(struct mews_db *, enum mews_rc rc, struct mews_err *);

/*
 * Begins one unless inside another; *begun says whether, and so who ends it.
 */
enum mews_rc mews_db_join(struct mews_db *, bool *begun, struct mews_err *);

/*
 * A read transaction: what follows sees one state.  End it with commit.  Inside
 * another transaction it does nothing, and *begun is false.
 */
enum mews_rc mews_db_snapshot(struct mews_db *, bool *begun, struct mews_err *);

/*
 * Rows the last statement changed, and the id of the last inserted row.
 */
int64_t mews_db_changes(struct mews_db *);
int64_t mews_db_rowid(struct mews_db *);

/*
 * Bytes of the file that hold something, and of pages that wait to be used
 * again.
 */
enum mews_rc mews_db_size(struct mews_db *, int64_t *used, int64_t *spare,
    struct mews_err *);

/*
 * Changes whenever another connection committed; a cheap "is it still true".
 */
enum mews_rc mews_db_version(struct mews_db *, int64_t *out, struct mews_err *);

/*
 * MEWS_BAD with SQLite's first complaint when quick_check finds damage;
 * MEWS_AGAIN when it did not come to an end within ms, 0: no limit.
 */
enum mews_rc mews_db_check(struct mews_db *, int64_t ms, struct mews_err *);

/*
 * About how large the WAL may become, in bytes; 4 MB unless it is told.
 */
void mews_db_most_wal(struct mews_db *, int64_t bytes);

/*
 * Moves what was committed from the WAL into the file and empties the WAL, as
 * far as no reader needs it: for a disk that is full, on which the WAL may be
 * what fills it.
 */
enum mews_rc mews_db_empty_wal(struct mews_db *, struct mews_err *);

/*
 * Whether SQLite came across a damaged page since it was opened.
 */
bool mews_db_damaged(const struct mews_db *);

/*
 * A statement of one's own, ended by mews_db_drop(); for texts that are made at
 * run time from names in a schema.
 */
enum mews_rc mews_db_prepare(struct mews_db *, const char *sql,
    struct sqlite3_stmt **, struct mews_err *);
void mews_db_drop(struct sqlite3_stmt *); /* NULL is allowed */

/*
 * Copies all of it, as it is at this moment, into a new file without WAL, 100
 * pages at a time.  Others may write meanwhile.  The file is not synced.
 */
enum mews_rc
mews_db_copy(struct mews_db *, const char *path, struct mews_err *);

#endif
