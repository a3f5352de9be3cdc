/*
 * keeper.h - care for the files that must survive: opens them whatever happened
 * to them, has large ones checked while mewsd measures, and backs them up every
 * night.
 */
#ifndef KEEPER_H
#define KEEPER_H

#include "event.h"
#include "rescue.h"

struct keeper;

/*
 * place is borrowed.
 */
struct keeper *keeper_new(const struct mews_place *);
void keeper_free(struct keeper *); /* NULL is allowed; waits for its thread */

/*
 * Opens config.db or history.db to write (mews_rescue_open); config.db first.
 * A file that was set aside is told by keeper_next() and marked in history.db
 * for the pages.
 */
enum mews_rc keeper_open(struct keeper *, enum mews_file,
    enum mews_rescue_doubt, struct mews_db **out, struct mews_err *);

/*
 * Starts the thread that backs up, at three in the night of the site, and where
 * a file was too large at its opening, checks it first.
 */
enum mews_rc keeper_run(struct keeper *, struct mews_err *);

/*
 * The next event that the keeper has to tell; false: none.
 */
bool keeper_next(struct keeper *, struct mews_event *);

/*
 * Has the thread back up at once; who asked is told by the event.
 */
void keeper_back_up(struct keeper *, const char *who);

/*
 * Has the thread make the files of that backup of state/backup ready
 * (mews_backup_unpack); then keeper_restored() is true once.
 */
void keeper_restore(struct keeper *, const char *name);
bool keeper_restored(struct keeper *);

/*
 * Has the thread prove what bring.h brought, and keep it as
 * MEWS_BACKUP_BROUGHT when it is good.
 */
void keeper_prove(struct keeper *);

/*
 * How the last one fares: "none", "checked" while it is, "good" or "refused",
 * why being a word of the command backup-brought then.
 */
void keeper_fares(struct keeper *, const char *state, const char *why);
const char *keeper_brought(struct keeper *, char why[16]);

/*
 * True while one of them is under way: keeper_next() and the like have news
 * soon.
 */
bool keeper_busy(struct keeper *);

/*
 * True once when the thread found history.db damaged.
 */
bool keeper_damaged(struct keeper *);

#endif
