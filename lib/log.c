/*
 * log.c - formats the line in memory and writes it with one call, so lines of
 * several threads and programs do not mix.
 */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *name = "mews";
static bool verbose;

void
mews_log_open(const char *program, bool debug)
{
	name = program;
	verbose = debug;
}

void
mews_log(enum mews_log level, const char *fmt, ...)
{
	char line[512];
	size_t room = sizeof(line) - 1, n = 0, i;
	va_list ap;
	int len;

	if (level == MEWS_LOG_DEBUG && !verbose)
		return;
	if (getenv("JOURNAL_STREAM") != NULL)
		n = (size_t)snprintf(line, room, "<%d>", level);
	else
		n = (size_t)snprintf(line, room, "%s: ", name);
	va_start(ap, fmt);
	len = vsnprintf(line + n, room - n, fmt, ap);
	va_end(ap);
	if (len < 0)
		return;
	n = (size_t)len >= room - n ? room - 1 : n + (size_t)len;
	for (i = 0; i < n; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[n++] = '\n';
	(void)!write(STDERR_FILENO, line, n);
}
