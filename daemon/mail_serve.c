/*
 * mail_serve.c - the mails that wait and were sent are rows of courier.db;
 * passwords of servers are files that nobody else reads.
 */
#include "mail_serve.h"
#include "mail.h"
#include "report.h"
#include "secret.h"
#include "str.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SHOWN 7 /* mails in one answer */

static enum mews_rc
serve_send(struct mews_db *db, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	struct mews_mail mail = { .made = time(NULL) };
	struct timespec now;
	enum mews_rc rc;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	mail.due = mail.made;
	mail.asked = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
	if (!mews_letter_find(mews_message_get(m, "letter"), &mail.letter) ||
	    mail.letter == MEWS_LETTER_EVENTS)
		return mews_fail(err, MEWS_BAD,
		    "no letter that can be asked for");
	if (!mews_mail_address(mews_message_get(m, "address")) ||
	    !mews_str_copy(mail.address, sizeof(mail.address),
		mews_message_get(m, "address")))
		return mews_fail(err, MEWS_BAD, "no mail address");
	(void)mews_str_copy(mail.lang, sizeof(mail.lang),
	    mews_message_get(m, "lang"));
	if (mail.letter != MEWS_LETTER_TEST)
		report_period(mail.letter, mail.made, &mail.since, &mail.upto);
	if ((rc = mews_mail_add(db, &mail, err)) == MEWS_OK) {
		mews_message_set_int(answer, "id", mail.id);
		courier_wake("mail");
	}
	return rc;
}

static void
put(struct mews_message *answer, size_t i, const struct mews_mail *m)
{
	const struct {
		const char *name, *text;
		int64_t n;
	} fields[] = {
		{ "id", NULL, m->id },
		{ "letter", mews_letter_name(m->letter), 0 },
		{ "address", m->address, 0 },
		{ "state", mews_mail_state_name(m->state), 0 },
		{ "made", NULL, m->made },
		{ "ended", NULL, m->ended },
		{ "why", m->why, 0 },
		{ "said", m->said, 0 },
	};
	char name[24];
	size_t f;

	for (f = 0; f < MEWS_LEN(fields); f++) {
		(void)snprintf(name, sizeof(name), "%s%zu", fields[f].name, i);
		if (fields[f].text != NULL)
			mews_message_set(answer, name, fields[f].text);
		else
			mews_message_set_int(answer, name, fields[f].n);
	}
}

static enum mews_rc
serve_mails(struct mews_db *db, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	struct mews_mail list[SHOWN];
	int64_t id = mews_message_int(m, "id", 0);
	enum mews_rc rc;
	size_t n = 1, i;

	rc = id != 0 ? mews_mail_find(db, id, &list[0], err)
		     : mews_mail_list(db, list, SHOWN, &n, err);
	if (rc != MEWS_OK)
		return rc;
	mews_message_set_int(answer, "n", (int64_t)n);
	for (i = 0; i < n; i++)
		put(answer, i, &list[i]);
	return MEWS_OK;
}

enum mews_rc
mail_serve(const struct mews_place *place, struct mews_db *courier,
    const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	const char *name = mews_message_get(m, "name");
	char value[SECRET_MOST];

	(void)caller;
	if (strcmp(m->word, "mail-send") == 0)
		return serve_send(courier, m, answer, err);
	if (strcmp(m->word, "mails") == 0)
		return serve_mails(courier, m, answer, err);
	if (strcmp(name, "smtp") != 0 && strncmp(name, "upload-", 7) != 0)
		return mews_fail(err, MEWS_BAD, "no password of that name");
	if (strcmp(m->word, "secret-set") == 0)
		return secret_set(place, name, mews_message_get(m, "value"),
		    err);
	secret_get(place, name, value);
	mews_message_set_int(answer, "known", value[0] != '\0');
	explicit_bzero(value, sizeof(value));
	return MEWS_OK;
}
