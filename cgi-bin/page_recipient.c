/*
 * page_recipient.c - one who gets mail: language, letters, a report now, and
 * away with it.
 */
#include "post.h"

#include "recipient.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "address", REQUEST_TEXT, FORM_MOST },
	{ "lang", REQUEST_TEXT, FORM_MOST },
	{ "daily", REQUEST_DAY, 1 },
	{ "weekly", REQUEST_DAY, 1 },
	{ "monthly", REQUEST_DAY, 1 },
	{ "events", REQUEST_DAY, 1 },
	{ "do", REQUEST_WORD, 8 },
	{ "ask", REQUEST_WORD, 8 },
	{ "sent", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const struct request_field *const tick_fields = fields + 2;

/* The one of the path; "new" is none yet. */
static enum mews_rc
find(struct page_ctx *c, struct mews_recipient *r, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_recipient list[MEWS_RECIPIENTS];
	enum mews_rc rc = MEWS_OK;
	size_t n = 0, i;
	int64_t id;

	*r = (struct mews_recipient){ .gets = 1u << MEWS_LETTER_MONTHLY };
	(void)mews_str_copy(r->lang, sizeof(r->lang), c->lang);
	if (strcmp(c->part, "new") == 0)
		return MEWS_OK;
	if (db != NULL)
		rc = mews_recipient_list(db, list, &n, err);
	for (i = 0; rc == MEWS_OK && i < n; i++)
		if (mews_str_int(c->part, 1, INT64_MAX, &id) &&
		    list[i].id == id) {
			*r = list[i];
			return MEWS_OK;
		}
	return rc != MEWS_OK
	    ? rc
	    : mews_fail(err, MEWS_NONE, "no recipient %s", c->part);
}

static void
take(struct form *f, struct mews_recipient *r)
{
	static const char *const langs[] = { "en", "it", "fr" };
	const char *typed = form_text(f, "address", r->address), *lang;
	char key[40];
	unsigned gets = 0;
	bool found = false;
	size_t l;

	if (f->sent &&
	    (!mews_mail_address(typed) ||
		!mews_str_copy(r->address, sizeof(r->address), typed)))
		form_wrong(f, "address", "post.bad_address", typed, NULL);
	lang = form_choose(f, "lang", r->lang);
	for (l = 0; l < MEWS_LEN(langs); l++) {
		(void)snprintf(key, sizeof(key), "reports.lang.%s", langs[l]);
		form_option(f, langs[l], view_word(f->c->view, key), false);
		found = found || strcmp(lang, langs[l]) == 0;
	}
	if (f->sent && !found)
		form_wrong(f, "lang", "line.bad_choice", lang, NULL);
	else
		(void)mews_str_copy(r->lang, sizeof(r->lang), lang);
	for (l = 0; l < MEWS_LETTER_TEST; l++)
		if (form_text(f, tick_fields[l].name,
			r->gets >> l & 1 ? "1" : "")[0] != '\0')
			gets |= 1u << l;
	r->gets = gets;
}

static void
save(struct form *f, const struct mews_recipient *r)
{
	struct mews_message a;
	struct mews_err err = { "" };
	char id[24], gets[24];
	const char *why;
	enum mews_rc rc;

	(void)snprintf(id, sizeof(id), "%" PRId64, r->id);
	(void)snprintf(gets, sizeof(gets), "%u", r->gets);
	rc = order_send(f->c, &a, &err, "recipient-put", "id", id, "address",
	    r->address, "lang", r->lang, "gets", gets, NULL);
	why = mews_message_get(&a, "why");
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/reports", "saved");
	else if (strcmp(why, "used") == 0)
		form_wrong(f, "address", "reports.used", r->address, NULL);
	else if (strcmp(why, "most") == 0)
		form_wrong(f, "", "reports.most", NULL);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
}

static void
remove_it(struct form *f, const struct mews_recipient *r)
{
	struct mews_err err = { "" };
	char id[24];
	enum mews_rc rc;

	(void)snprintf(id, sizeof(id), "%" PRId64, r->id);
	rc = order_send(f->c, NULL, &err, "recipient-remove", "id", id, NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/reports", "removed");
	else
		form_refused(f, rc, &err);
}

/* The daily, weekly or monthly report, now. */
static void
send_now(struct form *f, const struct mews_recipient *r, const char *letter)
{
	struct mews_message a;
	struct mews_err err = { "" };
	char to[96];
	enum mews_rc rc = order_send(f->c, &a, &err, "mail-send", "letter",
	    letter, "address", r->address, "lang", r->lang, NULL);

	(void)snprintf(to, sizeof(to), "/settings/reports/%" PRId64 "?sent=%s",
	    r->id, mews_message_get(&a, "id"));
	if (rc == MEWS_OK)
		reply_go(f->c->reply, to);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *what = request_get(c->request, "do");
	struct mews_recipient r;
	enum mews_letter letter;
	struct form f;
	enum mews_rc rc = find(c, &r, err);

	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(c->title, sizeof(c->title), "%.150s",
	    r.id == 0 ? view_word(c->view, "reports.add") : r.address);
	view_int(c->view, "Recipient.id", r.id);
	view_set(c->view, "Recipient.address", r.address);
	form_begin(&f, c);
	view_int(c->view, "Recipient.ask",
	    r.id != 0 && strcmp(request_get(c->request, "ask"), "remove") == 0);
	if (f.sent && r.id != 0 && strcmp(what, "remove") == 0)
		remove_it(&f, &r);
	else if (f.sent && r.id != 0 && mews_letter_find(what, &letter))
		send_now(&f, &r, what);
	else {
		take(&f, &r);
		if (f.sent && f.nbad == 0)
			save(&f, &r);
	}
	post_follow(c, request_get(c->request, "sent"));
	return MEWS_OK;
}

const struct page page_recipient = {
	.path = "/settings/reports/*",
	.name = "recipient",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = POST_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
