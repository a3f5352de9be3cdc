/*
 * show.c - prints what mewsd stored, for shell tests.
 *
 *	show --state DIR minutes|hours|days PLATE QUANTITY FROM TO
 *		a line a bucket: t sum end min max seen expected flags
 *	show --state DIR events PLATE
 *		a line an event, the newest first: id t kind arguments; of a
 *		plate that no device has, all
 *	show --state DIR --run DIR device PLATE
 *		a line: answer asked answered timeouts damaged exceptions last
 *	show --state DIR --run DIR value PLATE QUANTITY
 *		a line: value t_ms
 *	show --state DIR --run DIR values PLATE
 *		a line a quantity: name value decimals unit
 */
#include "event.h"
#include "history.h"
#include "live.h"
#include "schema.h"
#include "site.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define N PRId64 " "

struct show {
	struct mews_place place;
	char **word;
	int64_t device;
	struct mews_err err;
};

static enum mews_rc
open_one(struct show *s, enum mews_file file, struct mews_db **db)
{
	return mews_schema_open(&s->place, file, MEWS_DB_READ, db, &s->err);
}

static enum mews_rc
find_device(struct show *s)
{
	const struct mews_device *d;
	struct mews_site site = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc = open_one(s, MEWS_CONFIG_DB, &db);

	if (rc == MEWS_OK)
		rc = mews_site_load(db, &site, &s->err);
	if (rc == MEWS_OK) {
		d = mews_site_plate(&site, s->word[1]);
		s->device = d == NULL ? 0 : d->id;
		rc = mews_calendar_zone(site.zone, &s->err);
	}
	mews_site_clear(&site);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
show_buckets(struct show *s, enum mews_level level)
{
	const struct mews_quantity *q = mews_quantity_find(s->word[2]);
	struct mews_buckets list = { 0 };
	struct mews_bucket *b;
	struct mews_db *db = NULL;
	int64_t series, from, to;
	enum mews_rc rc;

	if (q == NULL || !mews_str_int(s->word[3], 0, INT64_MAX, &from) ||
	    !mews_str_int(s->word[4], 0, INT64_MAX, &to))
		return mews_fail(&s->err, MEWS_BAD, "what?");
	if ((rc = open_one(s, MEWS_HISTORY_DB, &db)) == MEWS_OK &&
	    (rc = mews_history_find(db, s->device, q, &series, &s->err)) ==
		MEWS_OK)
		rc = mews_history_read(db, series, q->kind, level, from, to,
		    time(NULL), &list, &s->err);
	for (b = list.b; rc == MEWS_OK && b < list.b + list.n; b++)
		(void)printf("%" N "%" N "%" N "%" N "%" N "%u %u %u\n", b->t,
		    b->sum, b->end, b->min, b->max, b->seen, b->expected,
		    b->flags);
	mews_buckets_clear(&list);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_minutes(struct show *s)
{
	return show_buckets(s, MEWS_MINUTE);
}

static enum mews_rc
do_hours(struct show *s)
{
	return show_buckets(s, MEWS_HOUR);
}

static enum mews_rc
do_days(struct show *s)
{
	return show_buckets(s, MEWS_DAY);
}

static enum mews_rc
do_events(struct show *s)
{
	struct mews_event_filter filter = { .device = s->device };
	static struct mews_event e[MEWS_EVENT_READS];
	struct mews_db *db = NULL;
	enum mews_rc rc;
	size_t n = 0, i;

	if ((rc = open_one(s, MEWS_HISTORY_DB, &db)) == MEWS_OK)
		rc = mews_event_read(db, &filter, e, MEWS_LEN(e), &n, &s->err);
	for (i = 0; rc == MEWS_OK && i < n; i++)
		(void)printf("%" N "%" N "%s %s %s %s\n", e[i].id, e[i].t,
		    e[i].kind->name, e[i].arg[0], e[i].arg[1], e[i].arg[2]);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_device(struct show *s)
{
	const struct mews_live_device *d;
	struct mews_live live = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc = open_one(s, MEWS_LIVE_DB, &db);

	if (rc == MEWS_OK)
		rc = mews_live_load(db, &live, &s->err);
	if (rc == MEWS_OK && (d = mews_live_device(&live, s->device)) != NULL)
		(void)printf("%u %" N "%" N "%" N "%" N "%" N "%" N "\n",
		    d->answer, d->asked, d->answered, d->timeouts, d->damaged,
		    d->exceptions, d->last);
	mews_live_clear(&live);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_value(struct show *s)
{
	const struct mews_live_value *v;
	struct mews_live live = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc = open_one(s, MEWS_LIVE_DB, &db);

	if (rc == MEWS_OK)
		rc = mews_live_load(db, &live, &s->err);
	if (rc == MEWS_OK &&
	    (v = mews_live_find(&live, s->device, s->word[2])) != NULL)
		(void)printf("%" N "%" N "\n", v->value, v->t_ms);
	mews_live_clear(&live);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_values(struct show *s)
{
	const struct mews_quantity *q;
	const struct mews_live_value *v;
	struct mews_live live = { 0 };
	struct mews_db *db = NULL;
	enum mews_rc rc = open_one(s, MEWS_LIVE_DB, &db);
	size_t i;

	if (rc == MEWS_OK)
		rc = mews_live_load(db, &live, &s->err);
	for (i = 0; rc == MEWS_OK && (q = mews_quantity_at(i)) != NULL; i++) {
		v = mews_live_find(&live, s->device, q->name);
		if (v != NULL && !v->missing)
			(void)printf("%s %" N "%d %s\n", q->name, v->value,
			    q->decimals, q->unit);
	}
	mews_live_clear(&live);
	mews_db_close(db);
	return rc;
}

int
main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		int words;
		enum mews_rc (*run)(struct show *);
	} verbs[] = { { "minutes", 5, do_minutes }, { "hours", 5, do_hours },
		{ "days", 5, do_days }, { "events", 2, do_events },
		{ "device", 2, do_device }, { "value", 3, do_value },
		{ "values", 2, do_values } };
	struct show s = { .device = 0 };
	enum mews_rc rc = mews_place_take(&s.place, &argc, argv, &s.err);
	size_t i;

	s.word = argv + 1;
	for (i = 0; rc == MEWS_OK && i < MEWS_LEN(verbs); i++)
		if (argc == verbs[i].words + 1 &&
		    strcmp(argv[1], verbs[i].name) == 0) {
			if ((rc = find_device(&s)) == MEWS_OK)
				rc = verbs[i].run(&s);
			break;
		}
	if (i == MEWS_LEN(verbs))
		rc = mews_fail(&s.err, MEWS_BAD, "what?");
	if (rc != MEWS_OK)
		(void)fprintf(stderr, "show: %s\n", s.err.text);
	return rc == MEWS_OK ? 0 : 1;
}
