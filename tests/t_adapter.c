/*
 * t_adapter.c - which name leads to an adapter that came back.
 */
#include "test.h"
#include "adapter.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], top[256], found[ADAPTER_NAME];

/* A path below the folder; four at a time. */
static const char *
at(const char *name)
{
	static char path[4][320];
	static size_t i;

	i = (i + 1) % 4;
	(void)snprintf(path[i], sizeof(path[i]), "%s/%s", top, name);
	return path[i];
}

static void
device(const char *name)
{
	int fd = open(at(name), O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
}

static void
leads(const char *name, const char *to)
{
	(void)unlink(at(name));
	assert_int_equal(symlink(at(to), at(name)), 0);
}

static void
is_opened_as(const char *site, const char *name)
{
	adapter_find(at(site), found);
	assert_string_equal(found, at(name));
}

static void
names(void **state)
{
	static char real[PATH_MAX];

	(void)state;
	assert_non_null(realpath(test_folder(folder), real));
	assert_true(snprintf(top, sizeof(top), "%s", real) < (int)sizeof(top));
	adapter_folder(top);
	assert_int_equal(mkdir(at("by-path"), 0700), 0);
	assert_int_equal(mkdir(at("by-id"), 0700), 0);
	device("ttyUSB0");
	device("ttyUSB1");
	leads("by-path/other", "ttyUSB1");
	leads("by-path/socket-1", "ttyUSB0");
	leads("by-id/adapter-7", "ttyUSB0");
	/* before it was ever open, by the site's name */
	is_opened_as("ttyUSB0", "ttyUSB0");
	adapter_learn(at("ttyUSB0"));
	is_opened_as("ttyUSB0", "by-path/socket-1");
	/* another port in the same socket: by-path still */
	leads("by-path/socket-1", "ttyUSB1");
	is_opened_as("ttyUSB0", "by-path/socket-1");
	/* in another socket: by what it is */
	assert_int_equal(unlink(at("by-path/socket-1")), 0);
	leads("by-id/adapter-7", "ttyUSB1");
	is_opened_as("ttyUSB0", "by-id/adapter-7");
	/* pulled: never the site's name, which may be another one's */
	assert_int_equal(unlink(at("by-id/adapter-7")), 0);
	adapter_find(at("ttyUSB0"), found);
	assert_string_not_equal(found, at("ttyUSB0"));
	/* who has no other name keeps its own */
	device("ttyS0");
	adapter_learn(at("ttyS0"));
	is_opened_as("ttyS0", "ttyS0");
	test_folder_end(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
