/*
 * export.h - values of devices as CSV, in the columns that import.h reads.
 *
 * Minutes that were exported and are imported into an empty history are the
 * same minutes.  The first column of longer buckets has the name of the level,
 * so that they are not taken for minutes.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include "history.h"
#include "site.h"

#include <stdio.h>

struct export_what {
	const struct mews_device *device;
	const struct mews_quantity *quantity;
	int64_t series;
};

/*
 * What of the words, plates or PLATE/QUANTITY, was ever stored; all devices
 * when there is no word.  *out is the caller's to free.  MEWS_NONE: a word
 * names nothing; MEWS_BAD: nothing of all that was stored.
 */
enum mews_rc
export_choose(struct mews_db *, const struct mews_site *, char *const *word,
    int n, struct export_what **out, size_t *nout, struct mews_err *);

/*
 * Writes the buckets that start in [from, to), a row a time; *rows is how
 * many.  No more of them is in memory than a part of a day.  MEWS_FAIL: f
 * cannot be written.
 */
enum mews_rc export_values(struct mews_db *, const struct export_what *,
    size_t n, enum mews_level, int64_t from, int64_t to, int64_t now, FILE *f,
    int64_t *rows, struct mews_err *);

#endif
