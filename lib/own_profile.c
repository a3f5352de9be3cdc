/*
 * own_profile.c - the site's own profiles in config.db, as their text.
 */
#include "site_profile.h"
#include "str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char sql_all[] =
    "SELECT name, text FROM profile ORDER BY name LIMIT 1000";
static const char sql_put[] =
    "INSERT INTO profile(name, text) VALUES(?, ?)"
    " ON CONFLICT(name) DO UPDATE SET text = excluded.text";
static const char sql_user[] =
    "SELECT plate FROM device WHERE profile = ? LIMIT 1";
static const char sql_remove[] = "DELETE FROM profile WHERE name = ?";
static const char sql_clear[] = "DELETE FROM profile";

bool
mews_site_profile_ships(const char *meters, const char *name)
{
	char path[512];

	return mews_str_word(name, 63) &&
	    snprintf(path, sizeof(path), "%s/%s.meter", meters, name) <
	    (int)sizeof(path) &&
	    access(path, F_OK) == 0;
}

static enum mews_rc
store(struct mews_db *db, const char *name, const char *text, size_t n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql_put, &st, err);

	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
	(void)sqlite3_bind_text(st, 2, text, (int)n, SQLITE_TRANSIENT);
	return mews_db_run(db, st, err);
}

/* Lines end with '\n' alone, the last one too. */
static void
even(const char *text, size_t n, struct mews_buf *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (text[i] != '\r' || i + 1 == n || text[i + 1] != '\n')
			mews_buf_byte(out, (unsigned char)text[i]);
	if (n > 0 && text[n - 1] != '\n')
		mews_buf_byte(out, '\n');
}

enum mews_rc
mews_site_profile_put(struct mews_db *db, const char *meters, const char *name,
    const char *text, size_t n, struct mews_err *err)
{
	struct mews_buf lines = { 0 };
	struct mews_profile p = { 0 };
	enum mews_rc rc;

	if (!mews_str_word(name, sizeof(p.name) - 1))
		return mews_fail(err, MEWS_BAD, "'%.60s' is no profile's name",
		    name);
	if (mews_site_profile_ships(meters, name))
		return mews_fail(err, MEWS_BAD,
		    "a profile that ships is named "
		    "%s: choose another name",
		    name);
	mews_buf_put(&lines, "", 0);
	even(text, n, &lines);
	rc = mews_profile_look(name, 1, lines.s, lines.n, &p, err);
	mews_profile_clear(&p);
	if (rc == MEWS_OK)
		rc = store(db, name, lines.s, lines.n, err);
	mews_buf_clear(&lines);
	return rc;
}

/* Whether a device reads with it. */
static enum mews_rc
unused(struct mews_db *db, const char *name, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		rc = mews_fail(err, MEWS_BAD, "%s reads with %s",
		    (const char *)sqlite3_column_text(st, 0), name);
	else if (rc == MEWS_NONE)
		rc = MEWS_OK;
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_site_profile_remove(struct mews_db *db, const char *name,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = unused(db, name, err);

	if (rc != MEWS_OK ||
	    (rc = mews_db_use(db, sql_remove, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK &&
	    mews_db_changes(db) == 0)
		rc = mews_fail(err, MEWS_NONE,
		    "the site has no profile of its own named %s", name);
	return rc;
}

enum mews_rc
mews_own_profiles_load(struct mews_db *db, struct mews_own_profile **out,
    size_t *n, struct mews_err *err)
{
	struct mews_own_profile *p;
	sqlite3_stmt *st;
	enum mews_rc rc;

	*out = NULL;
	*n = 0;
	if ((rc = mews_db_use(db, sql_all, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		*out = mews_realloc(*out, *n + 1, sizeof(**out));
		p = &(*out)[(*n)++];
		(void)mews_str_copy(p->name, sizeof(p->name),
		    (const char *)sqlite3_column_text(st, 0));
		p->text = mews_strdup((const char *)sqlite3_column_text(st, 1));
	}
	mews_db_done(st);
	if (rc == MEWS_NONE)
		return MEWS_OK;
	mews_own_profiles_free(*out, *n);
	*out = NULL;
	*n = 0;
	return rc;
}

enum mews_rc
mews_own_profiles_save(struct mews_db *db, const struct mews_own_profile *p,
    size_t n, struct mews_err *err)
{
	bool begun;
	enum mews_rc rc = mews_db_join(db, &begun, err);
	size_t i;

	if (rc != MEWS_OK)
		return rc;
	rc = mews_db_exec(db, sql_clear, err);
	for (i = 0; i < n && rc == MEWS_OK; i++)
		rc = store(db, p[i].name, p[i].text, strlen(p[i].text), err);
	return begun ? mews_db_end(db, rc, err) : rc;
}

void
mews_own_profiles_free(struct mews_own_profile *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(p[i].text);
	free(p);
}
