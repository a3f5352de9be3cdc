/*
 * simulator_meter.c - a request answered from the facts.
 *
 * A three-phase meter in a house with one phase: what is wired is L1; L2 and
 * L3 read 0 V and 0 A, so L12 and L31 read the voltage of L1, the neutral
 * carries the current of L1, and each total is that of L1.  Facts that are not
 * in the table of names answer 0, the sign registers among them: this house
 * gives nothing back.
 *
 * A hole that one request could read over answers 0, as many meters do; any
 * other register that no fact names is exception 02.
 */
#include "simulator_meter.h"
#include "simulator_breaker.h"
#include "simulator_fact.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_REGISTERS 125

enum exception { BAD_FUNCTION = 1, BAD_ADDRESS, BAD_VALUE };

uint16_t
meter_crc(const uint8_t *p, size_t n)
{
	uint16_t crc = 0xffff;
	int bit;

	while (n-- > 0) {
		crc ^= *p++;
		for (bit = 0; bit < 8; bit++)
			crc =
			    (uint16_t)(crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1);
	}
	return crc;
}

static size_t
seal(uint8_t *frame, size_t n)
{
	uint16_t crc = meter_crc(frame, n);

	frame[n] = (uint8_t)crc;
	frame[n + 1] = (uint8_t)(crc >> 8);
	return n + 2;
}

static size_t
except(const uint8_t *request, enum exception code, uint8_t *out)
{
	out[0] = request[0];
	out[1] = request[1] | 0x80;
	out[2] = (uint8_t)code;
	return seal(out, 3);
}

static unsigned
two(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

/* An answer on its way, and what is done to it. */
struct answer {
	const uint8_t *request;
	uint8_t *frame;
	size_t n;
	int64_t degree, delay_us;
	unsigned count; /* answers of the meter before */
};

static void
be_well(struct answer *a)
{
	(void)a;
}

static void
be_silent(struct answer *a)
{
	a->n = 0;
}

static void
be_garbled(struct answer *a)
{
	a->frame[a->n / 2] ^= 0x55;
}

static void
be_foreign(struct answer *a)
{
	a->frame[0] ^= 0x10;
	(void)seal(a->frame, a->n - 2);
}

static void
be_short(struct answer *a)
{
	a->n -= 2;
}

static void
be_late(struct answer *a)
{
	if (a->delay_us < a->degree * 1000)
		a->delay_us = a->degree * 1000;
}

static void
be_busy(struct answer *a)
{
	a->n = except(a->request, (enum exception)a->degree, a->frame);
}

static void
be_without(struct answer *a)
{
	unsigned first = two(a->request + 2), n = two(a->request + 4);

	if (a->request[1] >= 1 && a->request[1] <= 4 && a->degree >= first &&
	    a->degree < first + n)
		a->n = except(a->request, BAD_ADDRESS, a->frame);
}

static void
be_nan(struct answer *a)
{
	static const uint8_t nan[4] = { 0x7f, 0xc0 };
	unsigned first = two(a->request + 2), n = two(a->request + 4);

	if (a->frame[1] != a->request[1] || a->degree < first ||
	    a->degree + 2 > first + n)
		return;
	memcpy(a->frame + 3 + 2 * (a->degree - first), nan, sizeof(nan));
	(void)seal(a->frame, a->n - 2);
}

static void
be_two(struct answer *a)
{
	if (a->count % 3 == 2)
		be_garbled(a);
}

static const struct meter_sickness {
	const char *name;
	int64_t least, most; /* degree; most 0: has none */
	void (*spoil)(struct answer *);
} sicknesses[] = {
	{ "well", 0, 0, be_well },
	{ "silent", 0, 0, be_silent },
	{ "garble", 0, 0, be_garbled },
	{ "foreign", 0, 0, be_foreign },
	{ "short", 0, 0, be_short },
	{ "late", 1, 10000, be_late },
	{ "busy", 5, 6, be_busy },
	{ "lacks", 0, 65535, be_without },
	{ "nan", 0, 65534, be_nan },
	{ "passes", 1, 1000000000, be_well },
	{ "swapped", 1, 1000000000, be_well },
	{ "two", 1, 1000000000, be_two },
};

enum mews_rc
meter_ail(struct meter *m, const char *what, const char *degree,
    struct mews_err *err)
{
	const struct meter_sickness *s = NULL;
	int64_t n = 0;
	size_t i;

	if (m->breaker != NULL && degree == NULL &&
	    breaker_obey(m->breaker, what))
		return MEWS_OK;
	for (i = 0; i < MEWS_LEN(sicknesses); i++)
		if (strcmp(sicknesses[i].name, what) == 0)
			s = &sicknesses[i];
	if (s == NULL)
		return mews_fail(err, MEWS_BAD, "no such sickness: '%.40s'",
		    what);
	if ((s->most == 0) != (degree == NULL) ||
	    (degree != NULL && !mews_str_int(degree, s->least, s->most, &n)))
		return mews_fail(err, MEWS_BAD, "%s: wrong degree", what);
	m->sickness = s;
	m->degree = n;
	return MEWS_OK;
}

enum mews_rc
meter_learn(struct meter *m, const char *dir, struct mews_err *err)
{
	bool fictional = strcmp(m->vendor, "Fictional") == 0;
	char own[512];
	enum mews_rc rc;

	(void)snprintf(own, sizeof(own), "%s%s", dir,
	    fictional ? "/meters" : "");
	if (fictional && strcmp(m->model, "Demonstration breaker") == 0)
		m->breaker = breaker_new();
	m->sickness = &sicknesses[0];
	rc = fact_load(own, m->vendor, m->model, &m->fact, &m->nfacts, err);
	if (rc == MEWS_OK && m->nfacts == 0)
		rc = mews_fail(err, MEWS_BAD, "%s: no facts about '%s' '%s'",
		    m->plate, m->vendor, m->model);
	return rc;
}

void
meter_clear(struct meter *m)
{
	fact_free(m->fact);
	free(m->breaker);
	m->breaker = NULL;
	m->fact = NULL;
	m->nfacts = 0;
}

/* The index of another meter is ahead of this one's, when that answers. */
static int64_t
ahead(const struct meter *m)
{
	if (strcmp(m->sickness->name, "swapped") == 0 ||
	    (strcmp(m->sickness->name, "two") == 0 && m->count % 3 == 1))
		return m->degree;
	return 0;
}

/* What stands in this meter's counters: its base, and whole pulses. */
static struct house_shown
own(const struct meter *m, const struct house_shown *s)
{
	struct house_shown mine = *s;
	int64_t base = m->base + ahead(m);

	mine.v[HOUSE_ACTIVE_ENERGY] += base * 1000000;
	if (strcmp(m->sickness->name, "passes") == 0)
		mine.v[HOUSE_ACTIVE_ENERGY] %= m->degree * 1000000;
	mine.v[HOUSE_REACTIVE_ENERGY] += base * 100000;
	mine.v[HOUSE_APPARENT_ENERGY] += base * 1000000;
	if (m->breaker != NULL && breaker_state(m->breaker) != BREAKER_CLOSED)
		mine.v[HOUSE_CURRENT] = mine.v[HOUSE_ACTIVE] = 0;
	return mine;
}

static bool
known(const struct meter *m, unsigned function, unsigned address, unsigned n)
{
	unsigned a, before, behind;
	size_t i;

	for (a = address; a < address + n; a++) {
		before = behind = MOST_REGISTERS;
		for (i = 0; i < m->nfacts; i++)
			fact_near(m->fact, i, function, a, &before, &behind);
		if (before + behind > MOST_REGISTERS)
			return false;
	}
	return true;
}

/* Asked for what the model is known by: meters of Carlo Gavazzi have that inside
 * another value, and tell it only when it is asked for alone. */
static bool
coded(const struct meter *m, const uint8_t *request, unsigned n)
{
	return m->code != 0 && request[1] == 3 &&
	    two(request + 2) == m->code_at && n == (m->code > 65535 ? 2 : 1);
}

static void
begin(const uint8_t *request, unsigned n, uint8_t *out)
{
	out[0] = request[0];
	out[1] = request[1];
	out[2] = (uint8_t)(2 * n);
	memset(out + 3, 0, 2 * (size_t)n);
}

static size_t
read_registers(const struct meter *m, const struct house_shown *s,
    const uint8_t *request, uint8_t *out)
{
	unsigned address = two(request + 2), n = two(request + 4);
	struct house_shown mine = own(m, s);
	size_t i;

	if (n == 0 || n > MOST_REGISTERS)
		return except(request, BAD_VALUE, out);
	if (coded(m, request, n)) {
		begin(request, n, out);
		for (i = 0; i < 2 * n; i++)
			out[3 + i] = (uint8_t)(m->code >> 8 * (2 * n - 1 - i));
		return seal(out, 3 + 2 * n);
	}
	if (address + n > 65536 || !known(m, request[1], address, n))
		return except(request, BAD_ADDRESS, out);
	begin(request, n, out);
	for (i = 0; i < m->nfacts; i++)
		fact_put(m->fact, i, request[1], address, n, m->pulse, &mine,
		    out + 3);
	if (m->breaker != NULL && request[1] == 3)
		breaker_put(m->breaker, address, n, out + 3);
	return seal(out, 3 + 2 * n);
}

size_t
meter_answer(struct meter *m, const struct house *h, int64_t ms,
    const uint8_t *frame, size_t n, uint8_t out[METER_FRAME], int64_t *delay_us)
{
	struct answer a = { .request = frame,
		.frame = out,
		.degree = m->degree,
		.delay_us = *delay_us,
		.count = m->count };
	struct house_shown s;
	int told;

	if (!house_at(h, m->feed, ms - m->behind_h * 3600000, &s))
		return 0;
	if (m->breaker != NULL &&
	    (told = breaker_answer(m->breaker, frame, n - 2, out)) >= 0)
		a.n = told == 0 ? 0 : seal(out, (size_t)told);
	else if (frame[1] != 3 && frame[1] != 4)
		a.n = except(frame, BAD_FUNCTION, out);
	else if (n != 8)
		a.n = except(frame, BAD_VALUE, out);
	else
		a.n = read_registers(m, &s, frame, out);
	if (a.delay_us < (int64_t)m->turn_ms * 1000)
		a.delay_us = (int64_t)m->turn_ms * 1000;
	if (a.n > 0)
		m->sickness->spoil(&a);
	m->count++;
	*delay_us = a.delay_us;
	return a.n;
}

const char *
meter_fact_name(const struct meter *m, size_t i, enum house_value *value)
{
	return i < m->nfacts ? fact_name(m->fact, i, value) : NULL;
}

int64_t
meter_fact_says(const struct meter *m, size_t i, const struct house_shown *s)
{
	struct house_shown mine = own(m, s);

	return fact_says(m->fact, i, m->pulse, &mine);
}
