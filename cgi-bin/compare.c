/*
 * compare.c - reads two sides and says how they differ.
 *
 * A period that goes on is compared until now, and the other one until the
 * same time of its day, month or year.  What stands in an hour that the clock
 * shows twice is added up: the other day has it once.
 */
#include "compare.h"

#include "bars.h"
#include "calendar.h"
#include "figure.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

/* Where a bucket stands in its period. */
static size_t
position(enum mews_level by, int64_t t)
{
	struct mews_civil d = mews_calendar_civil(t);
	const int at[MEWS_LEVELS] = { 0, d.hour, d.day - 1, d.month - 1, 0 };

	return (size_t)at[by] % COMPARE_SLOTS;
}

struct fill {
	struct compare_side *side;
	enum mews_level by;
};

static void
put_slot(void *arg, const struct mews_bucket *b)
{
	struct fill *f = arg;
	struct total_slot *s = &f->side->slot[position(f->by, b->t)];

	s->sum += b->sum;
	s->flags |= b->flags;
	s->seen += b->seen;
	s->expected += b->expected;
	s->known = true;
}

/* The instant of the period that starts at from with the day, or month and
 * day, and the time of t; where a month is shorter, its end. */
static int64_t
same(const struct compare *m, const struct period *p, int64_t t)
{
	struct mews_civil d = mews_calendar_civil(t);
	int64_t at = p->from, end = p->to;

	if (m->by == MEWS_MONTH) {
		at = mews_calendar_step(MEWS_MONTH, at, d.month - 1);
		end = mews_calendar_step(MEWS_MONTH, at, 1);
	}
	if (m->by != MEWS_HOUR)
		at = mews_calendar_step(MEWS_DAY, at, d.day - 1);
	at = total_same_time(at, t);
	return at < end ? at : end;
}

/* Until when each side is compared. */
static void
ends(struct page_ctx *c, struct compare *m)
{
	struct compare_side *s = m->side;
	int64_t last;
	int i, open = -1;

	for (i = 0; i < 2; i++) {
		s[i].until = s[i].p.to;
		if (s[i].p.to <= c->now)
			continue;
		last = total_until_of(c, s[i].device, m->q->name);
		if (last < s[i].p.from || last > c->now)
			last = c->now - c->now % 60;
		if (last < s[i].p.from)
			last = s[i].p.from;
		s[i].until = last;
		if (open < 0 ||
		    same(m, &s[0].p, last) < same(m, &s[0].p, s[open].until))
			open = i;
	}
	m->whole = open < 0;
	if (open >= 0 && s[!open].p.from != s[open].p.from)
		s[!open].until = same(m, &s[!open].p, s[open].until);
	else if (open >= 0)
		s[!open].until = s[open].until;
}

enum mews_rc
compare_read(struct page_ctx *c, struct compare *m, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	struct fill f = { .by = m->by };
	int i;

	ends(c, m);
	m->n = m->by == MEWS_HOUR ? 24 : 12;
	for (i = 0; i < 2 && rc == MEWS_OK; i++) {
		struct compare_side *s = f.side = &m->side[i];
		size_t n = position(m->by, s->p.to - 1) + 1;

		m->n = n > m->n ? n : m->n;
		rc = total_of(c, s->device, m->q->name, s->p.from, s->until,
		    &s->sum, err);
		if (rc == MEWS_OK)
			rc = total_each(c, s->device, m->q->name, m->by,
			    s->p.from, s->p.to, put_slot, &f, err);
	}
	return rc;
}

/* Why a side cannot be compared, NULL when it can. */
static const char *
why_not(const struct total_slot *s)
{
	return !s->known            ? "compare.nothing"
	    : s->flags & MEWS_RESET ? "compare.reset"
	    : s->flags & MEWS_CLOCK ? "compare.clock"
	    : s->late               ? "compare.late"
				    : NULL;
}

/* "14:32" of a day, else "20 Nov 2025, 14:32". */
static const char *
moment(struct page_ctx *c, char *text, enum mews_level by, int64_t t)
{
	char clock[FIGURE], day[FIGURE];

	(void)figure_clock(clock, t);
	(void)figure_date(c, day, FIGURE_TABLE_DAY, t);
	(void)snprintf(text, FIGURE, "%.40s%s%.20s", by == MEWS_HOUR ? "" : day,
	    by == MEWS_HOUR ? "" : ", ", clock);
	return text;
}

static void
say(struct page_ctx *c, const struct compare *m)
{
	const struct compare_side *a = &m->side[0], *b = &m->side[1];
	int64_t less = b->sum.sum - a->sum.sum, size = less < 0 ? -less : less;
	char share[FIGURE], diff[FIGURE], was[FIGURE], until[FIGURE], key[32];
	const char *reason = why_not(&a->sum), *whose = a->label;

	if (reason == NULL) {
		reason = why_not(&b->sum);
		whose = b->label;
	}
	if (reason == NULL && b->sum.sum <= 0)
		reason = "compare.zero";
	if (reason != NULL) {
		view_say(c->view, "says", reason, whose, NULL);
		return;
	}
	mews_number(share, c->lang, (size * 1000 + b->sum.sum / 2) / b->sum.sum,
	    1, 1);
	(void)strcat(share, "\u00a0%");
	(void)snprintf(key, sizeof(key), "compare.%s%s",
	    size == 0      ? "same"
		: less > 0 ? "less"
			   : "more",
	    m->whole ? "_whole" : "");
	view_say(c->view, "says", key, share, b->label,
	    figure_value(c, was, m->q, b->sum.sum),
	    figure_value(c, diff, m->q, size),
	    moment(c, until, m->by, b->until), NULL);
	view_down(c->view, "says");
	view_set(c->view, "icon",
	    size == 0      ? "minus"
		: less > 0 ? "trending-down"
			   : "trending-up");
	view_up(c->view);
}

/* "14", "20" or "Nov". */
static const char *
slot_name(struct page_ctx *c, char *text, const struct compare *m, size_t i)
{
	char key[16];

	(void)snprintf(key, sizeof(key), "mon.%zu", i + 1);
	if (m->by == MEWS_MONTH)
		return view_word(c->view, key);
	(void)snprintf(text, FIGURE, m->by == MEWS_HOUR ? "%02zu" : "%zu",
	    m->by == MEWS_HOUR ? i : i + 1);
	return text;
}

static void
bar(struct page_ctx *c, const char *name, const struct total_slot *s,
    int64_t top)
{
	char y[BARS_PERCENT], h[BARS_PERCENT];

	if (!s->known)
		return;
	bars_place(y, h, s->sum, top);
	view_down(c->view, name);
	view_set(c->view, "y", y);
	view_set(c->view, "h", h);
	view_up(c->view);
}

static void
slot(struct page_ctx *c, const struct compare *m, size_t i, int64_t top,
    struct mews_display as)
{
	static const char *const names[] = { "a", "b" };
	int64_t n = (int64_t)m->n, at = (int64_t)i;
	char text[FIGURE], x[BARS_PERCENT], number[2][FIGURE];
	int k;

	view_set(c->view, "name", slot_name(c, text, m, i));
	view_set(c->view, "bx", bars_percent(x, at * 100 + 10, n * 100));
	view_set(c->view, "bw", bars_percent(x, 80, n * 100));
	view_set(c->view, "ax", bars_percent(x, at * 100 + 26, n * 100));
	view_set(c->view, "aw", bars_percent(x, 48, n * 100));
	view_set(c->view, "lx", bars_percent(x, at * 100 + 50, n * 100));
	view_int(c->view, "label",
	    m->by == MEWS_HOUR      ? i % 6 == 0
		: m->by == MEWS_DAY ? i == 0 || i % 5 == 4
				    : i % 3 == 0);
	for (k = 0; k < 2; k++) {
		const struct total_slot *s = &m->side[k].slot[i];

		bar(c, names[k], s, top);
		(void)strcpy(number[k], "\u2013");
		if (s->known) {
			mews_number(number[k], c->lang, s->sum, as.exponent,
			    as.decimals);
			(void)figure_flagged(number[k], s->flags);
		}
		view_set(c->view, k == 0 ? "now" : "then", number[k]);
		if (s->flags & MEWS_OPEN)
			view_int(c->view, "open", 1);
	}
	view_say(c->view, "title", "compare.slot", view_get(c->view, "name"),
	    m->side[0].label, number[0], m->side[1].label, number[1], as.unit,
	    NULL);
}

void
compare_set(struct page_ctx *c, const struct compare *m)
{
	static const char *const names[] = { "first", "second" };
	struct mews_display as;
	struct bars_axis axis;
	char until[FIGURE];
	int64_t most = 1;
	size_t i;
	int k;

	for (k = 0; k < 2; k++)
		for (i = 0; i < m->n; i++)
			if (m->side[k].slot[i].sum > most)
				most = m->side[k].slot[i].sum;
	axis = bars_axis(most);
	as = mews_quantity_display(m->q, axis.top);
	bars_lines(c, "axis", axis, m->q);
	view_set(c->view, "unit", as.unit);
	for (k = 0; k < 2; k++) {
		const struct compare_side *s = &m->side[k];

		view_down(c->view, names[k]);
		view_set(c->view, "label", s->label);
		if (s->sum.known)
			figure_set_sum(c, "sum", m->q, s->sum.sum,
			    s->sum.flags);
		if (s->until < s->p.to)
			view_say(c->view, "until", "compare.until",
			    moment(c, until, m->by, s->until), NULL);
		view_up(c->view);
	}
	view_int(c->view, "estimated",
	    ((m->side[0].sum.flags | m->side[1].sum.flags) & MEWS_ESTIMATED) !=
		0);
	say(c, m);
	for (i = 0; i < m->n; i++) {
		view_row(c->view, "slot", i);
		slot(c, m, i, axis.top, as);
		view_up(c->view);
	}
}
