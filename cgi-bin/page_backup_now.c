/*
 * page_backup_now.c - has a backup written at once.
 */
#include "form.h"
#include "order.h"

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	enum mews_rc rc = order_send(c, NULL, err, "backup-now", NULL);

	if (rc == MEWS_OK)
		form_go(c, "/system", "backup_asked");
	return rc;
}

const struct page page_backup_now = {
	.path = "/system/backup",
	.methods = PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
