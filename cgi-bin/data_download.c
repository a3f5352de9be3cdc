/*
 * data_download.c - /download/get: the file or archive that the form of
 * /download asks for.
 */
#include "download.h"

static const struct request_field fields[] = {
	DOWNLOAD_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct download d;
	const char *field;
	enum mews_rc rc = download_read(c, &d, &field, err);

	if (rc == MEWS_OK)
		rc = flow_reply(c, &d.ask, err);
	download_clear(&d);
	return rc;
}

const struct page data_download = {
	.path = "/download/get",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.fields = fields,
	.show = show,
};
