/*
 * epoch.h - where counters began anew, and what became of the difference.
 */
#ifndef MEWS_EPOCH_H
#define MEWS_EPOCH_H

#include "event.h"

enum mews_fate {
	MEWS_FATE_OPEN,      /* nobody said anything about it */
	MEWS_FATE_ACCEPTED,  /* the jump was booked */
	MEWS_FATE_REJECTED,  /* the jump stays out */
	MEWS_FATE_REPLACED,  /* a person told of a new meter */
	MEWS_FATE_EXCHANGED, /* open, but the cause is known: another serial
				number was read, so it is no jump */
	MEWS_FATE_START /* no jump: from here on a pulse input's indexes count
			   from another start; has no event */
};

/*
 * A jump up is an epoch whose first index lies above the one before.
 */
struct mews_epoch {
	int64_t id; /* 0: not written yet */
	int64_t series;
	int64_t since, t; /* Unix time of the readings of the two indexes */
	int64_t before, first; /* the last index before, the first in it */
	int64_t event;         /* id of the event that told of it */
	enum mews_fate fate;
	int64_t start; /* MEWS_FATE_START: the index of no pulse */
};

enum mews_rc
mews_epoch_write(struct mews_db *, struct mews_epoch *, struct mews_err *);

/*
 * The one that an event told of; of a series the one nearest to t that no
 * person dealt with; by its id.  MEWS_NONE.
 */
enum mews_rc mews_epoch_of_event(struct mews_db *, int64_t event,
    struct mews_epoch *, struct mews_err *);
enum mews_rc mews_epoch_near(struct mews_db *, int64_t series, int64_t t,
    struct mews_epoch *, struct mews_err *);
enum mews_rc mews_epoch_get(struct mews_db *, int64_t id, struct mews_epoch *,
    struct mews_err *);

/*
 * The start that the newest indexes of a series count from.  MEWS_NONE: it was
 * never told.
 */
enum mews_rc mews_epoch_start(struct mews_db *, int64_t series, int64_t *start,
    struct mews_err *);

/*
 * Those that nobody dealt with, of one series or of all (0), the newest first,
 * at most max; *n is how many.
 */
enum mews_rc mews_epoch_open(struct mews_db *, int64_t series,
    struct mews_epoch *out, size_t max, size_t *n, struct mews_err *);

enum mews_rc mews_epoch_decide(struct mews_db *, int64_t id, enum mews_fate,
    struct mews_err *);

/*
 * Those of a series, at most max, by time; *n is how many.
 */
enum mews_rc mews_epoch_read(struct mews_db *, int64_t series,
    struct mews_epoch *out, size_t max, size_t *n, struct mews_err *);

#endif
