/*
 * table.c - columns packed in memory, joined row by row.
 *
 * A day of minutes of forty series is megabytes as buckets and some hundred
 * kilobytes packed, so each series is read, packed and forgotten before the
 * next one.
 */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mews_column columns[] = {
	{ MEWS_COUNTER, "delta" },
	{ MEWS_COUNTER, "index" },
	{ MEWS_GAUGE, "mean" },
	{ MEWS_GAUGE, "min" },
	{ MEWS_GAUGE, "max" },
	{ MEWS_STATE, "last" },
};

static const struct mews_flag_word flags[] = {
	{ MEWS_WRAP, "wrap" },
	{ MEWS_RESET, "reset" },
	{ MEWS_ESTIMATED, "estimated" },
	{ MEWS_SUSPECT, "suspect" },
	{ MEWS_CLOCK, "clock" },
	{ MEWS_OPEN, "open" },
	{ MEWS_PARTIAL, "partial" },
};

const struct mews_column *
mews_column_at(size_t k)
{
	return k < MEWS_LEN(columns) ? &columns[k] : NULL;
}

int64_t
mews_column_value(const struct mews_bucket *b, size_t k)
{
	const int64_t v[] = { b->sum, b->end, b->sum, b->min, b->max, b->end };

	return v[k];
}

void
mews_column_name(char *text, const char *plate, const struct mews_quantity *q,
    size_t k)
{
	const char *unit = strcmp(q->unit, "%") == 0 ? "pct"
	    : strcmp(q->unit, "1") == 0              ? ""
						     : q->unit;

	(void)snprintf(text, MEWS_COLUMN, "%s%s%s_%s%s%s", plate,
	    plate[0] == '\0' ? "" : "_", q->name, columns[k].word,
	    unit[0] == '\0' ? "" : "_", unit);
}

const struct mews_flag_word *
mews_flag_word_at(size_t i)
{
	return i < MEWS_LEN(flags) ? &flags[i] : NULL;
}

struct column {
	int64_t series;
	const struct mews_quantity *q;
	char plate[12];
	struct mews_buf packed;
	const unsigned char *at, *end; /* what is still to come */
	struct mews_bucket last, next; /* as mews_bucket_get has it; to come */
	bool have;                     /* next is one */
	bool begun;                    /* a row had one */
	bool shown;
};

struct mews_table {
	bool plates;
	struct column *c; /* owned */
	size_t n;
};

struct mews_table *
mews_table_new(bool plates)
{
	struct mews_table *t = mews_alloc(1, sizeof(*t));

	t->plates = plates;
	return t;
}

void
mews_table_free(struct mews_table *t)
{
	size_t i;

	if (t == NULL)
		return;
	for (i = 0; i < t->n; i++)
		mews_buf_clear(&t->c[i].packed);
	free(t->c);
	free(t);
}

enum mews_rc
mews_table_add(struct mews_table *t, struct mews_db *history, int64_t device,
    const char *plate, bool counters, struct mews_err *err)
{
	const struct mews_quantity *q;
	struct column *c;
	int64_t series;
	size_t i;
	enum mews_rc rc;

	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++) {
		if (counters && q->kind != MEWS_COUNTER)
			continue;
		rc = mews_history_find(history, device, q, &series, err);
		if (rc == MEWS_NONE)
			continue;
		if (rc != MEWS_OK)
			return rc;
		t->c = mews_realloc(t->c, t->n + 1, sizeof(*t->c));
		c = &t->c[t->n++];
		*c = (struct column){ .series = series, .q = q };
		(void)snprintf(c->plate, sizeof(c->plate), "%s", plate);
	}
	return MEWS_OK;
}

/* The bucket to come. */
static void
step(struct column *c)
{
	c->have = mews_bucket_get(&c->at, c->end, c->q->kind, &c->last,
		      &c->next) == MEWS_OK;
}

static enum mews_rc
read_column(struct column *c, struct mews_db *history, enum mews_level level,
    int64_t from, int64_t to, int64_t now, struct mews_err *err)
{
	struct mews_bucket last = { 0 };
	struct mews_buckets list = { 0 };
	size_t i;
	enum mews_rc rc = mews_history_read(history, c->series, c->q->kind,
	    level, from, to, now, &list, err);

	mews_buf_reset(&c->packed);
	for (i = 0; i < list.n; i++)
		if ((list.b[i].flags & MEWS_OPEN) == 0)
			mews_bucket_put(&c->packed, c->q->kind, &last,
			    &list.b[i]);
	mews_buckets_clear(&list);
	c->at = (const unsigned char *)c->packed.s;
	c->end = c->packed.n == 0 ? c->at : c->at + c->packed.n;
	c->last = (struct mews_bucket){ 0 };
	c->have = false;
	if (c->packed.n > 0)
		step(c);
	return rc;
}

enum mews_rc
mews_table_read(struct mews_table *t, struct mews_db *history,
    enum mews_level level, int64_t from, int64_t to, int64_t now,
    enum mews_shown show, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < t->n && rc == MEWS_OK; i++) {
		rc = read_column(&t->c[i], history, level, from, to, now, err);
		if (show == MEWS_SHOW_ON && t->c[i].have && !t->c[i].shown)
			rc = mews_fail(err, MEWS_NONE, "a new column");
		if (show != MEWS_SHOW_ON) {
			t->c[i].shown = show == MEWS_SHOW_ALL || t->c[i].have;
			t->c[i].begun = false;
		}
	}
	return rc;
}

bool
mews_table_series(const struct mews_table *t, size_t i, const char **plate,
    const struct mews_quantity **q)
{
	size_t k;

	for (k = 0; k < t->n; k++)
		if (t->c[k].shown && i-- == 0) {
			*plate = t->c[k].plate;
			*q = t->c[k].q;
			return true;
		}
	return false;
}

void
mews_table_head(const struct mews_table *t, struct mews_csv *csv)
{
	char name[MEWS_COLUMN];
	size_t i, k;

	if (csv->crlf) {
		mews_csv_text(csv, "time_local");
		mews_csv_text(csv, "offset");
		mews_csv_text(csv, "time_utc");
	} else {
		mews_csv_text(csv, "time_utc");
		mews_csv_text(csv, "time_local");
	}
	for (i = 0; i < t->n; i++)
		for (k = 0; k < MEWS_LEN(columns); k++) {
			if (!t->c[i].shown ||
			    columns[k].kind != t->c[i].q->kind)
				continue;
			mews_column_name(name, t->plates ? t->c[i].plate : "",
			    t->c[i].q, k);
			mews_csv_text(csv, name);
		}
	mews_csv_text(csv, "flags");
	mews_csv_end(csv);
}

/* The cells of a series; returns what is to be flagged.  Before its first
 * bucket nothing is missing.  What follows does not count: rows that were
 * written stay right. */
static unsigned
cells(struct column *c, struct mews_csv *csv, int64_t at)
{
	bool here = c->have && c->next.t == at;
	unsigned bits = 0;
	size_t k;

	for (k = 0; k < MEWS_LEN(columns); k++) {
		if (columns[k].kind != c->q->kind)
			continue;
		if (here)
			mews_csv_number(csv, mews_column_value(&c->next, k),
			    c->q->decimals, c->q->decimals);
		else
			mews_csv_nothing(csv);
	}
	if (!here)
		return c->begun ? MEWS_PARTIAL : 0;
	bits = c->next.flags;
	if (c->next.seen < c->next.expected)
		bits |= MEWS_PARTIAL;
	c->begun = true;
	step(c);
	return bits;
}

static void
flag_cell(struct mews_csv *csv, unsigned bits)
{
	char text[80] = "", *p = text;
	size_t i;

	for (i = 0; i < MEWS_LEN(flags); i++)
		if (bits & flags[i].bit) {
			if (p != text)
				*p++ = ' ';
			p = stpcpy(p, flags[i].word);
		}
	mews_csv_text(csv, text);
}

/* Spreadsheets take no offset behind a time for part of it. */
static void
times(struct mews_csv *csv, int64_t at)
{
	char utc[MEWS_STAMP], local[MEWS_STAMP], text[MEWS_STAMP + 4];

	mews_calendar_utc(at, utc);
	mews_calendar_local(at, local);
	if (!csv->crlf) {
		mews_csv_text(csv, utc);
		mews_csv_text(csv, local);
		return;
	}
	(void)snprintf(text, sizeof(text), "%.10s %.8s", local, local + 11);
	mews_csv_text(csv, text);
	(void)snprintf(text, sizeof(text), "UTC%s", local + 19);
	mews_csv_text(csv, text);
	mews_csv_text(csv, utc);
}

bool
mews_table_row(struct mews_table *t, struct mews_csv *csv, int64_t *at)
{
	unsigned bits = 0;
	size_t i;

	*at = INT64_MAX;
	for (i = 0; i < t->n; i++)
		if (t->c[i].have && t->c[i].next.t < *at)
			*at = t->c[i].next.t;
	if (*at == INT64_MAX)
		return false;
	times(csv, *at);
	for (i = 0; i < t->n; i++)
		if (t->c[i].shown)
			bits |= cells(&t->c[i], csv, *at);
	flag_cell(csv, bits);
	mews_csv_end(csv);
	return true;
}

void
mews_table_json(const struct mews_table *t, struct mews_buf *out)
{
	static const char *const kinds[] = { "counter", "gauge", "state" };
	char name[MEWS_COLUMN];
	const char *comma = "";
	size_t i, k;

	mews_buf_byte(out, '[');
	for (i = 0; i < t->n; i++)
		for (k = 0; k < MEWS_LEN(columns); k++) {
			const struct mews_quantity *q = t->c[i].q;

			if (!t->c[i].shown || columns[k].kind != q->kind)
				continue;
			mews_column_name(name, t->plates ? t->c[i].plate : "",
			    q, k);
			mews_buf_printf(out,
			    "%s\n{\"name\":\"%s\",\"quantity\":\"%s\","
			    "\"figure\":\"%s\",\"unit\":\"%s\","
			    "\"decimals\":%d,\"kind\":\"%s\",\"obis\":\"%s\"}",
			    comma, name, q->name, columns[k].word, q->unit,
			    q->decimals, kinds[q->kind], q->obis);
			comma = ",";
		}
	mews_buf_str(out, "\n]");
}
