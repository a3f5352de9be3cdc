/*
 * test.h - what every cmocka program includes, in the order cmocka needs, and
 * a private folder.
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * A new folder below the build folder's tests/; test_folder_end() removes it.
 */
static inline char *
test_folder(char path[64])
{
	(void)snprintf(path, 64, "tests/tmp.XXXXXX");
	assert_non_null(mkdtemp(path));
	return path;
}

static inline void
test_folder_end(const char *path)
{
	char command[96];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", path);
	assert_int_equal(system(command), 0);
}

/*
 * Every field; the bytes between them do not count.
 */
#define assert_same_bucket(a, b)                                               \
	do {                                                                   \
		assert_true((a)->t == (b)->t && (a)->sum == (b)->sum);         \
		assert_true((a)->end == (b)->end && (a)->flags == (b)->flags); \
		assert_true((a)->min == (b)->min && (a)->max == (b)->max);     \
		assert_true((a)->t_min == (b)->t_min);                         \
		assert_true((a)->t_max == (b)->t_max);                         \
		assert_true((a)->seen == (b)->seen);                           \
		assert_true((a)->expected == (b)->expected);                   \
	} while (0)

#endif
