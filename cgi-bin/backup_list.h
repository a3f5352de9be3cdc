/*
 * backup_list.h - the backups that the box keeps, for the pages.
 */
#ifndef BACKUP_LIST_H
#define BACKUP_LIST_H

#include "backup.h"
#include "page.h"

struct backup_entry {
	char path[MEWS_PATH];
	const char *name; /* its last part */
	int64_t t, size;  /* Unix time, bytes */
};

/*
 * The n-th newest, 0 being the newest; MEWS_NONE.
 */
enum mews_rc backup_entry(const struct page_ctx *, size_t n,
    struct backup_entry *, struct mews_err *);

/*
 * The one of that name, also the one from elsewhere, whose t is when it came;
 * MEWS_NONE.
 */
enum mews_rc backup_find(const struct page_ctx *, const char *name,
    struct backup_entry *, struct mews_err *);

#endif
