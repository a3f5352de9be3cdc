/*
 * amendment_row.h - the audit table, for amendment.c alone.
 */
#ifndef MEWS_AMENDMENT_ROW_H
#define MEWS_AMENDMENT_ROW_H

#include "amendment.h"

/*
 * Adds a row and sets its id; reads one, MEWS_NONE; marks one as taken back at
 * by->t by by->who.  The caller's transaction.
 */
enum mews_rc mews_amendment_add(struct mews_db *, struct mews_amendment *,
    struct mews_err *);
enum mews_rc mews_amendment_get(struct mews_db *, int64_t id,
    struct mews_amendment *, struct mews_err *);
enum mews_rc mews_amendment_undo(struct mews_db *, int64_t id,
    const struct mews_amendment *by, struct mews_err *);

#endif
