/*
 * profile.c - reads a meter profile: one table of keys, one of options, one of
 * units.
 *
 * What a register means is settled here once, as raw x mantissa x 10^exponent
 * in the stored integers of its quantity, so that no unit is looked at again.
 */
#include "profile.h"
#include "str.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS     16
#define MOST_READS     1024
#define MOST_BLOCK     125 /* Modbus application protocol 1.1b3, 6.3 and 6.4 */
#define MOST_DIGITS    18
#define MOST_REGISTERS 65536

struct reader {
	struct mews_profile *out;
	char *word[MOST_WORDS];
	size_t n;
	enum mews_word_order order;
	struct mews_err why;
	unsigned seen; /* bit i: keys[i] was there */
};

/* One unit in another: 1 unit = 10^exponent of base. */
static const struct unit {
	const char *name, *base;
	int exponent;
} units[] = {
	{ "mV", "V", -3 },
	{ "kV", "V", 3 },
	{ "mA", "A", -3 },
	{ "kW", "W", 3 },
	{ "kvar", "var", 3 },
	{ "kVA", "VA", 3 },
	{ "kWh", "Wh", 3 },
	{ "kvarh", "varh", 3 },
	{ "kVAh", "VAh", 3 },
	{ "m3", "L", 3 },
};

static bool
bad(struct reader *r, const char *what, const char *word)
{
	(void)mews_fail(&r->why, MEWS_BAD, "%s '%.60s'", what, word);
	return false;
}

static bool
integer(struct reader *r, const char *word, int64_t min, int64_t max,
    const char *what, int64_t *out)
{
	return mews_str_int(word, min, max, out) || bad(r, what, word);
}

static bool
unsigned64(const char *word, int base, uint64_t *out)
{
	char *end;

	if (!isxdigit((unsigned char)word[0]))
		return false;
	errno = 0;
	*out = strtoull(word, &end, base);
	return *end == '\0' && errno == 0;
}

static bool
read_text(struct reader *r, void *to, size_t size)
{
	const char *s = r->word[1];

	if (s[0] == '\0' || !mews_str_utf8(s, strlen(s)) ||
	    !mews_str_copy(to, size, s))
		return bad(r, "empty, too long or not UTF-8:", s);
	return true;
}

static bool
read_source(struct reader *r, void *to, size_t size)
{
	(void)to;
	(void)size;
	return r->word[1][0] != '\0' || bad(r, "no source", r->word[1]);
}

static bool
order(struct reader *r, const char *word, enum mews_word_order *out)
{
	*out =
	    strcmp(word, "low-first") == 0 ? MEWS_LOW_FIRST : MEWS_HIGH_FIRST;
	return *out == MEWS_LOW_FIRST || strcmp(word, "high-first") == 0 ||
	    bad(r, "neither high-first nor low-first:", word);
}

static bool
read_words(struct reader *r, void *to, size_t size)
{
	(void)to;
	(void)size;
	if (r->out->nreads != 0)
		return bad(r, "must come before the first read:", "words");
	return order(r, r->word[1], &r->order);
}

static bool
read_length(struct reader *r, void *to, size_t size)
{
	int64_t n;
	unsigned length;

	if (!integer(r, r->word[1], 0, MOST_BLOCK, "not 0 to 125:", &n))
		return false;
	length = (unsigned)n;
	memcpy(to, &length, size);
	return true;
}

/* A decimal such as -0.01 as mantissa x 10^exponent, shortest. */
static bool
decimal(const char *s, int64_t *mantissa, int *exponent)
{
	bool minus = s[0] == '-', point = false;
	int digits = 0, e = 0;
	int64_t n = 0;

	for (s += minus; *s != '\0'; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (!isdigit((unsigned char)*s) || ++digits > MOST_DIGITS)
			return false;
		n = n * 10 + (*s - '0');
		e -= point;
	}
	for (; n != 0 && n % 10 == 0; e++)
		n /= 10;
	*mantissa = minus ? -n : n;
	*exponent = e;
	return n != 0;
}

static bool
convert(struct reader *r, struct mews_profile_read *v, const char *unit)
{
	const char *base = v->quantity == NULL ? "pulse" : v->quantity->unit;
	struct unit same = { unit, unit, 0 };
	const struct unit *u = strcmp(unit, base) == 0 ? &same : NULL;
	size_t i;

	for (i = 0; i < MEWS_LEN(units) && u == NULL; i++)
		if (strcmp(units[i].name, unit) == 0 &&
		    strcmp(units[i].base, base) == 0)
			u = &units[i];
	if (u == NULL)
		return bad(r, "unit does not fit the quantity:", unit);
	v->exponent += u->exponent;
	if (v->quantity != NULL)
		v->exponent += v->quantity->decimals;
	return true;
}

static bool
option_order(struct reader *r, struct mews_profile_read *v, const char *s)
{
	return order(r, s, &v->order);
}

static bool
option_sign(struct reader *r, struct mews_profile_read *v, const char *s)
{
	int64_t n;

	if (!integer(r, s, 0, MOST_REGISTERS - 1, "no address:", &n))
		return false;
	v->sign = (uint16_t)n;
	v->has_sign = true;
	return true;
}

static bool
option_void(struct reader *r, struct mews_profile_read *v, const char *s)
{
	unsigned words = mews_register_words(v->type);

	if (!unsigned64(s, 16, &v->voided) ||
	    (words < 4 && v->voided >> (16 * words) != 0))
		return bad(r, "not so many bits:", s);
	v->has_void = true;
	return true;
}

static bool
option_modulus(struct reader *r, struct mews_profile_read *v, const char *s)
{
	uint16_t reg[4];
	uint64_t n = 0;
	size_t i;

	if (v->quantity != NULL && v->quantity->kind != MEWS_COUNTER)
		return bad(r, "only a counter starts again:", s);
	if (unsigned64(s, 10, &n))
		for (i = 4; i-- > 0; n >>= 16)
			reg[i] = (uint16_t)n;
	else
		return bad(r, "no modulus:", s);
	if (mews_register_value(mews_register_find("u64"), MEWS_HIGH_FIRST, reg,
		v->mantissa, v->exponent, &v->modulus) != MEWS_OK ||
	    v->modulus <= 0)
		return bad(r, "no modulus:", s);
	return true;
}

static bool
option_class(struct reader *r, struct mews_profile_read *v, const char *s)
{
	static const char *const names[] = {
		[MEWS_FAST] = "fast",
		[MEWS_NORMAL] = "normal",
		[MEWS_SLOW] = "slow",
	};
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++)
		if (strcmp(names[i], s) == 0) {
			v->class = (enum mews_poll_class)i;
			return true;
		}
	return bad(r, "neither fast, normal nor slow:", s);
}

static const struct {
	const char *name; /* with its = */
	bool (*run)(struct reader *, struct mews_profile_read *, const char *);
} options[] = {
	{ "order=", option_order },
	{ "sign=", option_sign },
	{ "void=", option_void },
	{ "modulus=", option_modulus },
	{ "class=", option_class },
};

static bool
option(struct reader *r, struct mews_profile_read *v, const char *word)
{
	size_t i, n;

	for (i = 0; i < MEWS_LEN(options); i++) {
		n = strlen(options[i].name);
		if (strncmp(options[i].name, word, n) == 0)
			return options[i].run(r, v, word + n);
	}
	return bad(r, "no such option:", word);
}

/* pulses_1 to pulses_9, else a quantity; each once in a profile. */
static bool
what(struct reader *r, struct mews_profile_read *v, const char *word)
{
	const struct mews_profile *p = r->out;
	size_t i;

	if (strncmp(word, "pulses_", 7) == 0 && word[7] >= '1' &&
	    word[7] < '1' + MEWS_PULSE_INPUTS && word[8] == '\0')
		v->pulses = (unsigned)(word[7] - '0');
	else if ((v->quantity = mews_quantity_find(word)) == NULL)
		return bad(r, "no such quantity:", word);
	for (i = 0; i < p->nreads; i++)
		if (p->read[i].quantity == v->quantity &&
		    p->read[i].pulses == v->pulses)
			return bad(r, "read twice:", word);
	return true;
}

static bool
place(struct reader *r, struct mews_profile_read *v)
{
	unsigned words;
	int64_t n;

	if (!integer(r, r->word[2], 1, 4, "function is not 1 to 4:", &n))
		return false;
	v->function = (uint8_t)n;
	if ((v->type = mews_register_find(r->word[4])) == NULL)
		return bad(r, "no such type:", r->word[4]);
	words = mews_register_words(v->type);
	if (v->function < 3 && words != 1)
		return bad(r, "functions 1 and 2 read bits, not:", r->word[4]);
	if (!integer(r, r->word[3], 0, MOST_REGISTERS - words,
		"no address:", &n))
		return false;
	v->address = (uint16_t)n;
	return true;
}

static bool
read_read(struct reader *r, void *to, size_t size)
{
	struct mews_profile *p = r->out;
	struct mews_profile_read v = { .class = MEWS_NORMAL };
	size_t i;

	(void)to;
	(void)size;
	v.order = r->order;
	if (!what(r, &v, r->word[1]) || !place(r, &v))
		return false;
	if (!decimal(r->word[5], &v.mantissa, &v.exponent))
		return bad(r, "no scale:", r->word[5]);
	if (!convert(r, &v, r->word[6]))
		return false;
	for (i = 7; i < r->n; i++)
		if (!option(r, &v, r->word[i]))
			return false;
	if (p->nreads == MOST_READS)
		return bad(r, "too many reads:", r->word[1]);
	p->read = mews_realloc(p->read, p->nreads + 1, sizeof(v));
	p->read[p->nreads++] = v;
	return true;
}

#define FIELD(f)                                                               \
	offsetof(struct mews_profile, f), sizeof(((struct mews_profile *)0)->f)
static const struct {
	const char *name;
	size_t min, max; /* words on the line */
	bool many, must;
	bool (*run)(struct reader *, void *field, size_t size);
	size_t field, size;
} keys[] = {
	{ "vendor", 2, 2, false, true, read_text, FIELD(vendor) },
	{ "model", 2, 2, false, true, read_text, FIELD(model) },
	{ "family", 2, 2, false, true, read_text, FIELD(family) },
	{ "source", 2, 2, true, true, read_source, 0, 0 },
	{ "words", 2, 2, false, true, read_words, 0, 0 },
	{ "block", 2, 2, false, false, read_length, FIELD(block) },
	{ "hole", 2, 2, false, false, read_length, FIELD(hole) },
	{ "read", 7, MOST_WORDS, true, true, read_read, 0, 0 },
};

static bool
read_line(struct reader *r, char *text)
{
	size_t i;

	if ((r->n = mews_str_words(text, r->word, MOST_WORDS)) > MOST_WORDS)
		return bad(r, "too many words or an open quote", "");
	if (r->n == 0)
		return true;
	for (i = 0; i < MEWS_LEN(keys); i++)
		if (strcmp(keys[i].name, r->word[0]) == 0)
			break;
	if (i == MEWS_LEN(keys))
		return bad(r, "no such key:", r->word[0]);
	if (r->n < keys[i].min || r->n > keys[i].max)
		return bad(r, "wrong number of words behind", r->word[0]);
	if (r->seen >> i & 1 && !keys[i].many)
		return bad(r, "said twice:", r->word[0]);
	r->seen |= 1u << i;
	return keys[i].run(r, (char *)r->out + keys[i].field, keys[i].size);
}

static unsigned
widest(const struct mews_profile *p)
{
	unsigned most = 1, n;
	size_t i;

	for (i = 0; i < p->nreads; i++)
		if ((n = mews_register_words(p->read[i].type)) > most)
			most = n;
	return most;
}

static int
by_address(const void *a, const void *b)
{
	const struct mews_profile_read *x = a, *y = b;

	return x->function != y->function ? x->function - y->function
					  : x->address - y->address;
}

static enum mews_rc
read_file(FILE *f, const char *path, struct mews_profile *out,
    struct mews_err *err)
{
	struct reader r = { .out = out };
	enum mews_rc rc = MEWS_OK;
	char *text = NULL;
	size_t cap = 0, line = 0, i;
	ssize_t n;

	while (rc == MEWS_OK && (n = getline(&text, &cap, f)) >= 0) {
		line++;
		if (strlen(text) != (size_t)n)
			rc = mews_fail(err, MEWS_BAD, "%s:%zu: a NUL byte",
			    path, line);
		else if (!read_line(&r, text))
			rc = mews_fail(err, MEWS_BAD, "%s:%zu: %s", path, line,
			    r.why.text);
	}
	free(text);
	if (rc == MEWS_OK && ferror(f))
		return mews_fail(err, MEWS_FAIL, "%s: cannot be read", path);
	if (rc == MEWS_OK && out->block < widest(out))
		return mews_fail(err, MEWS_BAD,
		    "%s: block %u is too short for the widest value", path,
		    out->block);
	for (i = 0; i < MEWS_LEN(keys) && rc == MEWS_OK; i++)
		if (keys[i].must && !(r.seen >> i & 1))
			rc = mews_fail(err, MEWS_BAD, "%s:%zu: no '%s'", path,
			    line, keys[i].name);
	return rc;
}

enum mews_rc
mews_profile_load(const char *dir, const char *name, struct mews_profile *out,
    struct mews_err *err)
{
	char path[512];
	enum mews_rc rc;
	FILE *f;

	*out = (struct mews_profile){ .block = MOST_BLOCK };
	if (!mews_str_word(name, sizeof(out->name) - 1))
		return mews_fail(err, MEWS_BAD, "'%.60s' is no profile's name",
		    name);
	(void)strcpy(out->name, name);
	if (snprintf(path, sizeof(path), "%s/%s.meter", dir, name) >=
	    (int)sizeof(path))
		return mews_fail(err, MEWS_BAD, "%.60s: too long", dir);
	if ((f = fopen(path, "r")) == NULL)
		rc = mews_fail(err, errno == ENOENT ? MEWS_NONE : MEWS_FAIL,
		    "%s: %s", path, strerror(errno));
	else {
		rc = read_file(f, path, out, err);
		(void)fclose(f);
	}
	if (rc != MEWS_OK)
		mews_profile_clear(out);
	else
		qsort(out->read, out->nreads, sizeof(*out->read), by_address);
	return rc;
}

void
mews_profile_clear(struct mews_profile *p)
{
	free(p->read);
	*p = (struct mews_profile){ 0 };
}
