/*
 * mend.h - commands about the soundness of history.db.
 */
#ifndef MEND_H
#define MEND_H

#include "door.h"
#include "service.h"

/*
 * history-mend and damage-seen.
 */
enum mews_rc mend_serve(struct service *, const struct door_caller *,
    const struct mews_message *, struct mews_message *answer,
    struct mews_err *);

#endif
