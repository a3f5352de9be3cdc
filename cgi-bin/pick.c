/*
 * pick.c - an address in, devices and a period out, and back.
 */
#include "pick.h"

#include <inttypes.h>
#include <string.h>

static enum mews_rc
add(struct page_ctx *c, struct pick *k, const char *plate, struct mews_err *err)
{
	size_t i = series_device(c, plate), n;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	for (n = 0; n < k->n; n++)
		if (k->device[n] == i)
			return MEWS_OK;
	if (k->n == PICK_MOST)
		return mews_fail(err, MEWS_BAD, "at most %d devices",
		    PICK_MOST);
	k->device[k->n++] = i;
	return MEWS_OK;
}

static enum mews_rc
devices(struct page_ctx *c, struct pick *k, struct mews_err *err)
{
	const char *s = request_get(c->request, "on");
	char plate[sizeof(((struct mews_device *)0)->plate)];
	enum mews_rc rc = MEWS_OK;
	size_t n;

	for (; *s != '\0' && rc == MEWS_OK; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		if (n >= sizeof(plate))
			return mews_fail(err, MEWS_NONE, "no such device");
		(void)memcpy(plate, s, n);
		plate[n] = '\0';
		rc = add(c, k, plate, err);
	}
	return rc;
}

static enum mews_rc
period(struct page_ctx *c, struct period *p, struct mews_err *err)
{
	const char *from = request_get(c->request, "from");
	const char *to = request_get(c->request, "to");
	const char *by = request_get(c->request, "by");

	if (from[0] != '\0' || to[0] != '\0')
		return period_days(by, from, to, p, err);
	return period_read(c, by, request_get(c->request, "at"), p, err);
}

enum mews_rc
pick_read(struct page_ctx *c, struct pick *k, struct mews_err *err)
{
	const char *of = request_get(c->request, "of");
	struct mews_err no_period;
	enum mews_rc rc;
	size_t i;

	*k = (struct pick){ 0 };
	if (period(c, &k->p, &no_period) != MEWS_OK) {
		k->no_period = true;
		(void)period_read(c, "", "", &k->p, err);
	}
	if ((rc = devices(c, k, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < k->n && k->q == NULL; i++)
		k->q = series_choose(c, k->device[i], of, k->p.by);
	if (k->n > 0 && k->q == NULL)
		return mews_fail(err, MEWS_NONE, "no such quantity");
	return k->no_period ? mews_fail(err, MEWS_BAD, "%s", no_period.text)
			    : MEWS_OK;
}

void
pick_query(const struct page_ctx *c, const struct pick *k, struct mews_buf *b)
{
	const struct mews_site *site = base_site(c->base);
	char from[16], to[16];
	size_t i;

	mews_buf_str(b, "on=");
	for (i = 0; i < k->n; i++)
		mews_buf_printf(b, "%s%s", i == 0 ? "" : ",",
		    site->device[k->device[i]].plate);
	if (k->q != NULL)
		mews_buf_printf(b, "&of=%s", k->q->name);
	mews_buf_printf(b, "&by=%s", mews_level_name(k->p.by));
	if (k->p.free)
		mews_buf_printf(b, "&from=%s&to=%s", period_at(from, k->p.from),
		    period_at(to, k->p.to - 1));
	else
		mews_buf_printf(b, "&at=%s", period_at(from, k->p.from));
}

enum mews_rc
pick_series(struct page_ctx *c, const struct pick *k, size_t i,
    struct series *s, struct mews_err *err)
{
	return series_read(c, k->device[i], k->q, &k->p, s, err);
}
