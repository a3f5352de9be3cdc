/*
 * blob.h - rows of an integer key and bytes, as history.db has them.
 */
#ifndef MEWS_BLOB_H
#define MEWS_BLOB_H

#include "buf.h"
#include "db.h"

/*
 * Runs a statement whose parameters are a key and its bytes.
 */
enum mews_rc mews_blob_set(struct mews_db *, const char *sql, int64_t id,
    const void *data, size_t n, struct mews_err *);

/*
 * A statement over the keys [from, to), ready to step.
 */
enum mews_rc mews_blob_range(struct mews_db *, const char *sql, int64_t from,
    int64_t to, struct sqlite3_stmt **, struct mews_err *);

/*
 * First and last key in [from, to), by a statement that gives both in a row.
 * MEWS_NONE: there is none, both are 0.
 */
enum mews_rc mews_blob_ends(struct mews_db *, const char *sql, int64_t from,
    int64_t to, int64_t *first, int64_t *last, struct mews_err *);

/*
 * Appends n bytes packed, and takes them out of such bytes again, also
 * appended.  pack: MEWS_FAIL when there are more than 4 MB.  unpack: false
 * when the bytes are damaged.
 */
enum mews_rc
mews_blob_pack(struct mews_buf *, const void *, size_t n, struct mews_err *);
bool mews_blob_unpack(struct mews_buf *, const void *, size_t n);

/*
 * MEWS_BAD, and says which row.
 */
enum mews_rc mews_blob_damaged(const char *what, int64_t id, struct mews_err *);

#endif
