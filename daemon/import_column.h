/*
 * import_column.h - the columns of a file of minutes: for import.c.
 */
#ifndef IMPORT_COLUMN_H
#define IMPORT_COLUMN_H

#include "import.h"

enum import_part {
	IMPORT_VALUE,
	IMPORT_DELTA,
	IMPORT_MIN,
	IMPORT_MAX,
	IMPORT_SAMPLES,
	IMPORT_FLAGS
};

/*
 * One series of the file, and what the line being read says of it.
 */
struct import_series {
	int64_t id; /* 0: not in the history yet */
	const struct mews_device *device;
	const struct mews_quantity *quantity;
	bool has_index, has_delta; /* among the columns */
	bool known;                /* what was before its first minute is */
	struct mews_counter counter;
	int64_t upto;                /* end of its last minute; 0: none */
	struct mews_buckets minutes; /* not in the history yet */
	struct mews_bucket now;
	unsigned said; /* bits of enum import_part */
};

struct import_column {
	size_t series;
	enum import_part part;
};

struct import_columns {
	struct import_column *column; /* owned */
	size_t n;
	struct import_series *series; /* owned, with what is in them */
	size_t nseries;
};
void import_columns_clear(struct import_columns *);

/*
 * Reads the first line, which is changed.  MEWS_BAD, MEWS_NONE: the sentence
 * says what is wrong with it.
 */
enum mews_rc import_head(struct import_columns *, const struct import_rules *,
    char *text, struct mews_err *);

/*
 * Takes a field that is not empty.  NULL, or what is wrong with it.
 */
const char *
import_field(struct import_series *, enum import_part, const char *text);

/*
 * What is wrong with all that a line says of a series; NULL: nothing.
 */
const char *import_whole(const struct import_series *);

#endif
