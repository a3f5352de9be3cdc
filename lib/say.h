/*
 * say.h - figures, dates and events as people read them, in the language of a
 * view.
 *
 * Every text of a figure is made here, through quantity.h: nothing else rounds.
 * Times are the site's.  Each text holds MEWS_SAY bytes and is returned.
 */
#ifndef MEWS_SAY_H
#define MEWS_SAY_H

#include "event.h"
#include "quantity.h"
#include "view.h"

#define MEWS_SAY 96

/*
 * "10.42 kW", with U+00A0 between.
 */
const char *mews_say_value(char *text, const char *lang,
    const struct mews_quantity *, int64_t value);

/*
 * "33,812.345 kWh": every digit, and always in the same unit.
 */
const char *mews_say_exact(char *text, const char *lang,
    const struct mews_quantity *, int64_t value);

/*
 * "14:32"; "02:30 A" and "02:30 B" in the hour that a day has twice.
 */
const char *mews_say_clock(char *text, int64_t t);

/*
 * "Thursday 20 November", "Thu 20 Nov 2025", "20 Nov 2025", "November 2025",
 * "2025".
 */
enum mews_say_date {
	MEWS_SAY_DAY,
	MEWS_SAY_SHORT_DAY,
	MEWS_SAY_TABLE_DAY,
	MEWS_SAY_MONTH,
	MEWS_SAY_YEAR
};
const char *
mews_say_date(struct view *, char *text, enum mews_say_date, int64_t t);

/*
 * "14:32" on the day of now, else "20 Nov 2025, 14:32".
 */
const char *mews_say_since(struct view *, char *text, int64_t t, int64_t now);

/*
 * "Active power", "Voltage L1, harmonic 5".
 */
const char *
mews_say_name(struct view *, char *text, const struct mews_quantity *);

/*
 * What an event says, set as name of the view: its kind tells what each
 * argument is.
 */
void mews_say_event(struct view *, const char *name, const char *lang,
    const struct mews_event *, int64_t now);

#endif
