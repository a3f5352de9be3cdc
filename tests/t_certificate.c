/*
 * t_certificate.c - what mews-apply makes and renews, what it takes and what it
 * refuses, in a time that the test sets.
 */
#include "apply_certificate.h"
#include "test.h"
#include "wanted.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW 1795386321
#define DAY 86400

static char dir[64];
static struct mews_place place;
static const struct web nobody = { "/nowhere", "127.0.0.1:1" };

static int
setup(void **state)
{
	(void)state;
	(void)test_folder(dir);
	place = (struct mews_place){ dir, dir, dir };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_folder_end(dir);
	return 0;
}

static enum mews_rc
apply(int64_t now)
{
	struct mews_err err = { "" };
	char path[MEWS_PATH];

	(void)mkdir(mews_place_path(&place, MEWS_TLS, path), 0755);
	return apply_certificate(&place, &nobody, now, &err);
}

/* A field of the report; until the next call. */
static const char *
told(const char *name)
{
	static char text[600];
	struct mews_buf line = { 0 };
	struct mews_message m;

	assert_int_equal(web_read(&place, "report", &line, NULL), MEWS_OK);
	line.s[strcspn(line.s, "\n")] = '\0';
	assert_int_equal(mews_message_read(line.s, &m, NULL), MEWS_OK);
	(void)snprintf(text, sizeof(text), "%s", mews_message_get(&m, name));
	mews_message_clear(&m);
	mews_buf_clear(&line);
	return text;
}

static void
wish(const char *word, const char *names, const char *text, int64_t number)
{
	struct mews_message m;

	mews_message_init(&m, word);
	mews_message_set_int(&m, "number", number);
	if (names != NULL)
		mews_message_set(&m, "names", names);
	assert_int_equal(wanted_put(&place, "certificate", &m, text,
			     text == NULL ? 0 : strlen(text), NULL),
	    MEWS_OK);
	mews_message_clear(&m);
}

static mode_t
mode_of(const char *name)
{
	char path[128];
	struct stat s;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(stat(path, &s), 0);
	return s.st_mode & 07777;
}

static void
t_first(void **state)
{
	(void)state;
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_string_equal(told("own"), "1");
	assert_string_equal(told("key"), "EC P-256");
	assert_non_null(strstr(told("names"), "localhost 127.0.0.1"));
	assert_true(atoll(told("until")) - atoll(told("from")) <=
	    CERTIFICATE_DAYS * (int64_t)DAY);
	assert_int_equal(mode_of("tls/mews.pem"), 0640);
	assert_int_equal(mode_of("tls/report"), 0644);
}

/* At 31 days it stays, at 29 there is another. */
static void
t_renewed(void **state)
{
	char first[100];
	int64_t until;

	(void)state;
	assert_int_equal(apply(NOW), MEWS_OK);
	(void)snprintf(first, sizeof(first), "%s", told("fingerprint"));
	until = atoll(told("until"));
	assert_int_equal(apply(until - 31 * DAY), MEWS_OK);
	assert_string_equal(told("fingerprint"), first);
	assert_int_equal(apply(until - 29 * DAY), MEWS_OK);
	assert_string_not_equal(told("fingerprint"), first);
	assert_true(atoll(told("until")) > until + 700 * (int64_t)DAY);
	assert_int_equal(apply(until + 2000 * (int64_t)DAY), MEWS_OK);
	assert_true(atoll(told("until")) > until + 2000 * (int64_t)DAY);
}

/* One that lacks a name of the box is made anew. */
static void
t_name(void **state)
{
	struct mews_buf pem = { 0 };

	(void)state;
	assert_int_equal(certificate_make("elsewhere.example", NOW, &pem, NULL),
	    MEWS_OK);
	assert_int_equal(web_write(&place, "mews.pem", &pem, true, true, NULL),
	    MEWS_OK);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_non_null(strstr(told("names"), "127.0.0.1"));
	assert_null(strstr(told("names"), "elsewhere"));
	mews_buf_clear(&pem);
}

/* What is no certificate counts as none. */
static void
t_spoilt(void **state)
{
	struct mews_buf pem = { 0 };

	(void)state;
	mews_buf_str(&pem, "spoilt\n");
	assert_int_equal(web_write(&place, "mews.pem", &pem, true, true, NULL),
	    MEWS_OK);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_string_equal(told("own"), "1");
	mews_buf_clear(&pem);
}

/* A request keeps its key; another puts the first out of use. */
static void
t_request(void **state)
{
	struct mews_buf key = { 0 }, again = { 0 };

	(void)state;
	assert_int_equal(apply(NOW), MEWS_OK);
	wish("request", "box.example.org 10.0.0.7", NULL, 5);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_string_equal(told("number"), "5");
	assert_string_equal(told("result"), "requested");
	assert_string_equal(told("asked"), "box.example.org 10.0.0.7");
	assert_int_equal(mode_of("tls/next.key"), 0600);
	assert_int_equal(web_read(&place, "next.key", &key, NULL), MEWS_OK);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_string_equal(told("asked"), "box.example.org 10.0.0.7");
	wish("request", "box.example.org", NULL, 6);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_int_equal(web_read(&place, "next.key", &again, NULL), MEWS_OK);
	assert_string_not_equal(key.s, again.s);
	mews_buf_clear(&key);
	mews_buf_clear(&again);
}

/* A power cut between the new file and its proof. */
static void
t_cut(void **state)
{
	struct mews_buf pem = { 0 };
	char first[100];

	(void)state;
	assert_int_equal(apply(NOW), MEWS_OK);
	(void)snprintf(first, sizeof(first), "%s", told("fingerprint"));
	assert_int_equal(web_read(&place, "mews.pem", &pem, NULL), MEWS_OK);
	assert_int_equal(web_write(&place, "mews.pem.before", &pem, true, true,
			     NULL),
	    MEWS_OK);
	mews_buf_reset(&pem);
	mews_buf_str(&pem, "half\n");
	assert_int_equal(web_write(&place, "mews.pem", &pem, true, true, NULL),
	    MEWS_OK);
	assert_int_equal(apply(NOW), MEWS_OK);
	assert_string_equal(told("fingerprint"), first);
	mews_buf_clear(&pem);
}

/* A wish that is none is dropped and changes nothing. */
static void
t_wishes(void **state)
{
	static const char *const bad[] = { "", "\n", "put", "put number=\n",
		"rm number=1\n", "put a=%zz\n", "\x01\x02\n", "put x=1 x=2\n" };
	char path[MEWS_PATH], file[MEWS_PATH + 16], first[100];
	size_t i;
	FILE *f;

	(void)state;
	assert_int_equal(apply(NOW), MEWS_OK);
	(void)snprintf(first, sizeof(first), "%s", told("fingerprint"));
	(void)mkdir(mews_place_path(&place, MEWS_WANTED, path), 0755);
	(void)snprintf(file, sizeof(file), "%s/certificate", path);
	for (i = 0; i < MEWS_LEN(bad); i++) {
		assert_non_null(f = fopen(file, "we"));
		(void)fputs(bad[i], f);
		(void)fclose(f);
		(void)apply(NOW);
		assert_int_equal(access(file, F_OK), -1);
		assert_string_equal(told("fingerprint"), first);
	}
}

static void
t_names(void **state)
{
	static const char *const good[] = { "a", "box.example.org", "10.0.0.1",
		"*.example.org", "::1", "a b c", "x_y.local",
		"xn--bcher-kva.example" };
	static const char *const bad[] = { "", " ", "-a", "a-", "a..b", ".a",
		"a.", "a,DNS:b", "a\nb", "IP:1.2.3.4", "a/b", "*", "*.", "**.a",
		"b\xc3\xbc"
		"cher",
		"a=b", "dirName:x",
		"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 "
		"18 19 20 21" };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(good); i++)
		assert_true(certificate_names(good[i]));
	for (i = 0; i < MEWS_LEN(bad); i++)
		assert_false(certificate_names(bad[i]));
}

/* What it sends through its wall is what it says without one.  Behind the wall
 * valgrind could not live. */
static void
t_apart(void **state)
{
	const struct certificate_known none = { .key = { { 0 } } };
	struct mews_buf pem = { 0 }, a = { 0 }, b = { 0 };
	struct certificate one, two;
	char why[CERTIFICATE_WHY];
	int which;
	size_t i;

	(void)state;
	if (getenv("MEWS_VALGRIND") != NULL)
		skip();
	assert_int_equal(certificate_make("a.example 10.1.2.3", NOW, &pem,
			     NULL),
	    MEWS_OK);
	assert_int_equal(certificate_judge(pem.s, pem.n, &none, NOW, &one, &a,
			     &which, why),
	    MEWS_OK);
	assert_int_equal(certificate_judge_apart(pem.s, pem.n, &none, NOW, &two,
			     &b, &which, why),
	    MEWS_OK);
	assert_string_equal(one.fingerprint, two.fingerprint);
	assert_string_equal(two.names, "a.example 10.1.2.3");
	assert_string_equal(two.issuer, "a.example");
	assert_true(two.own);
	assert_int_equal(two.until, one.until);
	assert_string_equal(a.s, b.s);
	/* one byte changed anywhere is never the box's own, and never the end;
	 * who else signed it cannot be known */
	for (i = 0; i < pem.n; i += 41) {
		pem.s[i] ^= 1;
		mews_buf_reset(&b);
		if (certificate_judge_apart(pem.s, pem.n, &none, NOW, &two, &b,
			&which, why) == MEWS_OK)
			assert_true(!two.own ||
			    strcmp(one.fingerprint, two.fingerprint) == 0);
		else
			assert_true(why[0] != '\0');
		pem.s[i] ^= 1;
	}
	mews_buf_clear(&pem);
	mews_buf_clear(&a);
	mews_buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(t_first, setup, teardown),
		cmocka_unit_test_setup_teardown(t_renewed, setup, teardown),
		cmocka_unit_test_setup_teardown(t_name, setup, teardown),
		cmocka_unit_test_setup_teardown(t_spoilt, setup, teardown),
		cmocka_unit_test_setup_teardown(t_request, setup, teardown),
		cmocka_unit_test_setup_teardown(t_cut, setup, teardown),
		cmocka_unit_test_setup_teardown(t_wishes, setup, teardown),
		cmocka_unit_test(t_names),
		cmocka_unit_test(t_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
