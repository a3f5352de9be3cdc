/*
 * page_amendments.c - what waits for an answer of a person, and what persons
 * changed of the history, the newest first.
 */
#include "amend_show.h"
#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SHOWN 50

static const struct request_field fields[] = {
	{ "before", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
list(struct page_ctx *c, int64_t before, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	struct mews_amendment *a = mews_alloc(SHOWN, sizeof(*a));
	enum mews_rc rc = MEWS_OK;
	char href[64];
	size_t i, n = 0;

	if (db != NULL)
		rc = mews_amendment_read(db, 0, before, a, SHOWN, &n, err);
	for (i = 0; i < n; i++) {
		view_row(c->view, "row", i);
		amend_show(c, &a[i]);
		view_up(c->view);
	}
	view_int(c->view, "n", (int64_t)n);
	if (n == SHOWN) {
		(void)snprintf(href, sizeof(href),
		    "/amendments?before=%" PRId64, a[n - 1].id);
		view_set(c->view, "older", href);
	}
	free(a);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	int64_t before = 0;
	struct form f;
	enum mews_rc rc;

	(void)mews_str_copy(c->title, sizeof(c->title),
	    view_word(c->view, "amend.title"));
	form_begin(&f, c);
	if (!mews_str_int(request_get(c->request, "before"), 1, INT64_MAX,
		&before))
		before = 0;
	view_down(c->view, "Amend");
	view_int(c->view, "paged", before != 0);
	rc = amend_jumps(c, NULL, err);
	if (rc == MEWS_OK)
		rc = list(c, before, err);
	view_up(c->view);
	return rc;
}

const struct page page_amendments = {
	.path = "/amendments",
	.name = "amendments",
	.menu = "meters",
	.methods = PAGE_GET,
	.roles = AMEND_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
