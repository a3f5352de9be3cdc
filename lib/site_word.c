/*
 * site_word.c - words of a site's text, or a sentence that names the word.
 */
#include "site_word.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

const char *
mews_site_next(struct mews_site_words *w)
{
	return w->at < w->n ? w->w[w->at++] : "";
}

bool
mews_site_bad(struct mews_site_words *w, const char *what, const char *word)
{
	(void)mews_fail(w->err, MEWS_BAD, "%s, not '%s'", what, word);
	return false;
}

bool
mews_site_number(struct mews_site_words *w, const char *what, int min, int max,
    int *out)
{
	const char *word = mews_site_next(w);
	char sentence[96];
	int64_t n;

	if (mews_str_int(word, min, max, &n)) {
		*out = (int)n;
		return true;
	}
	(void)snprintf(sentence, sizeof(sentence),
	    "%s must be a number from %d to %d", what, min, max);
	return mews_site_bad(w, sentence, word);
}

bool
mews_site_name(struct mews_site_words *w, const char *what, char *to,
    size_t size)
{
	const char *word = mews_site_next(w);
	char sentence[96];

	if (word[0] != '\0' && mews_str_utf8(word, strlen(word)) &&
	    mews_str_copy(to, size, word))
		return true;
	(void)snprintf(sentence, sizeof(sentence),
	    "%s must be a text of 1 to %zu bytes", what, size - 1);
	return mews_site_bad(w, sentence, word);
}

bool
mews_site_plain(struct mews_site_words *w, const char *what, char *to,
    size_t size)
{
	const char *word = mews_site_next(w);

	if (word[0] != '\0' &&
	    word[strspn(word,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0' &&
	    mews_str_copy(to, size, word))
		return true;
	return mews_site_bad(w, what, word);
}
