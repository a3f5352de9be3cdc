/*
 * profile_key.c - the lines of a profile: one table of keys.
 */
#include "profile_word.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

typedef bool read_key(struct mews_profile_line *, void *field, size_t size);

static bool
read_text(struct mews_profile_line *l, void *to, size_t size)
{
	return (l->word[1][0] != '\0' && mews_str_copy(to, size, l->word[1])) ||
	    mews_profile_bad(l, "empty or too long:", l->word[1]);
}

static bool
read_lacks(struct mews_profile_line *l, void *to, size_t size)
{
	l->lacks_at = l->number;
	return read_text(l, to, size);
}

static bool
read_source(struct mews_profile_line *l, void *to, size_t size)
{
	(void)to;
	(void)size;
	return l->word[1][0] != '\0' ||
	    mews_profile_bad(l, "no source", l->word[1]);
}

/* What changes how the lines behind it are read. */
static bool
comes_first(struct mews_profile_line *l)
{
	const struct mews_profile *p = l->out;

	return p->nreads + p->nmarks + p->ncommands == 0 ||
	    mews_profile_bad(l,
		"must come before the first address:", l->word[0]);
}

static bool
read_words(struct mews_profile_line *l, void *to, size_t size)
{
	(void)to;
	(void)size;
	return comes_first(l) && mews_profile_order(l, l->word[1], &l->order);
}

static bool
read_base(struct mews_profile_line *l, void *to, size_t size)
{
	uint16_t n;

	(void)to;
	(void)size;
	if (!comes_first(l) || !mews_profile_address(l, l->word[1], 1, &n))
		return false;
	l->base = n;
	return true;
}

static bool
number(struct mews_profile_line *l, void *to, size_t size, int64_t min,
    int64_t max, const char *wrong)
{
	unsigned n;
	int64_t wide;

	if (!mews_profile_integer(l, l->word[1], min, max, wrong, &wide))
		return false;
	n = (unsigned)wide;
	memcpy(to, &n, size);
	return true;
}

static bool
read_length(struct mews_profile_line *l, void *to, size_t size)
{
	return number(l, to, size, 0, MEWS_PROFILE_BLOCK, "not 0 to 125:");
}

static bool
read_seconds(struct mews_profile_line *l, void *to, size_t size)
{
	return number(l, to, size, 1, 3600, "not 1 to 3600 seconds:");
}

static bool
read_ms(struct mews_profile_line *l, void *to, size_t size)
{
	return number(l, to, size, 1, 10000, "not 1 to 10000 milliseconds:");
}

/* BAUD and 8N1, 8E2 ... */
static bool
read_serial(struct mews_profile_line *l, void *to, size_t size)
{
	static const int rates[] = { 1200, 2400, 4800, 9600, 19200, 38400,
		57600, 115200 };
	const char *form = l->word[2];
	size_t i;
	int64_t n;

	(void)to;
	(void)size;
	for (i = 0; i < MEWS_LEN(rates); i++)
		if (mews_str_int(l->word[1], rates[i], rates[i], &n))
			l->out->baud = rates[i];
	if (l->out->baud == 0)
		return mews_profile_bad(l, "no such speed:", l->word[1]);
	if (strlen(form) != 3 || form[0] != '8' ||
	    strchr("NEO", form[1]) == NULL || strchr("12", form[2]) == NULL)
		return mews_profile_bad(l, "not 8N1, 8E1, 8O1, 8N2 ...:", form);
	l->out->parity = form[1];
	l->out->stop = form[2] - '0';
	return true;
}

/* Numbers and spans of them, "14a-151,153": left in the word as they were. */
static bool
read_spans(struct mews_profile_line *l, struct mews_profile_mark *m,
    const char *value)
{
	unsigned bits = 16 * mews_register_words(m->type);
	uint64_t most = bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;
	char text[80], *rest = text, *one, *to;

	if (!mews_str_copy(text, sizeof(text), value))
		return mews_profile_bad(l, "empty or too long:", value);
	while ((one = strsep(&rest, ",")) != NULL) {
		if (m->nspans == MEWS_MARK_SPANS)
			return mews_profile_bad(l, "one too many:", one);
		if ((to = strchr(one, '-')) != NULL)
			*to++ = '\0';
		if (!mews_profile_unsigned(one, 16, &m->span[m->nspans].from) ||
		    !mews_profile_unsigned(to == NULL ? one : to, 16,
			&m->span[m->nspans].to) ||
		    m->span[m->nspans].to > most ||
		    m->span[m->nspans].from > m->span[m->nspans].to)
			return mews_profile_bad(l, "not so many bits:", value);
		m->nspans++;
	}
	return true;
}

/* FUNCTION ADDRESS TYPE VALUE */
static bool
read_mark(struct mews_profile_line *l, void *to, size_t size)
{
	struct mews_profile_mark m = { .order = l->order };
	const char *value = l->word[4];
	unsigned words;

	(void)to;
	(void)size;
	if (l->out->nmarks == MEWS_MARKS)
		return mews_profile_bad(l, "one too many:", l->word[0]);
	if (!mews_profile_place(l, 1, &m.function, &m.address, &m.type))
		return false;
	words = mews_register_words(m.type);
	if (!mews_register_is_number(m.type)) {
		if (value[0] == '\0' || strlen(value) > 2 * (size_t)words)
			return mews_profile_bad(l, "empty or too long:", value);
		(void)mews_str_copy(m.text, sizeof(m.text), value);
	} else if (!read_spans(l, &m, value))
		return false;
	l->out->mark[l->out->nmarks++] = m;
	return true;
}

/* The word i is a state, the next one a value of it. */
static bool
read_state(struct mews_profile_line *l, size_t i,
    const struct mews_quantity **state, int64_t *value)
{
	if ((*state = mews_quantity_find(l->word[i])) == NULL ||
	    (*state)->kind != MEWS_STATE)
		return mews_profile_bad(l, "no state:", l->word[i]);
	return mews_profile_integer(l, l->word[i + 1], 0, INT32_MAX,
	    "no value of a state:", value);
}

static bool
command_words(struct mews_profile_line *l, struct mews_profile_command *c)
{
	int64_t function, value, within;

	if (!mews_str_word(l->word[1], sizeof(c->name) - 1))
		return mews_profile_bad(l, "no command's name:", l->word[1]);
	(void)mews_str_copy(c->name, sizeof(c->name), l->word[1]);
	if (!mews_str_int(l->word[2], 5, 16, &function) ||
	    (function > 6 && function < 16))
		return mews_profile_bad(l,
		    "function is not 5, 6 or 16:", l->word[2]);
	c->function = (uint8_t)function;
	if (!mews_profile_address(l, l->word[3], 1, &c->address) ||
	    !mews_profile_integer(l, l->word[4], 0, function == 5 ? 1 : 65535,
		"no value to write:", &value))
		return false;
	c->value = (uint16_t)value;
	if (!read_state(l, 5, &c->state, &c->wanted) ||
	    !mews_profile_integer(l, l->word[7], 1, 600,
		"not 1 to 600 seconds:", &within))
		return false;
	c->within_s = (unsigned)within;
	return true;
}

/* mask=HEX or unless=VALUE */
static bool
command_option(struct mews_profile_line *l, const char *word,
    struct mews_profile_command *c)
{
	if (strncmp(word, "mask=", 5) == 0 &&
	    mews_profile_unsigned(word + 5, 16, &c->mask))
		return true;
	return (strncmp(word, "unless=", 7) == 0 &&
		   mews_str_int(word + 7, 0, INT32_MAX, &c->unless)) ||
	    mews_profile_bad(l, "no such option:", word);
}

/* NAME FUNCTION ADDRESS VALUE STATE VALUE SECONDS [OPTION...] */
static bool
read_command(struct mews_profile_line *l, void *to, size_t size)
{
	struct mews_profile_command c = { .mask = UINT64_MAX, .unless = -1 };
	struct mews_profile *p = l->out;
	size_t i;

	(void)to;
	(void)size;
	if (p->ncommands == MEWS_COMMANDS)
		return mews_profile_bad(l, "one too many:", l->word[0]);
	if (!command_words(l, &c))
		return false;
	for (i = 0; i < p->ncommands; i++)
		if (strcmp(p->command[i].name, c.name) == 0)
			return mews_profile_bad(l, "said twice:", c.name);
	for (i = 8; i < l->n; i++)
		if (!command_option(l, l->word[i], &c))
			return false;
	if (((uint64_t)c.wanted & ~c.mask) != 0 || c.wanted == c.unless ||
	    (c.unless >= 0 && ((uint64_t)c.unless & ~c.mask) != 0))
		return mews_profile_bad(l,
		    "mask or unless hides it:", l->word[6]);
	l->command_at[p->ncommands] = l->number;
	p->command[p->ncommands++] = c;
	return true;
}

/* STATE VALUE WORD [mask=HEX] */
static bool
read_cause(struct mews_profile_line *l, void *to, size_t size)
{
	static const char *const words[] = { "overload", "short-time",
		"short-circuit", "earth-fault", "residual-current",
		"undervoltage", "overvoltage", "overtemperature", "remote",
		"test" };
	struct mews_profile_cause c = { .mask = UINT64_MAX };
	struct mews_profile *p = l->out;
	size_t i;

	(void)to;
	(void)size;
	if (p->ncauses == MEWS_CAUSES)
		return mews_profile_bad(l, "one too many:", l->word[0]);
	if (!read_state(l, 1, &c.state, &c.is))
		return false;
	for (i = 0; i < MEWS_LEN(words); i++)
		if (strcmp(words[i], l->word[3]) == 0)
			c.word = words[i];
	if (c.word == NULL)
		return mews_profile_bad(l, "no such cause:", l->word[3]);
	if (l->n > 4 &&
	    (strncmp(l->word[4], "mask=", 5) != 0 ||
		!mews_profile_unsigned(l->word[4] + 5, 16, &c.mask)))
		return mews_profile_bad(l, "no such option:", l->word[4]);
	if (((uint64_t)c.is & ~c.mask) != 0)
		return mews_profile_bad(l,
		    "mask or unless hides it:", l->word[2]);
	l->cause_at[p->ncauses] = l->number;
	p->cause[p->ncauses++] = c;
	return true;
}

static bool
read_read(struct mews_profile_line *l, void *to, size_t size)
{
	(void)to;
	(void)size;
	return mews_profile_read(l);
}

enum need { MAY, MUST, MUST_UNLESS_TEMPLATE };

#define FIELD(f)                                                               \
	offsetof(struct mews_profile, f), sizeof(((struct mews_profile *)0)->f)
static const struct {
	const char *name;
	size_t min, max; /* words on the line */
	bool many;
	enum need need;
	read_key *run;
	size_t field, size;
} keys[] = {
	{ "vendor", 2, 2, false, MUST, read_text, FIELD(vendor) },
	{ "model", 2, 2, false, MUST, read_text, FIELD(model) },
	{ "family", 2, 2, false, MUST, read_text, FIELD(family) },
	{ "template", 2, 2, false, MAY, read_lacks, FIELD(lacks) },
	{ "source", 2, 2, true, MUST, read_source, 0, 0 },
	{ "serial", 3, 3, false, MAY, read_serial, 0, 0 },
	{ "quickest", 2, 2, false, MAY, read_seconds, FIELD(quickest_s) },
	{ "answer", 2, 2, false, MAY, read_ms, FIELD(answer_ms) },
	{ "words", 2, 2, false, MUST_UNLESS_TEMPLATE, read_words, 0, 0 },
	{ "base", 2, 2, false, MAY, read_base, 0, 0 },
	{ "block", 2, 2, false, MAY, read_length, FIELD(block) },
	{ "hole", 2, 2, false, MAY, read_length, FIELD(hole) },
	{ "identify", 5, 5, true, MAY, read_mark, 0, 0 },
	{ "read", 7, MEWS_PROFILE_WORDS, true, MUST_UNLESS_TEMPLATE, read_read,
	    0, 0 },
	{ "command", 8, 10, true, MAY, read_command, 0, 0 },
	{ "cause", 4, 5, true, MAY, read_cause, 0, 0 },
};

bool
mews_profile_line(struct mews_profile_line *l, char *text)
{
	size_t i;

	if (!mews_str_utf8(text, strlen(text)))
		return mews_profile_bad(l, "not UTF-8", "");
	if ((l->n = mews_str_words(text, l->word, MEWS_PROFILE_WORDS)) >
	    MEWS_PROFILE_WORDS)
		return mews_profile_bad(l, "too many words or an open quote",
		    "");
	if (l->n == 0)
		return true;
	for (i = 0; i < MEWS_LEN(keys); i++)
		if (strcmp(keys[i].name, l->word[0]) == 0)
			break;
	if (i == MEWS_LEN(keys))
		return mews_profile_bad(l, "no such key:", l->word[0]);
	if (l->n < keys[i].min || l->n > keys[i].max)
		return mews_profile_bad(l, "wrong number of words behind",
		    l->word[0]);
	if (l->seen >> i & 1 && !keys[i].many)
		return mews_profile_bad(l, "said twice:", l->word[0]);
	l->seen |= 1u << i;
	return keys[i].run(l, (char *)l->out + keys[i].field, keys[i].size);
}

/* Something reads the state that the line number needs. */
static bool
is_read(struct mews_profile_line *l, const struct mews_quantity *state,
    size_t number)
{
	const struct mews_profile *p = l->out;
	size_t k;

	for (k = 0; k < p->nreads; k++)
		if (p->read[k].quantity == state)
			return true;
	l->number = number;
	return mews_profile_bad(l, "nothing reads the state", state->name);
}

bool
mews_profile_complete(struct mews_profile_line *l)
{
	const struct mews_profile *p = l->out;
	char text[16];
	size_t i;

	for (i = 0; i < MEWS_LEN(keys); i++)
		if (!(l->seen >> i & 1) &&
		    (keys[i].need == MUST ||
			(keys[i].need == MUST_UNLESS_TEMPLATE &&
			    p->lacks[0] == '\0')))
			return mews_profile_bad(l, "no", keys[i].name);
	for (i = 0; i < p->nreads; i++)
		if (mews_register_words(p->read[i].type) > p->block) {
			(void)snprintf(text, sizeof(text), "%u", p->block);
			return mews_profile_bad(l,
			    "the widest value does not fit block", text);
		}
	for (i = 0; i < p->ncommands; i++)
		if (!is_read(l, p->command[i].state, l->command_at[i]))
			return false;
	for (i = 0; i < p->ncauses; i++)
		if (!is_read(l, p->cause[i].state, l->cause_at[i]))
			return false;
	return true;
}
