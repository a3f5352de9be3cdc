/*
 * command.h - the table of commands, and calling a door.
 *
 * A command is one line (message.h) over a Unix socket to mewsd or mews-auth,
 * and one line comes back.  A new command is one row in command.c and one
 * function in the program behind the door.
 */
#ifndef MEWS_COMMAND_H
#define MEWS_COMMAND_H

#include "account.h"
#include "message.h"
#include "place.h"

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
 * Without that field only who may do all at the shell is served (door.h).
 */
struct mews_command {
	const char *name;
	enum mews_file door; /* MEWS_DOOR, MEWS_AUTH_DOOR, MEWS_COURIER_DOOR */
	unsigned roles;
	bool slow; /* takes tens of milliseconds: doors serve others first */
	struct mews_field field[10];
	const char *gives; /* fields of the answer ok */
	const char *does;  /* one sentence */
};

/*
 * NULL when there is none of that name; the i-th, NULL behind the end.
 */
const struct mews_command *mews_command_find(const char *name);
const struct mews_command *mews_command_at(size_t i);

/*
 * Checks a command against its row: known, every field there and in bounds,
 * none that is not declared.  The sentence names the field.
 */
enum mews_rc mews_command_check(const struct mews_message *,
    const struct mews_command **out, struct mews_err *);

/*
 * Sends a command to its door and waits for the answer, at most timeout_ms.
 * Returns the answer's code; its text becomes the sentence.  A command that
 * does not fit its row is not sent: MEWS_BAD.  MEWS_AGAIN when nobody answers.
 * answer must be cleared by the caller in every case.
 */
enum mews_rc
mews_command_call(const struct mews_place *, const struct mews_message *,
    int timeout_ms, struct mews_message *answer, struct mews_err *);

#endif
