/*
 * t_account.c - users, sessions and the ring of the security log:
 * lib/account.c.
 */
#include "test.h"
#include "account.h"
#include "schema.h"

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
		.enabled = true,
		.factory = true,
		.pin_failed = 1,
		.puk_failed = 2,
		.puk_next = 3,
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
	assert_true(a->enabled == b->enabled && a->factory == b->factory);
	assert_true(a->pin_failed == b->pin_failed &&
	    a->puk_failed == b->puk_failed && a->puk_next == b->puk_next &&
	    a->last_in == b->last_in);
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
	b.pin_failed = b.puk_failed = b.puk_next = b.last_in = 1LL << 40;
	(void)snprintf(b.lang, sizeof(b.lang), "fr");
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

/* Line 10,001 pushes out the first. */
static void
ring(void **state)
{
	int i;

	(void)state;
	assert_int_equal(mews_db_begin(db, NULL), MEWS_OK);
	for (i = 1; i <= 10001; i++)
		assert_int_equal(mews_audit_add(db, i, "wrong-pin", "x", "::1",
				     NULL),
		    MEWS_OK);
	assert_int_equal(mews_db_commit(db, NULL), MEWS_OK);
	assert_true(number("SELECT count(*) FROM audit") == 10000);
	assert_true(number("SELECT min(t) FROM audit") == 2);
	assert_true(number("SELECT max(t) FROM audit") == 10001);
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
	assert_int_equal(mews_user_load(db, 2, &u, NULL), MEWS_FAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles),
		cmocka_unit_test(users),
		cmocka_unit_test(sessions),
		cmocka_unit_test(ends),
		cmocka_unit_test(ring),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
