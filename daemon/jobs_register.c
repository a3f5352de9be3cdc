/*
 * jobs_register.c - registers read or written by number.
 *
 * A write is sent once: nobody can tell a lost answer from a lost request, and
 * some registers act on every write.
 */
#include "run.h"
#include "setting.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

#define MOST_REGISTERS 125  /* Modbus Application Protocol 1.1b3, 6.3 */
#define MOST_BITS      2000 /* 6.1 */
#define MOST_WRITTEN   64   /* values of a command; the protocol has 123 */

struct access {
	struct question question;
};

static bool
next(struct run *r, struct question *q)
{
	*q = ((const struct access *)r->own)->question;
	return true;
}

static void
took(struct run *r, const struct question *q, const struct reply *a)
{
	char unit[16], place[96];
	bool good = a->result == MEWS_EXCHANGE_GOOD;

	(void)run_exchange(r, q, a);
	r->job.done++;
	run_end(r, good ? MEWS_JOB_DONE : MEWS_JOB_FAILED, run_result(a),
	    a->code);
	if (r->job.kind != MEWS_JOB_WRITE || !a->asked)
		return;
	(void)snprintf(unit, sizeof(unit), "%d", q->unit);
	(void)snprintf(place, sizeof(place), "%.95s", r->job.what);
	run_event(r, "register-written", unit, place, r->job.result);
}

static const struct run_kind reading = { next, took, NULL, true };
static const struct run_kind writing = { next, took, NULL, false };

/* The run with its line and unit. */
static enum mews_rc
begin(struct run_order *o, struct run *r, struct mews_err *err)
{
	const struct mews_line *line;
	enum mews_rc rc = run_line(o, &line, err);

	if (rc != MEWS_OK)
		return rc;
	r->job.line = line->id;
	r->job.unit = (int)mews_message_int(o->m, "unit", 0);
	r->job.total = 1;
	(void)snprintf(r->subject, sizeof(r->subject), "%s", line->name);
	return MEWS_OK;
}

static enum mews_rc
fill_read(struct run_order *o, struct run *r, struct mews_err *err)
{
	int function = (int)mews_message_int(o->m, "function", 0);
	int address = (int)mews_message_int(o->m, "address", 0);
	int count = (int)mews_message_int(o->m, "count", 0);
	enum mews_rc rc = begin(o, r, err);

	if (rc != MEWS_OK)
		return rc;
	if (count > (function <= 2 ? MOST_BITS : MOST_REGISTERS))
		return run_bad(o, "count", err, "at most %d registers",
		    MOST_REGISTERS);
	if (address + count > 65536)
		return run_bad(o, "address", err,
		    "there is no register behind 65535");
	(void)snprintf(r->job.what, sizeof(r->job.what), "%d %d %d", function,
	    address, count);
	run_ask(&((struct access *)r->own)->question, r->job.unit, function,
	    address, count);
	return MEWS_OK;
}

/* The values of the command; *n of them. */
static enum mews_rc
values(struct run_order *o, int function, uint16_t out[MOST_WRITTEN], size_t *n,
    struct mews_err *err)
{
	int64_t most = function == 5 || function == 15 ? 1 : 65535, v;
	char text[200], *word[MOST_WRITTEN];
	size_t i;

	(void)snprintf(text, sizeof(text), "%s",
	    mews_message_get(o->m, "values"));
	*n = mews_str_words(text, word, MOST_WRITTEN);
	if (*n == 0 || *n > MOST_WRITTEN || (function <= 6 && *n != 1))
		return run_bad(o, "values", err,
		    "function %d does not write so many values", function);
	for (i = 0; i < *n; i++) {
		if (!mews_str_int(word[i], 0, most, &v))
			return run_bad(o, "values", err,
			    "a value is 0 to %lld: '%.20s'", (long long)most,
			    word[i]);
		out[i] = (uint16_t)v;
	}
	return MEWS_OK;
}

static void
put(struct question *q, unsigned v)
{
	q->pdu[q->n++] = (uint8_t)(v >> 8);
	q->pdu[q->n++] = (uint8_t)v;
}

static void
put_values(struct question *q, int function, const uint16_t *v, size_t n)
{
	size_t i;

	if (function <= 6) {
		put(q, function == 5 ? v[0] * 0xff00u : v[0]);
		return;
	}
	put(q, (unsigned)n);
	q->pdu[q->n++] = (uint8_t)(function == 15 ? (n + 7) / 8 : 2 * n);
	for (i = 0; i < n && function == 16; i++)
		put(q, v[i]);
	for (i = 0; i < n && function == 15; i++) {
		if (i % 8 == 0)
			q->pdu[q->n++] = 0;
		q->pdu[q->n - 1] |= (uint8_t)(v[i] << i % 8);
	}
}

static enum mews_rc
fill_write(struct run_order *o, struct run *r, struct mews_err *err)
{
	struct question *q = &((struct access *)r->own)->question;
	int function = (int)mews_message_int(o->m, "function", 0);
	int address = (int)mews_message_int(o->m, "address", 0);
	uint16_t v[MOST_WRITTEN];
	enum mews_rc rc;
	size_t n;

	if ((rc = begin(o, r, err)) != MEWS_OK)
		return rc;
	if (function != 5 && function != 6 && function != 15 && function != 16)
		return run_bad(o, "function", err, "function %d does not write",
		    function);
	if ((rc = values(o, function, v, &n, err)) != MEWS_OK)
		return rc;
	if ((size_t)address + n > 65536)
		return run_bad(o, "address", err,
		    "there is no register behind 65535");
	q->unit = (uint8_t)r->job.unit;
	q->pdu[q->n++] = (uint8_t)function;
	put(q, (unsigned)address);
	put_values(q, function, v, n);
	(void)snprintf(r->job.what, sizeof(r->job.what), "%d %d %s", function,
	    address, mews_message_get(o->m, "values"));
	return MEWS_OK;
}

enum mews_rc
read_new(struct run_order *o, struct run **out, struct mews_err *err)
{
	struct run *r = run_new(MEWS_JOB_READ, &reading,
	    mews_alloc(1, sizeof(struct access)));

	return run_done(r, fill_read(o, r, err), out);
}

enum mews_rc
write_new(struct run_order *o, struct run **out, struct mews_err *err)
{
	char may[MEWS_SETTING_MOST + 1];
	struct run *r;
	enum mews_rc rc;

	rc = mews_setting_get(o->config, "register_writes", may, err);
	if (rc != MEWS_OK)
		return rc;
	if (strcmp(may, "on") != 0) {
		o->why = "off";
		return mews_fail(err, MEWS_DENIED,
		    "the setting register_writes is off");
	}
	r = run_new(MEWS_JOB_WRITE, &writing,
	    mews_alloc(1, sizeof(struct access)));
	return run_done(r, fill_write(o, r, err), out);
}
