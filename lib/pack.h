/*
 * pack.h - moves frames of closed days into chunks, a little at a time.
 *
 * Only history.c uses this.
 */
#ifndef MEWS_PACK_H
#define MEWS_PACK_H

#include "bucket.h"
#include "db.h"

/*
 * One step: a few short transactions.  Until the last one the frames stay and
 * are right, so that it may be killed, or never go on, at any step; a frame
 * that is written meanwhile makes it begin anew.  MEWS_NONE when nothing is
 * left to pack.
 */
enum mews_rc mews_pack_step(struct mews_db *, int64_t now, struct mews_err *);

#endif
