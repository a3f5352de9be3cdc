/*
 * series.c - chooses and reads.
 */
#include "series.h"

#include "device.h"
#include "figure.h"

#include <string.h>

#define POWER "active_power"

/* Seconds of a bucket; a month and a year of the mean Gregorian year.  Days
 * that are an hour shorter or longer are rounded away. */
static const int64_t lasts[MEWS_LEVELS] = { 60, 3600, 86400, 2629746,
	31556952 };

static int64_t
count(enum mews_level by, int64_t from, int64_t to)
{
	return (to - from + lasts[by] / 2) / lasts[by];
}

enum mews_level
series_level(int64_t from, int64_t to, int64_t width)
{
	int by = MEWS_MINUTE;

	if (width <= 0 || width > SERIES_MOST)
		width = SERIES_MOST;
	while (by < MEWS_YEAR && count((enum mews_level)by, from, to) > width)
		by++;
	return (enum mews_level)by;
}

enum mews_rc
series_buckets(struct page_ctx *c, size_t i, const struct mews_quantity *q,
    enum mews_level by, int64_t from, int64_t to, struct mews_buckets *out,
    struct mews_err *err)
{
	*out = (struct mews_buckets){ 0 };
	if (count(by, from, to) > SERIES_MOST)
		return mews_fail(err, MEWS_BAD,
		    "more than %d values, take a coarser level", SERIES_MOST);
	return base_read(c->base, &base_site(c->base)->device[i], q->name, by,
	    from, to, c->now, out, err);
}

uint32_t
series_missing(const struct mews_bucket *b)
{
	return (b->flags & MEWS_OPEN) == 0 && b->seen < b->expected
	    ? b->expected - b->seen
	    : 0;
}

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

	*s = (struct series){ .device = i,
		.of = q,
		.q = q,
		.band = q->kind == MEWS_GAUGE };
	rc = series_buckets(c, i, q, p->by, p->from, p->to, &s->list, err);
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

enum mews_rc
series_whole(struct page_ctx *c, size_t i, const struct mews_quantity *q,
    const struct period *p, struct mews_bucket *out, struct mews_err *err)
{
	enum mews_level level = p->by == MEWS_HOUR ? MEWS_DAY
	    : p->by == MEWS_DAY                    ? MEWS_MONTH
						   : MEWS_YEAR;
	struct mews_buckets list;
	enum mews_rc rc =
	    series_buckets(c, i, q, level, p->from, p->to, &list, err);

	if (rc == MEWS_OK && list.n == 0)
		rc = MEWS_NONE;
	if (rc == MEWS_OK)
		*out = list.b[0];
	mews_buckets_clear(&list);
	return rc;
}
