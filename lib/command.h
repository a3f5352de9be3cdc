/*
 * command.h - the table of commands, and how they travel.
 *
 * A command is one line over a Unix socket to mewsd or mews-auth, and one
 * line comes back:
 *
 *	sign-in user=installer pin=55555 source=127.0.0.1
 *	ok token=Zm9v...
 *	denied text=wrong%20code
 *
 * The first word of an answer is ok, none, bad, denied, again or fail (enum
 * mews_rc).  Values are UTF-8 without control characters; '%', blanks and
 * bytes above 0x7e travel as %XX.  A line has at most MEWS_COMMAND_LINE bytes
 * with its end.
 */
#ifndef MEWS_COMMAND_H
#define MEWS_COMMAND_H

#include "account.h"
#include "buf.h"
#include "place.h"

#define MEWS_COMMAND_LINE   8192
#define MEWS_COMMAND_FIELDS 64

enum mews_field_type {
	MEWS_FIELD_WORD,   /* mews_str_word(), min to max bytes */
	MEWS_FIELD_DIGITS, /* 0-9, min to max of them */
	MEWS_FIELD_TOKEN,  /* A-Z a-z 0-9 - _, min to max of them */
	MEWS_FIELD_INT,    /* min to max */
	MEWS_FIELD_TEXT    /* UTF-8, min to max bytes */
};

struct mews_field {
	const char *name; /* NULL ends the list */
	enum mews_field_type type;
	int64_t min, max;
	bool optional;
};

/*
 * Who may: bits of 1 << enum mews_role, checked by the door against the
 * session whose token the field "token" carries; 0: no session is needed.
 */
struct mews_command {
	const char *name;
	enum mews_file door; /* MEWS_DOOR or MEWS_AUTH_DOOR */
	unsigned roles;
	struct mews_field field[10];
	const char *does; /* one sentence */
};

/*
 * NULL when there is none of that name; the i-th, NULL behind the end.
 */
const struct mews_command *mews_command_find(const char *name);
const struct mews_command *mews_command_at(size_t i);

/*
 * A command or an answer: a first word and named values.
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
void mews_message_set(struct mews_message *, const char *name, const char *);
void mews_message_set_int(struct mews_message *, const char *name, int64_t);

/*
 * "" when the field is absent; def when it is absent or no number.
 */
const char *mews_message_get(const struct mews_message *, const char *name);
int64_t
mews_message_int(const struct mews_message *, const char *name, int64_t def);

/*
 * The answer for rc: its word, and for a failure the sentence as text=.
 */
void mews_message_answer(struct mews_message *, enum mews_rc,
    const struct mews_err *);
enum mews_rc mews_message_rc(const struct mews_message *);

/*
 * To and from a line (with its '\n' when written, without when read).
 * MEWS_BAD: too long, too many fields, a name twice, a malformed value.
 */
enum mews_rc mews_message_write(const struct mews_message *, struct mews_buf *,
    struct mews_err *);
enum mews_rc mews_message_read(const char *line, struct mews_message *out,
    struct mews_err *);

/*
 * Checks a command against its row: known, every field there and in bounds,
 * none that is not declared.  The sentence names the field.
 */
enum mews_rc mews_command_check(const struct mews_message *,
    const struct mews_command **out, struct mews_err *);

/*
 * Sends a command to its door and waits for the answer, at most timeout_ms.
 * Returns the answer's code; its text becomes the sentence.  MEWS_AGAIN when
 * nobody answers.  answer must be cleared by the caller in every case.
 */
enum mews_rc
mews_command_call(const struct mews_place *, const struct mews_message *,
    int timeout_ms, struct mews_message *answer, struct mews_err *);

#endif
