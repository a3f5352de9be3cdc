/*
 * upload.c - long texts with lines, typed or from a file.
 */
#include "upload.h"

#include "str.h"

#include <string.h>

void
upload_take(const struct request *r, struct mews_buf *out)
{
	const char *s = request_get(r, "file");

	if (s[0] == '\0')
		s = request_get(r, "text");
	mews_buf_str(out, "");
	for (; *s != '\0'; s++)
		if (*s != '\r')
			mews_buf_byte(out, (unsigned char)*s);
	if (out->n > 0 && out->s[out->n - 1] != '\n')
		mews_buf_byte(out, '\n');
}

bool
upload_shown(const char *p)
{
	const char *end;

	for (; *p != '\0'; p = end + (*end != '\0')) {
		end = p + strcspn(p, "\n\t");
		if (!mews_str_utf8(p, (size_t)(end - p)))
			return false;
	}
	return true;
}

void
upload_mistake(struct form *f, const char *field, const char *key,
    const char *sentence)
{
	const char *rest = strchr(sentence, ':');
	char line[12] = "";
	size_t n;

	rest = rest == NULL ? sentence : rest + 1;
	n = strspn(rest, "0123456789");
	if (n > 0 && n < sizeof(line)) {
		memcpy(line, rest, n);
		line[n] = '\0';
		rest += n + strspn(rest + n, ": ");
	}
	if (mews_str_utf8(rest, strlen(rest)))
		form_wrong(f, field, key, line, rest, NULL);
	else
		form_wrong(f, field, "form.not_text", line, NULL);
}
