/*
 * page_ftp_server.c - one server that files are brought to: its form, a test,
 * and away with it.
 */
#include "upload_show.h"

#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "kind", REQUEST_TEXT, FORM_MOST },
	{ "host", REQUEST_TEXT, FORM_MOST },
	{ "port", REQUEST_TEXT, FORM_MOST },
	{ "path", REQUEST_TEXT, FORM_MOST },
	{ "user", REQUEST_TEXT, FORM_MOST },
	{ "password", REQUEST_TEXT, FORM_MOST },
	{ "trust", REQUEST_TEXT, FORM_MOST },
	{ "active", REQUEST_DAY, 1 },
	{ "do", REQUEST_WORD, 8 },
	{ "ask", REQUEST_WORD, 8 },
	{ "test", REQUEST_DAY, 8 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
find(struct page_ctx *c, struct mews_destination *d, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	int64_t id;

	*d = (struct mews_destination){ .kind = "sftp",
		.port = 22,
		.active = true };
	if (strcmp(c->part, "new") == 0)
		return MEWS_OK;
	if (db == NULL || !mews_str_int(c->part, 1, INT64_MAX, &id))
		return mews_fail(err, MEWS_NONE, "no server %s", c->part);
	return mews_destination_find(db, id, d, err);
}

static void
take(struct form *f, struct mews_destination *d)
{
	static const char *const kinds[] = { "sftp", "ftps", "ftp" };
	const char *kind = form_choose(f, "kind", d->kind), *wrong;
	char key[40];
	size_t i;

	for (i = 0; i < MEWS_LEN(kinds); i++) {
		(void)snprintf(key, sizeof(key), "ftp.kind_%s", kinds[i]);
		form_option(f, kinds[i], view_word(f->c->view, key), false);
	}
	if (f->sent && !mews_str_copy(d->kind, sizeof(d->kind), kind))
		form_wrong(f, "kind", "line.bad_choice", kind, NULL);
	form_copy(f, "host", d->host, sizeof(d->host));
	d->port = (int)form_int(f, "port", d->port, 1, 65535, "post.bad_port");
	form_copy(f, "path", d->path, sizeof(d->path));
	form_copy(f, "user", d->user, sizeof(d->user));
	form_copy(f, "trust", d->trust, sizeof(d->trust));
	d->active = form_text(f, "active", d->active ? "1" : "")[0] != '\0';
	if (f->sent && strlen(request_get(f->c->request, "password")) > 200)
		form_wrong(f, "password", "post.long_password", NULL);
	if (!f->sent || f->nbad != 0 ||
	    (wrong = mews_destination_wrong(d)) == NULL)
		return;
	(void)snprintf(key, sizeof(key), "ftp.bad_%s", wrong);
	form_wrong(f, wrong, key, request_get(f->c->request, wrong), NULL);
}

/* Saves it and sets its id. */
static bool
save(struct form *f, struct mews_destination *d)
{
	struct mews_message a;
	struct mews_err err = { "" };
	char id[24], port[16];
	enum mews_rc rc;

	(void)snprintf(id, sizeof(id), "%" PRId64, d->id);
	(void)snprintf(port, sizeof(port), "%d", d->port);
	rc = order_send(f->c, &a, &err, "destination-put", "id", id, "kind",
	    d->kind, "host", d->host, "port", port, "path", d->path, "user",
	    d->user, "trust", d->trust, "active", d->active ? "1" : "0", NULL);
	if (rc == MEWS_OK)
		d->id = mews_message_int(&a, "id", d->id);
	else if (strcmp(mews_message_get(&a, "why"), "most") == 0)
		form_wrong(f, "", "ftp.most", NULL);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

static void
save_and(struct form *f, struct mews_destination *d, bool test)
{
	struct mews_err err = { "" };
	char name[32], to[64];
	enum mews_rc rc = MEWS_OK;

	if (!save(f, d))
		return;
	(void)snprintf(name, sizeof(name), "upload-%" PRId64, d->id);
	if (!post_secret(f, "password", name, d->user))
		return;
	if (test)
		rc = order_send(f->c, NULL, &err, "upload-test", "id", name + 7,
		    NULL);
	else
		(void)order_send(f->c, NULL, &err, "courier-wake", "sink",
		    "upload", NULL);
	(void)snprintf(to, sizeof(to), "/settings/ftp/%s?test=1", name + 7);
	if (rc != MEWS_OK)
		form_refused(f, rc, &err);
	else if (test)
		reply_go(f->c->reply, to);
	else
		form_go(f->c, "/settings/ftp", "saved");
}

static void
remove_it(struct form *f, const struct mews_destination *d)
{
	struct mews_err err = { "" };
	char name[32];
	enum mews_rc rc;

	(void)snprintf(name, sizeof(name), "upload-%" PRId64, d->id);
	rc = order_send(f->c, NULL, &err, "destination-remove", "id", name + 7,
	    NULL);
	if (rc == MEWS_OK)
		(void)order_send(f->c, NULL, &err, "secret-set", "name", name,
		    "value", "", NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/ftp", "removed");
	else
		form_refused(f, rc, &err);
}

static void
set(struct page_ctx *c, const struct mews_destination *was)
{
	char name[32];
	bool trying;

	view_down(c->view, "Server");
	view_int(c->view, "id", was->id);
	if (was->id == 0) {
		view_up(c->view);
		return;
	}
	trying = upload_show(c, was);
	view_int(c->view, "trying", trying);
	view_int(c->view, "ask",
	    strcmp(request_get(c->request, "ask"), "remove") == 0);
	view_up(c->view);
	if (trying)
		view_set(c->view, "Page.again", "2");
	(void)snprintf(name, sizeof(name), "upload-%" PRId64, was->id);
	post_known(c, name);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *what = request_get(c->request, "do");
	struct mews_destination was, d;
	struct form f;
	enum mews_rc rc = find(c, &was, err);

	if (rc != MEWS_OK)
		return rc;
	d = was;
	(void)snprintf(c->title, sizeof(c->title), "%.150s",
	    d.id == 0 ? view_word(c->view, "ftp.add") : d.host);
	form_begin(&f, c);
	if (f.sent && d.id != 0 && strcmp(what, "remove") == 0)
		remove_it(&f, &d);
	else {
		take(&f, &d);
		if (f.sent && f.nbad == 0)
			save_and(&f, &d, strcmp(what, "test") == 0);
	}
	set(c, &was);
	return MEWS_OK;
}

const struct page page_ftp_server = {
	.path = "/settings/ftp/*",
	.name = "ftp_server",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = POST_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
