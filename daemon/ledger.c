/*
 * ledger.c - two lists behind a lock, so that no bus waits for a disk.
 */
#include "ledger.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct ledger {
	pthread_mutex_t lock; /* of what follows */
	struct mews_live_line *line;
	size_t nlines;
	struct mews_live_minute *minute;
	size_t nminutes, room;
};

struct ledger *
ledger_new(void)
{
	struct ledger *l = mews_alloc(1, sizeof(*l));

	(void)pthread_mutex_init(&l->lock, NULL);
	return l;
}

void
ledger_free(struct ledger *l)
{
	if (l == NULL)
		return;
	(void)pthread_mutex_destroy(&l->lock);
	free(l->line);
	free(l->minute);
	free(l);
}

static void
put_line(struct ledger *l, const struct mews_live_line *line)
{
	size_t i;

	for (i = 0; i < l->nlines && l->line[i].line != line->line; i++)
		;
	if (i == l->nlines)
		l->line = mews_realloc(l->line, ++l->nlines, sizeof(*line));
	l->line[i] = *line;
}

static void
put_minute(struct ledger *l, const struct mews_live_minute *m)
{
	if (l->nminutes == LEDGER_MINUTES)
		return;
	if (l->nminutes == l->room) {
		l->room = l->room == 0 ? 16 : 2 * l->room;
		l->minute = mews_realloc(l->minute, l->room, sizeof(*m));
	}
	l->minute[l->nminutes++] = *m;
}

void
ledger_line(struct ledger *l, const struct mews_live_line *line)
{
	(void)pthread_mutex_lock(&l->lock);
	put_line(l, line);
	(void)pthread_mutex_unlock(&l->lock);
}

void
ledger_minute(struct ledger *l, const struct mews_live_minute *m)
{
	(void)pthread_mutex_lock(&l->lock);
	put_minute(l, m);
	(void)pthread_mutex_unlock(&l->lock);
}

/* What was not written comes before what is new; a newer state of a line has
 * come meanwhile, or none. */
static void
give_back(struct ledger *l, struct ledger *old)
{
	size_t i;

	(void)pthread_mutex_lock(&l->lock);
	for (i = 0; i < l->nlines; i++)
		put_line(old, &l->line[i]);
	for (i = 0; i < l->nminutes; i++)
		put_minute(old, &l->minute[i]);
	free(l->line);
	free(l->minute);
	l->line = old->line;
	l->nlines = old->nlines;
	l->minute = old->minute;
	l->nminutes = old->nminutes;
	l->room = old->room;
	(void)pthread_mutex_unlock(&l->lock);
}

enum mews_rc
ledger_write(struct ledger *l, struct mews_db *live, struct mews_err *err)
{
	struct ledger taken;
	enum mews_rc rc;

	(void)pthread_mutex_lock(&l->lock);
	taken = *l;
	l->line = NULL;
	l->minute = NULL;
	l->nlines = l->nminutes = l->room = 0;
	(void)pthread_mutex_unlock(&l->lock);
	if (taken.nlines == 0 && taken.nminutes == 0)
		return MEWS_OK;
	rc = mews_live_health(live, taken.line, taken.nlines, taken.minute,
	    taken.nminutes, err);
	if (rc != MEWS_OK) {
		give_back(l, &taken);
		return rc;
	}
	free(taken.line);
	free(taken.minute);
	return MEWS_OK;
}
