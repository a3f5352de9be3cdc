/*
 * simulator_fact.c - the file of facts, and numbers to registers.
 *
 * Everything is an integer of millionths until the last step, so a register
 * shows a counter cut to its own resolution, as a meter does, and a level
 * rounded to it.
 */
#include "simulator_fact.h"
#include "quantity.h"
#include "str.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { INTEGER, FLOATING };

struct meter_fact {
	char name[64];
	unsigned function, address, words;
	enum kind kind;
	bool low_first, pulse;
	double step; /* millionths of the plain unit that one of raw is */
	enum house_value shows;
};

static const struct {
	const char *name;
	unsigned words;
	enum kind kind;
} types[] = {
	{ "uint16", 1, INTEGER },
	{ "int16", 1, INTEGER },
	{ "uint32", 2, INTEGER },
	{ "int32", 2, INTEGER },
	{ "uint64", 4, INTEGER },
	{ "int64", 4, INTEGER },
	{ "float32", 2, FLOATING },
	{ "float64", 4, FLOATING },
};

/* What the names of the file show in this house; others show 0. */
static const struct {
	const char *name;
	enum house_value shows;
} names[] = {
	{ "voltage_l1", HOUSE_VOLTAGE },
	{ "voltage_l12", HOUSE_VOLTAGE },
	{ "voltage_l31", HOUSE_VOLTAGE },
	{ "current_l1", HOUSE_CURRENT },
	{ "current_n", HOUSE_CURRENT },
	{ "active_power", HOUSE_ACTIVE },
	{ "active_power_l1", HOUSE_ACTIVE },
	{ "active_power_abs", HOUSE_ACTIVE },
	{ "active_power_l1_abs", HOUSE_ACTIVE },
	{ "active_power_demand", HOUSE_DEMAND },
	{ "reactive_power", HOUSE_REACTIVE },
	{ "reactive_power_l1", HOUSE_REACTIVE },
	{ "reactive_power_abs", HOUSE_REACTIVE },
	{ "reactive_power_l1_abs", HOUSE_REACTIVE },
	{ "apparent_power", HOUSE_APPARENT },
	{ "apparent_power_l1", HOUSE_APPARENT },
	{ "power_factor", HOUSE_FACTOR },
	{ "power_factor_l1", HOUSE_FACTOR },
	{ "frequency", HOUSE_FREQUENCY },
	{ "thd_voltage", HOUSE_THD_VOLTAGE },
	{ "thd_voltage_l1", HOUSE_THD_VOLTAGE },
	{ "thd_current_l1", HOUSE_THD_CURRENT },
	{ "operating_hours", HOUSE_HOURS },
	{ "ct_ratio", HOUSE_ONE },
	{ "vt_ratio", HOUSE_ONE },
	{ "active_energy_import", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_import_l1", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_import_t1", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_import_total", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_total", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_total_l1", HOUSE_ACTIVE_ENERGY },
	{ "active_energy_net", HOUSE_ACTIVE_ENERGY },
	{ "reactive_energy_import", HOUSE_REACTIVE_ENERGY },
	{ "reactive_energy_import_l1", HOUSE_REACTIVE_ENERGY },
	{ "reactive_energy_import_total", HOUSE_REACTIVE_ENERGY },
	{ "reactive_energy_total", HOUSE_REACTIVE_ENERGY },
	{ "reactive_energy_total_l1", HOUSE_REACTIVE_ENERGY },
	{ "apparent_energy_import", HOUSE_APPARENT_ENERGY },
	{ "pulse_counter_in1", HOUSE_ACTIVE_ENERGY },
};

/* A harmonic, "voltage_l1_h5", is a share of the distortion such that orders 2
 * to 25 together, as the root of the sum of their squares, are all of it: odd
 * orders fall as 2.15 / order, even ones as 0.15 / order.  1 for others. */
static double
share(const char *name, enum house_value *shows)
{
	const char *last = strrchr(name, '_');
	int64_t order;

	if (last == NULL || last[1] != 'h' ||
	    !mews_str_int(last + 2, MEWS_ORDER_FIRST, MEWS_ORDER_LAST, &order))
		return 1;
	*shows = name[0] == 'v' ? HOUSE_THD_VOLTAGE : HOUSE_THD_CURRENT;
	return (order % 2 == 1 ? 2.15 : 0.15) / (double)order;
}

enum field {
	VENDOR,
	FAMILY,
	MODEL,
	QUANTITY,
	ADDRESS,
	ADDRESSING,
	FUNCTION,
	TYPE,
	ORDER,
	SCALE,
	UNIT,
	REPO,
	PATH,
	FIELDS
};

/* The fields of a line of CSV in place; false when there are not as many. */
static bool
split(char *text, char *field[FIELDS])
{
	size_t n = 0;
	char *end;

	text[strcspn(text, "\r\n")] = '\0';
	while (n < FIELDS) {
		if (*text == '"') {
			if ((end = strchr(++text, '"')) == NULL)
				return false;
			*end++ = '\0';
		} else
			end = text + strcspn(text, ",");
		field[n++] = text;
		if (*end == '\0')
			break;
		*end = '\0';
		text = end + 1;
	}
	return n == FIELDS;
}

static bool
type(const char *name, struct meter_fact *f)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(types); i++)
		if (strcmp(types[i].name, name) == 0) {
			f->words = types[i].words;
			f->kind = types[i].kind;
			return true;
		}
	return false;
}

static enum house_value
shows(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].shows;
	return HOUSE_NOTHING;
}

static double
prefix(const char *unit)
{
	static const char *const milli[] = { "mV", "mA", "mW" };
	size_t i;

	for (i = 0; i < MEWS_LEN(milli); i++)
		if (strcmp(milli[i], unit) == 0)
			return 0.001;
	return unit[0] == 'k' ? 1000 : 1;
}

/* False for a line that is no number in a register. */
static bool
understand(char *field[FIELDS], struct meter_fact *f)
{
	int64_t address;
	double scale = 1;

	*f = (struct meter_fact){ .name = "" };
	/* of "3/16" the one that reads */
	f->function = (unsigned)(field[FUNCTION][0] - '0');
	if (!type(field[TYPE], f) ||
	    !mews_str_copy(f->name, sizeof(f->name), field[QUANTITY]) ||
	    !mews_str_int(field[ADDRESS], 0, 65536, &address))
		return false;
	f->address = (unsigned)address;
	f->address -= strcmp(field[ADDRESSING], "1based") == 0;
	f->low_first = strcmp(field[ORDER], "low-first") == 0;
	f->pulse = strcmp(field[UNIT], "pulse") == 0;
	if (mews_str_double(field[SCALE], &scale))
		f->shows = shows(field[QUANTITY]);
	f->step = scale * prefix(field[UNIT]) * 1e6 /
	    share(field[QUANTITY], &f->shows);
	return f->step >= 1;
}

static int
by_address(const void *a, const void *b)
{
	const struct meter_fact *x = a, *y = b;

	return x->function != y->function ? (int)x->function - (int)y->function
					  : (int)x->address - (int)y->address;
}

enum mews_rc
fact_load(const char *dir, const char *vendor, const char *model,
    struct meter_fact **out, size_t *n, struct mews_err *err)
{
	char path[512], text[1024], *field[FIELDS];
	struct meter_fact f;
	FILE *file;

	*out = NULL;
	*n = 0;
	(void)snprintf(path, sizeof(path), "%s/registers.csv", dir);
	if ((file = fopen(path, "r")) == NULL)
		return mews_fail(err, MEWS_NONE, "%s: cannot be read", path);
	while (fgets(text, sizeof(text), file) != NULL) {
		if (!split(text, field) || strcmp(field[VENDOR], vendor) != 0 ||
		    strcmp(field[MODEL], model) != 0 || !understand(field, &f))
			continue;
		*out = mews_realloc(*out, *n + 1, sizeof(f));
		(*out)[(*n)++] = f;
	}
	(void)fclose(file);
	if (*n != 0)
		qsort(*out, *n, sizeof(f), by_address);
	return MEWS_OK;
}

void
fact_free(struct meter_fact *f)
{
	free(f);
}

void
fact_near(const struct meter_fact *fact, size_t i, unsigned function,
    unsigned address, unsigned *before, unsigned *behind)
{
	const struct meter_fact *f = &fact[i];
	unsigned end = f->address + f->words;

	if (f->function != function)
		return;
	if (f->address <= address)
		*before = end > address           ? 0
		    : address - end + 1 < *before ? address - end + 1
						  : *before;
	if (end > address)
		*behind = f->address <= address      ? 0
		    : f->address - address < *behind ? f->address - address
						     : *behind;
}

/* The bits that stand in a fact's registers. */
static uint64_t
raw(const struct meter_fact *f, int64_t pulse, const struct house_shown *s)
{
	int64_t value = s->v[f->shows];
	uint64_t bits = 0;
	float single;
	double d;

	if (f->kind == INTEGER) {
		d = f->pulse ? f->step * (double)pulse : f->step;
		if (f->shows < HOUSE_HOURS)
			value += llround(d / 2);
		return (uint64_t)(value / llround(d));
	}
	d = (double)value / f->step;
	single = (float)d;
	if (f->words == 4)
		memcpy(&bits, &d, sizeof(d));
	else {
		uint32_t low;

		memcpy(&low, &single, sizeof(low));
		bits = low;
	}
	return bits;
}

void
fact_put(const struct meter_fact *fact, size_t i, unsigned function,
    unsigned address, unsigned n, int64_t pulse, const struct house_shown *s,
    uint8_t *out)
{
	const struct meter_fact *f = &fact[i];
	unsigned w, at, place;
	uint64_t bits;

	if (f->function != function || f->address >= address + n ||
	    f->address + f->words <= address)
		return;
	bits = raw(f, pulse, s);
	for (w = 0; w < f->words; w++) {
		if (f->address + w < address || f->address + w >= address + n)
			continue;
		at = 2 * (f->address + w - address);
		place = f->low_first ? w : f->words - 1 - w;
		out[at] = (uint8_t)(bits >> (16 * place + 8));
		out[at + 1] = (uint8_t)(bits >> (16 * place));
	}
}

const char *
fact_name(const struct meter_fact *fact, size_t i, enum house_value *value)
{
	*value = fact[i].shows;
	return fact[i].name;
}

int64_t
fact_says(const struct meter_fact *fact, size_t i, int64_t pulse,
    const struct house_shown *s)
{
	const struct meter_fact *f = &fact[i];
	uint64_t bits = raw(f, pulse, s);
	uint32_t low = (uint32_t)bits;
	float single;
	double d;

	if (f->kind == INTEGER)
		return (int64_t)bits * llround(f->step) *
		    (f->pulse ? pulse : 1);
	memcpy(&d, &bits, sizeof(d));
	memcpy(&single, &low, sizeof(single));
	return llround((f->words == 4 ? d : (double)single) * f->step);
}
