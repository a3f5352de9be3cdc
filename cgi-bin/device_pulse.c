/*
 * device_pulse.c - pulse inputs on a form.
 *
 * A label says "10 L", "0.01 m3" or "1000 imp/kWh"; the site keeps whole Wh or
 * L a pulse.  What does not come out whole is refused rather than rounded,
 * because the difference would add up with every pulse.
 */
#include "device_pulse.h"

#include "figure.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

#define PARTS     1000000 /* a typed number has so many parts of one */
#define DECIMALS  6
#define WEIGHT    1000000 /* most stored integers a pulse */
#define MOST_TEXT 20

static const char *const counted[] = { "active_energy_import",
	"active_energy_export", "reactive_energy_import", "water_volume",
	"gas_volume", "heat_energy", "air_volume" };

/* A pulse is factor x the number, in the unit stored; or factor / number. */
static const struct {
	const char *name, *text, *of;
	int64_t factor;
	bool inverse;
} units[] = {
	{ "wh", "Wh", "Wh", 1, false },
	{ "kwh", "kWh", "Wh", 1000, false },
	{ "per_kwh", "imp/kWh", "Wh", 1000, true },
	{ "varh", "varh", "varh", 1, false },
	{ "kvarh", "kvarh", "varh", 1000, false },
	{ "per_kvarh", "imp/kvarh", "varh", 1000, true },
	{ "l", "L", "L", 1, false },
	{ "m3", "m\u00b3", "L", 1000, false },
	{ "per_m3", "imp/m\u00b3", "L", 1000, true },
};

struct input {
	char of[16], weight[16], unit[16], start[16]; /* names of the fields */
	char n[4];
};

static void
name(struct input *in, size_t i)
{
	(void)snprintf(in->n, sizeof(in->n), "%zu", i + 1);
	(void)snprintf(in->of, sizeof(in->of), "in%s_of", in->n);
	(void)snprintf(in->weight, sizeof(in->weight), "in%s_weight", in->n);
	(void)snprintf(in->unit, sizeof(in->unit), "in%s_unit", in->n);
	(void)snprintf(in->start, sizeof(in->start), "in%s_start", in->n);
}

/* A decimal number with point or comma. */
static bool
decimal(const char *typed, int decimals, int64_t *out)
{
	char text[MOST_TEXT], *comma;

	if (!mews_str_copy(text, sizeof(text), typed))
		return false;
	if ((comma = strchr(text, ',')) != NULL)
		*comma = '.';
	return mews_str_fixed(text, decimals, out);
}

/* The unit a weight is shown in: the larger one where it comes out whole. */
static size_t
shown_unit(const struct mews_pulse *p)
{
	size_t i, best = 0;

	for (i = MEWS_LEN(units); i-- > 0;)
		if (p->quantity != NULL && !units[i].inverse &&
		    strcmp(units[i].of, p->quantity->unit) == 0) {
			best = i;
			if (p->weight % units[i].factor == 0)
				break;
		}
	return best;
}

/* As few decimals of a thousand as it has. */
static int
digits_of(int64_t n)
{
	return n % 1000 == 0 ? 0 : n % 100 == 0 ? 1 : n % 10 == 0 ? 2 : 3;
}

static void
show(struct form *f, const struct input *in, const struct mews_pulse *p)
{
	size_t unit = shown_unit(p), i;
	char weight[MEWS_NUMBER] = "", start[MEWS_NUMBER] = "";

	if (p->quantity != NULL) {
		mews_number_plain(weight, p->weight / units[unit].factor, 0, 0);
		mews_number_plain(start, p->start, 3, digits_of(p->start));
	}
	(void)form_choose(f, in->of,
	    p->quantity == NULL ? "" : p->quantity->name);
	form_option(f, "", view_word(f->c->view, "devices.unused"), false);
	for (i = 0; i < MEWS_LEN(counted); i++) {
		const struct mews_quantity *q = mews_quantity_find(counted[i]);

		if (q != NULL)
			form_option(f, q->name, figure_name(f->c, q), false);
	}
	(void)form_text(f, in->weight, weight);
	(void)form_choose(f, in->unit, units[unit].name);
	for (i = 0; i < MEWS_LEN(units); i++)
		form_option(f, units[i].name, units[i].text, false);
	(void)form_text(f, in->start, start);
}

/* Whole stored integers of a pulse; 0 when it is none. */
static int64_t
weigh(int64_t parts, size_t unit)
{
	int64_t f = units[unit].factor, n;

	if (parts <= 0 || parts > (int64_t)WEIGHT * PARTS)
		return 0;
	if (units[unit].inverse)
		n = f * PARTS % parts == 0 ? f * PARTS / parts : 0;
	else
		n = parts * f % PARTS == 0 ? parts * f / PARTS : 0;
	return n > WEIGHT ? 0 : n;
}

static size_t
find_unit(const char *word)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(units); i++)
		if (strcmp(units[i].name, word) == 0)
			break;
	return i;
}

/* What was typed for an input; says what is wrong with it. */
static void
take(struct form *f, const struct input *in, struct mews_pulse *out)
{
	const struct request *r = f->c->request;
	const char *of = request_get(r, in->of);
	const char *start = request_get(r, in->start);
	const struct mews_quantity *q = mews_quantity_find(of);
	size_t unit = find_unit(request_get(r, in->unit));
	int64_t parts = 0;

	*out = (struct mews_pulse){ 0 };
	if (of[0] == '\0')
		return;
	out->quantity = q;
	if (q == NULL || q->kind != MEWS_COUNTER) {
		form_wrong(f, in->of, "devices.no_quantity", NULL);
		return;
	}
	if (unit == MEWS_LEN(units) || strcmp(units[unit].of, q->unit) != 0)
		form_wrong(f, in->unit, "devices.no_unit", figure_name(f->c, q),
		    NULL);
	else if (!decimal(request_get(r, in->weight), DECIMALS, &parts))
		form_wrong(f, in->weight, "devices.no_weight", NULL);
	else if ((out->weight = weigh(parts, unit)) == 0)
		form_wrong(f, in->weight, "devices.odd_weight", q->unit, NULL);
	if (start[0] != '\0' &&
	    (!decimal(start, 3, &out->start) || out->start < 0))
		form_wrong(f, in->start, "devices.no_start", NULL);
}

static void
set_names(struct form *f, const struct input *in, size_t i)
{
	struct view *v = f->c->view;

	view_row(v, "Edit.input", i);
	view_say(v, "n", "devices.input", in->n, NULL);
	view_set(v, "of", in->of);
	view_set(v, "weight", in->weight);
	view_set(v, "unit", in->unit);
	view_set(v, "start", in->start);
	view_up(v);
}

size_t
device_pulse(struct form *f, const struct mews_profile *p, bool read,
    struct mews_pulse out[MEWS_PULSE_INPUTS])
{
	struct input in;
	size_t i, k, n = 0;

	for (i = 0; i < MEWS_PULSE_INPUTS; i++) {
		for (k = 0; k < p->nreads; k++)
			if (p->read[k].pulses == i + 1)
				break;
		if (k == p->nreads) {
			out[i] = (struct mews_pulse){ 0 };
			continue;
		}
		name(&in, i);
		set_names(f, &in, n++);
		show(f, &in, &out[i]);
		if (read)
			take(f, &in, &out[i]);
	}
	return n;
}
