/*
 * bucket.c - a record is a head byte and a few variable-length integers.
 *
 * Most minutes follow the one before by a minute, saw every sample, carry no
 * flag and (counters) booked just what the index moved: one bit each, so that
 * an ordinary record is two or three bytes before compression.
 */
#include "bucket.h"

#include <stdlib.h>

enum head {
	NEXT_MINUTE = 1,
	NEXT_HOUR = 2,
	SAME_SEEN = 4, /* seen and expected as in the last */
	FLAGGED = 8,
	PLAIN = 16, /* counter: sum = end - last.end; gauge: sum = min = max */
	EXTREMES = 32 /* gauge: t_min and t_max follow */
};

/* Little end first, seven bits a byte. */
static void
put_bits(struct mews_buf *out, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		mews_buf_byte(out, (unsigned char)(n | 0x80));
	mews_buf_byte(out, (unsigned char)n);
}

static bool
get_bits(const unsigned char **p, const unsigned char *end, uint64_t *out)
{
	unsigned shift = 0;
	uint64_t n = 0;

	for (; *p < end && shift < 64; shift += 7) {
		n |= (uint64_t)(**p & 0x7f) << shift;
		if (*(*p)++ < 0x80) {
			*out = n;
			return true;
		}
	}
	return false;
}

/* The difference a - b, small in either direction. */
static void
put_step(struct mews_buf *out, int64_t a, int64_t b)
{
	uint64_t d = (uint64_t)a - (uint64_t)b;

	put_bits(out, d >> 63 ? ~(d << 1) : d << 1);
}

static bool
get_step(const unsigned char **p, const unsigned char *end, int64_t b,
    int64_t *a)
{
	uint64_t d;

	if (!get_bits(p, end, &d))
		return false;
	d = d & 1 ? ~(d >> 1) : d >> 1;
	*a = (int64_t)((uint64_t)b + d);
	return true;
}

static int64_t
less(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

static unsigned
head(enum mews_kind kind, const struct mews_bucket *last,
    const struct mews_bucket *b)
{
	unsigned h = 0;

	if (b->t - last->t == 60)
		h |= NEXT_MINUTE;
	if (b->t - last->t == 3600)
		h |= NEXT_HOUR;
	if (b->seen == last->seen && b->expected == last->expected)
		h |= SAME_SEEN;
	if (b->flags != 0)
		h |= FLAGGED;
	if (kind == MEWS_COUNTER && b->sum == less(b->end, last->end))
		h |= PLAIN;
	if (kind == MEWS_GAUGE && b->min == b->sum && b->max == b->sum)
		h |= PLAIN;
	if (kind == MEWS_GAUGE && (b->t_min != 0 || b->t_max != 0))
		h |= EXTREMES;
	return h;
}

void
mews_bucket_put(struct mews_buf *out, enum mews_kind kind,
    struct mews_bucket *last, const struct mews_bucket *b)
{
	unsigned h = head(kind, last, b);

	mews_buf_byte(out, (unsigned char)h);
	if ((h & (NEXT_MINUTE | NEXT_HOUR)) == 0)
		put_step(out, b->t / 60, last->t / 60);
	if ((h & SAME_SEEN) == 0) {
		put_bits(out, b->seen);
		put_bits(out, b->expected);
	}
	if (h & FLAGGED)
		put_bits(out, b->flags);
	if (kind == MEWS_GAUGE)
		put_step(out, b->sum, last->sum);
	else
		put_step(out, b->end, last->end);
	if (kind == MEWS_COUNTER && (h & PLAIN) == 0)
		put_step(out, b->sum, 0);
	if (kind == MEWS_GAUGE && (h & PLAIN) == 0) {
		put_step(out, b->sum, b->min);
		put_step(out, b->max, b->sum);
	}
	if (h & EXTREMES) {
		put_step(out, b->t_min, 0);
		put_step(out, b->t_max, 0);
	}
	*last = *b;
}

static bool
get_frame(const unsigned char **p, const unsigned char *end, unsigned h,
    const struct mews_bucket *last, struct mews_bucket *b)
{
	uint64_t seen = last->seen, expected = last->expected, flags = 0;
	int64_t minutes = last->t / 60 + (h & NEXT_HOUR ? 60 : 1);

	if ((h & (NEXT_MINUTE | NEXT_HOUR)) == 0 &&
	    !get_step(p, end, last->t / 60, &minutes))
		return false;
	if ((h & SAME_SEEN) == 0 &&
	    (!get_bits(p, end, &seen) || !get_bits(p, end, &expected)))
		return false;
	if ((h & FLAGGED) && !get_bits(p, end, &flags))
		return false;
	if (minutes < 0 || minutes > INT64_C(1) << 34)
		return false;
	b->t = minutes * 60;
	b->seen = (uint32_t)seen;
	b->expected = (uint32_t)expected;
	b->flags = (unsigned)flags;
	return true;
}

static bool
get_gauge(const unsigned char **p, const unsigned char *end, unsigned h,
    const struct mews_bucket *last, struct mews_bucket *b)
{
	int64_t below = 0, above = 0, t_min = 0, t_max = 0;

	if (!get_step(p, end, last->sum, &b->sum))
		return false;
	if ((h & PLAIN) == 0 &&
	    (!get_step(p, end, 0, &below) || !get_step(p, end, 0, &above)))
		return false;
	if ((h & EXTREMES) &&
	    (!get_step(p, end, 0, &t_min) || !get_step(p, end, 0, &t_max)))
		return false;
	b->min = less(b->sum, below);
	b->max = (int64_t)((uint64_t)b->sum + (uint64_t)above);
	b->t_min = (int32_t)t_min;
	b->t_max = (int32_t)t_max;
	return true;
}

enum mews_rc
mews_bucket_get(const unsigned char **p, const unsigned char *end,
    enum mews_kind kind, struct mews_bucket *last, struct mews_bucket *out)
{
	struct mews_bucket b = { 0 };
	unsigned h;
	bool good;

	if (*p == end)
		return MEWS_NONE;
	h = *(*p)++;
	good = get_frame(p, end, h, last, &b);
	if (good && kind == MEWS_GAUGE)
		good = get_gauge(p, end, h, last, &b);
	else if (good)
		good = get_step(p, end, last->end, &b.end);
	if (good && kind == MEWS_COUNTER) {
		b.sum = less(b.end, last->end);
		if ((h & PLAIN) == 0)
			good = get_step(p, end, 0, &b.sum);
	}
	if (!good)
		return MEWS_BAD;
	*out = *last = b;
	return MEWS_OK;
}

static int64_t
mean(int64_t sum, int64_t weight)
{
	return sum < 0 ? -((-sum + weight / 2) / weight)
		       : (sum + weight / 2) / weight;
}

void
mews_bucket_join(enum mews_kind kind, enum mews_level finer,
    const struct mews_bucket *b, size_t n, int64_t t, uint32_t minutes,
    struct mews_bucket *out)
{
	struct mews_bucket j = { .t = t, .expected = minutes };
	int64_t weighted = 0;
	uint32_t seen;
	size_t i;

	for (i = 0; i < n; i++) {
		seen = finer == MEWS_MINUTE ? 1 : b[i].seen;
		j.seen += seen;
		j.flags |= b[i].flags & ~(unsigned)MEWS_OPEN;
		j.end = b[i].end;
		j.sum += b[i].sum;
		weighted += b[i].sum * (int64_t)seen;
		if (kind != MEWS_GAUGE)
			continue;
		if (i == 0 || b[i].min < j.min) {
			j.min = b[i].min;
			j.t_min = (int32_t)((b[i].t - t) / 60) + b[i].t_min;
		}
		if (i == 0 || b[i].max > j.max) {
			j.max = b[i].max;
			j.t_max = (int32_t)((b[i].t - t) / 60) + b[i].t_max;
		}
	}
	if (kind == MEWS_GAUGE)
		j.sum = mean(weighted, j.seen == 0 ? 1 : j.seen);
	if (kind == MEWS_STATE)
		j.sum = 0;
	*out = j;
}

void
mews_buckets_add(struct mews_buckets *l, const struct mews_bucket *b)
{
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 64 : 2 * l->cap;
		l->b = mews_realloc(l->b, l->cap, sizeof(*l->b));
	}
	l->b[l->n++] = *b;
}

void
mews_buckets_clear(struct mews_buckets *l)
{
	free(l->b);
	*l = (struct mews_buckets){ 0 };
}

void
mews_buckets_merge(const struct mews_buckets *left,
    const struct mews_bucket *right, size_t n, struct mews_buckets *out)
{
	size_t i = 0, j = 0;

	while (i < left->n || j < n) {
		if (j == n || (i < left->n && left->b[i].t < right[j].t)) {
			mews_buckets_add(out, &left->b[i++]);
			continue;
		}
		if (i < left->n && left->b[i].t == right[j].t)
			i++;
		mews_buckets_add(out, &right[j++]);
	}
}

void
mews_samples_add(struct mews_samples *l, const struct mews_sample *s)
{
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 64 : 2 * l->cap;
		l->s = mews_realloc(l->s, l->cap, sizeof(*l->s));
	}
	l->s[l->n++] = *s;
}

void
mews_samples_clear(struct mews_samples *l)
{
	free(l->s);
	*l = (struct mews_samples){ 0 };
}

int
mews_samples_order(const void *left, const void *right)
{
	const struct mews_sample *a = left, *b = right;

	if (a->series != b->series)
		return a->series < b->series ? -1 : 1;
	if (a->b.t != b->b.t)
		return a->b.t < b->b.t ? -1 : 1;
	return 0;
}
