/*
 * report_figures.h - what devices counted in a period and in the one before.
 */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "history.h"
#include "site.h"

struct report_sum {
	int64_t sum;
	int64_t seen; /* minutes */
	unsigned flags;
	bool known;
	bool whole; /* from the first day on */
};

struct report_row {
	const struct mews_device *device;
	const struct mews_quantity *q; /* its counter; NULL: it has none */
	struct report_sum now, before;
	bool peaked;
	int64_t peak, t_peak; /* of active_power, and its minute */
};

struct report_figures {
	int64_t before, since, upto; /* [before, since) and [since, upto) */
	struct report_row *row;      /* owned: one a device */
	size_t n;
};

/*
 * Reads them.  out must be cleared in every case.
 */
enum mews_rc report_figures_read(struct mews_db *history,
    const struct mews_site *, int64_t before, int64_t since, int64_t upto,
    int64_t now, struct report_figures *out, struct mews_err *);
void report_figures_clear(struct report_figures *);

/*
 * The counter that stands for a medium, and what all main meters counted of
 * it; false where the site has none.
 */
bool report_figures_total(const struct report_figures *, enum mews_medium,
    const struct mews_quantity **, struct report_sum *now,
    struct report_sum *before);

/*
 * True when before and now can be compared: both were measured from their
 * beginning, and no meter began anew in them.
 */
bool report_fair(const struct report_sum *now, const struct report_sum *before);

#endif
