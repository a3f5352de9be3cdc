/*
 * keep_budget.h - the space the history may take, and how long that lets it be
 * kept.
 */
#ifndef MEWS_KEEP_BUDGET_H
#define MEWS_KEEP_BUDGET_H

#include "keep_weigh.h"

#define MEWS_BUDGET_DAYS 3652 /* that a forecast reaches: ten years */

/*
 * Days, at most MEWS_BUDGET_DAYS, that each level is kept once the budget in
 * bytes is used up, by the rules of keep_thin.h; 0: there is no such series.
 * least: bytes that the shortest keeping needs; floors: that all floors need;
 * full: days until the budget is used up.
 */
struct mews_forecast {
	int days[MEWS_KEEP_CLASSES][MEWS_LEVELS];
	int64_t least, floors;
	int full;
};
void mews_budget_forecast(const struct mews_weight *, int64_t budget,
    struct mews_forecast *);

/*
 * The standard budget is half of the space that is free in the folder when the
 * history begins, at most 2048 MB: begin notes it, once.
 */
enum mews_rc mews_budget_begin(struct mews_db *history, const char *folder,
    struct mews_err *);

/*
 * The setting history_mb, or the standard.  MEWS_NONE: the history has not
 * begun.
 */
enum mews_rc mews_budget_get(struct mews_db *config, struct mews_db *history,
    int64_t *mb, struct mews_err *);

#endif
