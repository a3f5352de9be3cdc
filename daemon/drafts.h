/*
 * drafts.h - long texts on their way (draft.h), kept for the command that uses
 * them: four of them, each a session's own, for ten minutes.
 */
#ifndef DRAFTS_H
#define DRAFTS_H

#include "buf.h"

#define DRAFTS     4
#define DRAFTS_AGE 600000000 /* us without a new piece */

struct drafts {
	struct draft {
		char owner[48], part[16]; /* part "": free */
		struct mews_buf text;
		int64_t touched; /* tick_us() */
	} draft[DRAFTS];
};

/*
 * Appends a piece of hexadecimal digits at the byte that must be the next; at
 * 0 begins anew, and takes the place of the oldest where all are in use.
 * MEWS_BAD: another byte is the next, no digits, or more than a draft holds.
 */
enum mews_rc drafts_take(struct drafts *, const char *owner, const char *part,
    int64_t at, const char *digits, int64_t now, struct mews_err *);

/*
 * The owner's text, NULL when there is none.
 */
const struct mews_buf *
drafts_find(const struct drafts *, const char *owner, const char *part);

void drafts_forget(struct drafts *, const char *owner, const char *part);

/*
 * Forgets those that are too old; all of them.
 */
void drafts_sort_out(struct drafts *, int64_t now);
void drafts_clear(struct drafts *);

#endif
