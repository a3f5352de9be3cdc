/*
 * amend.c - figures, times and jumps of the pages that amend the history.
 *
 * Whoever compares an index with a meter needs all its digits, so nothing is
 * rounded here in either direction: a figure with more digits than are stored is
 * refused.
 */
#include "amend.h"

#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool
amend_may(const struct page_ctx *c)
{
	return c->who->in && (AMEND_ROLES & 1u << c->who->role) != 0;
}

static int
decimals(const struct mews_quantity *q)
{
	return mews_quantity_display(q, 0).exponent;
}

bool
amend_read(const char *typed, const struct mews_quantity *q, int64_t *out)
{
	static const char digits[] = "0123456789";
	char text[40], *point;
	size_t whole;

	bool minus = q->kind == MEWS_GAUGE && typed[0] == '-';

	if (!mews_str_copy(text, sizeof(text), typed))
		return false;
	whole = strspn(text + minus, digits);
	point = text + minus + whole;
	if (whole == 0 || whole > AMEND_DIGITS)
		return false;
	if (*point == ',')
		*point = '.';
	if (*point == '.' &&
	    (strspn(point + 1, digits) != strlen(point + 1) ||
		strlen(point + 1) > (size_t)decimals(q)))
		return false;
	return (*point == '.' || *point == '\0') &&
	    mews_str_fixed(text, decimals(q), out);
}

const char *
amend_text(char *text, const struct mews_quantity *q, int64_t value)
{
	mews_number_plain(text, value, decimals(q), decimals(q));
	return text;
}

bool
amend_field(struct form *f, const char *name, const struct mews_quantity *q,
    int64_t standard, int64_t *out)
{
	char text[MEWS_NUMBER], many[16];
	const char *typed = form_text(f, name, amend_text(text, q, standard));

	*out = standard;
	if (!f->sent || amend_read(typed, q, out))
		return true;
	(void)snprintf(many, sizeof(many), "%d", decimals(q));
	form_wrong(f, name, "amend.no_figure", typed,
	    amend_text(text, q, standard), many,
	    mews_quantity_display(q, 0).unit, NULL);
	return false;
}

const char *
amend_when(char *text, enum mews_level level, int64_t t)
{
	struct mews_civil c = mews_calendar_civil(t);
	int64_t back;

	if (level == MEWS_YEAR)
		(void)snprintf(text, FIGURE, "%04d", c.year);
	else if (level == MEWS_MONTH)
		(void)snprintf(text, FIGURE, "%04d-%02d", c.year, c.month);
	else if (level == MEWS_DAY)
		(void)snprintf(text, FIGURE, "%04d-%02d-%02d", c.year, c.month,
		    c.day);
	else {
		(void)snprintf(text, FIGURE, "%04d-%02d-%02d %02d:%02d", c.year,
		    c.month, c.day, c.hour, c.minute);
		if (!mews_calendar_read(text, &back) || back != t - c.second)
			mews_calendar_local(t, text);
	}
	return text;
}

bool
amend_read_when(const char *typed, int64_t *out)
{
	enum mews_level level;

	return mews_calendar_parse(typed, out, &level, NULL) == MEWS_OK ||
	    mews_calendar_read(typed, out);
}

const char *
amend_moment(const struct page_ctx *c, char *text, int64_t t)
{
	char clock[FIGURE];
	size_t n;

	(void)figure_date(c, text, FIGURE_TABLE_DAY, t);
	n = strlen(text);
	(void)snprintf(text + n, FIGURE - n, ", %s", figure_clock(clock, t));
	return text;
}

const char *
amend_bucket(const struct page_ctx *c, char *text, enum mews_level level,
    int64_t t)
{
	static const enum figure_date dates[] = { FIGURE_DAY, FIGURE_DAY,
		FIGURE_TABLE_DAY, FIGURE_MONTH, FIGURE_YEAR };

	return level <= MEWS_HOUR ? amend_moment(c, text, t)
				  : figure_date(c, text, dates[level], t);
}

enum mews_rc
amend_whose(struct page_ctx *c, int64_t series,
    const struct mews_device **device, const struct mews_quantity **q,
    struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	int64_t id;
	enum mews_rc rc;

	*q = NULL;
	if (db == NULL)
		return mews_fail(err, MEWS_NONE, "there is no history");
	rc = mews_history_whose(db, series, &id, q, err);
	if (rc == MEWS_OK && *q == NULL)
		rc = mews_fail(err, MEWS_NONE, "its quantity is not known");
	if (rc == MEWS_OK)
		*device = mews_site_device(base_site(c->base), id);
	return rc;
}

void
amend_set_epoch(struct page_ctx *c, const struct mews_epoch *e,
    const struct mews_device *d, const struct mews_quantity *q)
{
	char text[FIGURE];

	view_set(c->view, "plate", d == NULL ? "" : d->plate);
	view_set(c->view, "path", d == NULL ? "" : figure_path(text, d));
	view_set(c->view, "name", figure_name(c, q));
	view_set(c->view, "from", amend_moment(c, text, e->since));
	view_set(c->view, "to", amend_moment(c, text, e->t));
	view_set(c->view, "before", figure_exact(c, text, q, e->before));
	view_set(c->view, "first", figure_exact(c, text, q, e->first));
	view_set(c->view, "energy",
	    figure_exact(c, text, q, e->first - e->before));
}

enum mews_rc
amend_jumps(struct page_ctx *c, const struct mews_device *of,
    struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_epoch e[AMEND_MOST];
	const struct mews_device *d;
	const struct mews_quantity *q;
	size_t i, n = 0, shown = 0;
	enum mews_rc rc = MEWS_OK;
	char href[48];

	if (db != NULL)
		rc = mews_epoch_open(db, 0, e, AMEND_MOST, &n, err);
	for (i = 0; i < n; i++) {
		if (e[i].first <= e[i].before || e[i].fate != MEWS_FATE_OPEN ||
		    amend_whose(c, e[i].series, &d, &q, NULL) != MEWS_OK ||
		    (of != NULL && of != d))
			continue;
		view_row(c->view, "jump", shown++);
		amend_set_epoch(c, &e[i], d, q);
		(void)snprintf(href, sizeof(href), "/unexplained/%" PRId64,
		    e[i].event);
		view_set(c->view, "href", href);
		view_up(c->view);
	}
	view_int(c->view, "jumps", (int64_t)shown);
	return rc;
}
