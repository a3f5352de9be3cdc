/*
 * figure.h - numbers, times and dates in the visitor's language.
 *
 * Every text of a figure is made here, through lib/quantity.h: nothing else
 * rounds.  Times are the site's.
 */
#ifndef FIGURE_H
#define FIGURE_H

#include "page.h"
#include "say.h"

#define FIGURE MEWS_SAY

/*
 * "10.42" and "kW".
 */
const char *figure_number(const struct page_ctx *, char *text,
    const struct mews_quantity *, int64_t value);
const char *figure_unit(const struct mews_quantity *, int64_t value);

/*
 * "10.42 kW", with U+00A0 between.
 */
const char *figure_value(const struct page_ctx *, char *text,
    const struct mews_quantity *, int64_t value);

/*
 * "33,812.345 kWh": the stored integer with every digit, and always in the same
 * unit, so that an index reads as it stands on the meter.
 */
const char *figure_exact(const struct page_ctx *, char *text,
    const struct mews_quantity *, int64_t value);

/*
 * Sets name.n and name.u: number and unit for a readout.
 */
void figure_set(struct page_ctx *, const char *name,
    const struct mews_quantity *, int64_t value);

/*
 * The same of a sum with the flags of its bucket: "≈ 10.42" where it was
 * estimated.  text holds FIGURE bytes.
 */
void figure_set_sum(struct page_ctx *, const char *name,
    const struct mews_quantity *, int64_t value, unsigned flags);
const char *figure_flagged(char *text, unsigned flags);

/*
 * How a value of this instant is written.  A level always has the decimals of
 * a small one: they do not change while somebody looks at it.
 */
struct mews_display
figure_display_now(const struct mews_quantity *, int64_t value);
void figure_set_now(struct page_ctx *, const char *name,
    const struct mews_quantity *, int64_t value);

/*
 * "14:32"; "02:30 A" and "02:30 B" in the hour that a day has twice.
 */
const char *figure_clock(char *text, int64_t t);

/*
 * "Thursday 20 November", "Thu 20 Nov 2025", "20 Nov 2025", "November 2025",
 * "2025".
 */
enum figure_date {
	FIGURE_DAY = MEWS_SAY_DAY,
	FIGURE_SHORT_DAY = MEWS_SAY_SHORT_DAY,
	FIGURE_TABLE_DAY = MEWS_SAY_TABLE_DAY,
	FIGURE_MONTH = MEWS_SAY_MONTH,
	FIGURE_YEAR = MEWS_SAY_YEAR
};
const char *
figure_date(const struct page_ctx *, char *text, enum figure_date, int64_t t);

/*
 * Name of a quantity, such as "Active power" or "Voltage L1, harmonic 5"; valid
 * until the next call.
 */
const char *figure_name(const struct page_ctx *, const struct mews_quantity *);

/*
 * Makes the first letter a capital.
 */
char *figure_capital(char *text);

/*
 * The page of a device: its values; and what it is on the bus, where tail is
 * "", "/test" or "/registers".
 */
const char *figure_path(char *text, const struct mews_device *);
const char *
figure_device_path(char *text, const struct mews_device *, const char *tail);

#endif
