/*
 * mend.c - what they do to the history runs where the history is written.
 */
#include "mend.h"
#include "check_history.h"
#include "mark.h"

#include <string.h>

struct task {
	int64_t series, from, to;
	enum mews_level level;
	size_t n;
};

/* In the recorder's thread. */
static enum mews_rc
mend(void *arg, struct mews_db *history, struct mews_err *err)
{
	struct task *t = arg;

	return mews_check_mend(history, t->series, t->level, t->from, t->to,
	    &t->n, err);
}

static enum mews_rc
seen(void *arg, struct mews_db *history, struct mews_err *err)
{
	(void)arg;
	return mews_mark_drop(history, MEWS_MARK_DAMAGED, err);
}

enum mews_rc
mend_serve(struct service *s, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct task t = { .series = mews_message_int(m, "series", 0),
		.from = mews_message_int(m, "from", 0),
		.to = mews_message_int(m, "to", 0) };
	enum mews_rc rc;

	(void)caller;
	if (strcmp(m->word, "damage-seen") == 0)
		return service_do(s, seen, NULL, err);
	if (!mews_level_find(mews_message_get(m, "level"), &t.level) ||
	    t.from >= t.to)
		return mews_fail(err, MEWS_BAD,
		    "there is no such level, or the range is empty");
	if ((rc = service_do(s, mend, &t, err)) == MEWS_OK)
		mews_message_set_int(answer, "n", (int64_t)t.n);
	return rc;
}
