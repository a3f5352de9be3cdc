/*
 * profile_word.c - words of a profile to numbers, or a sentence that names
 * the word.
 */
#include "profile_word.h"
#include "str.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS    18
#define MOST_REGISTERS 65536

bool
mews_profile_bad(struct mews_profile_line *l, const char *what,
    const char *word)
{
	(void)mews_fail(&l->why, MEWS_BAD, "%s '%.60s'", what, word);
	return false;
}

bool
mews_profile_integer(struct mews_profile_line *l, const char *word, int64_t min,
    int64_t max, const char *what, int64_t *out)
{
	return mews_str_int(word, min, max, out) ||
	    mews_profile_bad(l, what, word);
}

bool
mews_profile_unsigned(const char *word, int base, uint64_t *out)
{
	char *end;

	if (!isxdigit((unsigned char)word[0]))
		return false;
	errno = 0;
	*out = strtoull(word, &end, base);
	return *end == '\0' && errno == 0;
}

bool
mews_profile_decimal(const char *s, int64_t *mantissa, int *exponent)
{
	bool minus = s[0] == '-', point = false;
	int digits = 0, e = 0;
	int64_t n = 0;

	for (s += minus; *s != '\0'; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (!isdigit((unsigned char)*s) || ++digits > MOST_DIGITS)
			return false;
		n = n * 10 + (*s - '0');
		e -= point;
	}
	for (; n != 0 && n % 10 == 0; e++)
		n /= 10;
	*mantissa = minus ? -n : n;
	*exponent = e;
	return n != 0;
}

bool
mews_profile_order(struct mews_profile_line *l, const char *word,
    enum mews_word_order *out)
{
	*out =
	    strcmp(word, "low-first") == 0 ? MEWS_LOW_FIRST : MEWS_HIGH_FIRST;
	return *out == MEWS_LOW_FIRST || strcmp(word, "high-first") == 0 ||
	    mews_profile_bad(l, "neither high-first nor low-first:", word);
}

bool
mews_profile_address(struct mews_profile_line *l, const char *word,
    unsigned registers, uint16_t *out)
{
	int64_t n;

	if (!mews_profile_integer(l, word, 0,
		(int64_t)MOST_REGISTERS - registers - l->base,
		"no address:", &n))
		return false;
	*out = (uint16_t)(n + l->base);
	return true;
}

bool
mews_profile_place(struct mews_profile_line *l, size_t i, uint8_t *function,
    uint16_t *address, const struct mews_register_type **type)
{
	unsigned words;
	int64_t n;

	if (!mews_profile_integer(l, l->word[i], 1, 4,
		"function is not 1 to 4:", &n))
		return false;
	*function = (uint8_t)n;
	if ((*type = mews_register_find(l->word[i + 2])) == NULL)
		return mews_profile_bad(l, "no such type:", l->word[i + 2]);
	words = mews_register_words(*type);
	if (n < 3 && words != 1)
		return mews_profile_bad(l,
		    "functions 1 and 2 read bits, not:", l->word[i + 2]);
	return mews_profile_address(l, l->word[i + 1], words, address);
}
