/*
 * page_user_remove.c - says what removing a user means, and does it.
 */
#include "people.h"
#include "ratify.h"
#include "str.h"

#include <stdio.h>

static const struct request_field fields[] = {
	{ "mine", REQUEST_TEXT, CODE_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static bool
take_away(struct form *f, struct mews_err *err)
{
	char ticket[RATIFY_TICKET];
	struct mews_message a = { 0 };
	enum mews_rc rc;

	if (!ratify(f, "mine", ticket))
		return false;
	rc = order_send(f->c, &a, err, "user-remove", "ticket", ticket, "user",
	    f->c->part, NULL);
	if (rc != MEWS_OK)
		people_refused(f, &a, rc, err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message a = { 0 };
	struct form f;
	enum mews_rc rc;

	if (!mews_str_word(c->part, MEWS_USERNAME))
		return mews_fail(err, MEWS_NONE, "no such user");
	rc = order_send(c, &a, err, "user-get", "user", c->part, NULL);
	mews_message_clear(&a);
	if (rc != MEWS_OK)
		return rc;
	form_begin(&f, c);
	if (f.sent && take_away(&f, err)) {
		form_go(c, "/users", "removed");
		return MEWS_OK;
	}
	view_say(c->view, "User.title", "users.remove_title", c->part, NULL);
	view_say(c->view, "User.button", "users.remove_button", c->part, NULL);
	view_set(c->view, "User.name", c->part);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_get(c->view, "User.title"));
	return MEWS_OK;
}

const struct page page_user_remove = {
	.path = "/users/*/remove",
	.name = "user_remove",
	.menu = "users",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
