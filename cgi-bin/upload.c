/*
 * upload.c - long texts with lines, typed or from a file.
 */
#include "upload.h"

#include "str.h"

#include <ctype.h>
#include <stdio.h>
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

/* "no such key: 'x'" as the sentence mistake.no_such_key of the language about
 * x; false when it has none. */
static bool
translate(struct form *f, const char *sentence, struct mews_buf *out)
{
	const char *quote = strstr(sentence, " '"), *p;
	const char *end = quote == NULL ? strchr(sentence, '\0') : quote;
	char name[64], key[80], word[64] = "";
	size_t n = 0;

	for (p = sentence; p < end && n + 2 < sizeof(name); p++) {
		if (!isalnum((unsigned char)*p))
			continue;
		if (n > 0 && !isalnum((unsigned char)p[-1]))
			name[n++] = '_';
		name[n++] = (char)tolower((unsigned char)*p);
	}
	name[n] = '\0';
	(void)snprintf(key, sizeof(key), "mistake.%s", name);
	if (quote != NULL)
		(void)snprintf(word, sizeof(word), "%.*s",
		    (int)strlen(quote + 2) - 1, quote + 2);
	if (view_word(f->c->view, key)[0] == '\0' ||
	    !mews_str_utf8(word, strlen(word)))
		return false;
	view_tell(f->c->view, out, key, word, NULL);
	mews_buf_str(out, "");
	return true;
}

void
upload_mistake(struct form *f, const char *field, const char *sentence)
{
	const char *rest = strchr(sentence, ':');
	struct mews_buf words = { 0 };
	char line[12] = "";
	size_t n;

	rest = rest == NULL ? sentence : rest + 1;
	n = strspn(rest, "0123456789");
	if (n > 0 && n < sizeof(line)) {
		memcpy(line, rest, n);
		line[n] = '\0';
		rest += n + strspn(rest + n, ": ");
	}
	if (!mews_str_utf8(rest, strlen(rest)))
		form_wrong(f, field, "form.not_text", line, NULL);
	else if (translate(f, rest, &words))
		form_wrong(f, field, "profiles.mistake", line, words.s, NULL);
	else
		form_wrong(f, field, "profiles.mistake_quoted", line, rest,
		    NULL);
	mews_buf_clear(&words);
}
