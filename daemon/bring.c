/*
 * bring.c - mewsd writes, since pages cannot: they pass on what a browser sends.
 */
#include "bring.h"
#include "backup.h"
#include "draft.h"
#include "log.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SPARE (INT64_C(16) << 20) /* bytes that stay free for measuring */

/* Where it stands until it is proved. */
static enum mews_rc
part_path(const struct mews_place *place, char path[MEWS_PATH],
    struct mews_err *err)
{
	char folder[MEWS_PATH];
	enum mews_rc rc = mews_backup_folder(place, folder, err);

	(void)snprintf(path, MEWS_PATH, "%.480s/brought.part", folder);
	return rc;
}

static void
finish(struct bring *b)
{
	if (b->owner[0] != '\0')
		(void)close(b->fd);
	*b = (struct bring){ .fd = -1 };
}

void
bring_drop(struct bring *b, const struct mews_place *place)
{
	char path[MEWS_PATH];

	finish(b);
	if (part_path(place, path, NULL) == MEWS_OK)
		(void)unlink(path);
}

/* For the file and for the databases that are made of it. */
static enum mews_rc
room(const char *path, int64_t size, struct mews_err *err)
{
	char folder[MEWS_PATH];
	struct statvfs v;

	(void)snprintf(folder, sizeof(folder), "%.*s",
	    (int)(strrchr(path, '/') - path), path);
	if (statvfs(folder, &v) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", folder,
		    strerror(errno));
	if (size > ((int64_t)v.f_bavail * (int64_t)v.f_frsize - SPARE) / 2)
		return mews_fail(err, MEWS_AGAIN,
		    "%s: no room for a backup of %lld bytes", folder,
		    (long long)size);
	return MEWS_OK;
}

static enum mews_rc
begin(struct bring *b, const struct mews_place *place, const char *owner,
    int64_t size, struct mews_err *err)
{
	char path[MEWS_PATH];
	enum mews_rc rc;

	bring_drop(b, place);
	if ((rc = part_path(place, path, err)) != MEWS_OK ||
	    (rc = room(path, size, err)) != MEWS_OK)
		return rc;
	b->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (b->fd < 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	(void)mews_str_copy(b->owner, sizeof(b->owner), owner);
	b->size = size;
	return MEWS_OK;
}

static enum mews_rc
append(struct bring *b, const struct mews_buf *bytes, struct mews_err *err)
{
	if (b->at + (int64_t)bytes->n > b->size)
		return mews_fail(err, MEWS_BAD,
		    "more than the %lld bytes that "
		    "were said",
		    (long long)b->size);
	if (write(b->fd, bytes->s, bytes->n) != (ssize_t)bytes->n)
		return mews_fail(err, MEWS_AGAIN, "brought.part: %s",
		    strerror(errno));
	b->at += (int64_t)bytes->n;
	return MEWS_OK;
}

enum mews_rc
bring_piece(struct bring *b, const struct mews_place *place, const char *owner,
    int64_t at, int64_t size, const char *digits, struct mews_err *err)
{
	struct mews_buf bytes = { 0 };
	enum mews_rc rc = MEWS_OK;

	if (at == 0)
		rc = begin(b, place, owner, size, err);
	else if (b->owner[0] == '\0' || strcmp(b->owner, owner) != 0 ||
	    b->at != at)
		return mews_fail(err, MEWS_BAD,
		    "the piece at %lld is not the next", (long long)at);
	if (rc == MEWS_OK && !mews_draft_take(&bytes, digits))
		rc = mews_fail(err, MEWS_BAD, "no hexadecimal digits");
	if (rc == MEWS_OK && bytes.n > 0)
		rc = append(b, &bytes, err);
	mews_buf_clear(&bytes);
	if (rc != MEWS_OK)
		bring_drop(b, place);
	return rc;
}

enum mews_rc
bring_end(struct bring *b, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;

	if (fsync(b->fd) != 0)
		rc = mews_fail(err, MEWS_FAIL, "brought.part: %s",
		    strerror(errno));
	finish(b);
	return rc;
}

const char *
bring_prove(const struct mews_place *place)
{
	static const char *const words[] = { [MEWS_NONE] = "strange",
		[MEWS_BAD] = "damaged",
		[MEWS_DENIED] = "damaged",
		[MEWS_AGAIN] = "room",
		[MEWS_FAIL] = "newer" };
	char part[MEWS_PATH], scratch[MEWS_PATH + 8], path[MEWS_PATH];
	struct mews_err err;
	enum mews_rc rc = part_path(place, part, &err);

	(void)snprintf(scratch, sizeof(scratch), "%s.proof", part);
	(void)snprintf(path, sizeof(path), "%.*s/%s",
	    (int)(strrchr(part, '/') - part), part, MEWS_BACKUP_BROUGHT);
	if (rc == MEWS_OK &&
	    (rc = mews_backup_prove(part, scratch, &err)) == MEWS_OK)
		rc = mews_schema_move(part, path, &err);
	if (rc != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	mews_schema_forget(part);
	return rc == MEWS_OK ? "" : words[rc];
}
