/*
 * setting.c - the table of settings, and their values in config.db.
 *
 * A stored value that its row no longer allows reads as the standard one, so
 * an older or damaged file cannot make a program misbehave.
 */
#include "setting.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

static const struct mews_setting table[] = {
	{ "backup_path", MEWS_SETTING_TEXT, 0, 200, NULL, "",
	    MEWS_ADMINISTRATOR,
	    "Folder on another disk or share that gets a copy of each nightly "
	    "backup; empty: none." },
	{ "csv_format", MEWS_SETTING_WORD, 0, 0, "excel programs", "excel",
	    MEWS_INSTALLER,
	    "Whether downloads are for spreadsheets or for programs unless "
	    "asked otherwise." },
	{ "folder", MEWS_SETTING_WORD, 0, 0, "on off", "on", MEWS_INSTALLER,
	    "Whether mews-courier writes the data folder." },
	{ "folder_minutes", MEWS_SETTING_WORD, 0, 0, "none counters all",
	    "counters", MEWS_INSTALLER,
	    "Whose minutes stand in the data folder: nobody's, those of "
	    "counters, or all." },
	{ "folder_pace", MEWS_SETTING_WORD, 0, 0, "minute quarter hour",
	    "minute", MEWS_INSTALLER,
	    "How often the open day grows in the data folder: a disk writes a "
	    "page of 4 KB a meter each time." },
	{ "folder_spare", MEWS_SETTING_INT, 0, 50, NULL, "10", MEWS_INSTALLER,
	    "Percent of the disk that must be free for the data folder to be "
	    "written." },
	{ "gateway_broadcasts", MEWS_SETTING_WORD, 0, 0, "answer silent",
	    "answer", MEWS_INSTALLER,
	    "Whether the gateway answers requests to all units once they are "
	    "sent." },
	{ "gateway_clients", MEWS_SETTING_INT, 1, 64, NULL, "32",
	    MEWS_INSTALLER, "Clients of the gateway at once." },
	{ "gateway_idle_s", MEWS_SETTING_INT, 60, 86400, NULL, "300",
	    MEWS_INSTALLER,
	    "Seconds without a request after which the gateway closes a "
	    "client." },
	{ "gateway_open", MEWS_SETTING_WORD, 0, 0, "commissioned always",
	    "commissioned", MEWS_ADMINISTRATOR,
	    "Whether the gateway opens its ports before the site is "
	    "commissioned." },
	{ "gateway_per_address", MEWS_SETTING_INT, 1, 64, NULL, "8",
	    MEWS_INSTALLER, "Clients of the gateway from one address." },
	{ "gateway_share", MEWS_SETTING_INT, 10, 90, NULL, "50", MEWS_INSTALLER,
	    "Percent of a line's time that clients of the gateway have while "
	    "mews wants it too." },
	{ "gateway_unit", MEWS_SETTING_INT, 0, 255, NULL, "255", MEWS_INSTALLER,
	    "Unit where the gateway answers for mews itself; 0: none." },
	{ "gateway_wait_ms", MEWS_SETTING_INT, 300, 10000, NULL, "900",
	    MEWS_INSTALLER,
	    "Milliseconds a request waits for its turn before it is "
	    "refused." },
	{ "history_mb", MEWS_SETTING_INT, 0, 1048576, NULL, "0", MEWS_INSTALLER,
	    "Megabytes the history may take; 0: half of what was free when it "
	    "began, at most 2048." },
	{ "register_writes", MEWS_SETTING_WORD, 0, 0, "off on", "off",
	    MEWS_ADMINISTRATOR,
	    "Whether installer and administrator may write registers of "
	    "devices." },
	{ "language", MEWS_SETTING_WORD, 0, 0, "en it fr", "en", MEWS_INSTALLER,
	    "Language of pages for whom neither user nor browser asks for "
	    "one." },
	{ "mail_events", MEWS_SETTING_WORD, 0, 0, "off alarm warning info",
	    "alarm", MEWS_INSTALLER,
	    "Events that are told by mail: those of that weight and what is "
	    "worse." },
	{ "mail_from", MEWS_SETTING_TEXT, 0, 200, NULL, "", MEWS_INSTALLER,
	    "Address that mails come from." },
	{ "mail_host", MEWS_SETTING_TEXT, 0, 200, NULL, "", MEWS_INSTALLER,
	    "Mail server that takes what is sent; empty: no mail." },
	{ "mail_port", MEWS_SETTING_INT, 1, 65535, NULL, "587", MEWS_INSTALLER,
	    "Port of the mail server." },
	{ "mail_security", MEWS_SETTING_WORD, 0, 0, "starttls tls none",
	    "starttls", MEWS_INSTALLER,
	    "TLS asked for on a plain connection, TLS from the start, or "
	    "none." },
	{ "mail_trust", MEWS_SETTING_TEXT, 0, 99, NULL, "", MEWS_INSTALLER,
	    "SHA-256 of the one certificate the mail server may show; empty: "
	    "whom the system trusts." },
	{ "mail_user", MEWS_SETTING_TEXT, 0, 100, NULL, "", MEWS_INSTALLER,
	    "Name to sign in at the mail server with; empty: none." },
	{ "model", MEWS_SETTING_WORD, 0, 0, "10 32 unlimited", "32",
	    MEWS_INSTALLER,
	    "Addresses, devices and pulse inputs together: 10 (PM1WS10), 32 "
	    "(PM1WS32), or unlimited on a server." },
	{ "report_at", MEWS_SETTING_INT, 0, 1439, NULL, "390", MEWS_INSTALLER,
	    "Minute of the local day at which reports are mailed: hour x 60 "
	    "+ minute." },
	{ "share_ftp", MEWS_SETTING_WORD, 0, 0, "off on plain", "off",
	    MEWS_ADMINISTRATOR,
	    "FTP server of the data folder: with TLS only, or plain too." },
	{ "share_ftp_port", MEWS_SETTING_INT, 1, 65535, NULL, "21",
	    MEWS_ADMINISTRATOR,
	    "Its port; taken over when the switches are saved." },
	{ "share_smb", MEWS_SETTING_WORD, 0, 0, "off on", "off",
	    MEWS_ADMINISTRATOR, "Network drive of the data folder." },
	{ "share_smb_port", MEWS_SETTING_INT, 1, 65535, NULL, "445",
	    MEWS_ADMINISTRATOR,
	    "Its port; taken over when the switches are saved." },
	{ "setup_minutes", MEWS_SETTING_INT, 0, 1440, NULL, "60",
	    MEWS_ADMINISTRATOR,
	    "Minutes after switching on in which the codes of the leaflet can "
	    "be replaced; 0: always." },
};

static const char sql_get[] = "SELECT value FROM setting WHERE key = ?1";
static const char sql_set[] =
    "INSERT INTO setting (key, value) VALUES (?1, ?2)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value";

const struct mews_setting *
mews_setting_find(const char *key)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].key, key) == 0)
			return &table[i];
	return NULL;
}

const struct mews_setting *
mews_setting_at(size_t i)
{
	return i < MEWS_LEN(table) ? &table[i] : NULL;
}

/* Whether the word is in the list. */
static bool
listed(const char *list, const char *word)
{
	size_t n = strlen(word), len;
	const char *p;

	for (p = list; *p != '\0'; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		if (len == n && memcmp(p, word, n) == 0)
			return true;
	}
	return false;
}

enum mews_rc
mews_setting_fits(const struct mews_setting *s, const char *value,
    struct mews_err *err)
{
	size_t n = strlen(value);
	int64_t i;

	if (n > MEWS_SETTING_MOST)
		return mews_fail(err, MEWS_BAD, "%s: more than %d bytes",
		    s->key, MEWS_SETTING_MOST);
	if (s->type == MEWS_SETTING_WORD && !listed(s->allowed, value))
		return mews_fail(err, MEWS_BAD, "%s must be one of: %s", s->key,
		    s->allowed);
	if (s->type == MEWS_SETTING_INT &&
	    !mews_str_int(value, s->min, s->max, &i))
		return mews_fail(err, MEWS_BAD,
		    "%s must be a number from %lld to %lld", s->key,
		    (long long)s->min, (long long)s->max);
	if (s->type == MEWS_SETTING_TEXT &&
	    ((int64_t)n < s->min || (int64_t)n > s->max ||
		!mews_str_utf8(value, n)))
		return mews_fail(err, MEWS_BAD,
		    "%s must be a text of %lld to %lld bytes", s->key,
		    (long long)s->min, (long long)s->max);
	return MEWS_OK;
}

/* The row of a key. */
static enum mews_rc
row(const char *key, const struct mews_setting **out, struct mews_err *err)
{
	*out = mews_setting_find(key);
	if (*out == NULL)
		return mews_fail(err, MEWS_NONE, "there is no setting %s", key);
	return MEWS_OK;
}

enum mews_rc
mews_setting_get(struct mews_db *db, const char *key,
    char text[MEWS_SETTING_MOST + 1], struct mews_err *err)
{
	const struct mews_setting *s;
	const char *value;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = row(key, &s, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, key, -1, SQLITE_TRANSIENT);
	rc = mews_db_step(db, st, err);
	if (rc == MEWS_OK || rc == MEWS_NONE) {
		value = rc == MEWS_OK ? (const char *)sqlite3_column_text(st, 0)
				      : NULL;
		if (value == NULL ||
		    mews_setting_fits(s, value, NULL) != MEWS_OK)
			value = s->standard;
		(void)mews_str_copy(text, MEWS_SETTING_MOST + 1, value);
		rc = MEWS_OK;
	}
	mews_db_done(st);
	return rc;
}

enum mews_rc
mews_setting_set(struct mews_db *db, const char *key, const char *value,
    struct mews_err *err)
{
	const struct mews_setting *s;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = row(key, &s, err)) != MEWS_OK ||
	    (rc = mews_setting_fits(s, value, err)) != MEWS_OK ||
	    (rc = mews_db_use(db, sql_set, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_text(st, 1, key, -1, SQLITE_TRANSIENT);
	(void)sqlite3_bind_text(st, 2, value, -1, SQLITE_TRANSIENT);
	return mews_db_run(db, st, err);
}
