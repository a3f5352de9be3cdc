/*
 * storage.c - one wording for the page of the space and the administrator's
 * home.
 */
#include "storage.h"
#include "figure.h"

#include <sys/statvfs.h>

#define MB 1048576

/* A whole number of megabytes as "1,284". */
const char *
storage_megabytes(const struct page_ctx *c, char *text, int64_t bytes)
{
	mews_number(text, c->lang, (bytes + MB - 1) / MB, 0, 0);
	return text;
}

const char *
storage_number(const struct page_ctx *c, char *text, int64_t n)
{
	mews_number(text, c->lang, n, 0, 0);
	return text;
}

/* "214 days", "5 years", "10 years and more", "forever". */
void
storage_span(struct page_ctx *c, const char *name, int days, bool forever)
{
	char text[MEWS_NUMBER];

	if (forever)
		view_set(c->view, name, view_word(c->view, "storage.forever"));
	else if (days >= MEWS_BUDGET_DAYS)
		view_set(c->view, name, view_word(c->view, "storage.ten"));
	else if (days >= 1000)
		view_say(c->view, name, "storage.years",
		    storage_number(c, text, days / 365), NULL);
	else
		view_say(c->view, name, "storage.days",
		    storage_number(c, text, days), NULL);
}

/* "With 2,048 MB and these 32 devices ...". */
void
storage_forecast(struct page_ctx *c, const struct mews_weight *w,
    const struct mews_forecast *f, int64_t mb)
{
	char text[MEWS_NUMBER], n[MEWS_NUMBER], q[MEWS_NUMBER];
	bool quality = w->rate[MEWS_KEEP_QUALITY][MEWS_MINUTE] > 0;
	int class = quality ? MEWS_KEEP_QUALITY : MEWS_KEEP_GAUGE;

	storage_span(c, "span", f->days[class][MEWS_MINUTE], false);
	view_say(c->view, "says",
	    quality ? "storage.says_quality" : "storage.says",
	    storage_number(c, text, mb), storage_number(c, n, w->devices),
	    view_get(c->view, "span"), storage_number(c, q, w->quality), NULL);
	if (f->full > 0) {
		storage_span(c, "full", f->full, false);
		view_say(c->view, "fills", "storage.fills",
		    view_get(c->view, "full"), NULL);
	}
	if (mb * MB < f->floors)
		view_say(c->view, "short", "storage.short",
		    storage_megabytes(c, text, f->floors), NULL);
}

/* Bytes that the history can have: what it has, and what the disk has left. */
int64_t
storage_room(const struct page_ctx *c, const struct mews_weight *w,
    int64_t *left)
{
	struct statvfs s;

	*left = 0;
	if (statvfs(c->place->state, &s) == 0)
		*left = (int64_t)(s.f_bavail * s.f_frsize);
	return w->used + w->spare + *left;
}
