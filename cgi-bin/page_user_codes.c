/*
 * page_user_codes.c - a new PIN, a new PUK or both for a user, shown once.
 */
#include "people.h"
#include "ratify.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "what", REQUEST_WORD, 8 },
	{ "pin_new", REQUEST_TEXT, CODE_TYPED },
	{ "pin_again", REQUEST_TEXT, CODE_TYPED },
	{ "mine", REQUEST_TEXT, CODE_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const char *
choose(struct form *f)
{
	static const char *const words[] = { "pin", "puk", "both" };
	const char *what = form_choose(f, "what", "pin");
	bool known = false;
	char key[24];
	size_t i;

	for (i = 0; i < MEWS_LEN(words); i++) {
		(void)snprintf(key, sizeof(key), "users.new_%s", words[i]);
		form_option(f, words[i], view_word(f->c->view, key), false);
		known = known || strcmp(what, words[i]) == 0;
	}
	if (!known)
		form_wrong(f, "what", "devices.no_choice", NULL);
	return what;
}

/* Shows those codes of the answer that are new. */
static void
tell(struct page_ctx *c, const struct mews_message *a)
{
	static const char *const codes[] = { "pin", "puk" };
	char name[16], text[PEOPLE_CODE];
	size_t i;

	for (i = 0; i < MEWS_LEN(codes); i++) {
		people_code(mews_message_get(a, codes[i]), text);
		(void)snprintf(name, sizeof(name), "Codes.%s", codes[i]);
		if (text[0] != '\0')
			view_set(c->view, name, text);
	}
	view_set(c->view, "Codes.user", c->part);
	explicit_bzero(text, sizeof(text));
}

static void
give(struct form *f, const char *what, const char *pin, struct mews_err *err)
{
	char ticket[RATIFY_TICKET];
	struct mews_message a = { 0 };
	enum mews_rc rc;

	if (!ratify(f, "mine", ticket))
		return;
	rc = order_send(f->c, &a, err, "user-pin", "ticket", ticket, "user",
	    f->c->part, "what", what, "pin", pin, NULL);
	if (rc == MEWS_OK)
		tell(f->c, &a);
	else
		people_refused(f, &a, rc, err);
	mews_message_clear(&a);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message a = { 0 };
	char pin[CODE] = "";
	const char *what;
	struct form f;
	enum mews_rc rc;

	if (!mews_str_word(c->part, MEWS_USERNAME))
		return mews_fail(err, MEWS_NONE, "no such user");
	rc = order_send(c, &a, err, "user-get", "user", c->part, NULL);
	mews_message_clear(&a);
	if (rc != MEWS_OK)
		return rc;
	form_begin(&f, c);
	what = choose(&f);
	if (f.sent && people_new_pin(&f, true, pin) && pin[0] != '\0' &&
	    strcmp(what, "puk") == 0)
		form_wrong(&f, "pin_new", "users.no_pin_asked", NULL);
	if (f.sent && f.nbad == 0)
		give(&f, what, pin, err);
	explicit_bzero(pin, sizeof(pin));
	view_say(c->view, "User.title", "users.codes_of", c->part, NULL);
	view_set(c->view, "User.name", c->part);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_get(c->view, "User.title"));
	return MEWS_OK;
}

const struct page page_user_codes = {
	.path = "/users/*/codes",
	.name = "user_codes",
	.menu = "users",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
