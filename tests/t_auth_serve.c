/*
 * t_auth_serve.c - tries, blocks, waits, sessions and users on a clock that the
 * test sets: daemon/auth_*.c below the door.
 */
#include "auth_fixture.h"
#include "auth_pace.h"
#include "auth_source.h"

/* As from the parcel: only the administrator gets in, only to set codes. */
static void
factory(void **state)
{
	char t[AUTH_TOKEN + 1], line[160];
	char pin[AUTH_PIN + 1];
	struct mews_user u;
	size_t i;

	(void)state;
	assert_int_equal(auth_reset_first(&auth, now, NULL), MEWS_OK);
	assert_int_equal(auth_reset_first(&auth, now, NULL), MEWS_OK);
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 1);
	assert_string_equal(mews_message_get(&answer, "name0"),
	    "administrator");
	for (i = 0; i < AUTH_LEAFLETS; i++) {
		auth_leaflet_pin(&auth_leaflet[i], pin);
		assert_int_equal(sign_in(auth_leaflet[i].user, pin),
		    auth_leaflet[i].role == MEWS_ADMINISTRATOR ? MEWS_OK
							       : MEWS_DENIED);
	}
	assert_int_equal(unblock("user", "00000111100000", PIN), MEWS_DENIED);
	/* not even when something enabled them */
	u = user("user");
	u.enabled = true;
	assert_int_equal(mews_user_save(auth.db, &u, NULL), MEWS_OK);
	assert_int_equal(sign_in("user", "11111"), MEWS_DENIED);
	assert_int_equal(unblock("user", "00000111100000", PIN), MEWS_DENIED);
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 1);
	(void)token(t);
	(void)snprintf(line, sizeof(line),
	    "set-codes token=%s pin=12345 puk=%s", t, PUK);
	assert_int_equal(ask(line), MEWS_BAD);
	assert_string_equal(mews_message_get(&answer, "why"), "pin-obvious");
	(void)snprintf(line, sizeof(line),
	    "set-codes token=%s pin=%s puk=00000999900000", t, PIN);
	assert_int_equal(ask(line), MEWS_BAD);
	assert_string_equal(mews_message_get(&answer, "why"), "puk-obvious");
	assert_int_equal(sign_in("administrator", "99999"), MEWS_OK);
	(void)snprintf(line, sizeof(line), "set-codes token=%s pin=%s puk=%s",
	    t, PIN, PUK);
	assert_int_equal(ask(line), MEWS_OK);
	assert_int_equal(audits("codes-set"), 1);
	assert_int_equal(session(t, false), MEWS_NONE);
	assert_int_equal(ask(line), MEWS_DENIED);
	assert_int_equal(sign_in("administrator", "99999"), MEWS_DENIED);
	assert_int_equal(sign_in("administrator", PIN), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 0);
	/* outside the factory state it is refused */
	(void)snprintf(line, sizeof(line), "set-codes token=%s pin=%s puk=%s",
	    token(t), "73519", PUK);
	assert_int_equal(ask(line), MEWS_DENIED);
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 1);
	assert_int_equal(mews_message_int(&answer, "factory", -1), 0);
	assert_int_equal(sign_in("user", "11111"), MEWS_DENIED);
}

static void
lists_who_can(void **state)
{
	struct mews_user u = user("inge");

	(void)state;
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 3);
	assert_string_equal(mews_message_get(&answer, "name1"), "inge");
	assert_string_equal(mews_message_get(&answer, "role1"), "installer");
	assert_string_equal(mews_message_get(&answer, "lang1"), "it");
	u.enabled = false;
	assert_int_equal(mews_user_save(auth.db, &u, NULL), MEWS_OK);
	assert_int_equal(ask("users"), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "n", -1), 2);
	assert_string_equal(mews_message_get(&answer, "name1"), "ugo");
	assert_int_equal(sign_in("inge", PIN), MEWS_DENIED);
}

static void
five_wrong_pins(void **state)
{
	char t[AUTH_TOKEN + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	for (i = 1; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(sign_in("ugo", "73519"), MEWS_DENIED);
	/* the right one in time clears the count and tells it */
	now += 5;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "failed", -1), 4);
	assert_int_equal(mews_message_int(&answer, "last", -1), T0);
	assert_int_equal(user("ugo").pin_failed, 0);
	assert_int_equal(audits("pin-blocked"), 0);
	for (i = 0; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(sign_in("ugo", "73519"), MEWS_DENIED);
	assert_int_equal(audits("pin-blocked"), 1);
	/* blocked: the right one is refused, today and next year */
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	now += 365 * (int64_t)DAY;
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	assert_int_equal(audits("pin-is-blocked"), 2);
	now = T0 + 10;
	/* who is in stays in, and others come in */
	assert_int_equal(session(t, false), MEWS_OK);
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	/* the PUK opens it with a new PIN, and who was in is out */
	assert_int_equal(unblock("ugo", PUK, "73920"), MEWS_BAD);
	assert_string_equal(mews_message_get(&answer, "why"), "pin-in-puk");
	assert_int_equal(unblock("ugo", PUK, "62849"), MEWS_OK);
	assert_int_equal(audits("pin-set-by-puk"), 1);
	assert_int_equal(session(t, false), MEWS_NONE);
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	assert_int_equal(sign_in("ugo", "62849"), MEWS_OK);
}

/* PUKs of an address: six an hour, on any day, and never blocked. */
static void
wrong_puks(void **state)
{
	int64_t looked;
	int i;

	(void)state;
	for (i = 0; i < AUTH_PUK_SOURCE; i++)
		assert_int_equal(unblock_from("10.9.9.9", "ugo",
				     "12340164850917", "62849"),
		    MEWS_DENIED);
	assert_int_equal(mews_message_int(&answer, "wait", -1), AUTH_PUK_HOUR);
	assert_int_equal(unblock_from("10.9.9.9", "ugo", PUK, "62849"),
	    MEWS_AGAIN);
	assert_int_equal(audits("puk-waits"), 1);
	/* a guess a minute for a day: six an hour are looked at */
	looked = audits("wrong-puk");
	for (i = 0; i < 24 * 60; i++) {
		now += MIN;
		assert_in_range(unblock_from("10.9.9.9", "ugo",
				    "12340164850917", "62849"),
		    MEWS_DENIED, MEWS_AGAIN);
	}
	assert_in_range(audits("wrong-puk") - looked, 23 * 6, 24 * 6 + 1);
	/* from there the right one has to wait for its turn, and gets it */
	now += HOUR;
	assert_int_equal(unblock_from("10.9.9.9", "ugo", PUK, "62849"),
	    MEWS_OK);
	assert_int_equal(sign_in("ugo", "62849"), MEWS_OK);
}

/* Of all addresses sixty an hour; who is known in a browser does not wait for
 * strangers. */
static void
puks_of_many(void **state)
{
	char device[AUTH_DEVICE + 1];
	int i, looked = 0;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	for (i = 0; i < 1000; i++) {
		now += 2;
		if (unblock("ugo", "12340164850917", "62849") == MEWS_DENIED)
			looked++;
		else
			assert_in_range(mews_message_int(&answer, "wait", -1),
			    1, AUTH_PUK_HOUR);
	}
	assert_int_equal(looked, AUTH_PUK_ALL);
	assert_int_equal(unblock("ugo", PUK, "62849"), MEWS_AGAIN);
	assert_int_equal(askf("unblock user=ugo puk=%s pin=62849 "
			      "source=10.9.9.9 device=%s",
			     PUK, device),
	    MEWS_OK);
	/* a clock set back by years leaves no wait of years */
	now -= 365 * (int64_t)DAY;
	assert_int_equal(unblock("ugo", PUK, "48162"), MEWS_OK);
}

/* 3 free, then 5, 10, 20 ... 900 s, whoever is tried. */
static void
address_waits(void **state)
{
	static const int waits[] = { 0, 0, 5, 10, 20, 40, 80, 160, 320, 640,
		900, 900 };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(waits); i++) {
		assert_int_equal(sign_in_from("10.9.9.9", "nobody", PIN),
		    MEWS_DENIED);
		assert_int_equal(mews_message_int(&answer, "wait", -1),
		    waits[i]);
		if (waits[i] == 0)
			continue;
		now += waits[i] - 1;
		assert_int_equal(sign_in_from("10.9.9.9", "ugo", PIN),
		    MEWS_AGAIN);
		assert_int_equal(mews_message_int(&answer, "wait", -1), 1);
		now++;
	}
	assert_int_equal(audits("unknown-user"), MEWS_LEN(waits));
	assert_in_range(audits("source-waits"), 3, 5);
	/* the right one after the wait clears it */
	assert_int_equal(sign_in_from("10.9.9.9", "ugo", PIN), MEWS_OK);
	assert_int_equal(sign_in_from("10.9.9.9", "ugo", "73519"), MEWS_DENIED);
	assert_int_equal(mews_message_int(&answer, "wait", -1), 0);
	/* half an IPv6 address is the visitor's to choose */
	for (i = 0; i < AUTH_SOURCE_FREE; i++)
		assert_int_equal(askf("sign-in user=nobody pin=%s "
				      "source=2001:db8:1:2::%zx",
				     PIN, i + 1),
		    MEWS_DENIED);
	assert_int_equal(sign_in_from("2001:db8:1:2:3::1", "ugo", PIN),
	    MEWS_AGAIN);
	assert_int_equal(sign_in_from("2001:db8:1:3::1", "ugo", PIN), MEWS_OK);
	/* a clock set back by years leaves no wait of years */
	now -= 365 * (int64_t)DAY;
	assert_int_equal(sign_in_from("2001:db8:1:2:3::1", "ugo", PIN),
	    MEWS_OK);
}

static enum mews_rc
sign_in_with(const char *device, const char *source, const char *user,
    const char *pin)
{
	return askf("sign-in user=%s pin=%s source=%s device=%s", user, pin,
	    source, device);
}

/* A browser that was in has tries of its own, and is no way in. */
static void
known_browser(void **state)
{
	char mine[AUTH_DEVICE + 1], old[AUTH_DEVICE + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(old, sizeof(old), "%s", said("device"));
	assert_int_equal(strlen(old), AUTH_DEVICE);
	/* it changes, and the one before is worth nothing */
	assert_int_equal(sign_in_with(old, "10.9.9.9", "ugo", PIN), MEWS_OK);
	(void)snprintf(mine, sizeof(mine), "%s", said("device"));
	assert_string_not_equal(mine, old);
	/* strangers block the PIN for themselves, from the owner's address too */
	for (i = 0; i < AUTH_PIN_TRIES; i++) {
		now += 60;
		assert_int_equal(sign_in_from("10.9.9.9", "ugo", "73519"),
		    MEWS_DENIED);
	}
	assert_int_equal(audits("pin-blocked"), 1);
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	assert_int_equal(sign_in_with(old, elsewhere(), "ugo", PIN),
	    MEWS_DENIED);
	/* the owner sees neither block nor wait, and is told of them */
	assert_int_equal(sign_in_with(mine, "10.9.9.9", "ugo", PIN), MEWS_OK);
	assert_int_equal(mews_message_int(&answer, "failed", -1), 5);
	(void)snprintf(mine, sizeof(mine), "%s", said("device"));
	/* which does not open it for others */
	assert_int_equal(sign_in("ugo", PIN), MEWS_DENIED);
	/* nor for another user in the same browser */
	assert_int_equal(sign_in_with(mine, elsewhere(), "inge", "73519"),
	    MEWS_DENIED);
	assert_int_equal(user("inge").pin_failed, 1);
	/* five wrong ones there block that browser alone */
	for (i = 0; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(sign_in_with(mine, "10.9.9.8", "ugo", "73519"),
		    MEWS_DENIED);
	assert_int_equal(audits("browser-blocked"), 1);
	assert_int_equal(sign_in_with(mine, elsewhere(), "ugo", PIN),
	    MEWS_DENIED);
	/* a PIN set by the PUK knows no browser but the one that set it */
	assert_int_equal(unblock("ugo", PUK, "62849"), MEWS_OK);
	(void)snprintf(old, sizeof(old), "%s", said("device"));
	for (i = 0; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(sign_in("ugo", "73519"), MEWS_DENIED);
	assert_int_equal(sign_in_with(mine, elsewhere(), "ugo", "62849"),
	    MEWS_DENIED);
	assert_int_equal(sign_in_with(old, elsewhere(), "ugo", "62849"),
	    MEWS_OK);
	/* nor after half a year */
	(void)snprintf(mine, sizeof(mine), "%s", said("device"));
	now += 181 * (int64_t)DAY;
	assert_int_equal(sign_in_with(mine, elsewhere(), "ugo", "62849"),
	    MEWS_DENIED);
}

/* Twenty at once and one a second, from wherever they come: a hash is slow. */
static void
storm(void **state)
{
	struct auth_pace pace = { .t = 0 };
	char device[AUTH_DEVICE + 1];
	int i, looked = 0;

	(void)state;
	auth.pace = &pace;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	for (i = 0; i < 500; i++) {
		now += i % 50 == 0;
		if (sign_in("nobody", PIN) == MEWS_DENIED)
			looked++;
		else
			assert_int_equal(mews_message_int(&answer, "wait", -1),
			    1);
	}
	assert_int_equal(looked, AUTH_PACE_MOST + 9 * AUTH_PACE_RATE);
	assert_int_equal(audits("storm"), 1);
	assert_int_equal(sign_in("inge", PIN), MEWS_AGAIN);
	/* who is known does not wait */
	assert_int_equal(sign_in_with(device, elsewhere(), "ugo", PIN),
	    MEWS_OK);
	/* right ones cost nothing */
	now += 1;
	for (i = 0; i < 2 * AUTH_PACE_MOST; i++)
		assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	/* a clock set back does not close it */
	for (i = 0; i < AUTH_PACE_MOST; i++)
		(void)sign_in("nobody", PIN);
	assert_int_equal(sign_in("inge", PIN), MEWS_AGAIN);
	now -= DAY;
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
}

/* Two users of one browser are both known in it. */
static void
shared_browser(void **state)
{
	char device[AUTH_DEVICE + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	assert_int_equal(sign_in_with(device, elsewhere(), "inge", PIN),
	    MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	for (i = 0; i < AUTH_PIN_TRIES; i++) {
		assert_int_equal(sign_in("ugo", "73519"), MEWS_DENIED);
		assert_int_equal(sign_in("inge", "73519"), MEWS_DENIED);
	}
	assert_int_equal(sign_in_with(device, elsewhere(), "ugo", PIN),
	    MEWS_OK);
	(void)snprintf(device, sizeof(device), "%s", said("device"));
	assert_int_equal(sign_in_with(device, elsewhere(), "inge", PIN),
	    MEWS_OK);
}

/* Of work, which is what differs: time on a busy machine tells nothing. */
static double
seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* The quickest of a few, which load on the machine does not make slower. */
static double
quickest(const char *name, const char *pin)
{
	double best = 1e9, t;
	int i;

	for (i = 0; i < 6; i++) {
		t = seconds();
		assert_int_equal(sign_in(name, pin), MEWS_DENIED);
		t = seconds() - t;
		best = t < best ? t : best;
	}
	return best;
}

/* Unknown, wrong, blocked: the same answer in the same time. */
static void
all_alike(void **state)
{
	static const char *const names[] = { "nobody", "ugo", "ugo" };
	struct mews_buf first = { 0 }, out = { 0 };
	double t[MEWS_LEN(names)];
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(names); i++) {
		t[i] = quickest(names[i], i == 1 ? "73519" : PIN);
		mews_buf_reset(&out);
		assert_int_equal(mews_message_write(&answer, &out, NULL),
		    MEWS_OK);
		if (i == 0)
			mews_buf_put(&first, out.s, out.n);
		assert_string_equal(out.s, first.s);
		assert_true(t[i] < 2 * t[0] && t[0] < 2 * t[i]);
	}
	assert_int_equal(audits("unknown-user"), 6);
	assert_int_equal(audits("wrong-pin"), 18);
	mews_buf_clear(&first);
	mews_buf_clear(&out);
}

/* Idle and absolute limits of each role, to the second. */
static void
limits(void **state)
{
	static const struct {
		const char *name;
		int64_t idle, whole;
	} rows[] = {
		{ "anna", 30 * MIN, 12 * HOUR },
		{ "inge", 30 * MIN, 12 * HOUR },
		{ "ugo", 12 * HOUR, 30 * DAY },
	};
	char t[AUTH_TOKEN + 1];
	int64_t begun;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(sign_in(rows[i].name, PIN), MEWS_OK);
		(void)token(t);
		begun = now;
		now += rows[i].idle - 1;
		assert_int_equal(session(t, false), MEWS_OK);
		assert_int_equal(mews_message_int(&answer, "begun", -1), begun);
		assert_int_equal(mews_message_int(&answer, "last", -1), now);
		/* a page that only refreshes itself does not keep it */
		now += rows[i].idle - 1;
		assert_int_equal(session(t, true), MEWS_OK);
		now += 1;
		assert_int_equal(session(t, true), MEWS_NONE);
		assert_int_equal(session(t, false), MEWS_NONE);
		/* in use all the time, it ends all the same */
		assert_int_equal(sign_in(rows[i].name, PIN), MEWS_OK);
		(void)token(t);
		begun = now;
		while (now + rows[i].idle / 2 < begun + rows[i].whole) {
			now += rows[i].idle / 2;
			assert_int_equal(session(t, false), MEWS_OK);
		}
		now = begun + rows[i].whole - 1;
		assert_int_equal(session(t, false), MEWS_OK);
		now++;
		assert_int_equal(session(t, false), MEWS_NONE);
	}
}

static void
use_is_written_once_a_minute(void **state)
{
	char t[AUTH_TOKEN + 1];
	int i, writes = 0;
	int64_t last = now, l;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	for (i = 0; i < 600; i++) {
		now++;
		assert_int_equal(session(t, false), MEWS_OK);
		l = mews_message_int(&answer, "last", -1);
		writes += l != last;
		last = l;
	}
	assert_int_equal(writes, 10);
}

static void
clock_set_back(void **state)
{
	char t[AUTH_TOKEN + 1];

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(t);
	now -= 60;
	assert_int_equal(session(t, false), MEWS_OK);
	now -= DAY;
	assert_int_equal(session(t, false), MEWS_NONE);
}

static void
nine_sessions(void **state)
{
	char t[AUTH_SESSIONS + 1][AUTH_TOKEN + 1], other[AUTH_TOKEN + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	(void)token(other);
	for (i = 0; i <= AUTH_SESSIONS; i++) {
		now++;
		assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
		(void)token(t[i]);
	}
	for (i = 0; i <= AUTH_SESSIONS; i++)
		assert_int_equal(session(t[i], true),
		    i == 0 ? MEWS_NONE : MEWS_OK);
	assert_int_equal(session(other, true), MEWS_OK);
}

static void
tokens(void **state)
{
	char a[AUTH_TOKEN + 1], b[AUTH_TOKEN + 1], csrf[33];
	static const char sql[] =
	    "SELECT count(*) FROM session WHERE instr(digest, ?) > 0";
	sqlite3_stmt *st;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(a);
	(void)snprintf(csrf, sizeof(csrf), "%s",
	    mews_message_get(&answer, "csrf"));
	assert_int_equal(strlen(csrf), 32);
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(b);
	assert_string_not_equal(a, b);
	assert_string_not_equal(csrf, mews_message_get(&answer, "csrf"));
	assert_int_equal(session(a, false), MEWS_OK);
	assert_string_equal(csrf, mews_message_get(&answer, "csrf"));
	assert_string_equal("user", mews_message_get(&answer, "role"));
	/* the table does not hold what the browser does */
	assert_int_equal(mews_db_use(auth.db, sql, &st, NULL), MEWS_OK);
	(void)sqlite3_bind_blob(st, 1, a, AUTH_TOKEN, SQLITE_STATIC);
	assert_int_equal(mews_db_step(auth.db, st, NULL), MEWS_OK);
	assert_int_equal(sqlite3_column_int(st, 0), 0);
	mews_db_done(st);
	a[0] = a[0] == 'A' ? 'B' : 'A';
	assert_int_equal(session(a, false), MEWS_NONE);
}

static void
ends(void **state)
{
	char a[AUTH_TOKEN + 1], line[96];
	struct mews_user u;

	(void)state;
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)snprintf(line, sizeof(line), "sign-out token=%s", token(a));
	assert_int_equal(ask(line), MEWS_OK);
	assert_int_equal(session(a, false), MEWS_NONE);
	assert_int_equal(ask(line), MEWS_OK);
	assert_int_equal(audits("sign-out"), 1);
	/* who is disabled is out at once */
	assert_int_equal(sign_in("ugo", PIN), MEWS_OK);
	(void)token(a);
	u = user("ugo");
	u.enabled = false;
	assert_int_equal(mews_user_save(auth.db, &u, NULL), MEWS_OK);
	assert_int_equal(session(a, false), MEWS_NONE);
	/* the sweep leaves what may still live */
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	(void)token(a);
	assert_int_equal(auth_session_sweep(&auth, now, NULL), MEWS_OK);
	assert_int_equal(session(a, true), MEWS_OK);
	assert_int_equal(auth_session_sweep(&auth, now + 13 * HOUR, NULL),
	    MEWS_OK);
	assert_int_equal(session(a, true), MEWS_NONE);
}

static enum mews_rc
confirm(const char *token, const char *pin)
{
	char line[160];

	(void)snprintf(line, sizeof(line), "confirm token=%s pin=%s source=::1",
	    token, pin);
	return ask(line);
}

static enum mews_rc
spend(const char *token, const char *ticket)
{
	char line[160];

	(void)snprintf(line, sizeof(line), "spend token=%s ticket=%s", token,
	    ticket);
	return ask(line);
}

/* Copies the ticket of the last answer. */
static char *
ticket(char out[AUTH_TOKEN + 1])
{
	(void)snprintf(out, AUTH_TOKEN + 1, "%s",
	    mews_message_get(&answer, "ticket"));
	assert_int_equal(strlen(out), AUTH_TOKEN);
	return out;
}

/* Good once, in its session, for a minute. */
static void
tickets(void **state)
{
	char inge[AUTH_TOKEN + 1], anna[AUTH_TOKEN + 1], t[AUTH_TOKEN + 1];
	char line[128];

	(void)state;
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	(void)token(inge);
	assert_int_equal(sign_in("anna", PIN), MEWS_OK);
	(void)token(anna);
	assert_int_equal(confirm(inge, PIN), MEWS_OK);
	(void)ticket(t);
	assert_int_equal(audits("confirmed"), 1);
	assert_int_equal(spend(anna, t), MEWS_DENIED);
	assert_int_equal(spend(inge, inge), MEWS_DENIED);
	assert_int_equal(spend(inge, t), MEWS_OK);
	assert_int_equal(spend(inge, t), MEWS_DENIED);
	/* an old one, and one that is older than the clock */
	assert_int_equal(confirm(inge, PIN), MEWS_OK);
	(void)ticket(t);
	now += AUTH_TICKET_S + 1;
	assert_int_equal(spend(inge, t), MEWS_DENIED);
	assert_int_equal(confirm(inge, PIN), MEWS_OK);
	(void)ticket(t);
	now -= 1;
	assert_int_equal(spend(inge, t), MEWS_DENIED);
	now += 1;
	assert_int_equal(spend(inge, t), MEWS_OK);
	/* it ends with the session, and nobody else has one */
	assert_int_equal(confirm(inge, PIN), MEWS_OK);
	(void)ticket(t);
	(void)snprintf(line, sizeof(line), "sign-out token=%s", inge);
	assert_int_equal(ask(line), MEWS_OK);
	assert_int_equal(spend(inge, t), MEWS_DENIED);
	assert_int_equal(confirm(inge, PIN), MEWS_DENIED);
}

/* A wrong PIN counts as at sign-in, a right one clears the count. */
static void
confirm_counts(void **state)
{
	char inge[AUTH_TOKEN + 1], mine[AUTH_DEVICE + 1];
	int i;

	(void)state;
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
	(void)token(inge);
	(void)snprintf(mine, sizeof(mine), "%s", said("device"));
	assert_int_equal(confirm(inge, "73519"), MEWS_DENIED);
	assert_int_equal(user("inge").pin_failed, 0);
	assert_int_equal(user("inge").failed, 1);
	assert_int_equal(audits("wrong-pin"), 1);
	assert_int_equal(confirm(inge, PIN), MEWS_OK);
	/* five wrong ones end the session, and its browser needs the PUK */
	for (i = 0; i < AUTH_PIN_TRIES; i++)
		assert_int_equal(confirm(inge, "73519"), MEWS_DENIED);
	assert_int_equal(audits("browser-blocked"), 1);
	assert_int_equal(session(inge, true), MEWS_NONE);
	assert_int_equal(confirm(inge, PIN), MEWS_DENIED);
	assert_string_equal(said("ticket"), "");
	assert_int_equal(sign_in_with(mine, elsewhere(), "inge", PIN),
	    MEWS_DENIED);
	/* which is no way to lock its owner out */
	assert_int_equal(sign_in("inge", PIN), MEWS_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(factory, begin, end),
		cmocka_unit_test_setup_teardown(lists_who_can,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(five_wrong_pins,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(wrong_puks, begin_commissioned,
		    end),
		cmocka_unit_test_setup_teardown(puks_of_many,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(address_waits,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(known_browser,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(storm, begin_commissioned, end),
		cmocka_unit_test_setup_teardown(shared_browser,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(all_alike, begin_commissioned,
		    end),
		cmocka_unit_test_setup_teardown(limits, begin_commissioned,
		    end),
		cmocka_unit_test_setup_teardown(use_is_written_once_a_minute,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(clock_set_back,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(nine_sessions,
		    begin_commissioned, end),
		cmocka_unit_test_setup_teardown(tokens, begin_commissioned,
		    end),
		cmocka_unit_test_setup_teardown(ends, begin_commissioned, end),
		cmocka_unit_test_setup_teardown(tickets, begin_commissioned,
		    end),
		cmocka_unit_test_setup_teardown(confirm_counts,
		    begin_commissioned, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
