/*
 * buf.c - doubling, and a NUL behind the end.
 */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for n more bytes and the NUL. */
static void
reserve(struct mews_buf *b, size_t n)
{
	size_t want = b->n + n + 1;

	if (want <= b->cap)
		return;
	b->cap = want < 2 * b->cap ? 2 * b->cap : want;
	b->s = mews_realloc(b->s, b->cap, 1);
}

void
mews_buf_clear(struct mews_buf *b)
{
	free(b->s);
	*b = (struct mews_buf){ 0 };
}

void
mews_buf_reset(struct mews_buf *b)
{
	b->n = 0;
	if (b->s != NULL)
		b->s[0] = '\0';
}

void
mews_buf_put(struct mews_buf *b, const void *p, size_t n)
{
	reserve(b, n);
	if (n != 0)
		memcpy(b->s + b->n, p, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void
mews_buf_byte(struct mews_buf *b, unsigned char c)
{
	mews_buf_put(b, &c, 1);
}

void
mews_buf_str(struct mews_buf *b, const char *s)
{
	mews_buf_put(b, s, strlen(s));
}

void
mews_buf_printf(struct mews_buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		reserve(b, (size_t)n);
		(void)vsnprintf(b->s + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}
