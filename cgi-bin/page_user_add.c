/*
 * page_user_add.c - a new user, whose codes are shown once.
 */
#include "ratify.h"
#include "user_form.h"

#include <stdio.h>
#include <string.h>

/* True when there is a new user, whose codes are told. */
static bool
add(struct form *f, const struct user_form *u, const char *pin,
    struct mews_err *err)
{
	char ticket[RATIFY_TICKET], text[PEOPLE_CODE];
	struct mews_message a = { 0 };
	enum mews_rc rc;

	if (!ratify(f, "mine", ticket))
		return false;
	rc = order_send(f->c, &a, err, "user-add", "ticket", ticket, "user",
	    u->name, "role", u->role, "lang", u->lang, "rights", u->rights,
	    "pin", pin, NULL);
	if (rc == MEWS_OK) {
		view_set(f->c->view, "Codes.user", u->name);
		people_code(mews_message_get(&a, "pin"), text);
		view_set(f->c->view, "Codes.pin", text);
		people_code(mews_message_get(&a, "puk"), text);
		view_set(f->c->view, "Codes.puk", text);
	} else
		people_refused(f, &a, rc, err);
	mews_message_clear(&a);
	explicit_bzero(text, sizeof(text));
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct user_form u = { .name = "",
		.role = "user",
		.lang = "",
		.enabled = true };
	char pin[CODE] = "";
	struct form f;

	form_begin(&f, c);
	user_form_take(&f, &u);
	if (f.sent)
		(void)people_new_pin(&f, true, pin);
	if (f.sent && f.nbad == 0 && add(&f, &u, pin, err))
		view_int(c->view, "Codes.new", 1);
	explicit_bzero(pin, sizeof(pin));
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "users.add"));
	view_set(c->view, "User.action", "/users/add");
	view_int(c->view, "User.new", 1);
	return MEWS_OK;
}

const struct page page_user_add = {
	.path = "/users/add",
	.name = "user",
	.menu = "users",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = user_fields,
	.show = show,
};
