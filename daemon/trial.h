/*
 * trial.h - new settings of a line, until a device of it answered.
 *
 * The settings before stand in config.db (mews_site_trial), so they come back
 * after a loss of power too.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "place.h"
#include "site.h"

/*
 * How long devices have to answer: this, or TRIAL_ROUNDS intervals of the
 * quickest device of the line where that is longer.
 */
#define TRIAL_S      30
#define TRIAL_ROUNDS 3

struct trial;

/*
 * place is copied; config is borrowed.
 */
struct trial *trial_new(const struct mews_place *, struct mews_db *config);
void trial_free(struct trial *); /* NULL is allowed */

/*
 * Whether a device of the line answers with the settings in force: now, or
 * before the service began anew where one has not been asked since; and how
 * long a trial of the line lasts.
 */
bool trial_answered(struct trial *, const struct mews_site *, int64_t line);
int trial_s(const struct mews_site *, int64_t line);

/*
 * live.db is about to be forgotten: remembers which lines answered.
 */
void trial_pause(struct trial *);

/*
 * The service measures anew: looks which lines are being tried.  now is
 * tick_us().
 */
void trial_begin(struct trial *, int64_t now);

/*
 * Ends a trial that is decided: true, the line's name, and whether its new
 * settings are kept.  If not, those before are in config.db again and the
 * service is to begin anew.  When there is nothing to tell, the time in ms to
 * look again goes to *wait, if that is sooner.
 */
bool
trial_end(struct trial *, int64_t now, char line[16], bool *kept, int *wait);

#endif
