/*
 * courier_bell.c - sleeping and being woken, by name: so a sink that rings the
 * bell need not know who runs the sinks.
 */
#include "courier_bell.h"
#include "sink.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MOST 16 /* sinks */

static struct {
	char name[MEWS_SINK];
	bool woken;
} sleeper[MOST];
static volatile bool over;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell;

const volatile bool *const courier_bell_over = &over;

void
courier_bell_begin(void)
{
	pthread_condattr_t attr;

	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&bell, &attr);
	(void)pthread_condattr_destroy(&attr);
	over = false;
}

/* Its flag; under the lock. */
static bool *
woken(const char *name)
{
	size_t i;

	for (i = 0; i + 1 < MOST && sleeper[i].name[0] != '\0'; i++)
		if (strcmp(sleeper[i].name, name) == 0)
			break;
	if (sleeper[i].name[0] == '\0')
		(void)snprintf(sleeper[i].name, MEWS_SINK, "%s", name);
	return &sleeper[i].woken;
}

void
courier_wake(const char *name)
{
	(void)pthread_mutex_lock(&lock);
	*woken(name) = true;
	(void)pthread_cond_broadcast(&bell);
	(void)pthread_mutex_unlock(&lock);
}

void
courier_bell_sleep(const char *name, int seconds)
{
	struct timespec until;
	bool *flag;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	(void)pthread_mutex_lock(&lock);
	flag = woken(name);
	while (!over && !*flag &&
	    pthread_cond_timedwait(&bell, &lock, &until) == 0)
		;
	*flag = false;
	(void)pthread_mutex_unlock(&lock);
}

void
courier_bell_end(void)
{
	(void)pthread_mutex_lock(&lock);
	over = true;
	(void)pthread_cond_broadcast(&bell);
	(void)pthread_mutex_unlock(&lock);
}
