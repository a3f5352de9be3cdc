/*
 * request.c - paths, queries, forms and cookies, each read once and strictly.
 *
 * Text is decoded in place, so a request costs no allocation and can be wiped.
 */
#include "request.h"

#include "str.h"

#include <string.h>

static int
hex(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decodes %XX, and '+' in forms, in place; false when malformed. */
static bool
decode(char *s, bool form)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '%') {
			int high = hex(s[1]);
			int low = high < 0 ? -1 : hex(s[2]);

			if (low < 0)
				return false;
			*to++ = (char)(high << 4 | low);
			s += 2;
		} else
			*to++ = form && *s == '+' ? ' ' : *s;
		if (to[-1] == '\0')
			return false;
	}
	*to = '\0';
	return true;
}

int
request_begin(struct request *r, request_env *env, void *arg)
{
	const char *head = env(arg, "SCRIPT_NAME");
	const char *tail = env(arg, "PATH_INFO");

	*r = (struct request){ 0 };
	r->method = env(arg, "REQUEST_METHOD");
	r->host = env(arg, "HTTP_HOST");
	r->origin = env(arg, "HTTP_ORIGIN");
	r->site = env(arg, "HTTP_SEC_FETCH_SITE");
	r->source = env(arg, "REMOTE_ADDR");
	r->cookies = env(arg, "HTTP_COOKIE");
	r->accept = env(arg, "HTTP_ACCEPT_LANGUAGE");
	if (strlen(head) + strlen(tail) >= sizeof(r->path))
		return 404;
	/* the web server has decoded both */
	(void)stpcpy(stpcpy(r->path, head), tail);
	if (!mews_str_utf8(r->path, strlen(r->path)))
		return 400;
	return 0;
}

static bool
only(const char *s, const char *allowed)
{
	return s[strspn(s, allowed)] == '\0';
}

#define DIGITS  "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static bool
word(const char *s, size_t max)
{
	return s[0] == '\0' || mews_str_word(s, max);
}

static bool
day(const char *s, size_t max)
{
	return strlen(s) <= max && only(s, DIGITS "-");
}

static bool
token(const char *s, size_t max)
{
	return strlen(s) <= max && only(s, DIGITS LETTERS "-_");
}

static bool
text(const char *s, size_t max)
{
	size_t n = strlen(s);

	return n <= max && mews_str_utf8(s, n);
}

static bool (*const fits[])(const char *, size_t) = {
	[REQUEST_WORD] = word,
	[REQUEST_DAY] = day,
	[REQUEST_TOKEN] = token,
	[REQUEST_TEXT] = text,
};

static const struct request_field *
declared(const struct request_field *f, const char *name)
{
	for (; f != NULL && f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

/* Index of a field, r->n when it is absent. */
static size_t
find(const struct request *r, const char *name)
{
	size_t i = 0;

	while (i < r->n && strcmp(r->field[i].name, name) != 0)
		i++;
	return i;
}

/* One NAME=VALUE, both still encoded. */
static int
take_one(struct request *r, char *name, char *value,
    const struct request_field *fields, struct mews_err *err)
{
	const struct request_field *f;

	if (!decode(name, true) || !decode(value, true)) {
		(void)mews_fail(err, MEWS_BAD, "a field is not well encoded");
		return 400;
	}
	if ((f = declared(fields, name)) == NULL) {
		(void)mews_fail(err, MEWS_BAD,
		    "a field that the page does not take");
		return 400;
	}
	if (find(r, name) < r->n) {
		(void)mews_fail(err, MEWS_BAD, "%s is there twice", f->name);
		return 400;
	}
	if (!fits[f->type](value, f->max)) {
		(void)mews_fail(err, MEWS_BAD, "%s is out of bounds", f->name);
		return strlen(value) > f->max ? 413 : 400;
	}
	r->field[r->n].name = f->name;
	r->field[r->n++].value = value;
	return 0;
}

int
request_take(struct request *r, const char *in, size_t n,
    const struct request_field *fields, struct mews_err *err)
{
	char *p = r->text, *end, *value;
	int status;

	if (n > REQUEST_BODY) {
		(void)mews_fail(err, MEWS_BAD, "%zu bytes, %d are taken", n,
		    REQUEST_BODY);
		return 413;
	}
	if (memchr(in, '\0', n) != NULL) {
		(void)mews_fail(err, MEWS_BAD, "a NUL byte");
		return 400;
	}
	memcpy(r->text, in, n);
	r->text[n] = '\0';
	for (; *p != '\0'; p = end) {
		end = p + strcspn(p, "&");
		if (*end != '\0')
			*end++ = '\0';
		if (r->n == REQUEST_FIELDS ||
		    (value = strchr(p, '=')) == NULL) {
			(void)mews_fail(err, MEWS_BAD,
			    "too many fields, or one without a value");
			return 400;
		}
		*value++ = '\0';
		if ((status = take_one(r, p, value, fields, err)) != 0)
			return status;
	}
	return 0;
}

const char *
request_get(const struct request *r, const char *name)
{
	size_t i = find(r, name);

	return i < r->n ? r->field[i].value : "";
}

void
request_cookie(const struct request *r, const char *name, char *out,
    size_t size)
{
	size_t len = strlen(name), n;
	const char *p = r->cookies;

	out[0] = '\0';
	while (*p != '\0') {
		p += strspn(p, "; ");
		n = strcspn(p, ";");
		if (n > len && strncmp(p, name, len) == 0 && p[len] == '=' &&
		    n - len - 1 < size) {
			memcpy(out, p + len + 1, n - len - 1);
			out[n - len - 1] = '\0';
			if (!only(out, DIGITS LETTERS "-_"))
				out[0] = '\0';
			return;
		}
		p += n;
	}
}

bool
request_local(const char *s)
{
	return s[0] == '/' && s[1] != '/' && strlen(s) < REQUEST_PATH &&
	    only(s, DIGITS LETTERS "-_/?=&.");
}

void
request_wipe(struct request *r)
{
	explicit_bzero(r->text, sizeof(r->text));
	r->n = 0;
}
