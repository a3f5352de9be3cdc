/*
 * page_login.c - a user of the list and his PIN.
 *
 * Wrong user, wrong PIN and blocked look alike.  That an address has to wait
 * is told, as it depends on the address alone.
 */
#include "certificate.h"
#include "people.h"
#include "greet.h"

#include <stdio.h>
#include <string.h>

#define SIGN_MS 10000 /* the hash is slow on purpose, and takes turns */

static const struct request_field fields[] = {
	{ "user", REQUEST_TEXT, MEWS_USERNAME },
	{ "pin", REQUEST_TEXT, CODE_TYPED },
	{ "next", REQUEST_TEXT, 200 },
	{ "lang", REQUEST_WORD, 2 },
	{ "done", REQUEST_WORD, 8 },
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

/* What the browser keeps of somebody who is in. */
static void
enter(struct page_ctx *c, const struct mews_message *a)
{
	const char *device = mews_message_get(a, "device");

	gate_enter(c->reply, mews_message_get(a, "token"));
	if (device[0] != '\0')
		gate_keep_device(c->reply, device);
	if (mews_message_int(a, "factory", 0) == 0)
		greet_keep(c->reply, mews_message_int(a, "last", 0),
		    mews_message_int(a, "failed", 0));
}

/* MEWS_DENIED for whatever does not fit, with *wait where one has to. */
static enum mews_rc
sign_in(struct page_ctx *c, bool *factory, int64_t *wait, struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	char pin[CODE], device[GATE_DEVICE];
	enum mews_rc rc;

	code_digits(request_get(c->request, "pin"), pin);
	mews_message_init(&m, "sign-in");
	mews_message_set(&m, "user", request_get(c->request, "user"));
	mews_message_set(&m, "pin", pin);
	mews_message_set(&m, "source", c->request->source);
	gate_device(c->request, device);
	mews_message_set(&m, "device", device);
	explicit_bzero(pin, sizeof(pin));
	rc = mews_command_call(c->place, &m, SIGN_MS, &a, err);
	*wait = mews_message_int(&a, "wait", 0);
	if (rc == MEWS_OK) {
		enter(c, &a);
		*factory = mews_message_int(&a, "factory", 0) != 0;
	}
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc == MEWS_BAD || rc == MEWS_NONE ||
		(rc == MEWS_AGAIN && *wait > 0)
	    ? MEWS_DENIED
	    : rc;
}

static bool
leads_back(const char *next)
{
	return request_local(next) && strncmp(next, "/api", 4) != 0 &&
	    strncmp(next, "/login", 6) != 0;
}

/* A browser warns of a certificate that the box made itself: what it shows can
 * be compared with what stands here, in lines of eight bytes. */
static void
set_certificate(struct page_ctx *c)
{
	char name[32], part[3 * 8 + 1];
	const char *text;
	struct mews_message m;
	int n;

	if (certificate_report(c, &m) && mews_message_int(&m, "own", 0) != 0) {
		text = mews_message_get(&m, "fingerprint");
		for (n = 0; text[0] != '\0'; n++, text += strlen(part)) {
			(void)snprintf(name, sizeof(name),
			    "Login.fingerprint.%d", n);
			(void)snprintf(part, sizeof(part), "%s", text);
			view_set(c->view, name, part);
		}
	}
	mews_message_clear(&m);
}

static enum mews_rc
form(struct page_ctx *c, struct mews_err *err)
{
	const char *next = request_get(c->request, "next");
	const char *done = request_get(c->request, "done");
	char key[32];
	enum mews_rc rc;

	c->bare = true;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "login.title"));
	rc = code_users(c, request_get(c->request, "user"), err);
	if (rc != MEWS_OK)
		return rc;
	code_form(c);
	set_certificate(c);
	if (leads_back(next))
		view_set(c->view, "Login.next", next);
	(void)snprintf(key, sizeof(key), "login.done_%s", done);
	if (done[0] != '\0')
		view_set(c->view,
		    strcmp(done, "over") == 0 ? "Login.over" : "Login.done",
		    view_word(c->view, key));
	return MEWS_OK;
}

/* The language lasts as long as the browser is open.  /setup has the links
 * too, so somebody may be in. */
static bool
choose_language(struct page_ctx *c)
{
	static const char *const langs[] = { "en", "it", "fr" };
	size_t i;

	for (i = 0; i < MEWS_LEN(langs); i++)
		if (strcmp(request_get(c->request, "lang"), langs[i]) == 0) {
			reply_cookie(c->reply, "__Host-mews-lang", langs[i]);
			reply_go(c->reply, c->who->in ? "/" : "/login");
			return true;
		}
	return false;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *next = request_get(c->request, "next");
	char text[64];
	int64_t wait = 0;
	bool factory = false;
	enum mews_rc rc;

	if (strcmp(c->request->method, "POST") != 0) {
		if (choose_language(c))
			return MEWS_OK;
		if (!c->who->in)
			return form(c, err);
		reply_go(c->reply, "/");
		return MEWS_OK;
	}
	if ((rc = sign_in(c, &factory, &wait, err)) == MEWS_OK) {
		reply_go(c->reply,
		    factory                ? "/setup"
			: leads_back(next) ? next
					   : "/");
		return MEWS_OK;
	}
	if (rc != MEWS_DENIED)
		return rc;
	c->reply->status = 403;
	view_int(c->view, "Login.wrong", 1);
	if (wait > 0) {
		people_wait(c, wait, text);
		view_say(c->view, "Login.wait", "login.wait", text, NULL);
	}
	return form(c, err);
}

const struct page page_login = {
	.path = "/login",
	.name = "login",
	.methods = PAGE_GET | PAGE_POST,
	.fields = fields,
	.show = show,
};
