/*
 * desk.c - a lock, an event, and whether there is a line.
 */
#include "desk.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct desk {
	pthread_mutex_t lock; /* of what follows */
	struct share share;
	bool open;
	int wake;
};

enum mews_rc
desk_new(struct desk **out, struct mews_err *err)
{
	struct desk *d = mews_alloc(1, sizeof(*d));

	if ((d->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0) {
		free(d);
		return mews_fail(err, MEWS_FAIL, "eventfd: %s",
		    strerror(errno));
	}
	(void)pthread_mutex_init(&d->lock, NULL);
	share_init(&d->share, SHARE_WAIT, SHARE_PART);
	*out = d;
	return MEWS_OK;
}

void
desk_free(struct desk *d)
{
	if (d == NULL)
		return;
	desk_line(d, false);
	(void)close(d->wake);
	(void)pthread_mutex_destroy(&d->lock);
	free(d);
}

void
desk_done(struct job *list)
{
	struct job *next;

	for (; list != NULL; list = next) {
		next = list->next;
		list->done(list);
	}
}

void
desk_rule(struct desk *d, int64_t wait, int part)
{
	(void)pthread_mutex_lock(&d->lock);
	d->share.wait = wait;
	d->share.part = part;
	(void)pthread_mutex_unlock(&d->lock);
}

uint8_t
desk_put(struct desk *d, struct job *j, int64_t now)
{
	struct job *out = NULL;
	uint64_t one = 1;
	uint8_t code = EXCEPTION_NO_PATH;

	(void)pthread_mutex_lock(&d->lock);
	if (d->open)
		code = share_put(&d->share, j, now, &out);
	(void)pthread_mutex_unlock(&d->lock);
	desk_done(out);
	if (code == 0)
		(void)!write(d->wake, &one, sizeof(one));
	return code;
}

void
desk_cancel(struct desk *d, uint64_t connection)
{
	struct job *list, *next;

	(void)pthread_mutex_lock(&d->lock);
	list = share_cancel(&d->share, connection);
	(void)pthread_mutex_unlock(&d->lock);
	for (; list != NULL; list = next) {
		next = list->next;
		free(list);
	}
}

void
desk_sort_out(struct desk *d, int64_t now, int64_t *when)
{
	struct job *list;

	(void)pthread_mutex_lock(&d->lock);
	list = share_sort_out(&d->share, now, when);
	(void)pthread_mutex_unlock(&d->lock);
	desk_done(list);
}

int
desk_fd(const struct desk *d)
{
	return d->wake;
}

struct job *
desk_next(struct desk *d, bool poll, int64_t now, int64_t *when)
{
	struct job *list, *late;
	uint64_t count;

	(void)!read(d->wake, &count, sizeof(count));
	(void)pthread_mutex_lock(&d->lock);
	late = share_sort_out(&d->share, now, when);
	list = share_next(&d->share, poll, now, when);
	(void)pthread_mutex_unlock(&d->lock);
	desk_done(late);
	return list;
}

void
desk_note(struct desk *d, const struct desk_report *r)
{
	(void)pthread_mutex_lock(&d->lock);
	share_used(&d->share, r->class, r->took);
	share_note(&d->share, r->unit, r->result, r->quiet, r->now);
	(void)pthread_mutex_unlock(&d->lock);
}

void
desk_line(struct desk *d, bool open)
{
	struct job *list;

	(void)pthread_mutex_lock(&d->lock);
	d->open = open;
	list = share_clear(&d->share, EXCEPTION_NO_PATH);
	share_init(&d->share, d->share.wait, d->share.part);
	(void)pthread_mutex_unlock(&d->lock);
	desk_done(list);
}
