/*
 * mews.c - failing, and running out of memory.
 */
#include "mews.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mews_rc
mews_fail(struct mews_err *err, enum mews_rc rc, const char *fmt, ...)
{
	va_list ap;

	if (err != NULL) {
		va_start(ap, fmt);
		(void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
		va_end(ap);
	}
	return rc;
}

static void *
must(void *p)
{
	if (p == NULL) {
		(void)fputs("out of memory\n", stderr);
		abort();
	}
	return p;
}

void *
mews_alloc(size_t n, size_t size)
{
	return must(calloc(n == 0 ? 1 : n, size));
}

void *
mews_realloc(void *p, size_t n, size_t size)
{
	return must(reallocarray(p, n == 0 ? 1 : n, size));
}

char *
mews_strdup(const char *s)
{
	return must(strdup(s));
}
