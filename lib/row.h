/*
 * row.h - numbers and texts into a statement of db.h, and texts out of a row.
 */
#ifndef MEWS_ROW_H
#define MEWS_ROW_H

#include "db.h"

/*
 * Parameter i becomes a copy of the text; NULL is NULL.
 */
void mews_row_text(struct sqlite3_stmt *, int i, const char *);

/*
 * Parameters 1 to n become these numbers.
 */
void mews_row_numbers(struct sqlite3_stmt *, const int64_t *v, size_t n);

/*
 * Runs a statement that returns no row and has only numbers as parameters.
 */
enum mews_rc mews_row_run(struct mews_db *, const char *sql, const int64_t *v,
    size_t n, struct mews_err *);

/*
 * Copies the text of column i, "" when it is NULL.  False when it does not fit:
 * then its beginning stands there.
 */
bool mews_row_take(struct sqlite3_stmt *, int i, char *to, size_t size);

#endif
