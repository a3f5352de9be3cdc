/*
 * backup_list.c - looks into the folder; only mewsd writes there.
 */
#include "backup_list.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum mews_rc
backup_entry(const struct page_ctx *c, size_t n, struct backup_entry *b,
    struct mews_err *err)
{
	char folder[MEWS_PATH];
	struct stat s;
	enum mews_rc rc;

	(void)snprintf(folder, sizeof(folder), "%.480s/backup",
	    c->place->state);
	rc = mews_backup_find(folder, n, b->path, err);
	if (rc != MEWS_OK || stat(b->path, &s) != 0)
		return MEWS_NONE;
	b->name = strrchr(b->path, '/') + 1;
	b->t = mews_backup_time(b->path);
	b->size = s.st_size;
	return MEWS_OK;
}

enum mews_rc
backup_find(const struct page_ctx *c, const char *name, struct backup_entry *b,
    struct mews_err *err)
{
	struct stat s;
	size_t n;

	if (strcmp(name, MEWS_BACKUP_BROUGHT) == 0) {
		(void)snprintf(b->path, sizeof(b->path), "%.480s/backup/%s",
		    c->place->state, name);
		b->name = MEWS_BACKUP_BROUGHT;
		if (stat(b->path, &s) == 0) {
			b->t = s.st_mtime;
			b->size = s.st_size;
			return MEWS_OK;
		}
	}
	for (n = 0; backup_entry(c, n, b, err) == MEWS_OK; n++)
		if (strcmp(b->name, name) == 0)
			return MEWS_OK;
	return mews_fail(err, MEWS_NONE, "there is no such backup");
}
