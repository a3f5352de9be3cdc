/*
 * pick_table.h - the table below the chart of several devices, and its gaps.
 */
#ifndef PICK_TABLE_H
#define PICK_TABLE_H

#include "pick.h"

/*
 * Sets below the current node: unit, row_name, rows, estimated; col.N.head,
 * row.N.{name,cell.N.{n,note}} and foot.N.{name,cell.N.n}.  A chart of minutes
 * has a table of hours.
 */
enum mews_rc
pick_table(struct page_ctx *, const struct pick *, struct mews_err *);

/*
 * Sets gap.N: the stretches of the chart without data, a sentence each, at most
 * PICK_GAPS a device; and gaps, their number.
 */
#define PICK_GAPS 5
enum mews_rc
pick_gaps(struct page_ctx *, const struct pick *, struct mews_err *);

#endif
