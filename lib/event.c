/*
 * event.c - the kinds of events, and the rings they are kept in.
 *
 * Arguments are kept as data and not as a sentence, so that an event reads in
 * the language of who looks at it.
 */
#include "event.h"
#include "row.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct mews_event_kind kinds[] = {
	/* lines and devices */
	{ "device-silent", MEWS_WARNING, "", false,
	    "A device does not answer." },
	{ "device-answers", MEWS_INFO, "", false, "A device answers again." },
	{ "line-gone", MEWS_ALARM, "t", false,
	    "The port of a line is gone or cannot be opened." },
	{ "line-open", MEWS_INFO, "t", false, "The port of a line is open." },
	{ "register-refused", MEWS_WARNING, "t", false,
	    "A device does not have a register that its profile names." },
	{ "two-devices", MEWS_ALARM, "t", false,
	    "Two devices may share an address on a line." },
	/* counters */
	{ "counter-suspect", MEWS_WARNING, "qvv", false,
	    "A reading that cannot be was held back: it, and the one before." },
	{ "counter-wrap", MEWS_INFO, "qvv", false,
	    "A counter passed its end: the reading, and the one before." },
	{ "counter-reset", MEWS_WARNING, "qvv", false,
	    "A counter began anew: its first reading, and the last before." },
	{ "counter-unexplained", MEWS_ALARM, "qv", false,
	    "A counter jumped by more than can have been used." },
	{ "meter-exchanged", MEWS_WARNING, "tt", false,
	    "A device has another serial number: it, and the one before." },
	{ "meter-replaced", MEWS_INFO, "qvv", false,
	    "A person told of a new meter: its first index, the last of the "
	    "old one." },
	{ "energy-accepted", MEWS_INFO, "qv", false,
	    "A person took an unexplained jump into the history." },
	{ "energy-rejected", MEWS_INFO, "qv", false,
	    "A person left an unexplained jump out of the history." },
	{ "bucket-corrected", MEWS_INFO, "qvt", false,
	    "A person corrected the history: the new value, and why." },
	{ "amendment-undone", MEWS_INFO, "q", false,
	    "A person took a change of the history back." },
	/* time */
	{ "clock-jump", MEWS_WARNING, "s", false,
	    "The clock jumped by so many seconds." },
	{ "clock-set", MEWS_INFO, "", false,
	    "The clock was not set; now it is." },
	{ "clock-ahead", MEWS_ALARM, "s", false,
	    "The clock jumped ahead by more than a day: old values are kept "
	    "until a person says it is right." },
	{ "clock-right", MEWS_INFO, "", false,
	    "A person said that the clock is right." },
	{ "history-tight", MEWS_WARNING, "t", false,
	    "The budget is too small for what is always kept." },
	{ "zone-changed", MEWS_INFO, "t", false,
	    "Days, months and years were cut anew in another time zone." },
	/* gateway */
	{ "gateway-write", MEWS_INFO, "ttt", true,
	    "Another master wrote: unit and function, registers, result." },
	{ "gateway-refused", MEWS_WARNING, "tt", true,
	    "Another master was refused: unit, function." },
	{ "gateway-stranger", MEWS_WARNING, "", true,
	    "Another master was not let in: no rule names its address." },
	{ "gateway-limited", MEWS_WARNING, "", true,
	    "Another master was not let in: too many are." },
	/* breakers and registers */
	{ "operate-asked", MEWS_INFO, "tt", false,
	    "A person told a breaker what to do, and why." },
	{ "operate-done", MEWS_INFO, "t", false, "A breaker did it." },
	{ "operate-failed", MEWS_ALARM, "tt", false,
	    "A breaker did not do it, or that is not known." },
	{ "register-written", MEWS_INFO, "ttt", false,
	    "A person wrote registers: unit, registers, result." },
	/* the box */
	{ "site-changed", MEWS_INFO, "", false,
	    "A person named the site, its zone or its contract." },
	{ "device-added", MEWS_INFO, "", false, "A person added a device." },
	{ "device-changed", MEWS_INFO, "", false,
	    "A person changed a device." },
	{ "device-removed", MEWS_INFO, "", false,
	    "A person removed a device; its history stays." },
	{ "device-restored", MEWS_INFO, "", false,
	    "A person brought a removed device back." },
	{ "line-added", MEWS_INFO, "", false, "A person added a line." },
	{ "line-changed", MEWS_INFO, "", false,
	    "A person changed the settings of a line." },
	{ "line-removed", MEWS_INFO, "", false, "A person removed a line." },
	{ "gateway-changed", MEWS_INFO, "", false,
	    "A person changed ports or rules of the gateway." },
	{ "site-imported", MEWS_INFO, "", false,
	    "A person took a whole site from a file." },
	{ "profile-removed", MEWS_INFO, "", false,
	    "A person removed a meter profile." },
	{ "line-kept", MEWS_INFO, "", false,
	    "New settings of a line hold: devices answer." },
	{ "line-restored", MEWS_WARNING, "", false,
	    "The former settings of a line came back: nobody answered." },
	{ "profile-changed", MEWS_INFO, "", false,
	    "A person changed a meter profile." },
	{ "recipient-changed", MEWS_INFO, "t", false,
	    "A person changed who gets mail: the address." },
	{ "share-changed", MEWS_INFO, "tt", false,
	    "A person switched network drive and FTP server." },
	{ "share-password", MEWS_INFO, "", false,
	    "A person made a new password of network drive and FTP server." },
	{ "destination-changed", MEWS_INFO, "t", false,
	    "A person changed a server that files are brought to." },
	{ "setting-changed", MEWS_INFO, "tt", false,
	    "A person changed a setting: its key and value." },
	{ "disk-full", MEWS_ALARM, "t", false,
	    "The history cannot be written: values are kept in memory." },
	{ "disk-short", MEWS_WARNING, "t", false,
	    "Little of the disk is free, so many MB: the oldest minutes go." },
	{ "disk-works", MEWS_INFO, "", false, "The history is written again." },
	{ "file-damaged", MEWS_ALARM, "t", false,
	    "A database was damaged and set aside." },
	{ "history-imported", MEWS_INFO, "ndd", false,
	    "A person added values from a file to the history: how many, of "
	    "when." },
	{ "files-restored", MEWS_WARNING, "", false,
	    "A person put a backup in the place of site and history." },
	{ "backup-made", MEWS_INFO, "", false,
	    "A person had a backup written." },
	{ "restore-asked", MEWS_WARNING, "", false,
	    "A person had a backup restored." },
	{ "restore-failed", MEWS_ALARM, "t", false,
	    "A backup could not be restored." },
	{ "certificate-asked", MEWS_INFO, "", false,
	    "A person asked for another certificate." },
	{ "certificate-served", MEWS_INFO, "td", false,
	    "Another certificate is served: its names and its end." },
	{ "certificate-refused", MEWS_WARNING, "", false,
	    "A certificate was not taken; the one before is served." },
	{ "certificate-renewed", MEWS_INFO, "td", false,
	    "The box renewed its own certificate: its names and its end." },
	{ "certificate-ends", MEWS_WARNING, "td", false,
	    "The certificate ends soon: its names and its end." },
	{ "backup-failed", MEWS_WARNING, "t", false,
	    "The nightly backup could not be written." },
};

static const char *const severities[] = { "info", "warning", "alarm" };

#define COLUMNS "id, t, kind, device, subject, who, source, arg1, arg2, arg3"

static const char sql_add[] =
    "INSERT INTO event(t, kind, device, subject, who, source, arg1, arg2,"
    " arg3, severity) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_trim[] =
    "DELETE FROM event WHERE severity = ?1 AND (kind GLOB 'gateway-*') = ?2"
    " AND id <= (SELECT id FROM event"
    " WHERE severity = ?1 AND (kind GLOB 'gateway-*') = ?2"
    " ORDER BY id DESC LIMIT 1 OFFSET ?3)";
static const char sql_get[] = "SELECT " COLUMNS " FROM event WHERE id = ?";
/* the rows of all rings at most are looked at */
static const char sql_read[] =
    "SELECT " COLUMNS " FROM event"
    " WHERE (?1 = 0 OR id < ?1) AND (?2 = 0 OR device = ?2)"
    " AND severity >= ?3 AND t >= ?4 AND (?5 = 0 OR t < ?5)"
    " AND (?7 IS NULL OR device IN (SELECT value FROM json_each(?7)))"
    " ORDER BY id DESC LIMIT ?6";

const struct mews_event_kind *
mews_event_kind(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const struct mews_event_kind *
mews_event_kind_at(size_t i)
{
	return i < MEWS_LEN(kinds) ? &kinds[i] : NULL;
}

const char *
mews_severity_name(enum mews_severity s)
{
	return severities[s];
}

bool
mews_severity_find(const char *name, enum mews_severity *out)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(severities); i++)
		if (strcmp(severities[i], name) == 0) {
			*out = (enum mews_severity)i;
			return true;
		}
	return false;
}

/* A character that does not fit is left out whole. */
static void
cut(char *text)
{
	size_t n = strlen(text), start = n, need;
	unsigned char c;

	while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0)
		return;
	c = (unsigned char)text[--start];
	need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
	if (n - start < need)
		text[start] = '\0';
}

void
mews_event_set(struct mews_event *e, const char *kind, const char *subject)
{
	*e = (struct mews_event){ .kind = mews_event_kind(kind) };
	if (subject != NULL) {
		(void)snprintf(e->subject, sizeof(e->subject), "%s", subject);
		cut(e->subject);
	}
}

void
mews_event_arg(struct mews_event *e, size_t i, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(e->arg[i], sizeof(e->arg[i]), format, ap);
	va_end(ap);
	cut(e->arg[i]);
}

static enum mews_rc
add(struct mews_db *db, struct mews_event *e, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, e->t);
	mews_row_text(st, 2, e->kind->name);
	(void)sqlite3_bind_int64(st, 3, e->device);
	mews_row_text(st, 4, e->subject);
	mews_row_text(st, 5, e->who);
	mews_row_text(st, 6, e->source);
	for (i = 0; i < MEWS_EVENT_ARGS; i++)
		mews_row_text(st, 7 + i, e->arg[i]);
	(void)sqlite3_bind_int(st, 10, (int)e->kind->severity);
	if ((rc = mews_db_run(db, st, err)) == MEWS_OK)
		e->id = mews_db_rowid(db);
	return rc;
}

static enum mews_rc
trim(struct mews_db *db, int severity, int gateway, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql_trim, &st, err);

	if (rc != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int(st, 1, severity);
	(void)sqlite3_bind_int(st, 2, gateway);
	(void)sqlite3_bind_int(st, 3, MEWS_EVENT_MOST);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_event_write(struct mews_db *db, struct mews_event *e, size_t n,
    struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	bool turn = false;
	size_t i;

	for (i = 0; i < n && rc == MEWS_OK; i++) {
		rc = add(db, &e[i], err);
		turn |= e[i].id % MEWS_EVENT_TURN == 0;
	}
	/* to look for the oldest of a ring is to look at all rows */
	for (i = 0; turn && i < 2 * MEWS_LEN(severities) && rc == MEWS_OK; i++)
		rc = trim(db, (int)i / 2, (int)i % 2, err);
	return rc;
}

/* False for a kind that no longer exists. */
static bool
take(sqlite3_stmt *st, struct mews_event *e)
{
	const char *kind = (const char *)sqlite3_column_text(st, 2);
	int i;

	*e = (struct mews_event){ .id = sqlite3_column_int64(st, 0),
		.t = sqlite3_column_int64(st, 1),
		.kind = kind == NULL ? NULL : mews_event_kind(kind),
		.device = sqlite3_column_int64(st, 3) };
	(void)mews_row_take(st, 4, e->subject, sizeof(e->subject));
	(void)mews_row_take(st, 5, e->who, sizeof(e->who));
	(void)mews_row_take(st, 6, e->source, sizeof(e->source));
	for (i = 0; i < MEWS_EVENT_ARGS; i++)
		(void)mews_row_take(st, 7 + i, e->arg[i], sizeof(e->arg[i]));
	return e->kind != NULL;
}

enum mews_rc
mews_event_read(struct mews_db *db, const struct mews_event_filter *f,
    struct mews_event *out, size_t max, size_t *n, struct mews_err *err)
{
	const int64_t bind[] = { f->before, f->device, f->least, f->from, f->to,
		(int64_t)(max < MEWS_EVENT_READS ? max : MEWS_EVENT_READS) };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	*n = 0;
	if ((rc = mews_db_use(db, sql_read, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(bind); i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, bind[i]);
	if (f->only != NULL)
		mews_row_text(st, (int)i + 1, f->only);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		if (take(st, &out[*n]))
			(*n)++;
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_event_get(struct mews_db *db, int64_t id, struct mews_event *out,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_get, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, id);
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK && !take(st, out))
		rc = MEWS_NONE;
	mews_db_done(st);
	return rc;
}
