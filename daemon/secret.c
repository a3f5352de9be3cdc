/*
 * secret.c - passwords in files.
 *
 * Not in courier.db: a database is copied, looked into and mended by tools, and
 * what was deleted may stay in it for long.
 */
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
path_of(const struct mews_place *place, const char *name, const char *tail,
    char *path)
{
	char *base;

	(void)mews_place_path(place, MEWS_COURIER_DB, path);
	base = strrchr(path, '/') + 1;
	(void)snprintf(base, MEWS_PATH - (size_t)(base - path),
	    "secret-%.31s%s", name, tail);
}

enum mews_rc
secret_set(const struct mews_place *place, const char *name, const char *value,
    struct mews_err *err)
{
	char path[MEWS_PATH], new[MEWS_PATH];
	size_t n = strlen(value);
	bool good;
	int fd;

	path_of(place, name, "", path);
	path_of(place, name, ".new", new);
	if (n == 0) {
		if (unlink(path) != 0 && errno != ENOENT)
			return mews_fail(err, MEWS_FAIL, "%s: %s", path,
			    strerror(errno));
		return MEWS_OK;
	}
	(void)unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	good = fd >= 0 && write(fd, value, n) == (ssize_t)n && fsync(fd) == 0;
	if (fd >= 0)
		(void)close(fd);
	if (good && rename(new, path) == 0)
		return MEWS_OK;
	(void)mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
	(void)unlink(new);
	return MEWS_FAIL;
}

void
secret_get(const struct mews_place *place, const char *name,
    char value[SECRET_MOST])
{
	char path[MEWS_PATH];
	ssize_t n = 0;
	int fd;

	path_of(place, name, "", path);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0) {
		n = read(fd, value, SECRET_MOST - 1);
		(void)close(fd);
	}
	value[n < 0 ? 0 : n] = '\0';
}
