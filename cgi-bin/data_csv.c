/*
 * data_csv.c - /csv/PLATE: the stretch a chart shows, with all its device
 * measures.
 *
 * A row a bucket: time, per counter what was counted and its index, per gauge
 * mean, lowest and highest, then flags.  Numbers are in the stored unit (Wh,
 * W, V ...), which the head names, and exact.
 */
#include "calendar.h"
#include "csv.h"
#include "figure.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "for", REQUEST_WORD, 8 },
	{ NULL, REQUEST_WORD, 0 },
};

struct table {
	const struct mews_quantity *q[BASE_QUANTITIES];
	struct mews_buckets list[BASE_QUANTITIES];
	size_t next[BASE_QUANTITIES]; /* bucket of the row to come */
	size_t n;
	bool excel;
	struct mews_csv csv;
};

/* Columns of a kind: what stands behind the quantity's name. */
static const struct {
	enum mews_kind kind;
	const char *key, *tail;
} columns[] = {
	{ MEWS_COUNTER, "csv.delta", "delta" },
	{ MEWS_COUNTER, "csv.index", "index" },
	{ MEWS_GAUGE, "csv.mean", "mean" },
	{ MEWS_GAUGE, "csv.min", "min" },
	{ MEWS_GAUGE, "csv.max", "max" },
	{ MEWS_STATE, "csv.last", "last" },
};

static int64_t
column(const struct mews_bucket *b, size_t k)
{
	const int64_t v[] = { b->sum, b->end, b->sum, b->min, b->max, b->end };

	return v[k];
}

static void
head_cell(struct page_ctx *c, struct table *t, size_t i, size_t k)
{
	char text[160];

	if (t->excel)
		(void)snprintf(text, sizeof(text), "%s, %s (%s)",
		    figure_name(c, t->q[i]), view_word(c->view, columns[k].key),
		    t->q[i]->unit);
	else
		(void)snprintf(text, sizeof(text), "%s_%s_%s", t->q[i]->name,
		    columns[k].tail, t->q[i]->unit);
	mews_csv_text(&t->csv, text);
}

static void
head(struct page_ctx *c, struct table *t)
{
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
		for (k = 0; k < MEWS_LEN(columns); k++)
			if (columns[k].kind == t->q[i]->kind)
				head_cell(c, t, i, k);
	mews_csv_text(&t->csv,
	    t->excel ? view_word(c->view, "csv.flags") : "flags");
	mews_csv_end(&t->csv);
}

static void
times(struct table *t, int64_t at)
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
flags(struct table *t, unsigned bits, bool partial)
{
	static const struct {
		unsigned bit;
		const char *word;
	} words[] = {
		{ MEWS_WRAP, "wrap" },
		{ MEWS_RESET, "reset" },
		{ MEWS_ESTIMATED, "estimated" },
		{ MEWS_SUSPECT, "suspect" },
		{ MEWS_CLOCK, "clock" },
		{ MEWS_OPEN, "open" },
	};
	char text[80] = "";
	size_t i;

	for (i = 0; i < MEWS_LEN(words); i++)
		if (bits & words[i].bit)
			(void)strcat(strcat(text, text[0] ? " " : ""),
			    words[i].word);
	if (partial)
		(void)strcat(strcat(text, text[0] ? " " : ""), "partial");
	mews_csv_text(&t->csv, text);
}

/* The row of the earliest bucket not yet written; false behind the last. */
static bool
row(struct table *t)
{
	int64_t at = INT64_MAX;
	const struct mews_bucket *b;
	unsigned bits = 0;
	bool partial = false;
	size_t i, k;

	for (i = 0; i < t->n; i++)
		if (t->next[i] < t->list[i].n &&
		    t->list[i].b[t->next[i]].t < at)
			at = t->list[i].b[t->next[i]].t;
	if (at == INT64_MAX)
		return false;
	times(t, at);
	for (i = 0; i < t->n; i++) {
		b = t->next[i] < t->list[i].n ? &t->list[i].b[t->next[i]]
					      : NULL;
		if (b != NULL && b->t != at)
			b = NULL;
		for (k = 0; k < MEWS_LEN(columns); k++) {
			if (columns[k].kind != t->q[i]->kind)
				continue;
			if (b == NULL)
				mews_csv_nothing(&t->csv);
			else
				mews_csv_number(&t->csv, column(b, k),
				    t->q[i]->decimals, t->q[i]->decimals);
		}
		if (b == NULL) {
			/* one never stored is not a gap */
			partial = partial || t->list[i].n > 0;
			continue;
		}
		bits |= b->flags;
		partial = partial || b->seen < b->expected;
		t->next[i]++;
	}
	flags(t, bits, partial);
	mews_csv_end(&t->csv);
	return true;
}

static void
name_file(struct page_ctx *c, const struct period *p)
{
	static const struct {
		const char *word;
		int digits; /* of the date */
	} rows[MEWS_LEVELS] = { { "minutes", 10 }, { "hours", 10 },
		{ "days", 7 }, { "months", 4 }, { "years", 0 } };
	char at[16], plate[16], *q;

	(void)snprintf(plate, sizeof(plate), "%s", c->part);
	for (q = plate; *q != '\0'; q++)
		if ((*q < '0' || *q > '9') && (*q < 'A' || *q > 'Z') &&
		    (*q < 'a' || *q > 'z'))
			*q = '-';
	(void)period_at(at, p->from);
	(void)snprintf(c->reply->name, sizeof(c->reply->name),
	    "%s_%.*s%s%s.csv", plate, rows[p->by].digits, at,
	    rows[p->by].digits > 0 ? "_" : "", rows[p->by].word);
}

static enum mews_rc
read_all(struct page_ctx *c, struct table *t, size_t device,
    const struct period *p, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	t->n = base_quantities(c->base, device, t->q, MEWS_LEN(t->q));
	if (t->n > MEWS_LEN(t->q))
		t->n = MEWS_LEN(t->q);
	for (i = 0; i < t->n && rc == MEWS_OK; i++)
		rc = base_read(c->base, &base_site(c->base)->device[device],
		    t->q[i]->name, p->by, p->from, p->to, c->now, &t->list[i],
		    err);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *format = request_get(c->request, "for");
	size_t device = series_device(c, c->part), i;
	struct table t = { 0 };
	struct period p;
	enum mews_rc rc;

	if (device == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	t.excel = format[0] == '\0' || strcmp(format, "excel") == 0;
	if (!t.excel && strcmp(format, "programs") != 0)
		return mews_fail(err, MEWS_BAD, "for is excel or programs");
	rc = period_read(c, request_get(c->request, "by"),
	    request_get(c->request, "at"), &p, err);
	if (rc == MEWS_OK)
		rc = read_all(c, &t, device, &p, err);
	if (rc == MEWS_OK) {
		c->reply->type = "text/csv; charset=utf-8";
		name_file(c, &p);
		mews_csv_init(&t.csv, &c->reply->body,
		    t.excel ? "excel" : "programs", c->lang);
		head(c, &t);
		while (row(&t))
			;
	}
	for (i = 0; i < MEWS_LEN(t.list); i++)
		mews_buckets_clear(&t.list[i]);
	return rc;
}

const struct page data_csv = {
	.path = "/csv/*",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
