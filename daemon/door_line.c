/*
 * door_line.c - what a line asks, whether its sender may, and the answer.
 *
 * A session that still has the codes of the leaflet may nothing that a row
 * restricts.  A command with a ticket is served only after mews-auth has used
 * it up.
 */
#include "door_line.h"
#include "log.h"
#include "str.h"

#include <string.h>
#include <unistd.h>

/* For mews-auth to tell whose session it is; as long as a page waits for it, which
 * asked a moment before: where nobody answers, nothing comes here. */
#define ASKING 3000 /* ms */

/* Asks mews-auth whose session it is. */
static enum mews_rc
ask(const struct mews_place *place, const char *token,
    struct door_caller *caller, struct mews_err *err)
{
	struct mews_message m, answer;
	enum mews_rc rc;

	mews_message_init(&m, "session");
	mews_message_set(&m, "token", token);
	rc = mews_command_call(place, &m, ASKING, &answer, err);
	if (rc == MEWS_NONE)
		rc = mews_fail(err, MEWS_DENIED, "no such session");
	else if (rc == MEWS_OK && mews_message_int(&answer, "factory", 1) != 0)
		rc = mews_fail(err, MEWS_DENIED, "codes of the leaflet");
	else if (rc == MEWS_OK &&
	    (!mews_str_copy(caller->user, sizeof(caller->user),
		 mews_message_get(&answer, "user")) ||
		!mews_role_find(mews_message_get(&answer, "role"),
		    &caller->role)))
		rc = mews_fail(err, MEWS_FAIL, "mews-auth tells no role");
	mews_message_clear(&m);
	mews_message_clear(&answer);
	return rc;
}

/* Uses up the ticket of a critical command. */
static enum mews_rc
spend(const struct mews_place *place, const struct door_rules *rules,
    const struct mews_message *m, struct mews_err *err)
{
	struct mews_message ask, answer;
	enum mews_rc rc;

	if (rules->spend != NULL)
		return rules->spend(rules->ctx, mews_message_get(m, "token"),
		    mews_message_get(m, "ticket"), err);
	mews_message_init(&ask, "spend");
	mews_message_set(&ask, "token", mews_message_get(m, "token"));
	mews_message_set(&ask, "ticket", mews_message_get(m, "ticket"));
	rc = mews_command_call(place, &ask, ASKING, &answer, err);
	mews_message_clear(&ask);
	mews_message_clear(&answer);
	return rc;
}

/* Whoever can write the databases anyway is not asked for a session. */
static bool
is_shell(struct door_caller *caller)
{
	if (caller->uid != 0 && caller->uid != geteuid())
		return false;
	(void)mews_str_copy(caller->user, sizeof(caller->user), "shell");
	caller->role = MEWS_ADMINISTRATOR;
	return true;
}

static enum mews_rc
permit(const struct mews_place *place, const struct door_rules *rules,
    const struct mews_command *row, const struct mews_message *m,
    struct door_caller *caller, struct mews_err *err)
{
	const char *token = mews_message_get(m, "token");
	enum mews_rc rc;

	if (row->roles == 0)
		return MEWS_OK;
	if (token[0] == '\0' && !is_shell(caller))
		return mews_fail(err, MEWS_DENIED, "%s: needs a session",
		    row->name);
	if (token[0] == '\0')
		rc = MEWS_OK;
	else
		rc = rules->who != NULL
		    ? rules->who(rules->ctx, token, caller, err)
		    : ask(place, token, caller, err);
	if (rc == MEWS_OK && (row->roles & 1u << caller->role) == 0)
		rc = mews_fail(err, MEWS_DENIED, "%s: not for role %s",
		    row->name, mews_role_name(caller->role));
	if (rc == MEWS_OK && mews_message_get(m, "ticket")[0] != '\0')
		rc = spend(place, rules, m, err);
	return rc;
}

/* Has a line carried out; fills the answer but for its word. */
static enum mews_rc
obey(const struct mews_place *place, const struct door_rules *rules,
    struct door_caller caller, const char *line, struct mews_message *answer,
    struct mews_err *err)
{
	const struct mews_command *row;
	struct mews_message m;
	enum mews_rc rc;

	if ((rc = mews_message_read(line, &m, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_command_check(&m, &row, err)) != MEWS_OK)
		goto out;
	if (row->door != rules->file)
		rc = mews_fail(err, MEWS_BAD, "%s: wrong door", row->name);
	else if ((rc = permit(place, rules, row, &m, &caller, err)) == MEWS_OK)
		rc = rules->serve(rules->ctx, &caller, &m, answer, err);
	if (rc == MEWS_FAIL)
		mews_log(MEWS_LOG_ERROR, "%s: %s", row->name, err->text);
out:
	mews_message_clear(&m);
	return rc;
}

/* Appends the answer for rc. */
static void
put(struct mews_message *answer, enum mews_rc rc, struct mews_err *err,
    struct mews_buf *out)
{
	mews_message_answer(answer, rc, err);
	if (mews_message_write(answer, out, err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "answer: %s", err->text);
		mews_buf_str(out, "fail\n");
	}
	mews_message_clear(answer);
}

void
door_line_serve(const struct mews_place *place, const struct door_rules *rules,
    const struct door_caller *caller, char *line, size_t n,
    struct mews_buf *out)
{
	struct mews_message answer;
	struct mews_err err = { "" };
	enum mews_rc rc;

	mews_message_init(&answer, "ok");
	line[n - 1] = '\0';
	if (strlen(line) != n - 1)
		rc = mews_fail(&err, MEWS_BAD, "a line holds a zero byte");
	else
		rc = obey(place, rules, *caller, line, &answer, &err);
	put(&answer, rc, &err, out);
}

void
door_line_refuse(struct mews_buf *out)
{
	struct mews_message answer;
	struct mews_err err;

	mews_message_init(&answer, "bad");
	put(&answer,
	    mews_fail(&err, MEWS_BAD, "a line has more than %d bytes",
		MEWS_COMMAND_LINE),
	    &err, out);
}

bool
door_line_slow(const char *line, size_t n)
{
	const struct mews_command *row;
	char word[32];
	size_t len = 0;

	while (len < n && len < sizeof(word) && line[len] > ' ')
		len++;
	if (len == sizeof(word))
		return false;
	memcpy(word, line, len);
	word[len] = '\0';
	row = mews_command_find(word);
	return row != NULL && row->slow;
}
