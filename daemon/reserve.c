/*
 * reserve.c - a file whose only worth is that it can go.
 */
#include "reserve.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOOK_US 10000000
#define SHORT   20 /* a twentieth free is too little */
#define ROOM    10 /* with a tenth there is room for the file */
#define PART    16

/* Bytes of the disk and those that are free; false: nobody knows. */
static bool
measure(const struct reserve *r, int64_t *all, int64_t *left)
{
	char folder[MEWS_PATH], *slash;
	struct statvfs s;

	(void)snprintf(folder, sizeof(folder), "%s", r->path);
	if ((slash = strrchr(folder, '/')) == NULL)
		return false;
	*slash = '\0';
	if (statvfs(folder, &s) != 0)
		return false;
	*all = (int64_t)(s.f_blocks * s.f_frsize);
	*left = (int64_t)(s.f_bavail * s.f_frsize);
	return *all > 0;
}

/* Makes the file whole, or leaves none. */
static void
make(struct reserve *r, int64_t all, int64_t left)
{
	int fd, rc;

	if (access(r->path, F_OK) == 0 || left - r->size < all / ROOM)
		return;
	fd = open(r->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	rc = posix_fallocate(fd, 0, (off_t)r->size);
	(void)close(fd);
	if (rc != 0)
		(void)unlink(r->path);
}

void
reserve_begin(struct reserve *r, const char *folder)
{
	int64_t all, left;

	*r = (struct reserve){ .size = 0 };
	if ((size_t)snprintf(r->path, sizeof(r->path), "%s/ballast", folder) >=
		sizeof(r->path) ||
	    !measure(r, &all, &left)) {
		r->path[0] = '\0';
		return;
	}
	r->size = all / PART < RESERVE_MOST ? all / PART : RESERVE_MOST;
	r->size -= r->size % 4096;
	make(r, all, left);
}

bool
reserve_give(struct reserve *r)
{
	int64_t all, left;

	if (r->path[0] == '\0' || !measure(r, &all, &left) || left >= r->size)
		return false;
	if (unlink(r->path) != 0)
		return false;
	mews_log(MEWS_LOG_WARNING, "%s: the disk is full, it is given up",
	    r->path);
	return true;
}

bool
reserve_look(struct reserve *r, int64_t now)
{
	int64_t all;

	if (r->path[0] == '\0' ||
	    (r->looked != 0 && now - r->looked < LOOK_US) ||
	    !measure(r, &all, &r->left))
		return false;
	r->looked = now;
	r->is_short = r->left < all / SHORT;
	make(r, all, r->left);
	return true;
}
