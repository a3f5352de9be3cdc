/*
 * cut.c - a part of an hour looks like an hour to what is joined from it.
 */
#include "cut.h"

#include <string.h>

#define HOUR 3600

bool
mews_cut_needed(int64_t border)
{
	return border % HOUR != 0;
}

/* Joins the minutes of [from, to), if there are any. */
static void
part(enum mews_kind kind, const struct mews_bucket *b, size_t n, int64_t from,
    int64_t to, struct mews_buckets *out)
{
	struct mews_bucket j;
	size_t i = 0, k;

	while (i < n && b[i].t < from)
		i++;
	for (k = i; k < n && b[k].t < to; k++)
		;
	if (k == i)
		return;
	mews_bucket_join(kind, MEWS_MINUTE, b + i, k - i, from,
	    (uint32_t)((to - from) / 60), &j);
	mews_buckets_add(out, &j);
}

void
mews_cut_hour(struct mews_buckets *hours, enum mews_kind kind, int64_t border,
    const struct mews_bucket *minutes, size_t n,
    const struct mews_booking *booked, size_t nbookings)
{
	int64_t hour = border - border % HOUR;
	struct mews_buckets parts = { 0 }, all = { 0 };
	size_t i, left = 0;

	part(kind, minutes, n, hour, border, &parts);
	part(kind, minutes, n, border, hour + HOUR, &parts);
	for (i = 0; i < nbookings && kind == MEWS_COUNTER; i++)
		mews_booking_spread(&booked[i], hour, hour + HOUR, border,
		    &parts);
	if (parts.n == 0)
		return;
	for (i = 0; i < hours->n; i++)
		if (hours->b[i].t != hour)
			hours->b[left++] = hours->b[i];
	hours->n = left;
	mews_buckets_merge(hours, parts.b, parts.n, &all);
	mews_buckets_clear(&parts);
	mews_buckets_clear(hours);
	*hours = all;
}
