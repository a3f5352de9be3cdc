/*
 * t_account.c - users, sessions, known browsers, addresses and the rings of the
 * security log: lib/account.c, lib/session.c, lib/guard.c, lib/audit.c.
 */
#include "test.h"
#include "account.h"
#include "audit.h"
#include "guard.h"
#include "schema.h"
#include "session.h"

#include <sqlite3.h>
#include <sys/stat.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_db *db;

static int
begin(void **state)
{
	char path[MEWS_PATH];

	(void)state;
	(void)test_folder(folder);
	(void)snprintf(path, sizeof(path), "%s/auth", folder);
	(void)mkdir(path, 0700);
	return (int)mews_schema_open(&place, MEWS_AUTH_DB, MEWS_DB_WRITE, &db,
	    NULL);
}

static int
end(void **state)
{
	(void)state;
	mews_db_close(db);
	test_folder_end(folder);
	return 0;
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(mews_db_use(db, sql, &st, NULL), MEWS_OK);
	assert_int_equal(mews_db_step(db, st, NULL), MEWS_OK);
	n = sqlite3_column_int64(st, 0);
	mews_db_done(st);
	return n;
}

static void
roles(void **state)
{
	enum mews_role r, back = MEWS_USER;

	(void)state;
	for (r = MEWS_USER; r <= MEWS_ADMINISTRATOR; r++) {
		assert_true(mews_role_find(mews_role_name(r), &back));
		assert_int_equal(back, r);
	}
	assert_false(mews_role_find("root", &back));
	assert_false(mews_role_find("", &back));
}

static struct mews_user
someone(const char *name)
{
	struct mews_user u = { .role = MEWS_INSTALLER,
		.lang = "it",
		.theme = "dark",
		.rights = "zone:Ground%20floor device:7",
		.bound = "x",
		.enabled = true,
		.factory = true,
		.pin_failed = 1,
		.failed = 2,
		.changed = 3,
		.last_in = 4 };

	(void)snprintf(u.name, sizeof(u.name), "%s", name);
	memset(u.code[MEWS_PIN].salt, 1, MEWS_SALT);
	memset(u.code[MEWS_PIN].hash, 2, MEWS_HASH);
	memset(u.code[MEWS_PUK].salt, 3, MEWS_SALT);
	memset(u.code[MEWS_PUK].hash, 4, MEWS_HASH);
	return u;
}

static void
same(const struct mews_user *a, const struct mews_user *b)
{
	assert_true(a->id == b->id && a->role == b->role);
	assert_string_equal(a->name, b->name);
	assert_string_equal(a->lang, b->lang);
	assert_string_equal(a->theme, b->theme);
	assert_string_equal(a->rights, b->rights);
	assert_string_equal(a->bound, b->bound);
	assert_true(a->enabled == b->enabled && a->factory == b->factory);
	assert_true(a->pin_failed == b->pin_failed && a->failed == b->failed &&
	    a->changed == b->changed && a->last_in == b->last_in);
	assert_memory_equal(a->code, b->code, sizeof(a->code));
}

static void
users(void **state)
{
	struct mews_user a = someone("anna"), b = someone("bert"), got;
	struct mews_user list[3];
	size_t n;

	(void)state;
	assert_int_equal(mews_user_add(db, &a, NULL), MEWS_OK);
	assert_int_equal(mews_user_add(db, &b, NULL), MEWS_OK);
	assert_int_not_equal(mews_user_add(db, &b, NULL), MEWS_OK);
	assert_int_equal(mews_user_find(db, "anna", &got, NULL), MEWS_OK);
	same(&got, &a);
	b.role = MEWS_ADMINISTRATOR;
	b.enabled = b.factory = false;
	b.pin_failed = b.failed = b.changed = b.last_in = 1LL << 40;
	(void)snprintf(b.lang, sizeof(b.lang), "fr");
	(void)snprintf(b.name, sizeof(b.name), "bob");
	b.theme[0] = b.rights[0] = '\0';
	memset(b.code, 9, sizeof(b.code));
	assert_int_equal(mews_user_save(db, &b, NULL), MEWS_OK);
	assert_int_equal(mews_user_load(db, b.id, &got, NULL), MEWS_OK);
	same(&got, &b);
	assert_int_equal(mews_user_list(db, list, 3, &n, NULL), MEWS_OK);
	assert_int_equal(n, 2);
	same(&list[0], &a);
	same(&list[1], &b);
	assert_int_equal(mews_user_list(db, list, 1, &n, NULL), MEWS_OK);
	assert_int_equal(n, 1);
	assert_int_equal(mews_user_find(db, "Anna", &got, NULL), MEWS_NONE);
	assert_int_equal(mews_user_load(db, 99, &got, NULL), MEWS_NONE);
	b.id = 99;
	assert_int_equal(mews_user_save(db, &b, NULL), MEWS_NONE);
	a = someone("two words");
	assert_int_equal(mews_user_add(db, &a, NULL), MEWS_BAD);
}

static void
rights(void **state)
{
	static const char *const good[] = { "", "zone:Ground%20floor",
		"device:7", "device:7 zone:A-b.c_d~e device:1234567890" };
	static const char *const bad[] = { " ", "zone:", "device:", "device:0",
		"device:07", "device:x", "device:7 ", " device:7",
		"device:7  device:8", "zone:a b", "zone:%2", "zone:%2g",
		"zone:%c3", "zone:a/b", "Zone:a", "all", "device:-1",
		"device:1234567890123456789" };
	char many[MEWS_RIGHTS + 10];
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(good); i++)
		if (!mews_rights_fit(good[i]))
			fail_msg("refused: '%s'", good[i]);
	for (i = 0; i < MEWS_LEN(bad); i++)
		if (mews_rights_fit(bad[i]))
			fail_msg("accepted: '%s'", bad[i]);
	memset(many, 'x', sizeof(many));
	memcpy(many, "zone:", 5);
	many[MEWS_RIGHTS] = '\0';
	assert_true(mews_rights_fit(many));
	many[MEWS_RIGHTS] = 'x';
	many[MEWS_RIGHTS + 1] = '\0';
	assert_false(mews_rights_fit(many));
	assert_true(mews_lang_fits("") && mews_lang_fits("fr"));
	assert_false(mews_lang_fits("de") || mews_theme_fits("black"));
	assert_true(mews_theme_fits("") && mews_theme_fits("dark"));
}

/* The last three are kept, of each user. */
static void
past(void **state)
{
	struct mews_secret got[MEWS_PINS], s;
	size_t n;
	int i;

	(void)state;
	for (i = 1; i <= 5; i++) {
		memset(&s, i, sizeof(s));
		assert_int_equal(mews_pin_add(db, 1, &s, NULL), MEWS_OK);
	}
	memset(&s, 9, sizeof(s));
	assert_int_equal(mews_pin_add(db, 2, &s, NULL), MEWS_OK);
	assert_int_equal(mews_pin_list(db, 1, got, &n, NULL), MEWS_OK);
	assert_int_equal(n, MEWS_PINS);
	for (i = 0; i < MEWS_PINS; i++)
		assert_int_equal(got[i].hash[0], 5 - i);
	assert_int_equal(mews_pin_list(db, 2, got, &n, NULL), MEWS_OK);
	assert_true(n == 1 && got[0].salt[3] == 9);
}

static void
digest(uint8_t out[MEWS_HASH], uint8_t mark)
{
	memset(out, mark, MEWS_HASH);
}

static void
browsers(void **state)
{
	struct mews_browser b = { .user = 1, .used = 100, .failed = 2 }, got;
	uint8_t other[MEWS_HASH];
	int64_t n;

	(void)state;
	digest(b.digest, 1);
	assert_int_equal(mews_browser_put(db, &b, NULL), MEWS_OK);
	assert_int_equal(mews_browser_find(db, b.digest, 1, 100, &got, NULL),
	    MEWS_OK);
	assert_true(got.used == 100 && got.failed == 2 && got.user == 1);
	assert_int_equal(mews_browser_find(db, b.digest, 1, 101, &got, NULL),
	    MEWS_NONE);
	assert_int_equal(mews_browser_find(db, b.digest, 2, 0, &got, NULL),
	    MEWS_NONE);
	b.user = 2;
	assert_int_equal(mews_browser_put(db, &b, NULL), MEWS_OK);
	digest(other, 2);
	assert_int_equal(mews_browser_move(db, b.digest, other, NULL), MEWS_OK);
	assert_int_equal(mews_browser_find(db, b.digest, 1, 0, &got, NULL),
	    MEWS_NONE);
	assert_int_equal(mews_browser_find(db, other, 1, 0, &got, NULL),
	    MEWS_OK);
	assert_int_equal(mews_browser_find(db, other, 2, 0, &got, NULL),
	    MEWS_OK);
	for (n = 10; n < 15; n++) {
		digest(b.digest, (uint8_t)n);
		b.used = 200 + n;
		assert_int_equal(mews_browser_put(db, &b, NULL), MEWS_OK);
	}
	assert_int_equal(mews_browser_trim(db, 2, 3, NULL), MEWS_OK);
	assert_int_equal(mews_browser_count(db, 2, &n, NULL), MEWS_OK);
	assert_int_equal(n, 3);
	assert_int_equal(mews_browser_find(db, other, 2, 0, &got, NULL),
	    MEWS_NONE);
	assert_int_equal(mews_browser_drop(db, 2, NULL), MEWS_OK);
	assert_int_equal(mews_browser_count(db, 2, &n, NULL), MEWS_OK);
	assert_int_equal(n, 0);
	assert_int_equal(mews_browser_count(db, 1, &n, NULL), MEWS_OK);
	assert_int_equal(n, 1);
}

/* More addresses than are remembered push the longest unused out. */
static void
sources(void **state)
{
	struct mews_source s, got;
	int i;

	(void)state;
	assert_int_equal(mews_source_find(db, "192.0.2.1", &got, NULL),
	    MEWS_OK);
	assert_true(got.failed == 0 && got.next == 0 && got.used == 0);
	assert_int_equal(mews_db_begin(db, NULL), MEWS_OK);
	for (i = 0; i <= MEWS_SOURCES; i++) {
		s = (struct mews_source){ .failed = i, .used = 1000 + i };
		(void)snprintf(s.address, sizeof(s.address), "a%d", i);
		assert_int_equal(mews_source_put(db, &s, NULL), MEWS_OK);
	}
	assert_int_equal(mews_db_commit(db, NULL), MEWS_OK);
	assert_true(number("SELECT count(*) FROM source") == MEWS_SOURCES);
	assert_true(number("SELECT min(used) FROM source") == 1001);
	assert_int_equal(mews_source_find(db, "a7", &got, NULL), MEWS_OK);
	assert_true(got.failed == 7 && got.used == 1007);
}

static void
puks(void **state)
{
	int64_t n, first;

	(void)state;
	assert_int_equal(mews_puk_add(db, "a", 0, 100, NULL), MEWS_OK);
	assert_int_equal(mews_puk_add(db, "b", 0, 110, NULL), MEWS_OK);
	assert_int_equal(mews_puk_add(db, "a", 0, 120, NULL), MEWS_OK);
	assert_int_equal(mews_puk_count(db, "a", 0, 120, &n, &first, NULL),
	    MEWS_OK);
	assert_true(n == 2 && first == 100);
	assert_int_equal(mews_puk_count(db, "", 100, 120, &n, &first, NULL),
	    MEWS_OK);
	assert_true(n == 2 && first == 110);
	assert_int_equal(mews_puk_add(db, "b", 110, 130, NULL), MEWS_OK);
	assert_true(number("SELECT count(*) FROM puk") == 2);
}

static struct mews_session
session(uint8_t mark, int64_t user, int64_t begun, int64_t used)
{
	struct mews_session s = { .user = user,
		.begun = begun,
		.used = used,
		.source = "::1" };

	memset(s.digest, mark, sizeof(s.digest));
	memset(s.csrf, mark, sizeof(s.csrf));
	return s;
}

static bool
exists(uint8_t mark)
{
	struct mews_session s = session(mark, 0, 0, 0), got;
	enum mews_rc rc = mews_session_find(db, s.digest, &got, NULL);

	assert_true(rc == MEWS_OK || rc == MEWS_NONE);
	return rc == MEWS_OK;
}

static void
put(uint8_t mark, int64_t user, int64_t begun, int64_t used)
{
	struct mews_session s = session(mark, user, begun, used);

	assert_int_equal(mews_session_add(db, &s, NULL), MEWS_OK);
}

static void
sessions(void **state)
{
	struct mews_session s = session(1, 1, 100, 100), got;

	(void)state;
	put(1, 1, 100, 100);
	assert_int_equal(mews_session_find(db, s.digest, &got, NULL), MEWS_OK);
	assert_memory_equal(got.csrf, s.csrf, sizeof(s.csrf));
	assert_string_equal(got.source, "::1");
	assert_true(got.user == 1 && got.begun == 100 && got.used == 100);
	assert_int_equal(mews_session_touch(db, s.digest, 160, NULL), MEWS_OK);
	assert_int_equal(mews_session_find(db, s.digest, &got, NULL), MEWS_OK);
	assert_true(got.begun == 100 && got.used == 160);
	assert_int_equal(mews_session_end(db, s.digest, NULL), MEWS_OK);
	assert_false(exists(1));
	s.user = 77; /* nobody */
	assert_int_not_equal(mews_session_add(db, &s, NULL), MEWS_OK);
}

static void
ends(void **state)
{
	(void)state;
	put(1, 1, 100, 900);
	put(2, 1, 200, 300);
	put(3, 1, 300, 600);
	put(4, 2, 10, 20);
	assert_int_equal(mews_session_trim(db, 1, 2, NULL), MEWS_OK);
	assert_true(exists(1) && !exists(2) && exists(3) && exists(4));
	put(2, 1, 200, 300);
	assert_int_equal(mews_session_expire(db, 100, 300, NULL), MEWS_OK);
	assert_true(exists(1) && exists(2) && exists(3) && !exists(4));
	assert_int_equal(mews_session_expire(db, 101, 301, NULL), MEWS_OK);
	assert_true(!exists(1) && !exists(2) && exists(3));
	put(4, 2, 10, 20);
	assert_int_equal(mews_session_end_all(db, 1, NULL), MEWS_OK);
	assert_true(!exists(3) && exists(4));
}

/* What strangers cause pushes nothing else out. */
static void
rings(void **state)
{
	struct mews_audit_filter f = { .user = "", .what = "" };
	struct mews_audit got[3];
	size_t n;
	int i;

	(void)state;
	assert_int_equal(mews_audit_add(db, 1, "sign-in", "anna", NULL, "::1",
			     NULL),
	    MEWS_OK);
	assert_int_equal(mews_audit_add(db, 1, "user-added", "anna", "bob",
			     NULL, NULL),
	    MEWS_OK);
	assert_int_equal(mews_audit_add(db, 1, "nothing", "", NULL, NULL, NULL),
	    MEWS_FAIL);
	assert_int_equal(mews_db_begin(db, NULL), MEWS_OK);
	for (i = 1; i <= MEWS_AUDIT_MOST + 128; i++)
		assert_int_equal(mews_audit_add(db, i, "wrong-pin", "x", NULL,
				     "::1", NULL),
		    MEWS_OK);
	assert_int_equal(mews_db_commit(db, NULL), MEWS_OK);
	assert_in_range(number("SELECT count(*) FROM audit WHERE stranger = 1"),
	    MEWS_AUDIT_MOST, MEWS_AUDIT_MOST + 64);
	assert_true(
	    number("SELECT max(t) FROM audit") == MEWS_AUDIT_MOST + 128);
	assert_int_equal(mews_audit_read(db, &f, got, 3, &n, NULL), MEWS_OK);
	assert_true(n == 3 && got[0].t == MEWS_AUDIT_MOST + 128);
	assert_string_equal(got[2].what, "wrong-pin");
	f.before = got[2].id;
	assert_int_equal(mews_audit_read(db, &f, got, 1, &n, NULL), MEWS_OK);
	assert_true(n == 1 && got[0].t == MEWS_AUDIT_MOST + 125);
	f = (struct mews_audit_filter){ .user = "bob", .what = "" };
	assert_int_equal(mews_audit_read(db, &f, got, 3, &n, NULL), MEWS_OK);
	assert_int_equal(n, 1);
	assert_string_equal(got[0].user, "anna");
	assert_string_equal(got[0].about, "bob");
	f = (struct mews_audit_filter){ .user = "",
		.what = "sign-in",
		.to = 1 };
	assert_int_equal(mews_audit_read(db, &f, got, 3, &n, NULL), MEWS_OK);
	assert_int_equal(n, 0);
	f.to = 2;
	assert_int_equal(mews_audit_read(db, &f, got, 3, &n, NULL), MEWS_OK);
	assert_int_equal(n, 1);
	assert_string_equal(got[0].source, "::1");
}

/* Who is removed leaves nothing but the log. */
static void
removed(void **state)
{
	(void)state;
	put(8, 2, 10, 20);
	assert_true(number("SELECT count(*) FROM past WHERE user = 2") == 1);
	assert_int_equal(mews_user_remove(db, 2, NULL), MEWS_OK);
	assert_false(exists(8));
	assert_true(number("SELECT count(*) FROM past WHERE user = 2") == 0);
	assert_int_equal(mews_user_remove(db, 2, NULL), MEWS_NONE);
}

/* A row that something else wrote is refused, not believed. */
static void
damaged(void **state)
{
	struct mews_user u;

	(void)state;
	assert_int_equal(mews_db_exec(db,
			     "UPDATE user SET pin_hash = x'00' WHERE id = 1",
			     NULL),
	    MEWS_OK);
	assert_int_equal(mews_user_load(db, 1, &u, NULL), MEWS_FAIL);
	assert_int_equal(mews_db_exec(db, "UPDATE user SET role = 9", NULL),
	    MEWS_OK);
	assert_int_equal(mews_user_find(db, "anna", &u, NULL), MEWS_FAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles),
		cmocka_unit_test(users),
		cmocka_unit_test(rights),
		cmocka_unit_test(past),
		cmocka_unit_test(browsers),
		cmocka_unit_test(sources),
		cmocka_unit_test(puks),
		cmocka_unit_test(sessions),
		cmocka_unit_test(ends),
		cmocka_unit_test(rings),
		cmocka_unit_test(removed),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
