/*
 * page_certificate_put.c - sends a certificate, as a file or as text.
 *
 * Its key is never shown again: of what was typed, only certificates come back.
 */
#include "certificate.h"
#include "draft.h"
#include "ratify.h"
#include "upload.h"

#include <stdio.h>
#include <string.h>

#define BEGIN "-----BEGIN CERTIFICATE-----"
#define END   "-----END CERTIFICATE-----"

static const struct request_field fields[] = {
	UPLOAD_FIELDS,
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* The certificates of a text, without what else is in it. */
static void
set_typed(struct page_ctx *c, const struct mews_buf *text)
{
	const char *p = upload_shown(text->s) ? text->s : "", *end;
	struct mews_buf shown = { 0 };

	mews_buf_str(&shown, "");
	while (
	    (p = strstr(p, BEGIN)) != NULL && (end = strstr(p, END)) != NULL) {
		end += sizeof(END) - 1;
		mews_buf_put(&shown, p, (size_t)(end - p));
		mews_buf_str(&shown, "\n");
		p = end;
	}
	view_set(c->view, "Form.field.text.value", shown.s);
	mews_buf_clear(&shown);
}

static enum mews_rc
send(struct form *f, const struct mews_buf *text, struct mews_err *err)
{
	enum mews_rc rc;

	if (text->n == 0)
		form_wrong(f, "file", "certificate.bad.none", NULL);
	if (f->nbad != 0)
		return MEWS_OK;
	rc = mews_draft_send(f->c->place, f->c->who->token, "certificate",
	    text->s, text->n, err);
	if (rc != MEWS_OK)
		form_refused(f, rc, err);
	else
		(void)certificate_wish(f, "certificate-put", NULL, "file", err);
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_buf text = { 0 };
	struct form f;
	enum mews_rc rc = MEWS_OK;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "certificate.put_title"));
	if (f.sent) {
		upload_take(c->request, &text);
		rc = send(&f, &text, err);
		set_typed(c, &text);
		explicit_bzero(text.s, text.cap);
	}
	mews_buf_clear(&text);
	return rc;
}

const struct page page_certificate_put = {
	.path = CERTIFICATE_PATH "/put",
	.name = "certificate_put",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.parts = true,
	.fields = fields,
	.show = show,
};
