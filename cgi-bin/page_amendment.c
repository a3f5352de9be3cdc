/*
 * page_amendment.c - one change of the history, and taking it back.
 */
#include "amend_show.h"
#include "order.h"
#include "str.h"

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
get(struct page_ctx *c, struct mews_amendment *out, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	int64_t id;
	size_t n = 0;
	enum mews_rc rc;

	if (db == NULL || !mews_str_int(c->part, 1, INT64_MAX - 1, &id))
		return mews_fail(err, MEWS_NONE, "no such change");
	rc = mews_amendment_read(db, 0, id + 1, out, 1, &n, err);
	if (rc == MEWS_OK && (n == 0 || out->id != id))
		rc = mews_fail(err, MEWS_NONE, "no such change");
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_amendment a;
	struct form f;
	enum mews_rc rc = get(c, &a, err);

	if (rc != MEWS_OK)
		return rc;
	form_begin(&f, c);
	if (f.sent) {
		rc = order_send(c, NULL, err, "undo", "id", c->part, NULL);
		if (rc == MEWS_OK) {
			form_go(c, "/amendments", "undone");
			return MEWS_OK;
		}
		if (rc == MEWS_BAD)
			form_wrong(&f, "", "amend.no_undo", NULL);
		else
			form_refused(&f, rc, err);
	}
	(void)mews_str_copy(c->title, sizeof(c->title),
	    view_word(c->view, "amend.undo_title"));
	view_down(c->view, "Amend");
	amend_show(c, &a);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_amendment = {
	.path = "/amendments/*",
	.name = "amendment",
	.menu = "meters",
	.methods = PAGE_GET | PAGE_POST,
	.roles = AMEND_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
