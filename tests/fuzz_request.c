/*
 * fuzz_request.c - any bytes as a query, a form, a form of parts or cookies:
 * what is taken is declared, there once and within its bounds.
 *
 * Input: which of them, then the bytes; parts begin with a line that is their
 * Content-Type.
 */
#include "fuzz.h"
#include "request.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "token", REQUEST_TOKEN, 8 },
	{ "name", REQUEST_TEXT, 12 },
	{ "file", REQUEST_FILE, 4000 },
	{ NULL, REQUEST_WORD, 0 },
};

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
look(const struct request *r)
{
	const struct request_field *f;
	const char *v, *c;
	size_t i, k;

	must(r->n <= REQUEST_FIELDS);
	for (i = 0; i < r->n; i++) {
		for (f = fields; f->name != NULL; f++)
			if (strcmp(f->name, r->field[i].name) == 0)
				break;
		must(f->name != NULL);
		v = r->field[i].value;
		must(v >= r->text && strlen(v) <= f->max);
		must(v + strlen(v) <= r->text + REQUEST_PARTS);
		for (k = 0; k < i; k++)
			must(strcmp(r->field[k].name, f->name) != 0);
		for (c = v; f->type != REQUEST_FILE && *c != '\0'; c++)
			must((unsigned char)*c >= ' ' && *c != 0x7f);
	}
	must(strcmp(request_get(r, "other"), "") == 0);
}

static void
cookies(struct request *r, char *text)
{
	static const char most[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789-_";
	char out[44];

	r->cookies = text;
	request_cookie(r, "__Host-mews", out, sizeof(out));
	must(strlen(out) < sizeof(out) && strspn(out, most) == strlen(out));
	(void)request_local(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct request r;
	struct mews_err err;
	char *text, *line;
	int code = -1;

	if (size < 1 || size > REQUEST_PARTS)
		return 0;
	text = malloc(size);
	must(text != NULL);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	memset(&r, 0, sizeof(r));
	if (data[0] % 3 == 0)
		code = request_take(&r, text, size - 1, fields, &err);
	else if (data[0] % 3 == 1)
		cookies(&r, text);
	else if ((line = strchr(text, '\n')) != NULL) {
		*line++ = '\0';
		code = request_take_parts(&r, text, line,
		    (size_t)(text + size - 1 - line), fields, &err);
	}
	must(code == -1 || code == 0 || (code >= 400 && code < 500));
	if (code == 0)
		look(&r);
	request_wipe(&r);
	free(text);
	return 0;
}
