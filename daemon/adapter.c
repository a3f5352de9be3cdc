/*
 * adapter.c - a table of names for as long as mewsd runs: a change of the site
 * begins its lines anew, and must not forget where an adapter is.
 */
#include "adapter.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PORTS 16 /* more than a box has */

static const char *const kinds[] = { "by-path", "by-id" };

struct port {
	char path[ADAPTER_NAME];
	char name[MEWS_LEN(kinds)][ADAPTER_NAME]; /* "": has none */
};

static const char *folder = "/dev/serial";
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static struct port port[PORTS];
static size_t nports;

void
adapter_folder(const char *dir)
{
	folder = dir;
}

/* The link in a folder that leads to the same device as target. */
static void
look(const char *kind, const char *target, char out[ADAPTER_NAME])
{
	char dir[ADAPTER_NAME / 2], *real;
	const struct dirent *e;
	DIR *d;

	out[0] = '\0';
	(void)snprintf(dir, sizeof(dir), "%s/%s", folder, kind);
	if ((d = opendir(dir)) == NULL)
		return;
	while (out[0] == '\0' && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' ||
		    snprintf(out, ADAPTER_NAME, "%s/%s", dir, e->d_name) >=
			ADAPTER_NAME)
			out[0] = '\0';
		real = out[0] == '\0' ? NULL : realpath(out, NULL);
		if (real == NULL || strcmp(real, target) != 0)
			out[0] = '\0';
		free(real);
	}
	(void)closedir(d);
}

static struct port *
find(const char *path)
{
	size_t i;

	for (i = 0; i < nports; i++)
		if (strcmp(port[i].path, path) == 0)
			return &port[i];
	return NULL;
}

void
adapter_find(const char *path, char out[ADAPTER_NAME])
{
	const struct port *p;
	const char *name = path;
	size_t i;

	(void)pthread_mutex_lock(&lock);
	if ((p = find(path)) != NULL)
		for (i = MEWS_LEN(kinds); i-- > 0;)
			if (p->name[i][0] != '\0' &&
			    (name == path || access(p->name[i], F_OK) == 0))
				name = p->name[i];
	(void)snprintf(out, ADAPTER_NAME, "%s", name);
	(void)pthread_mutex_unlock(&lock);
}

void
adapter_learn(const char *path)
{
	char *target = realpath(path, NULL);
	struct port *p;
	size_t i;

	(void)pthread_mutex_lock(&lock);
	if (target != NULL && find(path) == NULL && nports < PORTS &&
	    strlen(path) < ADAPTER_NAME) {
		p = &port[nports++];
		(void)snprintf(p->path, sizeof(p->path), "%s", path);
		for (i = 0; i < MEWS_LEN(kinds); i++)
			look(kinds[i], target, p->name[i]);
	}
	(void)pthread_mutex_unlock(&lock);
	free(target);
}
