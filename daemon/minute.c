/*
 * minute.c - a value holds until the next one, the first also before it.
 *
 * Only what was read within the minute is in its mean, so that the mean lies
 * between its minimum and its maximum.
 */
#include "minute.h"

#define LENGTH 60000              /* ms */
#define LIMIT  (INT64_C(1) << 46) /* x LENGTH still fits */

bool
minute_value(struct minute *m, int64_t ms, int64_t value)
{
	if (value > LIMIT || value < -LIMIT)
		return false;
	if (ms > LENGTH)
		ms = LENGTH;
	if (m->seen++ == 0)
		m->value = m->min = m->max = value;
	if (ms > m->at) {
		m->sum += m->value * (ms - m->at);
		m->at = ms;
	}
	m->value = value;
	m->min = value < m->min ? value : m->min;
	m->max = value > m->max ? value : m->max;
	return true;
}

void
minute_book(struct minute *m, int64_t booked, unsigned flags)
{
	m->seen++;
	m->sum += booked;
	m->flags |= flags;
}

/* Rounded half away from zero. */
static int64_t
mean(int64_t sum)
{
	return (sum + (sum < 0 ? -LENGTH / 2 : LENGTH / 2)) / LENGTH;
}

bool
minute_close(struct minute *m, enum mews_kind kind, int64_t t,
    uint32_t expected, int64_t end, struct mews_bucket *out)
{
	bool any = m->seen != 0;

	*out = (struct mews_bucket){ .t = t, .flags = m->flags };
	out->seen = m->seen;
	out->expected = expected > m->seen ? expected : m->seen;
	if (kind == MEWS_COUNTER) {
		out->sum = m->sum;
		out->end = end;
	} else if (kind == MEWS_GAUGE) {
		out->sum = mean(m->sum + m->value * (LENGTH - m->at));
		out->min = m->min;
		out->max = m->max;
	} else {
		out->end = m->value;
	}
	*m = (struct minute){ 0 };
	return any;
}
