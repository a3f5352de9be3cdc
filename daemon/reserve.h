/*
 * reserve.h - space on the disk that is kept back for the day when it is full.
 *
 * A file of 8 MB, or of a sixteenth of a small disk, lies beside the databases.
 * When the history finds the disk full it is given up, so that minutes can be
 * written and old ones be taken away; it is made again when a tenth of the disk
 * is free.
 */
#ifndef RESERVE_H
#define RESERVE_H

#include "place.h"

#define RESERVE_MOST (INT64_C(8) << 20)

struct reserve {
	char path[MEWS_PATH]; /* "": none is kept */
	int64_t size;         /* bytes */
	int64_t looked;       /* tick_us(); 0: never */
	int64_t left;         /* bytes free when it was looked at */
	bool is_short;        /* less than 5 % of the disk was free then */
};

/*
 * Below that folder; makes the file where there is room.
 */
void reserve_begin(struct reserve *, const char *folder);

/*
 * Gives the file up when the disk is full; false: it is not, or there is none.
 */
bool reserve_give(struct reserve *);

/*
 * Looks again, every 10 s: sets is_short and left, and makes the file again.
 * True when it looked.
 */
bool reserve_look(struct reserve *, int64_t now);

#endif
