/*
 * past.h - minutes that come later than those around them: from a file.
 */
#ifndef MEWS_PAST_H
#define MEWS_PAST_H

#include "history.h"

struct mews_past {
	int64_t series, device;
	const struct mews_quantity *quantity;
	const char *plate; /* borrowed; for events */
	int64_t modulus;   /* of the counter; 0: not known */
	bool made_up;      /* no meter showed the counter's indexes */
};

/*
 * The last minute of a series that starts before t, or the first that starts at
 * t or later.  MEWS_NONE.
 */
enum mews_rc mews_past_before(struct mews_db *, const struct mews_past *,
    int64_t t, struct mews_bucket *, struct mews_err *);
enum mews_rc mews_past_after(struct mews_db *, const struct mews_past *,
    int64_t t, struct mews_bucket *, struct mews_err *);

/*
 * As mews_history_add, and for a counter what lies between minutes: where its
 * index moved on, the rest is booked over the hole, in the place of what was
 * booked there before; where it cannot have, it began anew, and an event tells
 * of it.  Flags of b are changed.  The caller's transaction.
 */
enum mews_rc
mews_past_add(struct mews_db *, const struct mews_past *, struct mews_bucket *b,
    size_t n, int64_t now, int64_t *kept, struct mews_err *);

#endif
