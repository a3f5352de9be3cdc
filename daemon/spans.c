/*
 * spans.c - buckets of a quarter of an octave: 80 numbers tell a median and a
 * 99th percentile of any number of requests, from 64 us to a minute.
 */
#include "spans.h"

#define LEAST   6 /* log2 of the us that the first bucket ends with */
#define OCTAVES (SPANS_BUCKETS / 4)

static size_t
bucket(int64_t us)
{
	int64_t rest = us >> LEAST;
	size_t octave = 0;

	if (rest == 0)
		return 0;
	while (rest >> (octave + 1) != 0)
		octave++;
	if (octave >= OCTAVES)
		return SPANS_BUCKETS - 1;
	return 4 * octave + (size_t)((us >> (octave + LEAST - 2)) & 3);
}

void
spans_add(struct spans *s, int64_t us)
{
	s->n[bucket(us)]++;
}

int64_t
spans_part(const struct spans *s, int per_cent)
{
	uint64_t all = 0, seen = 0;
	size_t i;

	for (i = 0; i < SPANS_BUCKETS; i++)
		all += s->n[i];
	for (i = 0; i < SPANS_BUCKETS && all > 0; i++)
		if ((seen += s->n[i]) * 100 >= all * (uint64_t)per_cent)
			return (int64_t)(i % 4 + 5) << (i / 4 + LEAST - 2);
	return 0;
}
