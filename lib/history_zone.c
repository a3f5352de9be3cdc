/*
 * history_zone.c - days, months and years cut anew when the zone changes.
 *
 * Only as far back as the hours go: what was made of hours that were thinned
 * since stays as it was cut.
 */
#include "history.h"
#include "mark.h"
#include "roll.h"

#include <string.h>

#define HOUR 3600

/* Removes the bucket that starts in [from, to): the month and the year of the
 * old zone whose place the first new ones take. */
static enum mews_rc
forget(struct mews_db *db, int64_t series, enum mews_kind kind,
    enum mews_level level, int64_t from, int64_t to, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	int64_t kept = 0;
	enum mews_rc rc;
	size_t i;

	rc = mews_store_read(db, level, series, kind, from, to, &l, err);
	for (i = 0; i < l.n; i++)
		l.b[i] = (struct mews_bucket){ .t = l.b[i].t };
	if (rc == MEWS_OK)
		rc = mews_store_put(db, level, series, kind, l.b, l.n, false,
		    &kept, err);
	mews_buckets_clear(&l);
	return rc;
}

/* Cuts the days, months and years of one series anew. */
static enum mews_rc
recut_series(struct mews_db *db, int64_t series, enum mews_kind kind,
    int64_t from, const int64_t whole[2], int64_t now, struct mews_err *err)
{
	int64_t year = whole[kind != MEWS_COUNTER];
	enum mews_level level;
	enum mews_rc rc = MEWS_OK;

	if (year > from)
		from = year;
	for (level = MEWS_DAY; level <= MEWS_YEAR && rc == MEWS_OK; level++) {
		if (year != 0 && level > MEWS_DAY)
			rc = forget(db, series, kind, level, year - 26 * HOUR,
			    year, err);
		if (rc == MEWS_OK)
			rc = mews_roll_series(db, series, kind, level, from,
			    now, now, err);
	}
	return rc;
}

/* Counters and all else are cut anew from the first year on whose hours are all
 * kept; 0: all of them. */
static enum mews_rc
recut_from(struct mews_db *db, int64_t whole[2], struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < 2 && rc == MEWS_OK; i++) {
		rc = mews_roll_whole(db, i == 0 ? MEWS_COUNTER : MEWS_GAUGE,
		    MEWS_DAY, &whole[i], err);
		if (rc == MEWS_OK && whole[i] != 0)
			whole[i] =
			    mews_calendar_step(MEWS_YEAR, whole[i] - 1, 1);
	}
	return rc;
}

static enum mews_rc
recut(struct mews_db *db, int64_t now, struct mews_err *err)
{
	int64_t first, last, whole[2] = { 0 }, id = 0, device;
	const struct mews_quantity *q;
	enum mews_level level;
	enum mews_rc rc = mews_store_span(db, MEWS_HOUR, &first, &last, err);

	if (rc == MEWS_OK)
		rc = recut_from(db, whole, err);
	for (level = MEWS_DAY; level <= MEWS_YEAR && rc == MEWS_OK; level++)
		if (whole[0] == 0 && whole[1] == 0)
			rc = mews_store_drop(db, level, err);
	while (rc == MEWS_OK) {
		rc = mews_history_next(db, &id, &device, &q, err);
		if (rc == MEWS_OK && q != NULL)
			rc = recut_series(db, id, q->kind, first, whole, now,
			    err);
	}
	if (rc != MEWS_NONE)
		return rc;
	for (level = MEWS_DAY, rc = MEWS_OK; level <= MEWS_YEAR; level++)
		if (rc == MEWS_OK)
			rc = mews_roll_set_upto(db, level,
			    mews_calendar_floor(level, now), err);
	return rc;
}

enum mews_rc
mews_history_zone(struct mews_db *db, const char *zone, bool *changed,
    struct mews_err *err)
{
	char was[64] = "";
	int64_t upto;
	enum mews_rc rc;

	*changed = false;
	rc = mews_mark_get(db, MEWS_MARK_ZONE, was, sizeof(was), err);
	if ((rc != MEWS_OK && rc != MEWS_NONE) || strcmp(was, zone) == 0)
		return rc;
	*changed = rc == MEWS_OK;
	if ((rc = mews_db_begin(db, err)) != MEWS_OK)
		return rc;
	if (*changed)
		rc = mews_roll_upto(db, MEWS_HOUR, &upto, err);
	if (*changed && rc == MEWS_OK)
		rc = recut(db, upto, err);
	if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = mews_mark_set(db, MEWS_MARK_ZONE, zone, err);
	return mews_db_end(db, rc, err);
}
