/*
 * page_users.c - who can sign in.
 */
#include "people.h"

#include "figure.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* A row: name, role, language or -, last sign-in, sessions, state. */
static void
user(struct page_ctx *c, size_t i, char *row)
{
	const char *w[6] = { "", "", "", "0", "0", "" };
	char text[FIGURE], key[48];

	(void)people_words(row, w, MEWS_LEN(w));
	view_row(c->view, "Users.user", i);
	view_set(c->view, "value", w[0]);
	view_set(c->view, "role", people_role(c, w[1]));
	view_set(c->view, "lang", people_lang(c, w[2]));
	view_set(c->view, "last",
	    people_time(c, text, strtoll(w[3], NULL, 10)));
	view_set(c->view, "sessions", w[4]);
	view_set(c->view, "state", w[5]);
	(void)snprintf(key, sizeof(key), "users.is_%.30s", w[5]);
	view_set(c->view, "says", view_word(c->view, key));
	view_int(c->view, "me", strcmp(w[0], c->who->user) == 0);
	view_up(c->view);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message a;
	char row[PEOPLE_ROW];
	struct form f;
	enum mews_rc rc;
	size_t i, n;

	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "menu.users"));
	rc = order_send(c, &a, err, "user-list", NULL);
	n = (size_t)mews_message_int(&a, "n", 0);
	for (i = 0; rc == MEWS_OK && i < n; i++) {
		people_row(&a, "user", i, row);
		user(c, i, row);
	}
	view_int(c->view, "Users.full", n >= MEWS_USERS);
	mews_message_clear(&a);
	return rc;
}

const struct page page_users = {
	.path = "/users",
	.name = "users",
	.menu = "users",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
