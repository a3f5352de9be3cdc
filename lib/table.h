/*
 * table.h - what several series measured, side by side: columns and rows of
 * every CSV file.
 *
 * A row is a bucket of time; a counter has the columns delta (what was counted)
 * and index (the global counter), a gauge mean, min and max, a state last.
 * Names of columns are PLATE_QUANTITY_COLUMN_UNIT without the plate where all
 * belong to one device; units are those of the stored integers.
 */
#ifndef MEWS_TABLE_H
#define MEWS_TABLE_H

#include "csv.h"
#include "history.h"

/*
 * The k-th column that any kind has: its kind, its word, and its figure in a
 * bucket; NULL behind the last.
 */
struct mews_column {
	enum mews_kind kind;
	const char *word; /* delta, index, mean ... */
};
const struct mews_column *mews_column_at(size_t k);
int64_t mews_column_value(const struct mews_bucket *, size_t k);

/*
 * Its name for programs, into at least MEWS_COLUMN bytes; plate "" : none.
 */
#define MEWS_COLUMN 128
void mews_column_name(char *text, const char *plate,
    const struct mews_quantity *, size_t k);

/*
 * The words of a row's flags, in order; the i-th, NULL behind the last.
 * MEWS_PARTIAL is no flag of the history: fewer were seen than expected, or
 * nothing between two that were.
 */
#define MEWS_PARTIAL (1u << 31)
struct mews_flag_word {
	unsigned bit;
	const char *word;
};
const struct mews_flag_word *mews_flag_word_at(size_t i);

struct mews_table;

/*
 * An empty table; plates: those stand in the names of columns.
 */
struct mews_table *mews_table_new(bool plates);
void mews_table_free(struct mews_table *); /* NULL is allowed */

/*
 * Adds what was ever stored of a device, in the order of quantities; counters:
 * nothing else.
 */
enum mews_rc mews_table_add(struct mews_table *, struct mews_db *history,
    int64_t device, const char *plate, bool counters, struct mews_err *);

/*
 * Reads the buckets that start in [from, to), in place of those read before.
 * One that is not over at now is left out.  A stretch is read at once: keep it
 * short, a day of minutes.  MEWS_NONE: it does not go on as it was.
 */
enum mews_shown {
	MEWS_SHOW_FILLED, /* columns without any bucket are hidden */
	MEWS_SHOW_ALL,
	MEWS_SHOW_ON /* the same columns as before, whose rows go on */
};
enum mews_rc
mews_table_read(struct mews_table *, struct mews_db *history, enum mews_level,
    int64_t from, int64_t to, int64_t now, enum mews_shown, struct mews_err *);

/*
 * The i-th series shown, and whose it is; false behind the last.
 */
bool mews_table_series(const struct mews_table *, size_t i, const char **plate,
    const struct mews_quantity **);

/*
 * The names of the columns, as one row.
 */
void mews_table_head(const struct mews_table *, struct mews_csv *);

/*
 * Appends the next row: UTC, local time with offset, figures, flags; where
 * the file is for spreadsheets local time, offset, UTC ...  False
 * when there is none; *t is its time.
 */
bool mews_table_row(struct mews_table *, struct mews_csv *, int64_t *t);

/*
 * Appends what the columns shown are, as a JSON array of objects: name, unit,
 * decimals, kind, obis, quantity.
 */
void mews_table_json(const struct mews_table *, struct mews_buf *);

#endif
