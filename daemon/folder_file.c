/*
 * folder_file.c - compared, continued or replaced.
 *
 * What others read is never half a file: a new one is written beside its place
 * and renamed.  Growing ones are continued by one write of whole lines; what a
 * full disk left of it is cut off again, what a power cut left of it is the
 * beginning of the same line and is completed.
 */
#include "folder_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATHS 800

static enum mews_rc
failed(const char *path, struct mews_err *err)
{
	return mews_fail(err, errno == ENOSPC ? MEWS_AGAIN : MEWS_FAIL,
	    "%s: %s", path, strerror(errno));
}

/* The folders above a path. */
static enum mews_rc
make_above(const char *path, struct mews_err *err)
{
	char folder[PATHS];
	char *p;

	(void)snprintf(folder, sizeof(folder), "%s", path);
	for (p = strchr(folder + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(folder, 0750) != 0 && errno != EEXIST)
			return failed(folder, err);
		*p = '/';
	}
	return MEWS_OK;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	ssize_t did;

	while (n > 0) {
		did = write(fd, p, n);
		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return false;
		p += did;
		n -= (size_t)did;
	}
	return true;
}

/* How many bytes of the open file are those of b from its beginning on; -1 when
 * it is not all of the file. */
static int64_t
common(int fd, const struct mews_buf *b)
{
	char part[16384];
	size_t at = 0;
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) > 0) {
		if (at + (size_t)n > b->n ||
		    memcmp(part, b->s + at, (size_t)n) != 0)
			return -1;
		at += (size_t)n;
	}
	return n < 0 ? -1 : (int64_t)at;
}

/* Continues an open file that has `size` bytes; cut back when that fails. */
static enum mews_rc
go_on(int fd, const char *path, int64_t size, const char *p, size_t n,
    struct mews_err *err)
{
	enum mews_rc rc;

	if (lseek(fd, size, SEEK_SET) == size && write_all(fd, p, n))
		return MEWS_OK;
	rc = failed(path, err);
	if (ftruncate(fd, size) != 0)
		return failed(path, err);
	return rc;
}

static enum mews_rc
replace(const char *path, const struct mews_buf *b, struct mews_err *err)
{
	char beside[PATHS + 8];
	enum mews_rc rc = MEWS_OK;
	int fd;

	(void)snprintf(beside, sizeof(beside), "%s.new", path);
	if ((rc = make_above(path, err)) != MEWS_OK)
		return rc;
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    0640);
	if (fd < 0)
		return failed(beside, err);
	if (!write_all(fd, b->s, b->n) || fsync(fd) != 0)
		rc = failed(beside, err);
	(void)close(fd);
	if (rc == MEWS_OK && rename(beside, path) != 0)
		rc = failed(path, err);
	if (rc != MEWS_OK)
		(void)unlink(beside);
	return rc;
}

enum mews_rc
folder_file_put(const char *path, const struct mews_buf *b, int64_t *written,
    bool *changed, struct mews_err *err)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	int64_t have = fd < 0 ? -1 : common(fd, b);
	enum mews_rc rc = MEWS_OK;

	*changed = have != (int64_t)b->n;
	if (have < 0)
		rc = replace(path, b, err);
	else if (*changed)
		rc = go_on(fd, path, have, b->s + have, b->n - (size_t)have,
		    err);
	if (fd >= 0)
		(void)close(fd);
	if (rc == MEWS_OK && *changed)
		*written += (int64_t)b->n - (have < 0 ? 0 : have);
	return rc;
}

enum mews_rc
folder_file_append(const char *path, int64_t size, const struct mews_buf *b,
    struct mews_err *err)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	enum mews_rc rc;

	if (fd < 0)
		return errno == ENOENT ? MEWS_NONE : failed(path, err);
	rc = lseek(fd, 0, SEEK_END) == size
	    ? go_on(fd, path, size, b->s, b->n, err)
	    : MEWS_NONE;
	(void)close(fd);
	return rc;
}

void
folder_file_remove(const char *root, const char *path)
{
	char folder[PATHS];
	char *end;

	(void)unlink(path);
	(void)snprintf(folder, sizeof(folder), "%s", path);
	while ((end = strrchr(folder, '/')) != NULL &&
	    (size_t)(end - folder) > strlen(root)) {
		*end = '\0';
		if (rmdir(folder) != 0)
			return;
	}
}

bool
folder_file_look(const char *path, int64_t *size, int64_t *t)
{
	struct stat st;

	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*size = st.st_size;
	*t = st.st_mtime;
	return true;
}
