/*
 * recipient.h - who gets mail, and of what: a table of config.db.
 */
#ifndef MEWS_RECIPIENT_H
#define MEWS_RECIPIENT_H

#include "db.h"

/*
 * What a mail is.
 */
enum mews_letter {
	MEWS_LETTER_DAILY,
	MEWS_LETTER_WEEKLY,
	MEWS_LETTER_MONTHLY,
	MEWS_LETTER_EVENTS,
	MEWS_LETTER_TEST
};
#define MEWS_LETTERS 5

/*
 * "daily", "weekly", "monthly", "events", "test", and back.
 */
const char *mews_letter_name(enum mews_letter);
bool mews_letter_find(const char *, enum mews_letter *);

#define MEWS_MAIL_ADDRESS 256 /* bytes with the end */
#define MEWS_RECIPIENTS   40
#define MEWS_LETTER_MOST  10 /* recipients of one kind of letter */

struct mews_recipient {
	int64_t id;
	char address[MEWS_MAIL_ADDRESS];
	char lang[3];
	unsigned gets; /* bits of 1 << enum mews_letter, without test */
};

/*
 * NAME@HOST as SECURITY asks: A-Z a-z 0-9 . _ % + - before the '@', at most 64,
 * and A-Z a-z 0-9 . - behind it, at most 190.
 */
bool mews_mail_address(const char *);

/*
 * All in order of their addresses.  out has room for MEWS_RECIPIENTS.
 */
enum mews_rc mews_recipient_list(struct mews_db *, struct mews_recipient *out,
    size_t *n, struct mews_err *);

/*
 * Adds one (id 0) or changes it.  MEWS_BAD: no address, no language, an address
 * that is there, or more of a kind than there may be; *why is then a word:
 * address, lang, used, most.  MEWS_NONE: no such id.
 */
enum mews_rc mews_recipient_put(struct mews_db *, struct mews_recipient *,
    const char **why, struct mews_err *);

/*
 * MEWS_NONE when there is none.
 */
enum mews_rc
mews_recipient_remove(struct mews_db *, int64_t id, struct mews_err *);

#endif
