/*
 * account.c - the tables user and past of auth.db.
 *
 * What a try costs is decided in daemon/auth_try.c.
 */
#include "account.h"
#include "row.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

#define USER_COLUMNS                                                           \
	"id, name, bound, role, lang, theme, rights, enabled, factory, "       \
	"pin_failed, failed, last_in, changed, pin_salt, pin_hash, puk_salt, " \
	"puk_hash"

static const char sql_user_add[] =
    "INSERT INTO user (name, bound, role, lang, theme, rights, enabled,"
    " factory, pin_failed, failed, last_in, changed, pin_salt, pin_hash,"
    " puk_salt, puk_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
    " ?11, ?12, ?13, ?14, ?15, ?16)";
static const char sql_user_save[] =
    "UPDATE user SET name = ?1, bound = ?2, role = ?3, lang = ?4, theme = ?5,"
    " rights = ?6, enabled = ?7, factory = ?8, pin_failed = ?9, failed = ?10,"
    " last_in = ?11, changed = ?12, pin_salt = ?13, pin_hash = ?14,"
    " puk_salt = ?15, puk_hash = ?16 WHERE id = ?17";
static const char sql_user_remove[] = "DELETE FROM user WHERE id = ?1";
static const char sql_user_find[] =
    "SELECT " USER_COLUMNS " FROM user WHERE name = ?1";
static const char sql_user_load[] =
    "SELECT " USER_COLUMNS " FROM user WHERE id = ?1";
static const char sql_user_list[] =
    "SELECT " USER_COLUMNS " FROM user ORDER BY id LIMIT ?1";

static const char sql_past_list[] =
    "SELECT salt, hash FROM past WHERE user = ?1 ORDER BY id DESC LIMIT ?2";
static const char sql_past_add[] =
    "INSERT INTO past (user, salt, hash) VALUES (?1, ?2, ?3)";
static const char sql_past_cut[] =
    "DELETE FROM past WHERE user = ?1 AND id NOT IN"
    " (SELECT id FROM past WHERE user = ?1 ORDER BY id DESC LIMIT ?2)";

static const char *const roles[] = {
	[MEWS_USER] = "user",
	[MEWS_INSTALLER] = "installer",
	[MEWS_ADMINISTRATOR] = "administrator",
};

const char *
mews_role_name(enum mews_role role)
{
	return roles[role];
}

bool
mews_role_find(const char *name, enum mews_role *out)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(roles); i++)
		if (strcmp(roles[i], name) == 0) {
			*out = (enum mews_role)i;
			return true;
		}
	return false;
}

static bool
listed(const char *const *list, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

bool
mews_lang_fits(const char *s)
{
	static const char *const all[] = { "", "en", "it", "fr" };

	return listed(all, MEWS_LEN(all), s);
}

bool
mews_theme_fits(const char *s)
{
	static const char *const all[] = { "", "light", "dark" };

	return listed(all, MEWS_LEN(all), s);
}

/* Bytes of the word at s, 0 when it is none. */
static size_t
right(const char *s)
{
	static const char zone[] = "zone:", device[] = "device:";
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	size_t n = sizeof(device) - 1, len;

	if (strncmp(s, device, n) == 0) {
		len = strspn(s + n, "0123456789");
		return len > 0 && len < 19 && s[n] != '0' ? n + len : 0;
	}
	if (strncmp(s, zone, sizeof(zone) - 1) != 0)
		return 0;
	for (n = sizeof(zone) - 1;; n += 3) {
		n += strspn(s + n, plain);
		if (s[n] != '%')
			return n > sizeof(zone) - 1 ? n : 0;
		if (strspn(s + n + 1, "0123456789ABCDEF") < 2)
			return 0;
	}
}

bool
mews_rights_fit(const char *s)
{
	size_t n;

	if (strlen(s) > MEWS_RIGHTS)
		return false;
	while (*s != '\0') {
		n = right(s);
		if (n == 0 || (s[n] != '\0' && s[n] != ' ') ||
		    (s[n] == ' ' && s[n + 1] == '\0'))
			return false;
		s += n + (s[n] == ' ');
	}
	return true;
}

static void
bind_blob(sqlite3_stmt *st, int at, const uint8_t *p, size_t n)
{
	(void)sqlite3_bind_blob(st, at, p, (int)n, SQLITE_TRANSIENT);
}

static enum mews_rc
wrong_row(const char *table, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "auth.db: a row of %s is damaged",
	    table);
}

/* Copies a column of exactly n bytes. */
static bool
take_blob(sqlite3_stmt *st, int at, uint8_t *out, size_t n)
{
	if (sqlite3_column_bytes(st, at) != (int)n)
		return false;
	memcpy(out, sqlite3_column_blob(st, at), n);
	return true;
}

/* Parameters 1 to 16 of add and save. */
static void
bind_user(sqlite3_stmt *st, const struct mews_user *u)
{
	int i;

	mews_row_text(st, 1, u->name);
	mews_row_text(st, 2, u->bound[0] == '\0' ? u->name : u->bound);
	(void)sqlite3_bind_int(st, 3, (int)u->role);
	mews_row_text(st, 4, u->lang);
	mews_row_text(st, 5, u->theme);
	mews_row_text(st, 6, u->rights);
	(void)sqlite3_bind_int(st, 7, u->enabled);
	(void)sqlite3_bind_int(st, 8, u->factory);
	(void)sqlite3_bind_int64(st, 9, u->pin_failed);
	(void)sqlite3_bind_int64(st, 10, u->failed);
	(void)sqlite3_bind_int64(st, 11, u->last_in);
	(void)sqlite3_bind_int64(st, 12, u->changed);
	for (i = 0; i < 2; i++) {
		bind_blob(st, 13 + 2 * i, u->code[i].salt, MEWS_SALT);
		bind_blob(st, 14 + 2 * i, u->code[i].hash, MEWS_HASH);
	}
}

static bool
take_secret(sqlite3_stmt *st, int at, struct mews_secret *out)
{
	return take_blob(st, at, out->salt, MEWS_SALT) &&
	    take_blob(st, at + 1, out->hash, MEWS_HASH);
}

static enum mews_rc
take_user(sqlite3_stmt *st, struct mews_user *u, struct mews_err *err)
{
	int role = sqlite3_column_int(st, 3);

	*u = (struct mews_user){ .id = sqlite3_column_int64(st, 0) };
	if (role < 0 || role >= (int)MEWS_LEN(roles) ||
	    !mews_row_take(st, 1, u->name, sizeof(u->name)) ||
	    !mews_row_take(st, 2, u->bound, sizeof(u->bound)) ||
	    !mews_row_take(st, 4, u->lang, sizeof(u->lang)) ||
	    !mews_row_take(st, 5, u->theme, sizeof(u->theme)) ||
	    !mews_row_take(st, 6, u->rights, sizeof(u->rights)) ||
	    !take_secret(st, 13, &u->code[MEWS_PIN]) ||
	    !take_secret(st, 15, &u->code[MEWS_PUK]))
		return wrong_row("user", err);
	u->role = (enum mews_role)role;
	u->enabled = sqlite3_column_int(st, 7) != 0;
	u->factory = sqlite3_column_int(st, 8) != 0;
	u->pin_failed = sqlite3_column_int64(st, 9);
	u->failed = sqlite3_column_int64(st, 10);
	u->last_in = sqlite3_column_int64(st, 11);
	u->changed = sqlite3_column_int64(st, 12);
	return MEWS_OK;
}

static enum mews_rc
check_name(const struct mews_user *u, struct mews_err *err)
{
	return mews_str_word(u->name, MEWS_USERNAME)
	    ? MEWS_OK
	    : mews_fail(err, MEWS_BAD, "%s cannot be a user's name", u->name);
}

enum mews_rc
mews_user_add(struct mews_db *db, struct mews_user *u, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = check_name(u, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_user_add, &st, err)) != MEWS_OK)
		return rc;
	bind_user(st, u);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK)
		return rc;
	u->id = mews_db_rowid(db);
	if (u->bound[0] == '\0')
		memcpy(u->bound, u->name, sizeof(u->bound));
	return MEWS_OK;
}

enum mews_rc
mews_user_save(struct mews_db *db, const struct mews_user *u,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = check_name(u, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_user_save, &st, err)) != MEWS_OK)
		return rc;
	bind_user(st, u);
	(void)sqlite3_bind_int64(st, 17, u->id);
	rc = mews_db_run(db, st, err);
	if (rc == MEWS_OK && mews_db_changes(db) == 0)
		rc = mews_fail(err, MEWS_NONE, "there is no user %s", u->name);
	return rc;
}

enum mews_rc
mews_user_remove(struct mews_db *db, int64_t id, struct mews_err *err)
{
	enum mews_rc rc = mews_row_run(db, sql_user_remove, &id, 1, err);

	if (rc == MEWS_OK && mews_db_changes(db) == 0)
		rc = mews_fail(err, MEWS_NONE, "there is no such user");
	return rc;
}

/* The one user a bound statement finds. */
static enum mews_rc
one_user(struct mews_db *db, sqlite3_stmt *st, struct mews_user *out,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_step(db, st, err);

	if (rc == MEWS_OK)
		rc = take_user(st, out, err);
	else if (rc == MEWS_NONE)
		(void)mews_fail(err, rc, "there is no such user");
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_user_find(struct mews_db *db, const char *name, struct mews_user *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user_find, &st, err)) != MEWS_OK)
		return rc;
	mews_row_text(st, 1, name);
	return one_user(db, st, out, err);
}

enum mews_rc
mews_user_load(struct mews_db *db, int64_t id, struct mews_user *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_user_load, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	return one_user(db, st, out, err);
}

enum mews_rc
mews_user_list(struct mews_db *db, struct mews_user *out, size_t max, size_t *n,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_user_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)max);
	while (*n < max && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		if ((rc = take_user(st, &out[(*n)++], err)) != MEWS_OK)
			break;
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_pin_list(struct mews_db *db, int64_t user,
    struct mews_secret out[MEWS_PINS], size_t *n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	*n = 0;
	if ((rc = mews_db_use(db, sql_past_list, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, user);
	(void)sqlite3_bind_int(st, 2, MEWS_PINS);
	while (*n < MEWS_PINS && (rc = mews_db_step(db, st, err)) == MEWS_OK)
		if (!take_secret(st, 0, &out[(*n)++])) {
			rc = wrong_row("past", err);
			break;
		}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_pin_add(struct mews_db *db, int64_t user, const struct mews_secret *s,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_past_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, user);
	bind_blob(st, 2, s->salt, MEWS_SALT);
	bind_blob(st, 3, s->hash, MEWS_HASH);
	if ((rc = mews_db_run(db, st, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_past_cut, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, user);
	(void)sqlite3_bind_int(st, 2, MEWS_PINS);
	return mews_db_run(db, st, err);
}
