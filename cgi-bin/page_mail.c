/*
 * page_mail.c - the server that takes our mails, and a test mail with its
 * answer.
 */
#include "post.h"

#include "destination.h"
#include "recipient.h"
#include "setting.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "host", REQUEST_TEXT, FORM_MOST },
	{ "port", REQUEST_TEXT, FORM_MOST },
	{ "security", REQUEST_TEXT, FORM_MOST },
	{ "user", REQUEST_TEXT, FORM_MOST },
	{ "password", REQUEST_TEXT, FORM_MOST },
	{ "sender", REQUEST_TEXT, FORM_MOST },
	{ "trust", REQUEST_TEXT, FORM_MOST },
	{ "events", REQUEST_TEXT, FORM_MOST },
	{ "to", REQUEST_TEXT, FORM_MOST },
	{ "do", REQUEST_WORD, 8 },
	{ "test", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static bool
sender(const char *s)
{
	return s[0] == '\0' || mews_mail_address(s);
}

static bool
host(const char *s)
{
	return s[0] == '\0' || mews_host(s);
}

static bool
plain(const char *s)
{
	return strlen(s) <= 100;
}

static bool
number(const char *s)
{
	int64_t n;

	return mews_str_int(s, 1, 65535, &n);
}

/* Field, setting, whether it may be, and what is said when not. */
static const struct {
	const char *field, *setting;
	bool (*fits)(const char *);
	const char *bad;
} texts[] = {
	{ "host", "mail_host", host, "post.bad_host" },
	{ "port", "mail_port", number, "post.bad_port" },
	{ "user", "mail_user", plain, "post.bad_user" },
	{ "sender", "mail_from", sender, "post.bad_address" },
	{ "trust", "mail_trust", mews_trust, "post.bad_trust" },
};

static const struct {
	const char *field, *setting, *words[4];
} choices[] = {
	{ "security", "mail_security", { "starttls", "tls", "none", NULL } },
	{ "events", "mail_events", { "off", "alarm", "warning", "info" } },
};

static void
choose(struct form *f, size_t i, struct mews_buf *lines)
{
	char now[MEWS_SETTING_MOST + 1], key[40];
	const char *chosen;
	bool found = false;
	size_t w;

	post_setting(f->c, choices[i].setting, now);
	chosen = form_choose(f, choices[i].field, now);
	for (w = 0; w < 4 && choices[i].words[w] != NULL; w++) {
		(void)snprintf(key, sizeof(key), "post.%s_%s", choices[i].field,
		    choices[i].words[w]);
		form_option(f, choices[i].words[w], view_word(f->c->view, key),
		    false);
		found = found || strcmp(chosen, choices[i].words[w]) == 0;
	}
	if (f->sent && !found)
		form_wrong(f, choices[i].field, "line.bad_choice", chosen,
		    NULL);
	post_line(lines, choices[i].setting, chosen);
}

/* All fields; what they say as lines of settings. */
static void
take(struct form *f, struct mews_buf *lines)
{
	char now[MEWS_SETTING_MOST + 1];
	const char *typed;
	size_t i;

	for (i = 0; i < MEWS_LEN(texts); i++) {
		post_setting(f->c, texts[i].setting, now);
		typed = form_text(f, texts[i].field, now);
		if (f->sent &&
		    (strlen(typed) > MEWS_SETTING_MOST ||
			!texts[i].fits(typed)))
			form_wrong(f, texts[i].field, texts[i].bad, typed,
			    NULL);
		post_line(lines, texts[i].setting, typed);
	}
	for (i = 0; i < MEWS_LEN(choices); i++)
		choose(f, i, lines);
}

/* What one field asks of another. */
static void
judge(struct form *f, bool test)
{
	const struct request *r = f->c->request;
	const char *to = form_text(f, "to", "");

	if (!f->sent)
		return;
	if (request_get(r, "host")[0] != '\0' &&
	    request_get(r, "sender")[0] == '\0')
		form_wrong(f, "sender", "post.no_sender", NULL);
	if (strcmp(request_get(r, "security"), "none") == 0 &&
	    request_get(r, "user")[0] != '\0')
		form_wrong(f, "security", "post.open", NULL);
	if (strlen(request_get(r, "password")) > 200)
		form_wrong(f, "password", "post.long_password", NULL);
	if (test && !mews_mail_address(to))
		form_wrong(f, "to", "post.bad_address", to, NULL);
	if (test && request_get(r, "host")[0] == '\0')
		form_wrong(f, "host", "post.no_host", NULL);
}

static void
send(struct form *f, const struct mews_buf *lines, bool test)
{
	struct mews_message a = { 0 };
	struct mews_err err = { "" };
	char to[80];
	enum mews_rc rc = MEWS_OK;

	if (!post_secret(f, "password", "smtp",
		request_get(f->c->request, "user")) ||
	    !post_save(f, lines))
		return;
	if (!test) {
		(void)order_send(f->c, NULL, &err, "courier-wake", "sink",
		    "mail", NULL);
		form_go(f->c, "/settings/mail", "saved");
		return;
	}
	rc =
	    order_send(f->c, &a, &err, "mail-send", "letter", "test", "address",
		request_get(f->c->request, "to"), "lang", f->c->lang, NULL);
	(void)snprintf(to, sizeof(to), "/settings/mail?test=%s",
	    mews_message_get(&a, "id"));
	mews_message_clear(&a);
	if (rc == MEWS_OK)
		reply_go(f->c->reply, to);
	else
		form_refused(f, rc, &err);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool test = strcmp(request_get(c->request, "do"), "test") == 0;
	struct mews_buf lines = { 0 };
	struct form f;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "post.mail"));
	form_begin(&f, c);
	take(&f, &lines);
	judge(&f, test);
	if (f.sent && f.nbad == 0)
		send(&f, &lines, test);
	mews_buf_clear(&lines);
	post_known(c, "smtp");
	post_follow(c, request_get(c->request, "test"));
	return MEWS_OK;
}

const struct page page_mail = {
	.path = "/settings/mail",
	.name = "mail",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = POST_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
