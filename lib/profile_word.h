/*
 * profile_word.h - a line of a profile on its way to a meaning: for the files
 * that read profiles, and nobody else.
 */
#ifndef MEWS_PROFILE_WORD_H
#define MEWS_PROFILE_WORD_H

#include "profile.h"

#define MEWS_PROFILE_WORDS 16
#define MEWS_PROFILE_BLOCK 125 /* Modbus application protocol 1.1b3, 6.3, 6.4 */

struct mews_profile_line {
	struct mews_profile *out;
	char *word[MEWS_PROFILE_WORDS];
	size_t n;
	enum mews_word_order order; /* of values that do not say */
	unsigned base;              /* added to every address */
	unsigned seen;              /* bit i: the i-th key was there */
	size_t number;
	size_t lacks_at;                  /* the line of "template" */
	size_t command_at[MEWS_COMMANDS]; /* the lines of the commands */
	size_t cause_at[MEWS_CAUSES];     /* and of the causes */
	struct mews_err why;
};

/*
 * False, with the sentence in why: WHAT 'WORD'.
 */
bool mews_profile_bad(struct mews_profile_line *, const char *what,
    const char *word);

/*
 * Each reads one word; false with a sentence when it is none.  A decimal such
 * as -0.01 becomes mantissa x 10^exponent, shortest, and is never 0.  An
 * address has the base added, and room behind it for so many registers.
 */
bool mews_profile_integer(struct mews_profile_line *, const char *word,
    int64_t min, int64_t max, const char *what, int64_t *out);
bool mews_profile_unsigned(const char *word, int base, uint64_t *out);
bool mews_profile_decimal(const char *word, int64_t *mantissa, int *exponent);
bool mews_profile_order(struct mews_profile_line *, const char *word,
    enum mews_word_order *out);
bool mews_profile_address(struct mews_profile_line *, const char *word,
    unsigned registers, uint16_t *out);

/*
 * FUNCTION ADDRESS TYPE in the words from the i-th on.
 */
bool mews_profile_place(struct mews_profile_line *, size_t i, uint8_t *function,
    uint16_t *address, const struct mews_register_type **);

/*
 * Reads a line into out; text is taken apart.
 */
bool mews_profile_line(struct mews_profile_line *, char *text);

/*
 * What only the end of the file shows; number becomes the line that lacks it.
 */
bool mews_profile_complete(struct mews_profile_line *);

/*
 * The whole line "read ..." into one more of out->read.
 */
bool mews_profile_read(struct mews_profile_line *);

#endif
