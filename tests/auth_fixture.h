/*
 * auth_fixture.h - mews-auth below its door, on a clock that the test sets: what
 * the tests of its commands share.
 */
#ifndef AUTH_FIXTURE_H
#define AUTH_FIXTURE_H

#include "test.h"
#include "auth_browser.h"
#include "auth_reset.h"
#include "auth_rule.h"
#include "auth_serve.h"
#include "auth_ticket.h"
#include "auth_try.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <time.h>

#define T0   INT64_C(1800000000)
#define PIN  "48261"
#define PUK  "73920164850917"
#define MIN  60
#define HOUR 3600
#define DAY  86400

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct auth auth;
static int64_t now = T0;

/* The fields of the last answer. */
static struct mews_message answer;

/* As the door does it: who may is looked up by the row. */
static inline enum mews_rc
permit(const struct mews_command *row, const struct mews_message *m,
    struct door_caller *caller, struct mews_err *err)
{
	struct mews_session s;
	struct mews_user u;
	enum mews_rc rc;

	if (row->roles == 0)
		return MEWS_OK;
	if (mews_message_get(m, "token")[0] == '\0') {
		(void)snprintf(caller->user, sizeof(caller->user), "shell");
		caller->role = MEWS_ADMINISTRATOR;
		return MEWS_OK;
	}
	rc = auth_session_find(&auth, mews_message_get(m, "token"), now, false,
	    &u, &s, err);
	if (rc != MEWS_OK || u.factory || (row->roles & 1u << u.role) == 0)
		return MEWS_DENIED;
	caller->role = u.role;
	(void)snprintf(caller->user, sizeof(caller->user), "%s", u.name);
	(void)snprintf(caller->source, sizeof(caller->source), "%s", s.source);
	if (mews_message_get(m, "ticket")[0] == '\0')
		return MEWS_OK;
	return auth_ticket_spend(&auth, &s, mews_message_get(m, "ticket"), now,
	    err);
}

static inline enum mews_rc
ask(const char *line)
{
	struct door_caller caller = { .pid = 0 };
	const struct mews_command *row;
	struct mews_err err = { "" };
	struct mews_message m;
	enum mews_rc rc;

	mews_message_clear(&answer);
	mews_message_init(&answer, "ok");
	assert_int_equal(mews_message_read(line, &m, &err), MEWS_OK);
	if (mews_command_check(&m, &row, &err) != MEWS_OK)
		fail_msg("%s", err.text);
	if ((rc = permit(row, &m, &caller, &err)) == MEWS_OK)
		rc = auth_serve(&auth, &caller, &m, now, &answer, &err);
	mews_message_answer(&answer, rc, &err);
	mews_message_clear(&m);
	return rc;
}

__attribute__((format(printf, 1, 2))) static inline enum mews_rc
askf(const char *fmt, ...)
{
	char line[2000];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	return ask(line);
}

static inline const char *
said(const char *field)
{
	return mews_message_get(&answer, field);
}

/* An address nobody came from before. */
static inline const char *
elsewhere(void)
{
	static char text[32];
	static unsigned n;

	n++;
	(void)snprintf(text, sizeof(text), "10.%u.%u.%u", n >> 16 & 255,
	    n >> 8 & 255, n & 255);
	return text;
}

static inline enum mews_rc
sign_in_from(const char *source, const char *user, const char *pin)
{
	return askf("sign-in user=%s pin=%s source=%s", user, pin, source);
}

/* What addresses have to wait is tried below. */
static inline enum mews_rc
sign_in(const char *user, const char *pin)
{
	return sign_in_from(elsewhere(), user, pin);
}

static inline enum mews_rc
unblock_from(const char *source, const char *user, const char *puk,
    const char *pin)
{
	return askf("unblock user=%s puk=%s pin=%s source=%s", user, puk, pin,
	    source);
}

static inline enum mews_rc
unblock(const char *user, const char *puk, const char *pin)
{
	return unblock_from(elsewhere(), user, puk, pin);
}

static inline enum mews_rc
session(const char *token, bool quiet)
{
	char line[128];

	(void)snprintf(line, sizeof(line), "session token=%.43s%s", token,
	    quiet ? " quiet=1" : "");
	return ask(line);
}

/* Copies the token of the last answer. */
static inline char *
token(char out[AUTH_TOKEN + 1])
{
	(void)snprintf(out, AUTH_TOKEN + 1, "%s",
	    mews_message_get(&answer, "token"));
	assert_int_equal(strlen(out), AUTH_TOKEN);
	return out;
}

static inline struct mews_user
user(const char *name)
{
	struct mews_user u;

	assert_int_equal(mews_user_find(auth.db, name, &u, NULL), MEWS_OK);
	return u;
}

static inline int64_t
audits(const char *what)
{
	static const char sql[] = "SELECT count(*) FROM audit WHERE what = ?";
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(mews_db_use(auth.db, sql, &st, NULL), MEWS_OK);
	(void)sqlite3_bind_text(st, 1, what, -1, SQLITE_STATIC);
	assert_int_equal(mews_db_step(auth.db, st, NULL), MEWS_OK);
	n = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return n;
}

static inline void
add(const char *name, enum mews_role role)
{
	struct mews_user u = { .role = role, .lang = "it", .enabled = true };

	(void)snprintf(u.name, sizeof(u.name), "%s", name);
	assert_int_equal(auth_code_set(&auth, &u, MEWS_PIN, PIN, NULL),
	    MEWS_OK);
	assert_int_equal(auth_code_set(&auth, &u, MEWS_PUK, PUK, NULL),
	    MEWS_OK);
	assert_int_equal(mews_user_add(auth.db, &u, NULL), MEWS_OK);
}

static inline int
begin(void **state)
{
	(void)state;
	now = T0;
	(void)test_folder(folder);
	mews_message_init(&answer, "ok");
	return (int)auth_code_open(&place, &auth, NULL);
}

static inline int
end(void **state)
{
	(void)state;
	mews_message_clear(&answer);
	auth_code_close(&auth);
	test_folder_end(folder);
	return 0;
}

static inline int
begin_commissioned(void **state)
{
	if (begin(state) != 0)
		return -1;
	add("anna", MEWS_ADMINISTRATOR);
	add("inge", MEWS_INSTALLER);
	add("ugo", MEWS_USER);
	return 0;
}

#endif
