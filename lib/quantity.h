/*
 * quantity.h - what can be measured: one table.
 *
 * A value of a quantity is an integer everywhere between the meter and the
 * page: unit times ten to the minus decimals.  voltage_l1 has unit "V" and
 * decimals 3, so 231.2 V is 231200.
 */
#ifndef MEWS_QUANTITY_H
#define MEWS_QUANTITY_H

#include "mews.h"

enum mews_kind {
	MEWS_COUNTER, /* an index that only rises */
	MEWS_GAUGE,   /* a level that goes up and down */
	MEWS_STATE    /* bits or an enumeration */
};

enum mews_medium {
	MEWS_ELECTRICITY,
	MEWS_WATER,
	MEWS_GAS,
	MEWS_HEAT,
	MEWS_AIR, /* compressed */
	MEWS_NO_MEDIUM
};

struct mews_quantity {
	const char *name; /* in profiles, files and databases: stable */
	const char *obis; /* IEC 62056-6-1, medium to group D; "" if none */
	const char *unit; /* of the stored integer, ASCII: Wh, V, L, % */
	int decimals;
	enum mews_kind kind;
	enum mews_medium medium;
};

#define MEWS_QUANTITIES 320 /* the table has no more */

/*
 * NULL when there is none of that name.
 */
const struct mews_quantity *mews_quantity_find(const char *name);

/*
 * The i-th of the table, NULL behind its end.
 */
const struct mews_quantity *mews_quantity_at(size_t i);

/*
 * Harmonics are voltage_l1_h2 to voltage_l1_h25 and so on for the voltages and
 * currents of L1, L2, L3: a ratio to the fundamental in %.  The order, and how
 * much of the name says what it is the harmonic of (voltage_l1); 0 when the
 * quantity is no harmonic.
 */
#define MEWS_ORDER_FIRST 2
#define MEWS_ORDER_LAST  25
int mews_quantity_order(const struct mews_quantity *, size_t *root);

/*
 * What a low-voltage board can use of it at most within an hour; 0: not known.
 */
int64_t mews_quantity_most(const struct mews_quantity *);

/*
 * How people read it: the unit shown, such as "kWh" or
 * "m³", the power of ten from the stored integer to it, and the number of
 * decimals for a value of that size.
 */
struct mews_display {
	const char *unit; /* UTF-8 */
	int exponent;     /* shown = stored x 10^-exponent */
	int decimals;
};
struct mews_display
mews_quantity_display(const struct mews_quantity *, int64_t value);

/*
 * The number without its unit, grouped and rounded half away from zero as the
 * language "en", "it" or "fr" writes it: 1,284.5 / 1.284,5 / 1 284,5 with
 * U+202F.  The minus sign is U+2212, never before a zero.  text holds at least
 * MEWS_NUMBER bytes.
 */
#define MEWS_NUMBER 64
void mews_number(char *text, const char *lang, int64_t value, int exponent,
    int decimals);

/*
 * The same for programs: "1284.5", point, ASCII minus, no groups, exactly
 * `decimals` digits behind the point.
 */
void mews_number_plain(char *text, int64_t value, int exponent, int decimals);

#endif
