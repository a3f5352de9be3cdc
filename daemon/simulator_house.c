/*
 * simulator_house.c - feeds as sums over the house's file, added up once.
 *
 * A feed has a rate a minute (W, var, VA; 60 x litres) and the sum of all
 * rates before each minute, both integers: an index is the sum / 60, and no
 * error grows.  A meter asked twice, or asked by an importer, sees the same.
 *
 * The file has no reactive power of its parts: "rest" has the house's power
 * factor, the sub-meters are taken as resistive.  Frequency and distortion are
 * not in it either and stay at a plausible value.  Water and gas are drawn
 * from a profile of the day by a generator without state, so they too are the
 * same at every start.
 */
#include "simulator_house.h"
#include "simulator_minutes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE  60
#define LAP     36000 /* minutes: 25 days */
#define MILLION 1000000
#define SWAY    0.03
#define SWAY_V  0.001
#define DEMAND  15 /* minutes */
#define TWO_PI  6.283185307179586
#define PARTS   3 /* active, reactive, apparent */

/* A share of the house in its columns, or litres by the hour of the day. */
struct row {
	const char *name, *quantity;
	int total, sub[3];
	int litres;               /* most in a minute; 0: no volume */
	const uint16_t *thousand; /* chance of a minute, by hour */
};

struct house_feed {
	const struct row *row;
	int32_t *rate[PARTS]; /* owned */
	int64_t *sum[PARTS];  /* owned; of the rates before a minute */
};

struct house {
	struct minutes minutes;
	struct house_feed *feed; /* owned, one for each of rows[] */
};

static const uint16_t water_hours[] = { 5, 3, 3, 3, 5, 15, 80, 120, 90, 50, 40,
	40, 60, 50, 30, 30, 30, 45, 80, 100, 80, 60, 40, 15 };
static const uint16_t gas_hours[] = { 60, 60, 60, 60, 80, 160, 260, 280, 200,
	140, 120, 140, 180, 140, 110, 110, 130, 200, 260, 260, 220, 180, 120,
	80 };

static const struct row rows[] = {
	{ "house", "active_energy_import", 1, { 0, 0, 0 }, 0, NULL },
	{ "rest", "active_energy_import", 1, { -1, -1, -1 }, 0, NULL },
	{ "submeter1", "active_energy_import", 0, { 1, 0, 0 }, 0, NULL },
	{ "submeter2", "active_energy_import", 0, { 0, 1, 0 }, 0, NULL },
	{ "submeter3", "active_energy_import", 0, { 0, 0, 1 }, 0, NULL },
	{ "submeter1+2", "active_energy_import", 0, { 1, 1, 0 }, 0, NULL },
	{ "water", "water_volume", 0, { 0, 0, 0 }, 12, water_hours },
	{ "gas", "gas_volume", 0, { 0, 0, 0 }, 40, gas_hours },
};

static uint32_t
scatter(uint32_t n)
{
	n = (n ^ n >> 16) * 0x7feb352du;
	n = (n ^ n >> 15) * 0x846ca68bu;
	return n ^ n >> 16;
}

static int32_t
litres(const struct row *r, int64_t t)
{
	uint32_t dice = scatter((uint32_t)(t / MINUTE) + (uint32_t)r->litres);
	uint16_t chance = r->thousand[t / 3600 % 24];

	if (dice % 1000 >= chance)
		return 0;
	return 1 + (int32_t)(dice / 1000 % (uint32_t)r->litres);
}

/* Active, reactive and apparent rate of one minute. */
static void
rates(const struct row *r, const struct minute *m, int64_t t, int32_t out[])
{
	int64_t active = (int64_t)r->total * m->c[POWER], reactive = 0;
	size_t i;

	for (i = 0; i < 3; i++)
		active += (int64_t)r->sub[i] * m->c[SUB1 + i] * MINUTE;
	if (active < 0)
		active = 0;
	if (r->total != 0 && m->c[POWER] != 0)
		reactive = m->c[REACTIVE] * active / m->c[POWER];
	if (r->litres != 0)
		active = (int64_t)litres(r, t) * MINUTE;
	out[0] = (int32_t)active;
	out[1] = (int32_t)reactive;
	out[2] = (int32_t)lround(hypot((double)active, (double)reactive));
}

static void
fill(const struct house *h, const struct row *row, struct house_feed *f)
{
	int32_t rate[PARTS];
	size_t i, p;

	f->row = row;
	for (p = 0; p < PARTS; p++) {
		f->rate[p] = mews_alloc(h->minutes.n, sizeof(*f->rate[p]));
		f->sum[p] = mews_alloc(h->minutes.n + 1, sizeof(*f->sum[p]));
	}
	for (i = 0; i < h->minutes.n; i++) {
		rates(row, &h->minutes.at[i],
		    h->minutes.begin + (int64_t)i * MINUTE, rate);
		for (p = 0; p < PARTS; p++) {
			f->rate[p][i] = rate[p];
			f->sum[p][i + 1] = f->sum[p][i] + rate[p];
		}
	}
}

enum mews_rc
house_load(const char *dir, struct house **out, struct mews_err *err)
{
	struct house *h = mews_alloc(1, sizeof(*h));
	enum mews_rc rc = minutes_read(dir, &h->minutes, err);
	size_t i;

	*out = NULL;
	if (rc == MEWS_OK && h->minutes.n <= LAP)
		rc = mews_fail(err, MEWS_BAD,
		    "%s: a house of less than 25 days", dir);
	if (rc != MEWS_OK) {
		house_free(h);
		return rc;
	}
	h->feed = mews_alloc(MEWS_LEN(rows), sizeof(*h->feed));
	for (i = 0; i < MEWS_LEN(rows); i++)
		fill(h, &rows[i], &h->feed[i]);
	*out = h;
	return MEWS_OK;
}

void
house_free(struct house *h)
{
	size_t i, p;

	if (h == NULL)
		return;
	for (i = 0; i < MEWS_LEN(rows) && h->feed != NULL; i++)
		for (p = 0; p < PARTS; p++) {
			free(h->feed[i].rate[p]);
			free(h->feed[i].sum[p]);
		}
	free(h->feed);
	minutes_clear(&h->minutes);
	free(h);
}

int64_t
house_begin(const struct house *h)
{
	return h->minutes.begin;
}

int64_t
house_end(const struct house *h)
{
	return h->minutes.begin + (int64_t)h->minutes.n * MINUTE;
}

const struct house_feed *
house_find(const struct house *h, const char *name)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &h->feed[i];
	return NULL;
}

const char *
house_quantity(const struct house_feed *f)
{
	return f->row->quantity;
}

/* A data time: which minute, how far in it, how often round. */
struct moment {
	size_t i;
	double x; /* part of the minute that is over, 0 to 1 */
	int64_t laps;
};

static struct moment
locate(const struct house *h, int64_t ms)
{
	int64_t at = ms - h->minutes.begin * 1000, n = (int64_t)h->minutes.n, i;
	struct moment m = { 0, 0, 0 };

	if (at < 0)
		return m;
	i = at / (MINUTE * 1000);
	if (i >= n) {
		m.laps = (i - n) / LAP + 1;
		i -= m.laps * LAP;
	}
	m.i = (size_t)i;
	m.x = (double)(at % (MINUTE * 1000)) / (MINUTE * 1000);
	return m;
}

static double
phase(const struct moment *m)
{
	return (double)(scatter((uint32_t)m->i) % 1000) * TWO_PI / 1000;
}

/* Two waves a minute, and their integral from its start. */
static double
wave(const struct moment *m)
{
	return sin(2 * TWO_PI * m->x + phase(m));
}

static double
area(const struct moment *m)
{
	return (cos(phase(m)) - cos(2 * TWO_PI * m->x + phase(m))) /
	    (2 * TWO_PI);
}

static int64_t
index_at(const struct house *h, const struct house_feed *f, size_t p,
    const struct moment *m)
{
	const int64_t *sum = f->sum[p];
	int64_t lap = sum[h->minutes.n] - sum[h->minutes.n - LAP];
	double inside = f->rate[p][m->i] * (m->x + SWAY * area(m));

	return ((sum[m->i] + m->laps * lap) * (MILLION / 20) +
		   llround(inside * (MILLION / 20))) /
	    (MINUTE / 20);
}

/* The 15 minutes before, as one mean; fewer at the file's start. */
static int64_t
demand(const struct house_feed *f, const struct moment *m)
{
	size_t from = m->i < DEMAND ? 0 : m->i - DEMAND;

	if (m->i == 0)
		return (int64_t)f->rate[0][0] * MILLION;
	return (f->sum[0][m->i] - f->sum[0][from]) * MILLION /
	    (int64_t)(m->i - from);
}

static void
gauges(const struct house *h, const struct house_feed *f,
    const struct moment *m, double load, double swing, int64_t v[])
{
	const struct minute *now = &h->minutes.at[m->i];
	double volt = now->c[VOLTAGE] / 1000.0 * swing;
	double ampere = now->c[CURRENT] / 1000.0;
	double apparent = f->rate[2][m->i];

	/* only the house as a whole has a measured current */
	if (f->row != &rows[0])
		ampere = volt > 0 ? apparent / (volt / swing) : 0;
	v[HOUSE_ONE] = MILLION;
	v[HOUSE_VOLTAGE] = llround(volt * MILLION);
	v[HOUSE_CURRENT] = llround(ampere * load * MILLION);
	v[HOUSE_ACTIVE] = llround(f->rate[0][m->i] * load * MILLION);
	v[HOUSE_REACTIVE] = llround(f->rate[1][m->i] * load * MILLION);
	v[HOUSE_APPARENT] = llround(apparent * load * MILLION);
	v[HOUSE_FACTOR] = apparent > 0
	    ? llround(f->rate[0][m->i] / apparent * MILLION)
	    : MILLION;
	v[HOUSE_DEMAND] = demand(f, m);
	v[HOUSE_FREQUENCY] = (int64_t)50 * MILLION;
	v[HOUSE_THD_VOLTAGE] = 2100000;
	v[HOUSE_THD_CURRENT] = 8400000;
}

static void
counters(const struct house *h, const struct house_feed *f,
    const struct moment *m, int64_t v[])
{
	int64_t minutes = (int64_t)m->i + m->laps * LAP;

	v[HOUSE_HOURS] = minutes * (MILLION / 20) / (MINUTE / 20);
	v[HOUSE_ACTIVE_ENERGY] = index_at(h, f, 0, m);
	v[HOUSE_REACTIVE_ENERGY] = index_at(h, f, 1, m);
	v[HOUSE_APPARENT_ENERGY] = index_at(h, f, 2, m);
}

/* Water and gas have their own meters: no gap of the file is theirs. */
static bool
silent(const struct house *h, const struct house_feed *f, size_t i)
{
	return !h->minutes.at[i].measured && f->row->litres == 0;
}

bool
house_at(const struct house *h, const struct house_feed *f, int64_t ms,
    struct house_shown *out)
{
	struct moment m = locate(h, ms);

	*out = (struct house_shown){ { 0 } };
	if (silent(h, f, m.i))
		return false;
	gauges(h, f, &m, 1 + SWAY * wave(&m), 1 + SWAY_V * wave(&m), out->v);
	counters(h, f, &m, out->v);
	return true;
}

bool
house_minute(const struct house *h, const struct house_feed *f, int64_t t,
    struct house_shown *out, int64_t *sway)
{
	struct moment m = locate(h, t * 1000);

	*out = (struct house_shown){ { 0 } };
	*sway = llround(SWAY * MILLION);
	if (silent(h, f, m.i))
		return false;
	gauges(h, f, &m, 1, 1, out->v);
	m.x = 1;
	counters(h, f, &m, out->v);
	return true;
}
