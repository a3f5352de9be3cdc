/*
 * gateway_tell.c - a thread apart from the gateway's, because a database can be
 * locked, and a master does not wait for that.
 */
#include "gateway_tell.h"
#include "log.h"
#include "schema.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define STACK   (256 * 1024)
#define WATCHED 500 /* ms between two looks at frames */

struct teller {
	struct count *count;
	struct mews_db *live;
	struct mews_traffic_frame *frame; /* room for COUNT_FRAMES */
	int stop;
	pthread_t thread;
	bool running, fails;
};

/* A failure is told once. */
static void
tell(struct teller *t, enum mews_rc rc, const struct mews_err *err)
{
	if (rc != MEWS_OK && !t->fails)
		mews_log(MEWS_LOG_ERROR, "gateway: what it does: %s",
		    err->text);
	t->fails = rc != MEWS_OK;
}

static void
write_frames(struct teller *t)
{
	struct mews_err err;
	size_t n;

	if (t->frame == NULL)
		t->frame = mews_alloc(COUNT_FRAMES, sizeof(*t->frame));
	n = count_frames(t->count, t->frame, COUNT_FRAMES);
	if (n > 0)
		tell(t, mews_traffic_add(t->live, t->frame, n, &err), &err);
}

static void
write_counts(struct teller *t)
{
	struct mews_traffic now;
	struct mews_err err;

	count_take(t->count, &now);
	tell(t, mews_traffic_write(t->live, &now, &err), &err);
	mews_traffic_clear(&now);
}

static void *
run(void *arg)
{
	struct teller *t = arg;
	struct pollfd p = { .fd = t->stop, .events = POLLIN };
	int ms = 0;

	while (p.revents == 0) {
		if (ms % (COUNT_EVERY * 1000) == 0)
			write_counts(t);
		if (count_watched(t->count))
			write_frames(t);
		ms += WATCHED;
		(void)poll(&p, 1, WATCHED);
	}
	return NULL;
}

enum mews_rc
teller_start(const struct mews_place *place, struct count *count, int stop,
    struct teller **out, struct mews_err *err)
{
	struct teller *t = mews_alloc(1, sizeof(*t));
	pthread_attr_t attr;
	enum mews_rc rc;
	int no;

	t->count = count;
	t->stop = stop;
	rc =
	    mews_schema_open(place, MEWS_LIVE_DB, MEWS_DB_WRITE, &t->live, err);
	if (rc != MEWS_OK) {
		teller_free(t);
		return rc;
	}
	(void)pthread_attr_init(&attr);
	(void)pthread_attr_setstacksize(&attr, STACK);
	no = pthread_create(&t->thread, &attr, run, t);
	(void)pthread_attr_destroy(&attr);
	t->running = no == 0;
	if (no != 0) {
		teller_free(t);
		return mews_fail(err, MEWS_FAIL, "no thread: %s", strerror(no));
	}
	*out = t;
	return MEWS_OK;
}

void
teller_free(struct teller *t)
{
	if (t == NULL)
		return;
	if (t->running)
		(void)pthread_join(t->thread, NULL);
	mews_db_close(t->live);
	free(t->frame);
	free(t);
}
