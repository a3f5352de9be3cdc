/*
 * mark.h - single facts about a whole history.db.
 */
#ifndef MEWS_MARK_H
#define MEWS_MARK_H

#include "db.h"

#define MEWS_MARK_ZONE  "zone"  /* that days are cut in */
#define MEWS_MARK_DOUBT "doubt" /* Unix time; the clock jumped far ahead then */

/*
 * MEWS_NONE when it was never set.
 */
enum mews_rc mews_mark_get(struct mews_db *, const char *name, char *out,
    size_t size, struct mews_err *);
enum mews_rc mews_mark_set(struct mews_db *, const char *name,
    const char *value, struct mews_err *);
enum mews_rc
mews_mark_drop(struct mews_db *, const char *name, struct mews_err *);

#endif
