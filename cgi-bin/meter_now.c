/*
 * meter_now.c - what a device says now, a row a quantity and a column a phase.
 *
 * A row has one unit and one number of decimals, as page_live.c goes on with.
 */
#include "calendar.h"
#include "device.h"
#include "figure.h"
#include "meter.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *key;     /* of its name */
	const char *cell[4]; /* L1, L2, L3, system */
} rows[] = {
	{ "voltage", { "voltage_l1", "voltage_l2", "voltage_l3", NULL } },
	{ "voltage_ll", { "voltage_l12", "voltage_l23", "voltage_l31", NULL } },
	{ "current", { "current_l1", "current_l2", "current_l3", NULL } },
	{ "active_power",
	    { "active_power_l1", "active_power_l2", "active_power_l3",
		"active_power" } },
	{ "reactive_power",
	    { "reactive_power_l1", "reactive_power_l2", "reactive_power_l3",
		"reactive_power" } },
	{ "apparent_power",
	    { "apparent_power_l1", "apparent_power_l2", "apparent_power_l3",
		"apparent_power" } },
	{ "power_factor",
	    { "power_factor_l1", "power_factor_l2", "power_factor_l3",
		"power_factor" } },
	{ "thd_voltage",
	    { "thd_voltage_l1", "thd_voltage_l2", "thd_voltage_l3",
		"thd_voltage" } },
	{ "thd_current",
	    { "thd_current_l1", "thd_current_l2", "thd_current_l3", NULL } },
};
static const char *const singles[] = { "frequency", "current_n",
	"active_power_demand" };

static const struct mews_live_value *
value(const struct page_ctx *c, size_t device, const char *name)
{
	const struct mews_live_value *v = name == NULL
	    ? NULL
	    : mews_live_find(base_live(c->base),
		  base_site(c->base)->device[device].id, name);

	return v == NULL || v->missing ? NULL : v;
}

static void
cell(struct page_ctx *c, size_t device, size_t k, const char *name,
    struct mews_display d)
{
	const struct mews_live_value *v = value(c, device, name);
	char text[FIGURE] = "\u2013";

	view_row(c->view, "cell", k);
	if (name != NULL && base_measures(c->base, device, name)) {
		if (v != NULL)
			mews_number(text, c->lang, v->value, d.exponent,
			    d.decimals);
		view_set(c->view, "n", text);
		(void)snprintf(text, sizeof(text), "%s.%s",
		    base_site(c->base)->device[device].plate, name);
		view_set(c->view, "live", text);
	}
	view_int(c->view, "system", k == 3);
	view_up(c->view);
}

/* The quantity a row's history is about: the system's, else the first. */
static const char *
of_row(const struct page_ctx *c, size_t device, size_t r)
{
	size_t k;

	if (rows[r].cell[3] != NULL &&
	    base_measures(c->base, device, rows[r].cell[3]))
		return rows[r].cell[3];
	for (k = 0; k < 3; k++)
		if (base_measures(c->base, device, rows[r].cell[k]))
			return rows[r].cell[k];
	return NULL;
}

static void
row(struct page_ctx *c, size_t device, size_t r, const char *of)
{
	const struct mews_quantity *q = mews_quantity_find(of);
	struct mews_display d = figure_display_now(q, 0);
	char key[40];
	size_t k;

	(void)snprintf(key, sizeof(key), "row.%s", rows[r].key);
	view_set(c->view, "name", view_word(c->view, key));
	view_set(c->view, "unit", d.unit);
	view_set(c->view, "of", of);
	for (k = 0; k < 4; k++)
		cell(c, device, k, rows[r].cell[k], d);
}

void
meter_now(struct page_ctx *c, size_t device, const struct period *p)
{
	const struct mews_live_value *v;
	char text[FIGURE];
	const char *of;
	size_t r, n = 0;

	view_down(c->view, "Meter.now");
	view_set(c->view, "at", period_at(text, p->from));
	for (r = 0; r < MEWS_LEN(rows); r++) {
		if ((of = of_row(c, device, r)) == NULL)
			continue;
		view_row(c->view, "row", n++);
		row(c, device, r, of);
		view_up(c->view);
	}
	view_int(c->view, "n", (int64_t)n);
	for (r = n = 0; r < MEWS_LEN(singles); r++) {
		if ((v = value(c, device, singles[r])) == NULL)
			continue;
		view_row(c->view, "single", n++);
		view_set(c->view, "name", figure_name(c, v->quantity));
		figure_set_now(c, "value", v->quantity, v->value);
		(void)snprintf(text, sizeof(text), "%s.%s",
		    base_site(c->base)->device[device].plate, singles[r]);
		view_set(c->view, "live", text);
		view_up(c->view);
	}
	view_up(c->view);
}

/* Counters always have one decimal in the unit below mega: what a person
 * compares with the meter's own display. */
static void
counter(struct page_ctx *c, const struct mews_quantity *q, int64_t value)
{
	struct mews_display d = mews_quantity_display(q, 0);
	char text[FIGURE];

	if (q->medium == MEWS_WATER) {
		d = mews_quantity_display(q, 10000000);
		d.decimals = 3;
	} else if (strcmp(q->unit, "h") != 0 && q->medium != MEWS_GAS)
		d.decimals = 1;
	mews_number(text, c->lang, value, d.exponent, d.decimals);
	view_set(c->view, "n", text);
	view_set(c->view, "u", d.unit);
}

void
meter_counters(struct page_ctx *c, size_t device)
{
	const struct mews_device *dev = &base_site(c->base)->device[device];
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, device, q, MEWS_LEN(q)), i, k = 0;
	struct mews_bucket b;
	struct mews_err err;

	view_down(c->view, "Meter.counters");
	for (i = 0; i < n; i++) {
		const struct mews_live_value *v;

		if (q[i]->kind != MEWS_COUNTER ||
		    strstr(q[i]->name, "_l1") != NULL ||
		    strstr(q[i]->name, "_l2") != NULL ||
		    strstr(q[i]->name, "_l3") != NULL)
			continue;
		view_row(c->view, "counter", k++);
		view_set(c->view, "name", figure_name(c, q[i]));
		if ((v = value(c, device, q[i]->name)) != NULL)
			counter(c, q[i], v->value);
		else if (base_last(c->base, dev, q[i]->name, &b, &err) ==
		    MEWS_OK)
			counter(c, q[i], b.end);
		view_up(c->view);
	}
	view_int(c->view, "n", (int64_t)k);
	view_up(c->view);
}
