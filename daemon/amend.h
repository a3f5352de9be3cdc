/*
 * amend.h - commands by which a person changes the history.
 */
#ifndef AMEND_H
#define AMEND_H

#include "door.h"
#include "service.h"

/*
 * Carries out replace-meter, accept-energy, reject-energy, correct-bucket and
 * undo: the recorder's thread does it, and it is told as an event.  The
 * answer's field id is the amendment's.
 */
enum mews_rc amend_serve(struct service *, struct mews_db *config,
    const struct door_caller *, const struct mews_message *,
    struct mews_message *answer, struct mews_err *);

#endif
