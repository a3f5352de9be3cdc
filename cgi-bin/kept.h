/*
 * kept.h - main parts of pages that are the same for many answers.
 *
 * A part is true for one edition of the base; a few are kept, the least used
 * makes room.
 */
#ifndef KEPT_H
#define KEPT_H

#include "buf.h"

#define KEPT_KEY   1024
#define KEPT_TITLE 160

struct kept {
	char key[KEPT_KEY]; /* path, query, language, role, rights */
	char title[KEPT_TITLE];
	struct mews_buf body;
	int64_t edition;
	int64_t used;
};

/*
 * NULL when nothing is kept under that key for that edition.
 */
const struct kept *kept_find(const char *key, int64_t edition);

/*
 * Keeps a copy.
 */
void kept_put(const char *key, int64_t edition, const char *title,
    const struct mews_buf *body);
void kept_clear(void);

#endif
