/*
 * schema.h - opens one of the four databases, at the current schema.
 */
#ifndef MEWS_SCHEMA_H
#define MEWS_SCHEMA_H

#include "db.h"
#include "place.h"

/*
 * MEWS_CONFIG_DB, MEWS_HISTORY_DB, MEWS_AUTH_DB or MEWS_LIVE_DB, to read or to
 * write.  A writer brings the file to the current schema first, each step in
 * its own transaction; live.db is emptied.  MEWS_BAD when the file is damaged
 * or was written by a newer program; MEWS_NONE when a reader finds no file or
 * an older schema.
 */
enum mews_rc mews_schema_open(const struct mews_place *, enum mews_file,
    enum mews_db_mode, struct mews_db **out, struct mews_err *);

/*
 * For a writer at start: as above, and a damaged file is set aside as
 * NAME.damaged-STAMP (UTC, with its -wal) and a new one is begun; set_aside
 * then holds its path, else "".
 */
enum mews_rc mews_schema_start(const struct mews_place *, enum mews_file,
    struct mews_db **out, char set_aside[MEWS_PATH], struct mews_err *);

#endif
