/*
 * reply.h - what goes back: status, headers, body, sent in one piece.
 */
#ifndef REPLY_H
#define REPLY_H

#include "buf.h"

/*
 * A body that is made while it is sent.  more: appends some bytes; MEWS_NONE
 * when there are no more, any other failure breaks the answer off.  end: frees
 * own, in every case.
 */
struct reply_stream {
	enum mews_rc (*more)(void *own, struct mews_buf *, struct mews_err *);
	void (*end)(void *own);
	void *own; /* NULL: the body is what was put */
};

struct reply {
	int status;
	const char *type; /* media type of the body, static */
	char place[512];  /* Location of a 303 */
	char name[96];    /* file name of a download, "" for none */
	char file[512];   /* sent instead of the body, "" for none */
	bool soon;        /* may be tried again in 5 s */
	char note[96];    /* one more header line, "" for none */
	struct reply_stream stream;
	struct mews_buf cookies; /* whole header lines */
	struct mews_buf body;
};

/*
 * Empties it for the next request; the memory stays.
 */
void reply_reset(struct reply *);
void reply_clear(struct reply *);

/*
 * 303 to a local path.
 */
void reply_go(struct reply *, const char *path);

/*
 * A cookie for this visit; an empty value removes it.  Values are tokens.
 */
void reply_cookie(struct reply *, const char *name, const char *value);

/*
 * The same for that many seconds.
 */
void reply_cookie_for(struct reply *, const char *name, const char *value,
    int64_t seconds);

/*
 * Status line and headers for the body as it stands.
 */
void reply_head(const struct reply *, struct mews_buf *out);

#endif
