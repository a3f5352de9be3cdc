/*
 * message.c - strict lines: what is not exactly in the form is refused whole.
 *
 * Values may be codes.  A line is put together in one place that is wiped, so
 * that a growing buffer leaves no copies behind.
 */
#include "message.h"
#include "str.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
	[MEWS_OK] = "ok",
	[MEWS_NONE] = "none",
	[MEWS_BAD] = "bad",
	[MEWS_DENIED] = "denied",
	[MEWS_AGAIN] = "again",
	[MEWS_FAIL] = "fail",
};

#define WORD_MOST (sizeof(((struct mews_message *)NULL)->word) - 1)

void
mews_message_init(struct mews_message *m, const char *word)
{
	bool fits = mews_str_copy(m->word, sizeof(m->word), word);

	assert(fits);
	(void)fits;
	m->n = 0;
}

static void
wipe(char *s)
{
	explicit_bzero(s, strlen(s));
	free(s);
}

void
mews_message_clear(struct mews_message *m)
{
	for (; m->n > 0; m->n--) {
		free(m->field[m->n - 1].name);
		wipe(m->field[m->n - 1].value);
	}
	m->word[0] = '\0';
}

/* Index of a field, m->n when it is absent. */
static size_t
find(const struct mews_message *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(m->field[i].name, name) == 0)
			break;
	return i;
}

void
mews_message_set(struct mews_message *m, const char *name, const char *value)
{
	size_t i = find(m, name);

	if (i < m->n)
		wipe(m->field[i].value);
	else {
		assert(m->n < MEWS_COMMAND_FIELDS);
		m->field[m->n++].name = mews_strdup(name);
	}
	m->field[i].value = mews_strdup(value);
}

void
mews_message_set_int(struct mews_message *m, const char *name, int64_t n)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%lld", (long long)n);
	mews_message_set(m, name, text);
}

const char *
mews_message_get(const struct mews_message *m, const char *name)
{
	size_t i = find(m, name);

	return i < m->n ? m->field[i].value : "";
}

int64_t
mews_message_int(const struct mews_message *m, const char *name, int64_t def)
{
	int64_t n = def;

	(void)mews_str_int(mews_message_get(m, name), INT64_MIN, INT64_MAX, &n);
	return n;
}

void
mews_message_answer(struct mews_message *m, enum mews_rc rc,
    const struct mews_err *err)
{
	char text[sizeof(err->text)];
	size_t i;

	(void)mews_str_copy(m->word, sizeof(m->word), words[rc]);
	if (rc == MEWS_OK || err == NULL)
		return;
	(void)mews_str_copy(text, sizeof(text), err->text);
	/* a sentence may be cut within a character */
	if (!mews_str_utf8(text, strlen(text)))
		for (i = 0; text[i] != '\0'; i++)
			if (text[i] < ' ' || text[i] > '~')
				text[i] = '?';
	mews_message_set(m, "text", text);
}

enum mews_rc
mews_message_rc(const struct mews_message *m)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(words); i++)
		if (strcmp(words[i], m->word) == 0)
			return (enum mews_rc)i;
	return MEWS_FAIL;
}

struct line {
	char s[MEWS_COMMAND_LINE];
	size_t n;
	bool full;
};

static void
put(struct line *l, char c)
{
	if (l->n < sizeof(l->s))
		l->s[l->n++] = c;
	else
		l->full = true;
}

static void
put_text(struct line *l, const char *s)
{
	while (*s != '\0')
		put(l, *s++);
}

static void
put_value(struct line *l, const char *s)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c;

	for (; (c = (unsigned char)*s) != '\0'; s++)
		if (c > ' ' && c <= '~' && c != '%')
			put(l, (char)c);
		else {
			put(l, '%');
			put(l, hex[c >> 4]);
			put(l, hex[c & 15]);
		}
}

enum mews_rc
mews_message_write(const struct mews_message *m, struct mews_buf *out,
    struct mews_err *err)
{
	struct line l = { .n = 0 };
	enum mews_rc rc = MEWS_OK;
	size_t i;

	if (!mews_str_word(m->word, WORD_MOST))
		rc = mews_fail(err, MEWS_BAD, "a message needs a word");
	put_text(&l, m->word);
	for (i = 0; i < m->n && rc == MEWS_OK; i++) {
		if (!mews_str_word(m->field[i].name, WORD_MOST) ||
		    !mews_str_utf8(m->field[i].value,
			strlen(m->field[i].value)))
			rc = mews_fail(err, MEWS_BAD,
			    "%s: field %zu cannot be written", m->word, i + 1);
		put(&l, ' ');
		put_text(&l, m->field[i].name);
		put(&l, '=');
		put_value(&l, m->field[i].value);
	}
	put(&l, '\n');
	if (rc == MEWS_OK && l.full)
		rc = mews_fail(err, MEWS_BAD, "%s: longer than %d bytes",
		    m->word, MEWS_COMMAND_LINE);
	if (rc == MEWS_OK)
		mews_buf_put(out, l.s, l.n);
	explicit_bzero(&l, sizeof(l));
	return rc;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	    : c >= 'a' && c <= 'f'  ? c - 'a' + 10
	    : c >= 'A' && c <= 'F'  ? c - 'A' + 10
				    : -1;
}

/* Decodes a value in place; false when it is malformed. */
static bool
decode(char *s)
{
	char *out = s, *begin = s;

	for (; *s != '\0'; s++) {
		if (*s < '!' || *s > '~')
			return false;
		if (*s != '%') {
			*out++ = *s;
			continue;
		}
		if (digit(s[1]) < 0 || digit(s[2]) < 0)
			return false;
		*out++ = (char)(digit(s[1]) << 4 | digit(s[2]));
		s += 2;
	}
	*out = '\0';
	return mews_str_utf8(begin, (size_t)(out - begin));
}

/* Takes one NAME=VALUE. */
static enum mews_rc
take(struct mews_message *m, char *part, struct mews_err *err)
{
	char *value = strchr(part, '=');

	if (value != NULL)
		*value++ = '\0';
	if (value == NULL || !mews_str_word(part, WORD_MOST))
		return mews_fail(err, MEWS_BAD,
		    "%s: field %zu is not NAME=VALUE", m->word, m->n + 1);
	if (!decode(value))
		return mews_fail(err, MEWS_BAD,
		    "%s: the value of %s is malformed", m->word, part);
	if (find(m, part) < m->n)
		return mews_fail(err, MEWS_BAD, "%s: %s is there twice",
		    m->word, part);
	if (m->n == MEWS_COMMAND_FIELDS)
		return mews_fail(err, MEWS_BAD, "%s: more than %d fields",
		    m->word, MEWS_COMMAND_FIELDS);
	mews_message_set(m, part, value);
	return MEWS_OK;
}

enum mews_rc
mews_message_read(const char *line, struct mews_message *out,
    struct mews_err *err)
{
	char text[MEWS_COMMAND_LINE], *p, *end;
	enum mews_rc rc = MEWS_OK;

	mews_message_init(out, "");
	if (strlen(line) >= sizeof(text))
		return mews_fail(err, MEWS_BAD, "a line has more than %d bytes",
		    MEWS_COMMAND_LINE);
	(void)mews_str_copy(text, sizeof(text), line);
	end = strchr(text, ' ');
	if (end != NULL)
		*end = '\0';
	if (!mews_str_word(text, WORD_MOST))
		rc = mews_fail(err, MEWS_BAD, "a line must begin with a word");
	else
		mews_message_init(out, text);
	for (p = end; p != NULL && rc == MEWS_OK; p = end) {
		end = strchr(p + 1, ' ');
		if (end != NULL)
			*end = '\0';
		rc = take(out, p + 1, err);
	}
	if (rc != MEWS_OK)
		mews_message_clear(out);
	explicit_bzero(text, sizeof(text));
	return rc;
}
