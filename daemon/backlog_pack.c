/*
 * backlog_pack.c - minutes that wait are packed, so that a day of a large site
 * fits into a small box: whose values they are is told once for all of them,
 * and a value takes the few bytes that a bucket takes in the history.
 *
 * Each minute is packed by itself and not against the one before, so that the
 * oldest can go without the others being touched.
 */
#include "backlog.h"

#include <stdlib.h>
#include <string.h>

struct backlog_minute *
backlog_minute(int64_t t, size_t n)
{
	struct backlog_minute *m =
	    mews_alloc(1, sizeof(*m) + n * sizeof(m->v[0]));

	m->t = t;
	return m;
}

void
backlog_clear_notes(struct backlog_note *n)
{
	struct backlog_note *next;

	for (; n != NULL; n = next) {
		next = n->next;
		free(n);
	}
}

static bool
fits(const struct backlog_columns *c, const struct backlog_minute *m)
{
	size_t i;

	if (c->n != m->n)
		return false;
	for (i = 0; i < c->n; i++)
		if (c->c[i].series != m->v[i].series ||
		    c->c[i].device != m->v[i].device ||
		    c->c[i].quantity != m->v[i].quantity)
			return false;
	return true;
}

/* Columns that fit the minute. */
static struct backlog_columns *
columns(struct backlog_columns **list, const struct backlog_minute *m)
{
	struct backlog_columns *c;
	size_t i;

	for (c = *list; c != NULL; c = c->next)
		if (fits(c, m))
			return c;
	c = mews_alloc(1, sizeof(*c) + m->n * sizeof(c->c[0]));
	c->n = m->n;
	for (i = 0; i < m->n; i++)
		c->c[i] = (struct backlog_column){ m->v[i].device,
			m->v[i].quantity, m->v[i].series };
	c->next = *list;
	*list = c;
	return c;
}

/* All of a minute but what its columns tell. */
static void
put(struct mews_buf *out, const struct backlog_minute *m)
{
	size_t bits = (m->n + 7) / 8, i;
	struct mews_bucket last = { 0 };

	for (i = 0; i < bits; i++)
		mews_buf_byte(out, 0);
	for (i = 0; i < m->n; i++) {
		if (m->v[i].b.seen == 0)
			continue;
		out->s[i / 8] = (char)(out->s[i / 8] | 1 << i % 8);
		last = (struct mews_bucket){ .t = m->t - 60,
			.seen = last.seen,
			.expected = last.expected };
		mews_bucket_put(out, m->v[i].quantity->kind, &last, &m->v[i].b);
	}
}

struct backlog_packed *
backlog_pack(struct backlog_columns **list, struct backlog_minute *m)
{
	struct mews_buf b = { 0 };
	struct backlog_packed *p;

	put(&b, m);
	p = mews_alloc(1, sizeof(*p) + b.n);
	p->t = m->t;
	p->waits = m->waits;
	p->note = m->note;
	p->columns = columns(list, m);
	p->columns->minutes++;
	p->bytes = b.n;
	memcpy(p->s, b.s, b.n);
	mews_buf_clear(&b);
	free(m);
	return p;
}

struct backlog_minute *
backlog_unpack(const struct backlog_packed *p)
{
	const struct backlog_columns *c = p->columns;
	const unsigned char *s = p->s + (c->n + 7) / 8, *end = p->s + p->bytes;
	struct backlog_minute *m = backlog_minute(p->t, c->n);
	struct mews_bucket last = { 0 };
	struct backlog_value *v;
	size_t i;

	for (i = 0; i < c->n; i++) {
		if ((p->s[i / 8] & 1 << i % 8) == 0)
			continue;
		last = (struct mews_bucket){ .t = p->t - 60,
			.seen = last.seen,
			.expected = last.expected };
		v = &m->v[m->n++];
		v->device = c->c[i].device;
		v->quantity = c->c[i].quantity;
		v->series = c->c[i].series;
		(void)mews_bucket_get(&s, end, v->quantity->kind, &last, &v->b);
		v->b.flags |= p->flags;
	}
	return m;
}

void
backlog_free(struct backlog_columns **list, struct backlog_packed *p)
{
	struct backlog_columns **at, *c = p->columns;

	backlog_clear_notes(p->note);
	free(p);
	if (--c->minutes != 0)
		return;
	for (at = list; *at != c; at = &(*at)->next)
		;
	*at = c->next;
	free(c);
}
