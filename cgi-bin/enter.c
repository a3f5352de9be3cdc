/*
 * enter.c - what a request must be before its page sees it.
 */
#include "enter.h"

#include "str.h"

#include <stdio.h>
#include <string.h>

int
enter_take(struct request *r, const struct page *p, request_env *env,
    enter_body *body, void *arg, struct mews_err *err)
{
	static const char form[] = "application/x-www-form-urlencoded";
	static const char parts[] = "multipart/form-data";
	char text[REQUEST_PARTS + 2];
	const char *query = env(arg, "QUERY_STRING");
	const char *type = env(arg, "CONTENT_TYPE");
	bool many = p->parts && strncmp(type, parts, sizeof(parts) - 1) == 0;
	size_t n;
	int status;

	if (strcmp(r->method, "POST") != 0) {
		status = request_take(r, query, strlen(query), p->fields, err);
		return status == 413 ? 400 : status;
	}
	if (!many && strncmp(type, form, sizeof(form) - 1) != 0) {
		(void)mews_fail(err, MEWS_BAD, "%s: not a form", p->path);
		return 415;
	}
	n = body(arg, text, (many ? REQUEST_PARTS : REQUEST_BODY) + 1);
	status = many ? request_take_parts(r, type, text, n, p->fields, err)
		      : request_take(r, text, n, p->fields, err);
	explicit_bzero(text, sizeof(text));
	return status;
}

int
enter_take_file(struct request *r, const struct page *p, request_env *env,
    enter_body *body, void *arg, struct page_file *f, struct mews_err *err)
{
	const char *type = env(arg, "CONTENT_TYPE");
	size_t n, rest = 0;
	int status;

	*f = (struct page_file){ .read = body, .arg = arg };
	if (strncmp(type, "multipart/form-data", 19) != 0)
		return enter_take(r, p, env, body, arg, err);
	(void)mews_str_int(env(arg, "CONTENT_LENGTH"), 0, INT64_MAX, &f->size);
	n = body(arg, f->begun, REQUEST_BODY);
	status = request_take_begun(r, type, f->begun, n, p->fields, f->mark,
	    &rest, err);
	if (status == 0) {
		f->n = n - rest;
		memmove(f->begun, f->begun + rest, f->n);
	}
	return status;
}

/* The sign-in page, leading back to here where that is a plain address; of a
 * form, to its page. */
static void
to_login(const struct request *r, const struct page *p, char *go, size_t size)
{
	bool post = strcmp(r->method, "POST") == 0;
	struct mews_buf b = { 0 };
	size_t i;

	mews_buf_str(&b, r->path);
	for (i = 0; !post && i < r->n; i++)
		mews_buf_printf(&b, "%s%s%%3D%s", i == 0 ? "%3F" : "%26",
		    r->field[i].name, r->field[i].value);
	if (!(p->methods & PAGE_GET) || b.n < 2 || b.n + 32 > size ||
	    b.s[strspn(b.s,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ%/-_"
		"abcdefghijklmnopqrstuvwxyz0123456789")] != '\0')
		(void)snprintf(go, size, "/login%s", post ? "?done=over" : "");
	else
		(void)snprintf(go, size, "/login?next=%s%s", b.s,
		    post ? "&done=over" : "");
	mews_buf_clear(&b);
}

int
enter_admit(const struct request *r, const struct gate_session *who,
    const struct page *p, char *go, size_t size)
{
	if (who->refused || (who->key && !p->key))
		return who->refused ? 401 : 403;
	if (p->roles != 0 && !who->in) {
		to_login(r, p, go, size);
		return p->machine ? 401 : 303;
	}
	if (p->roles != 0 && (p->roles & 1u << who->role) == 0)
		return 403;
	if (who->in && who->factory && p->stage == PAGE_COMMISSIONED) {
		(void)snprintf(go, size, "/setup");
		return p->machine ? 403 : 303;
	}
	if (who->in && !who->factory && p->stage == PAGE_FACTORY) {
		(void)snprintf(go, size, "/");
		return 303;
	}
	return 0;
}

/* The language of those n letters, "" when it is none of ours. */
static const char *
spoken(const char *name, size_t n)
{
	static const char *const all[] = { "en", "it", "fr" };
	size_t i;

	for (i = 0; i < MEWS_LEN(all); i++)
		if (n == strlen(all[i]) && strncmp(name, all[i], n) == 0)
			return all[i];
	return "";
}

/* The first of Accept-Language that we speak: browsers send the best first. */
static const char *
accepted(const char *p)
{
	const char *lang = "";

	for (; *p != '\0' && lang[0] == '\0'; p += strcspn(p, ",")) {
		p += strspn(p, ", ");
		lang = spoken(p, strcspn(p, "-;, "));
	}
	return lang;
}

const char *
enter_language(const struct request *r, const struct gate_session *who,
    const char *box)
{
	char asked[3];
	const char *lang = "";

	request_cookie(r, "__Host-mews-lang", asked, sizeof(asked));
	if (who->in)
		lang = spoken(who->lang, strlen(who->lang));
	if (lang[0] == '\0')
		lang = spoken(asked, strlen(asked));
	if (lang[0] == '\0')
		lang = accepted(r->accept);
	if (lang[0] == '\0')
		lang = spoken(box, strlen(box));
	return lang[0] == '\0' ? "en" : lang;
}
