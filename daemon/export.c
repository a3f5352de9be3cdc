/*
 * export.c - some hours of all series are read, and written row by row.
 */
#include "export.h"
#include "csv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST (1 << 17) /* buckets in memory */

/* One series: its buckets of the piece, and the next to be written. */
struct column {
	const struct export_what *what;
	struct mews_buckets l;
	size_t at;
};

struct export
{
	struct mews_db *db;
	struct column *column; /* owned */
	size_t n;
	enum mews_level level;
	struct mews_buf text;
	struct mews_csv csv;
	FILE *f;
	int64_t *rows;
};

static void
add(struct export_what **list, size_t *n, const struct mews_device *d,
    const struct mews_quantity *q, int64_t series)
{
	*list = mews_realloc(*list, *n + 1, sizeof(**list));
	(*list)[(*n)++] = (struct export_what){ d, q, series };
}

/* Series of a device, of one quantity or all, in the order of the table. */
static enum mews_rc
add_device(struct mews_db *db, const struct mews_device *d,
    const struct mews_quantity *only, struct export_what **list, size_t *n,
    struct mews_err *err)
{
	const struct mews_quantity *q;
	enum mews_rc rc = MEWS_OK;
	int64_t series;
	size_t i;

	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++) {
		if (only != NULL && q != only)
			continue;
		rc = mews_history_find(db, d->id, q, &series, err);
		if (rc == MEWS_OK)
			add(list, n, d, q, series);
		else if (rc != MEWS_NONE)
			return rc;
	}
	return MEWS_OK;
}

static enum mews_rc
add_word(struct mews_db *db, const struct mews_site *site, const char *word,
    struct export_what **list, size_t *n, struct mews_err *err)
{
	const struct mews_quantity *q = NULL;
	const struct mews_device *d;
	const char *slash = strchr(word, '/');
	char plate[16];

	(void)snprintf(plate, sizeof(plate), "%.*s",
	    slash == NULL ? 15 : (int)(slash - word < 15 ? slash - word : 15),
	    word);
	if ((d = mews_site_plate(site, plate)) == NULL)
		return mews_fail(err, MEWS_NONE, "no device has the plate %s",
		    plate);
	if (slash != NULL && (q = mews_quantity_find(slash + 1)) == NULL)
		return mews_fail(err, MEWS_NONE, "there is no quantity %.60s",
		    slash + 1);
	return add_device(db, d, q, list, n, err);
}

enum mews_rc
export_choose(struct mews_db *db, const struct mews_site *site,
    char *const *word, int n, struct export_what **out, size_t *nout,
    struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t k;
	int i;

	*out = NULL;
	*nout = 0;
	for (i = 0; i < n && rc == MEWS_OK; i++)
		rc = add_word(db, site, word[i], out, nout, err);
	for (k = 0; n == 0 && k < site->ndevices && rc == MEWS_OK; k++)
		rc = add_device(db, &site->device[k], NULL, out, nout, err);
	if (rc == MEWS_OK && *nout == 0)
		rc = mews_fail(err, MEWS_BAD, "nothing of it was ever stored");
	return rc;
}

static void
head(struct export *x)
{
	static const char *const more[][4] = {
		[MEWS_COUNTER] = { ":delta", ":samples", ":flags" },
		[MEWS_GAUGE] = { ":min", ":max", ":samples", ":flags" },
		[MEWS_STATE] = { ":samples", ":flags" },
	};
	const struct export_what *w;
	char name[128];
	size_t i, k;

	mews_csv_text(&x->csv,
	    x->level == MEWS_MINUTE ? "time" : mews_level_name(x->level));
	for (i = 0; i < x->n; i++) {
		w = x->column[i].what;
		(void)snprintf(name, sizeof(name), "%s/%s", w->device->plate,
		    w->quantity->name);
		mews_csv_text(&x->csv, name);
		for (k = 0; k < 4 && more[w->quantity->kind][k] != NULL; k++) {
			(void)snprintf(name, sizeof(name), "%s/%s%s",
			    w->device->plate, w->quantity->name,
			    more[w->quantity->kind][k]);
			mews_csv_text(&x->csv, name);
		}
	}
	mews_csv_end(&x->csv);
}

static void
cells(struct export *x, const struct mews_quantity *q,
    const struct mews_bucket *b)
{
	const int64_t counter[] = { b->end, b->sum };
	const int64_t gauge[] = { b->sum, b->min, b->max };
	const int64_t *value = q->kind == MEWS_GAUGE ? gauge : counter;
	size_t i, n = q->kind == MEWS_GAUGE ? 3 : q->kind == MEWS_STATE ? 1 : 2;
	char text[MEWS_FLAGS];

	for (i = 0; i < n; i++)
		mews_csv_number(&x->csv, value[i], q->decimals, q->decimals);
	(void)snprintf(text, sizeof(text), "%u/%u", b->seen, b->expected);
	mews_csv_text(&x->csv, text);
	mews_csv_text(&x->csv, mews_flags_text(text, b->flags));
}

static void
nothing(struct export *x, const struct mews_quantity *q)
{
	int n = q->kind == MEWS_GAUGE ? 5 : q->kind == MEWS_STATE ? 3 : 4;

	for (; n > 0; n--)
		mews_csv_nothing(&x->csv);
}

static void
row(struct export *x, int64_t t)
{
	char stamp[MEWS_STAMP];
	struct column *c;

	mews_calendar_utc(t, stamp);
	mews_csv_text(&x->csv, stamp);
	for (c = x->column; c < x->column + x->n; c++)
		if (c->at < c->l.n && c->l.b[c->at].t == t)
			cells(x, c->what->quantity, &c->l.b[c->at++]);
		else
			nothing(x, c->what->quantity);
	mews_csv_end(&x->csv);
	(*x->rows)++;
}

static enum mews_rc
put(struct export *x, struct mews_err *err)
{
	if (x->text.n > 0 && fwrite(x->text.s, 1, x->text.n, x->f) != x->text.n)
		return mews_fail(err, MEWS_FAIL, "cannot be written: %s",
		    strerror(errno));
	mews_buf_reset(&x->text);
	return MEWS_OK;
}

/* The next time that any series has a bucket of. */
static int64_t
next_time(const struct export *x)
{
	const struct column *c;
	int64_t t = INT64_MAX;

	for (c = x->column; c < x->column + x->n; c++)
		if (c->at < c->l.n && c->l.b[c->at].t < t)
			t = c->l.b[c->at].t;
	return t;
}

static enum mews_rc
piece(struct export *x, int64_t from, int64_t to, int64_t now,
    struct mews_err *err)
{
	struct column *c;
	enum mews_rc rc = MEWS_OK;
	int64_t t;

	for (c = x->column; c < x->column + x->n && rc == MEWS_OK; c++) {
		mews_buckets_clear(&c->l);
		c->at = 0;
		rc = mews_history_read(x->db, c->what->series,
		    c->what->quantity->kind, x->level, from, to, now, &c->l,
		    err);
	}
	while (rc == MEWS_OK && (t = next_time(x)) != INT64_MAX) {
		row(x, t);
		rc = put(x, err);
	}
	return rc;
}

/* How much of a level is read at once, in s. */
static int64_t
stride(enum mews_level level, size_t n)
{
	static const int64_t period[MEWS_LEVELS] = { 86400, 30 * 86400,
		366 * 86400, 20 * 366 * 86400, 200 * 366 * INT64_C(86400) };
	int64_t minutes = MOST / (int64_t)n;

	if (level > MEWS_MINUTE)
		return period[level];
	minutes -= minutes % 60;
	return minutes > 1440 ? 86400 : minutes < 60 ? 3600 : minutes * 60;
}

enum mews_rc
export_values(struct mews_db *db, const struct export_what *what, size_t n,
    enum mews_level level, int64_t from, int64_t to, int64_t now, FILE *f,
    int64_t *rows, struct mews_err *err)
{
	struct export x = { .db = db,
		.n = n,
		.level = level,
		.f = f,
		.rows = rows };
	int64_t end, first = 0, last;
	enum mews_rc rc = mews_history_span(db, &first, &last, err);
	size_t i;

	*rows = 0;
	x.column = mews_alloc(n, sizeof(*x.column));
	for (i = 0; i < n; i++)
		x.column[i].what = &what[i];
	mews_csv_init(&x.csv, &x.text, "programs", "");
	head(&x);
	if (rc == MEWS_OK || rc == MEWS_NONE)
		rc = put(&x, err);
	if (level == MEWS_MINUTE && from < first)
		from = mews_calendar_floor(MEWS_HOUR, first);
	to = to > now ? now : to;
	for (; from < to && rc == MEWS_OK; from = end) {
		end = mews_calendar_floor(level, from + stride(level, n));
		end = end > to || end <= from ? to : end;
		rc = piece(&x, from, end, now, err);
	}
	if (rc == MEWS_OK && fflush(f) != 0)
		rc = mews_fail(err, MEWS_FAIL, "cannot be written: %s",
		    strerror(errno));
	for (i = 0; i < n; i++)
		mews_buckets_clear(&x.column[i].l);
	free(x.column);
	mews_buf_clear(&x.text);
	return rc;
}
