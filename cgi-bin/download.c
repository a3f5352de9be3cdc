/*
 * download.c - devices, a level and two days out of the fields of a request.
 */
#include "download.h"

#include "calendar.h"
#include "may.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was ticked, with commas between, or what is asked for in one word. */
static void
read_on(const struct page_ctx *c, char on[DOWNLOAD_ON + 1])
{
	const char *word;
	char field[8], *p = on;
	size_t i;

	for (i = 0; i < DOWNLOAD_TICKS; i++) {
		(void)snprintf(field, sizeof(field), "d%zu", i);
		word = request_get(c->request, field);
		if (word[0] == '\0' ||
		    strlen(word) + 2 > (size_t)(on + DOWNLOAD_ON - p))
			continue;
		if (p != on)
			*p++ = ',';
		p = stpcpy(p, word);
	}
	if (p == on)
		(void)snprintf(on, DOWNLOAD_ON + 1, "%s",
		    request_get(c->request, "on"));
}

/* The devices that one word means; false when there is none. */
static bool
mark(const struct mews_site *s, const char *word, bool *wanted)
{
	char zone[MAY_ZONE];
	bool any = false;
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(word, s->device[i].plate) == 0 ||
		    (may_zone(&s->device[i], zone) && strcmp(word, zone) == 0))
			any = wanted[i] = true;
	return any;
}

static enum mews_rc
read_devices(struct page_ctx *c, struct download *d, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	char words[DOWNLOAD_ON + 1], *rest = words, *word;
	bool *wanted = mews_alloc(s->ndevices + 1, sizeof(*wanted));
	bool all = true;
	size_t i;

	read_on(c, d->on);
	(void)strcpy(words, d->on);
	while (d->on[0] != '\0' && (word = strsep(&rest, ",")) != NULL)
		all = mark(s, word, wanted) && all;
	d->device = mews_alloc(s->ndevices + 1, sizeof(*d->device));
	for (i = 0; i < s->ndevices && all; i++)
		if (d->on[0] == '\0' || wanted[i])
			d->device[d->ask.n++] = i;
	free(wanted);
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
