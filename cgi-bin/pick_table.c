/*
 * pick_table.c - one column a device, or of a single level its mean, lowest
 * and highest.
 */
#include "calendar.h"
#include "figure.h"
#include "merged.h"
#include "pick_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Which figure of a device's bucket stands in a column. */
enum figure_of { OF_MEAN, OF_LOW, OF_HIGH };

struct column {
	const struct series *s;
	enum figure_of of;
	size_t next; /* bucket of the row to come */
};

struct table {
	struct series s[PICK_MOST];
	struct column column[PICK_MOST];
	size_t n; /* columns */
	struct period p;
	struct mews_display as;
};

static int64_t
pick(const struct mews_bucket *b, enum figure_of of)
{
	const int64_t v[] = { b->sum, b->min, b->max };

	return v[of];
}

static enum mews_rc
read_all(struct page_ctx *c, const struct pick *k, struct table *t,
    struct mews_err *err)
{
	struct pick rows = *k;
	enum mews_rc rc = MEWS_OK;
	int64_t most = 0, m;
	size_t i;

	/* a table of 1440 minutes helps nobody */
	if (rows.p.by == MEWS_MINUTE)
		rows.p.by = MEWS_HOUR;
	t->p = rows.p;
	for (i = 0; i < k->n && rc == MEWS_OK; i++) {
		rc = pick_series(c, &rows, i, &t->s[i], err);
		most = (m = series_most(&t->s[i])) > most ? m : most;
		t->column[t->n++].s = &t->s[i];
	}
	if (k->n == 1 && k->q->kind == MEWS_GAUGE)
		for (; t->n < 3; t->n++)
			t->column[t->n] = (struct column){ .s = &t->s[0],
				.of = (enum figure_of)t->n };
	t->as = mews_quantity_display(k->q, most);
	return rc;
}

static void
heads(struct page_ctx *c, const struct pick *k, const struct table *t)
{
	static const char *const words[] = { "meter.mean", "meter.low",
		"meter.high" };
	char key[24];
	size_t i;

	view_set(c->view, "unit", t->as.unit);
	(void)snprintf(key, sizeof(key), "by.%s", mews_level_name(t->p.by));
	view_set(c->view, "row_name", view_word(c->view, key));
	for (i = 0; i < t->n; i++) {
		view_row(c->view, "col", i);
		view_set(c->view, "head",
		    k->n == 1 && t->n > 1
			? view_word(c->view, words[i])
			: base_site(c->base)->device[k->device[i]].plate);
		view_up(c->view);
	}
}

static void
put(struct page_ctx *c, const struct table *t, int64_t value, unsigned flags)
{
	char text[FIGURE];

	mews_number(text, c->lang, value, t->as.exponent, t->as.decimals);
	view_set(c->view, "n", figure_flagged(text, flags));
}

static void
note(struct page_ctx *c, const struct mews_bucket *b)
{
	char missing[24];

	(void)snprintf(missing, sizeof(missing), "%" PRIu32, series_missing(b));
	if (b->flags & MEWS_OPEN)
		view_set(c->view, "note", view_word(c->view, "meter.so_far"));
	else if (series_missing(b) > 0)
		view_say(c->view, "note", "home.missing", missing, NULL);
}

/* The row of the earliest bucket not yet written; false behind the last. */
static bool
row(struct page_ctx *c, struct table *t, size_t n)
{
	int64_t at = INT64_MAX;
	char text[FIGURE];
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct column *l = &t->column[i];

		if (l->next < l->s->list.n && l->s->list.b[l->next].t < at)
			at = l->s->list.b[l->next].t;
	}
	if (at == INT64_MAX)
		return false;
	view_row(c->view, "row", n);
	view_set(c->view, "name", period_row(c, &t->p, text, at));
	for (i = 0; i < t->n; i++) {
		struct column *l = &t->column[i];
		const struct mews_bucket *b =
		    l->next < l->s->list.n ? &l->s->list.b[l->next] : NULL;

		view_row(c->view, "cell", i);
		view_set(c->view, "n", "");
		if (b != NULL && b->t == at) {
			put(c, t, pick(b, l->of), b->flags);
			if (l->of == OF_MEAN)
				note(c, b);
			l->next++;
		}
		view_up(c->view);
	}
	view_up(c->view);
	return true;
}

/* Below a counter's column what it counted in all, below a level's its lowest
 * and its highest. */
static void
foot_cell(struct page_ctx *c, const struct table *t, const struct series *s,
    enum figure_of of)
{
	const struct mews_bucket *b = s->list.b;
	unsigned flags = 0;
	int64_t v = 0;
	size_t i;

	view_set(c->view, "n", "");
	for (i = 0; i < s->list.n; i++) {
		flags |= b[i].flags;
		if (of == OF_MEAN)
			v += b[i].sum;
		else if (i == 0 || (of == OF_LOW ? b[i].min < v : b[i].max > v))
			v = pick(&b[i], of);
	}
	if (s->list.n > 0)
		put(c, t, v, of == OF_MEAN ? flags : 0);
}

static void
foot(struct page_ctx *c, const struct table *t, size_t n, const char *word,
    enum figure_of of)
{
	size_t i;

	view_row(c->view, "foot", n);
	view_set(c->view, "name", view_word(c->view, word));
	for (i = 0; i < t->n; i++) {
		view_row(c->view, "cell", i);
		foot_cell(c, t, t->column[i].s, of);
		view_up(c->view);
	}
	view_up(c->view);
}

enum mews_rc
pick_table(struct page_ctx *c, const struct pick *k, struct mews_err *err)
{
	struct table t = { .n = 0 };
	enum mews_rc rc = read_all(c, k, &t, err);
	unsigned flags = 0;
	size_t n = 0, i, j;

	for (i = 0; i < k->n; i++)
		for (j = 0; j < t.s[i].list.n; j++)
			flags |= t.s[i].list.b[j].flags;
	if (rc == MEWS_OK) {
		heads(c, k, &t);
		while (row(c, &t, n))
			n++;
		if (k->q->kind == MEWS_COUNTER)
			foot(c, &t, 0, "meter.whole", OF_MEAN);
		else if (t.n == k->n && n > 0) {
			foot(c, &t, 0, "meter.low", OF_LOW);
			foot(c, &t, 1, "meter.high", OF_HIGH);
		}
		view_int(c->view, "rows", (int64_t)n);
		view_int(c->view, "estimated", (flags & MEWS_ESTIMATED) != 0);
	}
	for (i = 0; i < k->n; i++)
		mews_buckets_clear(&t.s[i].list);
	return rc;
}

/* "P1 has no data from 10:02 to 10:15". */
static void
gap(struct page_ctx *c, const struct mews_device *d, const struct period *p,
    size_t n, int64_t from, int64_t to)
{
	char start[FIGURE], end[FIGURE];

	if (p->by == MEWS_MINUTE) {
		(void)figure_clock(start, from);
		(void)figure_clock(end, to);
	} else {
		(void)period_row(c, p, start, from);
		(void)period_row(c, p, end, mews_calendar_step(p->by, to, -1));
	}
	view_row(c->view, "gap", n);
	view_say(c->view, "says",
	    p->by == MEWS_MINUTE          ? "history.gap"
		: strcmp(start, end) == 0 ? "history.gap_one"
					  : "history.gap_through",
	    d->plate, start, end, NULL);
	view_up(c->view);
}

/* What is not over, the minute that is being written, and what was merged, is
 * no gap. */
static void
gaps_of(struct page_ctx *c, const struct series *s, const struct period *p,
    size_t *n)
{
	const struct mews_device *d = &base_site(c->base)->device[s->device];
	int64_t whole = merged_find(c, s->of, p).before, end = p->to, next;
	int64_t t =
	    whole > p->from ? mews_calendar_floor(p->by, whole) : p->from;
	size_t i = 0, most = *n + PICK_GAPS;

	if (end > c->now)
		end = mews_calendar_floor(p->by,
		    p->by == MEWS_MINUTE ? c->now - 120 : c->now);
	for (; t < end && *n < most; i++) {
		next = i < s->list.n && s->list.b[i].t < end ? s->list.b[i].t
							     : end;
		if (next > t)
			gap(c, d, p, (*n)++, t, next);
		t = mews_calendar_step(p->by, next, 1);
	}
}

enum mews_rc
pick_gaps(struct page_ctx *c, const struct pick *k, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	struct series s;
	size_t i, n = 0;

	for (i = 0; i < k->n && rc == MEWS_OK; i++) {
		if (!base_measures(c->base, k->device[i], k->q->name))
			continue;
		rc = pick_series(c, k, i, &s, err);
		if (rc == MEWS_OK)
			gaps_of(c, &s, &k->p, &n);
		mews_buckets_clear(&s.list);
	}
	view_int(c->view, "gaps", (int64_t)n);
	return rc;
}
