/*
 * page_share.c - network drive and FTP server of the data folder: on and off,
 * their one password, shown once, and whether they answer.
 */
#include "post.h"
#include "ratify.h"

#include "setting.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct request_field fields[] = {
	{ "smb", REQUEST_WORD, 8 },
	{ "ftp", REQUEST_WORD, 8 },
	{ "sure", REQUEST_DAY, 1 },
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	{ "do", REQUEST_WORD, 8 },
	{ "test", REQUEST_DAY, 1 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const struct {
	const char *field, *setting, *words[3];
} choices[] = {
	{ "smb", "share_smb", { "off", "on", NULL } },
	{ "ftp", "share_ftp", { "off", "on", "plain" } },
};

static void
choose(struct form *f, size_t i, const char *now)
{
	const char *chosen = form_choose(f, choices[i].field, now);
	bool found = false;
	char key[32];
	size_t w;

	for (w = 0; w < 3 && choices[i].words[w] != NULL; w++) {
		(void)snprintf(key, sizeof(key), "share.%s_%s",
		    choices[i].field, choices[i].words[w]);
		form_option(f, choices[i].words[w], view_word(f->c->view, key),
		    false);
		found = found || strcmp(chosen, choices[i].words[w]) == 0;
	}
	if (f->sent && !found)
		form_wrong(f, choices[i].field, "line.bad_choice", chosen,
		    NULL);
}

/* Plain FTP only of who has read what that means. */
static void
take(struct form *f)
{
	char now[2][MEWS_SETTING_MOST + 1];
	size_t i;

	for (i = 0; i < MEWS_LEN(choices); i++) {
		post_setting(f->c, choices[i].setting, now[i]);
		choose(f, i, now[i]);
	}
	view_int(f->c->view, "Share.plain", strcmp(now[1], "plain") == 0);
	(void)form_text(f, "sure", strcmp(now[1], "plain") == 0 ? "1" : "");
	if (f->sent &&
	    strcmp(request_get(f->c->request, "ftp"), "plain") == 0 &&
	    request_get(f->c->request, "sure")[0] == '\0')
		form_wrong(f, "sure", "share.not_sure", NULL);
}

static void
save(struct form *f)
{
	const struct request *r = f->c->request;
	struct mews_err err = { "" };
	char ticket[RATIFY_TICKET];
	enum mews_rc rc;

	if (!ratify(f, "pin", ticket))
		return;
	rc = order_send(f->c, NULL, &err, "share-set", "ticket", ticket, "smb",
	    request_get(r, "smb"), "ftp", request_get(r, "ftp"), NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/share", "saved");
	else
		form_refused(f, rc, &err);
}

static void
make_password(struct form *f)
{
	struct mews_message a = { .n = 0 };
	struct mews_err err = { "" };
	char ticket[RATIFY_TICKET];
	enum mews_rc rc;

	if (!ratify(f, "pin", ticket))
		return;
	rc = order_send(f->c, &a, &err, "share-password", "ticket", ticket,
	    NULL);
	if (rc == MEWS_OK)
		view_set(f->c->view, "Share.password",
		    mews_message_get(&a, "password"));
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
}

/* Both ports are called; what they said comes with the next page. */
static void
test(struct form *f)
{
	struct mews_err err = { "" };
	enum mews_rc rc = order_send(f->c, NULL, &err, "share-test", NULL);

	if (rc == MEWS_OK)
		reply_go(f->c->reply, "/settings/share?test=1");
	else
		form_refused(f, rc, &err);
}

static void
set_found(struct page_ctx *c, size_t i, const struct mews_message *a)
{
	char name[24], key[40];
	const char *why;
	bool off;

	(void)snprintf(name, sizeof(name), "%s_wanted", choices[i].field);
	off = strcmp(mews_message_get(a, name), "off") == 0;
	(void)snprintf(name, sizeof(name), "%s_why", choices[i].field);
	why = mews_message_get(a, name);
	(void)snprintf(key, sizeof(key), "share.%s", choices[i].field);
	view_row(c->view, "Share.found", i);
	view_set(c->view, "name", view_word(c->view, key));
	(void)snprintf(key, sizeof(key), "share.%s_%s", off ? "off" : "on",
	    strcmp(why, "nobody") == 0 ? why
		: off                  ? "other"
		: why[0] == '\0'       ? "answers"
				       : why);
	view_set(c->view, "says", view_word(c->view, key));
	view_int(c->view, "good",
	    off == (strcmp(why, "nobody") == 0) && (off || why[0] == '\0'));
	(void)snprintf(name, sizeof(name), "%s_said", choices[i].field);
	view_set(c->view, "said", mews_message_get(a, name));
	view_up(c->view);
}

/* How the test fares. */
static void
set_test(struct page_ctx *c)
{
	struct mews_message a;
	struct mews_err err;
	int64_t tested;
	size_t i;

	if (request_get(c->request, "test")[0] == '\0')
		return;
	if (order_send(c, &a, &err, "share-status", NULL) != MEWS_OK)
		view_set(c->view, "Share.away",
		    view_word(c->view, "post.away"));
	else if ((tested = mews_message_int(&a, "tested", 0)) == -1) {
		view_int(c->view, "Share.trying", 1);
		view_set(c->view, "Page.again", "2");
	} else
		for (i = 0; tested > 0 && i < MEWS_LEN(choices); i++)
			set_found(c, i, &a);
	mews_message_clear(&a);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool post = strcmp(c->request->method, "POST") == 0;
	const char *what = request_get(c->request, "do");
	bool password = post && strcmp(what, "password") == 0;
	bool testing = post && strcmp(what, "test") == 0;
	char host[256] = "";
	struct form f;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "share.title"));
	(void)gethostname(host, sizeof(host) - 1);
	view_set(c->view, "Share.host", host);
	form_begin(&f, c);
	f.sent =
	    f.sent && !password && !testing; /* the switches stay as they are */
	take(&f);
	if (password)
		make_password(&f);
	else if (testing)
		test(&f);
	else if (f.sent && f.nbad == 0)
		save(&f);
	set_test(c);
	return MEWS_OK;
}

const struct page page_share = {
	.path = "/settings/share",
	.name = "share",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
