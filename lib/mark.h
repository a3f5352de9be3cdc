/*
 * mark.h - single facts about a whole history.db.
 */
#ifndef MEWS_MARK_H
#define MEWS_MARK_H

#include "db.h"

/*
 * The zone that days are cut in; the Unix time of the minute last written, while
 * that is not the newest because the clock went back into a hole; the Unix time
 * at which the clock jumped far ahead: nothing is to be thinned until a person
 * says that it is right; what is being packed (recent.h);
 * MB of the standard budget; the names of files
 * that were damaged and set aside, until an administrator has seen it.
 */
#define MEWS_MARK_ZONE    "zone"
#define MEWS_MARK_BEHIND  "behind"
#define MEWS_MARK_DOUBT   "doubt"
#define MEWS_MARK_BUDGET  "budget"
#define MEWS_MARK_PACKING "packing"
#define MEWS_MARK_DAMAGED "damaged"

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
