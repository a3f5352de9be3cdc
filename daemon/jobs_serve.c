/*
 * jobs_serve.c - a table of what begins a job, and one of what turns it.
 */
#include "jobs_serve.h"

#include <string.h>

static const struct {
	const char *name;
	enum mews_rc (
	    *make)(struct run_order *, struct run **, struct mews_err *);
} makers[] = {
	{ "scan", scan_new },
	{ "test", test_new },
	{ "try", try_new },
	{ "register-read", read_new },
	{ "register-write", write_new },
	{ "operate", operate_new },
};

static const struct {
	const char *name;
	enum mews_job_state to;
} turns[] = {
	{ "job-pause", MEWS_JOB_PAUSED },
	{ "job-go-on", MEWS_JOB_RUNNING },
	{ "job-stop", MEWS_JOB_STOPPED },
};

/* What is written cannot be taken back: writes and operations go on. */
static enum mews_rc
turn(const struct jobs *j, enum mews_job_state to, int64_t id,
    struct mews_err *err)
{
	struct run *r = jobs_find(j, id);

	if (r == NULL)
		return mews_fail(err, MEWS_NONE, "there is no such job");
	if (r->job.kind == MEWS_JOB_WRITE || r->job.kind == MEWS_JOB_OPERATE)
		return mews_fail(err, MEWS_BAD, "what is sent is sent");
	if (to == MEWS_JOB_STOPPED)
		run_end(r, to, "stopped", 0);
	else {
		r->job.state = to;
		run_save(r, true);
	}
	return MEWS_OK;
}

enum mews_rc
jobs_serve(struct jobs *j, const struct door_caller *caller,
    const struct mews_message *m, const char *draft,
    struct mews_message *answer, struct mews_err *err)
{
	struct run_order o = { .m = m, .draft = draft, .why = "" };
	struct run *r;
	int64_t id = 0;
	enum mews_rc rc;
	size_t i;

	for (i = 0; i < MEWS_LEN(turns); i++)
		if (strcmp(turns[i].name, m->word) == 0)
			return turn(j, turns[i].to,
			    mews_message_int(m, "job", 0), err);
	for (i = 0; i < MEWS_LEN(makers); i++)
		if (strcmp(makers[i].name, m->word) == 0)
			break;
	if (i == MEWS_LEN(makers))
		return mews_fail(err, MEWS_NONE, "nobody serves '%s'", m->word);
	jobs_order(j, &o);
	if ((rc = makers[i].make(&o, &r, err)) == MEWS_OK)
		rc = jobs_begin(j, r, caller->user, &id, err);
	if (id != 0)
		mews_message_set_int(answer, "job", id);
	if (o.why[0] != '\0')
		mews_message_set(answer, "why", o.why);
	return rc;
}
