/*
 * download.h - what the form of /download asks for, and what its file is made
 * of: read once for both.
 */
#ifndef DOWNLOAD_H
#define DOWNLOAD_H

#include "flow.h"

/*
 * on: "" for all devices, else plates and words of zones (may.h) with commas
 * between; by: a level; from, to: days; of: "" or counters; for: as in flow.h;
 * pack: "" or zip.
 */
#define DOWNLOAD_ON 2048
#define DOWNLOAD_FIELDS                                                        \
	{ "on", REQUEST_TEXT, DOWNLOAD_ON }, { "by", REQUEST_TEXT, 512 },      \
	    { "from", REQUEST_TEXT, 512 }, { "to", REQUEST_TEXT, 512 },        \
	    { "of", REQUEST_TEXT, 512 }, { "for", REQUEST_TEXT, 512 },         \
	{                                                                      \
		"pack", REQUEST_TEXT, 512                                      \
	}

/* Words that were ticked, in fields d0, d1 ...; they stand for on. */
#define DOWNLOAD_TICKS 48

struct download {
	struct flow_ask ask;
	char on[DOWNLOAD_ON + 1];
	size_t *device; /* owned: ask.device */
};

/*
 * Reads it; *field is the one that is wrong, NULL when the whole is.  Must be
 * cleared in every case.  MEWS_BAD, MEWS_NONE: no such device.
 */
enum mews_rc download_read(struct page_ctx *, struct download *,
    const char **field, struct mews_err *);
void download_clear(struct download *);

#endif
