/*
 * page_setup.c - first start: the administrator replaces the codes of the
 * leaflet by his own.  What else is to be set is on page_guide.c, behind them.
 */
#include "people.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static const struct request_field fields[] = {
	{ "pin_new", REQUEST_TEXT, CODE_TYPED },
	{ "pin_again", REQUEST_TEXT, CODE_TYPED },
	{ "puk_new", REQUEST_TEXT, CODE_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Fourteen digits, each as likely as the others, printed 5-4-5. */
static void
make_puk(char text[PEOPLE_CODE])
{
	unsigned char byte = 0;
	char digits[15];
	size_t i;

	for (i = 0; i < 14; i++) {
		do
			while (getrandom(&byte, 1, 0) != 1)
				;
		while (byte >= 250);
		digits[i] = (char)('0' + byte % 10);
	}
	digits[i] = '\0';
	people_code(digits, text);
	explicit_bzero(digits, sizeof(digits));
}

static void
take(struct form *f, struct mews_err *err)
{
	char pin[CODE], puk[CODE];
	struct mews_message a = { 0 };
	enum mews_rc rc;

	code_digits(request_get(f->c->request, "puk_new"), puk);
	if (strlen(puk) != 14)
		form_wrong(f, "puk_new", "why.puk_length", NULL);
	if (people_new_pin(f, false, pin) && f->nbad == 0) {
		rc = order_send(f->c, &a, err, "set-codes", "pin", pin, "puk",
		    puk, NULL);
		if (rc != MEWS_OK)
			people_refused(f, &a, rc, err);
	}
	mews_message_clear(&a);
	explicit_bzero(pin, sizeof(pin));
	explicit_bzero(puk, sizeof(puk));
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char puk[PEOPLE_CODE] = "";
	struct form f;

	form_begin(&f, c);
	if (f.sent)
		take(&f, err);
	if (f.sent && f.nbad == 0) {
		gate_forget(c->who->token);
		gate_leave(c->reply);
		reply_go(c->reply, "/login?done=codes&next=/guide");
		return MEWS_OK;
	}
	c->bare = true;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "setup.title"));
	/* one that came with the form stays: he may have written it down */
	if (!f.sent)
		make_puk(puk);
	(void)form_text(&f, "puk_new", puk);
	explicit_bzero(puk, sizeof(puk));
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
