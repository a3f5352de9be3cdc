/*
 * page_puk.c - the PUK sets a new PIN.
 */
#include "people.h"

#include <stdio.h>
#include <string.h>

#define SIGN_MS 10000

static const struct request_field fields[] = {
	{ "user", REQUEST_TEXT, MEWS_USERNAME },
	{ "puk", REQUEST_TEXT, CODE_TYPED },
	{ "pin_new", REQUEST_TEXT, CODE_TYPED },
	{ "pin_again", REQUEST_TEXT, CODE_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Says what is wrong with the form; nothing when the PIN is set. */
static void
unblock(struct form *f, const char *puk, const char *pin, struct mews_err *err)
{
	struct page_ctx *c = f->c;
	struct mews_message m, a = { 0 };
	char device[GATE_DEVICE];
	enum mews_rc rc;

	gate_device(c->request, device);
	mews_message_init(&m, "unblock");
	mews_message_set(&m, "user", request_get(c->request, "user"));
	mews_message_set(&m, "puk", puk);
	mews_message_set(&m, "pin", pin);
	mews_message_set(&m, "source", c->request->source);
	mews_message_set(&m, "device", device);
	rc = mews_command_call(c->place, &m, SIGN_MS, &a, err);
	if (rc == MEWS_DENIED || rc == MEWS_NONE) {
		form_wrong(f, "puk", "puk.wrong", NULL);
		c->reply->status = 403;
	} else if (rc != MEWS_OK)
		people_refused(f, &a, rc, err);
	else if (mews_message_get(&a, "device")[0] != '\0')
		gate_keep_device(c->reply, mews_message_get(&a, "device"));
	mews_message_clear(&m);
	mews_message_clear(&a);
}

static void
take(struct form *f, struct mews_err *err)
{
	char puk[CODE], pin[CODE];

	code_digits(request_get(f->c->request, "puk"), puk);
	if (strlen(puk) != 14)
		form_wrong(f, "puk", "why.puk_length", NULL);
	if (people_new_pin(f, false, pin) && f->nbad == 0)
		unblock(f, puk, pin, err);
	explicit_bzero(puk, sizeof(puk));
	explicit_bzero(pin, sizeof(pin));
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;

	form_begin(&f, c);
	if (f.sent)
		take(&f, err);
	if (f.sent && f.nbad == 0) {
		reply_go(c->reply, "/login?done=pin");
		return MEWS_OK;
	}
	c->bare = true;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "puk.title"));
	code_form(c);
	return code_users(c, request_get(c->request, "user"), err);
}

const struct page page_puk = {
	.path = "/puk",
	.name = "puk",
	.methods = PAGE_GET | PAGE_POST,
	.fields = fields,
	.show = show,
};
