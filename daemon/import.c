/*
 * import.c - a CSV of minutes, a week at a time, in one transaction.
 *
 * Counters are fed as live readings are, so a wrap, a reset or a stray zero in
 * the file is treated as it would be on the bus.
 */
#include "import.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 256
/* Minutes that are kept before they go to the history. */
#define BATCH 10080

enum part { MEAN, MIN, MAX };

struct column {
	const struct mews_quantity *quantity;
	enum part part;
	size_t series; /* index in struct import */
};

struct series {
	int64_t id;
	const struct mews_quantity *quantity;
	struct mews_counter counter;
	struct mews_buckets minutes;
	struct mews_bucket now; /* the minute of the line being read */
	bool has;
};

struct import {
	struct mews_db *db;
	int64_t device, now;
	struct column column[MAX_COLUMNS];
	size_t ncolumns;
	struct series series[MAX_COLUMNS];
	size_t nseries;
	int64_t t; /* of the last line; 0 before the first */
	unsigned line;
	struct import_report *report;
};

static enum mews_rc
bad(struct import *im, const char *what, const char *word, struct mews_err *err)
{
	return mews_fail(err, MEWS_BAD, "line %u: %s: '%.40s'", im->line, what,
	    word);
}

/* The series of a quantity, made with its past when it is new. */
static enum mews_rc
series_of(struct import *im, const struct mews_quantity *q, size_t *out,
    struct mews_err *err)
{
	struct series *s;
	struct mews_bucket last;
	enum mews_rc rc;

	for (*out = 0; *out < im->nseries; (*out)++)
		if (im->series[*out].quantity == q)
			return MEWS_OK;
	s = &im->series[im->nseries++];
	s->quantity = q;
	rc = mews_history_make(im->db, im->device, q, &s->id, err);
	mews_counter_init(&s->counter, 0, 0);
	if (rc == MEWS_OK && q->kind == MEWS_COUNTER) {
		rc = mews_history_last(im->db, s->id, &last, err);
		if (rc == MEWS_OK)
			mews_counter_resume(&s->counter, last.end, last.t + 60);
		else if (rc == MEWS_NONE)
			rc = MEWS_OK;
	}
	return rc;
}

static enum mews_rc
head_column(struct import *im, char *name, struct mews_err *err)
{
	struct column *c = &im->column[im->ncolumns];
	char *part = strchr(name, ':');

	if (im->ncolumns == MAX_COLUMNS)
		return bad(im, "more columns than can be read", name, err);
	if (part != NULL)
		*part++ = '\0';
	c->part = part == NULL ? MEAN : strcmp(part, "min") == 0 ? MIN : MAX;
	c->quantity = mews_quantity_find(name);
	if (c->quantity == NULL)
		return bad(im, "no quantity has this name", name, err);
	if (part != NULL &&
	    (c->quantity->kind != MEWS_GAUGE ||
		(c->part == MAX && strcmp(part, "max") != 0)))
		return bad(im, "only a gauge has :min and :max", part, err);
	im->ncolumns++;
	return series_of(im, c->quantity, &c->series, err);
}

static enum mews_rc
head(struct import *im, char *text, struct mews_err *err)
{
	char *field = strsep(&text, ",");
	enum mews_rc rc = MEWS_OK;

	if (strcmp(field, "time") != 0)
		return bad(im,
		    "the first line names the columns, separated by commas:"
		    " time,QUANTITY...",
		    field, err);
	while (rc == MEWS_OK && (field = strsep(&text, ",")) != NULL)
		rc = head_column(im, field, err);
	if (rc == MEWS_OK && im->ncolumns == 0)
		rc = bad(im, "there is no column but the time", "", err);
	return rc;
}

static enum mews_rc
when(struct import *im, const char *field, int64_t *t, struct mews_err *err)
{
	if (!mews_calendar_read(field, t) || *t % 60 != 0 || *t <= 0)
		return bad(im, "no time of a whole minute", field, err);
	if (*t <= im->t)
		return bad(im, "not later than the line before", field, err);
	if (*t + 60 > im->now)
		return bad(im, "this minute is not over yet", field, err);
	return MEWS_OK;
}

static enum mews_rc
value(struct import *im, const struct column *c, const char *field,
    struct mews_err *err)
{
	struct series *s = &im->series[c->series];
	int64_t v;

	if (field[0] == '\0')
		return MEWS_OK;
	if (!mews_str_fixed(field, c->quantity->decimals, &v))
		return bad(im, "no number", field, err);
	if (c->part == MIN)
		s->now.min = v;
	else if (c->part == MAX)
		s->now.max = v;
	else {
		s->now.sum = s->now.min = s->now.max = s->now.end = v;
		s->has = true;
	}
	return MEWS_OK;
}

/* Adds the line's minute to each series that has a value in it. */
static void
keep_minute(struct import *im, int64_t t)
{
	struct series *s;
	int64_t gap;
	size_t i;

	for (i = 0; i < im->nseries; i++) {
		s = &im->series[i];
		if (!s->has)
			continue;
		s->has = false;
		s->now.t = t;
		s->now.seen = s->now.expected = 1;
		s->now.flags = 0;
		if (s->quantity->kind == MEWS_COUNTER) {
			gap = t - s->counter.t;
			s->now.sum = mews_counter_feed(&s->counter, t + 60,
			    s->now.end, &s->now.flags);
			s->now.end = s->counter.index;
			if (s->now.sum > 0 && gap > 60)
				s->now.flags |= MEWS_ESTIMATED;
		}
		if (s->quantity->kind != MEWS_GAUGE)
			s->now.min = s->now.max = 0;
		else
			s->now.end = 0;
		mews_buckets_add(&s->minutes, &s->now);
	}
}

static enum mews_rc
row(struct import *im, char *text, struct mews_err *err)
{
	char *field = strsep(&text, ",");
	enum mews_rc rc;
	int64_t t;
	size_t i;

	if ((rc = when(im, field, &t, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < im->ncolumns && rc == MEWS_OK; i++) {
		if ((field = strsep(&text, ",")) == NULL)
			return mews_fail(err, MEWS_BAD,
			    "line %u: %zu fields are expected, there are %zu",
			    im->line, im->ncolumns + 1, i + 1);
		rc = value(im, &im->column[i], field, err);
	}
	if (rc == MEWS_OK && text != NULL)
		rc =
		    bad(im, "more fields than the first line names", text, err);
	if (rc != MEWS_OK)
		return rc;
	keep_minute(im, t);
	im->t = t;
	if (im->report->minutes++ == 0)
		im->report->first = t;
	im->report->last = t;
	return MEWS_OK;
}

static enum mews_rc
flush(struct import *im, struct mews_err *err)
{
	struct series *s;
	int64_t kept;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < im->nseries && rc == MEWS_OK; i++) {
		s = &im->series[i];
		kept = 0;
		rc = mews_history_add(im->db, s->id, s->quantity->kind,
		    s->minutes.b, s->minutes.n, im->now, &kept, err);
		im->report->kept += kept;
		im->report->values += (int64_t)s->minutes.n - kept;
		s->minutes.n = 0;
	}
	return rc;
}

static enum mews_rc
read_all(struct import *im, FILE *f, struct mews_err *err)
{
	char *text = NULL;
	size_t cap = 0;
	ssize_t n;
	enum mews_rc rc = MEWS_OK;

	while (rc == MEWS_OK && (n = getline(&text, &cap, f)) > 0) {
		im->line++;
		if (text[n - 1] != '\n' || strlen(text) != (size_t)n) {
			rc = mews_fail(err, MEWS_BAD,
			    "line %u has no end: the file is cut off",
			    im->line);
			break;
		}
		text[strcspn(text, "\r\n")] = '\0';
		rc = im->line == 1 ? head(im, text, err) : row(im, text, err);
		if (rc == MEWS_OK && im->report->minutes % BATCH == BATCH - 1)
			rc = flush(im, err);
	}
	free(text);
	if (rc == MEWS_OK && ferror(f))
		rc = mews_fail(err, MEWS_FAIL, "line %u: cannot be read",
		    im->line + 1);
	if (rc == MEWS_OK && im->report->minutes == 0)
		rc = mews_fail(err, MEWS_BAD, "the file has no minutes");
	return rc == MEWS_OK ? flush(im, err) : rc;
}

enum mews_rc
import_minutes(struct mews_db *db, int64_t device, FILE *f, int64_t now,
    struct import_report *report, struct mews_err *err)
{
	struct import *im = mews_alloc(1, sizeof(*im));
	enum mews_rc rc;
	size_t i;

	*report = (struct import_report){ 0 };
	im->db = db;
	im->device = device;
	im->now = now;
	im->report = report;
	if ((rc = mews_db_begin(db, err)) == MEWS_OK)
		rc = mews_db_end(db, read_all(im, f, err), err);
	for (i = 0; i < im->nseries; i++)
		mews_buckets_clear(&im->series[i].minutes);
	free(im);
	return rc;
}
