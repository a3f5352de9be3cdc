/*
 * amendment.h - what a person changes of the history, and takes back.
 *
 * Each writes an audit row with the value before, computes again only what it
 * touches, and is one transaction.  Energy that is added or taken away stands
 * beside the minutes (booking.h), which stay as the meter gave them; only the
 * correction of a minute itself changes it, and marks it ESTIMATED.
 */
#ifndef MEWS_AMENDMENT_H
#define MEWS_AMENDMENT_H

#include "history.h"

enum mews_amendment_kind {
	MEWS_AMEND_REPLACE, /* a meter was replaced: was, value: its indexes */
	MEWS_AMEND_ACCEPT,  /* an unexplained jump was booked: value */
	MEWS_AMEND_REJECT,  /* it was left out: value */
	MEWS_AMEND_CORRECT  /* a bucket was corrected from was to value */
};

#define MEWS_REASON 200 /* bytes */

struct mews_amendment {
	int64_t id, t; /* Unix time */
	enum mews_amendment_kind kind;
	char who[MEWS_USERNAME + 1];
	int64_t series, epoch; /* epoch 0: none */
	enum mews_level level;
	int64_t since, upto; /* Unix time of what was touched */
	int64_t was, value;  /* stored integers */
	unsigned flags;      /* of a corrected minute, or the fate of a
				replaced epoch, before */
	int64_t low, high;   /* gauge: the extremes of that minute, before */
	char reason[MEWS_REASON + 1];
	int64_t undone; /* Unix time; 0: in force */
	char undone_by[MEWS_USERNAME + 1];
};

/*
 * All below: the amendment has t, who and reason set, and gets the rest.
 *
 * A new meter: the final index of the old one, the first of the new one, and
 * when it was changed.  What the old one counted after it was last read and the
 * new one before it was first read is booked to that time.  MEWS_NONE: the
 * counter of the series began anew at no time that is not dealt with yet;
 * MEWS_BAD: an index does not fit what was read.
 */
enum mews_rc mews_amend_replace(struct mews_db *, int64_t series,
    int64_t old_final, int64_t new_first, int64_t date, struct mews_amendment *,
    struct mews_err *);

/*
 * Books the jump that an event told of, or leaves it out.  MEWS_NONE: no jump
 * that waits for an answer belongs to the event.
 */
enum mews_rc mews_amend_jump(struct mews_db *, int64_t event, bool accept,
    struct mews_amendment *, struct mews_err *);

/*
 * The bucket that starts at t was really value.  A counter's is at least 0; its
 * minute must have been measured, longer buckets are over and take the
 * difference by time, or from their hours in proportion when it is taken away.
 * Of a gauge or a state, whose hours follow from their minutes, it is a minute
 * that was measured; value becomes its mean and its extremes.  MEWS_BAD,
 * MEWS_NONE.
 */
enum mews_rc
mews_amend_correct(struct mews_db *, int64_t series, enum mews_level, int64_t t,
    int64_t value, struct mews_amendment *, struct mews_err *);

/*
 * Takes an amendment back; t and who are of that.  MEWS_NONE; MEWS_BAD: it was
 * taken back before, or its minute was corrected again since.
 */
enum mews_rc mews_amend_undo(struct mews_db *, int64_t id,
    struct mews_amendment *, struct mews_err *);

/*
 * The newest first, at most max, of one series or of all (0), with ids below
 * before (0: all); *n is how many.
 */
enum mews_rc
mews_amendment_read(struct mews_db *, int64_t series, int64_t before,
    struct mews_amendment *out, size_t max, size_t *n, struct mews_err *);

#endif
