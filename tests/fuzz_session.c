/*
 * fuzz_session.c - any bytes as the cookies of a browser, and on the way to
 * mews-auth: nobody is in but who shows the very token.
 *
 * Input: the cookies; behind a NUL, a token as it comes to the door.
 */
#include "fuzz.h"
#include "auth_session.h"
#include "command.h"
#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKEN "kR3v_0q-ZyWb7Xn2Lh5TgPsA9eUoJcMd1FiNr8Qt6Vw"
#define NOW   INT64_C(1800000000)

static char folder[] = "/tmp/mews-fuzz.XXXXXX";
static struct mews_place place = { folder, folder, folder };
static struct auth auth;

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
begin(void)
{
	struct mews_user u = { .role = MEWS_ADMINISTRATOR,
		.lang = "en",
		.name = "anna",
		.enabled = true };
	struct mews_session s = { .begun = NOW - 60, .used = NOW - 5 };
	char command[64];

	must(mkdtemp(folder) != NULL);
	must(auth_code_open(&place, &auth, NULL) == MEWS_OK);
	must(auth_code_set(&auth, &u, MEWS_PIN, "48261", NULL) == MEWS_OK);
	must(auth_code_set(&auth, &u, MEWS_PUK, "73920164850917", NULL) ==
	    MEWS_OK);
	must(mews_user_add(auth.db, &u, NULL) == MEWS_OK);
	must(mews_user_find(auth.db, u.name, &u, NULL) == MEWS_OK);
	s.user = u.id;
	must(auth_code_digest(TOKEN, s.digest, NULL) == MEWS_OK);
	must(mews_session_add(auth.db, &s, NULL) == MEWS_OK);
	/* what is open stays open without its name */
	(void)snprintf(command, sizeof(command), "rm -rf %s", folder);
	must(system(command) == 0);
}

/* As a page sends it and the door takes it, when it is taken. */
static bool
is_in(const char *token)
{
	struct mews_message m, at_door = { 0 };
	struct mews_session s;
	struct mews_user u;
	struct mews_buf line = { 0 };
	const struct mews_command *row;
	const char *t;
	struct mews_err err;
	bool in = false;

	mews_message_init(&m, "session");
	mews_message_set(&m, "token", token);
	if (mews_message_write(&m, &line, &err) == MEWS_OK) {
		line.s[line.n - 1] = '\0';
		must(mews_message_read(line.s, &at_door, &err) == MEWS_OK);
		t = mews_message_get(&at_door, "token");
		must(strcmp(t, token) == 0);
		if (mews_command_check(&at_door, &row, &err) == MEWS_OK)
			in = auth_session_find(&auth, t, NOW, true, &u, &s,
				 &err) == MEWS_OK;
	}
	mews_message_clear(&m);
	mews_message_clear(&at_door);
	mews_buf_clear(&line);
	return in;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct request r;
	char token[64 + 1];
	char *text = malloc(size + 1);

	must(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	if (auth.db == NULL)
		begin();
	r.cookies = text;
	request_cookie(&r, "__Host-mews", token, sizeof(token));
	must(is_in(token) == (strcmp(token, TOKEN) == 0));
	if (token[0] != '\0')
		must(strstr(text, token) != NULL);
	if (strlen(text) < size)
		must(is_in(text + strlen(text) + 1) ==
		    (strcmp(text + strlen(text) + 1, TOKEN) == 0));
	free(text);
	return 0;
}
