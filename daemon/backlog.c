/*
 * backlog.c - a queue in memory, for as long as the disk takes nothing.
 */
#include "backlog.h"

#include <stdlib.h>

static void
drop_first(struct backlog *b)
{
	struct backlog_packed *p = b->first;

	b->first = p->next;
	if (b->first == NULL)
		b->last = NULL;
	b->n--;
	backlog_free(&b->columns, p);
}

/* Values of a minute stand in the order of the recorder's series, so what
 * follows is searched from where the last one was found. */
static void
add_energy(const struct backlog_minute *from, struct backlog_minute *to)
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

/* What the oldest minute holds goes into the one after it, and it goes. */
static void
hand_on(struct backlog *b)
{
	struct backlog_packed *second = b->first->next, *third = second->next;
	struct backlog_minute *from = backlog_unpack(b->first);
	struct backlog_minute *to = backlog_unpack(second);
	struct backlog_note **end;

	add_energy(from, to);
	free(from);
	to->waits = second->waits;
	to->note = second->note;
	second->note = NULL;
	for (end = &to->note; *end != NULL; end = &(*end)->next)
		;
	*end = b->first->note;
	b->first->note = NULL;
	drop_first(b);
	b->first = backlog_pack(&b->columns, to);
	b->first->next = third;
	if (third == NULL)
		b->last = b->first;
	backlog_free(&b->columns, second);
}

void
backlog_add(struct backlog *b, struct backlog_minute *m)
{
	struct backlog_packed *p = backlog_pack(&b->columns, m);

	if (b->last != NULL)
		b->last->next = p;
	else
		b->first = p;
	b->last = p;
	if (++b->n > BACKLOG_MOST)
		hand_on(b);
}

/* The series of a minute that the history has not yet, in one transaction; they
 * are known only once that is through. */
struct making {
	struct mews_db *db;
	bool begun;
	int64_t **made; /* owned */
	size_t n;
};

static enum mews_rc
make(struct making *g, int64_t device, const struct mews_quantity *q,
    int64_t *series, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;

	if (*series != 0)
		return MEWS_OK;
	if (!g->begun && (rc = mews_db_begin(g->db, err)) != MEWS_OK)
		return rc;
	g->begun = true;
	g->made = mews_realloc(g->made, g->n + 1, sizeof(*g->made));
	g->made[g->n++] = series;
	return mews_history_make(g->db, device, q, series, err);
}

static enum mews_rc
make_all(const struct backlog_minute *m, const struct backlog_note *note,
    struct mews_db *db, struct mews_err *err)
{
	struct making g = { .db = db };
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < m->n && rc == MEWS_OK; i++)
		rc = make(&g, m->v[i].device, m->v[i].quantity, m->v[i].series,
		    err);
	for (; note != NULL && rc == MEWS_OK; note = note->next)
		rc = make(&g, note->device, note->quantity, note->series, err);
	if (g.begun)
		rc = mews_db_end(db, rc, err);
	for (i = 0; i < g.n && rc != MEWS_OK; i++)
		*g.made[i] = 0;
	free(g.made);
	return rc;
}

/* The notes as the history takes them: what x points to is the caller's. */
static void
gather(struct backlog_note *n, struct mews_extra *x)
{
	size_t count = 1;
	struct backlog_note *i;

	for (i = n; i != NULL; i = i->next)
		count++;
	x->booking = mews_alloc(count, sizeof(*x->booking));
	x->epoch = mews_alloc(count, sizeof(*x->epoch));
	x->event = mews_alloc(count, sizeof(*x->event));
	for (i = n; i != NULL; i = i->next) {
		if (i->epoch) {
			x->epoch[x->nepochs] = i->is.began.epoch;
			x->epoch[x->nepochs].series = *i->series;
			x->event[x->nepochs++] = i->is.began.event;
		} else {
			x->booking[x->nbookings] = i->is.booking;
			x->booking[x->nbookings++].series = *i->series;
		}
	}
}

static enum mews_rc
write_minute(const struct backlog_packed *p, struct mews_db *db,
    struct mews_err *err)
{
	struct backlog_minute *m = backlog_unpack(p);
	struct mews_sample *s = mews_alloc(m->n == 0 ? 1 : m->n, sizeof(*s));
	struct mews_extra x = { 0 };
	const struct backlog_value *v;
	enum mews_rc rc = make_all(m, p->note, db, err);
	size_t i;

	for (i = 0; i < m->n; i++) {
		v = &m->v[i];
		s[i] = (struct mews_sample){ .series = *v->series,
			.kind = v->quantity->kind,
			.b = v->b };
	}
	qsort(s, m->n, sizeof(*s), mews_samples_order);
	gather(p->note, &x);
	if (rc == MEWS_OK)
		rc = mews_history_write(db, m->t, s, m->n, &x, err);
	free(x.booking);
	free(x.epoch);
	free(x.event);
	free(s);
	free(m);
	return rc;
}

enum mews_rc
backlog_write(struct backlog *b, struct mews_db *db, int64_t *last,
    struct mews_err *err)
{
	enum mews_rc rc, worst = MEWS_OK;
	int64_t t;

	while (b->first != NULL && !b->first->waits) {
		rc = write_minute(b->first, db, err);
		/* not there, but refused: the file is damaged */
		if (rc == MEWS_BAD &&
		    mews_history_free(db, b->first->t, b->first->t + 60, &t,
			NULL) != MEWS_NONE)
			rc = MEWS_FAIL;
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

bool
backlog_has(const struct backlog *b, int64_t t)
{
	const struct backlog_packed *p;

	for (p = b->first; p != NULL; p = p->next)
		if (p->t == t)
			return true;
	return false;
}

static void
move(int64_t *t, int64_t since, int64_t by)
{
	if (*t >= since)
		*t += by;
}

void
backlog_move_notes(struct backlog_note *n, int64_t since, int64_t by)
{
	for (; n != NULL; n = n->next)
		if (n->epoch) {
			move(&n->is.began.epoch.since, since, by);
			move(&n->is.began.epoch.t, since, by);
			move(&n->is.began.event.t, since, by);
		} else {
			move(&n->is.booking.since, since, by);
			move(&n->is.booking.upto, since, by);
		}
}

void
backlog_move(struct backlog *b, int64_t since, int64_t by)
{
	struct backlog_packed *p;

	for (p = b->first; p != NULL; p = p->next) {
		if (!p->waits)
			continue;
		p->waits = false;
		p->t += by;
		p->flags |= MEWS_CLOCK;
		backlog_move_notes(p->note, since, by);
	}
}

void
backlog_clear(struct backlog *b)
{
	while (b->first != NULL)
		drop_first(b);
}
