/*
 * keep_weigh.c - sums of row lengths.
 *
 * Rows stand in pages of the file: what the last row of a page leaves free is
 * weighed with it.
 */
#include "keep_weigh.h"
#include "chunk.h"
#include "history.h"
#include "recent.h"

#include <stdlib.h>

#define DAY     86400
#define PAGE    4096 /* bytes, as db.c sets it */
#define ROW     14   /* bytes of a row beside its data: lengths, key, pointer */
#define PERIODS 7    /* weighed: the mean of so many */

/* Class and device of a series. */
struct known {
	enum mews_keep_class class;
	int64_t device;
};

struct catalogue {
	struct known *of; /* owned; by series */
	int64_t n;
};

static enum mews_rc
learn(struct mews_db *db, struct catalogue *c, struct mews_err *err)
{
	const struct mews_quantity *q;
	struct known k = { MEWS_KEEP_GAUGE, 0 };
	int64_t id = 0, device;
	enum mews_rc rc;

	while ((rc = mews_history_next(db, &id, &device, &q, err)) == MEWS_OK) {
		c->of = mews_realloc(c->of, (size_t)id + 1, sizeof(*c->of));
		for (; c->n < id; c->n++)
			c->of[c->n] = k;
		c->of[c->n++] = (struct known){ mews_keep_class(q), device };
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* How much of a row stands in its leaf, and on how many pages of its own the
 * rest: https://www.sqlite.org/fileformat2.html#b_tree_pages */
static int64_t
in_leaf(int64_t bytes, int64_t *pages)
{
	const int64_t most = PAGE - 35, least = (PAGE - 12) * 32 / 255 - 23;
	int64_t local = bytes;

	*pages = 0;
	if (bytes > most) {
		local = least + (bytes - least) % (PAGE - 4);
		if (local > most)
			local = least;
		*pages = (bytes - local + PAGE - 5) / (PAGE - 4);
	}
	return local + ROW;
}

/* Adds the bytes of a period's chunks by class, with what pages leave free. */
static enum mews_rc
add(struct mews_db *db, const struct catalogue *c, enum mews_level level,
    int64_t t, double sum[MEWS_KEEP_CLASSES], struct mews_err *err)
{
	double rows[MEWS_KEEP_CLASSES] = { 0 }, all = 0;
	struct mews_chunk_size *list;
	int64_t filled = 0, pages = 0, row, more;
	enum mews_rc rc;
	size_t i, n;

	rc = mews_chunk_list(db, level, t, &list, &n, err);
	for (i = 0; i < n; i++) {
		all += (double)list[i].bytes;
		if (list[i].series < c->n)
			rows[c->of[list[i].series].class] +=
			    (double)list[i].bytes;
		row = in_leaf(list[i].bytes, &more);
		if (filled + row > PAGE) {
			more++;
			filled = 0;
		}
		filled += row;
		pages += more;
	}
	for (i = 0; i < MEWS_KEEP_CLASSES && all > 0; i++)
		sum[i] += rows[i] * (double)(pages * PAGE + filled) / all;
	free(list);
	return rc;
}

/* Bytes a day of a level: of its last whole periods, or of the one there is. */
static enum mews_rc
rate(struct mews_db *db, const struct catalogue *c, enum mews_level level,
    int64_t now, struct mews_weight *w, struct mews_err *err)
{
	int64_t len = mews_chunk_period(level), first, last, t, days = 0, begin;
	int64_t today = now - now % DAY;
	double sum[MEWS_KEEP_CLASSES] = { 0 };
	enum mews_rc rc;
	size_t i;

	rc = mews_chunk_periods(db, level, &first, &last, err);
	if (rc != MEWS_OK)
		return rc == MEWS_NONE ? MEWS_OK : rc;
	if (last > first)
		last -= len;
	for (t = last; t >= first && t > last - PERIODS * len && rc == MEWS_OK;
	     t -= len) {
		rc = add(db, c, level, t, sum, err);
		begin = t > w->since[0][level] ? t : w->since[0][level];
		days +=
		    ((t + len < today ? t + len : today) - begin + DAY - 1) /
		    DAY;
	}
	for (i = 0; i < MEWS_KEEP_CLASSES && days > 0; i++)
		w->rate[i][level] = sum[i] / (double)days;
	if (level == MEWS_MINUTE)
		w->known = days > 0;
	return rc;
}

/* The first bucket of a class in the chunks of a period, if that is earlier. */
static enum mews_rc
first_of(struct mews_db *db, const struct catalogue *c,
    enum mews_keep_class class, enum mews_level level, int64_t t,
    int64_t *since, struct mews_err *err)
{
	struct mews_buckets l = { 0 };
	struct mews_chunk_size *list;
	size_t i = 0, n;
	enum mews_rc rc = mews_chunk_list(db, level, t, &list, &n, err);

	while (i < n &&
	    (list[i].series >= c->n || c->of[list[i].series].class != class))
		i++;
	if (rc == MEWS_OK && i < n)
		rc = mews_chunk_read(db, level, list[i].series, t,
		    t + mews_chunk_period(level), &l, err);
	if (l.n > 0 && l.b[0].t < *since)
		*since = l.b[0].t;
	mews_buckets_clear(&l);
	free(list);
	return rc;
}

/* Since when a level is kept. */
static enum mews_rc
since(struct mews_db *db, const struct catalogue *c, enum mews_level level,
    struct mews_weight *w, struct mews_err *err)
{
	int64_t len = mews_chunk_period(level), chunk, frame, last, border, t;
	enum mews_rc rc = mews_recent_ends(db, level, &frame, &last, err);
	bool chunks;
	int class;

	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	t = rc == MEWS_OK ? frame : INT64_MAX;
	rc = mews_chunk_periods(db, level, &chunk, &last, err);
	chunks = rc == MEWS_OK;
	if (rc == MEWS_NONE)
		rc = MEWS_OK;
	for (class = 0; class < MEWS_KEEP_CLASSES && rc == MEWS_OK; class ++) {
		w->since[class][level] = t;
		rc = mews_keep_upto(db, (enum mews_keep_class) class, level,
		    &border, err);
		border = border > chunk ? border : chunk;
		if (rc == MEWS_OK && chunks)
			rc = first_of(db, c, (enum mews_keep_class) class,
			    level, border - border % len,
			    &w->since[class][level], err);
		if (w->since[class][level] == INT64_MAX)
			w->since[class][level] = 0;
	}
	return rc;
}

static int
order(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return x->device != y->device
	    ? (x->device > y->device) - (x->device < y->device)
	    : (x->class > y->class) - (x->class < y->class);
}

/* Devices that were stored, and those of them with power quality, which is the
 * last of the classes.  The catalogue is by device then. */
static void
count(struct catalogue *c, struct mews_weight *w)
{
	int64_t i;

	if (c->n > 0)
		qsort(c->of, (size_t)c->n, sizeof(*c->of), order);
	for (i = 0; i < c->n; i++)
		if (c->of[i].device != 0 &&
		    (i + 1 == c->n || c->of[i + 1].device != c->of[i].device)) {
			w->devices++;
			w->quality += c->of[i].class == MEWS_KEEP_QUALITY;
		}
}

/* Days are packed later than hours: until then they weigh as so many hours.
 * What the class has in chunks is not of the base. */
static void
weigh_class(struct mews_weight *w, const struct catalogue *c, int class,
    int64_t now)
{
	double *r = w->rate[class];
	int64_t since, i = 1;
	int level;

	while (i < c->n && (int)c->of[i].class != class)
		i++;
	if (i >= c->n)
		for (level = 0; level < MEWS_LEVELS; level++)
			w->since[class][level] = 0;

	if (r[MEWS_DAY] <= 0)
		r[MEWS_DAY] = r[MEWS_HOUR] / 24;
	for (level = 0; level < MEWS_LEVELS; level++) {
		since = w->since[class][level];
		if (since != 0)
			w->base -=
			    (int64_t)(r[level] * (double)(now - since) / DAY);
	}
}

enum mews_rc
mews_weigh(struct mews_db *db, int64_t now, struct mews_weight *w,
    struct mews_err *err)
{
	struct catalogue c = { NULL, 0 };
	enum mews_rc rc;
	int level, class;

	*w = (struct mews_weight){ .known = false };
	if ((rc = mews_db_size(db, &w->used, &w->spare, err)) != MEWS_OK ||
	    (rc = learn(db, &c, err)) != MEWS_OK)
		goto out;
	w->base = w->used;
	for (level = MEWS_MINUTE; level <= MEWS_YEAR && rc == MEWS_OK;
	     level++) {
		rc = since(db, &c, (enum mews_level)level, w, err);
		if (rc == MEWS_OK && level < MEWS_MONTH)
			rc = rate(db, &c, (enum mews_level)level, now, w, err);
	}
	for (class = 0; class < MEWS_KEEP_CLASSES; class ++)
		weigh_class(w, &c, class, now);
	w->base = w->base > 0 ? w->base : 0;
	count(&c, w);
out:
	free(c.of);
	return rc;
}
