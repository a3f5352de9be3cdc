/*
 * errand.h - courier.db: how sinks fare and how far they have come, and the
 * finished files of the data folder in the order they became so.
 *
 * Only mews-courier opens courier.db; each of its threads has a connection of
 * its own.
 */
#ifndef MEWS_ERRAND_H
#define MEWS_ERRAND_H

#include "db.h"

#define MEWS_SINK 24 /* bytes of a sink's word */

struct mews_errand {
	char sink[MEWS_SINK];
	int64_t good;  /* Unix time it last did its work; 0: never */
	int64_t since; /* Unix time it began to fail; 0: it does not */
	int64_t tries; /* failures in a row */
	char why[240]; /* sentence of the last failure, "" */
};

/*
 * MEWS_NONE: it never did anything.
 */
enum mews_rc mews_errand_get(struct mews_db *, const char *sink,
    struct mews_errand *, struct mews_err *);
enum mews_rc mews_errand_set(struct mews_db *, const struct mews_errand *,
    struct mews_err *);

/*
 * How far something has come, such as a destination with the finished files;
 * 0 when it was never set.  Setting what it is already writes nothing.
 */
enum mews_rc mews_cursor_get(struct mews_db *, const char *name, int64_t *at,
    struct mews_err *);
enum mews_rc mews_cursor_set(struct mews_db *, const char *name, int64_t at,
    struct mews_err *);

/*
 * How the folder of a device or, for "", of the site is called in the data
 * folder: the plate with '_' for its dots, and SITE.  At least MEWS_FOLDER_NAME
 * bytes.
 */
#define MEWS_FOLDER_NAME 16
void mews_folder_name(char *text, const char *plate);

#define MEWS_FILE_PATH 160

struct mews_finished {
	int64_t id;
	char path[MEWS_FILE_PATH]; /* below the data folder */
	int64_t size;
	int64_t sum; /* FNV-1a of its bytes, 64 bits */
	int64_t t;   /* Unix time it was written */
};

/*
 * Tells of a file that is complete.  The same bytes again change no more than t;
 * other bytes give it a new id, behind all others.
 */
enum mews_rc mews_finished_add(struct mews_db *, const struct mews_finished *,
    struct mews_err *);

/*
 * The first file behind an id (0: of all): a destination that keeps the id of
 * what it has brought there misses none and brings none twice.  MEWS_NONE.
 */
enum mews_rc mews_finished_next(struct mews_db *, int64_t after,
    struct mews_finished *, struct mews_err *);

/*
 * How many are behind an id.
 */
enum mews_rc mews_finished_count(struct mews_db *, int64_t after, int64_t *n,
    struct mews_err *);

/*
 * What is known of a path; MEWS_NONE.  drop: it is no longer in the folder.
 */
enum mews_rc mews_finished_find(struct mews_db *, const char *path,
    struct mews_finished *, struct mews_err *);
enum mews_rc
mews_finished_drop(struct mews_db *, const char *path, struct mews_err *);

#endif
