/*
 * import.h - minutes of a device, from a CSV file into the history.
 *
 *	time,active_energy_import,active_power,active_power:min
 *	2026-11-22T14:32:00Z,25137400,3840.0,3070.0
 *
 * time is the start of the minute, with a zone or in the site's; then a column
 * a quantity in the unit of quantity.h: of a counter the index at the end of
 * the minute, of a gauge the mean, and where a column QUANTITY:min or
 * QUANTITY:max follows, the extremes.  An empty field, and a line that is not
 * there, were not measured.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "history.h"

#include <stdio.h>

struct import_report {
	int64_t minutes; /* lines read */
	int64_t values;  /* figures stored */
	int64_t kept;    /* figures that were there already, left as they are */
	int64_t first, last;
};

/*
 * Reads f and stores what the history does not have yet: all or nothing.
 * MEWS_BAD: the sentence names the line and the mistake (out of order, in the
 * future, no number, fields missing, no end of line) and nothing is stored.
 */
enum mews_rc import_minutes(struct mews_db *, int64_t device, FILE *f,
    int64_t now, struct import_report *, struct mews_err *);

#endif
