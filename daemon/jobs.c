/*
 * jobs.c - carries jobs out: puts their questions on the desk of their line,
 * one at a time each, and takes the answers, which come on other threads,
 * through a list and an event.
 *
 * A service that is stopped hands all questions back, so that a job goes on at
 * the desks of the next one.  What was certainly not sent is asked again; what
 * may have been sent only where the kind of job says that this does no harm.
 */
#include "jobs.h"
#include "log.h"
#include "str.h"
#include "tick.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define RUNS    16
#define ADDRESS UINT64_MAX /* of all jobs: clients share the line with them */
#define RETRY   200000     /* us until a question that was not sent is again */
#define BUSY    25         /* times */
#define GONE    5000000    /* us that a line may be gone */

/* A question on its way. */
struct asked {
	struct job job;
	struct jobs *jobs;
	int64_t run;
};

struct jobs {
	struct mews_place place;
	struct mews_db *config, *live;
	struct mews_site site;
	struct service *service;
	struct run *first; /* owned */
	char meters[MEWS_PATH];
	int event;
	pthread_mutex_t lock; /* of what follows */
	struct job *answers;  /* owned */
};

enum mews_rc
jobs_new(const struct mews_place *place, struct mews_db *config,
    struct jobs **out, struct mews_err *err)
{
	struct jobs *j = mews_alloc(1, sizeof(*j));

	j->place = *place;
	j->config = config;
	(void)mews_place_path(place, MEWS_METERS, j->meters);
	(void)pthread_mutex_init(&j->lock, NULL);
	if ((j->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0) {
		jobs_free(j);
		return mews_fail(err, MEWS_FAIL, "eventfd: %s",
		    strerror(errno));
	}
	*out = j;
	return MEWS_OK;
}

static void
drop(struct run **at)
{
	struct run *r = *at;

	*at = r->next;
	run_free(r);
}

void
jobs_free(struct jobs *j)
{
	struct job *a;

	if (j == NULL)
		return;
	while (j->first != NULL)
		drop(&j->first);
	while ((a = j->answers) != NULL) {
		j->answers = a->next;
		free(a);
	}
	mews_site_clear(&j->site);
	mews_db_close(j->live);
	if (j->event >= 0)
		(void)close(j->event);
	(void)pthread_mutex_destroy(&j->lock);
	free(j);
}

/* From any thread. */
static void
answered(struct job *job)
{
	struct jobs *j = ((struct asked *)job)->jobs;
	uint64_t one = 1;

	(void)pthread_mutex_lock(&j->lock);
	job->next = j->answers;
	j->answers = job;
	(void)pthread_mutex_unlock(&j->lock);
	(void)!write(j->event, &one, sizeof(one));
}

static bool
over(const struct run *r)
{
	return r->job.ended != 0;
}

/* The line, and the device that is meant, are still there. */
static bool
stands(const struct run *r, const struct mews_site *site)
{
	return mews_site_line(site, r->job.line) != NULL &&
	    (r->job.device == 0 ||
		mews_site_device(site, r->job.device) != NULL);
}

void
jobs_service(struct jobs *j, struct service *s)
{
	char path[MEWS_PATH];
	struct mews_err err;
	struct run *r;

	j->service = s;
	for (r = j->first; r != NULL; r = r->next) {
		r->service = s;
		r->gone = 0;
	}
	if (s == NULL)
		return;
	mews_site_clear(&j->site);
	if (mews_site_load(j->config, &j->site, &err) != MEWS_OK ||
	    (j->live == NULL &&
		mews_db_open(mews_place_path(&j->place, MEWS_LIVE_DB, path),
		    MEWS_DB_SCRATCH, &j->live, &err) != MEWS_OK))
		mews_log(MEWS_LOG_ERROR, "jobs: %s", err.text);
	for (r = j->first; r != NULL; r = r->next)
		if (!over(r) && !stands(r, &j->site))
			run_end(r, MEWS_JOB_FAILED, "removed", 0);
}

int
jobs_fd(const struct jobs *j)
{
	return j->event;
}

static bool
waits(const struct run *r)
{
	return !r->out && r->job.state == MEWS_JOB_RUNNING;
}

int
jobs_wait(const struct jobs *j, int most)
{
	int64_t now = tick_us(), ms;
	const struct run *r;

	for (r = j->first; r != NULL; r = r->next) {
		if (!waits(r) || j->service == NULL)
			continue;
		ms = r->due > now ? (r->due - now) / 1000 + 1 : 0;
		most = ms < most ? (int)ms : most;
	}
	return most;
}

/* Puts the question of a run on the desk of its line. */
static void
put(struct jobs *j, struct run *r)
{
	struct desk *desk = service_desk(j->service, r->job.line);
	struct asked *a = mews_alloc(1, sizeof(*a));
	const struct question *q = &r->question;
	uint8_t code;

	a->jobs = j;
	a->run = r->job.id;
	a->job = (struct job){ .address = ADDRESS,
		.connection = ADDRESS - (uint64_t)r->job.id,
		.unit = q->unit,
		.n = q->n,
		.as = q->as,
		.probe = true,
		.urgent = q->urgent,
		.result = BUS_STOPPED,
		.done = answered };
	memcpy(a->job.pdu, q->pdu, q->n);
	r->out = true;
	code = desk == NULL ? EXCEPTION_NO_PATH
			    : desk_put(desk, &a->job, tick_us());
	if (code != 0) {
		a->job.code = code;
		answered(&a->job);
	}
}

/* Whether the question is to be put once more, a little later. */
static bool
again(struct run *r, const struct reply *a)
{
	int64_t now = tick_us();

	r->due = now + RETRY;
	if (a->result == MEWS_EXCHANGE_BUSY)
		return r->busy++ < BUSY;
	if (a->result != MEWS_EXCHANGE_GONE || (a->asked && !r->kind->again))
		return false;
	if (r->gone == 0)
		r->gone = now;
	return r->service == NULL || now < r->gone + GONE;
}

static void
take(struct jobs *j, const struct asked *a)
{
	struct reply answer = run_reply(&a->job);
	struct question q;
	struct run *r;

	for (r = j->first; r != NULL && r->job.id != a->run; r = r->next)
		;
	if (r == NULL)
		return;
	r->out = false;
	if (over(r))
		return;
	if (r->question.n > 0 && again(r, &answer))
		return;
	r->due = 0;
	r->busy = 0;
	r->gone = 0;
	q = r->question;
	r->question.n = 0;
	r->kind->took(r, &q, &answer);
	if (!over(r))
		run_save(r, false);
}

static void
take_all(struct jobs *j)
{
	struct job *list, *next, *a, *turned = NULL;
	uint64_t count;

	(void)!read(j->event, &count, sizeof(count));
	(void)pthread_mutex_lock(&j->lock);
	list = j->answers;
	j->answers = NULL;
	(void)pthread_mutex_unlock(&j->lock);
	for (; list != NULL; list = next) {
		next = list->next;
		list->next = turned;
		turned = list;
	}
	for (a = turned; a != NULL; a = next) {
		next = a->next;
		take(j, (struct asked *)a);
		free(a);
	}
}

void
jobs_run(struct jobs *j)
{
	struct run **at = &j->first, *r;

	take_all(j);
	while ((r = *at) != NULL) {
		if (j->service != NULL && waits(r) && tick_us() >= r->due &&
		    (r->question.n > 0 || r->kind->next(r, &r->question)))
			put(j, r);
		if (over(r) && !r->out)
			drop(at);
		else
			at = &r->next;
	}
}

struct run *
jobs_find(const struct jobs *j, int64_t id)
{
	struct run *r;

	for (r = j->first; r != NULL; r = r->next)
		if (r->job.id == id && !over(r))
			return r;
	return NULL;
}

/* The one that does the same to the same; NULL when none does. */
static const struct run *
twin(const struct jobs *j, const struct run *r)
{
	const struct run *o;

	for (o = j->first; o != NULL; o = o->next)
		if (!over(o) && o->job.kind == r->job.kind &&
		    o->job.line == r->job.line && o->job.unit == r->job.unit)
			return o;
	return NULL;
}

static size_t
count(const struct jobs *j)
{
	const struct run *r;
	size_t n = 0;

	for (r = j->first; r != NULL; r = r->next)
		n++;
	return n;
}

enum mews_rc
jobs_begin(struct jobs *j, struct run *r, const char *who, int64_t *id,
    struct mews_err *err)
{
	const struct run *same = twin(j, r);
	enum mews_rc rc;

	if (same != NULL) {
		*id = same->job.id;
		rc = mews_fail(err, MEWS_AGAIN, "job %lld does the same",
		    (long long)same->job.id);
	} else if (count(j) >= RUNS)
		rc = mews_fail(err, MEWS_AGAIN, "%d jobs are being done", RUNS);
	else {
		(void)mews_str_copy(r->job.who, sizeof(r->job.who), who);
		r->job.begun = tick_wall() / 1000;
		rc = mews_job_add(j->live, &r->job, err);
	}
	if (rc != MEWS_OK) {
		run_free(r);
		return rc;
	}
	r->live = j->live;
	r->service = j->service;
	r->site = &j->site;
	r->next = j->first;
	j->first = r;
	*id = r->job.id;
	return MEWS_OK;
}

void
jobs_order(const struct jobs *j, struct run_order *o)
{
	o->config = j->config;
	o->meters = j->meters;
	o->site = &j->site;
}
