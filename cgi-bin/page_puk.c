/*
 * page_puk.c - the PUK sets a new PIN.
 */
#include "code.h"

#include <stdio.h>
#include <string.h>

#define SIGN_MS 10000

static const struct request_field fields[] = {
	{ "user", REQUEST_TEXT, MEWS_USERNAME },
	{ "puk", REQUEST_TEXT, CODE_TYPED },
	{ "pin", REQUEST_TEXT, CODE_TYPED },
	{ "again", REQUEST_TEXT, CODE_TYPED },
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
unblock(struct page_ctx *c, const char *puk, const char *pin,
    struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	enum mews_rc rc;

	mews_message_init(&m, "unblock");
	mews_message_set(&m, "user", request_get(c->request, "user"));
	mews_message_set(&m, "puk", puk);
	mews_message_set(&m, "pin", pin);
	mews_message_set(&m, "source", c->request->source);
	rc = mews_command_call(c->place, &m, SIGN_MS, &a, err);
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc;
}

/* The key of what is wrong with the form, NULL when the PIN is set. */
static const char *
change(struct page_ctx *c, enum mews_rc *rc, struct mews_err *err)
{
	char puk[CODE], pin[CODE], again[CODE];
	const char *wrong = NULL;

	*rc = MEWS_OK;
	code_digits(request_get(c->request, "puk"), puk);
	code_digits(request_get(c->request, "pin"), pin);
	code_digits(request_get(c->request, "again"), again);
	if (strcmp(pin, again) != 0)
		wrong = "code.differ";
	else if (strlen(pin) < 5)
		wrong = "code.pin_rule";
	else if (strlen(puk) != 14)
		wrong = "puk.wrong";
	else
		*rc = unblock(c, puk, pin, err);
	explicit_bzero(puk, sizeof(puk));
	explicit_bzero(pin, sizeof(pin));
	explicit_bzero(again, sizeof(again));
	if (*rc == MEWS_BAD)
		wrong = "code.pin_rule";
	if (*rc == MEWS_DENIED || *rc == MEWS_NONE)
		wrong = "puk.wrong";
	if (wrong != NULL)
		*rc = MEWS_OK;
	return wrong;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *wrong = NULL;
	enum mews_rc rc = MEWS_OK;

	if (strcmp(c->request->method, "POST") == 0) {
		wrong = change(c, &rc, err);
		if (rc != MEWS_OK)
			return rc;
		if (wrong == NULL) {
			reply_go(c->reply, "/login?done=pin");
			return MEWS_OK;
		}
		c->reply->status = 403;
		view_set(c->view, "Puk.wrong", view_word(c->view, wrong));
	}
	c->bare = true;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "puk.title"));
	rc = code_users(c, request_get(c->request, "user"), err);
	if (rc == MEWS_OK)
		code_form(c);
	return rc;
}

const struct page page_puk = {
	.path = "/puk",
	.name = "puk",
	.methods = PAGE_GET | PAGE_POST,
	.fields = fields,
	.show = show,
};
