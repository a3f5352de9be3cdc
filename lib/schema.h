/*
 * schema.h - opens one of the five databases, at the current schema.
 */
#ifndef MEWS_SCHEMA_H
#define MEWS_SCHEMA_H

#include "db.h"
#include "place.h"

/*
 * MEWS_CONFIG_DB, MEWS_HISTORY_DB, MEWS_AUTH_DB, MEWS_LIVE_DB or
 * MEWS_COURIER_DB, to read or to write.  A writer brings the file to the current schema first, each step in
 * its own transaction, and before the first keeps a copy beside it,
 * NAME.schema-N; live.db is emptied.  MEWS_BAD when the file is damaged,
 * MEWS_FAIL when it was written by a newer program; MEWS_NONE when a reader
 * finds no file or an older schema.
 */
enum mews_rc mews_schema_open(const struct mews_place *, enum mews_file,
    enum mews_db_mode, struct mews_db **out, struct mews_err *);

/*
 * The same for a file that stands elsewhere, such as one out of a backup.
 */
enum mews_rc mews_schema_open_path(const char *path, enum mews_file,
    enum mews_db_mode, struct mews_db **out, struct mews_err *);

/*
 * Removes a database with what belongs to it; gives it another name, with its
 * WAL.  MEWS_NONE when it is not there.
 */
void mews_schema_forget(const char *path);
enum mews_rc
mews_schema_move(const char *from, const char *to, struct mews_err *);

#endif
