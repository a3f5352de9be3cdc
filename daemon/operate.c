/*
 * operate.c - opens, closes or resets a breaker: looks at its state, sends the
 * command once, and looks at the state until it is the wanted one or its time
 * is over.
 *
 * The command is never sent twice.  When its answer is lost nobody knows
 * whether it was taken, so the state alone decides; and when the state cannot
 * be read either, the job says "unknown" and not "failed".  While the first
 * look fails nothing is sent at all.
 */
#include "plan.h"
#include "run.h"
#include "site_profile.h"
#include "tick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOK 250000 /* us between two looks at the state */

enum step { FIRST_LOOK, SEND, WATCH };

struct operate {
	struct mews_profile profile; /* owned */
	struct mews_plan plan;       /* owned */
	struct mews_profile_command command;
	size_t block, value; /* of the plan: where the state is */
	enum step step;
	int64_t until; /* tick_us() */
	bool told;     /* that it was asked */
	bool taken;    /* the device confirmed the command */
	bool seen;     /* the last look saw a state */
};

static void
end(struct run *r, enum mews_job_state state, const char *result, int code)
{
	const struct operate *o = r->own;

	run_end(r, state, result, code);
	if (state == MEWS_JOB_DONE)
		run_event(r, "operate-done", o->command.name, NULL, NULL);
	else
		run_event(r, "operate-failed", o->command.name, result, NULL);
}

static void
ask_command(struct question *q, int unit, const struct mews_profile_command *c)
{
	unsigned value = c->function == 5 ? c->value * 0xff00u : c->value;

	run_ask(q, unit, c->function, c->address, (int)value);
	if (c->function != 16)
		return;
	q->pdu[3] = 0;
	q->pdu[4] = 1;
	q->pdu[5] = 2;
	q->pdu[6] = (uint8_t)(value >> 8);
	q->pdu[7] = (uint8_t)value;
	q->n = 8;
}

/* The time is over: what is known? */
static void
give_up(struct run *r, const struct operate *o)
{
	end(r, MEWS_JOB_FAILED, o->taken && o->seen ? "not-reached" : "unknown",
	    0);
}

static bool
next(struct run *r, struct question *q)
{
	struct operate *o = r->own;
	const struct mews_plan_block *b = &o->plan.block[o->block];

	if (!o->told)
		run_event(r, "operate-asked", o->command.name, r->job.reason,
		    NULL);
	o->told = true;
	if (o->step == WATCH && tick_us() >= o->until) {
		give_up(r, o);
		return false;
	}
	if (o->step == SEND)
		ask_command(q, r->job.unit, &o->command);
	else
		run_ask(q, r->job.unit, b->function, b->address, (int)b->words);
	q->urgent = true;
	return true;
}

/* The state, masked; -1 when it is not known. */
static int64_t
state(struct run *r, const struct operate *o, int n, const struct reply *a)
{
	const struct mews_plan_block *b = &o->plan.block[o->block];
	struct mews_job_value v = { .job = r->job.id,
		.n = n,
		.quantity = o->command.state,
		.address = o->plan.value[b->first + o->value].read->address };

	if (a->result != MEWS_EXCHANGE_GOOD)
		return -1;
	v.missing = !mews_plan_decode(&o->plan, b, o->value, a->pdu, &v.value);
	run_value(r, &v);
	return v.missing || v.value < 0
	    ? -1
	    : (int64_t)((uint64_t)v.value & o->command.mask);
}

static void
took_first(struct run *r, struct operate *o, int n, const struct reply *a)
{
	int64_t is = state(r, o, n, a);

	if (is < 0)
		end(r, MEWS_JOB_FAILED,
		    a->result == MEWS_EXCHANGE_GOOD ? "damaged" : run_result(a),
		    a->code);
	else if (is == o->command.unless)
		end(r, MEWS_JOB_FAILED, "tripped", 0);
	else
		o->step = SEND;
}

static void
took_command(struct run *r, struct operate *o, int n, const struct reply *a)
{
	(void)n;
	o->step = WATCH;
	o->until = tick_us() + (int64_t)o->command.within_s * 1000000;
	o->taken = a->result == MEWS_EXCHANGE_GOOD;
	r->due = tick_us() + LOOK;
	if (a->result == MEWS_EXCHANGE_EXCEPTION || !a->asked)
		end(r, MEWS_JOB_FAILED, run_result(a), a->code);
}

static void
took_state(struct run *r, struct operate *o, int n, const struct reply *a)
{
	int64_t is = state(r, o, n, a);

	o->seen = is >= 0;
	r->due = tick_us() + LOOK;
	if (is == o->command.wanted)
		end(r, MEWS_JOB_DONE, "ok", 0);
}

static void
took(struct run *r, const struct question *q, const struct reply *a)
{
	static void (*const steps[])(struct run *, struct operate *, int,
	    const struct reply *) = { [FIRST_LOOK] = took_first,
		[SEND] = took_command,
		[WATCH] = took_state };
	struct operate *o = r->own;
	int n = run_exchange(r, q, a);

	r->job.done++;
	steps[o->step](r, o, n, a);
}

static void
clear(struct run *r)
{
	struct operate *o = r->own;

	mews_plan_clear(&o->plan);
	mews_profile_clear(&o->profile);
}

static const struct run_kind kind = { next, took, clear, false };

/* Where the plan reads the state of the command. */
static bool
find_state(struct operate *o)
{
	const struct mews_plan_block *b;
	size_t i;

	for (b = o->plan.block; b < o->plan.block + o->plan.nblocks; b++)
		for (i = 0; i < b->n; i++)
			if (o->plan.value[b->first + i].quantity ==
			    o->command.state) {
				o->block = (size_t)(b - o->plan.block);
				o->value = i;
				return true;
			}
	return false;
}

static enum mews_rc
load(struct run_order *order, struct operate *o, const struct mews_device *d,
    struct mews_err *err)
{
	const char *name = mews_message_get(order->m, "command");
	struct mews_err why;
	size_t i;

	if (mews_site_profile(order->config, order->meters, d->profile,
		&o->profile, &why) != MEWS_OK ||
	    mews_plan_make(&o->plan, d, &o->profile, &why) != MEWS_OK)
		return run_bad(order, "profile", err, "%s", why.text);
	for (i = 0; i < o->profile.ncommands; i++)
		if (strcmp(o->profile.command[i].name, name) == 0)
			break;
	if (i == o->profile.ncommands)
		return run_bad(order, "command", err, "%s has no command %s",
		    d->plate, name);
	o->command = o->profile.command[i];
	return find_state(o)
	    ? MEWS_OK
	    : run_bad(order, "profile", err, "%s: nothing reads %s",
		  o->profile.name, o->command.state->name);
}

enum mews_rc
operate_new(struct run_order *order, struct run **out, struct mews_err *err)
{
	struct operate *o = mews_alloc(1, sizeof(*o));
	struct run *r = run_new(MEWS_JOB_OPERATE, &kind, o);
	const struct mews_device *d;
	enum mews_rc rc;

	if ((rc = run_device(order, &d, err)) != MEWS_OK ||
	    (rc = load(order, o, d, err)) != MEWS_OK) {
		run_free(r);
		return rc;
	}
	r->job.line = d->line;
	r->job.device = d->id;
	r->job.unit = d->unit;
	(void)snprintf(r->job.what, sizeof(r->job.what), "%s", o->command.name);
	(void)snprintf(r->job.reason, sizeof(r->job.reason), "%s",
	    mews_message_get(order->m, "reason"));
	(void)snprintf(r->subject, sizeof(r->subject), "%s", d->plate);
	*out = r;
	return MEWS_OK;
}
