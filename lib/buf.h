/*
 * buf.h - growable bytes.
 *
 * Start with struct mews_buf b = { 0 }; the bytes are always followed by a
 * NUL that is not counted, so b.s can be used as a string once something was
 * put.  Memory exhaustion ends the process.
 */
#ifndef MEWS_BUF_H
#define MEWS_BUF_H

#include "mews.h"

struct mews_buf {
	char *s; /* owned; NULL while nothing was ever put */
	size_t n, cap;
};

void mews_buf_clear(struct mews_buf *); /* frees; the buffer is empty again */
void mews_buf_reset(struct mews_buf *); /* empties, keeps the memory */
void mews_buf_put(struct mews_buf *, const void *, size_t);
void mews_buf_byte(struct mews_buf *, unsigned char);
void mews_buf_str(struct mews_buf *, const char *);
void mews_buf_printf(struct mews_buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
