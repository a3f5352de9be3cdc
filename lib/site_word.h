/*
 * site_word.h - a line of a site's text on its way to a meaning: for the files
 * that read sites, and nobody else.
 */
#ifndef MEWS_SITE_WORD_H
#define MEWS_SITE_WORD_H

#include "site.h"

#define MEWS_SITE_WORDS 96

struct mews_site_words {
	char *w[MEWS_SITE_WORDS + 1];
	size_t n, at; /* at: the next to be read */
	struct mews_err *err;
};

/*
 * The next word, or "" behind the last.
 */
const char *mews_site_next(struct mews_site_words *);

/*
 * False, with the sentence: WHAT, not 'WORD'.
 */
bool
mews_site_bad(struct mews_site_words *, const char *what, const char *word);

/*
 * Each reads the next word; false with a sentence when it is none: a number; a
 * name that people read; letters and digits, for designators.
 */
bool mews_site_number(struct mews_site_words *, const char *what, int min,
    int max, int *out);
bool mews_site_name(struct mews_site_words *, const char *what, char *to,
    size_t size);
bool mews_site_plain(struct mews_site_words *, const char *what, char *to,
    size_t size);

/*
 * The words behind "device", into the site.
 */
bool mews_site_read_device(struct mews_site *, struct mews_site_words *);

#endif
