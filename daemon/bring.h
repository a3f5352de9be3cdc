/*
 * bring.h - a backup from elsewhere, piece by piece, into the folder of backups.
 *
 * One at a time; who begins anew takes the place of the one before.  It is
 * brought.part until the keeper proved it.
 */
#ifndef BRING_H
#define BRING_H

#include "place.h"

struct bring {
	char owner[48]; /* the session that brings; "": none comes */
	int fd;
	int64_t at, size; /* bytes there are, and that are to come at most */
};

/*
 * Takes a piece of hexadecimal digits; at 0 begins a file of at most size
 * bytes.  MEWS_BAD: it is not the next, or more than was said; MEWS_AGAIN: the
 * disk has no room for it and for what is made of it.  Then nothing is kept.
 */
enum mews_rc
bring_piece(struct bring *, const struct mews_place *, const char *owner,
    int64_t at, int64_t size, const char *digits, struct mews_err *);

/*
 * The last piece is there: brings the file to the disk.
 */
enum mews_rc bring_end(struct bring *, struct mews_err *);

/*
 * Forgets what has come so far; also what a program that was killed left.
 */
void bring_drop(struct bring *, const struct mews_place *);

/*
 * Looks at what has come before anything is replaced by it; takes long.  "": it
 * is good, and MEWS_BACKUP_BROUGHT now; else the why of backup-brought, and it
 * is gone.
 */
const char *bring_prove(const struct mews_place *);

#endif
