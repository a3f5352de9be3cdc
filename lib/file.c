/*
 * file.c - fsync() of the file and then of its folder: without the second the
 * name may be gone after a power cut.
 */
#include "file.h"
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum mews_rc
broken(const char *path, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

enum mews_rc
mews_file_sync(const char *path, struct mews_err *err)
{
	char folder[MEWS_PATH + 64];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	if (!good)
		return broken(path, err);
	(void)snprintf(folder, sizeof(folder), "%s", path);
	if ((fd = open(dirname(folder), O_RDONLY | O_CLOEXEC)) >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
	return MEWS_OK;
}

static bool
put(int fd, const char *data, size_t n)
{
	ssize_t done;

	for (; n > 0; data += done, n -= (size_t)done)
		if ((done = write(fd, data, n)) < 0)
			return false;
	return true;
}

static int
make(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

enum mews_rc
mews_file_write(const char *path, const void *data, size_t n,
    struct mews_err *err)
{
	int fd = make(path);
	bool good = fd >= 0 && put(fd, data, n);

	if (fd >= 0 && close(fd) != 0)
		good = false;
	return good ? mews_file_sync(path, err) : broken(path, err);
}

enum mews_rc
mews_file_read(const char *path, struct mews_buf *out, struct mews_err *err)
{
	char part[16384];
	FILE *f = fopen(path, "re");
	bool failed;
	size_t n;

	if (f == NULL)
		return broken(path, err);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		mews_buf_put(out, part, n);
	failed = ferror(f) != 0;
	(void)fclose(f);
	return failed ? broken(path, err) : MEWS_OK;
}

enum mews_rc
mews_file_copy(const char *from, const char *to, struct mews_err *err)
{
	static const size_t size = 65536;
	char *part = mews_alloc(size, 1);
	int in = open(from, O_RDONLY | O_CLOEXEC), out = make(to);
	bool good = in >= 0 && out >= 0;
	ssize_t n = 1;

	while (good && n > 0)
		good = (n = read(in, part, size)) >= 0 &&
		    put(out, part, (size_t)n);
	if (out >= 0 && close(out) != 0)
		good = false;
	if (in >= 0)
		(void)close(in);
	free(part);
	return good ? mews_file_sync(to, err) : broken(to, err);
}
