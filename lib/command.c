/*
 * command.c - the table of commands.
 *
 * A door accepts exactly what a row declares, so a page that was taken over
 * cannot say more to it than the page itself could.
 */
#include "command.h"

#include <string.h>

#define ADMINISTRATOR (1u << MEWS_ADMINISTRATOR)
#define INSTALLER     (1u << MEWS_INSTALLER)
#define ANYBODY       (ADMINISTRATOR | INSTALLER | 1u << MEWS_USER)

#define USER     "user", MEWS_FIELD_WORD, 1, MEWS_USERNAME, false
#define PIN      "pin", MEWS_FIELD_DIGITS, 5, 16, false
#define PUK      "puk", MEWS_FIELD_DIGITS, 14, 14, false
#define TOKEN    "token", MEWS_FIELD_TOKEN, 43, 43, false
#define SOURCE   "source", MEWS_FIELD_TEXT, 1, 63, false
#define QUIET    "quiet", MEWS_FIELD_INT, 0, 1, true
#define KEY      "key", MEWS_FIELD_WORD, 1, 32, false
#define VALUE    "value", MEWS_FIELD_TEXT, 0, 200, false
#define TICKET   "ticket", MEWS_FIELD_TOKEN, 43, 43, false
#define JOB      "job", MEWS_FIELD_INT, 1, INT64_MAX, false
#define SINK     "sink", MEWS_FIELD_WORD, 1, 23, false
#define ID       "id", MEWS_FIELD_INT, 1, INT64_MAX, false
#define LINE     "line", MEWS_FIELD_TEXT, 1, 15, false
#define PLATE    "plate", MEWS_FIELD_TEXT, 1, 11, false
#define UNIT     "unit", MEWS_FIELD_INT, 1, 247, false
#define TEXT     "text", MEWS_FIELD_TEXT, 1, 1000, false
#define PLACE    "address", MEWS_FIELD_INT, 0, 65535, false
#define QUANTITY "quantity", MEWS_FIELD_WORD, 1, 63, false
#define INDEX    (INT64_C(1) << 62)

/* of users; DEVICE is the cookie that a known browser keeps */
#define DEVICE "device", MEWS_FIELD_TOKEN, 0, 22, true
#define ROLE   "role", MEWS_FIELD_WORD, 4, 13
#define LANG   "lang", MEWS_FIELD_TEXT, 0, 2, true
#define THEME  "theme", MEWS_FIELD_TEXT, 0, 5, true
#define RIGHTS "rights", MEWS_FIELD_TEXT, 0, MEWS_RIGHTS, true
#define A_PIN  "pin", MEWS_FIELD_DIGITS, 0, 16, true
#define A_PUK  "puk", MEWS_FIELD_DIGITS, 0, 14, true

static const struct mews_command table[] = {
	/* mews-auth */
	{ "users", MEWS_AUTH_DOOR, 0, false, { { 0 } },
	    "n factory name0 role0 lang0 name1 ...", "Lists who can sign in." },
	{ "sign-in", MEWS_AUTH_DOOR, 0, true,
	    { { USER }, { PIN }, { SOURCE }, { DEVICE } },
	    "token device user role lang theme rights csrf factory idle ends "
	    "last failed wait",
	    "Begins a session; last is the sign-in before, failed counts the "
	    "wrong PINs since; again: nothing was looked at, wait says how "
	    "many seconds it will not be." },
	{ "session", MEWS_AUTH_DOOR, 0, false, { { TOKEN }, { QUIET } },
	    "user role lang theme rights csrf factory idle ends begun last",
	    "Tells whose session it is; quiet=1 does not count as use." },
	{ "sign-out", MEWS_AUTH_DOOR, 0, false, { { TOKEN } }, "",
	    "Ends a session." },
	{ "set-codes", MEWS_AUTH_DOOR, 0, true, { { TOKEN }, { PIN }, { PUK } },
	    "",
	    "Replaces the administrator's codes of the leaflet and ends the "
	    "session; bad says why." },
	{ "unblock", MEWS_AUTH_DOOR, 0, true,
	    { { USER }, { PUK }, { PIN }, { SOURCE }, { DEVICE } },
	    "device wait", "Sets a new PIN by the PUK; bad says why." },
	{ "confirm", MEWS_AUTH_DOOR, 0, true,
	    { { TOKEN }, { PIN }, { SOURCE } }, "ticket wait",
	    "Checks the PIN again; the ticket lets the session give one "
	    "command that has such a field, within 60 s." },
	{ "spend", MEWS_AUTH_DOOR, 0, false, { { TOKEN }, { TICKET } }, "",
	    "Uses up a ticket of the session." },
	{ "own-codes", MEWS_AUTH_DOOR, ANYBODY, true,
	    { { TOKEN }, { "old", MEWS_FIELD_DIGITS, 5, 16, false }, { SOURCE },
		{ A_PIN }, { A_PUK }, { "make", MEWS_FIELD_INT, 0, 1, true } },
	    "token device csrf puk wait",
	    "Changes one's own codes, the PIN of today being old; make=1 makes "
	    "a PUK.  All sessions end, and one begins." },
	{ "own-set", MEWS_AUTH_DOOR, ANYBODY, false,
	    { { TOKEN }, { LANG }, { THEME } }, "",
	    "Sets one's own language and theme." },
	{ "session-list", MEWS_AUTH_DOOR, ANYBODY, false,
	    { { TOKEN }, { "user", MEWS_FIELD_WORD, 1, MEWS_USERNAME, true } },
	    "n session0 session1 ...",
	    "Lists one's own sessions, or as the administrator a user's: id, "
	    "begun, used, ends, 1 for the one that asks, source." },
	{ "session-end", MEWS_AUTH_DOOR, ANYBODY, false,
	    { { TOKEN }, { "user", MEWS_FIELD_WORD, 1, MEWS_USERNAME, true },
		{ "session", MEWS_FIELD_TOKEN, 16, 16, true } },
	    "n", "Ends the session of that id, or all but the one that asks." },
	{ "user-list", MEWS_AUTH_DOOR, ADMINISTRATOR, false, { { TOKEN } },
	    "n factory user0 user1 ...",
	    "Lists all users: name, role, language or -, last sign-in, "
	    "sessions, and ok, blocked, disabled or leaflet." },
	{ "user-get", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { USER } },
	    "user role lang theme rights enabled factory blocked last failed "
	    "changed sessions browsers",
	    "Tells all of a user; changed is when the codes were set." },
	{ "user-add", MEWS_AUTH_DOOR, ADMINISTRATOR, true,
	    { { TOKEN }, { TICKET }, { USER }, { ROLE, false }, { LANG },
		{ THEME }, { RIGHTS }, { A_PIN }, { A_PUK } },
	    "pin puk",
	    "Adds a user; a code that is not given is made and told; bad says "
	    "why." },
	{ "user-set", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET }, { USER },
		{ "name", MEWS_FIELD_WORD, 1, MEWS_USERNAME, true },
		{ ROLE, true }, { LANG }, { THEME }, { RIGHTS },
		{ "enabled", MEWS_FIELD_INT, 0, 1, true } },
	    "",
	    "Changes what is given of a user; another role or other rights end "
	    "the user's sessions; bad says why." },
	{ "user-pin", MEWS_AUTH_DOOR, ADMINISTRATOR, true,
	    { { TOKEN }, { TICKET }, { USER },
		{ "what", MEWS_FIELD_WORD, 3, 4, false }, { A_PIN },
		{ A_PUK } },
	    "pin puk",
	    "Gives a user a new pin, puk or both, unblocked and enabled; what "
	    "is not given is made and told; bad says why." },
	{ "user-remove", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET }, { USER } }, "",
	    "Removes a user; bad says why." },
	{ "audit-list", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { "before", MEWS_FIELD_INT, 0, INDEX, true },
		{ "from", MEWS_FIELD_INT, 0, INDEX, true },
		{ "to", MEWS_FIELD_INT, 0, INDEX, true },
		{ "user", MEWS_FIELD_WORD, 1, MEWS_USERNAME, true },
		{ "what", MEWS_FIELD_WORD, 1, 31, true },
		{ "max", MEWS_FIELD_INT, 1, 40, true } },
	    "n line0 line1 ...",
	    "Lists the security log, the newest first, those with an id below "
	    "before and a time in [from, to): id, time, what (audit.h), user "
	    "or -, source or -, and to the end whom it is about or -." },
	{ "reset-codes", MEWS_AUTH_DOOR, ADMINISTRATOR, true, { { 0 } }, "",
	    "Takes all codes away: the administrator has those of the leaflet "
	    "again; at the shell only." },
	{ "key-add", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { "name", MEWS_FIELD_TEXT, 1, 40, false },
		{ "rights", MEWS_FIELD_TEXT, 0, 400, true } },
	    "id key",
	    "Makes a read-only key for programs, of all or of the zones and "
	    "devices in rights; it is told this once." },
	{ "key-list", MEWS_AUTH_DOOR, ADMINISTRATOR, false, { { TOKEN } },
	    "n id0 name0 rights0 made0 used0 id1 ...", "Lists the keys." },
	{ "key-remove", MEWS_AUTH_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 1, INT64_MAX, false } }, "",
	    "Revokes a key." },
	{ "key-check", MEWS_AUTH_DOOR, 0, false,
	    { { "key", MEWS_FIELD_TOKEN, 43, 43, false } }, "user role rights",
	    "Tells whose key it is." },
	/* mews-courier */
	{ "courier-status", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { SINK } }, "good since tries why",
	    "Tells how a sink fares: last success, since when it fails, why." },
	{ "courier-wake", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { SINK } }, "", "Has a sink do its work now." },
	{ "secret-set", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "name", MEWS_FIELD_WORD, 1, 31, false },
		{ "value", MEWS_FIELD_TEXT, 0, 200, false } },
	    "", "Keeps a password for smtp or upload-ID; \"\" forgets it." },
	{ "secrets", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "name", MEWS_FIELD_WORD, 1, 31, false } }, "known",
	    "Tells whether a password is kept." },
	{ "mail-send", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "letter", MEWS_FIELD_WORD, 1, 15, false },
		{ "address", MEWS_FIELD_TEXT, 3, 255, false },
		{ "lang", MEWS_FIELD_WORD, 2, 2, false } },
	    "id",
	    "Mails the test, or the daily, weekly or monthly report of the "
	    "last whole period, now." },
	{ "mails", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 1, INT64_MAX, true } },
	    "n id0 letter0 address0 state0 made0 ended0 why0 said0 id1 ...",
	    "Tells how one mail fared, or the newest seven." },
	{ "upload-test", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { ID } }, "",
	    "Brings an empty file to a destination and takes it away." },
	{ "upload-status", MEWS_COURIER_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { ID } }, "waits good since tries due tested why said",
	    "Tells how far a destination has got and how it fares." },
	{ "share-test", MEWS_COURIER_DOOR, ADMINISTRATOR, false, { { TOKEN } },
	    "", "Calls network drive and FTP server of this machine." },
	{ "share-status", MEWS_COURIER_DOOR, ADMINISTRATOR, false,
	    { { TOKEN } },
	    "tested smb_wanted smb_why smb_said ftp_wanted ftp_why ftp_said",
	    "Tells what they said." },
	/* mewsd */
	{ "status", MEWS_DOOR, 0, false, { { 0 } },
	    "version since devices answering minute kept addresses",
	    "Tells how mewsd is." },
	{ "set", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { KEY }, { VALUE }, { TOKEN } }, "", "Changes a setting." },
	{ "share-set", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET }, { "smb", MEWS_FIELD_WORD, 2, 3, false },
		{ "ftp", MEWS_FIELD_WORD, 2, 5, false } },
	    "",
	    "Says whether there is to be a network drive (off, on) and an FTP "
	    "server (off, on, plain) of the data folder." },
	{ "share-password", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET } }, "password",
	    "Makes a new password of network drive and FTP server." },
	{ "settings-set", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "",
	    "Changes the settings of the draft settings, lines of KEY VALUE, "
	    "all or none." },
	{ "recipient-put", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 0, INT64_MAX, false },
		{ "address", MEWS_FIELD_TEXT, 3, 255, false },
		{ "lang", MEWS_FIELD_WORD, 2, 2, false },
		{ "gets", MEWS_FIELD_INT, 0, 15, false } },
	    "id",
	    "Adds (id 0) or changes who gets mail; gets adds up 1 daily, 2 "
	    "weekly, 4 monthly, 8 events." },
	{ "recipient-remove", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { ID } }, "", "Removes who gets mail." },
	{ "destination-put", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 0, INT64_MAX, false },
		{ "kind", MEWS_FIELD_WORD, 3, 4, false },
		{ "host", MEWS_FIELD_TEXT, 1, 253, false },
		{ "port", MEWS_FIELD_INT, 1, 65535, false },
		{ "path", MEWS_FIELD_TEXT, 0, 200, false },
		{ "user", MEWS_FIELD_TEXT, 1, 100, false },
		{ "trust", MEWS_FIELD_TEXT, 0, 99, false },
		{ "active", MEWS_FIELD_INT, 0, 1, false } },
	    "id",
	    "Adds (id 0) or changes a server that files are brought to." },
	{ "destination-remove", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { ID } }, "",
	    "Removes a server that files are brought to." },
	{ "clock-right", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "",
	    "Says that the clock is right after it jumped far ahead: until "
	    "then the history is not thinned." },
	{ "draft", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "part", MEWS_FIELD_WORD, 1, 15, false },
		{ "at", MEWS_FIELD_INT, 0, 1048576, false },
		{ "text", MEWS_FIELD_TOKEN, 0, 7000, false } },
	    "",
	    "Keeps a piece of a long text, in hexadecimal digits, behind the "
	    "bytes there are; at 0 it begins anew." },
	{ "device-put", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "was", MEWS_FIELD_TEXT, 0, 11, true }, { TEXT } },
	    "id",
	    "Adds a device, or changes the one with the plate was, by its "
	    "line of the site file." },
	{ "device-remove", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { PLATE } }, "id",
	    "Removes a device; its history stays." },
	{ "device-restore", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 1, INT64_MAX, false } },
	    "plate", "Brings a removed device back." },
	{ "line-put", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "was", MEWS_FIELD_TEXT, 0, 15, true }, { TEXT } },
	    "trial",
	    "Adds or changes a line by its line of the site file; within "
	    "trial seconds the old settings come back when no device "
	    "answers." },
	{ "line-remove", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { LINE } }, "", "Removes a line without devices." },
	{ "site-set", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { TEXT } }, "",
	    "Names the site by its line of the site file." },
	{ "gateway-set", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "",
	    "Takes the ports and rules of the draft gateway, lines of the "
	    "site file, for those there are." },
	{ "site-import", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "lines devices trial",
	    "Makes the site what the draft site, a site file, says; lines "
	    "that it changes are tried as by line-put." },
	{ "profile-put", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "name", MEWS_FIELD_WORD, 1, 63, false } }, "",
	    "Keeps the draft profile as the site's own." },
	{ "profile-remove", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "name", MEWS_FIELD_WORD, 1, 63, false } }, "",
	    "Forgets a profile of the site's own that no device uses." },
	{ "replace-meter", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { PLATE }, { QUANTITY },
		{ "old", MEWS_FIELD_INT, 0, INDEX, false },
		{ "new", MEWS_FIELD_INT, 0, INDEX, false },
		{ "date", MEWS_FIELD_INT, 0, INDEX, false } },
	    "id",
	    "Tells of a new meter: the final index of the old one, the first "
	    "of the new one, in stored integers, and when, in Unix time." },
	{ "accept-energy", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "event", MEWS_FIELD_INT, 1, INT64_MAX, false } },
	    "id", "Takes the jump that an event told of into the history." },
	{ "reject-energy", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "event", MEWS_FIELD_INT, 1, INT64_MAX, false } },
	    "id", "Leaves the jump that an event told of out." },
	{ "correct-bucket", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { PLATE }, { QUANTITY },
		{ "level", MEWS_FIELD_WORD, 3, 6, false },
		{ "t", MEWS_FIELD_INT, 0, INDEX, false },
		{ "value", MEWS_FIELD_INT, -INDEX, INDEX, false },
		{ "reason", MEWS_FIELD_TEXT, 1, 200, false } },
	    "id",
	    "Says what a counter really counted in the minute, hour, day, "
	    "month or year that begins at t, or what another quantity was in "
	    "the minute." },
	{ "undo", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { "id", MEWS_FIELD_INT, 1, INT64_MAX, false } }, "id",
	    "Takes back one of the four above, by its id." },
	{ "damage-seen", MEWS_DOOR, ADMINISTRATOR, false, { { TOKEN } }, "",
	    "Takes away the banner that tells of a damaged file." },
	{ "history-mend", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { "series", MEWS_FIELD_INT, 0, INT64_MAX, false },
		{ "level", MEWS_FIELD_WORD, 3, 6, false },
		{ "from", MEWS_FIELD_INT, 0, INDEX, false },
		{ "to", MEWS_FIELD_INT, 0, INDEX, false } },
	    "n",
	    "Computes buckets again that are not what the finer ones give, and "
	    "drops rows that cannot be read; n is how many." },
	{ "files-rescue", MEWS_DOOR, ADMINISTRATOR, false, { { TOKEN } }, "",
	    "Sets the history aside as damaged and salvages it." },
	{ "files-restore", MEWS_DOOR, ADMINISTRATOR, false, { { TOKEN } }, "",
	    "Puts the files that mews restore made ready in their place." },
	{ "backup-now", MEWS_DOOR, ADMINISTRATOR, false, { { TOKEN } }, "",
	    "Writes a backup at once; an event tells of it." },
	{ "restore", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET },
		{ "name", MEWS_FIELD_TEXT, 14, 28, false } },
	    "",
	    "Puts one of the backups of state/backup in the place of site and "
	    "history; an event tells of it." },
	{ "backup-bring", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { "at", MEWS_FIELD_INT, 0, INDEX, false },
		{ "text", MEWS_FIELD_TOKEN, 0, 7000, false },
		{ "size", MEWS_FIELD_INT, 0, INDEX, true },
		{ "last", MEWS_FIELD_INT, 0, 1, true } },
	    "why",
	    "Keeps a piece of a backup from elsewhere, in hexadecimal digits, "
	    "behind the bytes there are; at 0 it begins anew and size says "
	    "how many will come at most, 0: none, forget it; behind the last "
	    "it is checked." },
	{ "backup-brought", MEWS_DOOR, ADMINISTRATOR, false, { { TOKEN } },
	    "state why",
	    "Tells how the backup from elsewhere fares: none, coming, checked, "
	    "good or refused, why being strange, damaged, newer or room." },
	{ "certificate-put", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET } }, "wanted",
	    "Has mews-apply take the draft certificate, PEM with or without "
	    "key; wanted is its number in the report." },
	{ "certificate-request", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET },
		{ "names", MEWS_FIELD_TEXT, 1, 200, false } },
	    "wanted",
	    "Has mews-apply make a key and a signing request for these names "
	    "and addresses, a blank between them." },
	{ "certificate-own", MEWS_DOOR, ADMINISTRATOR, false,
	    { { TOKEN }, { TICKET } }, "wanted",
	    "Has mews-apply make a certificate of the box's own." },
	{ "applied", MEWS_DOOR, ADMINISTRATOR, false,
	    { { "kind", MEWS_FIELD_WORD, 1, 31, false },
		{ "names", MEWS_FIELD_TEXT, 0, 90, true },
		{ "until", MEWS_FIELD_INT, 0, INDEX, true } },
	    "", "Tells what mews-apply did: the event certificate-KIND." },
	{ "gateway-reset", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "", "Counts what crosses the gateway from 0." },
	{ "frames-on", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN } }, "until",
	    "Keeps the frames that cross the gateway for another minute." },
	{ "scan", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { LINE }, { "first", MEWS_FIELD_INT, 1, 247, true },
		{ "last", MEWS_FIELD_INT, 1, 247, true },
		{ "speeds", MEWS_FIELD_TEXT, 1, 120, true } },
	    "job",
	    "Asks every unit of a line; speeds such as 19200 8E1,9600 8N1." },
	{ "job-pause", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { JOB } }, "", "Lets a scan rest." },
	{ "job-go-on", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { JOB } }, "", "Goes on with a scan that rests." },
	{ "job-stop", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { JOB } }, "", "Ends a job; what it found stays." },
	{ "test", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { PLATE } }, "job",
	    "Asks a device each of its requests once." },
	{ "try", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { LINE }, { UNIT },
		{ "name", MEWS_FIELD_WORD, 1, 63, false },
		{ "draft", MEWS_FIELD_INT, 0, 1, true } },
	    "job",
	    "Asks a unit what a profile, or with draft=1 the draft, reads." },
	{ "register-read", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { LINE }, { UNIT },
		{ "function", MEWS_FIELD_INT, 1, 4, false }, { PLACE },
		{ "count", MEWS_FIELD_INT, 1, 2000, false } },
	    "job", "Reads registers or bits once." },
	{ "register-write", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { TICKET }, { LINE }, { UNIT },
		{ "function", MEWS_FIELD_INT, 5, 16, false }, { PLACE },
		{ "values", MEWS_FIELD_TEXT, 1, 180, false } },
	    "job",
	    "Writes registers or coils once, where the setting "
	    "register_writes allows it; values are 0 to 65535, a blank "
	    "between them." },
	{ "operate", MEWS_DOOR, ADMINISTRATOR | INSTALLER, false,
	    { { TOKEN }, { TICKET }, { PLATE },
		{ "command", MEWS_FIELD_WORD, 1, 15, false },
		{ "reason", MEWS_FIELD_TEXT, 0, 200, false } },
	    "job", "Has a device do a command of its profile." },
};

const struct mews_command *
mews_command_find(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct mews_command *
mews_command_at(size_t i)
{
	return i < MEWS_LEN(table) ? &table[i] : NULL;
}
