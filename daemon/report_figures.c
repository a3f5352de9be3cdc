/*
 * report_figures.c - what devices counted, from the days of the history.
 */
#include "report_figures.h"

#include <stdlib.h>

static const char *const counters[] = {
	[MEWS_ELECTRICITY] = "active_energy_import",
	[MEWS_WATER] = "water_volume",
	[MEWS_GAS] = "gas_volume",
	[MEWS_HEAT] = "heat_energy",
	[MEWS_AIR] = "air_volume",
};

/* The days of a series in [from, to). */
static enum mews_rc
days(struct mews_db *db, int64_t device, const struct mews_quantity *q,
    int64_t from, int64_t to, int64_t now, struct mews_buckets *out,
    struct mews_err *err)
{
	int64_t series;
	enum mews_rc rc = mews_history_find(db, device, q, &series, err);

	return rc != MEWS_OK ? rc
			     : mews_history_read(db, series, q->kind, MEWS_DAY,
				   from, to, now, out, err);
}

static enum mews_rc
add_up(struct mews_db *db, int64_t device, const struct mews_quantity *q,
    int64_t from, int64_t to, int64_t now, struct report_sum *out,
    struct mews_err *err)
{
	struct mews_buckets list = { 0 };
	enum mews_rc rc = days(db, device, q, from, to, now, &list, err);
	size_t i;

	*out = (struct report_sum){ .sum = 0 };
	for (i = 0; i < list.n && rc == MEWS_OK; i++) {
		out->sum += list.b[i].sum;
		out->seen += list.b[i].seen;
		out->flags |= list.b[i].flags;
		out->whole = list.b[0].t == from;
		out->known = true;
	}
	mews_buckets_clear(&list);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
find_peak(struct mews_db *db, const struct report_figures *f, int64_t now,
    struct report_row *row, struct mews_err *err)
{
	const struct mews_quantity *q = mews_quantity_find("active_power");
	struct mews_buckets list = { 0 };
	enum mews_rc rc =
	    days(db, row->device->id, q, f->since, f->upto, now, &list, err);
	size_t i;

	for (i = 0; i < list.n && rc == MEWS_OK; i++)
		if (list.b[i].seen > 0 &&
		    (!row->peaked || list.b[i].max > row->peak)) {
			row->peaked = true;
			row->peak = list.b[i].max;
			row->t_peak =
			    list.b[i].t + (int64_t)list.b[i].t_max * 60;
		}
	mews_buckets_clear(&list);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* The first of the counters that was ever stored of the device. */
static enum mews_rc
read_row(struct mews_db *db, const struct report_figures *f, int64_t now,
    struct report_row *row, struct mews_err *err)
{
	const struct mews_quantity *q;
	enum mews_rc rc = MEWS_NONE;
	int64_t series, id = row->device->id;
	size_t m;

	for (m = 0; m < MEWS_LEN(counters) && rc == MEWS_NONE; m++) {
		q = mews_quantity_find(counters[m]);
		rc = mews_history_find(db, id, q, &series, err);
		if (rc == MEWS_OK)
			row->q = q;
	}
	if (rc == MEWS_NONE)
		return MEWS_OK;
	if (rc != MEWS_OK ||
	    (rc = add_up(db, id, row->q, f->since, f->upto, now, &row->now,
		 err)) != MEWS_OK ||
	    (rc = add_up(db, id, row->q, f->before, f->since, now, &row->before,
		 err)) != MEWS_OK)
		return rc;
	return find_peak(db, f, now, row, err);
}

enum mews_rc
report_figures_read(struct mews_db *history, const struct mews_site *site,
    int64_t before, int64_t since, int64_t upto, int64_t now,
    struct report_figures *out, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	*out = (struct report_figures){ .before = before,
		.since = since,
		.upto = upto,
		.row = mews_alloc(site->ndevices + 1, sizeof(*out->row)),
		.n = site->ndevices };
	for (i = 0; i < out->n && rc == MEWS_OK; i++) {
		out->row[i].device = &site->device[i];
		rc = read_row(history, out, now, &out->row[i], err);
	}
	return rc;
}

void
report_figures_clear(struct report_figures *f)
{
	free(f->row);
	*f = (struct report_figures){ .row = NULL };
}

static void
join(struct report_sum *to, const struct report_sum *s, bool first)
{
	to->sum += s->sum;
	to->seen += s->seen;
	to->flags |= s->flags;
	to->known = to->known || s->known;
	to->whole = s->whole && (first || to->whole);
}

bool
report_figures_total(const struct report_figures *f, enum mews_medium medium,
    const struct mews_quantity **q, struct report_sum *now,
    struct report_sum *before)
{
	bool any = false;
	size_t i;

	*now = *before = (struct report_sum){ .sum = 0 };
	if (medium >= MEWS_LEN(counters))
		return false;
	*q = mews_quantity_find(counters[medium]);
	for (i = 0; i < f->n; i++)
		if (f->row[i].q == *q &&
		    f->row[i].device->post == MEWS_POST_MAIN) {
			join(now, &f->row[i].now, !any);
			join(before, &f->row[i].before, !any);
			any = true;
		}
	return any;
}

bool
report_fair(const struct report_sum *now, const struct report_sum *before)
{
	return now->whole && before->whole &&
	    ((now->flags | before->flags) & (MEWS_RESET | MEWS_CLOCK)) == 0;
}
