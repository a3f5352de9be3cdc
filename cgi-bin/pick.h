/*
 * pick.h - what a chart, its table and its files show: devices, one quantity,
 * one period.  All of it stands in the address.
 */
#ifndef PICK_H
#define PICK_H

#include "series.h"

/* As many colours and dashes as can be told apart. */
#define PICK_MOST 6

/*
 * on: plates with commas between; of: quantity; by, at: see period_read(), or
 * from and to: see period_days().
 */
#define PICK_FIELDS                                                            \
	{ "on", REQUEST_TEXT, 100 }, { "of", REQUEST_WORD, 40 },               \
	    { "by", REQUEST_WORD, 8 }, { "at", REQUEST_DAY, 10 },              \
	    { "from", REQUEST_TEXT, 40 },                                      \
	{                                                                      \
		"to", REQUEST_TEXT, 40                                         \
	}

struct pick {
	size_t device[PICK_MOST], n;
	const struct mews_quantity *q; /* NULL without device */
	struct period p;
	bool no_period; /* what was asked for is none: p is today */
};

/*
 * Reads it.  MEWS_NONE: no such device, or none of them measures that quantity;
 * MEWS_BAD: more than PICK_MOST devices, or, with no_period set and the rest
 * read, no such period.  A device named twice counts once.
 */
enum mews_rc pick_read(struct page_ctx *, struct pick *out, struct mews_err *);

/*
 * Appends the query of a pick, such as "on=P1,P2&of=active_power&by=minute&
 * at=2026-11-22".
 */
void
pick_query(const struct page_ctx *, const struct pick *, struct mews_buf *);

/*
 * The curve of its i-th device; empty where the device does not measure that.
 * The list must be cleared in every case.
 */
enum mews_rc pick_series(struct page_ctx *, const struct pick *, size_t i,
    struct series *, struct mews_err *);

#endif
