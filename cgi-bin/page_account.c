/*
 * page_account.c - one's own language, theme and sessions, and the way to the
 * own codes.
 */
#include "people.h"

#include "device.h"
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "lang", REQUEST_TEXT, FORM_MOST },
	{ "theme", REQUEST_TEXT, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* A row: id, begun, used, ends, whether it is the one that asks, source. */
static void
session(struct page_ctx *c, size_t i, char *row)
{
	const char *w[6] = { "", "0", "0", "0", "", "" };
	char text[FIGURE];

	(void)people_words(row, w, MEWS_LEN(w));
	view_row(c->view, "Account.session", i);
	view_set(c->view, "id", w[0]);
	view_set(c->view, "begun",
	    people_time(c, text, strtoll(w[1], NULL, 10)));
	view_set(c->view, "used",
	    people_time(c, text, strtoll(w[2], NULL, 10)));
	view_int(c->view, "here", w[4][0] == '1');
	view_set(c->view, "source", w[5]);
	view_up(c->view);
}

static enum mews_rc
sessions(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message a;
	char row[PEOPLE_ROW];
	enum mews_rc rc = order_send(c, &a, err, "session-list", NULL);
	size_t i, n = (size_t)mews_message_int(&a, "n", 0);

	for (i = 0; rc == MEWS_OK && i < n; i++) {
		people_row(&a, "session", i, row);
		session(c, i, row);
	}
	view_int(c->view, "Account.others", n > 1);
	mews_message_clear(&a);
	return rc;
}

static enum mews_rc
save(struct form *f, const char *lang, const char *theme, struct mews_err *err)
{
	struct page_ctx *c = f->c;
	enum mews_rc rc = order_send(c, NULL, err, "own-set", "lang", lang,
	    "theme", theme, NULL);

	if (rc == MEWS_OK) {
		gate_forget(c->who->token);
		/* what this browser chose before signing in would win */
		reply_cookie(c->reply, "__Host-mews-lang", "");
		form_go(c, "/account", "saved");
	} else
		form_refused(f, rc, err);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *lang, *theme;
	struct form f;

	form_begin(&f, c);
	lang = people_choose_lang(&f, c->who->lang);
	theme = people_choose_theme(&f, c->who->theme);
	if (f.sent && f.nbad == 0 && save(&f, lang, theme, err) == MEWS_OK)
		return MEWS_OK;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "account.title"));
	view_set(c->view, "Account.user", c->who->user);
	view_set(c->view, "Account.role",
	    people_role(c, mews_role_name(c->who->role)));
	view_int(c->view, "Account.narrow", c->who->rights[0] != '\0');
	return sessions(c, err);
}

const struct page page_account = {
	.path = "/account",
	.name = "account",
	.menu = "account",
	.methods = PAGE_GET | PAGE_POST,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
