/*
 * check_inside.h - what finding and mending share: what a level should be.
 */
#ifndef MEWS_CHECK_INSIDE_H
#define MEWS_CHECK_INSIDE_H

#include "booking.h"
#include "check_history.h"

/*
 * What the finer level gives for [from, to), and what is stored, of one state
 * of the database.
 */
enum mews_rc mews_check_compute(struct mews_db *, int64_t series,
    enum mews_kind, enum mews_level, int64_t from, int64_t to,
    struct mews_buckets *given, struct mews_buckets *stored, struct mews_err *);

/*
 * The bucket of that time, searched from *i on, which moves on; NULL: there is
 * none.
 */
const struct mews_bucket *
mews_check_at(const struct mews_buckets *, size_t *i, int64_t t);

/*
 * Whether a stored bucket, or none, is not what the finer ones give, though
 * these are whole.
 */
bool mews_check_wrong(enum mews_kind, const struct mews_bucket *given,
    const struct mews_bucket *stored);

/*
 * What a counter moved between two minutes that follow each other, and nothing
 * booked: not the second minute, no stretch of l, no hour that saw more minutes
 * than are left.  *since is where that begins.
 */
enum mews_rc
mews_check_lost(struct mews_db *, int64_t series, const struct mews_bookings *l,
    const struct mews_bucket *a, const struct mews_bucket *b, int64_t *since,
    int64_t *lost, struct mews_err *);

#endif
