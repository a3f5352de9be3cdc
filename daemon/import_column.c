/*
 * import_column.c - a table of what may stand behind a quantity's name.
 */
#include "import_column.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

#define MOST_COLUMNS 16384

#define OF(kind) (1u << (kind))
#define ALL      (OF(MEWS_COUNTER) | OF(MEWS_GAUGE) | OF(MEWS_STATE))

static const struct {
	const char *word;
	unsigned kinds; /* bits of enum mews_kind that have it */
} parts[] = {
	[IMPORT_VALUE] = { "", ALL },
	[IMPORT_DELTA] = { "delta", OF(MEWS_COUNTER) },
	[IMPORT_MIN] = { "min", OF(MEWS_GAUGE) },
	[IMPORT_MAX] = { "max", OF(MEWS_GAUGE) },
	[IMPORT_SAMPLES] = { "samples", ALL },
	[IMPORT_FLAGS] = { "flags", ALL },
};

void
import_columns_clear(struct import_columns *c)
{
	size_t i;

	for (i = 0; i < c->nseries; i++)
		mews_buckets_clear(&c->series[i].minutes);
	free(c->series);
	free(c->column);
	*c = (struct import_columns){ 0 };
}

static enum mews_rc
bad(struct mews_err *err, const char *what, const char *word)
{
	return mews_fail(err, MEWS_BAD, "line 1: %s: '%.60s'", what, word);
}

static size_t
series_of(struct import_columns *c, const struct import_rules *rules,
    const struct mews_device *d, const struct mews_quantity *q)
{
	struct import_series *s;
	int64_t modulus = 0;
	size_t i;

	for (i = 0; i < c->nseries; i++)
		if (c->series[i].device == d && c->series[i].quantity == q)
			return i;
	c->series = mews_realloc(c->series, i + 1, sizeof(*s));
	c->nseries++;
	c->series[i] = (struct import_series){ .device = d, .quantity = q };
	if (q->kind == MEWS_COUNTER && rules->modulus != NULL)
		modulus = rules->modulus(rules->ctx, d, q);
	mews_counter_init(&c->series[i].counter, modulus,
	    mews_quantity_most(q));
	return i;
}

static bool
twice(const struct import_columns *c, const struct import_column *n)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->column[i].series == n->series &&
		    c->column[i].part == n->part)
			return true;
	return false;
}

/* The device that a column names, if it does: name is moved behind it. */
static enum mews_rc
device_of(const struct import_rules *rules, char **name,
    const struct mews_device **d, struct mews_err *err)
{
	char *plate = *name, *slash = strchr(plate, '/');

	*d = rules->device;
	if (slash == NULL)
		return *d != NULL ? MEWS_OK
				  : bad(err,
					"the column does not say of which "
					"device it is, such as P1/",
					plate);
	*slash = '\0';
	*name = slash + 1;
	if ((*d = mews_site_plate(rules->site, plate)) == NULL)
		return mews_fail(err, MEWS_NONE,
		    "line 1: no device has the plate %.20s", plate);
	if (rules->device != NULL && rules->device != *d)
		return bad(err, "this column is of another device", plate);
	return MEWS_OK;
}

static enum mews_rc
head_column(struct import_columns *c, const struct import_rules *rules,
    char *name, struct mews_err *err)
{
	struct import_column n = { 0, IMPORT_VALUE };
	const struct mews_quantity *q;
	const struct mews_device *d;
	char *part;
	enum mews_rc rc = device_of(rules, &name, &d, err);

	if (rc != MEWS_OK)
		return rc;
	if ((part = strchr(name, ':')) != NULL)
		*part++ = '\0';
	if ((q = mews_quantity_find(name)) == NULL)
		return bad(err, "no quantity has this name", name);
	while (part != NULL && n.part < MEWS_LEN(parts) &&
	    strcmp(parts[n.part].word, part) != 0)
		n.part++;
	if (n.part == MEWS_LEN(parts) || (part != NULL && part[0] == '\0') ||
	    (parts[n.part].kinds & OF(q->kind)) == 0)
		return bad(err, "a counter has :delta, a gauge :min and :max",
		    part);
	n.series = series_of(c, rules, d, q);
	if (twice(c, &n))
		return bad(err, "the column is there twice", name);
	c->series[n.series].has_index |= n.part == IMPORT_VALUE;
	c->series[n.series].has_delta |= n.part == IMPORT_DELTA;
	c->column = mews_realloc(c->column, c->n + 1, sizeof(n));
	c->column[c->n++] = n;
	return MEWS_OK;
}

enum mews_rc
import_head(struct import_columns *c, const struct import_rules *rules,
    char *text, struct mews_err *err)
{
	char *field = strsep(&text, ",");
	enum mews_rc rc = MEWS_OK;
	enum mews_level level;
	size_t i;

	if (mews_level_find(field, &level) && level != MEWS_MINUTE)
		return bad(err, "only minutes can be imported, these are of a",
		    field);
	if (strcmp(field, "time") != 0)
		return bad(err,
		    "it names the columns, separated by commas:"
		    " time,QUANTITY...",
		    field);
	while (rc == MEWS_OK && (field = strsep(&text, ",")) != NULL)
		rc = c->n == MOST_COLUMNS
		    ? bad(err, "more columns than can be read", field)
		    : head_column(c, rules, field, err);
	if (rc == MEWS_OK && c->n == 0)
		rc = bad(err, "there is no column but the time", "");
	for (i = 0; i < c->nseries && rc == MEWS_OK; i++)
		if (!c->series[i].has_index && !c->series[i].has_delta)
			rc = bad(err, "its values have no column",
			    c->series[i].quantity->name);
	return rc;
}

/* "6/6" */
static bool
samples(const char *text, struct mews_bucket *b)
{
	int64_t seen, expected;
	char first[16];
	const char *slash = strchr(text, '/');

	if (slash == NULL || (size_t)(slash - text) >= sizeof(first))
		return false;
	memcpy(first, text, (size_t)(slash - text));
	first[slash - text] = '\0';
	if (!mews_str_int(first, 1, 100000, &seen) ||
	    !mews_str_int(slash + 1, seen, 100000, &expected))
		return false;
	b->seen = (uint32_t)seen;
	b->expected = (uint32_t)expected;
	return true;
}

static void
set(struct import_series *s, enum import_part part, int64_t v)
{
	if (part == IMPORT_MIN)
		s->now.min = v;
	else if (part == IMPORT_MAX)
		s->now.max = v;
	else if (part == IMPORT_DELTA || s->quantity->kind == MEWS_GAUGE)
		s->now.sum = v;
	else
		s->now.end = v;
}

const char *
import_field(struct import_series *s, enum import_part part, const char *text)
{
	int64_t v;

	s->said |= 1u << part;
	if (part == IMPORT_SAMPLES)
		return samples(text, &s->now) ? NULL : "no samples such as 6/6";
	if (part == IMPORT_FLAGS)
		return mews_flags_read(text, &s->now.flags) &&
			(s->now.flags & MEWS_OPEN) == 0
		    ? NULL
		    : "no flags";
	if (!mews_str_fixed(text, s->quantity->decimals, &v))
		return "no number";
	if (v > INT64_C(1) << 61 || v < -(INT64_C(1) << 61))
		return "more than can be stored";
	if (s->quantity->kind == MEWS_COUNTER && v < 0)
		return "a counter is never below 0";
	set(s, part, v);
	return NULL;
}

const char *
import_whole(const struct import_series *s)
{
	const unsigned values = 1u << IMPORT_VALUE | 1u << IMPORT_DELTA;
	const struct mews_bucket *b = &s->now;

	if (s->said != 0 && (s->said & values) == 0)
		return "there is more about it, but no value";
	if (s->quantity->kind != MEWS_GAUGE || s->said == 0)
		return NULL;
	if ((s->said & 1u << IMPORT_MIN && b->min > b->sum) ||
	    (s->said & 1u << IMPORT_MAX && b->max < b->sum))
		return "the mean lies outside of its extremes";
	return NULL;
}
