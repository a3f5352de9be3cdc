/*
 * period.c - one row a level.
 */
#include "period.h"

#include "calendar.h"
#include "figure.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

/* What a chart by that level covers, and how it is called. */
static const struct {
	enum mews_level span;
	bool all;
	enum figure_date title, row;
} rows[MEWS_LEVELS] = {
	[MEWS_MINUTE] = { MEWS_DAY, false, FIGURE_SHORT_DAY, FIGURE_DAY },
	[MEWS_HOUR] = { MEWS_DAY, false, FIGURE_SHORT_DAY, FIGURE_DAY },
	[MEWS_DAY] = { MEWS_MONTH, false, FIGURE_MONTH, FIGURE_TABLE_DAY },
	[MEWS_MONTH] = { MEWS_YEAR, false, FIGURE_YEAR, FIGURE_MONTH },
	[MEWS_YEAR] = { MEWS_YEAR, true, FIGURE_YEAR, FIGURE_YEAR },
};

enum mews_rc
period_read(struct page_ctx *c, const char *by, const char *at,
    struct period *p, struct mews_err *err)
{
	int64_t t = c->now, first, last;
	enum mews_level level, span;
	enum mews_rc rc;

	*p = (struct period){ .by = MEWS_MINUTE };
	if (by[0] != '\0' && !mews_level_find(by, &p->by))
		return mews_fail(err, MEWS_BAD, "by is no level");
	if (at[0] != '\0' &&
	    (rc = mews_calendar_parse(at, &t, &level, err)) != MEWS_OK)
		return rc;
	span = rows[p->by].span;
	p->from = mews_calendar_floor(span, t);
	p->to = mews_calendar_step(span, t, 1);
	p->prev = mews_calendar_step(span, t, -1);
	p->next = p->to <= c->now ? p->to : 0;
	if (!rows[p->by].all)
		return MEWS_OK;
	p->to = mews_calendar_step(span, c->now, 1);
	p->from = mews_calendar_floor(span, c->now);
	if (base_span(c->base, &first, &last, err) == MEWS_OK &&
	    first < p->from)
		p->from = mews_calendar_floor(span, first);
	p->prev = p->next = 0;
	return MEWS_OK;
}

enum mews_rc
period_days(const char *by, const char *first, const char *last,
    struct period *p, struct mews_err *err)
{
	enum mews_level level, finest;
	enum mews_rc rc;

	*p = (struct period){ .free = true };
	if ((rc = mews_calendar_parse(first[0] != '\0' ? first : last, &p->from,
		 &level, err)) != MEWS_OK ||
	    (rc = mews_calendar_parse(last[0] != '\0' ? last : first, &p->to,
		 &level, err)) != MEWS_OK)
		return rc;
	if (p->to < p->from)
		return mews_fail(err, MEWS_BAD,
		    "the last day is before the "
		    "first");
	p->to = mews_calendar_step(MEWS_DAY, p->to, 1);
	finest = series_level(p->from, p->to, 0);
	p->by = finest;
	if (by[0] != '\0' && !mews_level_find(by, &p->by))
		return mews_fail(err, MEWS_BAD, "by is no level");
	if (p->by < finest)
		p->by = finest;
	p->from = mews_calendar_floor(p->by, p->from);
	if (p->by > MEWS_DAY)
		p->to = mews_calendar_step(p->by, p->to - 1, 1);
	return MEWS_OK;
}

const char *
period_at(char *text, int64_t t)
{
	struct mews_civil d = mews_calendar_civil(t);

	(void)snprintf(text, 16, "%04d-%02d-%02d", d.year % 10000,
	    d.month % 100, d.day % 100);
	return text;
}

const char *
period_title(const struct page_ctx *c, const struct period *p, char *text)
{
	char first[FIGURE], last[FIGURE];

	if (p->free) {
		(void)figure_date(c, first, FIGURE_TABLE_DAY, p->from);
		(void)figure_date(c, last, FIGURE_TABLE_DAY, p->to - 1);
		(void)snprintf(text, FIGURE, "%.40s \u2013 %.40s", first, last);
		return text;
	}
	if (rows[p->by].all) {
		(void)snprintf(text, FIGURE, "%s",
		    view_word(c->view, "meter.all"));
		return text;
	}
	return figure_date(c, text, rows[p->by].title, p->from);
}

const char *
period_row(const struct page_ctx *c, const struct period *p, char *text,
    int64_t t)
{
	char from[FIGURE], to[FIGURE], day[FIGURE] = "";
	int digits;

	if (p->by == MEWS_MINUTE)
		return figure_clock(text, t);
	if (p->by != MEWS_HOUR)
		return figure_date(c, text, rows[p->by].row, t);
	/* the letter of a repeated hour stands behind its first number; in a
	 * zone that is off by :30 an hour begins there */
	(void)figure_clock(from, t);
	(void)figure_clock(to, t + 3600);
	digits = strncmp(from + 3, "00", 2) == 0 ? 2 : 5;
	if (p->to - p->from > 25 * 3600) {
		(void)figure_date(c, day, FIGURE_TABLE_DAY, t);
		(void)strcat(day, ", ");
	}
	(void)snprintf(text, FIGURE, "%.40s%.*s%.2s\u2013%.*s", day, digits,
	    from, from + 5, digits, strcmp(to, "00:00") == 0 ? "24" : to);
	return text;
}
