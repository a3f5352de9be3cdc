/*
 * site.c - the site as a struct, and what is found in it.
 *
 * site_read.c and site_text.c are its text, site_put.c changes it, site_store.c
 * is config.db.
 */
#include "site.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

static const char *const groups[MEWS_GROUPS] = {
	[MEWS_GROUP_OTHER] = "other",
	[MEWS_GROUP_HEATING] = "heating",
	[MEWS_GROUP_COOLING] = "cooling",
	[MEWS_GROUP_HOT_WATER] = "hot-water",
	[MEWS_GROUP_LIGHTING] = "lighting",
	[MEWS_GROUP_SOCKETS] = "sockets",
};

const char *
mews_group_name(enum mews_group g)
{
	return groups[g];
}

bool
mews_group_find(const char *name, enum mews_group *out)
{
	size_t i;

	for (i = 0; i < MEWS_GROUPS; i++)
		if (strcmp(groups[i], name) == 0) {
			*out = (enum mews_group)i;
			return true;
		}
	return false;
}

const char *
mews_post_name(enum mews_post p)
{
	static const char *const names[] = { [MEWS_POST_MAIN] = "main",
		[MEWS_POST_SUB] = "sub",
		[MEWS_POST_CHECK] = "check" };

	return names[p];
}

void
mews_site_clear(struct mews_site *s)
{
	free(s->line);
	free(s->device);
	free(s->port);
	free(s->rule);
	*s = (struct mews_site){ 0 };
}

const struct mews_line *
mews_site_line(const struct mews_site *s, int64_t id)
{
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (s->line[i].id == id)
			return &s->line[i];
	return NULL;
}

const struct mews_device *
mews_site_device(const struct mews_site *s, int64_t id)
{
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].id == id)
			return &s->device[i];
	return NULL;
}

const struct mews_device *
mews_site_plate(const struct mews_site *s, const char *plate)
{
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (strcmp(s->device[i].plate, plate) == 0)
			return &s->device[i];
	return NULL;
}

const struct mews_device *
mews_site_unit(const struct mews_site *s, int unit)
{
	const struct mews_device *own = NULL;
	size_t i, owners = 0;

	for (i = 0; i < s->ndevices; i++) {
		if (unit != 0 && s->device[i].gateway == unit)
			return &s->device[i];
		if (s->device[i].gateway == 0 && s->device[i].unit == unit) {
			own = &s->device[i];
			owners++;
		}
	}
	return owners == 1 ? own : NULL;
}

int64_t
mews_site_addresses(const struct mews_site *s)
{
	int64_t n = 0;
	size_t i, p;

	for (i = 0; i < s->ndevices; i++)
		for (n++, p = 0; p < MEWS_PULSE_INPUTS; p++)
			n += s->device[i].pulse[p].quantity != NULL;
	return n;
}

size_t
mews_device_quantities(const struct mews_device *d,
    const struct mews_profile *p, const struct mews_quantity **out, size_t max)
{
	const struct mews_quantity *q;
	size_t n = 0, i, j;

	for (i = 0; i < p->nreads; i++) {
		q = p->read[i].pulses == 0
		    ? p->read[i].quantity
		    : d->pulse[p->read[i].pulses - 1].quantity;
		for (j = 0; j < n && out[j] != q; j++)
			;
		if (q != NULL && j == n && n < max)
			out[n++] = q;
	}
	return n;
}

enum mews_rc
mews_device_inputs(const struct mews_device *d, const struct mews_profile *p,
    struct mews_err *err)
{
	size_t i, k;

	for (i = 0; i < MEWS_PULSE_INPUTS; i++) {
		if (d->pulse[i].quantity == NULL)
			continue;
		for (k = 0; k < p->nreads && p->read[k].pulses != i + 1; k++)
			;
		if (k == p->nreads)
			return mews_fail(err, MEWS_BAD,
			    "%s has no pulse input %zu", d->profile, i + 1);
	}
	return MEWS_OK;
}

enum mews_medium
mews_device_medium(const struct mews_device *d, const struct mews_profile *p)
{
	const struct mews_quantity *q[MEWS_QUANTITIES];
	size_t n = mews_device_quantities(d, p, q, MEWS_LEN(q)), i;

	for (i = 0; i < n; i++)
		if (q[i]->kind == MEWS_COUNTER &&
		    q[i]->medium != MEWS_NO_MEDIUM)
			return q[i]->medium;
	return n == 0 ? MEWS_NO_MEDIUM : q[0]->medium;
}
