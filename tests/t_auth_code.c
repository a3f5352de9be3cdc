/*
 * t_auth_code.c - hashes, the pepper's file, and codes that may not be chosen:
 * daemon/auth_code.c and daemon/auth_rule.c.
 */
#include "test.h"
#include "auth_code.h"
#include "auth_rule.h"

#include <argon2.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

static unsigned
mode(const char *path)
{
	struct stat s;

	assert_int_equal(stat(path, &s), 0);
	return s.st_mode & 07777;
}

static struct auth
opened(void)
{
	struct auth a;
	struct mews_err err;

	if (auth_code_open(&place, &a, &err) != MEWS_OK)
		fail_msg("%s", err.text);
	return a;
}

static void
pepper(void **state)
{
	char path[MEWS_PATH], hidden[MEWS_PATH + 8];
	struct auth a = opened(), b;
	struct mews_user u = { .name = "anna", .lang = "en" };
	struct mews_err err;
	uint8_t none[AUTH_PEPPER] = { 0 };
	FILE *f;

	(void)state;
	assert_memory_not_equal(a.pepper, none, sizeof(none));
	(void)snprintf(path, sizeof(path), "%s/auth", folder);
	assert_int_equal(mode(path), 0700);
	(void)mews_place_path(&place, MEWS_PEPPER, path);
	assert_int_equal(mode(path), 0400);
	/* the same one again */
	auth_code_close(&a);
	b = opened();
	auth_code_close(&b);
	a = opened();
	assert_int_equal(mews_user_add(a.db, &u, NULL), MEWS_OK);
	memcpy(none, a.pepper, sizeof(none));
	auth_code_close(&a);
	a = opened();
	assert_memory_equal(a.pepper, none, sizeof(none));
	auth_code_close(&a);
	/* gone while there are users; damaged */
	(void)snprintf(hidden, sizeof(hidden), "%s.away", path);
	assert_int_equal(rename(path, hidden), 0);
	assert_int_equal(auth_code_open(&place, &a, &err), MEWS_FAIL);
	assert_non_null(strstr(err.text, "is gone"));
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fputs("short", f);
	(void)fclose(f);
	assert_int_equal(auth_code_open(&place, &a, &err), MEWS_FAIL);
	assert_int_equal(rename(hidden, path), 0);
}

/* A damaged auth.db must not turn into a new box with the leaflet's codes. */
static void
damaged(void **state)
{
	char path[MEWS_PATH], wal[MEWS_PATH + 8];
	struct mews_err err;
	struct auth a;
	FILE *f;

	(void)state;
	(void)mews_place_path(&place, MEWS_AUTH_DB, path);
	(void)snprintf(wal, sizeof(wal), "%s-wal", path);
	assert_int_equal(unlink(wal), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fprintf(f, "%01000d", 0);
	(void)fclose(f);
	assert_int_equal(auth_code_open(&place, &a, &err), MEWS_BAD);
	assert_non_null(strstr(err.text, "auth.db"));
}

/* Computed once more by the libraries' other entry points. */
static void
hash_is_what_is_written(void **state)
{
	static const char text[] = "anna|48261";
	struct mews_user u = { .name = "anna" };
	uint8_t key[32], is[MEWS_HASH];
	struct auth a = opened();

	(void)state;
	assert_int_equal(auth_code_set(&a, &u, MEWS_PIN, "48261", NULL),
	    MEWS_OK);
	assert_non_null(HMAC(EVP_sha256(), a.pepper, AUTH_PEPPER,
	    (const unsigned char *)text, strlen(text), key, NULL));
	assert_int_equal(argon2id_hash_raw(2, 19456, 1, key, sizeof(key),
			     u.code[MEWS_PIN].salt, MEWS_SALT, is, sizeof(is)),
	    ARGON2_OK);
	assert_memory_equal(is, u.code[MEWS_PIN].hash, MEWS_HASH);
	auth_code_close(&a);
}

static void
right_and_wrong(void **state)
{
	struct mews_user u = { .name = "anna" }, v;
	struct auth a = opened();

	(void)state;
	assert_int_equal(auth_code_set(&a, &u, MEWS_PIN, "48261", NULL),
	    MEWS_OK);
	assert_int_equal(auth_code_set(&a, &u, MEWS_PUK, "73920164850917",
			     NULL),
	    MEWS_OK);
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PIN], "48261",
			     NULL),
	    MEWS_OK);
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PUK],
			     "73920164850917", NULL),
	    MEWS_OK);
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PIN], "48262",
			     NULL),
	    MEWS_DENIED);
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PIN], "", NULL),
	    MEWS_DENIED);
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PUK], "48261",
			     NULL),
	    MEWS_DENIED);
	/* the same code has another salt, and is another user's no more */
	v = u;
	assert_int_equal(auth_code_set(&a, &v, MEWS_PIN, "48261", NULL),
	    MEWS_OK);
	assert_memory_not_equal(v.code[MEWS_PIN].salt, u.code[MEWS_PIN].salt,
	    MEWS_SALT);
	assert_memory_not_equal(v.code[MEWS_PIN].hash, u.code[MEWS_PIN].hash,
	    MEWS_HASH);
	(void)snprintf(v.name, sizeof(v.name), "bert");
	assert_int_equal(auth_code_check(&a, &v, &v.code[MEWS_PIN], "48261",
			     NULL),
	    MEWS_DENIED);
	/* nor with another pepper */
	a.pepper[0] ^= 1;
	assert_int_equal(auth_code_check(&a, &u, &u.code[MEWS_PIN], "48261",
			     NULL),
	    MEWS_DENIED);
	auth_code_close(&a);
}

/* Five digits written down the slow way: what is obvious about them. */
static bool
obvious5(int n)
{
	static const int last[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int d[5] = { n / 10000, n / 1000 % 10, n / 100 % 10, n / 10 % 10,
		n % 10 };
	int day = n / 1000, month = n / 10 % 100, step, i;
	bool run;

	if (d[0] == d[2] && d[2] == d[4] && d[1] == d[3])
		return true;
	for (step = 0; step < 10; step++) {
		for (run = true, i = 1; i < 5; i++)
			run = run && d[i] == (d[i - 1] + step) % 10;
		if (run)
			return true;
	}
	return month >= 1 && month <= 12 && day >= 1 && day <= last[month - 1];
}

static void
five_digits(void **state)
{
	char pin[8];
	int n, refused = 0;

	(void)state;
	for (n = 0; n < 100000; n++) {
		(void)snprintf(pin, sizeof(pin), "%05d", n);
		if (auth_rule_obvious(pin) != obvious5(n))
			fail_msg("%s", pin);
		refused += auth_rule_obvious(pin);
	}
	/* 366 days x 10 years; 100 pairs; 100 runs, of which 10 are pairs too;
	 * and those that are a date besides are counted once */
	assert_in_range(refused, 3660, 3660 + 190);
}

static void
pins(void **state)
{
	static const struct {
		const char *pin, *puk, *why;
	} tries[] = {
		{ "48261", "", NULL },
		{ "482615", "", NULL },
		{ "4826153907264801", "", NULL },
		{ "4826", "", "pin-length" },
		{ "", "", "pin-length" },
		{ "48261539072648013", "", "pin-length" },
		{ "4826a", "", "pin-length" },
		{ "99999", "", "pin-obvious" },
		{ "55555", "", "pin-obvious" },
		{ "11111", "", "pin-obvious" },
		{ "01234", "", "pin-obvious" },
		{ "67890", "", "pin-obvious" },
		{ "98765", "", "pin-obvious" },
		{ "24680", "", "pin-obvious" },
		{ "12121", "", "pin-obvious" },
		{ "123123", "", "pin-obvious" },
		{ "48264826", "", "pin-obvious" },
		{ "31126", "", "pin-obvious" },
		{ "31136", "", NULL },
		{ "32126", "", NULL },
		{ "00126", "", NULL },
		{ "241279", "", "pin-obvious" },
		{ "122479", "", "pin-obvious" },
		{ "791224", "", "pin-obvious" },
		{ "19791224", "", "pin-obvious" },
		{ "24121979", "", "pin-obvious" },
		{ "24122179", "", NULL },
		{ "00000999900000", "", "pin-obvious" },
		{ "48261", "73948261850917", "pin-in-puk" },
		{ "73948261850917", "73948261850917", "pin-in-puk" },
	};
	struct mews_err err;
	const char *why;
	enum mews_rc rc;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(tries); i++) {
		why = NULL;
		rc = auth_rule_pin(tries[i].pin, tries[i].puk, &why, &err);
		if (rc != (tries[i].why == NULL ? MEWS_OK : MEWS_BAD) ||
		    (rc == MEWS_BAD && strcmp(why, tries[i].why) != 0))
			fail_msg("%s: %s", tries[i].pin,
			    why == NULL ? "accepted" : why);
	}
}

static void
puks(void **state)
{
	static const char *const wrong[] = { "", "7392016485091",
		"739201648509171", "7392016485091x", "00000999900000",
		"00000555500000", "00000111100000", "77777777777777",
		"12345678901234", "73920167392016" };
	struct mews_err err;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(wrong); i++)
		if (auth_rule_puk(wrong[i], &why, &err) != MEWS_BAD)
			fail_msg("%s", wrong[i]);
	assert_int_equal(auth_rule_puk("73920164850917", &why, &err), MEWS_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pepper),
		cmocka_unit_test(hash_is_what_is_written),
		cmocka_unit_test(right_and_wrong),
		cmocka_unit_test(five_digits),
		cmocka_unit_test(pins),
		cmocka_unit_test(puks),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
