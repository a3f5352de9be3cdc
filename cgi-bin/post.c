/*
 * post.c - what the pages of mail, uploads and the network drive share.
 */
#include "post.h"

#include "draft.h"
#include "figure.h"
#include "log.h"
#include "setting.h"

#include <stdio.h>
#include <string.h>

void
post_setting(const struct page_ctx *c, const char *key, char *text)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_err err;

	if (db == NULL || mews_setting_get(db, key, text, &err) != MEWS_OK)
		text[0] = '\0';
}

void
post_line(struct mews_buf *lines, const char *key, const char *value)
{
	mews_buf_printf(lines, "%s %s\n", key, value);
}

bool
post_save(struct form *f, const struct mews_buf *lines)
{
	struct mews_err err = { "" };
	enum mews_rc rc = mews_draft_send(f->c->place, f->c->who->token,
	    "settings", lines->s, lines->n, &err);

	if (rc == MEWS_OK)
		rc = order_send(f->c, NULL, &err, "settings-set", NULL);
	if (rc != MEWS_OK)
		form_refused(f, rc, &err);
	return rc == MEWS_OK;
}

bool
post_secret(struct form *f, const char *field, const char *name,
    const char *user)
{
	const char *typed = request_get(f->c->request, field);
	struct mews_err err = { "" };
	enum mews_rc rc = MEWS_OK;

	if (typed[0] != '\0' || user[0] == '\0')
		rc = order_send(f->c, NULL, &err, "secret-set", "name", name,
		    "value", user[0] == '\0' ? "" : typed, NULL);
	if (rc != MEWS_OK)
		form_refused(f, rc, &err);
	return rc == MEWS_OK;
}

void
post_known(struct page_ctx *c, const char *name)
{
	struct mews_message a;
	struct mews_err err;

	if (order_send(c, &a, &err, "secrets", "name", name, NULL) == MEWS_OK)
		view_int(c->view, "Form.known",
		    mews_message_int(&a, "known", 0));
	mews_message_clear(&a);
}

void
post_say(struct page_ctx *c, const char *why, const char *said)
{
	char key[40];

	(void)snprintf(key, sizeof(key), "post.%.30s", why);
	if (view_word(c->view, key)[0] == '\0')
		(void)snprintf(key, sizeof(key), "post.protocol");
	view_say(c->view, "says", key, NULL);
	/* the fingerprint of a stranger, or the words of a server */
	if (said[0] != '\0')
		view_say(c->view, "said",
		    strcmp(why, "certificate") == 0 ||
			    strcmp(why, "host-key") == 0
			? "post.finger"
			: "post.said",
		    said, NULL);
}

static const char *
field(const struct mews_message *a, const char *name, size_t i)
{
	char full[24];

	(void)snprintf(full, sizeof(full), "%s%zu", name, i);
	return mews_message_get(a, full);
}

bool
post_mail(struct page_ctx *c, const struct mews_message *a, size_t i)
{
	const char *state = field(a, "state", i), *why = field(a, "why", i);
	char at[FIGURE], key[40], full[24];
	int64_t ended;

	(void)snprintf(full, sizeof(full), "ended%zu", i);
	ended = mews_message_int(a, full, 0);
	(void)snprintf(full, sizeof(full), "made%zu", i);
	view_set(c->view, "at",
	    mews_say_since(c->view, at,
		ended != 0 ? ended : mews_message_int(a, full, 0), c->now));
	view_set(c->view, "address", field(a, "address", i));
	view_set(c->view, "state", state);
	(void)snprintf(key, sizeof(key), "reports.%.16s",
	    field(a, "letter", i));
	view_set(c->view, "letter", view_word(c->view, key));
	(void)snprintf(key, sizeof(key), "reports.state.%.16s",
	    strcmp(state, "waits") == 0 && why[0] != '\0' ? "again" : state);
	view_set(c->view, "fares", view_word(c->view, key));
	if (why[0] != '\0' && strcmp(state, "sent") != 0)
		post_say(c, why, field(a, "said", i));
	else if (field(a, "said", i)[0] != '\0')
		view_say(c->view, "said", "post.said", field(a, "said", i),
		    NULL);
	return strcmp(state, "handed") == 0 ||
	    (strcmp(state, "waits") == 0 && why[0] == '\0');
}

void
post_follow(struct page_ctx *c, const char *id)
{
	struct mews_message a;
	struct mews_err err;
	bool trying;

	if (id[0] == '\0')
		return;
	if (order_send(c, &a, &err, "mails", "id", id, NULL) == MEWS_OK) {
		view_down(c->view, "Test");
		trying = post_mail(c, &a, 0);
		if (trying)
			view_int(c->view, "trying", 1);
		view_up(c->view);
		if (trying)
			view_set(c->view, "Page.again", "2");
	}
	mews_message_clear(&a);
}
