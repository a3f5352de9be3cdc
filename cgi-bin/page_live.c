/*
 * page_live.c - /api/v1/live: what is true now, as pages poll it.
 *
 * Without device: the site's power and every device's; with one, all it
 * measures.  Values are numbers in the unit shown; as=text gives them as the
 * page writes them, so that nothing is rounded in a browser; as=exact as the
 * meter gave them, in the unit that /api/v1/devices tells.  It answers from
 * memory and never waits for a meter.
 */
#include "device.h"
#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define POWER "active_power"

static const struct request_field fields[] = {
	{ "device", REQUEST_TEXT, 11 },
	{ "as", REQUEST_WORD, 8 },
	{ NULL, REQUEST_WORD, 0 },
};

/* One member; the key is made of a plate and names of ours. */
static void
put(struct page_ctx *c, const char *plate, const char *name,
    const struct mews_live_value *v)
{
	bool text = strcmp(request_get(c->request, "as"), "text") == 0;
	bool exact = strcmp(request_get(c->request, "as"), "exact") == 0;
	struct mews_buf *b = &c->reply->body;
	struct mews_display d;
	char number[MEWS_NUMBER];

	mews_buf_printf(b, "%s\"%s.%s\":", b->s[b->n - 1] == '{' ? "" : ",",
	    plate, name);
	if (v == NULL || v->missing) {
		mews_buf_str(b, text ? "\"\u2013\"" : "null");
		return;
	}
	d = figure_display_now(v->quantity, v->value);
	if (exact)
		d.exponent = d.decimals = v->quantity->decimals;
	if (text)
		mews_number(number, c->lang, v->value, d.exponent, d.decimals);
	else
		mews_number_plain(number, v->value, d.exponent, d.decimals);
	mews_buf_printf(b, text ? "\"%s\"" : "%s", number);
}

/* The sum of the main meters; missing when one of them is. */
static void
put_site(struct page_ctx *c)
{
	const struct mews_site *site = base_site(c->base);
	const struct mews_live_value *v;
	struct mews_live_value sum = { .quantity = mews_quantity_find(POWER) };
	bool any = false;
	size_t i;

	for (i = 0; i < site->ndevices; i++) {
		if (site->device[i].post != MEWS_POST_MAIN ||
		    !base_measures(c->base, i, POWER))
			continue;
		any = true;
		v = mews_live_find(base_live(c->base), site->device[i].id,
		    POWER);
		if (v == NULL || v->missing)
			sum.missing = true;
		else
			sum.value += v->value;
	}
	if (any)
		put(c, "site", POWER, &sum);
}

/* A plate that JSON would have to escape has no live values. */
static bool
plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s == '"' || *s == '\\' || *s == '<')
			return false;
	return true;
}

static void
put_device(struct page_ctx *c, size_t i, bool all)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, i, q, MEWS_LEN(q)), k;

	for (k = 0; k < n && plain(d->plate); k++)
		if (all || strcmp(q[k]->name, POWER) == 0)
			put(c, d->plate, q[k]->name,
			    mews_live_find(base_live(c->base), d->id,
				q[k]->name));
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	const char *plate = request_get(c->request, "device");
	size_t i;

	if (plate[0] != '\0' && mews_site_plate(site, plate) == NULL)
		return mews_fail(err, MEWS_NONE, "no such device");
	c->reply->type = "application/json";
	mews_buf_printf(&c->reply->body,
	    "{\"t\":%" PRId64 ",\"now\":%" PRId64 ",\"v\":{",
	    base_live(c->base)->now, c->now);
	if (plate[0] == '\0')
		put_site(c);
	for (i = 0; i < site->ndevices; i++)
		if (plate[0] == '\0' ||
		    strcmp(plate, site->device[i].plate) == 0)
			put_device(c, i, plate[0] != '\0');
	mews_buf_str(&c->reply->body, "}}\n");
	return MEWS_OK;
}

const struct page page_live = {
	.path = "/api/v1/live",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.quiet = true,
	.machine = true,
	.key = true,
	.fields = fields,
	.show = show,
};
