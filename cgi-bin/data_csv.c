/*
 * data_csv.c - /csv/PLATE: the stretch a chart shows, its quantity first, then
 * the others of the device that have values in it.
 */
#include "sheet.h"

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "for", REQUEST_WORD, 8 },
	{ "of", REQUEST_WORD, 40 },
	{ NULL, REQUEST_WORD, 0 },
};

/* What the chart shows comes first and stays when it is empty. */
static enum mews_rc
read_all(struct page_ctx *c, struct sheet *t, size_t device,
    const struct mews_quantity *first, const struct period *p,
    struct mews_err *err)
{
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, device, q, MEWS_LEN(q)), i;
	enum mews_rc rc = sheet_read(c, t, device, first, p, true, err);

	for (i = 0; i < n && rc == MEWS_OK; i++)
		if (q[i] != first)
			rc = sheet_read(c, t, device, q[i], p, false, err);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t device = series_device(c, c->part);
	const struct mews_quantity *q;
	struct sheet t = { .n = 0 };
	struct period p;
	enum mews_rc rc;

	if (device == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	if ((rc = sheet_begin(c, &t, request_get(c->request, "for"), err)) !=
		MEWS_OK ||
	    (rc = period_read(c, request_get(c->request, "by"),
		 request_get(c->request, "at"), &p, err)) != MEWS_OK)
		return rc;
	q = series_choose(c, device, request_get(c->request, "of"), p.by);
	if (q == NULL)
		return mews_fail(err, MEWS_NONE, "no such quantity");
	if ((rc = read_all(c, &t, device, q, &p, err)) == MEWS_OK)
		sheet_write(c, &t, c->part, &p);
	sheet_clear(&t);
	return rc;
}

const struct page data_csv = {
	.path = "/csv/*",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.fields = fields,
	.show = show,
};
