/*
 * page_user.c - one user: what he may, and the way to new codes.
 */
#include "ratify.h"
#include "user_form.h"

#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Whom nobody can lock out is not asked whether he stays enabled. */
static bool
myself(const struct page_ctx *c, const char *name)
{
	return strcmp(c->who->user, name) == 0;
}

static bool
save(struct form *f, const char *was, const struct user_form *u,
    struct mews_err *err)
{
	bool enabled = u->enabled || myself(f->c, was);
	char ticket[RATIFY_TICKET];
	struct mews_message a = { 0 };
	enum mews_rc rc;

	if (!ratify(f, "mine", ticket))
		return false;
	rc = order_send(f->c, &a, err, "user-set", "ticket", ticket, "user",
	    was, "name", u->name, "role", u->role, "lang", u->lang, "rights",
	    u->rights, "enabled", enabled ? "1" : "0", NULL);
	if (rc == MEWS_OK) {
		gate_forget(f->c->who->token);
		form_go(f->c, "/users", "saved");
	} else
		people_refused(f, &a, rc, err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

/* What mews-auth knows of him, below User. */
static void
facts(struct page_ctx *c, const struct mews_message *a)
{
	char text[FIGURE];

	view_down(c->view, "User");
	view_set(c->view, "name", mews_message_get(a, "user"));
	view_set(c->view, "last",
	    people_time(c, text, mews_message_int(a, "last", 0)));
	view_set(c->view, "changed",
	    people_time(c, text, mews_message_int(a, "changed", 0)));
	view_set(c->view, "failed", mews_message_get(a, "failed"));
	view_set(c->view, "sessions", mews_message_get(a, "sessions"));
	view_set(c->view, "browsers", mews_message_get(a, "browsers"));
	view_int(c->view, "blocked", mews_message_int(a, "blocked", 0));
	view_int(c->view, "factory", mews_message_int(a, "factory", 0));
	view_int(c->view, "me", myself(c, mews_message_get(a, "user")));
	(void)snprintf(text, sizeof(text), "/users/%.32s",
	    mews_message_get(a, "user"));
	view_set(c->view, "action", text);
	view_up(c->view);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct user_form u = { 0 };
	struct mews_message a = { 0 };
	struct form f;
	enum mews_rc rc;

	if (!mews_str_word(c->part, MEWS_USERNAME))
		return mews_fail(err, MEWS_NONE, "no such user");
	if ((rc = order_send(c, &a, err, "user-get", "user", c->part, NULL)) !=
	    MEWS_OK) {
		mews_message_clear(&a);
		return rc;
	}
	form_begin(&f, c);
	facts(c, &a);
	u.name = mews_message_get(&a, "user");
	u.role = mews_message_get(&a, "role");
	u.lang = mews_message_get(&a, "lang");
	u.enabled = mews_message_int(&a, "enabled", 1) != 0;
	(void)mews_str_copy(u.rights, sizeof(u.rights),
	    mews_message_get(&a, "rights"));
	user_form_take(&f, &u);
	if (!f.sent || f.nbad != 0 || !save(&f, c->part, &u, err))
		view_say(c->view, "User.title", "users.title", c->part, NULL);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_get(c->view, "User.title"));
	mews_message_clear(&a);
	return MEWS_OK;
}

const struct page page_user = {
	.path = "/users/*",
	.name = "user",
	.menu = "users",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = user_fields,
	.show = show,
};
