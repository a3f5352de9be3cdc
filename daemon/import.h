/*
 * import.h - minutes of devices, from a CSV file into the history.
 *
 *	time,P1/active_energy_import,P1/active_power,P1/active_power:min
 *	2026-11-22T14:32:00Z,25137400,3840.0,3070.0
 *
 * time is the start of the minute, with a zone or in the site's; then a column
 * a quantity in the unit of quantity.h, with the plate of its device before it
 * or without, where all are of one.  Of a counter it is the index at the end of
 * the minute, of a gauge the mean, of a state the last value.  Columns of a
 * quantity with a word behind it tell more:
 *
 *	:delta		counter: what was used in the minute; alone, it says
 *			that no index is known
 *	:min :max	gauge: the extremes
 *	:samples	"6/6": readings seen and expected
 *	:flags		words of mews_flags_text()
 *
 * An empty field, and a line that is not there, were not measured.  What a
 * counter used in the time between its minutes is booked over it, ESTIMATED: so
 * indexes that were read once an hour or a month can be imported too.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "history.h"
#include "site.h"

#include <stdio.h>

#define IMPORT_SAYS 20 /* mistakes that are told, the others are counted */

struct import_rules {
	const struct mews_site *site;
	const struct mews_device *device; /* NULL: the columns name theirs */
	int64_t now;
	bool dry; /* nothing is stored: the database may be a reader's, or NULL
		     where there is none yet */

	/* at which index a counter begins at 0 again, 0: not known; NULL: of
	 * none it is known */
	int64_t (*modulus)(void *ctx, const struct mews_device *,
	    const struct mews_quantity *);

	/* one mistake: "line 7: ..." */
	void (*says)(void *ctx, const char *);
	void *ctx; /* of both */
};

struct import_report {
	int64_t minutes; /* lines read */
	int64_t values;  /* figures stored, or that would be */
	int64_t kept;    /* figures that were there already, left as they are */
	int64_t mistakes; /* lines */
	int64_t first, last;
};

/*
 * Reads f and stores what the history does not have yet: all or nothing, in
 * one transaction, with an event.  MEWS_BAD: a line is wrong (out of order,
 * doubled, in the future, no number, fields missing, no end of line, thinned
 * already), the mistakes were told and nothing is stored.
 */
enum mews_rc import_minutes(struct mews_db *, const struct import_rules *,
    FILE *f, struct import_report *, struct mews_err *);

#endif
