/*
 * t_command.c - lines that may travel and lines that may not: lib/message.c,
 * lib/command.c and lib/call.c.
 */
#include "test.h"
#include "command.h"
#include "str.h"

#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>

#define TOKEN "0123456789abcdefghijklmnopqrstuvwxyzABCDE-_"

static char folder[64];
static struct mews_place place = { folder, folder, folder };

static void
there_and_back(void **state)
{
	static const char value[] = "a b%c=d \xc3\xa9 \xe2\x82\xac ~!";
	struct mews_buf line = { 0 };
	struct mews_message m, back;

	(void)state;
	mews_message_init(&m, "set");
	mews_message_set(&m, "value", "first");
	mews_message_set(&m, "value", value);
	mews_message_set(&m, "empty", "");
	mews_message_set_int(&m, "number", INT64_MIN);
	assert_int_equal(mews_message_write(&m, &line, NULL), MEWS_OK);
	assert_string_equal(line.s,
	    "set value=a%20b%25c=d%20%c3%a9%20%e2%82%ac%20~! empty="
	    " number=-9223372036854775808\n");
	line.s[line.n - 1] = '\0';
	assert_int_equal(mews_message_read(line.s, &back, NULL), MEWS_OK);
	assert_string_equal(back.word, "set");
	assert_int_equal(back.n, 3);
	assert_string_equal(mews_message_get(&back, "value"), value);
	assert_string_equal(mews_message_get(&back, "empty"), "");
	assert_string_equal(mews_message_get(&back, "absent"), "");
	assert_true(mews_message_int(&back, "number", 0) == INT64_MIN);
	assert_true(mews_message_int(&back, "value", 7) == 7);
	mews_message_clear(&m);
	mews_message_clear(&back);
	mews_buf_clear(&line);
}

static void
malformed(void **state)
{
	static const char *const lines[] = { "", " ", "Word", "1word", "a  b=c",
		"a b", "a b=c ", " a b=c", "a =c", "a B=c", "a b=%", "a b=%4",
		"a b=%zz", "a b=%00", "a b=%0a", "a b=%7f", "a b=\t",
		"a b=\xc3\xa9", "a b=%c3", "a b=%ed%a0%80", "a b=1 b=2",
		"averyveryverylongwordthatneverends b=1",
		"a averyveryverylongnamethatneverends=1" };
	struct mews_message m;
	struct mews_err err;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(lines); i++) {
		err.text[0] = '\0';
		if (mews_message_read(lines[i], &m, &err) != MEWS_BAD)
			fail_msg("accepted: '%s'", lines[i]);
		assert_true(err.text[0] != '\0');
		assert_int_equal(m.n, 0);
	}
}

/* The longest line and most fields that may be, and one more. */
static void
limits(void **state)
{
	char *line = mews_alloc(MEWS_COMMAND_LINE + 2, 1);
	struct mews_buf many = { 0 }, out = { 0 };
	struct mews_message m;
	int i;

	(void)state;
	memset(line, 'x', MEWS_COMMAND_LINE);
	memcpy(line, "a b=", 4);
	line[MEWS_COMMAND_LINE - 1] = '\0';
	assert_int_equal(mews_message_read(line, &m, NULL), MEWS_OK);
	assert_int_equal(mews_message_write(&m, &out, NULL), MEWS_OK);
	assert_int_equal(out.n, MEWS_COMMAND_LINE);
	mews_message_set(&m, "c", "");
	assert_int_equal(mews_message_write(&m, &out, NULL), MEWS_BAD);
	assert_int_equal(out.n, MEWS_COMMAND_LINE);
	mews_message_clear(&m);
	line[MEWS_COMMAND_LINE - 1] = 'x';
	assert_int_equal(mews_message_read(line, &m, NULL), MEWS_BAD);
	mews_buf_str(&many, "a");
	for (i = 0; i < MEWS_COMMAND_FIELDS; i++)
		mews_buf_printf(&many, " f%d=%d", i, i);
	assert_int_equal(mews_message_read(many.s, &m, NULL), MEWS_OK);
	assert_int_equal(m.n, MEWS_COMMAND_FIELDS);
	mews_message_clear(&m);
	mews_buf_str(&many, " g=1");
	assert_int_equal(mews_message_read(many.s, &m, NULL), MEWS_BAD);
	free(line);
	mews_buf_clear(&many);
	mews_buf_clear(&out);
}

/* A value that no line can carry is refused when it is written. */
static void
unwritable(void **state)
{
	static const char *const values[] = { "a\nb", "a\tb", "\x7f", "\xff" };
	struct mews_buf out = { 0 };
	struct mews_message m;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(values); i++) {
		mews_message_init(&m, "set");
		mews_message_set(&m, "value", values[i]);
		assert_int_equal(mews_message_write(&m, &out, NULL), MEWS_BAD);
		assert_int_equal(out.n, 0);
		mews_message_clear(&m);
	}
}

static void
answers(void **state)
{
	static const struct {
		enum mews_rc rc;
		const char *word;
	} codes[] = {
		{ MEWS_OK, "ok" },
		{ MEWS_NONE, "none" },
		{ MEWS_BAD, "bad" },
		{ MEWS_DENIED, "denied" },
		{ MEWS_AGAIN, "again" },
		{ MEWS_FAIL, "fail" },
	};
	struct mews_err err = { "cut within \xc3" };
	struct mews_buf out = { 0 };
	struct mews_message m;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(codes); i++) {
		mews_message_init(&m, "x");
		mews_message_answer(&m, codes[i].rc, &err);
		assert_string_equal(m.word, codes[i].word);
		assert_int_equal(mews_message_rc(&m), codes[i].rc);
		assert_string_equal(mews_message_get(&m, "text"),
		    codes[i].rc == MEWS_OK ? "" : "cut within ?");
		assert_int_equal(mews_message_write(&m, &out, NULL), MEWS_OK);
		mews_message_clear(&m);
	}
	mews_message_init(&m, "okay");
	assert_int_equal(mews_message_rc(&m), MEWS_FAIL);
	mews_buf_clear(&out);
}

static void
rows(void **state)
{
	const struct mews_command *c;
	size_t i, j, n;

	(void)state;
	for (n = 0; (c = mews_command_at(n)) != NULL; n++) {
		assert_ptr_equal(mews_command_find(c->name), c);
		assert_true(c->door == MEWS_DOOR || c->door == MEWS_AUTH_DOOR ||
		    c->door == MEWS_COURIER_DOOR);
		assert_true(c->does[0] != '\0' && c->gives != NULL);
		for (i = 0, j = 0;
		     i < MEWS_LEN(c->field) && c->field[i].name != NULL; i++) {
			assert_true(c->field[i].min <= c->field[i].max);
			j += strcmp(c->field[i].name, "token") == 0;
		}
		/* one without that field is the shell's alone */
		assert_true(j <= 1);
	}
	assert_true(n >= 8);
	assert_null(mews_command_find("nothing"));
}

static void
checks(void **state)
{
	static const struct {
		const char *line;
		enum mews_rc rc;
	} tries[] = {
		{ "users", MEWS_OK },
		{ "user-remove user=a", MEWS_OK },
		{ "user-remove user=a token=" TOKEN, MEWS_BAD },
		{ "user-remove user=a ticket=" TOKEN " token=" TOKEN, MEWS_OK },
		{ "users n=1", MEWS_BAD },
		{ "user", MEWS_BAD },
		{ "sign-in user=a pin=11111 source=::1", MEWS_OK },
		{ "sign-in pin=11111 source=::1 user=a", MEWS_OK },
		{ "sign-in user=a pin=11111", MEWS_BAD },
		{ "sign-in user=a pin=11111 source=", MEWS_BAD },
		{ "sign-in user=A pin=11111 source=x", MEWS_BAD },
		{ "sign-in user= pin=11111 source=x", MEWS_BAD },
		{ "sign-in user=a pin=1111 source=x", MEWS_BAD },
		{ "sign-in user=a pin=1111%20 source=x", MEWS_BAD },
		{ "sign-in user=a pin=-1111 source=x", MEWS_BAD },
		{ "sign-in user=a pin=11111111111111111 source=x", MEWS_BAD },
		{ "sign-in user=a pin=11111 source=x more=1", MEWS_BAD },
		{ "session token=" TOKEN, MEWS_OK },
		{ "session token=" TOKEN " quiet=1", MEWS_OK },
		{ "session token=" TOKEN " quiet=2", MEWS_BAD },
		{ "session token=" TOKEN "0", MEWS_BAD },
		{ "session token=short", MEWS_BAD },
		{ "session token=%200123456789abcdefghijklmnopqrstuvwxyzABCDE-",
		    MEWS_BAD },
		{ "set key=language value=%c3%a9 token=" TOKEN, MEWS_OK },
		{ "set key=language value= token=" TOKEN, MEWS_OK },
		{ "set key=language value=x", MEWS_OK }, /* door.h */
		{ "set key=language value=x token=", MEWS_BAD },
		{ "sign-out", MEWS_BAD },
	};
	const struct mews_command *c;
	struct mews_message m;
	struct mews_err err;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(tries); i++) {
		assert_int_equal(mews_message_read(tries[i].line, &m, &err),
		    MEWS_OK);
		if (mews_command_check(&m, &c, &err) != tries[i].rc)
			fail_msg("%s", tries[i].line);
		mews_message_clear(&m);
	}
}

/* What the other end of a call does, in a thread. */
struct peer {
	int fd;
	const char *answer; /* NULL: nothing, until the caller hangs up */
};

static void *
answer_one(void *ctx)
{
	struct peer *p = ctx;
	char in[MEWS_COMMAND_LINE];
	int fd = accept(p->fd, NULL, NULL);

	(void)!read(fd, in, sizeof(in));
	if (p->answer != NULL)
		(void)!write(fd, p->answer, strlen(p->answer));
	else
		(void)!read(fd, in, sizeof(in));
	(void)close(fd);
	return NULL;
}

static enum mews_rc
call(const char *answer, struct mews_message *got, struct mews_err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct mews_message m;
	struct peer p = { .answer = answer };
	pthread_t thread;
	char path[MEWS_PATH];
	enum mews_rc rc;

	(void)mews_place_path(&place, MEWS_AUTH_DOOR, path);
	assert_true(mews_str_copy(a.sun_path, sizeof(a.sun_path), path));
	(void)unlink(path);
	p.fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(p.fd, (struct sockaddr *)&a, sizeof(a)), 0);
	assert_int_equal(listen(p.fd, 1), 0);
	assert_int_equal(pthread_create(&thread, NULL, answer_one, &p), 0);
	mews_message_init(&m, "users");
	rc = mews_command_call(&place, &m, 300, got, err);
	assert_int_equal(pthread_join(thread, NULL), 0);
	(void)close(p.fd);
	return rc;
}

static void
calls(void **state)
{
	static const struct {
		const char *answer;
		enum mews_rc rc;
	} tries[] = {
		{ "ok n=0 factory=0\n", MEWS_OK },
		{ "denied text=no%20way\n", MEWS_DENIED },
		{ "ok n=0", MEWS_AGAIN },
		{ "", MEWS_AGAIN },
		{ "OK\n", MEWS_FAIL },
		{ "yes\n", MEWS_FAIL },
		{ NULL, MEWS_AGAIN },
	};
	struct mews_message got;
	struct mews_err err;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(tries); i++) {
		if (call(tries[i].answer, &got, &err) != tries[i].rc)
			fail_msg("%zu: %s", i, err.text);
		if (tries[i].rc == MEWS_OK)
			assert_true(mews_message_int(&got, "n", 9) == 0);
		if (tries[i].rc == MEWS_DENIED)
			assert_non_null(strstr(err.text, "no way"));
		mews_message_clear(&got);
	}
}

static void
nobody(void **state)
{
	struct mews_message m, got;
	struct mews_err err;

	(void)state;
	mews_message_init(&m, "status");
	assert_int_equal(mews_command_call(&place, &m, 300, &got, &err),
	    MEWS_AGAIN);
	mews_message_clear(&got);
	mews_message_set(&m, "more", "1");
	assert_int_equal(mews_command_call(&place, &m, 300, &got, &err),
	    MEWS_BAD);
	mews_message_clear(&got);
	mews_message_clear(&m);
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(malformed),
		cmocka_unit_test(limits),
		cmocka_unit_test(unwritable),
		cmocka_unit_test(answers),
		cmocka_unit_test(rows),
		cmocka_unit_test(checks),
		cmocka_unit_test(calls),
		cmocka_unit_test(nobody),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
