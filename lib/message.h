/*
 * message.h - one line over a socket: a word and named values.
 *
 *	sign-in user=installer pin=55555 source=127.0.0.1
 *	ok token=Zm9v...
 *	denied text=wrong%20user%20or%20code
 *
 * The first word of an answer is ok, none, bad, denied, again or fail (enum
 * mews_rc).  Words and names are mews_str_word(); values are UTF-8 without
 * control characters, in which '%', blanks and bytes above 0x7e travel as
 * %XX.  One blank stands before each name.  A line has at most
 * MEWS_COMMAND_LINE bytes with its end.
 */
#ifndef MEWS_MESSAGE_H
#define MEWS_MESSAGE_H

#include "buf.h"

#define MEWS_COMMAND_LINE   8192
#define MEWS_COMMAND_FIELDS 64

/*
 * A command or an answer.
 */
struct mews_message {
	char word[32];
	size_t n;
	struct {
		char *name, *value; /* owned */
	} field[MEWS_COMMAND_FIELDS];
};
void mews_message_init(struct mews_message *, const char *word);
void mews_message_clear(struct mews_message *); /* wipes the values too */

/*
 * Sets or replaces a value.  More than MEWS_COMMAND_FIELDS of them is a bug of
 * the caller; a value that cannot travel makes mews_message_write() fail.
 */
void mews_message_set(struct mews_message *, const char *name, const char *);
void mews_message_set_int(struct mews_message *, const char *name, int64_t);

/*
 * "" when the field is absent; def when it is absent or no number.
 */
const char *mews_message_get(const struct mews_message *, const char *name);
int64_t
mews_message_int(const struct mews_message *, const char *name, int64_t def);

/*
 * Makes it the answer for rc: its word, and for a failure the sentence as
 * text=.  Other fields stay.  A word that is no code reads as MEWS_FAIL.
 */
void mews_message_answer(struct mews_message *, enum mews_rc,
    const struct mews_err *);
enum mews_rc mews_message_rc(const struct mews_message *);

/*
 * To and from a line (with its '\n' when written, without when read).
 * MEWS_BAD: too long, too many fields, a name twice, a malformed value; then
 * nothing was written, and what was read is empty.
 */
enum mews_rc mews_message_write(const struct mews_message *, struct mews_buf *,
    struct mews_err *);
enum mews_rc mews_message_read(const char *line, struct mews_message *out,
    struct mews_err *);

#endif
