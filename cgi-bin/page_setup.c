/*
 * page_setup.c - first start: the administrator replaces the codes of the
 * leaflet by his own.
 */
#include "code.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define SIGN_MS 10000

static const struct request_field fields[] = {
	{ "pin", REQUEST_TEXT, CODE_TYPED },
	{ "again", REQUEST_TEXT, CODE_TYPED },
	{ "puk", REQUEST_TEXT, CODE_TYPED },
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

/* Fourteen digits, each as likely as the others, printed 5-4-5.  One that came
 * with the form stays: he may have written it down. */
static void
offer_puk(struct page_ctx *c)
{
	char text[17], typed[CODE];
	unsigned char byte = 0;
	size_t i;

	code_digits(request_get(c->request, "puk"), typed);
	if (strlen(typed) == 14)
		view_set(c->view, "Setup.puk", request_get(c->request, "puk"));
	explicit_bzero(typed, sizeof(typed));
	if (strcmp(c->request->method, "POST") == 0)
		return;
	for (i = 0; i < 16; i++) {
		if (i == 5 || i == 10) {
			text[i] = ' ';
			continue;
		}
		do
			while (getrandom(&byte, 1, 0) != 1)
				;
		while (byte >= 250);
		text[i] = (char)('0' + byte % 10);
	}
	text[i] = '\0';
	view_set(c->view, "Setup.puk", text);
	explicit_bzero(text, sizeof(text));
}

static enum mews_rc
set_codes(struct page_ctx *c, const char *pin, const char *puk,
    struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	enum mews_rc rc;

	mews_message_init(&m, "set-codes");
	mews_message_set(&m, "token", c->who->token);
	mews_message_set(&m, "pin", pin);
	mews_message_set(&m, "puk", puk);
	rc = mews_command_call(c->place, &m, SIGN_MS, &a, err);
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc;
}

static const char *
change(struct page_ctx *c, enum mews_rc *rc, struct mews_err *err)
{
	char pin[CODE], again[CODE], puk[CODE];
	const char *wrong = NULL;

	*rc = MEWS_OK;
	code_digits(request_get(c->request, "pin"), pin);
	code_digits(request_get(c->request, "again"), again);
	code_digits(request_get(c->request, "puk"), puk);
	if (strcmp(pin, again) != 0)
		wrong = "code.differ";
	else if (strlen(pin) < 5)
		wrong = "code.pin_rule";
	else if (strlen(puk) != 14)
		wrong = "code.puk_rule";
	else if ((*rc = set_codes(c, pin, puk, err)) == MEWS_BAD) {
		wrong = "code.pin_rule";
		*rc = MEWS_OK;
	}
	explicit_bzero(pin, sizeof(pin));
	explicit_bzero(again, sizeof(again));
	explicit_bzero(puk, sizeof(puk));
	return wrong;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *wrong;
	enum mews_rc rc;

	if (strcmp(c->request->method, "POST") == 0) {
		wrong = change(c, &rc, err);
		if (rc != MEWS_OK)
			return rc;
		if (wrong == NULL) {
			gate_forget(c->who->token);
			gate_leave(c->reply);
			reply_go(c->reply, "/login?done=codes");
			return MEWS_OK;
		}
		c->reply->status = 400;
		view_set(c->view, "Setup.wrong", view_word(c->view, wrong));
	}
	c->bare = true;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "setup.title"));
	offer_puk(c);
	code_form(c);
	return MEWS_OK;
}

const struct page page_setup = {
	.path = "/setup",
	.name = "setup",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_FACTORY,
	.fields = fields,
	.show = show,
};
