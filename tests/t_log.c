/*
 * t_log.c - one line an event, whatever text comes in.
 */
#include "test.h"
#include "log.h"

#include <fcntl.h>

static char text[2048];

/* What the call writes to stderr. */
static const char *
written(void (*call)(void))
{
	int keep = dup(STDERR_FILENO), end[2];
	ssize_t n;

	assert_int_equal(pipe(end), 0);
	assert_int_equal(fcntl(end[0], F_SETFL, O_NONBLOCK), 0);
	assert_true(dup2(end[1], STDERR_FILENO) >= 0);
	call();
	assert_true(dup2(keep, STDERR_FILENO) >= 0);
	n = read(end[0], text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	(void)close(keep);
	(void)close(end[0]);
	(void)close(end[1]);
	return text;
}

static void
plain(void)
{
	mews_log(MEWS_LOG_NOTICE, "line %s is %d", "A", 5);
}

static void
hostile(void)
{
	mews_log(MEWS_LOG_ERROR, "user '%s'", "a\nb\033[2J\x7f");
}

static void
endless(void)
{
	static char word[2000];

	(void)memset(word, 'x', sizeof(word) - 1);
	mews_log(MEWS_LOG_WARNING, "%s", word);
}

static void
detail(void)
{
	mews_log(MEWS_LOG_DEBUG, "detail");
}

static void
lines(void **state)
{
	(void)state;
	(void)unsetenv("JOURNAL_STREAM");
	mews_log_open("prog", false);
	assert_string_equal(written(plain), "prog: line A is 5\n");
	assert_string_equal(written(hostile), "prog: user 'a?b?[2J?'\n");
	assert_string_equal(written(detail), "");
	(void)written(endless);
	assert_in_range(strlen(text), 400, 512);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	mews_log_open("prog", true);
	assert_string_equal(written(detail), "prog: detail\n");
}

static void
journal(void **state)
{
	(void)state;
	assert_int_equal(setenv("JOURNAL_STREAM", "8:1", 1), 0);
	mews_log_open("prog", false);
	assert_string_equal(written(plain), "<5>line A is 5\n");
	(void)unsetenv("JOURNAL_STREAM");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
