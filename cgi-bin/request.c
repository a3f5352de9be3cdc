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
	r->authorization = env(arg, "HTTP_AUTHORIZATION");
	r->renewal = env(arg, "HTTP_X_MEWS_RENEWAL")[0] != '\0';
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

/* What is wrong with a file the page says in its own words. */
static bool
file(const char *s, size_t max)
{
	return strlen(s) <= max;
}

static bool (*const fits[])(const char *, size_t) = {
	[REQUEST_WORD] = word,
	[REQUEST_DAY] = day,
	[REQUEST_TOKEN] = token,
	[REQUEST_TEXT] = text,
	[REQUEST_FILE] = file,
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

static int
take_one(struct request *r, const char *name, const char *value,
    const struct request_field *fields, struct mews_err *err)
{
	const struct request_field *f;

	if (r->n == REQUEST_FIELDS) {
		(void)mews_fail(err, MEWS_BAD, "too many fields");
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

static int
malformed(struct mews_err *err, const char *what)
{
	(void)mews_fail(err, MEWS_BAD, "%s", what);
	return 400;
}

static int
too_long(struct mews_err *err, size_t n, size_t most)
{
	(void)mews_fail(err, MEWS_BAD, "%zu bytes, %zu are taken", n, most);
	return 413;
}

int
request_take(struct request *r, const char *in, size_t n,
    const struct request_field *fields, struct mews_err *err)
{
	char *p = r->text, *end, *value;
	int status;

	if (n > REQUEST_BODY)
		return too_long(err, n, REQUEST_BODY);
	if (memchr(in, '\0', n) != NULL)
		return malformed(err, "a NUL byte");
	memcpy(r->text, in, n);
	r->text[n] = '\0';
	for (; *p != '\0'; p = end) {
		end = p + strcspn(p, "&");
		if (*end != '\0')
			*end++ = '\0';
		if ((value = strchr(p, '=')) == NULL)
			return malformed(err, "a field without a value");
		*value++ = '\0';
		if (!decode(p, true) || !decode(value, true))
			return malformed(err, "a field is not well encoded");
		if ((status = take_one(r, p, value, fields, err)) != 0)
			return status;
	}
	return 0;
}

/* "--" and the boundary into out, with the line end that stands before it;
 * false when the type has none. */
static bool
boundary(const char *type, char *out, size_t size)
{
	static const char set[] = DIGITS LETTERS "'()+_,-./:=?";
	const char *p = strstr(type, "boundary=");
	size_t n;

	if (p == NULL)
		return false;
	p += strlen("boundary=");
	p += *p == '"';
	n = strspn(p, set);
	if (n == 0 || n > 70 || n + 5 > size)
		return false;
	(void)stpcpy(out, "\r\n--");
	memcpy(out + 4, p, n);
	out[n + 4] = '\0';
	return true;
}

/* The value behind the head of a part, whose name it cuts out; NULL when the
 * head is not one of a form's. */
static char *
part_head(char *p, char **name)
{
	static const char key[] = "form-data; name=\"";
	char *end = strstr(p, "\r\n\r\n"), *quote;

	if (end == NULL)
		return NULL;
	*end = '\0';
	if ((*name = strstr(p, key)) == NULL)
		return NULL;
	*name += sizeof(key) - 1;
	if ((quote = strchr(*name, '"')) == NULL)
		return NULL;
	*quote = '\0';
	return end + 4;
}

/* Takes the parts of r->text; *file, where it is not NULL, is where the bytes of
 * a file begin, which then is not taken. */
static int
take_parts(struct request *r, const char *mark,
    const struct request_field *fields, char **file, struct mews_err *err)
{
	char *p = r->text, *end, *name, *value;
	const struct request_field *f;
	int status;

	if (strncmp(p, mark + 2, strlen(mark + 2)) != 0)
		return malformed(err, "the first part does not begin");
	for (p += strlen(mark + 2); strncmp(p, "\r\n", 2) == 0;
	     p = end + strlen(mark)) {
		if ((value = part_head(p, &name)) == NULL)
			return malformed(err, "a part does not begin");
		f = declared(fields, name);
		if (file != NULL && f != NULL && f->type == REQUEST_FILE) {
			*file = value;
			return 0;
		}
		if ((end = strstr(value, mark)) == NULL)
			return malformed(err, "a part does not end");
		*end = '\0';
		if ((status = take_one(r, name, value, fields, err)) != 0)
			return status;
	}
	return strncmp(p, "--", 2) == 0
	    ? 0
	    : malformed(err, "the last part does not end");
}

int
request_take_parts(struct request *r, const char *type, const char *in,
    size_t n, const struct request_field *fields, struct mews_err *err)
{
	char mark[REQUEST_MARK], *nul;

	if (n > REQUEST_PARTS)
		return too_long(err, n, REQUEST_PARTS);
	if (!boundary(type, mark, sizeof(mark)))
		return malformed(err, "no boundary of parts");
	memcpy(r->text, in, n);
	r->text[n] = '\0';
	/* what is no text is told by the page of the file */
	for (nul = r->text; (size_t)(nul - r->text) < n; nul++)
		if (*nul == '\0')
			*nul = '\1';
	return take_parts(r, mark, fields, NULL, err);
}

int
request_take_begun(struct request *r, const char *type, const char *in,
    size_t n, const struct request_field *fields, char mark[REQUEST_MARK],
    size_t *rest, struct mews_err *err)
{
	char *file = NULL;
	int status;

	if (n > REQUEST_PARTS || !boundary(type, mark, REQUEST_MARK))
		return malformed(err, "no boundary of parts");
	memcpy(r->text, in, n);
	r->text[n] = '\0';
	status = take_parts(r, mark, fields, &file, err);
	*rest = file == NULL ? n : (size_t)(file - r->text);
	return status;
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
