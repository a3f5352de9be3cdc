/*
 * page_certificate_file.c - the signing request that waits, as a file.
 */
#include "certificate.h"

#include <stdio.h>

#define MOST 16384

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char folder[MEWS_PATH], path[MEWS_PATH + 16], text[MOST];
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/next.csr",
	    mews_place_path(c->place, MEWS_TLS, folder));
	if ((f = fopen(path, "re")) == NULL)
		return mews_fail(err, MEWS_NONE, "no request waits");
	n = fread(text, 1, sizeof(text), f);
	(void)fclose(f);
	c->reply->type = "application/pkcs10";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "mews.csr");
	mews_buf_put(&c->reply->body, text, n);
	return MEWS_OK;
}

const struct page page_certificate_file = {
	.path = CERTIFICATE_PATH "/request/file",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.show = show,
};
