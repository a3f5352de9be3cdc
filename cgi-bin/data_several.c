/*
 * data_several.c - /csv: one quantity of several devices side by side, as the
 * page /history shows it.
 */
#include "pick.h"
#include "sheet.h"

static const struct request_field fields[] = {
	PICK_FIELDS,
	{ "for", REQUEST_WORD, 8 },
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct sheet t = { .plates = true };
	struct pick k;
	enum mews_rc rc = pick_read(c, &k, err);
	size_t i;

	if (rc == MEWS_OK && k.n == 0)
		rc = mews_fail(err, MEWS_NONE, "no device");
	if (rc == MEWS_OK)
		rc = sheet_begin(c, &t, request_get(c->request, "for"), err);
	if (rc != MEWS_OK)
		return rc;
	for (i = 0; i < k.n && rc == MEWS_OK; i++)
		rc = sheet_read(c, &t, k.device[i], k.q, &k.p, true, err);
	if (rc == MEWS_OK)
		sheet_write(c, &t, k.q->name, &k.p);
	sheet_clear(&t);
	return rc;
}

const struct page data_several = {
	.path = "/csv",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.fields = fields,
	.show = show,
};
