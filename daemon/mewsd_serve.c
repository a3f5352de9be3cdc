/*
 * mewsd_serve.c - one table of the commands of mewsd's door.
 */
#include "mewsd.h"
#include "amend.h"
#include "jobs_serve.h"
#include "mark.h"
#include "mend.h"
#include "setting.h"
#include "share_wanted.h"
#include "str.h"
#include "system.h"
#include "whole.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#define ADDRESSES 8

/* Of this machine, for those programs that see no network. */
static void
addresses(struct mews_message *answer)
{
	char text[ADDRESSES * INET_ADDRSTRLEN] = "";
	struct ifaddrs *all = NULL, *i;
	size_t n = 0;

	if (getifaddrs(&all) != 0)
		return;
	for (i = all; i != NULL && n < ADDRESSES; i = i->ifa_next) {
		char *end = text + strlen(text);

		if (i->ifa_addr == NULL || (i->ifa_flags & IFF_LOOPBACK) != 0 ||
		    i->ifa_addr->sa_family != AF_INET)
			continue;
		if (n++ > 0)
			*end++ = ' ';
		(void)inet_ntop(AF_INET,
		    &((struct sockaddr_in *)(void *)i->ifa_addr)->sin_addr, end,
		    INET_ADDRSTRLEN);
	}
	freeifaddrs(all);
	mews_message_set(answer, "addresses", text);
}

static enum mews_rc
do_status(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct recorder_status s;

	(void)caller;
	(void)m;
	(void)err;
	service_status(d->service, &s);
	mews_message_set(answer, "version", MEWS_VERSION);
	mews_message_set_int(answer, "since", d->since);
	mews_message_set_int(answer, "devices", (int64_t)s.devices);
	mews_message_set_int(answer, "answering", (int64_t)s.answering);
	mews_message_set_int(answer, "minute", s.minute);
	mews_message_set_int(answer, "kept", (int64_t)s.kept);
	addresses(answer);
	return MEWS_OK;
}

/* What the service was begun with makes it begin anew. */
static enum mews_rc
set(struct mewsd *d, const struct mews_setting *s,
    const struct door_caller *caller, const char *value, struct mews_err *err)
{
	struct mews_event e;
	enum mews_rc rc = mews_whole_set(d->config, s->key, value, err);

	if (rc != MEWS_OK)
		return rc;
	mews_event_set(&e, "setting-changed", s->key);
	(void)mews_str_copy(e.who, sizeof(e.who), caller->user);
	mews_event_arg(&e, 0, "%s", s->key);
	mews_event_arg(&e, 1, "%s", value);
	service_event(d->service, &e);
	if (strncmp(s->key, "gateway_", 8) == 0)
		d->change.again = true;
	return strcmp(s->key, "history_mb") == 0
	    ? service_budget(d->service, d->config, err)
	    : MEWS_OK;
}

static enum mews_rc
do_set(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	const char *key = mews_message_get(m, "key");
	const struct mews_setting *s = mews_setting_find(key);

	(void)answer;
	if (s == NULL)
		return mews_fail(err, MEWS_NONE, "there is no setting '%s'",
		    key);
	if (caller->role < s->who)
		return mews_fail(err, MEWS_DENIED, "%s may not change %s",
		    mews_role_name(caller->role), key);
	return set(d, s, caller, mews_message_get(m, "value"), err);
}

static enum mews_rc
trust_clock(void *arg, struct mews_db *history, struct mews_err *err)
{
	(void)arg;
	return mews_mark_drop(history, MEWS_MARK_DOUBT, err);
}

static enum mews_rc
do_clock_right(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct mews_event e;
	enum mews_rc rc = service_do(d->service, trust_clock, NULL, err);

	(void)m;
	(void)answer;
	if (rc != MEWS_OK)
		return rc;
	mews_event_set(&e, "clock-right", NULL);
	(void)mews_str_copy(e.who, sizeof(e.who), caller->user);
	service_event(d->service, &e);
	return service_budget(d->service, d->config, err);
}

static enum mews_rc
do_change(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	return change_serve(&d->change, caller, m, answer, err);
}

static enum mews_rc
do_amend(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	return amend_serve(d->service, d->config, caller, m, answer, err);
}

/* The gateway there is. */
static enum mews_rc
find_gateway(struct mewsd *d, struct gateway **out, struct mews_err *err)
{
	*out = service_gateway(d->service);
	if (*out == NULL)
		return mews_fail(err, MEWS_NONE,
		    "the site has no port for other masters");
	return MEWS_OK;
}

static enum mews_rc
do_frames_on(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct gateway *g;
	enum mews_rc rc = find_gateway(d, &g, err);

	(void)caller;
	(void)m;
	if (rc == MEWS_OK)
		mews_message_set_int(answer, "until", gateway_watch(g));
	return rc;
}

static enum mews_rc
do_gateway_reset(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct gateway *g;
	enum mews_rc rc = find_gateway(d, &g, err);

	(void)caller;
	(void)m;
	(void)answer;
	if (rc == MEWS_OK)
		gateway_reset(g);
	return rc;
}

static enum mews_rc
do_mend(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	return mend_serve(d->service, caller, m, answer, err);
}

static enum mews_rc
do_rescue(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	(void)caller;
	(void)answer;
	(void)err;
	d->reopen = strcmp(m->word, "files-restore") == 0;
	d->rescue = !d->reopen;
	return MEWS_OK;
}

static const struct {
	const char *name;
	enum mews_rc (*serve)(struct mewsd *, const struct door_caller *,
	    const struct mews_message *, struct mews_message *,
	    struct mews_err *);
} commands[] = {
	{ "frames-on", do_frames_on },
	{ "gateway-reset", do_gateway_reset },
	{ "replace-meter", do_amend },
	{ "accept-energy", do_amend },
	{ "reject-energy", do_amend },
	{ "correct-bucket", do_amend },
	{ "undo", do_amend },
	{ "history-mend", do_mend },
	{ "damage-seen", do_mend },
	{ "files-rescue", do_rescue },
	{ "files-restore", do_rescue },
	{ "backup-now", system_serve },
	{ "restore", system_serve },
	{ "backup-bring", system_serve },
	{ "backup-brought", system_serve },
	{ "certificate-put", system_serve },
	{ "certificate-request", system_serve },
	{ "certificate-own", system_serve },
	{ "applied", system_serve },
	{ "status", do_status },
	{ "clock-right", do_clock_right },
	{ "set", do_set },
	{ "draft", do_change },
	{ "device-put", do_change },
	{ "device-remove", do_change },
	{ "device-restore", do_change },
	{ "line-put", do_change },
	{ "line-remove", do_change },
	{ "site-set", do_change },
	{ "gateway-set", do_change },
	{ "site-import", do_change },
	{ "profile-put", do_change },
	{ "profile-remove", do_change },
	{ "settings-set", do_change },
	{ "share-set", share_wanted_serve },
	{ "share-password", share_wanted_serve },
	{ "recipient-put", do_change },
	{ "recipient-remove", do_change },
	{ "destination-put", do_change },
	{ "destination-remove", do_change },
};

enum mews_rc
mewsd_serve(void *ctx, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct mewsd *d = ctx;
	const struct mews_buf *draft;
	size_t i;

	for (i = 0; i < MEWS_LEN(commands); i++)
		if (strcmp(commands[i].name, m->word) == 0)
			return commands[i].serve(d, caller, m, answer, err);
	draft = drafts_find(&d->change.drafts, change_owner(m), "profile");
	return jobs_serve(d->jobs, caller, m, draft == NULL ? NULL : draft->s,
	    answer, err);
}
