/*
 * simulator_dump.c - what a poller would have stored, had it run.
 *
 * Only what the house's file knows is written: a total once, not again for its
 * phase, and no frequency or distortion, which are constants here.
 */
#include "simulator_dump.h"
#include "calendar.h"
#include "quantity.h"

#include <errno.h>
#include <string.h>

#define MOST 16

static const struct {
	enum house_value value;
	const char *quantity;
	bool sways; /* has its own least and most */
} wanted[] = {
	{ HOUSE_ACTIVE, "active_power", true },
	{ HOUSE_REACTIVE, "reactive_power", false },
	{ HOUSE_APPARENT, "apparent_power", false },
	{ HOUSE_VOLTAGE, "voltage_l1", false },
	{ HOUSE_CURRENT, "current_l1", false },
	{ HOUSE_FACTOR, "power_factor", false },
	{ HOUSE_ACTIVE_ENERGY, "active_energy_import", false },
	{ HOUSE_REACTIVE_ENERGY, "reactive_energy_import", false },
	{ HOUSE_APPARENT_ENERGY, "apparent_energy_import", false },
};

struct column {
	const struct mews_quantity *quantity;
	enum house_value value;
	bool sways;
	size_t fact;
};

/* The meter's fact of that name, also where it is an absolute value. */
static bool
find(const struct meter *m, const char *name, size_t *fact)
{
	size_t n = strlen(name);
	enum house_value value;
	const char *has;

	for (*fact = 0; (has = meter_fact_name(m, *fact, &value)) != NULL;
	     ++*fact)
		if (strncmp(has, name, n) == 0 &&
		    (has[n] == '\0' || strcmp(has + n, "_abs") == 0))
			return true;
	return false;
}

static size_t
columns(const struct meter *m, struct column *c)
{
	size_t n = 0, i;

	for (i = 0; i < MEWS_LEN(wanted); i++) {
		c[n].value = wanted[i].value;
		c[n].sways = wanted[i].sways;
		c[n].quantity = mews_quantity_find(wanted[i].quantity);
		if (c[n].quantity != NULL &&
		    find(m, wanted[i].quantity, &c[n].fact))
			n++;
	}
	if (find(m, "pulse_counter_in1", &c[n].fact)) {
		c[n].value = HOUSE_ACTIVE_ENERGY;
		c[n].sways = false;
		c[n].quantity = mews_quantity_find(house_quantity(m->feed));
		n += c[n].quantity != NULL;
	}
	return n;
}

static void
head(const struct column *c, size_t n, FILE *f)
{
	size_t i;

	(void)fputs("time", f);
	for (i = 0; i < n; i++) {
		(void)fprintf(f, ",%s", c[i].quantity->name);
		if (c[i].sways)
			(void)fprintf(f, ",%s:min,%s:max", c[i].quantity->name,
			    c[i].quantity->name);
	}
	(void)fputc('\n', f);
}

/* One cell: the value with so many millionths of it added. */
static void
cell(const struct meter *m, const struct column *c, const struct house_shown *s,
    int64_t more, FILE *f)
{
	struct house_shown at = *s;
	char text[MEWS_NUMBER];

	at.v[c->value] += at.v[c->value] / 1000000 * more +
	    at.v[c->value] % 1000000 * more / 1000000;
	mews_number_plain(text, meter_fact_says(m, c->fact, &at), 6,
	    c->quantity->decimals);
	(void)fprintf(f, ",%s", text);
}

static void
row(const struct meter *m, const struct column *c, size_t n, int64_t t,
    const struct house_shown *s, int64_t sway, FILE *f)
{
	char text[MEWS_STAMP];
	size_t i;

	mews_calendar_utc(t, text);
	(void)fputs(text, f);
	for (i = 0; i < n; i++) {
		cell(m, &c[i], s, 0, f);
		if (c[i].sways) {
			cell(m, &c[i], s, -sway, f);
			cell(m, &c[i], s, sway, f);
		}
	}
	(void)fputc('\n', f);
}

enum mews_rc
dump_minutes(const struct house *h, const struct meter *m, int64_t from,
    int64_t to, int64_t shift, FILE *f, struct mews_err *err)
{
	struct column c[MOST];
	size_t n = columns(m, c);
	struct house_shown s;
	int64_t t, sway;

	if (from < house_begin(h) + shift)
		from = house_begin(h) + shift;
	from += (60 - from % 60) % 60;
	head(c, n, f);
	for (t = from; t + 60 <= to; t += 60)
		if (house_minute(h, m->feed, t - shift, &s, &sway))
			row(m, c, n, t, &s, sway, f);
	if (fflush(f) != 0 || ferror(f))
		return mews_fail(err, MEWS_FAIL, "the minutes: %s",
		    strerror(errno));
	return MEWS_OK;
}
