/*
 * cut.h - hours that a day's border cuts in two.
 *
 * Where a zone is off by :30 or :45 a day begins within an hour of UTC, and
 * the two parts of that hour come from its minutes.
 */
#ifndef MEWS_CUT_H
#define MEWS_CUT_H

#include "booking.h"

/*
 * True when the border lies within an hour.
 */
bool mews_cut_needed(int64_t border);

/*
 * Replaces the hour of the list that the border cuts by its parts, from that
 * hour's minutes and bookings of the series.  An hour whose minutes are no
 * longer kept stays whole.
 */
void mews_cut_hour(struct mews_buckets *hours, enum mews_kind, int64_t border,
    const struct mews_bucket *minutes, size_t n, const struct mews_booking *,
    size_t nbookings);

#endif
