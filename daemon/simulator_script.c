/*
 * simulator_script.c - one table of the words behind a meter.
 */
#include "simulator_script.h"
#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS 24

struct reader {
	struct script *out;
	const struct house *house;
	const char *dir;
	char *word[MOST_WORDS];
	size_t n;
	struct meter *meter;
	char sick[64];
};

static bool
word_line(struct reader *r, const char *word)
{
	size_t i;

	for (i = 0; i < r->out->nlines; i++)
		if (strcmp(r->out->line[i].name, word) == 0) {
			r->meter->line = (unsigned)i;
			return true;
		}
	return false;
}

static bool
word_unit(struct reader *r, const char *word)
{
	int64_t n;

	if (!mews_str_int(word, 1, 247, &n))
		return false;
	r->meter->unit = (unsigned)n;
	return true;
}

static bool
word_vendor(struct reader *r, const char *word)
{
	return mews_str_copy(r->meter->vendor, sizeof(r->meter->vendor), word);
}

static bool
word_model(struct reader *r, const char *word)
{
	return mews_str_copy(r->meter->model, sizeof(r->meter->model), word);
}

static bool
word_shows(struct reader *r, const char *word)
{
	return (r->meter->feed = house_find(r->house, word)) != NULL;
}

static bool
word_base(struct reader *r, const char *word)
{
	return mews_str_int(word, 0, 1000000000, &r->meter->base);
}

static bool
word_pulse(struct reader *r, const char *word)
{
	return mews_str_int(word, 1, 1000000, &r->meter->pulse);
}

static bool
word_behind(struct reader *r, const char *word)
{
	return mews_str_int(word, 0, 1000, &r->meter->behind_h);
}

static bool
word_turn(struct reader *r, const char *word)
{
	int64_t n;

	if (!mews_str_int(word, 0, 10000, &n))
		return false;
	r->meter->turn_ms = (int)n;
	return true;
}

/* ADDRESS:VALUE */
static bool
word_code(struct reader *r, const char *word)
{
	size_t n = strcspn(word, ":");
	char at[8] = "";

	if (n >= sizeof(at) || word[n] == '\0')
		return false;
	memcpy(at, word, n);
	return mews_str_int(at, 0, 65535, &r->meter->code_at) &&
	    mews_str_int(word + n + 1, 1, UINT32_MAX, &r->meter->code);
}

static bool
word_sick(struct reader *r, const char *word)
{
	return mews_str_copy(r->sick, sizeof(r->sick), word);
}

static const struct {
	const char *name;
	bool (*run)(struct reader *, const char *);
} words[] = {
	{ "line", word_line },
	{ "unit", word_unit },
	{ "vendor", word_vendor },
	{ "model", word_model },
	{ "shows", word_shows },
	{ "base", word_base },
	{ "pulse", word_pulse },
	{ "turn", word_turn },
	{ "behind", word_behind },
	{ "code", word_code },
	{ "sick", word_sick },
};

static enum mews_rc
read_word(struct reader *r, size_t at, struct mews_err *err)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(words); i++)
		if (strcmp(words[i].name, r->word[at]) == 0)
			break;
	if (i == MEWS_LEN(words) || at + 1 == r->n ||
	    !words[i].run(r, r->word[at + 1]))
		return mews_fail(err, MEWS_BAD, "not understood: '%.40s %.60s'",
		    r->word[at], at + 1 < r->n ? r->word[at + 1] : "");
	return MEWS_OK;
}

/* "SICKNESS [DEGREE]". */
static enum mews_rc
ail(struct meter *m, char *text, struct mews_err *err)
{
	char *word[2];
	size_t n = mews_str_words(text, word, MEWS_LEN(word));

	if (n == 0 || n > MEWS_LEN(word))
		return mews_fail(err, MEWS_BAD, "SICKNESS [DEGREE]");
	return meter_ail(m, word[0], n == 2 ? word[1] : NULL, err);
}

static enum mews_rc
read_meter(struct reader *r, struct mews_err *err)
{
	struct meter *m = &r->out->meter[r->out->nmeters];
	enum mews_rc rc = MEWS_OK;
	size_t i;

	*m = (struct meter){ .pulse = 1, .turn_ms = 10 };
	r->meter = m;
	r->sick[0] = '\0';
	if (r->n < 2 || r->out->nmeters == SCRIPT_METERS ||
	    !mews_str_copy(m->plate, sizeof(m->plate), r->word[1]) ||
	    script_find(r->out, r->word[1]) != NULL)
		return mews_fail(err, MEWS_BAD, "a meter has its own plate");
	for (i = 2; i < r->n && rc == MEWS_OK; i += 2)
		rc = read_word(r, i, err);
	if (rc == MEWS_OK && (m->unit == 0 || m->feed == NULL))
		rc = mews_fail(err, MEWS_BAD, "%s: no unit, or shows nothing",
		    m->plate);
	if (rc == MEWS_OK)
		rc = meter_learn(m, r->dir, err);
	if (rc == MEWS_OK && r->sick[0] != '\0')
		rc = ail(m, r->sick, err);
	if (rc == MEWS_OK)
		r->out->nmeters++;
	return rc;
}

static enum mews_rc
read_line(struct reader *r, struct mews_err *err)
{
	struct script *s = r->out;
	bool tcp = r->n == 4 && strcmp(r->word[2], "tcp") == 0;
	int64_t baud;
	size_t i;

	if (r->n != 4 || s->nlines == SCRIPT_LINES ||
	    (!tcp && strcmp(r->word[2], "rtu") != 0) ||
	    !mews_str_int(r->word[3], 300, 1000000, &baud) ||
	    !mews_str_copy(s->line[s->nlines].name,
		sizeof(s->line[s->nlines].name), r->word[1]))
		return mews_fail(err, MEWS_BAD, "line NAME rtu|tcp BAUD");
	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, r->word[1]) == 0 ||
		    (tcp && s->line[i].tcp))
			return mews_fail(err, MEWS_BAD,
			    "a line has its own name; one is tcp");
	s->line[s->nlines].tcp = tcp;
	s->line[s->nlines++].baud = (int)baud;
	return MEWS_OK;
}

static enum mews_rc
read_text(struct reader *r, char *text, struct mews_err *err)
{
	r->n = mews_str_words(text, r->word, MOST_WORDS);
	if (r->n == 0)
		return MEWS_OK;
	if (r->n <= MOST_WORDS && strcmp(r->word[0], "line") == 0)
		return read_line(r, err);
	if (r->n <= MOST_WORDS && strcmp(r->word[0], "meter") == 0)
		return read_meter(r, err);
	return mews_fail(err, MEWS_BAD, "neither line nor meter");
}

enum mews_rc
script_read(const char *path, const char *dir, const struct house *h,
    struct script *out, struct mews_err *err)
{
	struct reader r = { .out = out, .house = h, .dir = dir };
	struct mews_err why;
	enum mews_rc rc = MEWS_OK;
	char text[512];
	unsigned line = 0;
	FILE *f;

	*out = (struct script){ .nlines = 0 };
	if ((f = fopen(path, "r")) == NULL)
		return mews_fail(err, MEWS_NONE, "%s: %s", path,
		    strerror(errno));
	while (rc == MEWS_OK && fgets(text, sizeof(text), f) != NULL) {
		line++;
		if (read_text(&r, text, &why) != MEWS_OK)
			rc = mews_fail(err, MEWS_BAD, "%s:%u: %s", path, line,
			    why.text);
	}
	(void)fclose(f);
	if (rc != MEWS_OK)
		script_clear(out);
	return rc;
}

void
script_clear(struct script *s)
{
	size_t i;

	for (i = 0; i < s->nmeters; i++)
		meter_clear(&s->meter[i]);
	*s = (struct script){ .nlines = 0 };
}

struct meter *
script_find(struct script *s, const char *plate)
{
	size_t i;

	for (i = 0; i < s->nmeters; i++)
		if (strcmp(s->meter[i].plate, plate) == 0)
			return &s->meter[i];
	return NULL;
}

enum mews_rc
script_obey(struct script *s, char *const *word, size_t n, struct mews_err *err)
{
	struct meter *m = script_find(s, word[0]);

	if (m == NULL)
		return mews_fail(err, MEWS_BAD, "no such meter: '%.40s'",
		    word[0]);
	return meter_ail(m, word[1], n == 3 ? word[2] : NULL, err);
}
