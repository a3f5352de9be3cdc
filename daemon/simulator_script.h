/*
 * simulator_script.h - which lines there are, and which meters on them.
 *
 * A line of the file is words; '#' begins a comment, "..." keeps blanks.
 *
 *	line  A rtu 19200         # a pseudo-terminal, RUN/line-A
 *	line  B tcp 19200         # behind the gateway; at most one
 *	meter P1 line A unit 1 vendor BTicino model F4N200 shows house
 *
 * vendor and model as in registers.csv; shows a feed of simulator_house.h.
 * Further words: base N, the index in Wh or L when the house's file begins;
 * pulse N, Wh or L a pulse; behind H, it shows what the house did so many hours
 * before; turn MS, from a request to its answer (10);
 * code ADDRESS:VALUE, registers of function 3 that the model is known by, one
 * or, above 65535, two; sick "SICKNESS [DEGREE]", what it has from the start (simulator_meter.h).
 *
 * While it runs, lines written to RUN/simulator.ctl change what is true:
 *
 *	P3 late 350       # PLATE SICKNESS [DEGREE]
 *	line A gone       # the adapter of a pseudo-terminal is pulled
 *	line A back B7    # and comes back, as RUN/B7; without a name: RUN/line-A
 *
 * As udev would, RUN/serial/by-path/line-A leads to the adapter of line A
 * whatever its name is.
 */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include "simulator_meter.h"

#define SCRIPT_LINES  4
#define SCRIPT_METERS 128

struct script {
	struct {
		char name[16];
		bool tcp;
		int baud;
	} line[SCRIPT_LINES];
	size_t nlines;
	struct meter meter[SCRIPT_METERS];
	size_t nmeters;
};

/*
 * MEWS_BAD: file, line and mistake.  The meters learn from DIR/registers.csv
 * and borrow their feeds from the house.
 */
enum mews_rc script_read(const char *path, const char *dir,
    const struct house *, struct script *out, struct mews_err *);
void script_clear(struct script *);

/*
 * NULL when there is no such meter.
 */
struct meter *script_find(struct script *, const char *plate);

/*
 * PLATE SICKNESS [DEGREE], n words.
 */
enum mews_rc
script_obey(struct script *, char *const *word, size_t n, struct mews_err *);

#endif
