/*
 * jobs_test.c - each request of a device once, with what it means: by the
 * profile in use, or by one that is tried.
 */
#include "plan.h"
#include "run.h"
#include "site_profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test {
	struct mews_profile profile; /* owned */
	struct mews_plan plan;       /* owned */
	size_t at;                   /* block */
	size_t good;
	const char *failed; /* word of the first that did not go well */
	int code;
};

static bool
next(struct run *r, struct question *q)
{
	const struct test *t = r->own;
	const struct mews_plan_block *b = &t->plan.block[t->at];

	run_ask(q, r->job.unit, b->function, b->address, (int)b->words);
	return true;
}

static void
decode(struct run *r, const struct test *t, int n, const uint8_t *pdu)
{
	const struct mews_plan_block *b = &t->plan.block[t->at];
	const struct mews_plan_value *v = &t->plan.value[b->first];
	struct mews_job_value out = { .job = r->job.id, .n = n };
	size_t i;

	for (i = 0; i < b->n; i++) {
		if (v[i].read->pulses > 0 && r->job.kind == MEWS_JOB_TRY)
			continue;
		out.quantity = v[i].quantity;
		out.address = v[i].read->address;
		out.missing =
		    !mews_plan_decode(&t->plan, b, i, pdu, &out.value);
		run_value(r, &out);
	}
}

static void
took(struct run *r, const struct question *q, const struct reply *a)
{
	struct test *t = r->own;
	int n = run_exchange(r, q, a);

	if (a->result == MEWS_EXCHANGE_GOOD) {
		t->good++;
		decode(r, t, n, a->pdu);
	} else if (t->failed == NULL) {
		t->failed = run_result(a);
		t->code = a->code;
	}
	r->job.done++;
	if (++t->at < t->plan.nblocks)
		return;
	if (t->failed == NULL)
		run_end(r, MEWS_JOB_DONE, "ok", 0);
	else if (t->good > 0)
		run_end(r, MEWS_JOB_DONE, "partly", 0);
	else
		run_end(r, MEWS_JOB_FAILED, t->failed, t->code);
}

static void
clear(struct run *r)
{
	struct test *t = r->own;

	mews_plan_clear(&t->plan);
	mews_profile_clear(&t->profile);
}

static const struct run_kind kind = { next, took, clear, true };

/* The run with its plan; the profile is loaded. */
static enum mews_rc
make(struct run_order *o, struct run *r, const struct mews_device *d,
    struct mews_err *err)
{
	struct test *t = r->own;
	struct mews_err why;

	if (mews_plan_make(&t->plan, d, &t->profile, &why) != MEWS_OK)
		return run_bad(o, "profile", err, "%s", why.text);
	r->job.line = d->line;
	r->job.device = d->id;
	r->job.unit = d->unit;
	r->job.total = (int64_t)t->plan.nblocks;
	(void)snprintf(r->job.what, sizeof(r->job.what), "%s", d->profile);
	return MEWS_OK;
}

enum mews_rc
test_new(struct run_order *o, struct run **out, struct mews_err *err)
{
	struct test *t = mews_alloc(1, sizeof(*t));
	struct run *r = run_new(MEWS_JOB_TEST, &kind, t);
	const struct mews_device *d;
	struct mews_err why;
	enum mews_rc rc;

	if ((rc = run_device(o, &d, err)) != MEWS_OK)
		return run_done(r, rc, out);
	(void)snprintf(r->subject, sizeof(r->subject), "%s", d->plate);
	if (mews_site_profile(o->config, o->meters, d->profile, &t->profile,
		&why) != MEWS_OK)
		rc = run_bad(o, "profile", err, "%s", why.text);
	else
		rc = make(o, r, d, err);
	return run_done(r, rc, out);
}

/* The draft, or the profile of that name. */
static enum mews_rc
load(struct run_order *o, const char *name, struct mews_profile *out,
    struct mews_err *err)
{
	struct mews_err why;
	bool draft = mews_message_int(o->m, "draft", 0) != 0;
	enum mews_rc rc;

	if (draft && o->draft == NULL)
		return run_bad(o, "profile", err, "there is no draft");
	rc = draft
	    ? mews_profile_parse(name, o->draft, strlen(o->draft), out, &why)
	    : mews_site_profile(o->config, o->meters, name, out, &why);

	return rc == MEWS_OK ? rc : run_bad(o, "profile", err, "%s", why.text);
}

/* What an input counts is not known yet, so that its registers are asked for
 * and shown without a value: the quantities only make room in the plan. */
static void
tie(struct mews_device *d)
{
	size_t n = 0, i;

	while (mews_quantity_at(n) != NULL)
		n++;
	for (i = 0; i < MEWS_PULSE_INPUTS; i++)
		d->pulse[i] = (struct mews_pulse){ .quantity = mews_quantity_at(
						       n - 1 - i),
			.weight = 1,
			.per = 1 };
}

enum mews_rc
try_new(struct run_order *o, struct run **out, struct mews_err *err)
{
	struct test *t = mews_alloc(1, sizeof(*t));
	struct run *r = run_new(MEWS_JOB_TRY, &kind, t);
	struct mews_device d = { .every_s = 5 };
	const struct mews_line *line;
	enum mews_rc rc;

	if ((rc = run_line(o, &line, err)) != MEWS_OK)
		return run_done(r, rc, out);
	d.line = line->id;
	d.unit = (int)mews_message_int(o->m, "unit", 0);
	(void)snprintf(d.plate, sizeof(d.plate), "%d", d.unit);
	(void)snprintf(d.profile, sizeof(d.profile), "%s",
	    mews_message_get(o->m, "name"));
	(void)snprintf(r->subject, sizeof(r->subject), "%s", line->name);
	tie(&d);
	if ((rc = load(o, d.profile, &t->profile, err)) == MEWS_OK)
		rc = make(o, r, &d, err);
	return run_done(r, rc, out);
}
