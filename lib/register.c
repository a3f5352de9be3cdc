/*
 * register.c - one table of types, one decoder for all of them.
 *
 * raw x mantissa needs up to 127 bits, and a 32-bit machine has no integer of
 * that size: the product is kept in words of 32 bits and cut digit by digit.
 * Rounding half away from zero then depends on the last digit cut alone.
 */
#include "register.h"

#include <math.h>
#include <string.h>

#define LIMIT ((uint64_t)1 << 62)
#define WIDE  5 /* 128 bits, and one word for the carry of a step by ten */

enum kind { UNSIGNED, SIGNED, FLOATING, DECIMAL, TEXT };

struct mews_register_type {
	const char *name;
	unsigned words;
	enum kind kind;
};

static const struct mews_register_type types[] = {
	{ "u16", 1, UNSIGNED },
	{ "s16", 1, SIGNED },
	{ "u32", 2, UNSIGNED },
	{ "s32", 2, SIGNED },
	{ "u64", 4, UNSIGNED },
	{ "s64", 4, SIGNED },
	{ "f32", 2, FLOATING },
	{ "f64", 4, FLOATING },
	{ "bcd16", 1, DECIMAL },
	{ "bcd32", 2, DECIMAL },
	{ "bits16", 1, UNSIGNED },
	{ "bits32", 2, UNSIGNED },
	{ "string2", 2, TEXT },
	{ "string4", 4, TEXT },
	{ "string8", 8, TEXT },
	{ "string16", 16, TEXT },
	{ "string32", 32, TEXT },
};

const struct mews_register_type *
mews_register_find(const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(types); i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

const char *
mews_register_name(const struct mews_register_type *t)
{
	return t->name;
}

bool
mews_register_is_number(const struct mews_register_type *t)
{
	return t->kind != TEXT;
}

unsigned
mews_register_words(const struct mews_register_type *t)
{
	return t->words;
}

uint64_t
mews_register_bits(const struct mews_register_type *t,
    enum mews_word_order order, const uint16_t *reg)
{
	uint64_t bits = 0;
	unsigned i;

	for (i = 0; i < t->words; i++)
		bits = bits << 16 |
		    reg[order == MEWS_LOW_FIRST ? t->words - 1 - i : i];
	return bits;
}

static void
multiply(uint32_t w[WIDE], uint64_t a, uint64_t b)
{
	uint64_t a0 = a & UINT32_MAX, a1 = a >> 32;
	uint64_t b0 = b & UINT32_MAX, b1 = b >> 32;
	uint64_t low = a0 * b0;
	uint64_t mid = a1 * b0 + (low >> 32);
	uint64_t cross = a0 * b1 + (mid & UINT32_MAX);
	uint64_t high = a1 * b1 + (mid >> 32) + (cross >> 32);

	w[0] = (uint32_t)low;
	w[1] = (uint32_t)cross;
	w[2] = (uint32_t)high;
	w[3] = (uint32_t)(high >> 32);
	w[4] = 0;
}

static void
append_digit(uint32_t w[WIDE])
{
	uint64_t carry = 0;
	size_t i;

	for (i = 0; i < WIDE; i++) {
		carry += (uint64_t)w[i] * 10;
		w[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

static unsigned
cut_digit(uint32_t w[WIDE])
{
	uint64_t rest = 0;
	size_t i;

	for (i = WIDE; i-- > 0;) {
		rest = rest << 32 | w[i];
		w[i] = (uint32_t)(rest / 10);
		rest %= 10;
	}
	return (unsigned)rest;
}

static bool
fits(const uint32_t w[WIDE])
{
	uint64_t low = (uint64_t)w[1] << 32 | w[0];

	return (w[2] | w[3] | w[4]) == 0 && low <= LIMIT;
}

static bool
scale(uint64_t a, uint64_t b, int exponent, uint64_t *out)
{
	uint32_t w[WIDE];
	unsigned cut = 0;

	*out = 0;
	if (a == 0 || b == 0)
		return true;
	multiply(w, a, b);
	for (; exponent > 0 && fits(w); exponent--)
		append_digit(w);
	/* 39 digits are 128 bits; the last cut is then a zero */
	for (exponent = exponent < -40 ? -40 : exponent; exponent < 0;
	     exponent++)
		cut = cut_digit(w);
	if (!fits(w))
		return false;
	*out = ((uint64_t)w[1] << 32 | w[0]) + (cut >= 5);
	return *out <= LIMIT;
}

static bool
scale_double(double d, int64_t mantissa, int exponent, int64_t *out)
{
	double ten = pow(10, fabs((double)exponent));

	d *= (double)mantissa;
	d = exponent < 0 ? d / ten : d * ten;
	if (!isfinite(d) || fabs(d) > (double)LIMIT)
		return false;
	*out = llround(d);
	return true;
}

static double
floating(uint64_t bits, unsigned words)
{
	uint32_t low = (uint32_t)bits;
	float f;
	double d;

	if (words == 2) {
		memcpy(&f, &low, sizeof(f));
		return (double)f;
	}
	memcpy(&d, &bits, sizeof(d));
	return d;
}

static bool
decimal(uint64_t bits, unsigned words, uint64_t *out)
{
	uint64_t n = 0, digit;
	unsigned i;

	for (i = 4 * words; i-- > 0;) {
		if ((digit = bits >> (4 * i) & 0xf) > 9)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

/* The size of a two's complement number; *minus when it is below zero. */
static uint64_t
magnitude(uint64_t bits, unsigned words, bool *minus)
{
	uint64_t sign = (uint64_t)1 << (16 * words - 1);

	*minus = (bits & sign) != 0;
	return *minus ? (~bits & (sign - 1)) + 1 : bits;
}

enum mews_rc
mews_register_value(const struct mews_register_type *t,
    enum mews_word_order order, const uint16_t *reg, int64_t mantissa,
    int exponent, int64_t *out)
{
	uint64_t n = mews_register_bits(t, order, reg), size;
	uint64_t factor =
	    mantissa < 0 ? 0 - (uint64_t)mantissa : (uint64_t)mantissa;
	bool minus = false;

	switch (t->kind) {
	case FLOATING:
		return scale_double(floating(n, t->words), mantissa, exponent,
			   out)
		    ? MEWS_OK
		    : MEWS_NONE;
	case DECIMAL:
		if (!decimal(n, t->words, &n))
			return MEWS_NONE;
		break;
	case SIGNED:
		n = magnitude(n, t->words, &minus);
		break;
	case UNSIGNED:
		break;
	case TEXT:
		return MEWS_NONE;
	}
	if (!scale(n, factor, exponent, &size))
		return MEWS_NONE;
	if (mantissa < 0)
		minus = !minus;
	*out = minus ? -(int64_t)size : (int64_t)size;
	return MEWS_OK;
}

void
mews_register_text(const struct mews_register_type *t, const uint16_t *reg,
    char *text)
{
	size_t n;

	for (n = 0; n < 2 * (size_t)t->words; n++)
		text[n] = (char)(n % 2 == 0 ? reg[n / 2] >> 8 : reg[n / 2]);
	text[n] = '\0';
	for (n = strlen(text); n > 0 && text[n - 1] == ' '; n--)
		text[n - 1] = '\0';
}
