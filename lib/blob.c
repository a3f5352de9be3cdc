/*
 * blob.c - the few statements that frames and chunks share, and how their
 * bytes are packed: a length of three bytes, then zlib's.
 */
#include "blob.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <zlib.h>

/* Bytes before packing, at most: a day of minutes that change wildly has about
 * 40 kB. */
#define MOST (1 << 22)

enum mews_rc
mews_blob_pack(struct mews_buf *out, const void *in, size_t n,
    struct mews_err *err)
{
	uLongf len = compressBound(n);
	unsigned char *z = mews_alloc(len + 3, 1);
	enum mews_rc rc = MEWS_OK;

	if (n > MOST || compress2(z + 3, &len, in, n, 6) != Z_OK)
		rc = mews_fail(err, MEWS_FAIL,
		    "history.db: %zu bytes cannot be packed", n);
	else {
		z[0] = (unsigned char)n;
		z[1] = (unsigned char)(n >> 8);
		z[2] = (unsigned char)(n >> 16);
		mews_buf_put(out, z, len + 3);
	}
	free(z);
	return rc;
}

bool
mews_blob_unpack(struct mews_buf *out, const void *in, size_t n)
{
	const unsigned char *p = in;
	unsigned char *raw;
	bool good = false;
	uLongf len;

	if (n < 4)
		return false;
	len = (uLongf)p[0] | (uLongf)p[1] << 8 | (uLongf)p[2] << 16;
	if (len > MOST)
		return false;
	raw = mews_alloc(len + 1, 1);
	if (uncompress(raw, &len, p + 3, (uLong)n - 3) == Z_OK) {
		mews_buf_put(out, raw, len);
		good = true;
	}
	free(raw);
	return good;
}

enum mews_rc
mews_blob_damaged(const char *what, int64_t id, struct mews_err *err)
{
	return mews_fail(err, MEWS_BAD, "history.db: %s %lld is damaged", what,
	    (long long)id);
}

enum mews_rc
mews_blob_set(struct mews_db *db, const char *sql, int64_t id, const void *data,
    size_t n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	(void)sqlite3_bind_blob(st, 2, data, (int)n, SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_blob_range(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    sqlite3_stmt **st, struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(*st, 1, from);
	(void)sqlite3_bind_int64(*st, 2, to);
	return MEWS_OK;
}

enum mews_rc
mews_blob_ends(struct mews_db *db, const char *sql, int64_t from, int64_t to,
    int64_t *first, int64_t *last, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*first = *last = 0;
	if ((rc = mews_blob_range(db, sql, from, to, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*first = sqlite3_column_int64(st, 0);
		*last = sqlite3_column_int64(st, 1);
		if (sqlite3_column_type(st, 0) == SQLITE_NULL)
			rc = MEWS_NONE;
	}
	mews_db_done(st);
	return rc;
}
