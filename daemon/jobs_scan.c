/*
 * jobs_scan.c - who is there: every unit of a line is asked for holding
 * register 0, at each speed.
 *
 * Reading changes nothing, one register is the shortest request, and every
 * device that speaks Modbus answers it: with the register, or with exception 1
 * or 2 when it has none (Modbus Application Protocol 1.1b3, 7).  Who answers
 * is then asked for the marks of profiles, as long as one of them can still be
 * its own: each place once.
 */
#include "run.h"
#include "site_profile.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPEEDS 8

/* What a gateway says of a unit that is not there (1.1b3, 7). */
enum { NO_PATH = 0x0a, NO_ANSWER = 0x0b };

struct candidate {
	char name[64];
	struct mews_profile_mark mark[MEWS_MARKS];
	size_t nmarks, held; /* of them, this unit's so far */
	bool out;            /* it is not this unit's */
};

struct scan {
	int first, last, unit;
	struct mews_line speed[SPEEDS]; /* of a serial line */
	size_t nspeeds, at;             /* 0 speeds: the line's own */
	struct candidate *candidate;    /* owned */
	size_t ncandidates;
	struct mews_found found; /* unit is 0 until somebody answered */
};

/* The next mark that can tell something; NULL when there is none. */
static const struct mews_profile_mark *
open_mark(const struct scan *s)
{
	const struct candidate *c;

	for (c = s->candidate; c < s->candidate + s->ncandidates; c++)
		if (!c->out && c->held < c->nmarks)
			return &c->mark[c->held];
	return NULL;
}

static bool
next(struct run *r, struct question *q)
{
	const struct scan *s = r->own;
	const struct mews_profile_mark *m = open_mark(s);

	if (s->found.unit == 0)
		run_ask(q, s->unit, 3, 0, 1);
	else
		run_ask(q, s->unit, m->function, m->address,
		    (int)mews_register_words(m->type));
	q->as = s->nspeeds == 0 ? NULL : &s->speed[s->at];
	return true;
}

static bool
same_place(const struct mews_profile_mark *a, const struct question *q)
{
	return a->function == q->pdu[0] &&
	    a->address == (q->pdu[1] << 8 | q->pdu[2]) &&
	    mews_register_words(a->type) ==
	    (unsigned)(q->pdu[3] << 8 | q->pdu[4]);
}

/* What the answer at a place says about each profile. */
static void
compare(struct scan *s, const struct question *q, const struct reply *a)
{
	uint16_t reg[MEWS_REGISTER_TEXT];
	struct candidate *c;
	size_t i;

	for (i = 0; a->n > 0 && i < MEWS_LEN(reg) && 3 + 2 * i < a->n; i++)
		reg[i] = (uint16_t)(a->pdu[2 + 2 * i] << 8 | a->pdu[3 + 2 * i]);
	for (c = s->candidate; c < s->candidate + s->ncandidates; c++)
		while (!c->out && c->held < c->nmarks &&
		    same_place(&c->mark[c->held], q)) {
			c->out = a->result != MEWS_EXCHANGE_GOOD ||
			    q->pdu[0] < 3 ||
			    !mews_profile_is(&c->mark[c->held], reg);
			c->held += !c->out;
		}
}

/* The device of the site that is asked at this unit and speed. */
static int64_t
known(const struct run *r, const struct scan *s)
{
	const struct mews_line *line = mews_site_line(r->site, r->job.line);
	const struct mews_line *as = s->nspeeds == 0 ? line : &s->speed[s->at];
	const struct mews_device *d = r->site->device;
	size_t i;

	if (as->baud != line->baud || as->parity != line->parity ||
	    as->stop != line->stop)
		return 0;
	for (i = 0; i < r->site->ndevices; i++)
		if (d[i].line == line->id && d[i].unit == s->unit)
			return d[i].id;
	return 0;
}

static void
begin_unit(const struct run *r, struct scan *s, const struct reply *a)
{
	const struct mews_line *line = mews_site_line(r->site, r->job.line);
	const struct mews_line *as = s->nspeeds == 0 ? line : &s->speed[s->at];
	size_t i;

	s->found = (struct mews_found){ .unit = s->unit,
		.took_us = a->took,
		.code = a->code,
		.device = known(r, s) };
	if (line->kind == MEWS_LINE_RTU) {
		s->found.baud = as->baud;
		s->found.parity = as->parity;
		s->found.stop = as->stop;
	}
	for (i = 0; i < s->ncandidates; i++) {
		s->candidate[i].held = 0;
		s->candidate[i].out = false;
	}
}

static void
end_unit(struct run *r, struct scan *s)
{
	struct mews_found *f = &s->found;
	size_t n = 0, i;

	for (i = 0; i < s->ncandidates; i++)
		if (!s->candidate[i].out &&
		    n + strlen(s->candidate[i].name) + 2 < sizeof(f->profiles))
			n += (size_t)snprintf(f->profiles + n,
			    sizeof(f->profiles) - n, "%s%s", n > 0 ? " " : "",
			    s->candidate[i].name);
	run_found(r, f);
	run_save(r, true);
	f->unit = 0;
}

static void
next_unit(struct run *r, struct scan *s)
{
	r->job.done++;
	if (s->unit++ < s->last)
		return;
	s->unit = s->first;
	if (++s->at >= s->nspeeds)
		run_end(r, MEWS_JOB_DONE, "ok", 0);
}

static bool
is_there(const struct reply *a)
{
	return a->result == MEWS_EXCHANGE_GOOD ||
	    (a->result == MEWS_EXCHANGE_EXCEPTION && a->code != NO_PATH &&
		a->code != NO_ANSWER);
}

static void
took(struct run *r, const struct question *q, const struct reply *a)
{
	struct scan *s = r->own;

	if (a->result == MEWS_EXCHANGE_GONE ||
	    a->result == MEWS_EXCHANGE_BUSY) {
		run_end(r, MEWS_JOB_FAILED, run_result(a), 0);
		return;
	}
	if (s->found.unit != 0)
		compare(s, q, a);
	else if (is_there(a))
		begin_unit(r, s, a);
	if (s->found.unit != 0 && open_mark(s) != NULL)
		return;
	if (s->found.unit != 0)
		end_unit(r, s);
	next_unit(r, s);
}

static void
clear(struct run *r)
{
	free(((struct scan *)r->own)->candidate);
}

static const struct run_kind kind = { next, took, clear, true };

/* Profiles that say how to recognise their model. */
static enum mews_rc
collect(struct run_order *o, struct scan *s, struct mews_err *err)
{
	struct mews_profile_entry *entry;
	struct mews_profile p;
	struct candidate *c;
	size_t n, i;
	enum mews_rc rc;
	bool own;

	rc = mews_site_profiles(o->config, o->meters, &entry, &n, err);
	if (rc != MEWS_OK)
		return rc;
	s->candidate = mews_alloc(n + 1, sizeof(*c));
	for (i = 0; i < n; i++) {
		if (mews_site_profile_look(o->config, o->meters, entry[i].name,
			&p, &own, err) != MEWS_OK)
			continue;
		if (p.nmarks > 0) {
			c = &s->candidate[s->ncandidates++];
			memcpy(c->name, entry[i].name, sizeof(c->name));
			memcpy(c->mark, p.mark, sizeof(c->mark));
			c->nmarks = p.nmarks;
		}
		mews_profile_clear(&p);
	}
	free(entry);
	return MEWS_OK;
}

/* "19200 8E1" */
static bool
read_speed(char *text, struct mews_line *out)
{
	static const int bauds[] = { 1200, 2400, 4800, 9600, 19200, 38400,
		57600, 115200 };
	char *word[2];
	int64_t baud;
	size_t i;

	if (mews_str_words(text, word, 2) != 2 ||
	    !mews_str_int(word[0], 1200, 115200, &baud) ||
	    strlen(word[1]) != 3 || word[1][0] != '8' ||
	    strchr("NEO", word[1][1]) == NULL ||
	    (word[1][2] != '1' && word[1][2] != '2'))
		return false;
	out->baud = (int)baud;
	out->parity = word[1][1];
	out->stop = word[1][2] - '0';
	for (i = 0; i < MEWS_LEN(bauds); i++)
		if (bauds[i] == out->baud)
			return true;
	return false;
}

static enum mews_rc
read_speeds(struct run_order *o, struct scan *s, const struct mews_line *line,
    struct mews_err *err)
{
	char text[160], *rest = text, *one;

	(void)snprintf(text, sizeof(text), "%s",
	    mews_message_get(o->m, "speeds"));
	if (text[0] != '\0' && line->kind != MEWS_LINE_RTU)
		return run_bad(o, "speeds", err, "%s has no speed", line->name);
	if (text[0] == '\0')
		return MEWS_OK;
	while ((one = strsep(&rest, ",")) != NULL) {
		if (s->nspeeds == SPEEDS)
			return run_bad(o, "speeds", err, "more than %d speeds",
			    SPEEDS);
		s->speed[s->nspeeds] = *line;
		if (!read_speed(one, &s->speed[s->nspeeds++]))
			return run_bad(o, "speeds", err,
			    "a speed is written like 19200 8E1");
	}
	return MEWS_OK;
}

static enum mews_rc
read_order(struct run_order *o, struct scan *s, const struct mews_line **line,
    struct mews_err *err)
{
	enum mews_rc rc;

	if ((rc = run_line(o, line, err)) != MEWS_OK ||
	    (rc = read_speeds(o, s, *line, err)) != MEWS_OK)
		return rc;
	s->first = s->unit = (int)mews_message_int(o->m, "first", 1);
	s->last = (int)mews_message_int(o->m, "last", 247);
	if (s->first > s->last)
		return run_bad(o, "range", err, "%d is behind %d", s->first,
		    s->last);
	return collect(o, s, err);
}

enum mews_rc
scan_new(struct run_order *o, struct run **out, struct mews_err *err)
{
	struct scan *s = mews_alloc(1, sizeof(*s));
	struct run *r = run_new(MEWS_JOB_SCAN, &kind, s);
	const char *speeds = mews_message_get(o->m, "speeds");
	const struct mews_line *line;
	enum mews_rc rc = read_order(o, s, &line, err);

	if (rc != MEWS_OK) {
		run_free(r);
		return rc;
	}
	r->job.line = line->id;
	r->job.total = (s->last - s->first + 1) *
	    (int64_t)(s->nspeeds == 0 ? 1 : s->nspeeds);
	(void)snprintf(r->job.what, sizeof(r->job.what), "%d-%d%s%s", s->first,
	    s->last, speeds[0] == '\0' ? "" : " ", speeds);
	(void)snprintf(r->subject, sizeof(r->subject), "%s", line->name);
	*out = r;
	return MEWS_OK;
}
