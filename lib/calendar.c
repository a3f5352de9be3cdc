/*
 * calendar.c - the C library knows the zones; this knows where days begin.
 *
 * A local midnight can be missing or come twice (zones that shift at
 * midnight): a day begins at the first instant that carries its date.
 */
#include "calendar.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ZONES  "/usr/share/zoneinfo/"
#define MINUTE 60
#define HOUR   3600

static const char *const level_names[] = { "minute", "hour", "day", "month",
	"year" };

const char *
mews_level_name(enum mews_level l)
{
	return level_names[l];
}

bool
mews_level_find(const char *name, enum mews_level *out)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(level_names); i++)
		if (strcmp(level_names[i], name) == 0) {
			*out = (enum mews_level)i;
			return true;
		}
	return false;
}

bool
mews_calendar_known(const char *name)
{
	char path[sizeof(ZONES) + 64];
	size_t n = strspn(name,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_+-/");

	if (n == 0 || n > 48 || name[n] != '\0' || name[0] == '/')
		return false;
	(void)snprintf(path, sizeof(path), ZONES "%s", name);
	return access(path, R_OK) == 0;
}

enum mews_rc
mews_calendar_zone(const char *name, struct mews_err *err)
{
	if (!mews_calendar_known(name))
		return mews_fail(err, MEWS_BAD,
		    "there is no time zone named '%s'", name);
	if (setenv("TZ", name, 1) != 0)
		return mews_fail(err, MEWS_FAIL, "TZ cannot be set");
	tzset();
	return MEWS_OK;
}

static struct tm
local(int64_t t)
{
	time_t clock = (time_t)t;
	struct tm tm = { 0 };

	(void)localtime_r(&clock, &tm);
	return tm;
}

struct mews_civil
mews_calendar_civil(int64_t t)
{
	struct tm tm = local(t);

	return (struct mews_civil){ tm.tm_year + 1900, tm.tm_mon + 1,
		tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		(tm.tm_wday + 6) % 7, (int32_t)tm.tm_gmtoff };
}

/* First instant of the local day; month and day may be out of range and are
 * then carried over. */
static int64_t
day_start(int year, int month, int day)
{
	struct tm noon = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = 12,
		.tm_isdst = -1 };
	int64_t t = (int64_t)mktime(&noon), half = HOUR / 2;
	int wanted = noon.tm_mday;

	/* no zone's shift is finer than half an hour since 1970, but back
	 * from noon to the first half hour with that date is exact anyway */
	t -= t % half;
	while (local(t - half).tm_mday == wanted)
		t -= half;
	while (local(t - MINUTE).tm_mday == wanted)
		t -= MINUTE;
	while (local(t).tm_mday != wanted)
		t += MINUTE;
	return t;
}

/* Start of the bucket that lies n after the one of t. */
static int64_t
start(enum mews_level level, int64_t t, int n)
{
	struct tm tm;
	int64_t len = level == MEWS_MINUTE ? MINUTE : HOUR, next;

	if (level <= MEWS_HOUR)
		return (t >= 0 ? t / len : -((len - 1 - t) / len)) * len +
		    n * len;
	tm = local(t);
	switch (level) {
	case MEWS_DAY:
		next =
		    day_start(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday + n);
		/* Samoa skipped a whole day */
		if (n > 0 && next <= t)
			return start(level, t, n + 1);
		if (n < 0 && local(next).tm_mday == tm.tm_mday)
			return start(level, t, n - 1);
		return next;
	case MEWS_MONTH:
		return day_start(tm.tm_year + 1900, tm.tm_mon + 1 + n, 1);
	default:
		return day_start(tm.tm_year + 1900 + n, 1, 1);
	}
}

int64_t
mews_calendar_floor(enum mews_level level, int64_t t)
{
	return start(level, t, 0);
}

int64_t
mews_calendar_step(enum mews_level level, int64_t t, int n)
{
	return start(level, t, n);
}

static bool
exists(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1971 && year <= 2200 && month >= 1 && month <= 12 &&
	    day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

enum mews_rc
mews_calendar_date(int year, int month, int day, int64_t *out,
    struct mews_err *err)
{
	if (!exists(year, month, day))
		return mews_fail(err, MEWS_BAD, "there is no date %d-%d-%d",
		    year, month, day);
	*out = day_start(year, month, day);
	return MEWS_OK;
}

/* Reads exactly n digits. */
static bool
digits(const char **p, int n, int *out)
{
	*out = 0;
	for (; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*out = *out * 10 + (**p - '0');
	}
	return true;
}

static bool
symbol(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

enum mews_rc
mews_calendar_parse(const char *text, int64_t *t, enum mews_level *level,
    struct mews_err *err)
{
	const char *p = text;
	int year, month = 1, day = 1;
	enum mews_level l = MEWS_YEAR;
	bool good = digits(&p, 4, &year);

	if (good && *p == '-') {
		l = MEWS_MONTH;
		good = symbol(&p, '-') && digits(&p, 2, &month);
	}
	if (good && *p == '-') {
		l = MEWS_DAY;
		good = symbol(&p, '-') && digits(&p, 2, &day);
	}
	if (!good || *p != '\0')
		return mews_fail(err, MEWS_BAD,
		    "a date is written 2026-11-22, 2026-11 or 2026");
	*level = l;
	return mews_calendar_date(year, month, day, t, err);
}

void
mews_calendar_utc(int64_t t, char *text)
{
	time_t clock = (time_t)t;
	struct tm tm;

	(void)gmtime_r(&clock, &tm);
	(void)strftime(text, MEWS_STAMP, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void
mews_calendar_local(int64_t t, char *text)
{
	struct tm tm = local(t);
	long off = tm.tm_gmtoff < 0 ? -tm.tm_gmtoff : tm.tm_gmtoff;
	char day[24];

	(void)strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(text, MEWS_STAMP, "%s%c%02d:%02d", day,
	    tm.tm_gmtoff < 0 ? '-' : '+', (int)(off / HOUR % 100),
	    (int)(off / MINUTE % 60));
}

/* "Z", "+01:00", or nothing; false when malformed. */
static bool
zone(const char **p, bool *given, int *offset)
{
	int sign, h, m;

	*given = **p != '\0';
	*offset = 0;
	if (!*given || symbol(p, 'Z'))
		return true;
	sign = **p == '-' ? -1 : 1;
	if (!symbol(p, '-') && !symbol(p, '+'))
		return false;
	if (!digits(p, 2, &h) || !symbol(p, ':') || !digits(p, 2, &m))
		return false;
	*offset = sign * (h * HOUR + m * MINUTE);
	return h <= 14 && m <= 59;
}

bool
mews_calendar_read(const char *text, int64_t *out)
{
	const char *p = text;
	struct tm tm = { .tm_isdst = -1 };
	int64_t first, again;
	int year, month, offset;
	bool given;

	if (!digits(&p, 4, &year) || !symbol(&p, '-') ||
	    !digits(&p, 2, &month) || !symbol(&p, '-') ||
	    !digits(&p, 2, &tm.tm_mday) || (*p != 'T' && *p != ' '))
		return false;
	p++;
	if (!digits(&p, 2, &tm.tm_hour) || !symbol(&p, ':') ||
	    !digits(&p, 2, &tm.tm_min) ||
	    (symbol(&p, ':') && !digits(&p, 2, &tm.tm_sec)) ||
	    !zone(&p, &given, &offset) || *p != '\0' ||
	    !exists(year, month, tm.tm_mday) || tm.tm_hour > 23 ||
	    tm.tm_min > 59 || tm.tm_sec > 60)
		return false;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	if (given) {
		*out = (int64_t)timegm(&tm) - offset;
		return true;
	}
	/* the first of two: the one with the larger offset */
	again = (int64_t)mktime(&tm);
	first = again - HOUR;
	if (local(first).tm_hour == tm.tm_hour &&
	    local(first).tm_min == tm.tm_min)
		again = first;
	*out = again;
	return true;
}
