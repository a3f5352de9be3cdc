/*
 * json.c - small enough that no library is needed to write it.
 */
#include "json.h"

#include <inttypes.h>

void
mews_json_text(struct mews_buf *b, const char *text)
{
	mews_buf_byte(b, '"');
	for (; *text != '\0'; text++)
		if (*text == '"' || *text == '\\' || *text == '<' ||
		    (unsigned char)*text < ' ')
			mews_buf_printf(b, "\\u%04x", (unsigned char)*text);
		else
			mews_buf_byte(b, (unsigned char)*text);
	mews_buf_byte(b, '"');
}

void
mews_json_next(struct mews_buf *b)
{
	if (b->n > 0 && b->s[b->n - 1] != '{' && b->s[b->n - 1] != '[')
		mews_buf_byte(b, ',');
}

void
mews_json_name(struct mews_buf *b, const char *name)
{
	mews_json_next(b);
	mews_json_text(b, name);
	mews_buf_byte(b, ':');
}

void
mews_json_member(struct mews_buf *b, const char *name, const char *text)
{
	mews_json_name(b, name);
	mews_json_text(b, text);
}

void
mews_json_int(struct mews_buf *b, const char *name, int64_t value)
{
	mews_json_name(b, name);
	mews_buf_printf(b, "%" PRId64, value);
}

void
mews_json_bool(struct mews_buf *b, const char *name, bool value)
{
	mews_json_name(b, name);
	mews_buf_str(b, value ? "true" : "false");
}
