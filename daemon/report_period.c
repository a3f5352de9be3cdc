/*
 * report_period.c - periods of reports, by the local calendar.
 */
#include "report.h"
#include "calendar.h"

#include <stdio.h>

void
report_period(enum mews_letter l, int64_t now, int64_t *since, int64_t *upto)
{
	enum mews_level level =
	    l == MEWS_LETTER_MONTHLY ? MEWS_MONTH : MEWS_DAY;

	*upto = mews_calendar_floor(level, now);
	if (l == MEWS_LETTER_WEEKLY)
		*upto = mews_calendar_step(level, *upto,
		    -mews_calendar_civil(*upto).weekday);
	*since =
	    mews_calendar_step(level, *upto, l == MEWS_LETTER_WEEKLY ? -7 : -1);
}

int64_t
report_next(enum mews_letter l, int64_t since)
{
	return l == MEWS_LETTER_MONTHLY
	    ? mews_calendar_step(MEWS_MONTH, since, 1)
	    : mews_calendar_step(MEWS_DAY, since,
		  l == MEWS_LETTER_WEEKLY ? 7 : 1);
}

bool
report_due(enum mews_letter l, int64_t reached, int64_t minute, int64_t now,
    int64_t *upto)
{
	char text[MEWS_STAMP];
	struct mews_civil c;
	int64_t since, t;

	report_period(l, now, &since, upto);
	if (reached >= *upto)
		return false;
	c = mews_calendar_civil(*upto);
	(void)snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:00",
	    c.year, c.month, c.day, (int)(minute / 60), (int)(minute % 60));
	if (!mews_calendar_read(text, &t))
		t = *upto + minute * 60;
	return now >= t;
}
