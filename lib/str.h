/*
 * str.h - strict reading of text from outside.
 *
 * Every function takes the whole text or nothing: no blanks before, no rest
 * behind, no overflow.  On false the out-parameter is untouched.
 */
#ifndef MEWS_STR_H
#define MEWS_STR_H

#include "mews.h"

/*
 * A decimal integer in [min, max]; a leading '-' only where min < 0.
 */
bool mews_str_int(const char *, int64_t min, int64_t max, int64_t *out);

/*
 * A finite decimal number with a point, such as 0.01, -3 or 1e6, read in the
 * C locale.
 */
bool mews_str_double(const char *, double *out);

/*
 * A decimal number as an integer of the given number of decimals, rounded
 * half away from zero: ("4.2165", 3) is 4217.  Digits and one point only.
 */
bool mews_str_fixed(const char *, int decimals, int64_t *out);

/*
 * Copies a text that fits with its NUL; false when it does not.
 */
bool mews_str_copy(char *to, size_t size, const char *);

/*
 * A name in a command, a form or a file: [a-z][a-z0-9_-]*, at most max bytes.
 */
bool mews_str_word(const char *, size_t max);

/*
 * True for well-formed UTF-8 without control characters.
 */
bool mews_str_utf8(const char *, size_t n);

/*
 * Splits text in place at blanks; "..." keeps blanks together, in it a backslash
 * stands before a quote or a backslash; '#' begins a comment.  Returns the number of words, or max + 1 when there are more or a
 * quote is not closed.
 */
size_t mews_str_words(char *text, char **word, size_t max);

#endif
