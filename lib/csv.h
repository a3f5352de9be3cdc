/*
 * csv.h - CSV as spreadsheets and programs read it.
 */
#ifndef MEWS_CSV_H
#define MEWS_CSV_H

#include "buf.h"

/*
 * The format "programs" has commas, points, UTC first and no byte order mark;
 * the formats of a language are for Excel in it: en "," ".", it and fr ";" ",",
 * CRLF and a byte order mark.
 */
struct mews_csv {
	struct mews_buf *out;
	char separator, point;
	bool crlf;  /* for spreadsheets */
	bool mark;  /* a byte order mark goes before the first row */
	bool begun; /* the current row has a cell */
};

/*
 * format is "programs" or "excel"; lang decides the latter.
 */
void mews_csv_init(struct mews_csv *, struct mews_buf *out, const char *format,
    const char *lang);

/*
 * A text that a spreadsheet could run (it begins with = + - @ TAB CR) gets a
 * leading apostrophe; quotes are added where needed.
 */
void mews_csv_text(struct mews_csv *, const char *);

/*
 * value x 10^-exponent with so many decimals; nothing() leaves the cell empty.
 */
void
mews_csv_number(struct mews_csv *, int64_t value, int exponent, int decimals);
void mews_csv_nothing(struct mews_csv *);
void mews_csv_end(struct mews_csv *); /* ends the row */

#endif
