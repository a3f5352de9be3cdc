/*
 * keep_budget.c - floors subtracted from a budget: what is left is for minutes.
 */
#include "keep_budget.h"
#include "keep_thin.h"
#include "mark.h"
#include "setting.h"
#include "str.h"

#include <stdio.h>
#include <sys/statvfs.h>

#define MB 1048576

/* Bytes that keeping all but the minutes of gauges and quality needs. */
static double
fixed(const struct mews_weight *w, struct mews_forecast *f)
{
	double sum = (double)w->base;
	int class, level, days;

	for (class = 0; class < MEWS_KEEP_CLASSES; class ++)
		for (level = 0; level < MEWS_LEVELS; level++) {
			if (class != MEWS_KEEP_COUNTER && level == MEWS_MINUTE)
				continue;
			days = mews_keep_floor((enum mews_keep_class) class,
			    (enum mews_level)level);
			if (days == 0)
				days = MEWS_BUDGET_DAYS;
			if (w->since[class][level] != 0)
				f->days[class][level] = days;
			sum += w->rate[class][level] * days;
		}
	return sum;
}

static int
days_in(double bytes, double rate, int least)
{
	double days = rate > 0 ? bytes / rate : MEWS_BUDGET_DAYS;

	return days > MEWS_BUDGET_DAYS ? MEWS_BUDGET_DAYS
	    : days < least             ? least
				       : (int)days;
}

void
mews_budget_forecast(const struct mews_weight *w, int64_t budget,
    struct mews_forecast *f)
{
	double gauge = w->rate[MEWS_KEEP_GAUGE][MEWS_MINUTE], all = 0, rest;
	double quality = w->rate[MEWS_KEEP_QUALITY][MEWS_MINUTE];
	int floor = mews_keep_floor(MEWS_KEEP_GAUGE, MEWS_MINUTE);
	int class, level, g, q;

	*f = (struct mews_forecast){ .full = MEWS_BUDGET_DAYS };
	rest = fixed(w, f);
	f->least = (int64_t)(rest + (gauge + quality) * MEWS_THIN_LEAST);
	f->floors = (int64_t)(rest + (gauge + quality) * floor);
	rest = (double)budget - rest;
	g = q = days_in(rest, gauge + quality, floor);
	if (budget < f->floors) {
		g = floor;
		q = days_in(rest - gauge * floor, quality, MEWS_THIN_LEAST);
		if (q == MEWS_THIN_LEAST)
			g = days_in(rest - quality * q, gauge, q);
		g = g > floor ? floor : g;
	}
	f->days[MEWS_KEEP_GAUGE][MEWS_MINUTE] = gauge > 0 ? g : 0;
	f->days[MEWS_KEEP_QUALITY][MEWS_MINUTE] = quality > 0 ? q : 0;
	for (class = 0; class < MEWS_KEEP_CLASSES; class ++)
		for (level = 0; level < MEWS_LEVELS; level++)
			all += w->rate[class][level];
	f->full = days_in((double)(budget - w->used), all, 0);
}

/* Half of the space that is free where the history stands, at most 2048. */
static int64_t
standard(const char *folder)
{
	struct statvfs s;
	int64_t mb;

	if (statvfs(folder, &s) != 0)
		return 64;
	mb = (int64_t)(s.f_bavail * s.f_frsize / MB / 2);
	return mb > 2048 ? 2048 : mb < 64 ? 64 : mb;
}

enum mews_rc
mews_budget_begin(struct mews_db *history, const char *folder,
    struct mews_err *err)
{
	char text[24];
	enum mews_rc rc =
	    mews_mark_get(history, MEWS_MARK_BUDGET, text, sizeof(text), err);

	if (rc != MEWS_NONE)
		return rc;
	(void)snprintf(text, sizeof(text), "%lld", (long long)standard(folder));
	return mews_mark_set(history, MEWS_MARK_BUDGET, text, err);
}

enum mews_rc
mews_budget_get(struct mews_db *config, struct mews_db *history, int64_t *mb,
    struct mews_err *err)
{
	char text[MEWS_SETTING_MOST + 1];
	enum mews_rc rc = mews_setting_get(config, "history_mb", text, err);

	*mb = 0;
	if (rc == MEWS_OK && mews_str_int(text, 1, INT64_MAX, mb))
		return MEWS_OK;
	if (rc == MEWS_OK)
		rc = mews_mark_get(history, MEWS_MARK_BUDGET, text,
		    sizeof(text), err);
	if (rc == MEWS_OK)
		(void)mews_str_int(text, 1, INT64_MAX, mb);
	return rc;
}
