/*
 * mews.h - the few words every file of mews shares.
 *
 * This header includes no other header of ours.
 */
#ifndef MEWS_H
#define MEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a function can answer.  A code exists only because some caller reacts
 * differently to it; the reason why goes into struct mews_err as text.
 */
enum mews_rc {
	MEWS_OK = 0,
	MEWS_NONE,   /* no such thing, or no more rows; HTTP 404 */
	MEWS_BAD,    /* input from outside is wrong; HTTP 400 */
	MEWS_DENIED, /* the user may not; HTTP 403 */
	MEWS_AGAIN,  /* busy or timed out, worth a retry; HTTP 503 */
	MEWS_FAIL    /* broken; log it, HTTP 500 */
};

/*
 * One sentence about a failure, for a log line.  The caller owns it and may
 * pass NULL.  Never shown to a web user.
 */
struct mews_err {
	char text[240];
};

/*
 * Writes the sentence and returns rc, so a function fails in one line.
 */
enum mews_rc mews_fail(struct mews_err *, enum mews_rc, const char *, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * calloc(), realloc() and strdup() that end the process when memory is gone
 * (the supervisor starts it again).  None returns NULL.
 */
void *mews_alloc(size_t n, size_t size);
void *mews_realloc(void *, size_t n, size_t size);
char *mews_strdup(const char *);

/*
 * Elements of an array, not of a pointer.
 */
#define MEWS_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
