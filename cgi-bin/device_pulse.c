/*
 * device_pulse.c - pulse inputs on a form.
 *
 * A label says "10 L", "0.01 m3" or "800 imp/kWh"; the site keeps Wh or L a
 * pulse as a fraction, 5/4.  Nothing is rounded, because the difference would
 * add up with every pulse.
 */
#include "device_pulse.h"

#include "figure.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

#define PARTS     1000000 /* a typed number has so many parts of one */
#define DECIMALS  6
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

/* What is typed in that unit, in PARTS; 0 when it has too many decimals. */
static int64_t
parts_in(const struct mews_pulse *p, size_t unit)
{
	int64_t f = units[unit].factor, up = p->weight, down = p->per * f;

	if (units[unit].inverse) {
		up = p->per * f;
		down = p->weight;
	}
	return up * PARTS % down == 0 ? up * PARTS / down : 0;
}

/* The unit a weight is shown in: the first with a whole number, pulses a kWh
 * last; else the one it is stored in, where it has few enough decimals. */
static size_t
shown_unit(const struct mews_pulse *p)
{
	static const size_t order[] = { 1, 0, 2, 4, 3, 5, 7, 6, 8 };
	size_t i, unit, best = MEWS_LEN(units);
	int64_t parts;

	for (i = 0; i < MEWS_LEN(order); i++) {
		unit = order[i];
		if (p->quantity == NULL ||
		    strcmp(units[unit].of, p->quantity->unit) != 0)
			continue;
		parts = parts_in(p, unit);
		if (parts != 0 && parts % PARTS == 0)
			return unit;
		if (parts != 0 &&
		    (best == MEWS_LEN(units) || !units[unit].inverse))
			best = unit;
	}
	return best == MEWS_LEN(units) ? 0 : best;
}

/* As few decimals as it has, of so many. */
static int
digits_of(int64_t n, int decimals)
{
	for (; decimals > 0 && n % 10 == 0; n /= 10)
		decimals--;
	return decimals;
}

static void
show(struct form *f, const struct input *in, const struct mews_pulse *p)
{
	size_t unit = shown_unit(p), i;
	int64_t parts;
	char weight[MEWS_NUMBER] = "", start[MEWS_NUMBER] = "";

	if (p->quantity != NULL) {
		parts = parts_in(p, unit);
		mews_number_plain(weight, parts, DECIMALS,
		    digits_of(parts, DECIMALS));
		mews_number_plain(start, p->start, 3, digits_of(p->start, 3));
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

/* In lowest terms; false when the numbers are too large to be kept. */
static bool
weigh(int64_t parts, size_t unit, struct mews_pulse *p)
{
	int64_t a, b, c;

	if (parts <= 0 || parts > INT64_C(1000000) * PARTS)
		return false;
	p->weight = units[unit].inverse ? units[unit].factor * PARTS
					: parts * units[unit].factor;
	p->per = units[unit].inverse ? parts : PARTS;
	for (a = p->weight, b = p->per; b != 0; a = b, b = c)
		c = a % b;
	p->weight /= a;
	p->per /= a;
	return p->weight <= MEWS_PULSE_MOST && p->per <= MEWS_PULSE_MOST;
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
	else if (!weigh(parts, unit, out))
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
