/*
 * journal.c - a list under a lock; what is being written is taken out of it
 * whole, and put back in front when the disk refuses it.
 */
#include "journal.h"
#include "log.h"
#include "tick.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct journal {
	pthread_mutex_t lock;
	struct mews_event *e; /* owned, the oldest first */
	size_t n, cap;
	bool due;
};

struct journal *
journal_new(void)
{
	struct journal *j = mews_alloc(1, sizeof(*j));

	(void)pthread_mutex_init(&j->lock, NULL);
	return j;
}

void
journal_free(struct journal *j)
{
	if (j == NULL)
		return;
	(void)pthread_mutex_destroy(&j->lock);
	free(j->e);
	free(j);
}

void
journal_log(const struct mews_event *e)
{
	static const enum mews_log levels[] = {
		[MEWS_INFO] = MEWS_LOG_NOTICE,
		[MEWS_WARNING] = MEWS_LOG_WARNING,
		[MEWS_ALARM] = MEWS_LOG_ERROR,
	};

	if (!e->kind->often)
		mews_log(levels[e->kind->severity], "%s %s %s %s %s %s",
		    e->kind->name, e->subject, e->arg[0], e->arg[1], e->arg[2],
		    e->who);
}

static void
make_room(struct journal *j, size_t n)
{
	size_t gone;

	if (j->n + n > JOURNAL_MOST) {
		gone = j->n + n - JOURNAL_MOST;
		gone = gone < j->n ? gone : j->n;
		j->n -= gone;
		memmove(j->e, j->e + gone, j->n * sizeof(*j->e));
	}
	if (j->n + n > j->cap) {
		j->cap = 2 * (j->n + n);
		j->e = mews_realloc(j->e, j->cap, sizeof(*j->e));
	}
}

void
journal_add(struct journal *j, const struct mews_event *e)
{
	journal_log(e);
	(void)pthread_mutex_lock(&j->lock);
	make_room(j, 1);
	j->e[j->n] = *e;
	if (e->t == 0) /* below 0: how long ago, for a clock not yet set */
		j->e[j->n].t = -tick_us() / 1000000 - 1;
	j->n++;
	j->due |= !e->kind->often;
	(void)pthread_mutex_unlock(&j->lock);
}

bool
journal_due(struct journal *j, bool minute)
{
	bool due;

	(void)pthread_mutex_lock(&j->lock);
	due = j->due || (minute && j->n != 0);
	(void)pthread_mutex_unlock(&j->lock);
	return due;
}

/* In front of what came meanwhile, as far as there is room. */
static void
put_back(struct journal *j, const struct mews_event *e, size_t n)
{
	size_t skip = 0;

	if (n == 0)
		return;
	if (j->n + n > JOURNAL_MOST)
		skip = j->n + n - JOURNAL_MOST;
	skip = skip < n ? skip : n;
	make_room(j, n - skip);
	memmove(j->e + n - skip, j->e, j->n * sizeof(*j->e));
	memcpy(j->e, e + skip, (n - skip) * sizeof(*j->e));
	j->n += n - skip;
}

void
journal_move(struct journal *j, struct journal *from)
{
	(void)pthread_mutex_lock(&j->lock);
	put_back(j, from->e, from->n);
	j->due |= from->due;
	(void)pthread_mutex_unlock(&j->lock);
	from->n = 0;
}

enum mews_rc
journal_write(struct journal *j, struct mews_db *db, struct mews_err *err)
{
	int64_t offset = (tick_wall() - tick_us() / 1000) / 1000;
	struct mews_event *e;
	enum mews_rc rc;
	size_t n, i;

	(void)pthread_mutex_lock(&j->lock);
	e = j->e;
	n = j->n;
	j->e = NULL;
	j->n = j->cap = 0;
	j->due = false;
	(void)pthread_mutex_unlock(&j->lock);
	for (i = 0; i < n; i++)
		if (e[i].t < 0)
			e[i].t = offset - e[i].t - 1;
	if ((rc = mews_db_begin(db, err)) == MEWS_OK)
		rc = mews_db_end(db, mews_event_write(db, e, n, err), err);
	if (rc != MEWS_OK) {
		(void)pthread_mutex_lock(&j->lock);
		put_back(j, e, n);
		j->due = true;
		(void)pthread_mutex_unlock(&j->lock);
	}
	free(e);
	return rc;
}
