/*
 * wanted.c - files instead of a socket, because who carries out need not run
 * while a person is asking, and a power cut in between loses nothing.
 */
#include "wanted.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
path_of(const struct mews_place *place, const char *name, const char *more,
    char path[MEWS_PATH + 64])
{
	char folder[MEWS_PATH];

	(void)snprintf(path, MEWS_PATH + 64, "%s/%s%s",
	    mews_place_path(place, MEWS_WANTED, folder), name, more);
}

static enum mews_rc
fail(const char *path, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

static bool
write_all(int fd, const char *s, size_t n)
{
	ssize_t some = 1;

	for (; n > 0 && some > 0; s += some, n -= (size_t)some)
		some = write(fd, s, n);
	return n == 0;
}

/* The file under another name, synced. */
static enum mews_rc
write_new(const char *path, const struct mews_buf *line, const char *text,
    size_t n, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return fail(path, err);
	if (!write_all(fd, line->s, line->n) || !write_all(fd, text, n) ||
	    fsync(fd) != 0)
		rc = fail(path, err);
	(void)close(fd);
	return rc;
}

enum mews_rc
wanted_put(const struct mews_place *place, const char *name,
    const struct mews_message *head, const char *text, size_t n,
    struct mews_err *err)
{
	char folder[MEWS_PATH], path[MEWS_PATH + 64], new[MEWS_PATH + 64];
	struct mews_buf line = { 0 };
	enum mews_rc rc;

	path_of(place, name, "", path);
	path_of(place, name, ".new", new);
	(void)mkdir(mews_place_path(place, MEWS_WANTED, folder), 0750);
	if ((rc = mews_message_write(head, &line, err)) == MEWS_OK)
		rc = line.n + n > WANTED_MOST
		    ? mews_fail(err, MEWS_BAD, "%s: too long", name)
		    : write_new(new, &line, text, n, err);
	if (rc == MEWS_OK && rename(new, path) != 0)
		rc = fail(path, err);
	mews_buf_clear(&line);
	return rc;
}

static enum mews_rc
read_all(const char *path, struct mews_buf *out, struct mews_err *err)
{
	char some[4096];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT
		    ? mews_fail(err, MEWS_NONE, "%s: not there", path)
		    : fail(path, err);
	while ((n = read(fd, some, sizeof(some))) > 0 && out->n <= WANTED_MOST)
		mews_buf_put(out, some, (size_t)n);
	(void)close(fd);
	if (out->n > WANTED_MOST)
		return mews_fail(err, MEWS_BAD, "%s: too long", path);
	return n == 0 ? MEWS_OK : fail(path, err);
}

enum mews_rc
wanted_get(const struct mews_place *place, const char *name,
    struct mews_message *head, struct mews_buf *text, struct mews_err *err)
{
	char path[MEWS_PATH + 64], *end;
	struct mews_buf all = { 0 };
	enum mews_rc rc;

	mews_message_init(head, "");
	path_of(place, name, "", path);
	if ((rc = read_all(path, &all, err)) == MEWS_OK) {
		end = all.n == 0 ? NULL : memchr(all.s, '\n', all.n);
		if (end == NULL || memchr(all.s, '\0', all.n) != NULL)
			rc = mews_fail(err, MEWS_BAD, "%s: no line", path);
	}
	if (rc == MEWS_OK) {
		*end++ = '\0';
		rc = mews_message_read(all.s, head, err);
		mews_buf_put(text, end, all.n - (size_t)(end - all.s));
	}
	if (all.s != NULL)
		explicit_bzero(all.s, all.cap);
	mews_buf_clear(&all);
	return rc;
}

void
wanted_drop(const struct mews_place *place, const char *name)
{
	char path[MEWS_PATH + 64];

	path_of(place, name, "", path);
	(void)unlink(path);
}
