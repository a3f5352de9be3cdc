/*
 * booking.h - energy that belongs to a stretch of time and to no minute of it.
 *
 * It is split by time over the hours of the stretch and marked ESTIMATED in
 * every level from the hour on; the minutes stay as the meter gave them.
 */
#ifndef MEWS_BOOKING_H
#define MEWS_BOOKING_H

#include "bucket.h"
#include "db.h"

struct mews_booking {
	int64_t series;
	int64_t since, upto; /* Unix time; since < upto */
	int64_t energy;      /* below 0: taken away */
	int64_t index;       /* of the counter at since; -1: none */
	int64_t amendment;   /* of a person; 0: of the counter itself */
};

struct mews_bookings {
	struct mews_booking *b; /* owned; by series */
	size_t n, cap;
};
void mews_bookings_add(struct mews_bookings *, const struct mews_booking *);
void mews_bookings_clear(struct mews_bookings *);

/*
 * What of it lies in [from, to).  The shares of stretches that lie end to end
 * and cover it add up to its energy.
 */
int64_t
mews_booking_share(const struct mews_booking *, int64_t from, int64_t to);

/*
 * Adds its shares to the buckets of [from, to): those in the list, ascending,
 * and new ones that nobody measured where the list has none.  Each bucket
 * ends at a full hour, and at cut when that lies between two.
 */
void mews_booking_spread(const struct mews_booking *, int64_t from, int64_t to,
    int64_t cut, struct mews_buckets *);

enum mews_rc mews_booking_write(struct mews_db *, const struct mews_booking *,
    struct mews_err *);

/*
 * Appends those that touch [from, to), of one series or of all (series 0).
 */
enum mews_rc mews_booking_read(struct mews_db *, int64_t series, int64_t from,
    int64_t to, struct mews_bookings *out, struct mews_err *);

/*
 * Removes the one that the counter itself booked over just that stretch.
 */
enum mews_rc mews_booking_forget(struct mews_db *, const struct mews_booking *,
    struct mews_err *);

/*
 * Removes those of an amendment.
 */
enum mews_rc
mews_booking_drop(struct mews_db *, int64_t amendment, struct mews_err *);

#endif
