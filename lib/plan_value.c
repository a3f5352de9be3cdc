/*
 * plan_value.c - one value out of the answer to its request.
 */
#include "plan.h"

#define MOST_SCALE 10 /* SunSpec Information Model Specification: sunssf */

/* A register, or a coil as 0 or 1. */
static uint16_t
word(const struct mews_plan_block *b, const uint8_t *pdu, unsigned address)
{
	unsigned i = address - b->address;

	if (b->function <= 2)
		return pdu[2 + i / 8] >> i % 8 & 1;
	return (uint16_t)(pdu[2 + 2 * i] << 8 | pdu[3 + 2 * i]);
}

/* What one of the register is worth, where registers say so. */
static bool
worth(const struct mews_profile_read *r, const struct mews_plan_block *b,
    const uint8_t *pdu, int64_t *mantissa, int *exponent)
{
	int64_t n;
	unsigned i;
	int e;

	*mantissa = r->mantissa;
	*exponent = r->exponent;
	if (r->has_scale) {
		e = (int16_t)word(b, pdu, r->scale);
		if (e < -MOST_SCALE || e > MOST_SCALE)
			return false;
		*exponent += e;
	}
	for (i = 0; i < r->nratios; i++) {
		n = r->ratio[i].mantissa * word(b, pdu, r->ratio[i].address);
		if (n == 0 || *mantissa > INT64_MAX / n ||
		    *mantissa < -INT64_MAX / n)
			return false;
		*mantissa *= n;
		*exponent += r->ratio[i].exponent;
	}
	return true;
}

static bool
is_void(const struct mews_profile_read *r, const uint16_t *reg)
{
	uint64_t bits = mews_register_bits(r->type, r->order, reg);
	unsigned i;

	for (i = 0; i < r->nvoids; i++)
		if (bits == r->voided[i])
			return true;
	return false;
}

bool
mews_plan_decode(const struct mews_plan *p, const struct mews_plan_block *b,
    size_t i, const uint8_t *pdu, int64_t *out)
{
	const struct mews_plan_value *v = &p->value[b->first + i];
	const struct mews_profile_read *r = v->read;
	unsigned n = mews_register_words(r->type), w;
	uint16_t reg[4];
	int64_t value, mantissa;
	int exponent;

	for (w = 0; w < n; w++)
		reg[w] = word(b, pdu, r->address + w);
	if (is_void(r, reg) || !worth(r, b, pdu, &mantissa, &exponent) ||
	    mews_register_value(r->type, r->order, reg, mantissa, exponent,
		&value) != MEWS_OK)
		return false;
	if (r->has_sign && word(b, pdu, r->sign) == 1)
		value = -value;
	if (r->pulses != 0 &&
	    (value < 0 || value > INT64_MAX / 4 / v->pulse.weight))
		return false;
	*out = v->pulse.start + value * v->pulse.weight / v->pulse.per;
	return true;
}

int64_t
mews_plan_modulus(const struct mews_plan_value *v)
{
	return v->read->modulus * v->pulse.weight / v->pulse.per;
}

int64_t
mews_plan_step(const struct mews_plan_value *v)
{
	int64_t step =
	    v->read->mantissa < 0 ? -v->read->mantissa : v->read->mantissa;
	int e;

	if (v->read->has_scale || v->read->nratios > 0)
		return 0;
	for (e = v->read->exponent; e > 0 && step < INT64_MAX / 10; e--)
		step *= 10;
	for (; e < 0; e++)
		step /= 10;
	return (step * v->pulse.weight + v->pulse.per - 1) / v->pulse.per;
}
