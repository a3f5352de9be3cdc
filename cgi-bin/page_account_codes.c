/*
 * page_account_codes.c - one's own new PIN, and a new PUK that is shown once.
 *
 * With new codes all sessions end; the one that changed them goes on under
 * another token.
 */
#include "people.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "old", REQUEST_TEXT, CODE_TYPED },
	{ "pin_new", REQUEST_TEXT, CODE_TYPED },
	{ "pin_again", REQUEST_TEXT, CODE_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* The new PIN or, where there is none, a PUK made by the box. */
static enum mews_rc
change(struct form *f, const char *old, const char *pin,
    struct mews_message *answer, struct mews_err *err)
{
	struct page_ctx *c = f->c;
	const char *device;
	enum mews_rc rc;

	rc = pin[0] != '\0'
	    ? order_send(c, answer, err, "own-codes", "old", old, "pin", pin,
		  "source", c->request->source, NULL)
	    : order_send(c, answer, err, "own-codes", "old", old, "make", "1",
		  "source", c->request->source, NULL);
	if (rc == MEWS_DENIED)
		form_wrong(f, "old", "ratify.wrong_pin", NULL);
	else if (rc != MEWS_OK)
		people_refused(f, answer, rc, err);
	if (rc != MEWS_OK)
		return rc;
	gate_forget(c->who->token);
	gate_enter(c->reply, mews_message_get(answer, "token"));
	device = mews_message_get(answer, "device");
	if (device[0] != '\0')
		gate_keep_device(c->reply, device);
	return rc;
}

/* True when the codes are changed. */
static bool
take(struct form *f, bool puk, struct mews_err *err)
{
	char old[CODE], pin[CODE] = "", text[PEOPLE_CODE];
	struct mews_message answer = { 0 };
	enum mews_rc rc = MEWS_BAD;

	code_digits(request_get(f->c->request, "old"), old);
	if (strlen(old) < 5)
		form_wrong(f, "old", "ratify.no_pin", NULL);
	if ((puk || people_new_pin(f, false, pin)) && f->nbad == 0)
		rc = change(f, old, pin, &answer, err);
	if (rc == MEWS_OK && puk) {
		people_code(mews_message_get(&answer, "puk"), text);
		view_set(f->c->view, "Codes.puk", text);
		explicit_bzero(text, sizeof(text));
	}
	mews_message_clear(&answer);
	explicit_bzero(old, sizeof(old));
	explicit_bzero(pin, sizeof(pin));
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool puk = strcmp(c->part, "puk") == 0;
	struct form f;

	if (!puk && strcmp(c->part, "pin") != 0)
		return mews_fail(err, MEWS_NONE, "no such code");
	form_begin(&f, c);
	if (f.sent && take(&f, puk, err) && !puk) {
		form_go(c, "/account", "pin");
		return MEWS_OK;
	}
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, puk ? "account.puk" : "account.pin"));
	view_int(c->view, "Codes.is_puk", puk);
	/* the frame's form must carry the new session's token */
	if (view_get(c->view, "Codes.puk")[0] != '\0')
		c->bare = true;
	return MEWS_OK;
}

const struct page page_account_codes = {
	.path = "/account/*",
	.name = "account_codes",
	.menu = "account",
	.methods = PAGE_GET | PAGE_POST,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
