/*
 * quantity.c - the table of quantities, and how numbers are written.
 *
 * OBIS codes: IEC 62056-6-1, value group C for electricity (1-0) is 16 for the
 * sum of active power, 1 and 2 for its import and export, 3 and 4 for reactive
 * import and export, 9 apparent, 11 and 12 current and voltage of any phase,
 * 13 power factor, 14 frequency; 20 is added for L1, 40 for L2, 60 for L3, so
 * 31 51 71 are the currents, 32 52 72 the voltages and 91 is the neutral;
 * group D 7 is the instantaneous value, 8 the total counter, whose group E is
 * the tariff, or 0 for all of them.  7-0:3.0.0 is a gas volume, 8-0:1.0.0 a
 * water volume, 6-0:1.0.0 an energy of heat.
 *
 * A harmonic voltage_l1_h5 is the part of order 5, 250 Hz in a net of 50 Hz, as
 * a ratio to the fundamental (u_h of EN 50160).  It has no OBIS code here: those of
 * harmonics do not say whether the value is a ratio.
 */
#include "quantity.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHASES(name, l1, l2, l3, unit, decimals, kind)                         \
	{ name "_l1", l1, unit, decimals, kind, MEWS_ELECTRICITY },            \
	    { name "_l2", l2, unit, decimals, kind, MEWS_ELECTRICITY },        \
	{                                                                      \
		name "_l3", l3, unit, decimals, kind, MEWS_ELECTRICITY         \
	}
#define TOTAL(name, obis, unit, decimals, kind)                                \
	{                                                                      \
		name, obis, unit, decimals, kind, MEWS_ELECTRICITY             \
	}
#define GAUGE(name, unit, decimals) TOTAL(name, "", unit, decimals, MEWS_GAUGE)
#define COUNTER(name, unit)         TOTAL(name, "", unit, 0, MEWS_COUNTER)
#define HARMONIC(order)                                                        \
	GAUGE("voltage_l1_h" #order, "%", 2),                                  \
	    GAUGE("voltage_l2_h" #order, "%", 2),                              \
	    GAUGE("voltage_l3_h" #order, "%", 2),                              \
	    GAUGE("current_l1_h" #order, "%", 2),                              \
	    GAUGE("current_l2_h" #order, "%", 2),                              \
	    GAUGE("current_l3_h" #order, "%", 2)

static const struct mews_quantity table[] = {
	TOTAL("active_power", "1-0:16.7.0", "W", 1, MEWS_GAUGE),
	PHASES("active_power", "1-0:36.7.0", "1-0:56.7.0", "1-0:76.7.0", "W", 1,
	    MEWS_GAUGE),
	TOTAL("active_power_import", "1-0:1.7.0", "W", 1, MEWS_GAUGE),
	TOTAL("active_power_export", "1-0:2.7.0", "W", 1, MEWS_GAUGE),
	GAUGE("active_power_avg", "W", 1),
	TOTAL("reactive_power", "", "var", 1, MEWS_GAUGE),
	PHASES("reactive_power", "", "", "", "var", 1, MEWS_GAUGE),
	GAUGE("reactive_power_avg", "var", 1),
	TOTAL("apparent_power", "1-0:9.7.0", "VA", 1, MEWS_GAUGE),
	PHASES("apparent_power", "1-0:29.7.0", "1-0:49.7.0", "1-0:69.7.0", "VA",
	    1, MEWS_GAUGE),
	GAUGE("apparent_power_avg", "VA", 1),
	TOTAL("voltage", "1-0:12.7.0", "V", 2, MEWS_GAUGE),
	PHASES("voltage", "1-0:32.7.0", "1-0:52.7.0", "1-0:72.7.0", "V", 2,
	    MEWS_GAUGE),
	TOTAL("voltage_l12", "", "V", 2, MEWS_GAUGE),
	TOTAL("voltage_l23", "", "V", 2, MEWS_GAUGE),
	TOTAL("voltage_l31", "", "V", 2, MEWS_GAUGE),
	GAUGE("voltage_avg", "V", 2),
	GAUGE("voltage_ln_avg", "V", 2),
	GAUGE("voltage_ll_avg", "V", 2),
	GAUGE("voltage_l1_min", "V", 2),
	GAUGE("voltage_l2_min", "V", 2),
	GAUGE("voltage_l3_min", "V", 2),
	GAUGE("voltage_l1_max", "V", 2),
	GAUGE("voltage_l2_max", "V", 2),
	GAUGE("voltage_l3_max", "V", 2),
	TOTAL("current", "1-0:11.7.0", "A", 3, MEWS_GAUGE),
	PHASES("current", "1-0:31.7.0", "1-0:51.7.0", "1-0:71.7.0", "A", 3,
	    MEWS_GAUGE),
	TOTAL("current_n", "1-0:91.7.0", "A", 3, MEWS_GAUGE),
	GAUGE("current_n_vector", "A", 3),
	GAUGE("current_gnd", "A", 3),
	GAUGE("current_sum", "A", 3),
	GAUGE("current_avg", "A", 3),
	GAUGE("current_l1_avg", "A", 3),
	GAUGE("current_l2_avg", "A", 3),
	GAUGE("current_l3_avg", "A", 3),
	GAUGE("current_l1_max", "A", 3),
	GAUGE("current_l2_max", "A", 3),
	GAUGE("current_l3_max", "A", 3),
	TOTAL("power_factor", "1-0:13.7.0", "1", 3, MEWS_GAUGE),
	PHASES("power_factor", "1-0:33.7.0", "1-0:53.7.0", "1-0:73.7.0", "1", 3,
	    MEWS_GAUGE),
	GAUGE("reactive_power_factor", "1", 3),
	GAUGE("phase_angle", "deg", 1),
	GAUGE("phase_angle_v1_i1", "deg", 1),
	GAUGE("phase_angle_v2_i2", "deg", 1),
	GAUGE("phase_angle_v3_i3", "deg", 1),
	GAUGE("phase_displacement_i1_i2", "deg", 1),
	GAUGE("phase_displacement_i2_i3", "deg", 1),
	GAUGE("phase_displacement_i3_i1", "deg", 1),
	GAUGE("phase_displacement_total", "deg", 1),
	TOTAL("frequency", "1-0:14.7.0", "Hz", 2, MEWS_GAUGE),
	TOTAL("thd_voltage", "", "%", 2, MEWS_GAUGE),
	PHASES("thd_voltage", "", "", "", "%", 2, MEWS_GAUGE),
	GAUGE("thd_voltage_l12", "%", 2),
	GAUGE("thd_voltage_l23", "%", 2),
	GAUGE("thd_voltage_l31", "%", 2),
	PHASES("thd_current", "", "", "", "%", 2, MEWS_GAUGE),
	HARMONIC(2),
	HARMONIC(3),
	HARMONIC(4),
	HARMONIC(5),
	HARMONIC(6),
	HARMONIC(7),
	HARMONIC(8),
	HARMONIC(9),
	HARMONIC(10),
	HARMONIC(11),
	HARMONIC(12),
	HARMONIC(13),
	HARMONIC(14),
	HARMONIC(15),
	HARMONIC(16),
	HARMONIC(17),
	HARMONIC(18),
	HARMONIC(19),
	HARMONIC(20),
	HARMONIC(21),
	HARMONIC(22),
	HARMONIC(23),
	HARMONIC(24),
	HARMONIC(25),
	TOTAL("active_power_demand", "", "W", 1, MEWS_GAUGE),
	GAUGE("active_power_demand_max", "W", 1),
	GAUGE("active_power_demand_peak", "W", 1),
	GAUGE("reactive_power_demand_max", "var", 1),
	GAUGE("apparent_power_demand", "VA", 1),
	GAUGE("apparent_power_demand_max", "VA", 1),
	GAUGE("demand_time_counter", "min", 0),
	GAUGE("temperature", "C", 1),
	TOTAL("active_energy_import", "1-0:1.8.0", "Wh", 0, MEWS_COUNTER),
	PHASES("active_energy_import", "1-0:21.8.0", "1-0:41.8.0", "1-0:61.8.0",
	    "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_import_t1", "1-0:1.8.1", "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_import_t2", "1-0:1.8.2", "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_import_t3", "1-0:1.8.3", "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_import_t4", "1-0:1.8.4", "Wh", 0, MEWS_COUNTER),
	COUNTER("active_energy_import_partial", "Wh"),
	TOTAL("active_energy_export", "1-0:2.8.0", "Wh", 0, MEWS_COUNTER),
	PHASES("active_energy_export", "1-0:22.8.0", "1-0:42.8.0", "1-0:62.8.0",
	    "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_export_t1", "1-0:2.8.1", "Wh", 0, MEWS_COUNTER),
	TOTAL("active_energy_export_t2", "1-0:2.8.2", "Wh", 0, MEWS_COUNTER),
	COUNTER("active_energy_total", "Wh"),
	PHASES("active_energy_total", "", "", "", "Wh", 0, MEWS_COUNTER),
	COUNTER("active_energy_total_t1", "Wh"),
	COUNTER("active_energy_total_t2", "Wh"),
	COUNTER("active_energy_partial", "Wh"),
	GAUGE("active_energy_net", "Wh", 0),
	TOTAL("reactive_energy_import", "1-0:3.8.0", "varh", 0, MEWS_COUNTER),
	PHASES("reactive_energy_import", "1-0:23.8.0", "1-0:43.8.0",
	    "1-0:63.8.0", "varh", 0, MEWS_COUNTER),
	TOTAL("reactive_energy_import_t1", "1-0:3.8.1", "varh", 0,
	    MEWS_COUNTER),
	TOTAL("reactive_energy_import_t2", "1-0:3.8.2", "varh", 0,
	    MEWS_COUNTER),
	TOTAL("reactive_energy_export", "1-0:4.8.0", "varh", 0, MEWS_COUNTER),
	PHASES("reactive_energy_export", "1-0:24.8.0", "1-0:44.8.0",
	    "1-0:64.8.0", "varh", 0, MEWS_COUNTER),
	TOTAL("reactive_energy_export_t1", "1-0:4.8.1", "varh", 0,
	    MEWS_COUNTER),
	TOTAL("reactive_energy_export_t2", "1-0:4.8.2", "varh", 0,
	    MEWS_COUNTER),
	COUNTER("reactive_energy_total", "varh"),
	PHASES("reactive_energy_total", "", "", "", "varh", 0, MEWS_COUNTER),
	COUNTER("reactive_energy_total_t1", "varh"),
	COUNTER("reactive_energy_total_t2", "varh"),
	COUNTER("reactive_energy_partial", "varh"),
	COUNTER("reactive_energy_inductive", "varh"),
	COUNTER("reactive_energy_capacitive", "varh"),
	COUNTER("apparent_energy", "VAh"),
	TOTAL("apparent_energy_import", "1-0:9.8.0", "VAh", 0, MEWS_COUNTER),
	PHASES("apparent_energy_import", "1-0:29.8.0", "1-0:49.8.0",
	    "1-0:69.8.0", "VAh", 0, MEWS_COUNTER),
	TOTAL("apparent_energy_export", "1-0:10.8.0", "VAh", 0, MEWS_COUNTER),
	TOTAL("operating_hours", "", "h", 0, MEWS_COUNTER),
	{ "water_volume", "8-0:1.0.0", "L", 0, MEWS_COUNTER, MEWS_WATER },
	{ "gas_volume", "7-0:3.0.0", "L", 0, MEWS_COUNTER, MEWS_GAS },
	{ "heat_energy", "6-0:1.0.0", "Wh", 0, MEWS_COUNTER, MEWS_HEAT },
	{ "air_volume", "", "L", 0, MEWS_COUNTER, MEWS_AIR },
	{ "breaker_state", "", "bits", 0, MEWS_STATE, MEWS_ELECTRICITY },
	{ "trip_cause", "", "bits", 0, MEWS_STATE, MEWS_ELECTRICITY },
	{ "digital_inputs", "", "bits", 0, MEWS_STATE, MEWS_NO_MEDIUM },
	/* which meter it is: another number is another meter */
	{ "meter_serial", "", "number", 0, MEWS_STATE, MEWS_NO_MEDIUM },
};
_Static_assert(MEWS_LEN(table) <= MEWS_QUANTITIES, "the table is longer");

const struct mews_quantity *
mews_quantity_find(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct mews_quantity *
mews_quantity_at(size_t i)
{
	return i < MEWS_LEN(table) ? &table[i] : NULL;
}

int
mews_quantity_order(const struct mews_quantity *q, size_t *root)
{
	const char *last = strrchr(q->name, '_');
	int64_t order;

	if (last == NULL || last[1] != 'h' ||
	    !mews_str_int(last + 2, MEWS_ORDER_FIRST, MEWS_ORDER_LAST, &order))
		return 0;
	*root = (size_t)(last - q->name);
	return (int)order;
}

/*
 * What a stored unit is shown as: below each limit (in units, 0: none) the
 * row's unit and decimals.
 */
static const struct {
	const char *stored;
	enum mews_kind kind;
	int64_t below;
	const char *unit;
	int exponent, decimals;
} shown[] = {
	{ "W", MEWS_GAUGE, 100000, "kW", 3, 2 },
	{ "W", MEWS_GAUGE, 0, "kW", 3, 1 },
	{ "var", MEWS_GAUGE, 100000, "kvar", 3, 2 },
	{ "var", MEWS_GAUGE, 0, "kvar", 3, 1 },
	{ "VA", MEWS_GAUGE, 100000, "kVA", 3, 2 },
	{ "VA", MEWS_GAUGE, 0, "kVA", 3, 1 },
	{ "V", MEWS_GAUGE, 0, "V", 0, 1 },
	{ "A", MEWS_GAUGE, 10, "A", 0, 2 },
	{ "A", MEWS_GAUGE, 0, "A", 0, 1 },
	{ "Hz", MEWS_GAUGE, 0, "Hz", 0, 2 },
	{ "1", MEWS_GAUGE, 0, "", 0, 2 },
	{ "%", MEWS_GAUGE, 0, "%", 0, 1 },
	{ "C", MEWS_GAUGE, 0, "\u00b0C", 0, 1 },
	{ "deg", MEWS_GAUGE, 0, "\u00b0", 0, 1 },
	{ "Wh", MEWS_COUNTER, 10000, "kWh", 3, 2 },
	{ "Wh", MEWS_COUNTER, 1000000, "kWh", 3, 1 },
	{ "Wh", MEWS_COUNTER, 10000000, "kWh", 3, 0 },
	{ "Wh", MEWS_COUNTER, 0, "MWh", 6, 1 },
	{ "varh", MEWS_COUNTER, 10000, "kvarh", 3, 2 },
	{ "varh", MEWS_COUNTER, 1000000, "kvarh", 3, 1 },
	{ "varh", MEWS_COUNTER, 0, "kvarh", 3, 0 },
	{ "VAh", MEWS_COUNTER, 10000, "kVAh", 3, 2 },
	{ "VAh", MEWS_COUNTER, 1000000, "kVAh", 3, 1 },
	{ "VAh", MEWS_COUNTER, 0, "kVAh", 3, 0 },
};

static int64_t
power10(int n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

struct mews_display
mews_quantity_display(const struct mews_quantity *q, int64_t value)
{
	int64_t size = (value < 0 ? -value : value) / power10(q->decimals);
	size_t i;

	if (mews_quantity_order(q, &i) != 0)
		return (struct mews_display){ "%", q->decimals, 2 };
	if (q->medium == MEWS_GAS || q->medium == MEWS_AIR)
		return (struct mews_display){ "m\u00b3", 3 + q->decimals, 2 };
	if (q->medium == MEWS_WATER)
		return size < 10000
		    ? (struct mews_display){ "L", q->decimals, 0 }
		    : (struct mews_display){ "m\u00b3", 3 + q->decimals, 1 };
	for (i = 0; i < MEWS_LEN(shown); i++)
		if (strcmp(shown[i].stored, q->unit) == 0 &&
		    shown[i].kind == q->kind &&
		    (shown[i].below == 0 || size < shown[i].below))
			return (struct mews_display){ shown[i].unit,
				shown[i].exponent + q->decimals,
				shown[i].decimals };
	return (struct mews_display){ q->unit, q->decimals, q->decimals };
}

/* value x 10^-exponent as an integer of so many decimals, rounded half away
 * from zero. */
static int64_t
scaled(int64_t value, int exponent, int decimals)
{
	int64_t cut, half;

	if (exponent <= decimals)
		return value * power10(decimals - exponent);
	cut = power10(exponent - decimals);
	half = cut / 2;
	return value < 0 ? -((-value + half) / cut) : (value + half) / cut;
}

struct style {
	const char *lang, *minus, *group, *point;
};

static const struct style styles[] = {
	{ "en", "\u2212", ",", "." },
	{ "it", "\u2212", ".", "," },
	{ "fr", "\u2212", "\u202f", "," },
};

static void
write_number(char *text, const struct style *s, int64_t value, int exponent,
    int decimals)
{
	int64_t n = scaled(value, exponent, decimals);
	char digits[32], *out = text;
	int len, whole, i;

	len = snprintf(digits, sizeof(digits), "%0*lld", decimals + 1,
	    llabs((long long)n));
	whole = len - decimals;
	if (n < 0)
		out = stpcpy(out, s->minus);
	for (i = 0; i < len; i++) {
		if (i == whole)
			out = stpcpy(out, s->point);
		else if (i > 0 && i < whole && (whole - i) % 3 == 0)
			out = stpcpy(out, s->group);
		*out++ = digits[i];
	}
	*out = '\0';
}

void
mews_number(char *text, const char *lang, int64_t value, int exponent,
    int decimals)
{
	const struct style *s = &styles[0];
	size_t i;

	for (i = 0; i < MEWS_LEN(styles); i++)
		if (strcmp(styles[i].lang, lang) == 0)
			s = &styles[i];
	write_number(text, s, value, exponent, decimals);
}

/* Files have millions of them, so not by printf(). */
void
mews_number_plain(char *text, int64_t value, int exponent, int decimals)
{
	int64_t n = scaled(value, exponent, decimals);
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	char digits[MEWS_NUMBER], *p = digits + sizeof(digits);
	int i;

	*--p = '\0';
	for (i = 0; rest > 0 || i <= decimals; i++) {
		if (i == decimals && decimals > 0)
			*--p = '.';
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	}
	if (n < 0)
		*--p = '-';
	(void)strcpy(text, p);
}

/*
 * Wh that a low-voltage board can carry in an hour: 400 V x sqrt 3 x 6300 A x
 * 1.25.  6300 A is the largest of the DMX3 air circuit breakers (Legrand data
 * sheet F03885EN-01), 1.25 leaves room for overload.
 */
#define MOST_ENERGY 5456000

int64_t
mews_quantity_most(const struct mews_quantity *q)
{
	static const char *const units[] = { "Wh", "varh", "VAh" };
	int64_t most = MOST_ENERGY;
	size_t i;
	int d;

	for (i = 0; i < MEWS_LEN(units); i++)
		if (strcmp(q->unit, units[i]) == 0)
			break;
	if (q->kind != MEWS_COUNTER || i == MEWS_LEN(units))
		return 0;
	for (d = 0; d < q->decimals; d++)
		most *= 10;
	return most;
}
