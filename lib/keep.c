/*
 * keep.c - the table of floors, and how far thinning has come.
 *
 * The border is written in the transaction that takes the first bucket away,
 * so it is true at every instant.
 */
#include "keep.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_upto[] =
    "SELECT upto FROM thinned WHERE class = ? AND level = ?";
static const char sql_set_upto[] =
    "INSERT INTO thinned(class, level, upto) VALUES(?, ?, ?)"
    " ON CONFLICT (class, level) DO UPDATE SET upto = max(upto, excluded.upto)";

static const int floors[MEWS_KEEP_CLASSES][MEWS_LEVELS] = {
	[MEWS_KEEP_COUNTER] = { 400, 1826, 0, 0, 0 },
	[MEWS_KEEP_GAUGE] = { 60, 400, 1826, 0, 0 },
	[MEWS_KEEP_QUALITY] = { 60, 400, 1826, 0, 0 },
};

enum mews_keep_class
mews_keep_class(const struct mews_quantity *q)
{
	size_t root;

	if (q != NULL && q->kind == MEWS_COUNTER)
		return MEWS_KEEP_COUNTER;
	if (q != NULL &&
	    (strncmp(q->name, "thd_", 4) == 0 ||
		mews_quantity_order(q, &root) != 0))
		return MEWS_KEEP_QUALITY;
	return MEWS_KEEP_GAUGE;
}

int
mews_keep_floor(enum mews_keep_class class, enum mews_level level)
{
	return floors[class][level];
}

enum mews_rc
mews_keep_upto(struct mews_db *db, enum mews_keep_class class,
    enum mews_level level, int64_t *t, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*t = 0;
	if ((rc = mews_db_use(db, sql_upto, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, (int)class);
	(void)sqlite3_bind_int(st, 2, (int)level);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		*t = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_keep_set_upto(struct mews_db *db, enum mews_keep_class class,
    enum mews_level level, int64_t t, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_upto, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, (int)class);
	(void)sqlite3_bind_int(st, 2, (int)level);
	(void)sqlite3_bind_int64(st, 3, t);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_keep_upto_kind(struct mews_db *db, enum mews_kind kind,
    enum mews_level level, int64_t *t, struct mews_err *err)
{
	int64_t quality = 0;
	enum mews_rc rc;

	if (kind == MEWS_COUNTER)
		return mews_keep_upto(db, MEWS_KEEP_COUNTER, level, t, err);
	rc = mews_keep_upto(db, MEWS_KEEP_GAUGE, level, t, err);
	if (rc == MEWS_OK)
		rc =
		    mews_keep_upto(db, MEWS_KEEP_QUALITY, level, &quality, err);
	*t = quality > *t ? quality : *t;
	return rc;
}
