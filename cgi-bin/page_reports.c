/*
 * page_reports.c - who gets mail, when reports leave, and the newest mails.
 */
#include "post.h"

#include "recipient.h"
#include "setting.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "time", REQUEST_TEXT, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* "06:30" as minutes; false for anything else. */
static bool
minutes(const char *text, int64_t *out)
{
	char hour[3] = "", minute[3] = "";
	int64_t h, m;

	if (strlen(text) != 5 || text[2] != ':')
		return false;
	memcpy(hour, text, 2);
	memcpy(minute, text + 3, 2);
	if (!mews_str_int(hour, 0, 23, &h) || !mews_str_int(minute, 0, 59, &m))
		return false;
	*out = h * 60 + m;
	return true;
}

static void
take_time(struct form *f)
{
	char now[MEWS_SETTING_MOST + 1], text[16];
	struct mews_buf lines = { 0 };
	const char *typed;
	int64_t at = 0;

	post_setting(f->c, "report_at", now);
	(void)mews_str_int(now, 0, 1439, &at);
	(void)snprintf(text, sizeof(text), "%02d:%02d", (int)(at / 60),
	    (int)(at % 60));
	typed = form_text(f, "time", text);
	if (!f->sent)
		return;
	if (!minutes(typed, &at)) {
		form_wrong(f, "time", "reports.bad_time", typed, NULL);
		return;
	}
	(void)snprintf(now, sizeof(now), "%" PRId64, at);
	post_line(&lines, "report_at", now);
	if (post_save(f, &lines))
		form_go(f->c, "/settings/reports", "saved");
	mews_buf_clear(&lines);
}

static enum mews_rc
set_recipients(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_recipient list[MEWS_RECIPIENTS];
	enum mews_rc rc = MEWS_OK;
	size_t n = 0, i, l;
	char key[40];

	if (db != NULL)
		rc = mews_recipient_list(db, list, &n, err);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Reports.to", i);
		view_int(c->view, "id", list[i].id);
		view_set(c->view, "address", list[i].address);
		(void)snprintf(key, sizeof(key), "reports.lang.%s",
		    list[i].lang);
		view_set(c->view, "lang", view_word(c->view, key));
		for (l = 0; l < MEWS_LETTER_TEST; l++)
			view_int(c->view, mews_letter_name((enum mews_letter)l),
			    list[i].gets >> l & 1);
		view_up(c->view);
	}
	view_int(c->view, "Reports.n", (int64_t)n);
	return rc;
}

static void
set_mails(struct page_ctx *c)
{
	struct mews_message a;
	struct mews_err err;
	int64_t n = 0, i;

	if (order_send(c, &a, &err, "mails", NULL) == MEWS_OK)
		n = mews_message_int(&a, "n", 0);
	else
		view_int(c->view, "Reports.away", 1);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Reports.mail", (size_t)i);
		(void)post_mail(c, &a, (size_t)i);
		view_up(c->view);
	}
	mews_message_clear(&a);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char host[MEWS_SETTING_MOST + 1];
	struct form f;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "reports.title"));
	form_begin(&f, c);
	take_time(&f);
	post_setting(c, "mail_host", host);
	view_int(c->view, "Reports.off", host[0] == '\0');
	set_mails(c);
	return set_recipients(c, err);
}

const struct page page_reports = {
	.path = "/settings/reports",
	.name = "reports",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = POST_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
