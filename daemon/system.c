/*
 * system.c - mewsd itself may not touch keys or the web server: it checks who
 * asks, and leaves in state/wanted what mews-apply is to do.
 */
#include "system.h"
#include "backup.h"
#include "str.h"
#include "wanted.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define CERTIFICATE "certificate"

static void
tell(struct mewsd *d, const struct mews_event *e)
{
	service_event(d->service, e);
}

/* The number is what the report answers. */
static enum mews_rc
want(struct mewsd *d, const struct door_caller *caller, const char *word,
    const struct mews_message *m, const struct mews_buf *text,
    struct mews_message *answer, struct mews_err *err)
{
	struct mews_message head;
	struct mews_event e;
	struct timespec t;
	int64_t number;
	enum mews_rc rc;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	number = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	mews_message_init(&head, word);
	mews_message_set_int(&head, "number", number);
	if (mews_message_get(m, "names")[0] != '\0')
		mews_message_set(&head, "names", mews_message_get(m, "names"));
	rc = wanted_put(&d->place, CERTIFICATE, &head,
	    text == NULL ? NULL : text->s, text == NULL ? 0 : text->n, err);
	mews_message_clear(&head);
	if (rc != MEWS_OK)
		return rc;
	mews_message_set_int(answer, "wanted", number);
	mews_event_set(&e, "certificate-asked", NULL);
	(void)mews_str_copy(e.who, sizeof(e.who), caller->user);
	tell(d, &e);
	return MEWS_OK;
}

static enum mews_rc
put(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	const char *owner = change_owner(m);
	const struct mews_buf *text =
	    drafts_find(&d->change.drafts, owner, CERTIFICATE);
	enum mews_rc rc;

	if (text == NULL)
		return mews_fail(err, MEWS_BAD, "there is no draft");
	rc = want(d, caller, "put", m, text, answer, err);
	drafts_forget(&d->change.drafts, owner, CERTIFICATE);
	return rc;
}

static enum mews_rc
request(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	return want(d, caller, "request", m, NULL, answer, err);
}

static enum mews_rc
own(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	return want(d, caller, "own", m, NULL, answer, err);
}

static enum mews_rc
applied(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	const char *kind = mews_message_get(m, "kind");
	char name[64];
	struct mews_event e;

	(void)caller;
	(void)answer;
	(void)snprintf(name, sizeof(name), "certificate-%s", kind);
	if (mews_event_kind(name) == NULL)
		return mews_fail(err, MEWS_BAD, "there is no event %s", name);
	mews_event_set(&e, name, NULL);
	mews_event_arg(&e, 0, "%s", mews_message_get(m, "names"));
	mews_event_arg(&e, 1, "%s", mews_message_get(m, "until"));
	tell(d, &e);
	return MEWS_OK;
}

static enum mews_rc
back_up(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	(void)m;
	(void)answer;
	(void)err;
	keeper_back_up(d->keeper, caller->user);
	return MEWS_OK;
}

/* A name is one that backups have, so it leads nowhere else. */
static enum mews_rc
restore(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	const char *name = mews_message_get(m, "name");
	struct mews_event e;

	(void)answer;
	if (strcmp(name, MEWS_BACKUP_BROUGHT) != 0 &&
	    (strchr(name, '/') != NULL || mews_backup_time(name) == 0))
		return mews_fail(err, MEWS_BAD, "%s is no backup's name", name);
	mews_event_set(&e, "restore-asked", NULL);
	(void)mews_str_copy(e.who, sizeof(e.who), caller->user);
	tell(d, &e);
	keeper_restore(d->keeper, name);
	return MEWS_OK;
}

/* Why it cannot be had stands in the answer, and for whoever asks later. */
static enum mews_rc
bring(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	int64_t at = mews_message_int(m, "at", 0);
	int64_t size = mews_message_int(m, "size", 0);
	char why[16];
	enum mews_rc rc = MEWS_OK;

	(void)caller;
	if (at == 0 && strcmp(keeper_brought(d->keeper, why), "checked") == 0)
		return mews_fail(err, MEWS_AGAIN, "one is being looked at");
	if (at == 0)
		keeper_fares(d->keeper, "none", "");
	if (at == 0 && size == 0) {
		bring_drop(&d->bring, &d->place);
		return MEWS_OK;
	}
	rc = bring_piece(&d->bring, &d->place, change_owner(m), at, size,
	    mews_message_get(m, "text"), err);
	if (rc == MEWS_OK && mews_message_int(m, "last", 0) != 0 &&
	    (rc = bring_end(&d->bring, err)) == MEWS_OK)
		keeper_prove(d->keeper);
	if (rc == MEWS_AGAIN) {
		mews_message_set(answer, "why", "room");
		keeper_fares(d->keeper, "refused", "room");
	}
	return rc;
}

static enum mews_rc
brought(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	char why[16];
	const char *state = keeper_brought(d->keeper, why);

	(void)caller;
	(void)m;
	(void)err;
	mews_message_set(answer, "state",
	    d->bring.owner[0] != '\0' ? "coming" : state);
	mews_message_set(answer, "why", why);
	return MEWS_OK;
}

enum mews_rc
system_serve(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	static const struct {
		const char *name;
		enum mews_rc (*serve)(struct mewsd *,
		    const struct door_caller *, const struct mews_message *,
		    struct mews_message *, struct mews_err *);
	} commands[] = {
		{ "certificate-put", put },
		{ "certificate-request", request },
		{ "certificate-own", own },
		{ "applied", applied },
		{ "backup-now", back_up },
		{ "restore", restore },
		{ "backup-bring", bring },
		{ "backup-brought", brought },
	};
	size_t i;

	for (i = 0; i < MEWS_LEN(commands); i++)
		if (strcmp(commands[i].name, m->word) == 0)
			return commands[i].serve(d, caller, m, answer, err);
	return mews_fail(err, MEWS_NONE, "nobody serves '%s'", m->word);
}
