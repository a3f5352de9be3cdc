/*
 * recipient.c - the table recipient of config.db.
 */
#include "recipient.h"
#include "row.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_list[] = "SELECT id, address, lang, gets FROM recipient"
			       " ORDER BY address LIMIT ?";
static const char sql_add[] =
    "INSERT INTO recipient(address, lang, gets) VALUES(?, ?, ?)";
static const char sql_set[] =
    "UPDATE recipient SET address = ?1, lang = ?2, gets = ?3 WHERE id = ?4";
static const char sql_drop[] = "DELETE FROM recipient WHERE id = ?";

static const char *const names[] = {
	[MEWS_LETTER_DAILY] = "daily",
	[MEWS_LETTER_WEEKLY] = "weekly",
	[MEWS_LETTER_MONTHLY] = "monthly",
	[MEWS_LETTER_EVENTS] = "events",
	[MEWS_LETTER_TEST] = "test",
};

const char *
mews_letter_name(enum mews_letter l)
{
	return names[l];
}

bool
mews_letter_find(const char *name, enum mews_letter *out)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum mews_letter)i;
			return true;
		}
	return false;
}

#define PLAIN "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"

bool
mews_mail_address(const char *s)
{
	size_t name = strspn(s, PLAIN "_%+"), host;

	if (name == 0 || name > 64 || s[0] == '-' || s[name] != '@')
		return false;
	host = strspn(s + name + 1, PLAIN);
	return host > 0 && host <= 190 && s[name + 1] != '-' &&
	    s[name + 1] != '.' && s[name + host] != '.' &&
	    s[name + 1 + host] == '\0';
}

enum mews_rc
mews_recipient_list(struct mews_db *db, struct mews_recipient *out, size_t *n,
    struct mews_err *err)
{
	struct mews_recipient *r;
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, MEWS_RECIPIENTS);
	while (*n < MEWS_RECIPIENTS &&
	    (rc = mews_db_step(db, st, err)) == MEWS_OK) {
		r = &out[*n];
		*r = (struct mews_recipient){ .id = sqlite3_column_int64(st, 0),
			.gets = (unsigned)sqlite3_column_int(st, 3) };
		if (mews_row_take(st, 1, r->address, sizeof(r->address)) &&
		    mews_row_take(st, 2, r->lang, sizeof(r->lang)))
			(*n)++;
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* Whether the table may have it beside the others. */
static enum mews_rc
fits(const struct mews_recipient *r, const struct mews_recipient *all, size_t n,
    const char **why, struct mews_err *err)
{
	size_t i, l, had[MEWS_LETTERS] = { 0 };
	bool there = r->id == 0;

	*why = "address";
	if (!mews_mail_address(r->address))
		return mews_fail(err, MEWS_BAD, "no mail address");
	*why = "lang";
	if (strcmp(r->lang, "en") != 0 && strcmp(r->lang, "it") != 0 &&
	    strcmp(r->lang, "fr") != 0)
		return mews_fail(err, MEWS_BAD, "no language of mews");
	for (i = 0; i < n; i++) {
		there = there || all[i].id == r->id;
		*why = "used";
		if (all[i].id != r->id &&
		    strcasecmp(all[i].address, r->address) == 0)
			return mews_fail(err, MEWS_BAD, "%s is there already",
			    r->address);
		for (l = 0; l < MEWS_LETTERS && all[i].id != r->id; l++)
			had[l] += all[i].gets >> l & 1;
	}
	*why = "most";
	for (l = 0; l < MEWS_LETTERS; l++)
		if (had[l] + (r->gets >> l & 1) > MEWS_LETTER_MOST)
			return mews_fail(err, MEWS_BAD,
			    "%d get the %s mail already", MEWS_LETTER_MOST,
			    names[l]);
	if (r->id == 0 && n >= MEWS_RECIPIENTS)
		return mews_fail(err, MEWS_BAD, "there are %d recipients",
		    MEWS_RECIPIENTS);
	*why = "";
	return there ? MEWS_OK
		     : mews_fail(err, MEWS_NONE, "there is no such recipient");
}

enum mews_rc
mews_recipient_put(struct mews_db *db, struct mews_recipient *r,
    const char **why, struct mews_err *err)
{
	struct mews_recipient all[MEWS_RECIPIENTS];
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t n;

	*why = "";
	if ((rc = mews_recipient_list(db, all, &n, err)) != MEWS_OK ||
	    (rc = fits(r, all, n, why, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, r->id == 0 ? sql_add : sql_set, &st, err)) !=
		MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, r->address, -1, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 2, r->lang, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int64(st, 3, r->gets);
	if (r->id != 0)
		(void)sqlite3_bind_int64(st, 4, r->id);
	rc = mews_db_run(db, st, err);
	if (rc == MEWS_OK && r->id == 0)
		r->id = mews_db_rowid(db);
	return rc;
}

enum mews_rc
mews_recipient_remove(struct mews_db *db, int64_t id, struct mews_err *err)
{
	enum mews_rc rc = mews_row_run(db, sql_drop, &id, 1, err);

	return rc == MEWS_OK && mews_db_changes(db) == 0
	    ? mews_fail(err, MEWS_NONE, "there is no such recipient")
	    : rc;
}
