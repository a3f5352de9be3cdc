/*
 * csv.c - cells, separators, and text that no spreadsheet runs.
 */
#include "csv.h"

#include "quantity.h"

#include <string.h>

static const struct {
	const char *format, *lang;
	char separator, point;
	bool crlf, mark;
} styles[] = {
	{ "excel", "en", ',', '.', true, true },
	{ "excel", "it", ';', ',', true, true },
	{ "excel", "fr", ';', ',', true, true },
	{ "programs", "", ',', '.', false, false }, /* stays last */
};

void
mews_csv_init(struct mews_csv *c, struct mews_buf *out, const char *format,
    const char *lang)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(styles) - 1; i++)
		if (strcmp(styles[i].format, format) == 0 &&
		    strcmp(styles[i].lang, lang) == 0)
			break;
	*c = (struct mews_csv){
		.out = out,
		.separator = styles[i].separator,
		.point = styles[i].point,
		.crlf = styles[i].crlf,
		.mark = styles[i].mark,
	};
}

/* What stands before a cell. */
static void
begin(struct mews_csv *c)
{
	if (c->mark)
		mews_buf_str(c->out, "\xef\xbb\xbf");
	c->mark = false;
	if (c->begun)
		mews_buf_byte(c->out, (unsigned char)c->separator);
	c->begun = true;
}

void
mews_csv_text(struct mews_csv *c, const char *text)
{
	const char special[] = { c->separator, '"', '\r', '\n', '\t', '\'',
		'\0' };
	bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;

	begin(c);
	if (!formula && text[strcspn(text, special)] == '\0') {
		mews_buf_str(c->out, text);
		return;
	}
	mews_buf_str(c->out, formula ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			mews_buf_byte(c->out, '"');
		mews_buf_byte(c->out, (unsigned char)*text);
	}
	mews_buf_byte(c->out, '"');
}

void
mews_csv_number(struct mews_csv *c, int64_t value, int exponent, int decimals)
{
	char text[MEWS_NUMBER], *point;

	mews_number_plain(text, value, exponent, decimals);
	if ((point = strchr(text, '.')) != NULL)
		*point = c->point;
	begin(c);
	mews_buf_str(c->out, text);
}

void
mews_csv_nothing(struct mews_csv *c)
{
	begin(c);
}

void
mews_csv_end(struct mews_csv *c)
{
	mews_buf_str(c->out, c->crlf ? "\r\n" : "\n");
	c->begun = false;
}
