/*
 * run.c - what all kinds of jobs do alike: rows in live.db, events, mistakes.
 */
#include "run.h"
#include "log.h"
#include "str.h"
#include "tick.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFTEN 400000 /* us between two rows of the same job */

struct run *
run_new(enum mews_job_kind what, const struct run_kind *kind, void *own)
{
	struct run *r = mews_alloc(1, sizeof(*r));

	r->job.kind = what;
	r->kind = kind;
	r->own = own;
	return r;
}

void
run_free(struct run *r)
{
	if (r->kind->clear != NULL)
		r->kind->clear(r);
	free(r->own);
	free(r);
}

enum mews_rc
run_done(struct run *r, enum mews_rc rc, struct run **out)
{
	if (rc == MEWS_OK)
		*out = r;
	else
		run_free(r);
	return rc;
}

void
run_ask(struct question *q, int unit, int function, int address, int count)
{
	const uint8_t pdu[5] = { (uint8_t)function, (uint8_t)(address >> 8),
		(uint8_t)address, (uint8_t)(count >> 8), (uint8_t)count };

	*q = (struct question){ .unit = (uint8_t)unit, .n = sizeof(pdu) };
	memcpy(q->pdu, pdu, sizeof(pdu));
}

static void
tell(enum mews_rc rc, const struct mews_err *err)
{
	if (rc != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "a job is not shown: %s", err->text);
}

void
run_save(struct run *r, bool now)
{
	int64_t t = tick_us();
	struct mews_err err;

	if (!now && t < r->saved + OFTEN)
		return;
	r->saved = t;
	tell(mews_job_save(r->live, &r->job, &err), &err);
}

int
run_exchange(struct run *r, const struct question *q, const struct reply *a)
{
	struct mews_exchange e = { .job = r->job.id,
		.n = r->exchanges++,
		.unit = q->unit,
		.function = q->pdu[0],
		.took_us = a->took,
		.result = a->result,
		.code = a->code };
	const struct mews_line *l = mews_site_line(r->site, r->job.line);
	struct mews_err err;

	if (q->n >= 5) {
		e.address = q->pdu[1] << 8 | q->pdu[2];
		e.count = q->pdu[0] == 5 || q->pdu[0] == 6
		    ? 1
		    : q->pdu[3] << 8 | q->pdu[4];
	}
	e.nrequest = frame_pack(e.request, q->unit, q->pdu, q->n);
	if (l != NULL && l->kind != MEWS_LINE_RTU)
		e.nrequest -= FRAME_CRC;
	memcpy(e.answer, a->raw, a->nraw);
	e.nanswer = a->nraw;
	tell(mews_exchange_add(r->live, &e, &err), &err);
	return e.n;
}

void
run_value(struct run *r, const struct mews_job_value *v)
{
	struct mews_err err;

	tell(mews_job_value_add(r->live, v, &err), &err);
}

void
run_found(struct run *r, struct mews_found *f)
{
	struct mews_err err;

	f->job = r->job.id;
	f->line = r->job.line;
	tell(mews_found_add(r->live, f, &err), &err);
}

void
run_end(struct run *r, enum mews_job_state state, const char *result, int code)
{
	r->job.state = state;
	r->job.ended = tick_wall() / 1000;
	r->job.code = code;
	(void)snprintf(r->job.result, sizeof(r->job.result), "%s", result);
	run_save(r, true);
}

const char *
run_result(const struct reply *a)
{
	return a->result == MEWS_EXCHANGE_GOOD ? "ok"
					       : mews_exchange_name(a->result);
}

void
run_event(const struct run *r, const char *kind, const char *first,
    const char *second, const char *third)
{
	const char *const arg[] = { first, second, third };
	struct mews_event e;
	size_t i;

	if (r->service == NULL)
		return;
	mews_event_set(&e, kind, r->subject);
	e.device = r->job.device;
	(void)snprintf(e.who, sizeof(e.who), "%s", r->job.who);
	for (i = 0; i < MEWS_LEN(arg); i++)
		if (arg[i] != NULL)
			mews_event_arg(&e, i, "%s", arg[i]);
	service_event(r->service, &e);
}

enum mews_rc
run_bad(struct run_order *o, const char *why, struct mews_err *err,
    const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	o->why = why;
	return mews_fail(err, MEWS_BAD, "%s", text);
}

enum mews_rc
run_line(struct run_order *o, const struct mews_line **out,
    struct mews_err *err)
{
	const char *name = mews_message_get(o->m, "line");
	size_t i;

	for (i = 0; i < o->site->nlines; i++)
		if (strcmp(o->site->line[i].name, name) == 0) {
			*out = &o->site->line[i];
			return MEWS_OK;
		}
	return run_bad(o, "line", err, "there is no line %s", name);
}

enum mews_rc
run_device(struct run_order *o, const struct mews_device **out,
    struct mews_err *err)
{
	const char *plate = mews_message_get(o->m, "plate");

	*out = mews_site_plate(o->site, plate);
	return *out != NULL
	    ? MEWS_OK
	    : run_bad(o, "plate", err, "there is no device %s", plate);
}

/* No answer, and still something came. */
static enum mews_exchange_result
heard(const struct bus_answer *a, enum mews_exchange_result was)
{
	if (was != MEWS_EXCHANGE_SILENT && was != MEWS_EXCHANGE_DAMAGED)
		return was;
	return a->foreign ? MEWS_EXCHANGE_FOREIGN
	    : a->nraw > 0 ? MEWS_EXCHANGE_DAMAGED
			  : was;
}

struct reply
run_reply(const struct job *job)
{
	static const enum mews_exchange_result results[] = {
		[BUS_GOOD] = MEWS_EXCHANGE_GOOD,
		[BUS_EXCEPTION] = MEWS_EXCHANGE_EXCEPTION,
		[BUS_SILENT] = MEWS_EXCHANGE_SILENT,
		[BUS_DAMAGED] = MEWS_EXCHANGE_DAMAGED,
		[BUS_GONE] = MEWS_EXCHANGE_GONE,
		[BUS_STOPPED] = MEWS_EXCHANGE_GONE,
	};
	struct reply r = { .result = heard(&job->answer, results[job->result]),
		.raw = job->answer.raw,
		.nraw = job->answer.nraw,
		.took = job->answer.took > 0 ? job->answer.took : 0,
		.asked = job->asked != 0 };

	if (job->code == 0 && job->answer.n > 0) {
		r.pdu = job->answer.pdu;
		r.n = job->answer.n;
		r.result = (r.pdu[0] & 0x80) != 0 ? MEWS_EXCHANGE_EXCEPTION
						  : MEWS_EXCHANGE_GOOD;
		r.code = r.result == MEWS_EXCHANGE_EXCEPTION ? r.pdu[1] : 0;
	} else if (!r.asked)
		r.result = job->code == EXCEPTION_BUSY ? MEWS_EXCHANGE_BUSY
		    : job->code == EXCEPTION_NO_ANSWER ? MEWS_EXCHANGE_SILENT
						       : MEWS_EXCHANGE_GONE;
	return r;
}
