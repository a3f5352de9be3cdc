/*
 * page_jump.c - a jump of a counter that nobody can explain: taken into the
 * history, or left out of it.
 */
#include "amend.h"
#include "figure.h"
#include "order.h"
#include "str.h"

#include <string.h>

static const struct request_field fields[] = {
	{ "answer", REQUEST_WORD, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const struct {
	const char *word, *command, *done;
} answers[] = {
	{ "accept", "accept-energy", "accepted" },
	{ "reject", "reject-energy", "rejected" },
};

/* True when the browser was sent on. */
static bool
send(struct form *f, struct mews_err *err)
{
	const char *word = request_get(f->c->request, "answer");
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < MEWS_LEN(answers); i++)
		if (strcmp(answers[i].word, word) == 0)
			break;
	if (i == MEWS_LEN(answers)) {
		form_wrong(f, "", "amend.no_answer", NULL);
		return false;
	}
	rc = order_send(f->c, NULL, err, answers[i].command, "event",
	    f->c->part, NULL);
	if (rc == MEWS_OK) {
		form_go(f->c, "/amendments", answers[i].done);
		return true;
	}
	if (rc == MEWS_NONE || rc == MEWS_BAD)
		form_wrong(f, "",
		    rc == MEWS_NONE ? "amend.answered" : "amend.not_kept",
		    NULL);
	else
		form_refused(f, rc, err);
	return false;
}

static void
set(struct page_ctx *c, const struct mews_epoch *e, const struct mews_device *d,
    const struct mews_quantity *q)
{
	static const char *const fates[] = { "", "amend.was_accepted",
		"amend.was_rejected", "amend.was_replaced" };

	view_down(c->view, "Jump");
	amend_set_epoch(c, e, d, q);
	view_set(c->view, "action", c->request->path);
	if (e->fate != MEWS_FATE_OPEN)
		view_set(c->view, "fate", view_word(c->view, fates[e->fate]));
	view_up(c->view);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	const struct mews_quantity *q;
	const struct mews_device *d = NULL;
	struct mews_epoch e;
	struct form f;
	int64_t event;
	enum mews_rc rc;

	if (db == NULL || !mews_str_int(c->part, 1, INT64_MAX, &event))
		return mews_fail(err, MEWS_NONE, "no such event");
	if ((rc = mews_epoch_of_event(db, event, &e, err)) != MEWS_OK ||
	    (rc = amend_whose(c, e.series, &d, &q, err)) != MEWS_OK)
		return rc;
	if (e.first <= e.before)
		return mews_fail(err, MEWS_NONE, "it was no jump up");
	form_begin(&f, c);
	if (f.sent && send(&f, err))
		return MEWS_OK;
	(void)mews_str_copy(c->title, sizeof(c->title),
	    view_word(c->view, "amend.jump_title"));
	set(c, &e, d, q);
	return MEWS_OK;
}

const struct page page_jump = {
	.path = "/unexplained/*",
	.name = "jump",
	.menu = "meters",
	.methods = PAGE_GET | PAGE_POST,
	.roles = AMEND_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
