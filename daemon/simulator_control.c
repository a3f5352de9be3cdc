/*
 * simulator_control.c - opened to read and write, so that it has no end when
 * a writer goes.
 */
#include "simulator_control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum mews_rc
control_open(struct control *c, const char *run, struct mews_err *err)
{
	*c = (struct control){ .fd = -1 };
	(void)snprintf(c->path, sizeof(c->path), "%s/simulator.ctl", run);
	(void)unlink(c->path);
	if (mkfifo(c->path, 0600) == 0)
		c->fd = open(c->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return c->fd >= 0
	    ? MEWS_OK
	    : mews_fail(err, MEWS_FAIL, "%s: %s", c->path, strerror(errno));
}

void
control_close(struct control *c)
{
	if (c->fd < 0)
		return;
	(void)close(c->fd);
	(void)unlink(c->path);
	c->fd = -1;
}

char *
control_next(struct control *c)
{
	char *newline;
	ssize_t got;

	memmove(c->text, c->text + c->taken, c->n - c->taken);
	c->n -= c->taken;
	c->taken = 0;
	got = read(c->fd, c->text + c->n, sizeof(c->text) - 1 - c->n);
	c->n += got > 0 ? (size_t)got : 0;
	newline = memchr(c->text, '\n', c->n);
	if (newline == NULL) {
		if (c->n == sizeof(c->text) - 1)
			c->n = 0;
		return NULL;
	}
	*newline = '\0';
	c->taken = (size_t)(newline + 1 - c->text);
	return c->text;
}
