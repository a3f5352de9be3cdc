/*
 * salvage.c - rows by their key, and around what cannot be read.
 *
 * SQLite refuses a damaged page and nothing else: a search for a key beyond it
 * takes another way down the tree.  So where reading fails, the next key that
 * can be found is searched for by doubling steps and then by halving.
 * Rows of frames and chunks carry a checksum (zlib's), so one that was changed
 * in place is noticed too.
 */
#include "salvage.h"
#include "blob.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char sql_tables[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite_%')"
    " ORDER BY name = 'chunk', name = 'frame', name = 'sqlite_sequence', name";
static const char sql_strict[] = "PRAGMA cell_size_check=ON";

#define TABLES 32
#define NAME   64
/* Chunks of minutes come last: most rows, and the first to be thinned. */
#define COARSE (INT64_C(1) << 48)
#define BATCH  20000 /* rows a transaction */

struct table {
	struct mews_db *to;
	const char *name;
	sqlite3_stmt *get, *put; /* get: its key first, from a key on */
	bool keyed;              /* has such a key */
	int64_t until;           /* now_ms() */
	struct mews_salvage *done;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* INSERT OR REPLACE with the columns of the row that is read. */
static enum mews_rc
prepare_put(struct table *t, struct mews_err *err)
{
	int first = t->keyed ? 1 : 0, n = sqlite3_column_count(t->get), i;
	struct mews_buf sql = { 0 };
	enum mews_rc rc;

	mews_buf_str(&sql, "INSERT OR REPLACE INTO ");
	mews_buf_str(&sql, t->name);
	for (i = first; i < n; i++) {
		mews_buf_str(&sql, i == first ? "([" : ", [");
		mews_buf_str(&sql, sqlite3_column_name(t->get, i));
		mews_buf_byte(&sql, ']');
	}
	mews_buf_str(&sql, ") VALUES(?");
	for (i = first + 1; i < n; i++)
		mews_buf_str(&sql, ", ?");
	mews_buf_byte(&sql, ')');
	rc = mews_db_prepare(t->to, sql.s, &t->put, err);
	mews_buf_clear(&sql);
	return rc;
}

static enum mews_rc
prepare_get(struct table *t, struct mews_db *from, const char *before,
    const char *behind, struct mews_err *err)
{
	struct mews_buf sql = { 0 };
	enum mews_rc rc;

	mews_buf_str(&sql, before);
	mews_buf_str(&sql, t->name);
	mews_buf_str(&sql, behind);
	rc = mews_db_prepare(from, sql.s, &t->get, err);
	mews_buf_clear(&sql);
	return rc;
}

/* Whether the row can be what was written once. */
static bool
sound(const struct table *t)
{
	bool chunk = strcmp(t->name, "chunk") == 0, good;
	const unsigned char *p;
	struct mews_buf raw = { 0 };
	size_t n;

	if (!chunk && strcmp(t->name, "frame") != 0)
		return true;
	p = sqlite3_column_blob(t->get, 2);
	n = (size_t)sqlite3_column_bytes(t->get, 2);
	/* a chunk begins with its kind */
	good = n > 1 && mews_blob_unpack(&raw, p + chunk, n - chunk);
	mews_buf_clear(&raw);
	return good;
}

/* Takes the row over, unless it cannot be right. */
static void
take(struct table *t)
{
	int first = t->keyed ? 1 : 0, n = sqlite3_column_count(t->get), i;

	if (t->put == NULL || !sound(t)) {
		t->done->refused++;
		return;
	}
	for (i = first; i < n; i++)
		(void)sqlite3_bind_value(t->put, i - first + 1,
		    sqlite3_column_value(t->get, i));
	if (mews_db_run(t->to, t->put, NULL) == MEWS_OK)
		t->done->rows++;
	else
		t->done->refused++;
}

/* Whether a row from that key on, or the end of all, can be found. */
static bool
reachable(struct table *t, int64_t key)
{
	int sq;

	(void)sqlite3_reset(t->get);
	(void)sqlite3_bind_int64(t->get, 1, key);
	sq = sqlite3_step(t->get);
	return sq == SQLITE_DONE ||
	    (sq == SQLITE_ROW && sqlite3_column_int64(t->get, 0) >= key);
}

/* The next key from *key on, which fails, that can be found; false: none. */
static bool
skip(struct table *t, int64_t *key)
{
	int64_t low = *key, high = low, step = 1;

	for (; !reachable(t, high);
	     step = step < INT64_MAX / 2 ? 2 * step : step) {
		if (high == INT64_MAX || now_ms() > t->until)
			return false;
		low = high;
		high = high > INT64_MAX - step ? INT64_MAX : high + step;
	}
	while (high - 1 > low) {
		step = low / 2 + high / 2;
		step = step <= low ? low + 1 : step;
		if (reachable(t, step))
			high = step;
		else
			low = step;
	}
	*key = high;
	return true;
}

/* Reads from *key on as far as it goes; false: to the end.  *key is behind the
 * last row. */
static bool
stretch(struct table *t, int64_t *key, int64_t below)
{
	int64_t id;
	int sq;

	(void)sqlite3_reset(t->get);
	(void)sqlite3_bind_int64(t->get, 1, *key);
	while ((sq = sqlite3_step(t->get)) == SQLITE_ROW) {
		id = sqlite3_column_int64(t->get, 0);
		if (id < *key) /* the order of the tree is broken */
			return true;
		if (id >= below || id == INT64_MAX)
			return false;
		take(t);
		*key = id + 1;
		if (t->done->rows % BATCH == 0 && now_ms() > t->until) {
			t->done->late = true;
			return false;
		}
	}
	return sq != SQLITE_DONE;
}

static void
copy_keyed(struct table *t, int64_t key, int64_t below)
{
	while (key < below && stretch(t, &key, below)) {
		t->done->gaps++;
		if (!skip(t, &key))
			break;
	}
	(void)sqlite3_reset(t->get);
}

/* A table without such a key: from both ends. */
static void
copy_plain(struct table *t, struct mews_db *from)
{
	int sq;

	while ((sq = sqlite3_step(t->get)) == SQLITE_ROW)
		take(t);
	(void)sqlite3_reset(t->get);
	if (sq == SQLITE_DONE)
		return;
	t->done->gaps++;
	mews_db_drop(t->get);
	if (prepare_get(t, from, "SELECT * FROM ", " ORDER BY 1 DESC", NULL) !=
	    MEWS_OK) {
		t->get = NULL;
		return;
	}
	while (sqlite3_step(t->get) == SQLITE_ROW)
		take(t);
}

/* Whether all of a table can be read. */
static bool
whole(struct table *t)
{
	int sq;

	(void)sqlite3_reset(t->get);
	if (t->keyed)
		(void)sqlite3_bind_int64(t->get, 1, INT64_MIN);
	while ((sq = sqlite3_step(t->get)) == SQLITE_ROW)
		;
	(void)sqlite3_reset(t->get);
	return sq == SQLITE_DONE;
}

static void
empty(struct table *t)
{
	struct mews_buf sql = { 0 };

	mews_buf_str(&sql, "DELETE FROM ");
	mews_buf_str(&sql, t->name);
	(void)mews_db_exec(t->to, sql.s, NULL);
	mews_buf_clear(&sql);
}

/* False when nothing of the table can be read. */
static bool
copy(struct mews_db *from, struct table *t)
{
	bool big =
	    strcmp(t->name, "chunk") == 0 || strcmp(t->name, "frame") == 0;
	sqlite3_stmt *put;

	t->keyed = prepare_get(t, from, "SELECT rowid, * FROM ",
		       " WHERE rowid >= ?1 ORDER BY rowid", NULL) == MEWS_OK;
	if (!t->keyed &&
	    prepare_get(t, from, "SELECT * FROM ", "", NULL) != MEWS_OK) {
		t->done->gaps++;
		return false;
	}
	if (prepare_put(t, NULL) != MEWS_OK)
		t->put = NULL;
	put = t->put;
	if (!big && t->put != NULL && whole(t))
		empty(t);
	else if (strcmp(t->name, "sqlite_sequence") == 0)
		t->put = NULL;
	if (!t->keyed)
		copy_plain(t, from);
	else if (strcmp(t->name, "chunk") == 0) {
		copy_keyed(t, COARSE, INT64_MAX);
		copy_keyed(t, INT64_MIN, COARSE);
	} else
		copy_keyed(t, INT64_MIN, INT64_MAX);
	mews_db_drop(t->get);
	mews_db_drop(put);
	return true;
}

static enum mews_rc
list(struct mews_db *db, char name[TABLES][NAME], size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql_tables, &st, err);

	*n = 0;
	while (rc == MEWS_OK && *n < TABLES &&
	    (rc = mews_db_step(db, st, err)) == MEWS_OK)
		(void)snprintf(name[(*n)++], NAME, "%s",
		    (const char *)sqlite3_column_text(st, 0));
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_salvage(struct mews_db *from, struct mews_db *to, int64_t ms,
    struct mews_salvage *done, struct mews_err *err)
{
	char name[TABLES][NAME];
	int64_t until = now_ms() + ms;
	size_t n, i, read = 0;
	enum mews_rc rc = list(to, name, &n, err);

	*done = (struct mews_salvage){ 0 };
	(void)mews_db_exec(from, sql_strict, NULL);
	for (i = 0; i < n && rc == MEWS_OK && !done->late; i++) {
		struct table t = { .to = to,
			.name = name[i],
			.until = until,
			.done = done };

		if ((rc = mews_db_begin(to, err)) != MEWS_OK)
			break;
		read += copy(from, &t);
		rc = mews_db_commit(to, err);
	}
	if (rc == MEWS_OK && read == 0)
		rc = mews_fail(err, MEWS_BAD, "none of its tables can be read");
	return rc;
}
