/*
 * budget.h - how much of a line the questions of mews take, before anybody
 * asks them.
 *
 * Pure.  A request and its answer of n bytes take (8 + n) characters, twice
 * the silence of 3.5 characters (1.75 ms above 19200 baud: MODBUS over Serial
 * Line V1.02, 2.5.1.1) and the pause of the line, and the time the device
 * thinks.  Of a line behind a Modbus TCP gateway nobody knows the speed:
 * the bus's default, 19200 8E1, is reckoned with.
 */
#ifndef MEWS_BUDGET_H
#define MEWS_BUDGET_H

#include "live.h"
#include "plan.h"

/*
 * In us: a character on the line; the silence before a request; the whole of a
 * request and its answer (lengths of PDUs) without the time to think.
 */
int64_t mews_wire_character(const struct mews_line *);
int64_t mews_wire_silence(const struct mews_line *);
int64_t mews_wire_time(const struct mews_line *, size_t request, size_t answer);

#define MEWS_BUDGET_TURN 10000 /* us to think, where nobody measured it */
#define MEWS_BUDGET_MUCH 700   /* per mille that are too much */

struct mews_budget {
	size_t devices, requests; /* that are asked; in a round */
	int64_t load;             /* of the line, per mille; may pass 1000 */
	int64_t round;            /* us to ask everything once */
	int64_t most;             /* us so many devices of this mix would need
				   * for a round, as asked for; 0: none asked */
};

/*
 * What a line carries with the devices of the site that stand on it.  With
 * changed settings: a copy of the site with the change in it.  Profiles are
 * found through find (NULL: the device is not asked and not counted); times to
 * think are the p50 of live, which may be NULL; most devices: see above.
 */
void mews_budget(const struct mews_site *, const struct mews_line *,
    const struct mews_profile *(*find)(void *ctx, const char *name), void *ctx,
    const struct mews_live *, size_t most, struct mews_budget *out);

/*
 * The same of one device, whose requests are made: us a second, and us a round.
 * turn: us it thinks, as measured; 0: nobody did.
 */
void mews_budget_plan(const struct mews_line *, const struct mews_plan *,
    int64_t turn, int64_t *second, int64_t *round);

#endif
