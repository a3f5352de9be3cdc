/*
 * salvage.h - what can still be read of a damaged database, into a sound one.
 */
#ifndef MEWS_SALVAGE_H
#define MEWS_SALVAGE_H

#include "db.h"

struct mews_salvage {
	int64_t rows;    /* that were taken over */
	int64_t refused; /* that were read, but cannot be right */
	int64_t gaps;    /* stretches of rows that cannot be read */
	bool late;       /* it ended before everything was looked at */
};

/*
 * Into every table of `to` goes what `from` has of it; a row that is there
 * already is replaced.  A table that can be read whole is emptied first.  Small
 * tables come first, then the newest levels; it ends after at most ms.  MEWS_BAD
 * when nothing of `from` can be read at all.
 */
enum mews_rc mews_salvage(struct mews_db *from, struct mews_db *to, int64_t ms,
    struct mews_salvage *, struct mews_err *);

#endif
