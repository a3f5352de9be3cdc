/*
 * system.h - commands about the box itself: its certificate and its backups.
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "mewsd.h"

/*
 * As mewsd_serve.  MEWS_BAD of certificate-put: there is no draft.
 */
enum mews_rc system_serve(struct mewsd *, const struct door_caller *,
    const struct mews_message *, struct mews_message *answer,
    struct mews_err *);

#endif
