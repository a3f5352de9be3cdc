/*
 * gate.c - cookies, sessions and form tokens.
 *
 * The __Host- prefix keeps other hosts and plain HTTP from planting a cookie,
 * so the form cookie of a visitor without session can be compared with what
 * the form carries.
 */
#include "gate.h"

#include "command.h"
#include "str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#define COOKIE      "__Host-mews"
#define BEARER      "Bearer "
#define FORM_COOKIE "__Host-mews-form"
#define DEVICE      "__Host-mews-device"
#define DEVICE_S    (180 * INT64_C(86400))
#define BELIEVED_MS 1000
#define ASK_MS      3000

static struct {
	int64_t until; /* ms */
	struct gate_session s;
} known[16];

static bool
bytes(const char *hex, uint8_t *out, size_t n)
{
	unsigned byte;
	size_t i;

	if (strlen(hex) != 2 * n ||
	    hex[strspn(hex, "0123456789abcdef")] != '\0')
		return false;
	for (i = 0; i < n; i++) {
		(void)sscanf(hex + 2 * i, "%2x", &byte);
		out[i] = (uint8_t)byte;
	}
	return true;
}

static void
digits(const uint8_t *in, size_t n, char *out)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		*out++ = hex[in[i] >> 4];
		*out++ = hex[in[i] & 15];
	}
	*out = '\0';
}

/* Rights are a user's: who looks after the devices sees them all.  What does
 * not fit gives nothing. */
static void
take_rights(struct gate_session *s, const char *rights)
{
	if (s->role == MEWS_USER &&
	    !mews_str_copy(s->rights, sizeof(s->rights), rights))
		(void)strcpy(s->rights, "none");
}

static enum mews_rc
ask(const struct mews_place *place, const char *token, bool quiet,
    struct gate_session *s, struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	enum mews_rc rc;

	mews_message_init(&m, "session");
	mews_message_set(&m, "token", token);
	if (quiet)
		mews_message_set_int(&m, "quiet", 1);
	rc = mews_command_call(place, &m, ASK_MS, &a, err);
	if (rc == MEWS_OK &&
	    mews_role_find(mews_message_get(&a, "role"), &s->role) &&
	    bytes(mews_message_get(&a, "csrf"), s->csrf, GATE_CSRF)) {
		s->in = s->form = true;
		s->factory = mews_message_int(&a, "factory", 0) != 0;
		(void)snprintf(s->token, sizeof(s->token), "%s", token);
		(void)snprintf(s->user, sizeof(s->user), "%s",
		    mews_message_get(&a, "user"));
		(void)snprintf(s->lang, sizeof(s->lang), "%.2s",
		    mews_message_get(&a, "lang"));
		(void)snprintf(s->theme, sizeof(s->theme), "%.7s",
		    mews_message_get(&a, "theme"));
		s->idle = mews_message_int(&a, "idle", 0);
		take_rights(s, mews_message_get(&a, "rights"));
	}
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc == MEWS_AGAIN || rc == MEWS_FAIL ? MEWS_AGAIN : MEWS_OK;
}

/* Whose key it is; a key needs no form token. */
static enum mews_rc
ask_key(const struct mews_place *place, const char *key, struct gate_session *s,
    struct mews_err *err)
{
	struct mews_message m, a = { 0 };
	enum mews_rc rc;

	mews_message_init(&m, "key-check");
	mews_message_set(&m, "key", key);
	rc = mews_command_call(place, &m, ASK_MS, &a, err);
	if (rc == MEWS_OK &&
	    mews_role_find(mews_message_get(&a, "role"), &s->role)) {
		s->in = s->key = true;
		(void)snprintf(s->token, sizeof(s->token), "%s", key);
		(void)snprintf(s->user, sizeof(s->user), "%.*s", MEWS_USERNAME,
		    mews_message_get(&a, "user"));
		take_rights(s, mews_message_get(&a, "rights"));
	}
	s->refused = !s->in;
	mews_message_clear(&m);
	mews_message_clear(&a);
	return rc == MEWS_AGAIN || rc == MEWS_FAIL ? MEWS_AGAIN : MEWS_OK;
}

static void
keep(const struct gate_session *s, int64_t now)
{
	size_t i, oldest = 0;

	for (i = 0; i < MEWS_LEN(known); i++)
		if (known[i].until < known[oldest].until)
			oldest = i;
	known[oldest].until = now + BELIEVED_MS;
	known[oldest].s = *s;
}

enum mews_rc
gate_find(const struct mews_place *place, const struct request *r, bool quiet,
    int64_t now, struct gate_session *s, struct mews_err *err)
{
	char text[GATE_TOKEN + 1];
	const char *key = NULL;
	enum mews_rc rc;
	size_t i;

	*s = (struct gate_session){ 0 };
	if (strncasecmp(r->authorization, BEARER, sizeof(BEARER) - 1) == 0)
		key = r->authorization + sizeof(BEARER) - 1;
	if (key == NULL) {
		request_cookie(r, FORM_COOKIE, text, sizeof(text));
		s->form = bytes(text, s->csrf, GATE_CSRF);
		request_cookie(r, COOKIE, text, sizeof(text));
		if (text[0] == '\0')
			return MEWS_OK;
	} else if (!mews_str_copy(text, sizeof(text), key)) {
		s->refused = true;
		return MEWS_OK;
	}
	for (i = 0; key == NULL && i < MEWS_LEN(known); i++)
		if (known[i].until > now &&
		    known[i].until <= now + BELIEVED_MS &&
		    strcmp(known[i].s.token, text) == 0) {
			*s = known[i].s;
			return MEWS_OK;
		}
	rc = key != NULL ? ask_key(place, text, s, err)
			 : ask(place, text, quiet, s, err);
	if (rc == MEWS_OK && s->in && key == NULL)
		keep(s, now); /* the end of a key is at once */
	return rc;
}

void
gate_forget(const char *token)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(known); i++)
		if (strcmp(known[i].s.token, token) == 0)
			known[i].until = 0;
}

static void
fresh(uint8_t *out)
{
	while (getrandom(out, GATE_CSRF, 0) != GATE_CSRF)
		;
}

void
gate_mask(struct gate_session *s, struct reply *r, char *text)
{
	uint8_t both[2 * GATE_CSRF];
	char cookie[2 * GATE_CSRF + 1];
	size_t i;

	if (!s->form) {
		fresh(s->csrf);
		s->form = true;
		digits(s->csrf, GATE_CSRF, cookie);
		reply_cookie(r, FORM_COOKIE, cookie);
	}
	fresh(both);
	for (i = 0; i < GATE_CSRF; i++)
		both[GATE_CSRF + i] = both[i] ^ s->csrf[i];
	digits(both, sizeof(both), text);
}

bool
gate_here(const struct request *r)
{
	const char *host = strstr(r->origin, "://");

	if (r->site[0] != '\0' && strcmp(r->site, "same-origin") != 0 &&
	    strcmp(r->site, "none") != 0)
		return false;
	if (r->origin[0] != '\0')
		return host != NULL && r->host[0] != '\0' &&
		    strcmp(host + 3, r->host) == 0;
	return r->site[0] != '\0';
}

bool
gate_own(const struct gate_session *s, const struct request *r,
    const char *token)
{
	uint8_t both[2 * GATE_CSRF], wrong = 0;
	size_t i;

	if (!s->form || !gate_here(r) || !bytes(token, both, sizeof(both)))
		return false;
	for (i = 0; i < GATE_CSRF; i++)
		wrong |= (uint8_t)(both[i] ^ both[GATE_CSRF + i] ^ s->csrf[i]);
	return wrong == 0;
}

void
gate_enter(struct reply *r, const char *token)
{
	reply_cookie(r, COOKIE, token);
	reply_cookie(r, FORM_COOKIE, "");
}

void
gate_leave(struct reply *r)
{
	reply_cookie(r, COOKIE, "");
}

void
gate_device(const struct request *r, char out[GATE_DEVICE])
{
	request_cookie(r, DEVICE, out, GATE_DEVICE);
}

void
gate_keep_device(struct reply *r, const char *device)
{
	if (device[0] == '\0')
		reply_cookie(r, DEVICE, "");
	else
		reply_cookie_for(r, DEVICE, device, DEVICE_S);
}
