/*
 * t_request.c - hostile queries, forms and cookies at cgi-bin/request.c.
 */
#include "test.h"
#include "request.h"

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "token", REQUEST_TOKEN, 8 },
	{ "name", REQUEST_TEXT, 12 },
	{ "file", REQUEST_FILE, 40 },
	{ NULL, REQUEST_WORD, 0 },
};

static int
take(struct request *r, const char *text)
{
	struct mews_err err;

	*r = (struct request){ 0 };
	return request_take(r, text, strlen(text), fields, &err);
}

static void
good(void **state)
{
	struct request r;

	(void)state;
	assert_int_equal(take(&r, ""), 0);
	assert_int_equal(take(&r, "by=day&at=2026-11-22&name=a+b%20%C3%A9"), 0);
	assert_string_equal(request_get(&r, "by"), "day");
	assert_string_equal(request_get(&r, "at"), "2026-11-22");
	assert_string_equal(request_get(&r, "name"), "a b \xc3\xa9");
	assert_string_equal(request_get(&r, "token"), "");
	assert_int_equal(take(&r, "by=&name="), 0);
}

static void
bad(void **state)
{
	static const char *const texts[] = {
		"by",      /* no value */
		"other=1", /* not declared */
		"BY=day",  /* names are as declared */
		"by=day&by=day",
		"by=&by=day", /* twice */
		"by=Day",
		"at=today",
		"token=a%2Fb",
		"name=%C3", /* UTF-8 */
		"name=a%00b",
		"name=a%0Ab",
		"name=a%0d", /* controls */
		"name=%",
		"name=%4",
		"name=%zz",
		"%00=1",
		"a.b.c=1",
		"name=%ED%A0%80",
	};
	struct request r;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(texts); i++)
		if (take(&r, texts[i]) != 400)
			fail_msg("%s was taken", texts[i]);
}

static void
large(void **state)
{
	static const char *const texts[] = { "by=minutely1", "at=2026-11-223",
		"token=123456789", "name=1234567890123" };
	static char text[REQUEST_BODY + 2];
	struct mews_err err;
	struct request r = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(texts); i++)
		if (take(&r, texts[i]) != 413)
			fail_msg("%s is not too long", texts[i]);
	r = (struct request){ 0 };
	memset(text, 'a', sizeof(text) - 1);
	assert_int_equal(request_take(&r, text, REQUEST_BODY + 1, fields, &err),
	    413);
	assert_int_equal(request_take(&r, text, REQUEST_BODY, fields, &err),
	    400);
	for (i = 0; i + 1 < REQUEST_BODY; i += 2)
		memcpy(text + i, "a&", 2);
	assert_int_equal(request_take(&r, text, REQUEST_BODY, fields, &err),
	    400);
	assert_int_equal(request_take(&r, "by=d\0y", 6, fields, &err), 400);
}

#define PART(name, value)                                                      \
	"--x_1\r\nContent-Disposition: form-data; name=\"" name                \
	"\"; filename=\"a.meter\"\r\nContent-Type: text/plain\r\n\r\n" value   \
	"\r\n"
#define END "--x_1--\r\n"

static int
take_parts(struct request *r, const char *text, size_t n)
{
	struct mews_err err;

	*r = (struct request){ 0 };
	return request_take_parts(r, "multipart/form-data; boundary=x_1", text,
	    n, fields, &err);
}

static void
parts(void **state)
{
	static const char good_text[] = PART("by", "day")
	    PART("file", "a\tb\r\n\r\n--x\n\xff") PART("name", "") END;
	static const char *const texts[] = {
		"",
		END,
		"--x_1",
		"--x_2\r\n",
		PART("by", "day"), /* no end */
		PART("by", "day") "--x_1",
		PART("by", "Day") END,
		PART("other", "1") END,
		PART("by", "day") PART("by", "day") END,
		"--x_1\r\nContent-Disposition: form-data\r\n\r\nday\r\n" END,
		"--x_1\r\nContent-Disposition: form-data; name=\"by\r\n\r\n"
		"day\r\n" END,
		"--x_1\r\nContent-Disposition: form-data; name=\"by\"\r\n" END,
	};
	static char text[REQUEST_PARTS + 1];
	struct mews_err err;
	struct request r;
	size_t i;

	(void)state;
	assert_int_equal(take_parts(&r, good_text, sizeof(good_text) - 1), 0);
	assert_string_equal(request_get(&r, "by"), "day");
	assert_string_equal(request_get(&r, "file"), "a\tb\r\n\r\n--x\n\xff");
	assert_string_equal(request_get(&r, "name"), "");
	for (i = 0; i < MEWS_LEN(texts); i++)
		if (take_parts(&r, texts[i], strlen(texts[i])) !=
		    (strcmp(texts[i], END) == 0 ? 0 : 400))
			fail_msg("%s", texts[i]);
	/* cut anywhere, none is taken as a whole */
	for (i = 0; i + 4 < sizeof(good_text) - 1; i++)
		assert_int_not_equal(take_parts(&r, good_text, i), 0);
	assert_int_equal(take_parts(&r, text, sizeof(text)), 413);
	assert_int_equal(take_parts(&r, text, 10), 400);
	assert_int_equal(request_take_parts(&r, "multipart/form-data", END,
			     sizeof(END) - 1, fields, &err),
	    400);
}

static void
cookies(void **state)
{
	struct request r = { 0 };
	char out[8];

	(void)state;
	r.cookies = "a=1; __Host-mews=token; b=2";
	request_cookie(&r, "__Host-mews", out, sizeof(out));
	assert_string_equal(out, "token");
	request_cookie(&r, "mews", out, sizeof(out));
	assert_string_equal(out, "");
	request_cookie(&r, "b", out, sizeof(out));
	assert_string_equal(out, "2");
	r.cookies = "a=12345678; b=x\"y; c=<s>; d=; ;;e";
	request_cookie(&r, "a", out, sizeof(out)); /* does not fit */
	assert_string_equal(out, "");
	request_cookie(&r, "b", out, sizeof(out));
	assert_string_equal(out, "");
	request_cookie(&r, "c", out, sizeof(out));
	assert_string_equal(out, "");
	request_cookie(&r, "d", out, sizeof(out));
	assert_string_equal(out, "");
	request_cookie(&r, "e", out, sizeof(out));
	assert_string_equal(out, "");
}

static void
local(void **state)
{
	(void)state;
	assert_true(request_local("/"));
	assert_true(request_local("/meters/P1?by=day&at=2026-11-22"));
	assert_false(request_local(""));
	assert_false(request_local("//evil.example"));
	assert_false(request_local("/\\evil.example"));
	assert_false(request_local("https://evil.example"));
	assert_false(request_local("/a\r\nSet-Cookie: x"));
	assert_false(request_local("javascript:alert(1)"));
}

static void
wiped(void **state)
{
	struct request r;
	size_t i;

	(void)state;
	assert_int_equal(take(&r, "name=11111"), 0);
	request_wipe(&r);
	for (i = 0; i < sizeof(r.text); i++)
		assert_int_equal(r.text[i], 0);
	assert_string_equal(request_get(&r, "name"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
		cmocka_unit_test(large),
		cmocka_unit_test(parts),
		cmocka_unit_test(cookies),
		cmocka_unit_test(local),
		cmocka_unit_test(wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
