/*
 * draft.c - long texts in pieces of a command's size.
 */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE 5000 /* ms a piece */

static const char digits[] = "0123456789abcdef";

enum mews_rc
mews_draft_piece(const struct mews_place *place, struct mews_message *m,
    int64_t at, const char *bytes, size_t n, struct mews_err *err)
{
	char text[2 * MEWS_DRAFT_PIECE + 1], *to = text;
	struct mews_message answer;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < n; i++) {
		*to++ = digits[(unsigned char)bytes[i] >> 4];
		*to++ = digits[(unsigned char)bytes[i] & 15];
	}
	*to = '\0';
	mews_message_set_int(m, "at", at);
	mews_message_set(m, "text", text);
	rc = mews_command_call(place, m, PATIENCE, &answer, err);
	mews_message_clear(&answer);
	return rc;
}

static enum mews_rc
send_piece(const struct mews_place *place, const char *token, const char *part,
    size_t at, const char *bytes, size_t n, struct mews_err *err)
{
	struct mews_message m;
	enum mews_rc rc;

	mews_message_init(&m, "draft");
	if (token != NULL)
		mews_message_set(&m, "token", token);
	mews_message_set(&m, "part", part);
	rc = mews_draft_piece(place, &m, (int64_t)at, bytes, n, err);
	mews_message_clear(&m);
	return rc;
}

enum mews_rc
mews_draft_send(const struct mews_place *place, const char *token,
    const char *part, const char *text, size_t n, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t at = 0, some;

	if (n > MEWS_DRAFT_MOST)
		return mews_fail(err, MEWS_BAD, "more than %d bytes",
		    MEWS_DRAFT_MOST);
	do {
		some = n - at < MEWS_DRAFT_PIECE ? n - at : MEWS_DRAFT_PIECE;
		rc = send_piece(place, token, part, at, text + at, some, err);
		at += some;
	} while (rc == MEWS_OK && at < n);
	return rc;
}

bool
mews_draft_take(struct mews_buf *to, const char *s)
{
	const char *high, *low;

	for (; *s != '\0'; s += 2) {
		if ((high = strchr(digits, s[0])) == NULL || s[1] == '\0' ||
		    (low = strchr(digits, s[1])) == NULL)
			return false;
		mews_buf_byte(to,
		    (unsigned char)((high - digits) << 4 | (low - digits)));
	}
	return true;
}
