/*
 * amend.c - a row a command; what it does to the history runs where the history
 * is written.
 */
#include "amend.h"
#include "amendment.h"
#include "str.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

/* What the recorder's thread is to do, and what came of it. */
struct task {
	const struct mews_message *m;
	int64_t device; /* 0: the command names none */
	const struct mews_quantity *quantity;
	struct mews_amendment a;
};

static int64_t
number(const struct mews_message *m, const char *name)
{
	int64_t n = 0;

	(void)mews_str_int(mews_message_get(m, name), INT64_MIN, INT64_MAX, &n);
	return n;
}

static enum mews_rc
series(const struct task *t, struct mews_db *db, int64_t *out,
    struct mews_err *err)
{
	enum mews_rc rc =
	    mews_history_find(db, t->device, t->quantity, out, err);

	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_NONE, "nothing of it was ever stored")
	    : rc;
}

static enum mews_rc
replace(struct task *t, struct mews_db *db, struct mews_err *err)
{
	int64_t id;
	enum mews_rc rc = series(t, db, &id, err);

	if (rc == MEWS_OK)
		rc = mews_amend_replace(db, id, number(t->m, "old"),
		    number(t->m, "new"), number(t->m, "date"), &t->a, err);
	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_NONE, "no new counter was seen")
	    : rc;
}

static enum mews_rc
jump(struct task *t, struct mews_db *db, struct mews_err *err)
{
	enum mews_rc rc = mews_amend_jump(db, number(t->m, "event"),
	    strcmp(t->m->word, "accept-energy") == 0, &t->a, err);

	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_NONE, "no jump waits for an answer there")
	    : rc;
}

static enum mews_rc
correct(struct task *t, struct mews_db *db, struct mews_err *err)
{
	enum mews_level level;
	int64_t id;
	enum mews_rc rc;

	if (!mews_level_find(mews_message_get(t->m, "level"), &level))
		return mews_fail(err, MEWS_BAD, "there is no such level");
	if ((rc = series(t, db, &id, err)) != MEWS_OK)
		return rc;
	return mews_amend_correct(db, id, level, number(t->m, "t"),
	    number(t->m, "value"), &t->a, err);
}

static enum mews_rc
undo(struct task *t, struct mews_db *db, struct mews_err *err)
{
	enum mews_rc rc = mews_amend_undo(db, number(t->m, "id"), &t->a, err);

	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_NONE, "there is no such change")
	    : rc;
}

static const struct row {
	const char *command, *event;
	enum mews_rc (
	    *work)(struct task *, struct mews_db *, struct mews_err *);
} rows[] = {
	{ "replace-meter", "meter-replaced", replace },
	{ "accept-energy", "energy-accepted", jump },
	{ "reject-energy", "energy-rejected", jump },
	{ "correct-bucket", "bucket-corrected", correct },
	{ "undo", "amendment-undone", undo },
};

static const struct row *
find(const char *command)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(rows); i++)
		if (strcmp(rows[i].command, command) == 0)
			return &rows[i];
	return NULL;
}

/* In the recorder's thread. */
static enum mews_rc
work(void *arg, struct mews_db *history, struct mews_err *err)
{
	struct task *t = arg;
	enum mews_rc rc = find(t->m->word)->work(t, history, err);

	/* which device it was, for the event */
	if (rc == MEWS_OK && t->device == 0)
		rc = mews_history_whose(history, t->a.series, &t->device,
		    &t->quantity, err);
	return rc;
}

static void
tell(struct service *s, const struct task *t, const struct mews_site *site,
    const struct door_caller *caller)
{
	const struct mews_device *d = mews_site_device(site, t->device);
	struct mews_event e;

	mews_event_set(&e, find(t->m->word)->event, d == NULL ? "" : d->plate);
	e.device = t->device;
	(void)mews_str_copy(e.who, sizeof(e.who), caller->user);
	mews_event_arg(&e, 0, "%s", t->quantity->name);
	if (strlen(e.kind->args) > 1)
		mews_event_arg(&e, 1, "%" PRId64, t->a.value);
	if (strlen(e.kind->args) > 2 && t->a.kind == MEWS_AMEND_REPLACE)
		mews_event_arg(&e, 2, "%" PRId64, t->a.was);
	else if (strlen(e.kind->args) > 2)
		mews_event_arg(&e, 2, "%s", t->a.reason);
	service_event(s, &e);
}

/* The device and quantity that the command names, if it does. */
static enum mews_rc
name(struct task *t, const struct mews_site *site, struct mews_err *err)
{
	const char *plate = mews_message_get(t->m, "plate");
	const struct mews_device *d;

	if (plate[0] == '\0')
		return MEWS_OK;
	d = mews_site_plate(site, plate);
	t->quantity = mews_quantity_find(mews_message_get(t->m, "quantity"));
	if (d == NULL || t->quantity == NULL)
		return mews_fail(err, MEWS_NONE,
		    "there is no such device or quantity");
	if (t->quantity->kind != MEWS_COUNTER &&
	    strcmp(t->m->word, "correct-bucket") != 0)
		return mews_fail(err, MEWS_BAD, "%s is no counter",
		    t->quantity->name);
	t->device = d->id;
	return MEWS_OK;
}

enum mews_rc
amend_serve(struct service *s, struct mews_db *config,
    const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	struct task t = { .m = m };
	struct mews_site site = { 0 };
	enum mews_rc rc = mews_site_load(config, &site, err);

	t.a.t = time(NULL);
	(void)mews_str_copy(t.a.who, sizeof(t.a.who), caller->user);
	(void)mews_str_copy(t.a.reason, sizeof(t.a.reason),
	    mews_message_get(m, "reason"));
	if (rc == MEWS_OK)
		rc = name(&t, &site, err);
	if (rc == MEWS_OK)
		rc = service_do(s, work, &t, err);
	if (rc == MEWS_OK) {
		tell(s, &t, &site, caller);
		mews_message_set_int(answer, "id", t.a.id);
	}
	mews_site_clear(&site);
	return rc;
}
