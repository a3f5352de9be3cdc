/*
 * merged.c - the border of each level, in words.
 *
 * A border is a whole day in UTC, so in the site's zone it may be a time of
 * day, and is said with it.
 */
#include "merged.h"

#include "calendar.h"
#include "figure.h"
#include "keep.h"

#include <stdio.h>

/* Up to where the level is thinned; 0: nothing, or not known. */
static int64_t
border(const struct page_ctx *c, const struct mews_quantity *q,
    enum mews_level level)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_err err;
	int64_t t;

	return db != NULL &&
		mews_keep_upto(db, mews_keep_class(q), level, &t, &err) ==
		    MEWS_OK
	    ? t
	    : 0;
}

struct merged
merged_find(struct page_ctx *c, const struct mews_quantity *q,
    const struct period *p)
{
	struct merged m = { .by = p->by, .into = p->by };
	int64_t t;

	while (m.into < MEWS_YEAR && (t = border(c, q, m.into)) > p->from) {
		m.before = m.into == p->by ? t : m.before;
		m.into = (enum mews_level)(m.into + 1);
	}
	return m;
}

/* "3 May 2026", or "3 May 2026, 02:00". */
static const char *
when(const struct page_ctx *c, char text[FIGURE], int64_t t)
{
	char day[FIGURE], clock[FIGURE];

	(void)figure_date(c, day, FIGURE_TABLE_DAY, t);
	if (t == mews_calendar_floor(MEWS_DAY, t))
		(void)snprintf(text, FIGURE, "%s", day);
	else
		(void)snprintf(text, FIGURE, "%.70s, %.20s", day,
		    figure_clock(clock, t));
	return text;
}

static const char *
key(char text[40], const char *before, enum mews_level level)
{
	(void)snprintf(text, 40, "merged.%s%s", before, mews_level_name(level));
	return text;
}

void
merged_tell(const struct page_ctx *c, const struct merged *m,
    struct mews_buf *out)
{
	char text[FIGURE], says[40], into[40];

	if (m->before != 0)
		view_tell(c->view, out, key(says, "", m->by),
		    when(c, text, m->before),
		    view_word(c->view, key(into, "to_", m->into)), NULL);
}

void
merged_note(struct page_ctx *c, const struct merged *m)
{
	char stamp[MEWS_STAMP];

	if (m->before == 0)
		return;
	mews_calendar_utc(m->before, stamp);
	(void)snprintf(c->reply->note, sizeof(c->reply->note),
	    "Mews-Merged: %s; before=%s; into=%s", mews_level_name(m->by),
	    stamp, mews_level_name(m->into));
}

bool
merged_set(struct page_ctx *c, const char *name, const struct mews_quantity *q,
    const struct period *p)
{
	struct merged m = merged_find(c, q, p);
	struct mews_buf says = { 0 };

	mews_buf_str(&says, "");
	merged_tell(c, &m, &says);
	if (m.before != 0)
		view_set(c->view, name, says.s);
	mews_buf_clear(&says);
	return m.before != 0;
}
