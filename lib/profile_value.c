/*
 * profile_value.c - the read lines of a profile: one table of options, one of
 * units.
 *
 * What a register means is settled here once, as raw x mantissa x 10^exponent
 * in the stored integers of its quantity, so that no unit is looked at again.
 */
#include "profile_word.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

#define MOST_READS 1024
#define MOST_RATIO INT64_C(1000000000) /* mantissa: no product overflows */

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
	{ "%", "1", -2 },
};

static bool
convert(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *unit)
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
		return mews_profile_bad(l,
		    "unit does not fit the quantity:", unit);
	v->exponent += u->exponent;
	if (v->quantity != NULL)
		v->exponent += v->quantity->decimals;
	return true;
}

static bool
option_order(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	return mews_profile_order(l, s, &v->order);
}

/* A register of its own beside the value's, of the same function. */
static bool
beside(struct mews_profile_line *l, const struct mews_profile_read *v,
    const char *s, uint16_t *out)
{
	if (!mews_profile_address(l, s, 1, out))
		return false;
	return *out < v->address ||
	    *out >= v->address + mews_register_words(v->type) ||
	    mews_profile_bad(l, "lies inside the value:", s);
}

static bool
option_sign(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	v->has_sign = true;
	return beside(l, v, s, &v->sign);
}

static bool
option_scale(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	if (v->function < 3)
		return mews_profile_bad(l, "a bit has no scale:", s);
	v->has_scale = true;
	return beside(l, v, s, &v->scale);
}

/* ADDRESS or ADDRESS:SCALE */
static bool
option_ratio(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	struct mews_profile_ratio *to = &v->ratio[v->nratios];
	size_t n = strcspn(s, ":");
	char address[8] = "";

	if (v->function < 3 || v->nratios == MEWS_RATIOS)
		return mews_profile_bad(l, "one ratio too many:", s);
	if (n < sizeof(address))
		memcpy(address, s, n);
	if (!beside(l, v, address, &to->address))
		return false;
	if (!mews_profile_decimal(s[n] == ':' ? s + n + 1 : "1", &to->mantissa,
		&to->exponent) ||
	    to->mantissa < 0 || to->mantissa > MOST_RATIO)
		return mews_profile_bad(l, "no scale:", s);
	v->nratios++;
	return true;
}

static bool
option_void(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	unsigned words = mews_register_words(v->type);
	uint64_t *to = &v->voided[v->nvoids];

	if (v->nvoids == MEWS_VOIDS)
		return mews_profile_bad(l, "one void too many:", s);
	if (!mews_profile_unsigned(s, 16, to) ||
	    (words < 4 && *to >> (16 * words) != 0))
		return mews_profile_bad(l, "not so many bits:", s);
	v->nvoids++;
	return true;
}

static bool
option_modulus(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	uint16_t reg[4] = { 0 };
	uint64_t n = 0;
	size_t i;

	if (v->quantity != NULL && v->quantity->kind != MEWS_COUNTER)
		return mews_profile_bad(l, "only a counter starts again:", s);
	if (!mews_profile_unsigned(s, 10, &n))
		return mews_profile_bad(l, "no modulus:", s);
	for (i = 4; i-- > 0; n >>= 16)
		reg[i] = (uint16_t)n;
	if (mews_register_value(mews_register_find("u64"), MEWS_HIGH_FIRST, reg,
		v->mantissa, v->exponent, &v->modulus) != MEWS_OK ||
	    v->modulus <= 0)
		return mews_profile_bad(l, "no modulus:", s);
	return true;
}

const char *
mews_profile_class(enum mews_poll_class c)
{
	static const char *const names[MEWS_CLASSES] = { "fast", "normal",
		"slow" };

	return names[c];
}

static bool
option_class(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	size_t i;

	for (i = 0; i < MEWS_CLASSES; i++)
		if (strcmp(mews_profile_class((enum mews_poll_class)i), s) ==
		    0) {
			v->class = (enum mews_poll_class)i;
			return true;
		}
	return mews_profile_bad(l, "neither fast, normal nor slow:", s);
}

static bool
option_quality(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *s)
{
	v->quality = true;
	return *s == '\0' || mews_profile_bad(l, "no such option:", s);
}

static const struct {
	const char *name; /* with its = */
	bool (*run)(struct mews_profile_line *, struct mews_profile_read *,
	    const char *);
} options[] = {
	{ "order=", option_order },
	{ "sign=", option_sign },
	{ "scale=", option_scale },
	{ "ratio=", option_ratio },
	{ "void=", option_void },
	{ "modulus=", option_modulus },
	{ "class=", option_class },
	{ "quality", option_quality },
};

static bool
option(struct mews_profile_line *l, struct mews_profile_read *v,
    const char *word)
{
	size_t i, n;

	for (i = 0; i < MEWS_LEN(options); i++) {
		n = strlen(options[i].name);
		if (strncmp(options[i].name, word, n) == 0)
			return options[i].run(l, v, word + n);
	}
	return mews_profile_bad(l, "no such option:", word);
}

/* pulses_1 to pulses_9, else a quantity; each once in a profile. */
static bool
what(struct mews_profile_line *l, struct mews_profile_read *v, const char *word)
{
	const struct mews_profile *p = l->out;
	size_t i;

	if (strncmp(word, "pulses_", 7) == 0 && word[7] >= '1' &&
	    word[7] < '1' + MEWS_PULSE_INPUTS && word[8] == '\0')
		v->pulses = (unsigned)(word[7] - '0');
	else if ((v->quantity = mews_quantity_find(word)) == NULL)
		return mews_profile_bad(l, "no such quantity:", word);
	for (i = 0; i < p->nreads; i++)
		if (p->read[i].quantity == v->quantity &&
		    p->read[i].pulses == v->pulses)
			return mews_profile_bad(l, "read twice:", word);
	return true;
}

static bool
free_of_others(struct mews_profile_line *l, const struct mews_profile_read *v)
{
	unsigned end = v->address + mews_register_words(v->type);
	const struct mews_profile_read *r = l->out->read;
	size_t i;

	for (i = 0; i < l->out->nreads; i++)
		if (r[i].function == v->function && r[i].address < end &&
		    r[i].address + mews_register_words(r[i].type) > v->address)
			return mews_profile_bad(l,
			    "its registers are also those of",
			    r[i].quantity == NULL ? "pulses"
						  : r[i].quantity->name);
	return true;
}

bool
mews_profile_read(struct mews_profile_line *l)
{
	struct mews_profile *p = l->out;
	struct mews_profile_read v = { .class = MEWS_NORMAL };
	size_t i;

	v.order = l->order;
	if (!what(l, &v, l->word[1]) ||
	    !mews_profile_place(l, 2, &v.function, &v.address, &v.type))
		return false;
	if (!mews_register_is_number(v.type))
		return mews_profile_bad(l, "is no number:", l->word[4]);
	if (!mews_profile_decimal(l->word[5], &v.mantissa, &v.exponent))
		return mews_profile_bad(l, "no scale:", l->word[5]);
	if (!convert(l, &v, l->word[6]) || !free_of_others(l, &v))
		return false;
	for (i = 7; i < l->n; i++)
		if (!option(l, &v, l->word[i]))
			return false;
	if (v.modulus != 0 && (v.has_scale || v.nratios != 0))
		return mews_profile_bad(l,
		    "modulus of a value whose scale is "
		    "read:",
		    l->word[1]);
	if (p->nreads == MOST_READS)
		return mews_profile_bad(l, "too many reads:", l->word[1]);
	p->read = mews_realloc(p->read, p->nreads + 1, sizeof(v));
	p->read[p->nreads++] = v;
	return true;
}
