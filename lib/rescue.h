/*
 * rescue.h - opens config.db or history.db at start, whatever happened to it.
 */
#ifndef MEWS_RESCUE_H
#define MEWS_RESCUE_H

#include "salvage.h"
#include "schema.h"

enum mews_rescue_doubt {
	MEWS_RESCUE_SOUND, /* nothing is known against the file */
	MEWS_RESCUE_BAD,   /* it proved to be damaged: do not ask SQLite */
	MEWS_RESCUE_VAIN   /* what was salvaged of it proved no good either */
};

struct mews_rescue {
	char aside[MEWS_PATH];  /* where the damaged file is now; "" : sound */
	char backup[MEWS_PATH]; /* what it was begun with; "": empty */
	struct mews_salvage rows;
	bool restored; /* aside gave way to a file that a person restored */
	bool checked;  /* false: the file is too large to be checked now */
};

/*
 * Opens it to write, at the current schema.  A damaged file is set aside as
 * NAME.damaged-STAMP (UTC, with its -wal); in its place comes the newest good
 * backup of folder or of other ("" or NULL: there is none), and into that all
 * that can be salvaged within 40 s.  Whatever instant it is killed at, the next
 * start goes on.  MEWS_FAIL: the disk fails, or a newer program wrote it.
 */
enum mews_rc mews_rescue_open(const struct mews_place *, enum mews_file,
    enum mews_rescue_doubt, const char *other, struct mews_db **out,
    struct mews_rescue *, struct mews_err *);

/*
 * Puts a new file, complete and closed, in the place of one: NAME.new becomes
 * NAME, and what was NAME becomes aside.  mews_rescue_open does the rest of
 * it when it was cut short.  aside has MEWS_PATH bytes and begins with the
 * word that follows NAME.
 */
enum mews_rc mews_rescue_swap(const struct mews_place *, enum mews_file,
    const char *word, char *aside, struct mews_err *);

#endif
