/*
 * ledger.h - how lines do, and minutes of lines and devices, until they are
 * written to live.db.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include "live.h"

#define LEDGER_MINUTES 8192 /* most that wait; newer ones are then lost */

struct ledger;

struct ledger *ledger_new(void);
void ledger_free(struct ledger *); /* NULL is allowed */

/*
 * From any thread, copies: the newest state of a line; a minute that is over.
 */
void ledger_line(struct ledger *, const struct mews_live_line *);
void ledger_minute(struct ledger *, const struct mews_live_minute *);

/*
 * Writes what came since the last call; on failure it is kept.
 */
enum mews_rc
ledger_write(struct ledger *, struct mews_db *live, struct mews_err *);

#endif
