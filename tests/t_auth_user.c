/*
 * t_auth_user.c - what the administrator and users do with accounts, and the
 * factory state: daemon/auth_user.c, auth_own.c, auth_reset.c, auth_window.c.
 */
#include "auth_fixture.h"
#include "audit.h"
#include "auth_source.h"
#include "schema.h"
#include "setting.h"

/* A ticket of the session, for one command. */
static const char *
ticket_of(const char *token)
{
	static char out[AUTH_TOKEN + 1];

	assert_int_equal(askf("confirm token=%s pin=%s source=::1", token, PIN),
	    MEWS_OK);
	(void)snprintf(out, sizeof(out), "%s", said("ticket"));
	return out;
}

static char anna[AUTH_TOKEN + 1];

static int
begin_anna(void **state)
{
	if (begin_commissioned(state) != 0)
		return -1;
	assert_int_equal(sign_in("anna", PIN), MEWS_OK);
	(void)token(anna);
	return 0;
}

/* A command of anna's, with a ticket of its own. */
static enum mews_rc
by_anna(const char *line)
{
	return askf("%s token=%s ticket=%s", line, anna, ticket_of(anna));
}

/* Refused, for that reason. */
static void
refused(enum mews_rc rc, const char *why)
{
	assert_int_equal(rc, MEWS_BAD);
	assert_string_equal(said("why"), why);
}

static void
adds(void **state)
{
	char pin[AUTH_PIN + 1], t[AUTH_TOKEN + 1];
	int i;

	(void)state;
	/* codes are made and told once, and are good */
	assert_int_equal(by_anna("user-add user=bea role=installer lang=fr "
				 "theme=dark rights=zone:Roof%2520east"),
	    MEWS_OK);
	(void)snprintf(pin, sizeof(pin), "%s", said("pin"));
	assert_int_equal(strlen(pin), AUTH_PIN_LEAST);
	assert_int_equal(strlen(said("puk")), AUTH_PUK);
	assert_int_equal(audits("user-added"), 1);
	assert_int_equal(sign_in("bea", pin), MEWS_OK);
	assert_string_equal(said("role"), "installer");
	assert_string_equal(said("lang"), "fr");
	assert_string_equal(said("theme"), "dark");
	assert_string_equal(said("rights"), "zone:Roof%20east");
	(void)token(t);
	assert_int_equal(session(t, true), MEWS_OK);
	assert_string_equal(said("rights"), "zone:Roof%20east");
	/* typed ones are not told again */
	assert_int_equal(by_anna("user-add user=cleo role=user pin=62849"),
	    MEWS_OK);
	assert_string_equal(said("pin"), "");
	assert_int_equal(strlen(said("puk")), AUTH_PUK);
	assert_int_equal(sign_in("cleo", "62849"), MEWS_OK);
	refused(by_anna("user-add user=bea role=user"), "name-taken");
	refused(by_anna("user-add user=shell role=user"), "name");
	refused(by_anna("user-add user=dora role=root"), "role");
	refused(by_anna("user-add user=dora role=user lang=de"), "lang");
	refused(by_anna("user-add user=dora role=user theme=black"), "theme");
	refused(by_anna("user-add user=dora role=user rights=all"), "rights");
	refused(by_anna(
		    "user-add user=dora role=administrator rights=device:1"),
	    "rights-of-administrator");
	refused(by_anna("user-add user=dora role=user pin=12345"),
	    "pin-obvious");
	refused(by_anna("user-add user=dora role=user pin=73920 "
			"puk=73920164850917"),
	    "pin-in-puk");
	for (i = 5; i < MEWS_USERS; i++)
		assert_int_equal(askf("user-add user=u%d role=user token=%s "
				      "ticket=%s",
				     i, anna, ticket_of(anna)),
		    MEWS_OK);
	refused(by_anna("user-add user=dora role=user"), "too-many");
	assert_int_equal(askf("user-list token=%s", anna), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), MEWS_USERS);
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), MEWS_USERS);
}

/* Nobody else may, and no command without the PIN given again. */
static void
only_administrators(void **state)
{
	static const char *const lines[] = {
		"user-list",
		"user-get user=ugo",
		"user-add user=eve role=administrator",
		"user-set user=ugo role=administrator",
		"user-pin user=ugo what=pin",
		"user-remove user=ugo",
		"audit-list",
		"session-list user=ugo",
		"session-end user=ugo",
	};
	char t[AUTH_TOKEN + 1], ticket[AUTH_TOKEN + 1], line[400];
	size_t i;

	(void)state;
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	(void)token(t);
	for (i = 0; i < MEWS_LEN(lines); i++) {
		(void)snprintf(ticket, sizeof(ticket), "%s", ticket_of(t));
		(void)snprintf(line, sizeof(line), "%s token=%s%s%s", lines[i],
		    t,
		    strstr(lines[i], "user-") == lines[i] && i > 1 ? " ticket="
								   : "",
		    strstr(lines[i], "user-") == lines[i] && i > 1 ? ticket
								   : "");
		assert_int_equal(ask(line), MEWS_DENIED);
	}
	assert_int_equal(user("ugo").role, MEWS_USER);
	/* another session's ticket, and one that is used up */
	(void)snprintf(ticket, sizeof(ticket), "%s", ticket_of(t));
	assert_int_equal(askf("user-remove user=ugo token=%s ticket=%s", anna,
			     ticket),
	    MEWS_DENIED);
	(void)snprintf(ticket, sizeof(ticket), "%s", ticket_of(anna));
	assert_int_equal(askf("user-set user=ugo lang=it token=%s ticket=%s",
			     anna, ticket),
	    MEWS_OK);
	assert_int_equal(askf("user-remove user=ugo token=%s ticket=%s", anna,
			     ticket),
	    MEWS_DENIED);
}

/* Other rights end sessions; a new name, a language and a theme do not. */
static void
sets(void **state)
{
	char t[AUTH_TOKEN + 1];

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	assert_int_equal(by_anna(
			     "user-set user=ugo name=hugo lang=fr theme=light"),
	    MEWS_OK);
	assert_int_equal(session(t, true), MEWS_OK);
	assert_string_equal(said("user"), "hugo");
	assert_string_equal(said("theme"), "light");
	assert_int_equal(audits("user-renamed"), 1);
	/* the codes are the ones from before */
	assert_int_equal(sign_in("hugo", PIN), MEWS_OK);
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	/* his name is free, and the same code is not his */
	assert_int_equal(by_anna("user-add user=ugo role=user pin=62849"),
	    MEWS_OK);
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	assert_int_equal(by_anna("user-set user=hugo rights=device:3"),
	    MEWS_OK);
	assert_int_equal(audits("rights-changed"), 1);
	assert_int_equal(session(t, true), MEWS_NONE);
	assert_int_equal(sign_in("hugo", PIN), MEWS_OK);
	(void)token(t);
	assert_int_equal(by_anna("user-set user=hugo role=installer"), MEWS_OK);
	assert_int_equal(audits("role-changed"), 1);
	assert_int_equal(session(t, true), MEWS_NONE);
	assert_int_equal(sign_in("hugo", PIN), MEWS_OK);
	(void)token(t);
	assert_int_equal(by_anna("user-set user=hugo enabled=0"), MEWS_OK);
	assert_int_equal(audits("user-disabled"), 1);
	assert_int_equal(session(t, true), MEWS_NONE);
	assert_int_equal(sign_in("hugo", PIN), MEWS_DENIED);
	assert_int_equal(by_anna("user-set user=hugo enabled=1"), MEWS_OK);
	assert_int_equal(audits("user-enabled"), 1);
	assert_int_equal(sign_in("hugo", PIN), MEWS_OK);
	assert_int_equal(by_anna("user-set user=nobody lang=it"), MEWS_NONE);
	refused(by_anna("user-set user=hugo name=inge"), "name-taken");
	refused(by_anna("user-set user=hugo name=shell"), "name");
	refused(by_anna("user-set user=hugo role=administrator"),
	    "rights-of-administrator");
	assert_int_equal(askf("user-get user=hugo token=%s", anna), MEWS_OK);
	assert_string_equal(said("rights"), "device:3");
	assert_int_equal(mews_message_int(&answer, "sessions", -1), 1);
}

/* Somebody who can sign in and do all is always left. */
static void
last_administrator(void **state)
{
	(void)state;
	refused(by_anna("user-remove user=anna"), "oneself");
	refused(by_anna("user-set user=anna enabled=0"), "oneself");
	refused(by_anna("user-set user=anna role=user"), "oneself");
	/* at the shell there is no oneself */
	refused(ask("user-remove user=anna"), "last-administrator");
	refused(ask("user-set user=anna enabled=0"), "last-administrator");
	refused(ask("user-set user=anna role=installer"), "last-administrator");
	assert_int_equal(by_anna("user-set user=inge role=administrator"),
	    MEWS_OK);
	assert_int_equal(ask("user-set user=inge enabled=0"), MEWS_OK);
	refused(ask("user-remove user=anna"), "last-administrator");
	assert_int_equal(ask("user-set user=inge enabled=1"), MEWS_OK);
	assert_int_equal(ask("user-remove user=anna"), MEWS_OK);
	assert_int_equal(audits("user-removed"), 1);
	assert_int_equal(session(anna, true), MEWS_NONE);
	assert_int_equal(sign_in("anna", PIN), MEWS_DENIED);
	refused(ask("user-remove user=inge"), "last-administrator");
}

static void
gives_codes(void **state)
{
	char t[AUTH_TOKEN + 1], pin[AUTH_PIN + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	for (i = 0; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(sign_in("ugo", "73519"), MEWS_DENIED);
	assert_int_equal(by_anna("user-pin user=ugo what=pin"), MEWS_OK);
	(void)snprintf(pin, sizeof(pin), "%s", said("pin"));
	assert_string_equal(said("puk"), "");
	assert_int_equal(audits("pin-given"), 1);
	assert_int_equal(session(t, true), MEWS_NONE);
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	assert_int_equal(sign_in("ugo", pin), MEWS_OK);
	assert_int_equal(by_anna("user-pin user=ugo what=puk "
				 "puk=91827364504938"),
	    MEWS_OK);
	assert_int_equal(audits("puk-given"), 1);
	assert_string_equal(said("puk"), "");
	assert_int_equal(unblock("ugo", PUK, "62849"), MEWS_DENIED);
	assert_int_equal(unblock("ugo", "91827364504938", "62849"), MEWS_OK);
	refused(by_anna("user-pin user=ugo what=all"), "what");
	refused(by_anna("user-pin user=ugo what=pin pin=62849"), "pin-past");
	refused(by_anna("user-pin user=ugo what=pin pin=11111"), "pin-obvious");
	assert_int_equal(by_anna("user-set user=ugo enabled=0"), MEWS_OK);
	refused(by_anna("user-pin user=ugo what=pin"), "both");
	assert_int_equal(by_anna("user-pin user=ugo what=both"), MEWS_OK);
	(void)snprintf(pin, sizeof(pin), "%s", said("pin"));
	assert_int_equal(sign_in("ugo", pin), MEWS_OK);
}

static enum mews_rc
change(char t[AUTH_TOKEN + 1], const char *old, const char *rest)
{
	enum mews_rc rc = askf("own-codes token=%s old=%s source=::1%s%s", t,
	    old, rest[0] == 0 ? "" : " ", rest);

	if (rc == MEWS_OK)
		(void)token(t);
	return rc;
}

/* The session goes on under another token; the others are over. */
static void
own_codes(void **state)
{
	char a[AUTH_TOKEN + 1], b[AUTH_TOKEN + 1], was[AUTH_TOKEN + 1];
	char device[AUTH_DEVICE + 1], puk[AUTH_PUK + 1];

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	(void)token(b);
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(a);
	memcpy(was, a, sizeof(was));
	assert_int_equal(change(a, "73519", "pin=62849"), MEWS_DENIED);
	assert_int_equal(session(a, true), MEWS_OK);
	refused(change(a, PIN, ""), "nothing");
	refused(change(a, PIN, "pin=" PIN), "pin-past");
	refused(change(a, PIN, "pin=54321"), "pin-obvious");
	refused(change(a, PIN, "puk=48261640091750"), "pin-in-puk");
	assert_int_equal(change(a, PIN, "pin=62849"), MEWS_OK);
	assert_int_equal(audits("pin-changed"), 1);
	assert_string_not_equal(said("device"), device);
	assert_int_equal(strlen(said("csrf")), 32);
	assert_string_not_equal(a, was);
	assert_int_equal(session(was, true), MEWS_NONE);
	assert_int_equal(session(b, true), MEWS_NONE);
	assert_int_equal(session(a, true), MEWS_OK);
	/* the three before the one of today, and today's */
	assert_int_equal(change(a, "62849", "pin=73519"), MEWS_OK);
	assert_int_equal(change(a, "73519", "pin=84620"), MEWS_OK);
	refused(change(a, "84620", "pin=" PIN), "pin-past");
	refused(change(a, "84620", "pin=62849"), "pin-past");
	refused(change(a, "84620", "pin=84620"), "pin-past");
	assert_int_equal(change(a, "84620", "pin=40718"), MEWS_OK);
	assert_int_equal(change(a, "40718", "pin=" PIN), MEWS_OK);
	/* a PUK that is made */
	assert_int_equal(change(a, PIN, "make=1"), MEWS_OK);
	assert_int_equal(audits("puk-changed"), 1);
	(void)snprintf(puk, sizeof(puk), "%s", said("puk"));
	assert_null(strstr(puk, PIN));
	assert_int_equal(unblock("ugo", PUK, "62849"), MEWS_DENIED);
	assert_int_equal(unblock("ugo", puk, "90517"), MEWS_OK);
	assert_int_equal(session(a, true), MEWS_NONE);
}

static void
own_choices(void **state)
{
	char t[AUTH_TOKEN + 1];

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	assert_int_equal(askf("own-set token=%s theme=dark", t), MEWS_OK);
	assert_int_equal(session(t, true), MEWS_OK);
	assert_string_equal(said("theme"), "dark");
	assert_string_equal(said("lang"), "it");
	assert_int_equal(askf("own-set token=%s theme= lang=", t), MEWS_OK);
	assert_int_equal(session(t, true), MEWS_OK);
	assert_string_equal(said("theme"), "");
	assert_string_equal(said("lang"), "");
	refused(askf("own-set token=%s lang=de", t), "lang");
	refused(askf("own-set token=%s theme=xyz", t), "theme");
	assert_int_equal(ask("own-set theme=dark"), MEWS_DENIED);
}

/* The id of session i of the last list. */
static const char *
listed(int i, char id[17])
{
	char name[16];

	(void)snprintf(name, sizeof(name), "session%d", i);
	(void)snprintf(id, 17, "%s", said(name));
	return said(name);
}

static void
own_sessions(void **state)
{
	char t[3][AUTH_TOKEN + 1], id[17], source[64];
	int64_t begun, used, ends;
	int i, here;

	(void)state;
	for (i = 0; i < 3; i++) {
		now += 100;
		assert_int_equal(sign_in_from("192.0.2.7", "ugo", PIN),
		    MEWS_OK);
		(void)token(t[i]);
	}
	assert_int_equal(askf("session-list token=%s", t[2]), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 3);
	assert_int_equal(sscanf(listed(0, id),
			     "%*s %" SCNd64 " %" SCNd64 " %" SCNd64 " %d %63s",
			     &begun, &used, &ends, &here, source),
	    5);
	assert_true(begun == now && used == now && here == 1 &&
	    ends == now + 30 * (int64_t)DAY);
	assert_string_equal(source, "192.0.2.7");
	assert_int_equal(sscanf(listed(1, id), "%*s %*s %*s %*s %d", &here), 1);
	assert_int_equal(here, 0);
	/* one, by its id: the second that signed in */
	assert_int_equal(askf("session-end token=%s session=%s", t[2], id),
	    MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_int_equal(session(t[1], true), MEWS_NONE);
	assert_int_equal(session(t[0], true), MEWS_OK);
	/* not another's */
	assert_int_equal(askf("session-list token=%s", anna), MEWS_OK);
	(void)listed(0, id);
	assert_int_equal(askf("session-end token=%s session=%s", t[2], id),
	    MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 0);
	assert_int_equal(session(anna, true), MEWS_OK);
	/* all others */
	assert_int_equal(askf("session-end token=%s", t[2]), MEWS_OK);
	assert_int_equal(session(t[0], true), MEWS_NONE);
	assert_int_equal(session(t[2], true), MEWS_OK);
	/* the administrator ends those of anybody */
	assert_int_equal(askf("session-list token=%s user=ugo", anna), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_int_equal(askf("session-end token=%s user=ugo", anna), MEWS_OK);
	assert_int_equal(session(t[2], true), MEWS_NONE);
	assert_int_equal(session(anna, true), MEWS_OK);
	assert_int_equal(audits("sessions-ended"), 3);
}

static void
log_is_read(void **state)
{
	char line[200];
	int64_t id, t;

	(void)state;
	assert_int_equal(sign_in_from("192.0.2.7", "ugo", "73519"),
	    MEWS_DENIED);
	assert_int_equal(by_anna("user-set user=ugo name=hugo"), MEWS_OK);
	assert_int_equal(askf("audit-list token=%s max=1", anna), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	(void)snprintf(line, sizeof(line), "%s", said("line0"));
	assert_int_equal(sscanf(line, "%" SCNd64 " %" SCNd64, &id, &t), 2);
	assert_true(t == now);
	assert_non_null(strstr(line, " user-renamed anna 10."));
	assert_non_null(strstr(line, " ugo>hugo"));
	assert_int_equal(askf("audit-list token=%s before=%" PRId64
			      " what=wrong-pin",
			     anna, id),
	    MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_non_null(strstr(said("line0"), " wrong-pin ugo 192.0.2.7 -"));
	assert_int_equal(askf("audit-list token=%s from=%" PRId64, anna,
			     now + 1),
	    MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 0);
}

/* Codes are gone, everything else stays. */
static void
reset(void **state)
{
	char t[AUTH_TOKEN + 1], device[AUTH_DEVICE + 1];

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	assert_int_equal(askf("reset-codes"), MEWS_OK);
	assert_int_equal(audits("codes-reset"), 1);
	assert_int_equal(session(t, true), MEWS_NONE);
	assert_int_equal(session(anna, true), MEWS_NONE);
	assert_int_equal(sign_in("anna", PIN), MEWS_DENIED);
	assert_int_equal(unblock("anna", PUK, "62849"), MEWS_DENIED);
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 1);
	assert_int_equal(mews_message_int(&answer, "open", -1), 1);
	assert_string_equal(user("ugo").lang, "it");
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	(void)token(t);
	assert_int_equal(askf("user-list token=%s", t), MEWS_DENIED);
	assert_int_equal(askf("set-codes token=%s pin=%s puk=%s", t, PIN, PUK),
	    MEWS_OK);
	assert_int_equal(sign_in("administrator", PIN), MEWS_OK);
	(void)token(anna);
	refused(by_anna("user-set user=user enabled=1"), "leaflet");
	refused(by_anna("user-pin user=user what=pin pin=62849"), "both");
	refused(by_anna("user-pin user=user what=both pin=62849 "
			"puk=00000111100000"),
	    "puk-obvious");
	assert_int_equal(by_anna("user-pin user=user what=both pin=62849"),
	    MEWS_OK);
	assert_int_equal(sign_in("user", "62849"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 0);
	assert_int_equal(by_anna("user-pin user=anna what=both pin=62849"),
	    MEWS_OK);
	assert_int_equal(sign_in("anna", "62849"), MEWS_OK);
	assert_string_equal(said("role"), "administrator");
}

static void
setting(const char *value)
{
	struct mews_db *db;

	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, NULL),
	    MEWS_OK);
	assert_int_equal(mews_setting_set(db, "setup_minutes", value, NULL),
	    MEWS_OK);
	mews_db_close(db);
}

/* This machine may have been switched on just now: then the window is open. */
static void
window(void **state)
{
	struct timespec ts;
	int64_t up;

	(void)state;
	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	up = (int64_t)ts.tv_sec;
	assert_int_equal(auth_reset_first(&auth, now, NULL), MEWS_OK);
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	now += 2 * HOUR;
	setting("1");
	if (up > 2 * MIN) {
		assert_int_equal(sign_in("administrator", "99999"),
		    MEWS_DENIED);
		assert_int_equal(audits("setup-closed"), 1);
		assert_int_equal(ask("users"), MEWS_OK);
		assert_int_equal(mews_message_int(&answer, "open", -1), 0);
	}
	if (up / MIN + 2 <= 1440) {
		char text[16];

		(void)snprintf(text, sizeof(text), "%d", (int)(up / MIN) + 2);
		setting(text);
		assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	}
	setting("0");
	now += 365 * (int64_t)DAY;
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	setting("1");
	assert_int_equal(ask("reset-codes"), MEWS_OK);
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin_anna, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(adds),
		EACH(only_administrators),
		EACH(sets),
		EACH(last_administrator),
		EACH(gives_codes),
		EACH(own_codes),
		EACH(own_choices),
		EACH(own_sessions),
		EACH(log_is_read),
		EACH(reset),
		cmocka_unit_test_setup_teardown(window, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
