/*
 * code.c - users to choose from, and codes without their blanks.
 */
#include "code.h"

#include "figure.h"

#include <stdio.h>
#include <string.h>

#define ASK_MS 3000

void
code_digits(const char *typed, char out[CODE])
{
	size_t n = 0;
	const char *p;

	for (p = typed; *p != '\0'; p++) {
		if (*p == ' ')
			continue;
		if (*p < '0' || *p > '9' || n == CODE - 1) {
			n = 0;
			break;
		}
		out[n++] = *p;
	}
	out[n] = '\0';
}

static void
user(struct page_ctx *c, const struct mews_message *a, int64_t i,
    const char *chosen)
{
	char key[40];
	const char *name, *label;

	(void)snprintf(key, sizeof(key), "name%d", (int)i);
	name = mews_message_get(a, key);
	(void)snprintf(key, sizeof(key), "role.%.24s", name);
	label = view_word(c->view, key);
	view_row(c->view, "Users.user", (size_t)i);
	view_set(c->view, "value", name);
	view_set(c->view, "name", label[0] == '\0' ? name : label);
	view_int(c->view, "chosen", strcmp(name, chosen) == 0);
	view_up(c->view);
}

enum mews_rc
code_users(struct page_ctx *c, const char *chosen, struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	int64_t i, n;
	enum mews_rc rc;

	mews_message_init(&m, "users");
	rc = mews_command_call(c->place, &m, ASK_MS, &a, err);
	n = mews_message_int(&a, "n", 0);
	for (i = 0; rc == MEWS_OK && i < n && i < 20; i++)
		user(c, &a, i, chosen);
	if (mews_message_int(&a, "factory", 0) != 0)
		view_int(c->view, "Users.factory", 1);
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc;
}

void
code_form(struct page_ctx *c)
{
	static const char *const langs[] = { "en", "it", "fr" };
	static const char *const names[] = { "English", "Italiano",
		"Fran\u00e7ais" };
	char token[GATE_MASK + 1];
	size_t i;

	gate_mask(c->who, c->reply, token);
	view_set(c->view, "Form.csrf", token);
	view_set(c->view, "Form.board", base_site(c->base)->board);
	view_set(c->view, "Form.site", base_site(c->base)->name);
	for (i = 0; i < MEWS_LEN(langs); i++) {
		view_row(c->view, "Form.lang", i);
		view_set(c->view, "code", langs[i]);
		view_set(c->view, "name", names[i]);
		view_int(c->view, "here", strcmp(langs[i], c->lang) == 0);
		view_up(c->view);
	}
}
