/*
 * simulator_minutes.h - the measured minutes of the house.
 */
#ifndef SIMULATOR_MINUTES_H
#define SIMULATOR_MINUTES_H

#include "mews.h"

enum column { POWER, REACTIVE, VOLTAGE, CURRENT, SUB1, SUB2, SUB3, COLUMNS };

struct minute {
	bool measured;
	int32_t c[COLUMNS]; /* W, var, mV, mA, Wh, Wh, Wh */
};

struct minutes {
	int64_t begin; /* of the first: its wall clock as if it were UTC */
	struct minute
	    *at; /* owned; one a minute, also where none was measured */
	size_t n;
};

/*
 * Reads DIR/household-minutes.csv.gz.  MEWS_BAD: file, line and mistake; *out
 * is then cleared.
 */
enum mews_rc
minutes_read(const char *dir, struct minutes *out, struct mews_err *err);
void minutes_clear(struct minutes *);

#endif
