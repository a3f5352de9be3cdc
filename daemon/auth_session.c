/*
 * auth_session.c - tokens that cannot be guessed, of which only the digest is
 * stored.
 *
 * The time of use is written at most once a minute: a page that refreshes
 * itself must not write to flash each time.
 */
#include "auth_session.h"
#include "auth_try.h"
#include "str.h"

#include <string.h>

#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define TOUCH  MINUTE
/* How far ahead of the clock a session may lie: the clock is set now and then,
 * but a session from a clock that was years ahead must not live for years. */
#define AHEAD (5 * MINUTE)

static const struct {
	int64_t idle, whole; /* s */
} limits[] = {
	[MEWS_USER] = { 12 * HOUR, 30 * DAY },
	[MEWS_INSTALLER] = { 30 * MINUTE, 12 * HOUR },
	[MEWS_ADMINISTRATOR] = { 30 * MINUTE, 12 * HOUR },
};

static void
base64url(const uint8_t *in, size_t n, char *out)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned bits = 0, have = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		bits = (bits & 0xff) << 8 | in[i];
		for (have += 8; have >= 6; have -= 6)
			*out++ = set[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*out++ = set[bits << (6 - have) & 63];
	*out = '\0';
}

/* n bytes that nobody can guess, as text; at most 32. */
static enum mews_rc
unguessable(char *out, size_t n, struct mews_err *err)
{
	uint8_t bytes[32];
	enum mews_rc rc = auth_code_random(bytes, n, err);

	if (rc == MEWS_OK)
		base64url(bytes, n, out);
	explicit_bzero(bytes, sizeof(bytes));
	return rc;
}

enum mews_rc
auth_session_token(char token[AUTH_TOKEN + 1], struct mews_err *err)
{
	return unguessable(token, 32, err);
}

enum mews_rc
auth_session_device(char device[AUTH_DEVICE + 1], struct mews_err *err)
{
	return unguessable(device, 16, err);
}

int64_t
auth_session_idle(enum mews_role role)
{
	return limits[role].idle;
}

int64_t
auth_session_whole(enum mews_role role)
{
	return limits[role].whole;
}

enum mews_rc
auth_session_begin(const struct auth *a, const struct mews_user *u,
    const char *source, const uint8_t browser[MEWS_HASH], int64_t now,
    char token[AUTH_TOKEN + 1], struct mews_session *out, struct mews_err *err)
{
	struct mews_session s = { .user = u->id, .begun = now, .used = now };
	enum mews_rc rc;

	memcpy(s.browser, browser, MEWS_HASH);
	if (!mews_str_copy(s.source, sizeof(s.source), source))
		return mews_fail(err, MEWS_BAD, "the source is too long");
	if ((rc = auth_session_token(token, err)) != MEWS_OK ||
	    (rc = auth_code_random(s.csrf, sizeof(s.csrf), err)) != MEWS_OK ||
	    (rc = auth_code_digest(token, s.digest, err)) != MEWS_OK ||
	    (rc = mews_session_trim(a->db, u->id, AUTH_SESSIONS - 1, err)) !=
		MEWS_OK ||
	    (rc = mews_session_add(a->db, &s, err)) != MEWS_OK)
		return rc;
	*out = s;
	return MEWS_OK;
}

static bool
over(const struct mews_session *s, const struct mews_user *u, int64_t now)
{
	return !auth_try_usable(u) || now - s->used >= limits[u->role].idle ||
	    now - s->begun >= limits[u->role].whole || s->used > now + AHEAD ||
	    s->begun > now + AHEAD;
}

enum mews_rc
auth_session_find(const struct auth *a, const char *token, int64_t now,
    bool quiet, struct mews_user *u, struct mews_session *s,
    struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_code_digest(token, digest, err)) != MEWS_OK ||
	    (rc = mews_session_find(a->db, digest, s, err)) != MEWS_OK ||
	    (rc = mews_user_load(a->db, s->user, u, err)) != MEWS_OK)
		return rc;
	if (over(s, u, now)) {
		rc = mews_session_end(a->db, digest, err);
		return rc == MEWS_OK
		    ? mews_fail(err, MEWS_NONE, "the session is over")
		    : rc;
	}
	if (quiet || (now - s->used < TOUCH && now >= s->used))
		return MEWS_OK;
	s->used = now;
	return mews_session_touch(a->db, digest, now, err);
}

enum mews_rc
auth_session_end(const struct auth *a, const char *token, struct mews_err *err)
{
	uint8_t digest[MEWS_HASH];
	enum mews_rc rc;

	if ((rc = auth_code_digest(token, digest, err)) != MEWS_OK)
		return rc;
	return mews_session_end(a->db, digest, err);
}

enum mews_rc
auth_session_sweep(const struct auth *a, int64_t now, struct mews_err *err)
{
	return mews_session_expire(a->db, now - limits[MEWS_USER].whole,
	    now - limits[MEWS_USER].idle, err);
}
