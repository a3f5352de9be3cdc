/*
 * import.c - a CSV of minutes, some at a time, in one transaction.
 *
 * Counters are fed as live readings are, so a wrap, a reset or a stray zero in
 * the file is treated as it would be on the bus.  A file with a mistake is read
 * to its end all the same, so that all of them can be told.  Of a file of any
 * size no more is in memory than a line and FLUSH buckets.
 */
#include "import.h"
#include "import_column.h"
#include "keep.h"
#include "past.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE  (1 << 20) /* bytes of a line, at most */
#define FLUSH 200000    /* buckets that are kept before they go */

struct import {
	struct mews_db *db;
	const struct import_rules *rules;
	struct import_report *report;
	struct import_columns columns;
	size_t kept;     /* buckets in the series */
	int64_t t;       /* of the last line; 0 before the first */
	int64_t thinned; /* minutes of counters before this are gone */
	int64_t line;
	enum mews_rc failed; /* the database did */
};

/* A mistake in the line; what comes then is only looked at. */
static void
bad(struct import *im, const char *what, const char *word)
{
	char text[200];

	if (im->report->mistakes++ >= IMPORT_SAYS)
		return;
	(void)snprintf(text, sizeof(text), "line %" PRId64 ": %s: '%.40s'",
	    im->line, what, word);
	im->rules->says(im->rules->ctx, text);
}

static void
past_of(const struct import_series *s, struct mews_past *p)
{
	*p = (struct mews_past){ .series = s->id,
		.device = s->device->id,
		.quantity = s->quantity,
		.plate = s->device->plate,
		.modulus = s->counter.modulus,
		.made_up = !s->has_index };
}

/* The series in the history, and what its counter showed before t. */
static enum mews_rc
know(struct import *im, struct import_series *s, int64_t t,
    struct mews_err *err)
{
	struct mews_bucket before;
	struct mews_past p;
	enum mews_rc rc;

	s->known = true;
	if (im->db == NULL)
		return MEWS_OK;
	rc = im->rules->dry
	    ? mews_history_find(im->db, s->device->id, s->quantity, &s->id, err)
	    : mews_history_make(im->db, s->device->id, s->quantity, &s->id,
		  err);
	if (rc == MEWS_OK && s->quantity->kind == MEWS_COUNTER) {
		past_of(s, &p);
		rc = mews_past_before(im->db, &p, t, &before, err);
		if (rc == MEWS_OK)
			mews_counter_resume(&s->counter, before.end,
			    s->upto = before.t + 60);
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* What a minute's index says; over a hole the rest of it is booked later. */
static void
count(struct import_series *s, int64_t t)
{
	bool given = (s->said & 1u << IMPORT_DELTA) != 0;
	int64_t delta = s->now.sum, fed;
	bool hole = s->upto != 0 && t > s->upto;
	unsigned flags;

	if (!s->has_index)
		s->now.end = s->counter.index + delta;
	if (given && (s->now.flags & (MEWS_RESET | MEWS_WRAP)) != 0)
		mews_counter_resume(&s->counter, s->now.end, t);
	fed = mews_counter_feed(&s->counter, t + 60, s->now.end, &flags);
	if (given && (flags & MEWS_SUSPECT) == 0) {
		s->now.sum = delta;
	} else {
		s->now.sum =
		    hole && (flags & ~(unsigned)MEWS_WRAP) == 0 ? 0 : fed;
		s->now.flags |= flags;
	}
	s->now.end = s->counter.index;
	s->upto = t + 60;
}

static void
keep_minute(struct import *im, struct import_series *s, int64_t t)
{
	struct mews_bucket *b = &s->now;

	b->t = t;
	if ((s->said & 1u << IMPORT_SAMPLES) == 0)
		b->seen = b->expected = 1;
	if (s->quantity->kind == MEWS_COUNTER)
		count(s, t);
	if ((s->said & 1u << IMPORT_MIN) == 0)
		b->min = s->quantity->kind == MEWS_GAUGE ? b->sum : 0;
	if ((s->said & 1u << IMPORT_MAX) == 0)
		b->max = s->quantity->kind == MEWS_GAUGE ? b->sum : 0;
	mews_buckets_add(&s->minutes, b);
	im->kept++;
}

static bool
when(struct import *im, const char *field, int64_t *t)
{
	if (!mews_calendar_read(field, t) || *t % 60 != 0 || *t <= 0)
		bad(im, "no time of a whole minute", field);
	else if (*t <= im->t)
		bad(im, "not later than the line before", field);
	else if (*t + 60 > im->rules->now)
		bad(im, "this minute is not over yet", field);
	else
		return true;
	return false;
}

/* All fields of a line; false when one is wrong. */
static bool
take_fields(struct import *im, char *text)
{
	struct import_columns *c = &im->columns;
	const char *wrong;
	char *field;
	size_t i;

	for (i = 0; i < c->n; i++) {
		if ((field = strsep(&text, ",")) == NULL) {
			bad(im, "fields are missing", "");
			return false;
		}
		wrong = field[0] == '\0'
		    ? NULL
		    : import_field(&c->series[c->column[i].series],
			  c->column[i].part, field);
		if (wrong != NULL) {
			bad(im, wrong, field);
			return false;
		}
	}
	if (text != NULL)
		bad(im, "more fields than the first line names", text);
	return text == NULL;
}

static bool
is_whole(struct import *im, int64_t t)
{
	struct import_series *s;
	const char *wrong;
	size_t i;

	for (i = 0; i < im->columns.nseries; i++) {
		s = &im->columns.series[i];
		wrong = import_whole(s);
		if (wrong == NULL && s->said != 0 && t < im->thinned &&
		    s->quantity->kind == MEWS_COUNTER)
			wrong = "minutes of this time were merged to hours";
		if (wrong == NULL)
			continue;
		bad(im, wrong, s->quantity->name);
		return false;
	}
	return true;
}

static enum mews_rc
row(struct import *im, char *text, struct mews_err *err)
{
	char *field = strsep(&text, ",");
	struct import_series *s;
	enum mews_rc rc = MEWS_OK;
	int64_t t;
	size_t i;

	for (i = 0; i < im->columns.nseries; i++) {
		im->columns.series[i].said = 0;
		im->columns.series[i].now = (struct mews_bucket){ .t = 0 };
	}
	if (!when(im, field, &t))
		return MEWS_OK;
	im->t = t;
	if (!take_fields(im, text) || !is_whole(im, t))
		return MEWS_OK;
	for (i = 0; i < im->columns.nseries && rc == MEWS_OK; i++) {
		s = &im->columns.series[i];
		if (s->said == 0)
			continue;
		if (!s->known)
			rc = know(im, s, t, err);
		keep_minute(im, s, t);
	}
	if (im->report->minutes++ == 0)
		im->report->first = t;
	im->report->last = t;
	return rc;
}

/* How many of the minutes are in the history already. */
static enum mews_rc
look(struct import *im, const struct import_series *s, int64_t *kept,
    struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	size_t i = 0, k;
	enum mews_rc rc;

	if (s->id == 0 || s->minutes.n == 0)
		return MEWS_OK;
	rc = mews_store_read(im->db, MEWS_MINUTE, s->id, s->quantity->kind,
	    s->minutes.b[0].t, s->minutes.b[s->minutes.n - 1].t + 60, &l, err);
	for (k = 0; k < l.n; k++) {
		while (i < s->minutes.n && s->minutes.b[i].t < l.b[k].t)
			i++;
		*kept += i < s->minutes.n && s->minutes.b[i].t == l.b[k].t;
	}
	mews_buckets_clear(&l);
	return rc;
}

/* Into the history; while there are mistakes, nowhere. */
static enum mews_rc
flush(struct import *im, struct mews_err *err)
{
	struct import_series *s;
	struct mews_past p;
	int64_t kept;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < im->columns.nseries && rc == MEWS_OK; i++) {
		s = &im->columns.series[i];
		kept = 0;
		past_of(s, &p);
		if (im->rules->dry)
			rc = look(im, s, &kept, err);
		else if (im->report->mistakes == 0)
			rc = mews_past_add(im->db, &p, s->minutes.b,
			    s->minutes.n, im->rules->now, &kept, err);
		im->report->kept += kept;
		im->report->values += (int64_t)s->minutes.n - kept;
		s->minutes.n = 0;
	}
	im->kept = 0;
	return rc;
}

/* The next line without its end; MEWS_NONE behind the last, MEWS_BAD: there is
 * no going on. */
static enum mews_rc
next_line(struct import *im, FILE *f, char *text, struct mews_err *err)
{
	size_t n;

	if (fgets(text, LINE, f) == NULL)
		return ferror(f)
		    ? mews_fail(err, MEWS_FAIL,
			  "line %" PRId64 ": cannot be read", im->line + 1)
		    : MEWS_NONE;
	im->line++;
	n = strlen(text);
	if (n == 0 || text[n - 1] != '\n')
		return mews_fail(err, MEWS_BAD,
		    n == LINE - 1
			? "line %" PRId64 " is longer than a line can be"
			: "line %" PRId64 " has no end: the file is cut off",
		    im->line);
	text[strcspn(text, "\r\n")] = '\0';
	return MEWS_OK;
}

static enum mews_rc
read_lines(struct import *im, FILE *f, char *text, struct mews_err *err)
{
	char *head = text;
	enum mews_rc rc = next_line(im, f, text, err);

	if (rc == MEWS_NONE)
		return mews_fail(err, MEWS_BAD, "the file is empty");
	if (strncmp(head, "\xef\xbb\xbf", 3) == 0)
		head += 3;
	if (rc == MEWS_OK)
		rc = import_head(&im->columns, im->rules, head, err);
	if (rc == MEWS_NONE)
		return MEWS_BAD; /* a plate that is not there */
	while (rc == MEWS_OK && (rc = next_line(im, f, text, err)) == MEWS_OK) {
		rc = row(im, text, err);
		if (rc == MEWS_OK && im->kept >= FLUSH)
			rc = flush(im, err);
	}
	if (rc == MEWS_NONE && im->report->mistakes > 0)
		return mews_fail(err, MEWS_BAD,
		    "%" PRId64 " of %" PRId64 " lines are wrong",
		    im->report->mistakes, im->line);
	if (rc == MEWS_NONE && im->report->minutes == 0)
		return mews_fail(err, MEWS_BAD, "the file has no minutes");
	return rc == MEWS_NONE ? flush(im, err) : rc;
}

static enum mews_rc
tell(struct import *im, struct mews_err *err)
{
	const struct mews_device *d, *last = NULL;
	struct mews_event e;
	char plates[64] = "";
	size_t i, n = 0, all = 0;

	for (i = 0; i < im->columns.nseries; i++) {
		d = im->columns.series[i].device;
		if (d == last || n + strlen(d->plate) + 8 > sizeof(plates))
			continue;
		n += (size_t)snprintf(plates + n, sizeof(plates) - n, "%s%s",
		    n == 0 ? "" : ", ", d->plate);
		last = d;
		all++;
	}
	mews_event_set(&e, "history-imported", plates);
	e.t = im->rules->now;
	e.device = all == 1 ? last->id : 0;
	mews_event_arg(&e, 0, "%" PRId64, im->report->values);
	mews_event_arg(&e, 1, "%" PRId64, im->report->first);
	mews_event_arg(&e, 2, "%" PRId64, im->report->last);
	(void)snprintf(e.who, sizeof(e.who), "shell");
	return mews_event_write(im->db, &e, 1, err);
}

enum mews_rc
import_minutes(struct mews_db *db, const struct import_rules *rules, FILE *f,
    struct import_report *report, struct mews_err *err)
{
	struct import im = { .db = db, .rules = rules, .report = report };
	char *text = mews_alloc(LINE, 1);
	enum mews_rc rc;

	*report = (struct import_report){ 0 };
	rc = rules->dry ? MEWS_OK : mews_db_begin(db, err);
	if (rc == MEWS_OK) {
		if (db != NULL)
			rc = mews_keep_upto(db, MEWS_KEEP_COUNTER, MEWS_MINUTE,
			    &im.thinned, err);
		if (rc == MEWS_OK)
			rc = read_lines(&im, f, text, err);
		if (rc == MEWS_OK && !rules->dry && report->values > 0)
			rc = tell(&im, err);
		if (!rules->dry)
			rc = mews_db_end(db, rc, err);
	}
	import_columns_clear(&im.columns);
	free(text);
	return rc;
}
