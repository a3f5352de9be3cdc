/*
 * backlog.c - a queue in memory, for as long as the disk takes nothing.
 */
#include "backlog.h"

#include <stdlib.h>

struct backlog_minute *
backlog_minute(int64_t t, size_t n)
{
	struct backlog_minute *m =
	    mews_alloc(1, sizeof(*m) + n * sizeof(m->v[0]));

	m->t = t;
	return m;
}

static void
drop_first(struct backlog *b)
{
	struct backlog_minute *m = b->first;

	b->first = m->next;
	if (b->first == NULL)
		b->last = NULL;
	b->n--;
	free(m);
}

/* Values of a minute stand in the order of the recorder's series, so what
 * follows is searched from where the last one was found. */
static void
hand_on(const struct backlog_minute *from, struct backlog_minute *to)
{
	const struct backlog_value *v;
	size_t at = 0, k;

	for (v = from->v; v < from->v + from->n; v++) {
		if (v->quantity->kind != MEWS_COUNTER)
			continue;
		for (k = at; k < to->n && to->v[k].series != v->series; k++)
			;
		if (k == to->n)
			continue;
		at = k;
		to->v[k].b.sum += v->b.sum;
		to->v[k].b.flags |= v->b.flags | MEWS_ESTIMATED;
	}
}

void
backlog_add(struct backlog *b, struct backlog_minute *m)
{
	if (b->last != NULL)
		b->last->next = m;
	else
		b->first = m;
	b->last = m;
	if (++b->n > BACKLOG_MOST) {
		hand_on(b->first, b->first->next);
		drop_first(b);
	}
}

static int
by_series(const void *a, const void *b)
{
	int64_t x = ((const struct mews_sample *)a)->series;
	int64_t y = ((const struct mews_sample *)b)->series;

	return x < y ? -1 : x > y;
}

static enum mews_rc
write_minute(const struct backlog_minute *m, struct mews_db *db,
    struct mews_err *err)
{
	struct mews_sample *s = mews_alloc(m->n == 0 ? 1 : m->n, sizeof(*s));
	const struct backlog_value *v;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < m->n && rc == MEWS_OK; i++) {
		v = &m->v[i];
		if (*v->series == 0)
			rc = mews_history_make(db, v->device, v->quantity,
			    v->series, err);
		s[i] = (struct mews_sample){ .series = *v->series,
			.kind = v->quantity->kind,
			.b = v->b };
	}
	qsort(s, m->n, sizeof(*s), by_series);
	if (rc == MEWS_OK)
		rc = mews_history_write(db, m->t, s, m->n, NULL, err);
	free(s);
	return rc;
}

enum mews_rc
backlog_write(struct backlog *b, struct mews_db *db, int64_t *last,
    struct mews_err *err)
{
	enum mews_rc rc, worst = MEWS_OK;

	while (b->first != NULL) {
		rc = write_minute(b->first, db, err);
		if (rc != MEWS_OK && rc != MEWS_BAD)
			return rc;
		if (rc == MEWS_BAD)
			worst = rc;
		else if (last != NULL)
			*last = b->first->t;
		drop_first(b);
	}
	return worst;
}

void
backlog_clear(struct backlog *b)
{
	while (b->first != NULL)
		drop_first(b);
}
