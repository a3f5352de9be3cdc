/*
 * flow.c - a day of minutes at a time goes from the history to the visitor.
 *
 * Nothing of the request outlives it, so what the rows need is copied, heads in
 * the visitor's language among it.
 */
#include "flow.h"

#include "figure.h"
#include "merged.h"
#include "table.h"
#include "zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)

/* What is read at once, as the history packs it (chunk.h). */
static const int64_t steps[MEWS_LEVELS] = { DAY, 30 * DAY, 366 * DAY,
	FLOW_YEARS * 366 * DAY, FLOW_YEARS * 366 * DAY };

static const char *const words[MEWS_LEVELS] = { "minutes", "hours", "days",
	"months", "years" };

struct part {
	int64_t id;
	char plate[12];
	char *merged; /* owned: what of it is gone, for people; or NULL */
};

struct flow {
	struct mews_db *history; /* borrowed */
	enum mews_level by;
	int64_t from, to, now;
	bool counters;
	char format[16], lang[3];
	struct part *part; /* owned */
	size_t n, at;      /* the device that is on */
	struct mews_table *table;
	struct mews_csv csv;
	struct mews_buf rows;
	int64_t t; /* what of the device is to come */
	struct mews_zip *zip;
	/* heads of a spreadsheet, owned; the last three are the times */
	char *column[MEWS_QUANTITIES + 1][3];
};

static void
end(void *own)
{
	struct flow *f = own;
	size_t i, k;

	for (i = 0; i < MEWS_LEN(f->column); i++)
		for (k = 0; k < MEWS_LEN(f->column[i]); k++)
			free(f->column[i][k]);
	for (i = 0; i < f->n; i++)
		free(f->part[i].merged);
	mews_table_free(f->table);
	mews_zip_free(f->zip);
	mews_buf_clear(&f->rows);
	free(f->part);
	free(f);
}

static void
date(char *text, size_t size, int64_t t)
{
	char stamp[MEWS_STAMP];

	mews_calendar_local(t, stamp);
	(void)snprintf(text, size, "%.10s", stamp);
}

/* P1_2026-11-01_2026-11-30_minutes.csv; plates have no other letters that a
 * name of a file may not have. */
static void
name_file(const struct flow *f, const char *plate, const char *tail, char *text,
    size_t size)
{
	char first[16], last[16];

	date(first, sizeof(first), f->from);
	date(last, sizeof(last), f->to - 1);
	(void)snprintf(text, size, "%s_%s_%s_%s.%s", plate, first, last,
	    words[f->by], tail);
}

/* Heads in the visitor's language, of every quantity there is. */
static void
name_columns(struct page_ctx *c, struct flow *f)
{
	const struct mews_quantity *q;
	const struct mews_column *col;
	char text[200], key[32];
	size_t i, k, n;

	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++)
		for (k = 0, n = 0; (col = mews_column_at(k)) != NULL; k++) {
			if (col->kind != q->kind)
				continue;
			(void)snprintf(key, sizeof(key), "csv.%s", col->word);
			(void)snprintf(text, sizeof(text), "%s, %s (%s)",
			    figure_name(c, q), view_word(c->view, key),
			    q->unit);
			f->column[i][n++] = mews_strdup(text);
		}
	for (i = 0; i < 3; i++) {
		static const char *const keys[] = { "csv.local", "csv.offset",
			"csv.utc" };

		f->column[MEWS_QUANTITIES][i] =
		    mews_strdup(view_word(c->view, keys[i]));
	}
}

/* The heads of a quantity. */
static char *const *
columns_of(const struct flow *f, const struct mews_quantity *q)
{
	size_t i = 0;

	while (mews_quantity_at(i) != q)
		i++;
	return f->column[i];
}

static void
head(struct flow *f)
{
	const struct mews_quantity *q;
	const char *plate;
	size_t i, k;

	if (f->column[MEWS_QUANTITIES][0] == NULL) {
		mews_table_head(f->table, &f->csv);
		return;
	}
	for (k = 0; k < 3; k++)
		mews_csv_text(&f->csv, f->column[MEWS_QUANTITIES][k]);
	for (i = 0; mews_table_series(f->table, i, &plate, &q); i++)
		for (k = 0; k < 3 && columns_of(f, q)[k] != NULL; k++)
			mews_csv_text(&f->csv, columns_of(f, q)[k]);
	mews_csv_text(&f->csv, "flags");
	mews_csv_end(&f->csv);
}

/* Begins the next device; its days, the open one among them, tell which columns
 * there are. */
static enum mews_rc
begin(struct flow *f, struct mews_err *err)
{
	const struct part *p = &f->part[f->at];
	enum mews_level by = f->by < MEWS_DAY ? MEWS_DAY : f->by;
	char name[96];
	enum mews_rc rc;

	mews_table_free(f->table);
	f->table = mews_table_new(false);
	f->t = f->from;
	mews_csv_init(&f->csv, &f->rows, f->format, f->lang);
	if (f->zip != NULL) {
		name_file(f, p->plate, "csv", name, sizeof(name));
		mews_zip_file(f->zip, name, f->now);
	}
	rc = mews_table_add(f->table, f->history, p->id, p->plate, f->counters,
	    err);
	if (rc != MEWS_OK)
		return rc;
	rc = mews_table_read(f->table, f->history, by,
	    mews_calendar_floor(by, f->from), f->to, f->to + 400 * DAY,
	    MEWS_SHOW_FILLED, err);
	if (rc == MEWS_OK)
		head(f);
	return rc;
}

/* The rows up to the next border. */
static enum mews_rc
read_step(struct flow *f, struct mews_err *err)
{
	int64_t step = steps[f->by], at;
	int64_t next = f->t - f->t % step + step;
	enum mews_rc rc;

	next = next < f->to ? next : f->to;
	rc = mews_table_read(f->table, f->history, f->by, f->t, next, f->now,
	    MEWS_SHOW_ON, err);
	if (rc != MEWS_OK)
		return rc;
	while (mews_table_row(f->table, &f->csv, &at))
		;
	if (next == f->to && f->part[f->at].merged != NULL) {
		mews_csv_text(&f->csv, f->part[f->at].merged);
		mews_csv_end(&f->csv);
	}
	f->t = next;
	return MEWS_OK;
}

/* What was read goes out, as it is or packed. */
static void
hand_over(struct flow *f, struct mews_buf *out)
{
	if (f->zip == NULL)
		mews_buf_put(out, f->rows.s, f->rows.n);
	else
		mews_zip_put(f->zip, f->rows.s, f->rows.n);
	mews_buf_reset(&f->rows);
	if (f->t < f->to)
		return;
	f->at++;
	mews_table_free(f->table);
	f->table = NULL;
	if (f->zip != NULL)
		mews_zip_close(f->zip);
}

static enum mews_rc
more(void *own, struct mews_buf *out, struct mews_err *err)
{
	struct flow *f = own;
	enum mews_rc rc = MEWS_OK;

	if (f->zip != NULL)
		mews_zip_into(f->zip, out);
	if (f->at == f->n) {
		if (f->zip == NULL || f->table != NULL)
			return MEWS_NONE;
		f->table = mews_table_new(false); /* the list is written */
		mews_zip_end(f->zip);
		return MEWS_OK;
	}
	if (f->table == NULL)
		rc = begin(f, err);
	if (rc == MEWS_OK)
		rc = read_step(f, err);
	if (rc == MEWS_OK)
		hand_over(f, out);
	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_FAIL, "%s has a new column",
		  f->part[f->at].plate)
	    : rc;
}

static void
copy_devices(struct page_ctx *c, const struct flow_ask *ask, struct flow *f)
{
	const struct mews_device *d = base_site(c->base)->device;
	size_t i;

	f->part = mews_alloc(ask->n, sizeof(*f->part));
	for (i = 0; i < ask->n; i++) {
		f->part[i].id = d[ask->device[i]].id;
		(void)strcpy(f->part[i].plate, d[ask->device[i]].plate);
	}
	f->n = ask->n;
}

/* What thinning took from a device; the most of its quantities. */
static struct merged
find_merged(struct page_ctx *c, const struct flow *f, size_t device)
{
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t n = base_quantities(c->base, device, q, MEWS_LEN(q)), i;
	const struct period p = { .by = f->by, .from = f->from, .to = f->to };
	struct merged most = { .before = 0 }, m;

	for (i = 0; i < n; i++) {
		if (f->counters && q[i]->kind != MEWS_COUNTER)
			continue;
		m = merged_find(c, q[i], &p);
		if (m.before > most.before)
			most = m;
	}
	return most;
}

static void
say_merged(struct page_ctx *c, const struct flow_ask *ask, struct flow *f)
{
	struct merged most = { .before = 0 }, m;
	struct mews_buf text = { 0 };
	size_t i;

	for (i = 0; i < f->n; i++) {
		m = find_merged(c, f, ask->device[i]);
		if (m.before > most.before)
			most = m;
		if (m.before == 0 || strcmp(f->format, "excel") != 0)
			continue;
		mews_buf_reset(&text);
		merged_tell(c, &m, &text);
		mews_buf_byte(&text, '\0');
		f->part[i].merged = mews_strdup(text.s);
	}
	merged_note(c, &most);
	mews_buf_clear(&text);
}

static enum mews_rc
check(const struct page_ctx *c, const struct flow_ask *ask, const char **format,
    struct mews_err *err)
{
	*format =
	    ask->format[0] != '\0' ? ask->format : base_csv_format(c->base);
	if ((*format)[0] == '\0')
		*format = "excel";
	if (strcmp(*format, "excel") != 0 && strcmp(*format, "programs") != 0)
		return mews_fail(err, MEWS_BAD, "for is excel or programs");
	if (ask->n == 0)
		return mews_fail(err, MEWS_NONE, "no device");
	if (ask->to <= ask->from ||
	    ask->to - ask->from > FLOW_YEARS * 366 * DAY)
		return mews_fail(err, MEWS_BAD, "no stretch to send");
	if (base_db(c->base, MEWS_HISTORY_DB) == NULL)
		return mews_fail(err, MEWS_NONE, "there is no history yet");
	return MEWS_OK;
}

enum mews_rc
flow_reply(struct page_ctx *c, const struct flow_ask *ask, struct mews_err *err)
{
	const char *format;
	struct flow *f;
	enum mews_rc rc = check(c, ask, &format, err);

	if (rc != MEWS_OK)
		return rc;
	f = mews_alloc(1, sizeof(*f));
	f->history = base_db(c->base, MEWS_HISTORY_DB);
	f->by = ask->by;
	f->from = ask->from;
	f->to = ask->to < c->now ? ask->to : c->now;
	f->to = f->to > f->from ? f->to : f->from + 1;
	f->now = c->now;
	f->counters = ask->counters;
	(void)snprintf(f->format, sizeof(f->format), "%s", format);
	(void)snprintf(f->lang, sizeof(f->lang), "%.2s", c->lang);
	copy_devices(c, ask, f);
	say_merged(c, ask, f);
	if (strcmp(format, "excel") == 0)
		name_columns(c, f);
	if (ask->zip)
		f->zip = mews_zip_new();
	name_file(f, ask->n == 1 ? f->part[0].plate : "meters",
	    ask->zip ? "zip" : "csv", c->reply->name, sizeof(c->reply->name));
	c->reply->type =
	    ask->zip ? "application/zip" : "text/csv; charset=utf-8";
	c->reply->stream = (struct reply_stream){ more, end, f };
	return MEWS_OK;
}
