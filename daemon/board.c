/*
 * board.c - a table by slot, and an order by device and quantity to find one.
 *
 * A value is old by the clock that never jumps: a correction of the time makes
 * no value old, and none young.
 */
#include "board.h"
#include "log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define POLLS 3       /* missed, until a value is old */
#define GRACE 3000000 /* us, for the recorder's turn */

struct place {
	struct mews_map_slot slot;
	int64_t period; /* us; 0: nobody measures it any more */
	int64_t t_ms;   /* of the value; 0: none yet */
	int64_t at;     /* it came, tick_us() */
	bool missing;
	int64_t value;
};

struct measured {
	int64_t device, period;
	const struct mews_quantity *quantity;
};

struct board {
	pthread_mutex_t lock; /* of the values */
	struct place *place;  /* owned; place[i] is slot i + 1 */
	size_t n;
	struct place **order;      /* owned; by device and quantity */
	struct measured *measured; /* owned; until it is open */
	size_t nmeasured;
};

struct board *
board_new(void)
{
	struct board *b = mews_alloc(1, sizeof(*b));

	(void)pthread_mutex_init(&b->lock, NULL);
	return b;
}

void
board_free(struct board *b)
{
	if (b == NULL)
		return;
	(void)pthread_mutex_destroy(&b->lock);
	free(b->place);
	free(b->order);
	free(b->measured);
	free(b);
}

void
board_add(struct board *b, int64_t device, const struct mews_plan *p)
{
	struct measured *m;
	size_t k, i;

	b->measured = mews_realloc(b->measured, b->nmeasured + p->nitems,
	    sizeof(*b->measured));
	m = b->measured + b->nmeasured;
	b->nmeasured += p->nitems;
	for (i = 0; i < p->nitems; i++)
		m[i] = (struct measured){ device, 0, p->item[i] };
	for (k = 0; k < p->nblocks; k++)
		for (i = 0; i < p->block[k].n; i++)
			m[p->value[p->block[k].first + i].item].period =
			    p->block[k].period * 1000;
}

static int
compare(const void *a, const void *b)
{
	const struct mews_map_slot *x = &(*(struct place *const *)a)->slot;
	const struct mews_map_slot *y = &(*(struct place *const *)b)->slot;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	return x->quantity == y->quantity ? 0
	    : x->quantity < y->quantity   ? -1
					  : 1;
}

static struct place *
find(const struct board *b, int64_t device, const struct mews_quantity *q)
{
	struct place wanted = { .slot = { .device = device, .quantity = q } };
	struct place *key = &wanted, **found;

	if (b->n == 0)
		return NULL;
	found = bsearch(&key, b->order, b->n, sizeof(b->order[0]), compare);
	return found == NULL ? NULL : *found;
}

static enum mews_rc
give(struct board *b, struct mews_db *config, struct mews_err *err)
{
	const struct measured *m;
	enum mews_rc rc = mews_db_begin(config, err);
	size_t i;

	if (rc != MEWS_OK)
		return rc;
	for (i = 0; i < b->nmeasured && rc == MEWS_OK; i++) {
		m = &b->measured[i];
		rc = mews_map_give(config, m->device, &m->quantity, 1, err);
	}
	return mews_db_end(config, rc, err);
}

/* A slot that is not in the file is nobody's: a number that was given to
 * none. */
static void
lay_out(struct board *b, const struct mews_map_slot *slot, size_t n)
{
	size_t i;

	b->n = n > 0 ? (size_t)slot[n - 1].slot : 0;
	b->place = mews_alloc(b->n + 1, sizeof(*b->place));
	b->order = mews_alloc(b->n + 1, sizeof(struct place *));
	for (i = 0; i < n; i++)
		b->place[slot[i].slot - 1].slot = slot[i];
	for (i = 0; i < b->n; i++)
		b->order[i] = &b->place[i];
	qsort(b->order, b->n, sizeof(b->order[0]), compare);
}

enum mews_rc
board_open(struct board *b, struct mews_db *config, struct mews_err *err)
{
	struct mews_map_slot *slot = NULL;
	struct place *p;
	size_t n, i, left = 0;
	enum mews_rc rc;

	if ((rc = give(b, config, err)) != MEWS_OK ||
	    (rc = mews_map_slots(config, &slot, &n, err)) != MEWS_OK)
		return rc;
	lay_out(b, slot, n);
	free(slot);
	for (i = 0; i < b->nmeasured; i++) {
		p = find(b, b->measured[i].device, b->measured[i].quantity);
		if (p != NULL)
			p->period = b->measured[i].period;
		left += p == NULL;
	}
	if (left > 0)
		mews_log(MEWS_LOG_WARNING,
		    "the map for other masters is full: %zu values have no "
		    "registers",
		    left);
	free(b->measured);
	b->measured = NULL;
	b->nmeasured = 0;
	return MEWS_OK;
}

void
board_take(struct board *b, const struct mews_live_value *v, size_t n,
    int64_t now)
{
	struct place *p;
	size_t i;

	if (b == NULL)
		return;
	(void)pthread_mutex_lock(&b->lock);
	for (i = 0; i < n; i++) {
		p = find(b, v[i].device, v[i].quantity);
		if (p == NULL || p->t_ms == v[i].t_ms)
			continue;
		p->t_ms = v[i].t_ms;
		p->at = now;
		p->missing = v[i].missing;
		p->value = v[i].value;
	}
	(void)pthread_mutex_unlock(&b->lock);
}

size_t
board_slots(const struct board *b)
{
	return b->n;
}

static enum mews_map_quality
quality(const struct place *p, int64_t now)
{
	return p->period == 0                         ? MEWS_MAP_REMOVED
	    : p->t_ms == 0                            ? MEWS_MAP_UNREAD
	    : now - p->at > POLLS * p->period + GRACE ? MEWS_MAP_OLD
	    : p->missing                              ? MEWS_MAP_MISSING
						      : MEWS_MAP_GOOD;
}

/* The registers of a slot. */
static void
lay_slot(const struct place *p, int64_t now, uint16_t out[MEWS_MAP_EACH])
{
	enum mews_map_quality q = quality(p, now);
	uint64_t stored = (uint64_t)INT64_MIN;
	uint32_t bits = 0x7fc00000; /* a quiet NaN, IEEE 754 */
	int64_t age = (now - p->at) / 1000000;
	double value;
	float f;
	int i;

	if (q == MEWS_MAP_GOOD) {
		stored = (uint64_t)p->value;
		value = (double)p->value;
		for (i = 0; i < p->slot.quantity->decimals; i++)
			value /= 10;
		f = (float)value;
		memcpy(&bits, &f, sizeof(bits));
	}
	out[0] = (uint16_t)(bits >> 16);
	out[1] = (uint16_t)bits;
	for (i = 0; i < 4; i++)
		out[2 + i] = (uint16_t)(stored >> (48 - 16 * i));
	out[6] = (uint16_t)q;
	out[7] = p->t_ms == 0 || age > 65535 ? 65535 : (uint16_t)age;
}

bool
board_read(struct board *b, int first, int n, int64_t now, uint8_t *out)
{
	uint16_t word[MEWS_MAP_EACH];
	int at = first - MEWS_MAP_FIRST, slot = -1, i;

	if (at < 0 || at + n > (int)b->n * MEWS_MAP_EACH)
		return false;
	(void)pthread_mutex_lock(&b->lock);
	for (i = at; i < at + n; i++) {
		if (i / MEWS_MAP_EACH != slot) {
			slot = i / MEWS_MAP_EACH;
			lay_slot(&b->place[slot], now, word);
		}
		*out++ = (uint8_t)(word[i % MEWS_MAP_EACH] >> 8);
		*out++ = (uint8_t)word[i % MEWS_MAP_EACH];
	}
	(void)pthread_mutex_unlock(&b->lock);
	return true;
}
