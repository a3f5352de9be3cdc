/*
 * data_backup.c - a backup of the box as a file, piece by piece.
 */
#include "backup_list.h"

#include <stdio.h>
#include <string.h>

#define PIECE 65536

static enum mews_rc
more(void *own, struct mews_buf *to, struct mews_err *err)
{
	static char piece[PIECE];
	size_t n = fread(piece, 1, sizeof(piece), own);

	if (n == 0)
		return ferror(own)
		    ? mews_fail(err, MEWS_FAIL, "a backup cannot be read")
		    : MEWS_NONE;
	mews_buf_put(to, piece, n);
	return MEWS_OK;
}

static void
end(void *own)
{
	(void)fclose(own);
}

/* One of the list, by its name: no path is made of what was asked for. */
static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct backup_entry b;
	FILE *f;
	enum mews_rc rc = backup_find(c, c->part, &b, err);

	if (rc != MEWS_OK)
		return rc;
	if ((f = fopen(b.path, "re")) == NULL)
		return mews_fail(err, MEWS_NONE, "%s is gone", b.name);
	c->reply->type = "application/octet-stream";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "%s", b.name);
	c->reply->stream = (struct reply_stream){ more, end, f };
	return MEWS_OK;
}

const struct page data_backup = {
	.path = "/system/backup/*",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
