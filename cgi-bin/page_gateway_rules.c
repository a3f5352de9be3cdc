/*
 * page_gateway_rules.c - ports and rules of the gateway, as lines of the site
 * file.
 *
 * They are an ordered list with few words, so they are written, not clicked;
 * what is wrong is said with its line before mewsd sees any of it.
 */
#include "draft.h"
#include "order.h"
#include "upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	UPLOAD_FIELDS,
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Each line taken into a copy of the site that has no port and no rule. */
static void
look(struct form *f, struct mews_site *site, const char *text)
{
	char *copy = mews_strdup(text), *rest = copy, *line;
	char number[24], said[64];
	struct mews_err err;
	size_t n = 0;

	site->nports = site->nrules = 0;
	while (f->nbad == 0 && (line = strsep(&rest, "\n")) != NULL) {
		n++;
		(void)snprintf(number, sizeof(number), "%zu", n);
		(void)snprintf(said, sizeof(said), "%.60s", line);
		if (line[strspn(line, " \t")] == '\0')
			continue;
		if (strncmp(line, "gateway ", 8) != 0 ||
		    mews_site_take(site, line, &err) != MEWS_OK)
			form_wrong(f, "text", "traffic.bad_line", number,
			    upload_shown(said) ? said : "", NULL);
	}
	free(copy);
}

static enum mews_rc
send(struct form *f, const struct mews_buf *text, struct mews_err *err)
{
	enum mews_rc rc = mews_draft_send(f->c->place, f->c->who->token,
	    "gateway", text->s, text->n, err);

	if (rc == MEWS_OK)
		rc = order_send(f->c, NULL, err, "gateway-set", NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/gateway", "saved");
	else
		form_refused(f, rc, err);
	return MEWS_OK;
}

/* The text as typed, or as it is; what is no text is not shown again. */
static void
set_text(struct form *f, const char *text)
{
	view_set(f->c->view, "Form.field.text.value",
	    upload_shown(text) ? text : "");
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_site site = { 0 };
	struct mews_buf text = { 0 };
	struct form f;
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "traffic.ports"));
	form_begin(&f, c);
	if (db != NULL)
		rc = mews_site_load(db, &site, err);
	mews_buf_str(&text, "");
	if (f.sent)
		upload_take(c->request, &text);
	else
		mews_site_gateway_text(&site, &text);
	if (rc == MEWS_OK && f.sent)
		look(&f, &site, text.s);
	if (rc == MEWS_OK && f.sent && f.nbad == 0)
		rc = send(&f, &text, err);
	set_text(&f, text.s);
	mews_site_clear(&site);
	mews_buf_clear(&text);
	return rc;
}

const struct page page_gateway_rules = {
	.path = "/gateway/rules",
	.name = "gateway_rules",
	.menu = "gateway",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.parts = true,
	.fields = fields,
	.show = show,
};
