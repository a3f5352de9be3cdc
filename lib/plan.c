/*
 * plan.c - sorts by class, function and address, and joins what lies close.
 *
 * A request costs silence and turn-around, so reading over a hole is cheaper
 * than asking twice.  A value of a slower class that lies inside a request of
 * a faster one comes along for nothing.
 */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE 60000 /* ms */

/* Requests in an interval of the device; 0: one a minute. */
static const int64_t
    rate[] = { [MEWS_FAST] = 2, [MEWS_NORMAL] = 1, [MEWS_SLOW] = 0 };

int64_t
mews_plan_period(const struct mews_device *d, const struct mews_profile *p,
    enum mews_poll_class class)
{
	int64_t every = (int64_t)d->every_s * 1000;
	int64_t least =
	    p->quickest_s > 1 ? (int64_t)p->quickest_s * 1000 : 1000;
	int64_t ms = rate[class] != 0 ? every / rate[class]
	    : every > MINUTE          ? every
				      : MINUTE;

	return ms < least ? least : ms;
}

/* The registers of one value, with those that hold its sign and scale. */
struct span {
	unsigned from, to; /* [from, to) */
};

static void
cover(struct span *s, unsigned address)
{
	s->from = address < s->from ? address : s->from;
	s->to = address + 1 > s->to ? address + 1 : s->to;
}

static struct span
span_of(const struct mews_profile_read *r)
{
	struct span s = { r->address,
		r->address + mews_register_words(r->type) };
	unsigned i;

	if (r->has_sign)
		cover(&s, r->sign);
	if (r->has_scale)
		cover(&s, r->scale);
	for (i = 0; i < r->nratios; i++)
		cover(&s, r->ratio[i].address);
	return s;
}

static int
compare(const void *a, const void *b)
{
	const struct mews_profile_read *x =
	    ((const struct mews_plan_value *)a)->read;
	const struct mews_profile_read *y =
	    ((const struct mews_plan_value *)b)->read;
	struct span sx = span_of(x), sy = span_of(y);

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	if (sx.from != sy.from)
		return sx.from < sy.from ? -1 : 1;
	return sx.to < sy.to ? -1 : sx.to > sy.to;
}

/* What a read gives on this device; no quantity for an input nobody uses. */
static struct mews_pulse
pulse_of(const struct mews_device *d, const struct mews_profile_read *r)
{
	return r->pulses != 0
	    ? d->pulse[r->pulses - 1]
	    : (struct mews_pulse){ r->quantity, .weight = 1, .per = 1 };
}

/* Place of a quantity among the items, nitems when it is new. */
static size_t
item_of(const struct mews_plan *p, const struct mews_quantity *q)
{
	size_t i;

	for (i = 0; i < p->nitems && p->item[i] != q; i++)
		;
	return i;
}

static enum mews_rc
collect(struct mews_plan *p, const struct mews_device *d,
    const struct mews_profile *profile, struct mews_err *err)
{
	const struct mews_profile_read *r;
	struct mews_plan_value v;
	struct span s;

	for (r = profile->read; r < profile->read + profile->nreads; r++) {
		v.read = r;
		v.pulse = pulse_of(d, r);
		v.quantity = v.pulse.quantity;
		v.item = v.quantity == NULL ? 0 : item_of(p, v.quantity);
		if (v.quantity == NULL || v.item < p->nitems)
			continue;
		s = span_of(r);
		if (s.to - s.from > profile->block)
			return mews_fail(err, MEWS_BAD,
			    "%s: %s and its sign, scale or ratio do not fit "
			    "one request of %u registers",
			    profile->name, v.quantity->name, profile->block);
		p->item[p->nitems++] = v.quantity;
		p->value[p->nvalues++] = v;
	}
	if (p->nvalues == 0)
		return mews_fail(err, MEWS_BAD,
		    "%s: with profile %s it measures nothing", d->plate,
		    profile->name);
	return MEWS_OK;
}

static bool
inside(const struct mews_plan_block *b, const struct mews_profile_read *r)
{
	struct span s = span_of(r);

	return r->function == b->function && s.from >= b->address &&
	    s.to <= b->address + b->words;
}

/* True when the block was widened, or already wide enough, for the value. */
static bool
widen(struct mews_plan_block *b, const struct mews_profile_read *r,
    const struct mews_profile *profile)
{
	struct span s = span_of(r);
	unsigned end = b->address + b->words;

	if (r->function != b->function || r->class != b->class ||
	    s.from > end + profile->hole || s.to > b->address + profile->block)
		return false;
	if (s.to > end)
		b->words = s.to - b->address;
	return true;
}

/* Moves value i to the end of the block's, which end at `end`. */
static void
attach(struct mews_plan *p, struct mews_plan_block *b, size_t i, size_t end)
{
	struct mews_plan_value v = p->value[i];

	memmove(p->value + end + 1, p->value + end,
	    (i - end) * sizeof(*p->value));
	p->value[end] = v;
	b->n++;
}

static void
merge(struct mews_plan *p, const struct mews_device *d,
    const struct mews_profile *profile)
{
	struct mews_plan_block *b;
	struct span s;
	size_t done = 0, i;

	while (done < p->nvalues) {
		s = span_of(p->value[done].read);
		b = &p->block[p->nblocks++];
		*b = (struct mews_plan_block){ p->value[done].read->function,
			(uint16_t)s.from, s.to - s.from,
			p->value[done].read->class,
			mews_plan_period(d, profile,
			    p->value[done].read->class),
			done, 1 };
		for (i = ++done; i < p->nvalues; i++)
			if (widen(b, p->value[i].read, profile))
				attach(p, b, i, done++);
		for (i = done; i < p->nvalues; i++)
			if (inside(b, p->value[i].read))
				attach(p, b, i, done++);
	}
}

enum mews_rc
mews_plan_make(struct mews_plan *p, const struct mews_device *d,
    const struct mews_profile *profile, struct mews_err *err)
{
	size_t n = profile->nreads == 0 ? 1 : profile->nreads;
	enum mews_rc rc;

	*p = (struct mews_plan){ .answer_ms = profile->answer_ms };
	p->value = mews_alloc(n, sizeof(*p->value));
	p->block = mews_alloc(n, sizeof(*p->block));
	p->item = mews_alloc(n, sizeof(*p->item));
	if ((rc = collect(p, d, profile, err)) != MEWS_OK) {
		mews_plan_clear(p);
		return rc;
	}
	qsort(p->value, p->nvalues, sizeof(*p->value), compare);
	merge(p, d, profile);
	return MEWS_OK;
}

void
mews_plan_clear(struct mews_plan *p)
{
	free(p->value);
	free(p->block);
	free(p->item);
	*p = (struct mews_plan){ 0 };
}

/* Makes the block as wide as its values need. */
static void
fit(struct mews_plan *p, struct mews_plan_block *b)
{
	struct span all = span_of(p->value[b->first].read), s;
	size_t i;

	for (i = 1; i < b->n; i++) {
		s = span_of(p->value[b->first + i].read);
		all.from = s.from < all.from ? s.from : all.from;
		all.to = s.to > all.to ? s.to : all.to;
	}
	b->address = (uint16_t)all.from;
	b->words = all.to - all.from;
}

static int
by_address(const void *a, const void *b)
{
	struct span x = span_of(((const struct mews_plan_value *)a)->read);
	struct span y = span_of(((const struct mews_plan_value *)b)->read);

	return x.from < y.from ? -1 : x.from > y.from;
}

/* How many values stand before the widest hole between n of them, which are
 * sorted; half of them where there is no hole. */
static size_t
hole(const struct mews_plan_value *v, size_t n)
{
	unsigned end = span_of(v[0].read).to, widest = 0;
	size_t at = n / 2, i;
	struct span s;

	for (i = 1; i < n; i++) {
		s = span_of(v[i].read);
		if (s.from > end && s.from - end > widest) {
			widest = s.from - end;
			at = i;
		}
		end = s.to > end ? s.to : end;
	}
	return at;
}

bool
mews_plan_split(struct mews_plan *p, size_t block)
{
	struct mews_plan_block *b = &p->block[block], *rest;

	if (b->n < 2)
		return false;
	qsort(p->value + b->first, b->n, sizeof(*p->value), by_address);
	rest = &p->block[p->nblocks++];
	*rest = *b;
	b->n = hole(p->value + b->first, b->n);
	rest->first += b->n;
	rest->n -= b->n;
	fit(p, b);
	fit(p, rest);
	return true;
}

void
mews_plan_request(const struct mews_plan_block *b, uint8_t pdu[5])
{
	pdu[0] = b->function;
	pdu[1] = (uint8_t)(b->address >> 8);
	pdu[2] = (uint8_t)b->address;
	pdu[3] = (uint8_t)(b->words >> 8);
	pdu[4] = (uint8_t)b->words;
}
