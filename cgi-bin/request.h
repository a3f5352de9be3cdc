/*
 * request.h - what the browser asked for: hostile text in, bounded values out.
 *
 * Limits: path 255 bytes, a query or form 8 KiB, one of parts 64 KiB, 64
 * fields, names [a-z][a-z0-9_]{0,31}, each at most once; values are UTF-8
 * without control characters, but for files.  A page declares its fields; any
 * other is refused.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "mews.h"

#define REQUEST_BODY   8192
#define REQUEST_PARTS  65536
#define REQUEST_FIELDS 64
#define REQUEST_PATH   256

enum request_type {
	REQUEST_WORD,  /* mews_str_word() of at most max bytes, or nothing */
	REQUEST_DAY,   /* digits and '-' */
	REQUEST_TOKEN, /* A-Z a-z 0-9 - _ */
	REQUEST_TEXT,  /* any text of at most max bytes */
	REQUEST_FILE   /* any bytes; a NUL is '\1' */
};

/*
 * A field a page takes, in the query of a GET and in the form of a POST.
 */
struct request_field {
	const char *name; /* NULL ends the list */
	enum request_type type;
	size_t max; /* bytes */
};

struct request {
	const char *method, *host, *origin, *site, *source, *cookies, *accept;
	const char *authorization;
	bool renewal; /* a script asks for the page again, nobody is there */
	char path[REQUEST_PATH];
	char text[REQUEST_PARTS + 1];
	size_t n;
	struct {
		const char *name, *value;
	} field[REQUEST_FIELDS];
};

/*
 * What the web server passes on: a name of CGI in, "" when it is absent.
 */
typedef const char *request_env(void *, const char *name);

/*
 * Reads method, path and headers; r borrows their texts.  Returns 0 or the
 * HTTP status to answer.
 */
int request_begin(struct request *, request_env *, void *arg);

/*
 * Takes a query or a form of n bytes and checks it against the fields of the
 * page (NULL: none).  Returns 0 or the HTTP status to answer, 413 when it or a
 * value is too long; the sentence names the field.
 */
int request_take(struct request *, const char *text, size_t n,
    const struct request_field *, struct mews_err *);

/*
 * The same of a form of parts (multipart/form-data, RFC 7578), type being its
 * Content-Type.  What a browser says of a file beside its bytes is ignored.
 */
int request_take_parts(struct request *, const char *type, const char *text,
    size_t n, const struct request_field *, struct mews_err *);

/*
 * The same of one whose last field is a file of any size: text is its beginning,
 * and has the file's head and, at *rest of it, its first bytes.  mark is what
 * will stand behind its last, *rest is n where the form has no file.
 */
#define REQUEST_MARK 80
int request_take_begun(struct request *, const char *type, const char *text,
    size_t n, const struct request_field *, char mark[REQUEST_MARK],
    size_t *rest, struct mews_err *);

/*
 * "" when the field is absent.
 */
const char *request_get(const struct request *, const char *name);

/*
 * The cookie of that name into out of size bytes, "" when it is absent or does
 * not fit or has a byte other than A-Z a-z 0-9 - _.
 */
void request_cookie(const struct request *, const char *name, char *out,
    size_t size);

/*
 * True for a path of our own such as /meters/P1?by=day: what follows a sign-in
 * may lead there.
 */
bool request_local(const char *);

/*
 * Overwrites all that was typed.
 */
void request_wipe(struct request *);

#endif
