/*
 * sheet.h - buckets as CSV: a row a bucket: time, per counter what was counted
 * and its index, per gauge mean, lowest and highest, then flags.
 *
 * All numbers are exact.  For programs they are in the stored unit (Wh, W, V
 * ...) and heads never change; for Excel they are in the unit of the chart and
 * heads in the visitor's language.  What was merged (merged.h) is
 * said in a last line for Excel, in the header Mews-Merged for programs.
 */
#ifndef SHEET_H
#define SHEET_H

#include "csv.h"
#include "merged.h"
#include "series.h"

/* A quantity of a device and its buckets. */
struct sheet_part {
	const struct mews_quantity *q;
	const char *plate;
	struct mews_buckets list;
	size_t next;            /* bucket of the row to come */
	struct mews_display as; /* how its numbers are written */
};

struct sheet {
	struct sheet_part part[BASE_QUANTITIES + 1];
	size_t n;
	bool excel;
	struct merged merged; /* what of the parts was */
	bool plates; /* of several devices: their plates are in the heads */
	struct mews_csv csv;
};

/*
 * format is "excel", "programs" or "" for the site's.  MEWS_BAD for another.
 */
enum mews_rc sheet_begin(const struct page_ctx *, struct sheet *,
    const char *format, struct mews_err *);

/*
 * Reads a part; one without values is left out unless empty is set.
 */
enum mews_rc sheet_read(struct page_ctx *, struct sheet *, size_t device,
    const struct mews_quantity *, const struct period *, bool empty,
    struct mews_err *);

/*
 * The reply is the sheet, as a file called NAME_PERIOD_LEVEL.csv.
 */
void sheet_write(struct page_ctx *, struct sheet *, const char *name,
    const struct period *);
void sheet_clear(struct sheet *);

#endif
