/*
 * command_check.c - checking a command against its row.
 */
#include "command.h"
#include "str.h"

#include <string.h>

static bool
sized(const struct mews_field *f, size_t n)
{
	return (int64_t)n >= f->min && (int64_t)n <= f->max;
}

static bool
word(const struct mews_field *f, const char *s)
{
	return mews_str_word(s, (size_t)f->max) && sized(f, strlen(s));
}

static bool
digits(const struct mews_field *f, const char *s)
{
	return s[strspn(s, "0123456789")] == '\0' && sized(f, strlen(s));
}

static bool
token(const struct mews_field *f, const char *s)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789-_";

	return s[strspn(s, set)] == '\0' && sized(f, strlen(s));
}

static bool
integer(const struct mews_field *f, const char *s)
{
	int64_t n;

	return mews_str_int(s, f->min, f->max, &n);
}

static bool
text(const struct mews_field *f, const char *s)
{
	size_t n = strlen(s);

	return sized(f, n) && mews_str_utf8(s, n);
}

static const struct {
	bool (*fits)(const struct mews_field *, const char *);
	const char *must;
} types[] = {
	[MEWS_FIELD_WORD] = { word, "a word in lower case of length" },
	[MEWS_FIELD_DIGITS] = { digits, "digits, their number being" },
	[MEWS_FIELD_TOKEN] = { token, "a token of length" },
	[MEWS_FIELD_INT] = { integer, "a number" },
	[MEWS_FIELD_TEXT] = { text, "a text of length" },
};

static bool
has(const struct mews_message *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(m->field[i].name, name) == 0)
			return true;
	return false;
}

static const struct mews_field *
declared(const struct mews_command *c, const char *name)
{
	const struct mews_field *f;

	for (f = c->field; f < c->field + MEWS_LEN(c->field); f++)
		if (f->name != NULL && strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

/* Whether a token may be missing says the door; without one there is no ticket
 * either. */
static bool
excused(const struct mews_command *c, const struct mews_message *m,
    const char *name)
{
	return c->roles != 0 &&
	    (strcmp(name, "token") == 0 ||
		(strcmp(name, "ticket") == 0 && !has(m, "token")));
}

/* Every declared field is there, or optional, and none else. */
static enum mews_rc
check_names(const struct mews_command *c, const struct mews_message *m,
    struct mews_err *err)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (declared(c, m->field[i].name) == NULL)
			return mews_fail(err, MEWS_BAD, "%s has no field %s",
			    c->name, m->field[i].name);
	for (i = 0; i < MEWS_LEN(c->field) && c->field[i].name != NULL; i++)
		if (!c->field[i].optional && !has(m, c->field[i].name) &&
		    !excused(c, m, c->field[i].name))
			return mews_fail(err, MEWS_BAD, "%s needs %s", c->name,
			    c->field[i].name);
	return MEWS_OK;
}

enum mews_rc
mews_command_check(const struct mews_message *m,
    const struct mews_command **out, struct mews_err *err)
{
	const struct mews_command *c = mews_command_find(m->word);
	const struct mews_field *f;
	enum mews_rc rc;
	size_t i;

	if (c == NULL)
		return mews_fail(err, MEWS_BAD, "there is no command %s",
		    m->word);
	if ((rc = check_names(c, m, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < m->n; i++) {
		f = declared(c, m->field[i].name);
		if (!types[f->type].fits(f, m->field[i].value))
			return mews_fail(err, MEWS_BAD,
			    "%s: %s must be %s %lld to %lld", c->name, f->name,
			    types[f->type].must, (long long)f->min,
			    (long long)f->max);
	}
	*out = c;
	return MEWS_OK;
}
