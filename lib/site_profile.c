/*
 * site_profile.c - profiles by name, whoever wrote them.
 *
 * What the site says wins: a name that a newer version ships must not change
 * what a running site reads.
 */
#include "site_profile.h"
#include "str.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL ".meter"

static const char sql_text[] = "SELECT text FROM profile WHERE name = ?";

static enum mews_rc
path_of(const char *meters, const char *name, char *path, size_t size,
    struct mews_err *err)
{
	if (!mews_str_word(name, 63))
		return mews_fail(err, MEWS_BAD, "'%.60s' is no profile's name",
		    name);
	if (snprintf(path, size, "%s/%s" TAIL, meters, name) >= (int)size)
		return mews_fail(err, MEWS_BAD, "%.60s: too long", meters);
	return MEWS_OK;
}

/* MEWS_NONE: it is not the site's own. */
static enum mews_rc
own_text(struct mews_db *db, const char *name, struct mews_buf *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if (db == NULL)
		return MEWS_NONE;
	if ((rc = mews_db_use(db, sql_text, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, name, -1, SQLITE_TRANSIENT);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		mews_buf_put(out, sqlite3_column_text(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0));
	mews_db_done(st);
	return rc;
}

static enum mews_rc
find_text(struct mews_db *db, const char *meters, const char *name,
    struct mews_buf *out, bool *own, struct mews_err *err)
{
	char path[512];
	enum mews_rc rc = path_of(meters, name, path, sizeof(path), err);

	if (rc != MEWS_OK)
		return rc;
	rc = own_text(db, name, out, err);
	*own = rc == MEWS_OK;
	return rc == MEWS_NONE ? mews_profile_slurp(path, out, err) : rc;
}

enum mews_rc
mews_site_profile_text(struct mews_db *db, const char *meters, const char *name,
    struct mews_buf *out, struct mews_err *err)
{
	bool own;

	return find_text(db, meters, name, out, &own, err);
}

enum mews_rc
mews_site_profile_look(struct mews_db *db, const char *meters, const char *name,
    struct mews_profile *out, bool *own, struct mews_err *err)
{
	struct mews_buf text = { 0 };
	enum mews_rc rc;

	*out = (struct mews_profile){ 0 };
	mews_buf_put(&text, "", 0);
	rc = find_text(db, meters, name, &text, own, err);
	if (rc == MEWS_OK)
		rc = mews_profile_look(name, 1, text.s, text.n, out, err);
	if (rc == MEWS_OK)
		(void)mews_str_copy(out->name, sizeof(out->name), name);
	mews_buf_clear(&text);
	return rc;
}

enum mews_rc
mews_site_profile(struct mews_db *db, const char *meters, const char *name,
    struct mews_profile *out, struct mews_err *err)
{
	bool own;
	enum mews_rc rc =
	    mews_site_profile_look(db, meters, name, out, &own, err);

	if (rc != MEWS_OK || out->lacks[0] == '\0')
		return rc;
	rc = mews_fail(err, MEWS_BAD,
	    "%s:%zu: a template, no meter can be asked with it: %s", name,
	    out->lacks_at, out->lacks);
	mews_profile_clear(out);
	return rc;
}

struct list {
	struct mews_profile_entry *entry;
	size_t n;
};

/* Adds a profile by name; one that cannot be read is left out. */
static void
add(struct list *l, struct mews_db *db, const char *meters, const char *name)
{
	struct mews_profile_entry e = { .own = false };
	struct mews_profile p;
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->entry[i].name, name) == 0)
			return;
	if (mews_site_profile_look(db, meters, name, &p, &e.own, NULL) !=
	    MEWS_OK)
		return;
	(void)mews_str_copy(e.name, sizeof(e.name), name);
	memcpy(e.vendor, p.vendor, sizeof(e.vendor));
	memcpy(e.model, p.model, sizeof(e.model));
	memcpy(e.family, p.family, sizeof(e.family));
	memcpy(e.lacks, p.lacks, sizeof(e.lacks));
	for (i = 0; i < p.nreads; i++)
		if (p.read[i].pulses == 0)
			e.values++;
		else
			e.inputs++;
	mews_profile_clear(&p);
	l->entry = mews_realloc(l->entry, l->n + 1, sizeof(e));
	l->entry[l->n++] = e;
}

static int
by_name(const void *a, const void *b)
{
	const struct mews_profile_entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

enum mews_rc
mews_site_profiles(struct mews_db *db, const char *meters,
    struct mews_profile_entry **out, size_t *n, struct mews_err *err)
{
	struct list l = { NULL, 0 };
	struct mews_own_profile *own = NULL;
	const struct dirent *e;
	size_t nown = 0, len, i;
	char name[64];
	enum mews_rc rc = MEWS_OK;
	DIR *d = opendir(meters);

	if (d == NULL)
		return mews_fail(err, MEWS_FAIL, "%.150s: %s", meters,
		    strerror(errno));
	if (db != NULL)
		rc = mews_own_profiles_load(db, &own, &nown, err);
	for (i = 0; i < nown; i++)
		add(&l, db, meters, own[i].name);
	while (rc == MEWS_OK && (e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (len <= strlen(TAIL) || len - strlen(TAIL) >= sizeof(name) ||
		    strcmp(e->d_name + len - strlen(TAIL), TAIL) != 0)
			continue;
		memcpy(name, e->d_name, len - strlen(TAIL));
		name[len - strlen(TAIL)] = '\0';
		add(&l, db, meters, name);
	}
	(void)closedir(d);
	mews_own_profiles_free(own, nown);
	if (l.n > 1)
		qsort(l.entry, l.n, sizeof(*l.entry), by_name);
	*out = l.entry;
	*n = l.n;
	return rc;
}
