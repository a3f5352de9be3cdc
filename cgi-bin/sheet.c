/*
 * sheet.c - a row a bucket: time, the figures of each part, flags.
 */
#include "sheet.h"

#include "calendar.h"
#include "figure.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

/* Tens that divide a number, at most so many. */
static int
zeros(int64_t v, int most)
{
	int n = 0;

	while (n < most && v % 10 == 0) {
		v /= 10;
		n++;
	}
	return n;
}

/* In Excel the unit of the chart, and the fewest decimals that write every
 * number of the quantity exactly: a meter that counts in steps of 10 Wh has
 * two of a kWh. */
static void
choose_display(struct sheet_part *p, bool excel)
{
	const struct mews_column *col;
	int64_t most = 0, v;
	size_t i, k;
	int spare;

	p->as =
	    (struct mews_display){ p->q->unit, p->q->decimals, p->q->decimals };
	if (!excel)
		return;
	for (i = 0; i < p->list.n; i++) {
		v = p->q->kind == MEWS_GAUGE ? p->list.b[i].max
					     : p->list.b[i].sum;
		v = v < 0 ? -v : v;
		most = v > most ? v : most;
	}
	p->as = mews_quantity_display(p->q, most);
	spare = p->as.exponent - p->as.decimals;
	for (i = 0; i < p->list.n; i++)
		for (k = 0; (col = mews_column_at(k)) != NULL; k++)
			if (col->kind == p->q->kind)
				spare =
				    zeros(mews_column_value(&p->list.b[i], k),
					spare);
	p->as.decimals = p->as.exponent - spare;
}

static void
head_cell(struct page_ctx *c, struct sheet *t, const struct sheet_part *p,
    size_t k)
{
	char text[MEWS_COLUMN + 64], unit[16] = "", key[32];

	if (t->excel) {
		(void)snprintf(key, sizeof(key), "csv.%s",
		    mews_column_at(k)->word);
		if (p->as.unit[0] != '\0')
			(void)snprintf(unit, sizeof(unit), " (%s)", p->as.unit);
		(void)snprintf(text, sizeof(text), "%s%s%s, %s%s",
		    t->plates ? p->plate : "", t->plates ? " " : "",
		    figure_name(c, p->q), view_word(c->view, key), unit);
	} else
		mews_column_name(text, t->plates ? p->plate : "", p->q, k);
	mews_csv_text(&t->csv, text);
}

static void
head(struct page_ctx *c, struct sheet *t)
{
	const struct mews_column *col;
	size_t i, k;

	if (t->excel) {
		mews_csv_text(&t->csv, view_word(c->view, "csv.local"));
		mews_csv_text(&t->csv, view_word(c->view, "csv.offset"));
		mews_csv_text(&t->csv, view_word(c->view, "csv.utc"));
	} else {
		mews_csv_text(&t->csv, "time_utc");
		mews_csv_text(&t->csv, "time_local");
	}
	for (i = 0; i < t->n; i++)
		for (k = 0; (col = mews_column_at(k)) != NULL; k++)
			if (col->kind == t->part[i].q->kind)
				head_cell(c, t, &t->part[i], k);
	mews_csv_text(&t->csv,
	    t->excel ? view_word(c->view, "csv.flags") : "flags");
	mews_csv_end(&t->csv);
}

static void
times(struct sheet *t, int64_t at)
{
	char utc[MEWS_STAMP], local[MEWS_STAMP], text[MEWS_STAMP + 4];

	mews_calendar_utc(at, utc);
	mews_calendar_local(at, local);
	if (!t->excel) {
		mews_csv_text(&t->csv, utc);
		mews_csv_text(&t->csv, local);
		return;
	}
	(void)snprintf(text, sizeof(text), "%.10s %.8s", local, local + 11);
	mews_csv_text(&t->csv, text);
	(void)snprintf(text, sizeof(text), "UTC%s", local + 19);
	mews_csv_text(&t->csv, text);
	mews_csv_text(&t->csv, utc);
}

static void
flags(struct page_ctx *c, struct sheet *t, unsigned bits)
{
	const struct mews_flag_word *w;
	struct mews_buf text = { 0 };
	char key[32];
	size_t i;

	mews_buf_str(&text, "");
	for (i = 0; (w = mews_flag_word_at(i)) != NULL; i++) {
		if ((bits & w->bit) == 0)
			continue;
		(void)snprintf(key, sizeof(key), "csv.flag_%s", w->word);
		if (text.n > 0)
			mews_buf_str(&text, t->excel ? ", " : " ");
		mews_buf_str(&text,
		    t->excel ? view_word(c->view, key) : w->word);
	}
	mews_csv_text(&t->csv, text.s);
	mews_buf_clear(&text);
}

/* The cells of a quantity; returns what is to be flagged.  Before its first
 * bucket and behind its last one nothing is missing: it began later, or was
 * given up. */
static unsigned
cells(struct sheet *t, struct sheet_part *p, int64_t at)
{
	const struct mews_bucket *b =
	    p->next < p->list.n && p->list.b[p->next].t == at
	    ? &p->list.b[p->next]
	    : NULL;
	const struct mews_column *col;
	size_t k;

	for (k = 0; (col = mews_column_at(k)) != NULL; k++) {
		if (col->kind != p->q->kind)
			continue;
		if (b == NULL)
			mews_csv_nothing(&t->csv);
		else
			mews_csv_number(&t->csv, mews_column_value(b, k),
			    p->as.exponent, p->as.decimals);
	}
	if (b == NULL)
		return p->next > 0 && p->next < p->list.n ? MEWS_PARTIAL : 0;
	p->next++;
	return b->flags | (b->seen < b->expected ? MEWS_PARTIAL : 0);
}

/* The row of the earliest bucket not yet written; false behind the last. */
static bool
row(struct page_ctx *c, struct sheet *t)
{
	int64_t at = INT64_MAX;
	unsigned bits = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct sheet_part *p = &t->part[i];

		if (p->next < p->list.n && p->list.b[p->next].t < at)
			at = p->list.b[p->next].t;
	}
	if (at == INT64_MAX)
		return false;
	times(t, at);
	for (i = 0; i < t->n; i++)
		bits |= cells(t, &t->part[i], at);
	flags(c, t, bits);
	mews_csv_end(&t->csv);
	return true;
}

static void
name_file(struct page_ctx *c, const char *name, const struct period *p)
{
	static const struct {
		const char *word;
		int digits; /* of the date */
	} rows[MEWS_LEVELS] = { { "minutes", 10 }, { "hours", 10 },
		{ "days", 7 }, { "months", 4 }, { "years", 0 } };
	char at[16], plate[16], *q;

	(void)snprintf(plate, sizeof(plate), "%.15s", name);
	for (q = plate; *q != '\0'; q++)
		if ((*q < '0' || *q > '9') && (*q < 'A' || *q > 'Z') &&
		    (*q < 'a' || *q > 'z'))
			*q = '-';
	(void)period_at(at, p->from);
	(void)snprintf(c->reply->name, sizeof(c->reply->name),
	    "%s_%.*s%s%s.csv", plate, rows[p->by].digits, at,
	    rows[p->by].digits > 0 ? "_" : "", rows[p->by].word);
}

/* What is not there because it was merged: for people a line below the figures,
 * for programs a header, so that a file has nothing but rows. */
static void
say_merged(struct page_ctx *c, struct sheet *t)
{
	const struct merged *m = &t->merged;
	struct mews_buf text = { 0 };

	merged_note(c, m);
	if (m->before == 0 || !t->excel)
		return;
	merged_tell(c, m, &text);
	mews_buf_byte(&text, '\0');
	mews_csv_text(&t->csv, text.s);
	mews_csv_end(&t->csv);
	mews_buf_clear(&text);
}

enum mews_rc
sheet_begin(const struct page_ctx *c, struct sheet *t, const char *format,
    struct mews_err *err)
{
	if (format[0] == '\0')
		format = base_csv_format(c->base);
	t->excel = format[0] == '\0' || strcmp(format, "excel") == 0;
	return t->excel || strcmp(format, "programs") == 0
	    ? MEWS_OK
	    : mews_fail(err, MEWS_BAD, "for is excel or programs");
}

enum mews_rc
sheet_read(struct page_ctx *c, struct sheet *t, size_t device,
    const struct mews_quantity *q, const struct period *p, bool empty,
    struct mews_err *err)
{
	struct merged merged = merged_find(c, q, p);
	struct sheet_part *part = &t->part[t->n];
	enum mews_rc rc = MEWS_OK;

	*part = (struct sheet_part){ .q = q,
		.plate = base_site(c->base)->device[device].plate };
	rc = series_buckets(c, device, q, p->by, p->from, p->to, &part->list,
	    err);
	choose_display(part, t->excel);
	if (merged.before > t->merged.before)
		t->merged = merged;
	if (rc == MEWS_OK && (empty || part->list.n > 0))
		t->n++;
	else
		mews_buckets_clear(&part->list);
	return rc;
}

void
sheet_write(struct page_ctx *c, struct sheet *t, const char *name,
    const struct period *p)
{
	c->reply->type = "text/csv; charset=utf-8";
	name_file(c, name, p);
	mews_csv_init(&t->csv, &c->reply->body, t->excel ? "excel" : "programs",
	    c->lang);
	head(c, t);
	while (row(c, t))
		;
	say_merged(c, t);
}

void
sheet_clear(struct sheet *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		mews_buckets_clear(&t->part[i].list);
}
