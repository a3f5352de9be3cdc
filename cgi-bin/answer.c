/*
 * answer.c - the way of a request through the house.
 *
 * The frame around a page (name, menu, form token) is made for each answer;
 * the main part of a page that is the same for many is kept until something
 * changed.
 */
#include "answer.h"

#include "greet.h"
#include "kept.h"
#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct answer {
	const struct mews_place *place;
	char templates[MEWS_PATH];
	char statics[80]; /* where the static files of this build are */
	struct base *base;
	struct view *view;
	struct request request;
	struct reply reply;
	struct mews_buf main; /* a page without its frame */
	bool old;             /* the form is of an earlier session */
	struct page_file file;
	char logged[512]; /* the last failure, behind its path */
};

static const char sorry[] =
    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">"
    "<title>mews</title><h1>This page cannot be shown</h1>"
    "<p>The box noted why. Other pages may still work.</p>"
    "<p><a href=\"/\">Home</a></p></html>";

static const int status_of[] = {
	[MEWS_OK] = 200,
	[MEWS_NONE] = 404,
	[MEWS_BAD] = 400,
	[MEWS_DENIED] = 403,
	[MEWS_AGAIN] = 503,
	[MEWS_FAIL] = 500,
};

/* The folder of static files is named after what is in it, so that browsers
 * may keep them for ever. */
static void
find_statics(struct answer *a)
{
	char path[MEWS_PATH + 16], word[64] = "";
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/version", a->place->share);
	if ((f = fopen(path, "re")) != NULL) {
		if (fscanf(f, "%63[0-9a-zA-Z.-]", word) != 1)
			word[0] = '\0';
		(void)fclose(f);
	}
	if (word[0] == '\0')
		mews_log(MEWS_LOG_ERROR, "%s: no version of the static files",
		    path);
	(void)snprintf(a->statics, sizeof(a->statics), "/static/%s", word);
}

struct answer *
answer_new(const struct mews_place *place)
{
	struct answer *a = mews_alloc(1, sizeof(*a));

	a->place = place;
	(void)mews_place_path(place, MEWS_TEMPLATES, a->templates);
	find_statics(a);
	a->base = base_new(place);
	a->view = view_new(a->templates);
	return a;
}

void
answer_free(struct answer *a)
{
	base_free(a->base);
	view_free(a->view);
	reply_clear(&a->reply);
	mews_buf_clear(&a->main);
	kept_clear();
	free(a);
}

/* A failure that repeats is one line. */
static void
note(struct answer *a, const struct mews_err *err)
{
	char line[sizeof(a->logged)];

	(void)snprintf(line, sizeof(line), "%s: %s", a->request.path,
	    err->text);
	if (strcmp(a->logged, line) == 0)
		return;
	(void)strcpy(a->logged, line);
	mews_log(MEWS_LOG_ERROR, "%s", line);
}

static void
begin(struct answer *a, const char *lang)
{
	view_begin(a->view, lang);
	view_set(a->view, "Page.static", a->statics);
}

/* What tells of a damaged file, until it was seen. */
static void
set_damage(struct answer *a)
{
	const char *files = base_damaged(a->base);
	bool config = strstr(files, "config") != NULL;
	bool history = strstr(files, "history") != NULL;

	if (config || history)
		view_set(a->view, "damaged",
		    view_word(a->view,
			config && history ? "damage.both"
			    : config      ? "damage.config"
					  : "damage.history"));
}

/* What the frame shows, on every page alike. */
static void
set_frame(struct answer *a, struct page_ctx *c, const struct page *p)
{
	const struct mews_site *s = base_site(a->base);
	struct mews_civil t = mews_calendar_civil(c->now);
	char text[GATE_MASK + 1], clock[8];

	(void)snprintf(clock, sizeof(clock), "%02d:%02d", t.hour % 100,
	    t.minute % 100);
	view_down(a->view, "Page");
	view_set(a->view, "lang", c->lang);
	view_set(a->view, "theme", c->who->theme);
	view_set(a->view, "title", c->title);
	view_set(a->view, "site", s->name[0] == '\0' ? "mews" : s->name);
	view_set(a->view, "board", s->board);
	view_set(a->view, "menu", p == NULL || p->menu == NULL ? "" : p->menu);
	view_say(a->view, "time", "foot.time", clock,
	    s->zone[0] == '\0' ? "UTC" : s->zone, NULL);
	view_int(a->view, "chart", p != NULL && p->chart);
	if (c->who->in && !c->bare) {
		view_set(a->view, "user", c->who->user);
		view_set(a->view, "role", mews_role_name(c->who->role));
		view_int(a->view, "idle", c->who->idle);
		greet_say(c);
		gate_mask(c->who, &a->reply, text);
		view_set(a->view, "csrf", text);
		set_damage(a);
	}
	view_up(a->view);
}

static enum mews_rc
frame(struct answer *a, struct page_ctx *c, const struct page *p,
    const struct mews_buf *main_part, struct mews_err *err)
{
	enum mews_rc rc;

	mews_buf_reset(&a->reply.body);
	set_frame(a, c, p);
	rc = view_render(a->view, "top", &a->reply.body, err);
	mews_buf_put(&a->reply.body, main_part->s, main_part->n);
	if (rc == MEWS_OK)
		rc = view_render(a->view, "end", &a->reply.body, err);
	return rc;
}

static void
error_json(struct answer *a, struct page_ctx *c, int status)
{
	char key[32];

	(void)snprintf(key, sizeof(key), "error.%d.title", status);
	a->reply.type = "application/json";
	mews_buf_printf(&a->reply.body,
	    "{\"error\":{\"code\":%d,\"text\":\"%s\"}}\n", status,
	    view_word(c->view, key));
}

/* The error page of a status; in plain words where even that fails. */
static void
error_page(struct answer *a, struct page_ctx *c, const struct page *p,
    int status)
{
	bool post = strcmp(a->request.method, "POST") == 0;
	struct mews_err err;
	char key[32], word[16];

	reply_reset(&a->reply);
	a->reply.status = status;
	a->reply.soon = status == 503;
	begin(a, c->lang);
	if (p != NULL && p->machine) {
		error_json(a, c, status);
		return;
	}
	(void)snprintf(word, sizeof(word), "%d", status);
	if (a->old)
		(void)strcpy(word, "form");
	(void)snprintf(key, sizeof(key), "error.%s.title", word);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(a->view, key));
	view_set(a->view, "Error.title", c->title);
	(void)snprintf(key, sizeof(key), "error.%s.%s", word,
	    status == 503 && post ? "sent" : "text");
	view_set(a->view, "Error.text", view_word(a->view, key));
	if (a->old && p != NULL && (p->methods & PAGE_GET))
		view_set(a->view, "Error.page", a->request.path);
	view_int(a->view, "Error.status", status);
	view_int(a->view, "Error.again", status == 503 && !post);
	mews_buf_reset(&a->main);
	if (view_render(a->view, "error", &a->main, &err) == MEWS_OK &&
	    frame(a, c, NULL, &a->main, &err) == MEWS_OK)
		return;
	note(a, &err);
	mews_buf_reset(&a->reply.body);
	mews_buf_str(&a->reply.body, sorry);
}

static enum mews_rc
show(struct answer *a, struct page_ctx *c, const struct page *p,
    struct mews_err *err)
{
	enum mews_rc rc;

	mews_buf_reset(&a->main);
	if ((rc = p->show(c, err)) != MEWS_OK || p->name == NULL ||
	    a->reply.place[0] != '\0')
		return rc;
	return view_render(a->view, p->name, &a->main, err);
}

/* A page, kept or made. */
static enum mews_rc
make(struct answer *a, struct page_ctx *c, const struct page *p,
    const char *query, struct mews_err *err)
{
	char key[KEPT_KEY];
	const struct kept *k = NULL;
	int n = snprintf(key, sizeof(key), "%s %s %s %d %s", a->request.path,
	    query, c->lang, (int)c->who->role, c->who->rights);
	bool keep = p->kept && n < KEPT_KEY;
	enum mews_rc rc;

	if (keep)
		k = kept_find(key, base_edition(a->base));
	if (k != NULL) {
		(void)snprintf(c->title, sizeof(c->title), "%s", k->title);
		return frame(a, c, p, &k->body, err);
	}
	if ((rc = show(a, c, p, err)) != MEWS_OK || p->name == NULL ||
	    a->reply.place[0] != '\0')
		return rc;
	if (keep && a->reply.status == 200)
		kept_put(key, base_edition(a->base), c->title, &a->main);
	return frame(a, c, p, &a->main, err);
}

/* A file that somebody of ours sends is read to its end before it is refused: a
 * browser listens only then. */
static int
refuse(struct answer *a, const struct page *p, int status)
{
	struct page_file *f = &a->file;

	if (p->flows && f->read != NULL)
		while (f->read(f->arg, f->begun, REQUEST_BODY) > 0)
			;
	return status;
}

/* Everything behind the headers; returns 0 or the status of an error page. */
static int
pass(struct answer *a, struct page_ctx *c, const struct page *p,
    request_env *env, enter_body *body, void *arg, struct mews_err *err)
{
	bool post = strcmp(a->request.method, "POST") == 0;
	bool get = strcmp(a->request.method, "GET") == 0 || answer_bodiless(a);
	char go[512];
	enum mews_rc rc;
	int status = 0;

	if ((!post || !(p->methods & PAGE_POST)) &&
	    (!get || !(p->methods & PAGE_GET)))
		return 405;
	/* nobody's file is waited for */
	if (post && p->flows &&
	    enter_admit(&a->request, c->who, p, go, sizeof(go)) == 0)
		status = enter_take_file(&a->request, p, env, body, arg,
		    c->file, err);
	else if (!post || !p->flows)
		status = enter_take(&a->request, p, env, body, arg, err);
	if (status != 0)
		return refuse(a, p, status);
	if ((status = enter_admit(&a->request, c->who, p, go, sizeof(go))) ==
	    303) {
		reply_go(&a->reply, go);
		return 0;
	}
	if (status != 0)
		return status;
	if (post &&
	    !gate_own(c->who, &a->request, request_get(&a->request, "csrf"))) {
		a->old = gate_here(&a->request);
		return refuse(a, p, 403);
	}
	rc = make(a, c, p, post ? "" : env(arg, "QUERY_STRING"), err);
	if (rc == MEWS_FAIL)
		note(a, err);
	return rc == MEWS_OK ? 0 : status_of[rc];
}

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What the request before left. */
static void
clean(struct answer *a)
{
	a->old = false;
	a->file.n = 0;
	a->file.read = NULL;
	reply_reset(&a->reply);
}

const struct reply *
answer_make(struct answer *a, request_env *env, enter_body *body, void *arg)
{
	struct gate_session who = { 0 };
	struct page_ctx c = { .place = a->place,
		.request = &a->request,
		.who = &who,
		.base = a->base,
		.view = a->view,
		.reply = &a->reply,
		.file = &a->file,
		.lang = "en" };
	const struct page *p = NULL;
	struct mews_err err = { "" };
	int64_t ms = now_ms();
	int status;

	c.now = ms / 1000;
	clean(a);
	status = request_begin(&a->request, env, arg);
	if (status == 0 && (p = page_find(a->request.path, c.part)) == NULL)
		status = 404;
	if (base_fresh(a->base, &err) != MEWS_OK ||
	    gate_find(a->place, &a->request,
		a->request.renewal || (p != NULL && p->quiet), ms, &who,
		&err) != MEWS_OK)
		status = 503;
	base_narrow(a->base, who.rights);
	c.lang = enter_language(&a->request, &who, base_language(a->base));
	begin(a, c.lang);
	if (who.in)
		view_set(a->view, "Page.role", mews_role_name(who.role));
	if (status == 0)
		status = pass(a, &c, p, env, body, arg, &err);
	if (status != 0)
		error_page(a, &c, p, status);
	request_wipe(&a->request);
	explicit_bzero(&who, sizeof(who));
	return &a->reply;
}

bool
answer_bodiless(const struct answer *a)
{
	return strcmp(a->request.method, "HEAD") == 0;
}
