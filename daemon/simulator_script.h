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
 * pulse N, Wh or L a pulse; turn MS, from a request to its answer (10).
 */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include "simulator_meter.h"

#define SCRIPT_LINES  4
#define SCRIPT_METERS 64

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
 * What a line of RUN/simulator.ctl asks for, such as "P3 late 350" (changed in
 * place).
 */
enum mews_rc script_obey(struct script *, char *text, struct mews_err *);

#endif
