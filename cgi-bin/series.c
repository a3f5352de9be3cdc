/*
 * series.c - chooses and reads.
 */
#include "series.h"

#include "device.h"
#include "figure.h"

#include <string.h>

#define POWER "active_power"

const struct mews_quantity *
series_choose(const struct page_ctx *c, size_t i, const char *name,
    enum mews_level by)
{
	const struct mews_quantity *q[BASE_QUANTITIES], *counter;
	size_t n = base_quantities(c->base, i, q, MEWS_LEN(q)), k;

	if (name[0] != '\0') {
		for (k = 0; k < n; k++)
			if (strcmp(q[k]->name, name) == 0)
				return q[k];
		return NULL;
	}
	counter = device_counter(c, i);
	if (counter != NULL &&
	    (by != MEWS_MINUTE || !base_measures(c->base, i, POWER)))
		return counter;
	if (base_measures(c->base, i, POWER))
		return mews_quantity_find(POWER);
	return n == 0 ? NULL : q[0];
}

/* Wh of a minute as mean power. */
static void
to_power(struct series *s)
{
	size_t i;
	int k;

	s->q = mews_quantity_find(POWER);
	s->mean = true;
	for (i = 0; i < s->list.n; i++) {
		s->list.b[i].sum *= 60;
		for (k = 0; k < s->q->decimals; k++)
			s->list.b[i].sum *= 10;
	}
}

enum mews_rc
series_read(struct page_ctx *c, size_t i, const struct mews_quantity *q,
    const struct period *p, struct series *s, struct mews_err *err)
{
	enum mews_rc rc;

	*s = (struct series){ .of = q, .q = q, .band = q->kind == MEWS_GAUGE };
	rc = base_read(c->base, &base_site(c->base)->device[i], q->name, p->by,
	    p->from, p->to, c->now, &s->list, err);
	if (rc == MEWS_OK && p->by == MEWS_MINUTE &&
	    strcmp(q->name, "active_energy_import") == 0)
		to_power(s);
	return rc;
}

const char *
series_name(const struct page_ctx *c, const struct series *s)
{
	return s->mean ? view_word(c->view, "meter.mean_power")
		       : figure_name(c, s->q);
}

int64_t
series_most(const struct series *s)
{
	int64_t most = 0, v;
	size_t i;

	for (i = 0; i < s->list.n; i++) {
		v = s->band ? s->list.b[i].max : s->list.b[i].sum;
		if (v < 0)
			v = -v;
		most = v > most ? v : most;
	}
	return most;
}

size_t
series_device(const struct page_ctx *c, const char *plate)
{
	const struct mews_site *site = base_site(c->base);
	size_t i = 0;

	while (i < site->ndevices && strcmp(site->device[i].plate, plate) != 0)
		i++;
	return i;
}
