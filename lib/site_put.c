/*
 * site_put.c - puts one line or device of a site in the place of another, and
 * takes it away.
 */
#include "site.h"

#include <string.h>

/* The i-th device stands at the end, or comes back from there. */
static void
to_end(struct mews_site *s, size_t i)
{
	struct mews_device d = s->device[i];

	memmove(s->device + i, s->device + i + 1,
	    (s->ndevices - i - 1) * sizeof(d));
	s->device[s->ndevices - 1] = d;
}

static void
from_end(struct mews_site *s, size_t i)
{
	struct mews_device d = s->device[s->ndevices - 1];

	memmove(s->device + i + 1, s->device + i,
	    (s->ndevices - i - 1) * sizeof(d));
	s->device[i] = d;
}

static enum mews_rc
put_device(struct mews_site *s, const char *was, const char *text,
    struct mews_err *err)
{
	const struct mews_device *d = mews_site_plate(s, was);
	struct mews_device old;
	enum mews_rc rc;
	size_t i;

	if (d == NULL)
		return mews_fail(err, MEWS_NONE, "no device has the plate %s",
		    was);
	i = (size_t)(d - s->device);
	to_end(s, i);
	old = s->device[--s->ndevices];
	if ((rc = mews_site_take(s, text, err)) == MEWS_OK)
		s->device[s->ndevices - 1].id = old.id;
	else
		s->device[s->ndevices++] = old;
	from_end(s, i);
	return rc;
}

static struct mews_line *
named(struct mews_site *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, name) == 0)
			return &s->line[i];
	return NULL;
}

/* The old one stands aside without a name while the new one is read. */
static enum mews_rc
put_line(struct mews_site *s, const char *was, const char *text,
    struct mews_err *err)
{
	struct mews_line *l = named(s, was), old;
	enum mews_rc rc;
	size_t i;

	if (l == NULL)
		return mews_fail(err, MEWS_NONE, "no line has the name %s",
		    was);
	i = (size_t)(l - s->line);
	old = *l;
	l->name[0] = '\0';
	rc = mews_site_take(s, text, err);
	if (rc == MEWS_OK) {
		s->line[i] = s->line[--s->nlines];
		s->line[i].id = old.id;
	} else
		s->line[i] = old;
	return rc;
}

enum mews_rc
mews_site_put(struct mews_site *s, const char *was, const char *text,
    struct mews_err *err)
{
	if (was[0] == '\0')
		return mews_site_take(s, text, err);
	if (strncmp(text, "device ", 7) == 0)
		return put_device(s, was, text, err);
	if (strncmp(text, "line ", 5) == 0)
		return put_line(s, was, text, err);
	return mews_fail(err, MEWS_BAD, "device or line is expected");
}

enum mews_rc
mews_site_drop_device(struct mews_site *s, const char *plate,
    struct mews_err *err)
{
	const struct mews_device *d = mews_site_plate(s, plate);

	if (d == NULL)
		return mews_fail(err, MEWS_NONE, "no device has the plate %s",
		    plate);
	to_end(s, (size_t)(d - s->device));
	s->ndevices--;
	return MEWS_OK;
}

enum mews_rc
mews_site_drop_line(struct mews_site *s, const char *name, struct mews_err *err)
{
	struct mews_line *l = named(s, name);
	size_t i;

	if (l == NULL)
		return mews_fail(err, MEWS_NONE, "no line has the name %s",
		    name);
	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == l->id)
			return mews_fail(err, MEWS_BAD, "%s is on line %s",
			    s->device[i].plate, name);
	for (i = 0; i < s->nports; i++)
		if (s->port[i].line == l->id)
			return mews_fail(err, MEWS_BAD,
			    "port %d of the gateway leads to line %s",
			    s->port[i].port, name);
	i = (size_t)(l - s->line);
	s->nlines--;
	memmove(l, l + 1, (s->nlines - i) * sizeof(*l));
	return MEWS_OK;
}
