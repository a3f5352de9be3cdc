/*
 * download.c - devices, a level and two days out of the fields of a request.
 */
#include "download.h"

#include "calendar.h"
#include "may.h"

#include <stdlib.h>
#include <string.h>

static enum mews_rc
read_devices(struct page_ctx *c, struct download *d, struct mews_err *err)
{
	const char *on = request_get(c->request, "on");
	const struct mews_site *s = base_site(c->base);
	char zone[MAY_ZONE];
	size_t i;

	d->device = mews_alloc(s->ndevices + 1, sizeof(*d->device));
	for (i = 0; i < s->ndevices; i++)
		if (on[0] == '\0' || strcmp(on, s->device[i].plate) == 0 ||
		    (may_zone(&s->device[i], zone) && strcmp(on, zone) == 0))
			d->device[d->ask.n++] = i;
	d->ask.device = d->device;
	return d->ask.n > 0 ? MEWS_OK
			    : mews_fail(err, MEWS_NONE, "no such device");
}

static enum mews_rc
read_day(struct page_ctx *c, const char *name, bool last, int64_t *t,
    const char **field, struct mews_err *err)
{
	enum mews_level level;
	enum mews_rc rc =
	    mews_calendar_parse(request_get(c->request, name), t, &level, err);

	if (rc != MEWS_OK)
		*field = name;
	else if (last)
		*t = mews_calendar_step(level, *t, 1);
	return rc;
}

/* One of some words, "" being the first of them. */
static enum mews_rc
read_word(struct page_ctx *c, const char *name, const char *other,
    bool *is_other, const char **field, struct mews_err *err)
{
	const char *word = request_get(c->request, name);

	*is_other = strcmp(word, other) == 0;
	if (word[0] == '\0' || *is_other)
		return MEWS_OK;
	*field = name;
	return mews_fail(err, MEWS_BAD, "%s is no such word", name);
}

enum mews_rc
download_read(struct page_ctx *c, struct download *d, const char **field,
    struct mews_err *err)
{
	enum mews_rc rc;

	*field = NULL;
	*d = (struct download){ .ask.format = request_get(c->request, "for") };
	if ((rc = read_devices(c, d, err)) != MEWS_OK) {
		*field = "on";
		return rc;
	}
	if (!mews_level_find(request_get(c->request, "by"), &d->ask.by)) {
		*field = "by";
		return mews_fail(err, MEWS_BAD, "by is no level");
	}
	if ((rc = read_day(c, "from", false, &d->ask.from, field, err)) !=
		MEWS_OK ||
	    (rc = read_day(c, "to", true, &d->ask.to, field, err)) != MEWS_OK ||
	    (rc = read_word(c, "of", "counters", &d->ask.counters, field,
		 err)) != MEWS_OK ||
	    (rc = read_word(c, "pack", "zip", &d->ask.zip, field, err)) !=
		MEWS_OK)
		return rc;
	d->ask.from = mews_calendar_floor(d->ask.by, d->ask.from);
	if (d->ask.n > 1)
		d->ask.zip = true;
	return MEWS_OK;
}

void
download_clear(struct download *d)
{
	free(d->device);
	d->device = NULL;
}
