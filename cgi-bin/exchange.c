/*
 * exchange.c - what came of a job, for people.
 *
 * A result is a word (job.h), and each word has a sentence that says what
 * happened and one that says what to do; so a new word is two texts.
 */
#include "exchange.h"

#include "device.h"
#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mews_rc
exchange_load(struct page_ctx *c, int64_t id, enum mews_job_kind kind,
    int64_t line, int64_t device, struct mews_job *job,
    struct mews_job_log *log, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_LIVE_DB);
	enum mews_rc rc;

	*log = (struct mews_job_log){ 0 };
	if (db == NULL)
		return mews_fail(err, MEWS_NONE, "no jobs");
	rc = id == 0 ? mews_job_newest(db, kind, line, device, job, err)
		     : mews_job_load(db, id, job, err);
	if (rc == MEWS_OK &&
	    (job->kind != kind || (line != 0 && job->line != line) ||
		(device != 0 && job->device != device)))
		return mews_fail(err, MEWS_NONE, "another's job");
	return rc == MEWS_OK ? mews_job_log(db, job->id, log, err) : rc;
}

void
exchange_go(struct page_ctx *c, const char *path, const struct mews_message *a)
{
	char to[256];

	(void)snprintf(to, sizeof(to), "%s?job=%" PRId64, path,
	    mews_message_int(a, "job", 0));
	reply_go(c->reply, to);
}

int64_t
exchange_asked(const struct page_ctx *c)
{
	int64_t id = 0;
	const char *text = request_get(c->request, "job");

	return text[0] == '\0' || mews_str_int(text, 1, INT64_MAX, &id) ? id
									: -1;
}

const char *
exchange_time(const struct page_ctx *c, char *text, int64_t us)
{
	mews_number(text, c->lang, us, 3, us < 9950 ? 1 : 0);
	(void)strcat(text, "\u00a0ms");
	return text;
}

int64_t
exchange_printed(int function, int address)
{
	static const int64_t first[] = { 0, 0, 10000, 40000, 30000, 0, 40000 };
	int64_t at = first[function > 6 ? 6 : function];

	if (function == 15)
		at = 0;
	return (address >= 9999 ? at * 10 : at) + address + 1;
}

static int
by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The middle of the good answers' times; 0 when there is none. */
static int64_t
usual_time(const struct mews_job_log *log)
{
	int64_t *t = mews_alloc(log->nexchanges + 1, sizeof(*t)), middle;
	size_t i, n = 0;

	for (i = 0; i < log->nexchanges; i++)
		if (log->exchange[i].result == MEWS_EXCHANGE_GOOD)
			t[n++] = log->exchange[i].took_us;
	qsort(t, n, sizeof(*t), by_time);
	middle = n == 0 ? 0 : t[n / 2];
	free(t);
	return middle;
}

/* A sentence of an exception, or the one for codes without their own. */
static void
say_exception(struct page_ctx *c, const char *name, int code)
{
	char key[32], text[16];

	(void)snprintf(key, sizeof(key), "exception.code_%d", code);
	(void)snprintf(text, sizeof(text), "%d", code);
	if (view_word(c->view, key)[0] == '\0')
		(void)strcpy(key, "exception.other");
	view_say(c->view, name, key, text, NULL);
}

static const char *
kind_of(const struct mews_job *job)
{
	if (job->result[0] == '\0' || strcmp(job->result, "ok") == 0)
		return "";
	return strcmp(job->result, "partly") == 0 ||
		strcmp(job->result, "busy") == 0 ||
		strcmp(job->result, "stopped") == 0
	    ? "warn"
	    : "alarm";
}

static void
say_result(struct page_ctx *c, const struct mews_job *job,
    const struct mews_job_log *log, const char *name)
{
	const struct mews_line *l =
	    mews_site_line(base_site(c->base), job->line);
	char key[48], time[FIGURE], failed[24], all[24], unit[16], code[16];
	size_t i, n = 0;

	for (i = 0; i < log->nexchanges; i++)
		n += log->exchange[i].result == MEWS_EXCHANGE_GOOD;
	(void)snprintf(failed, sizeof(failed), "%zu", log->nexchanges - n);
	(void)snprintf(all, sizeof(all), "%zu", log->nexchanges);
	(void)snprintf(unit, sizeof(unit), "%d", job->unit);
	(void)snprintf(code, sizeof(code), "%d", job->code);
	(void)snprintf(key, sizeof(key), "result.answer_%s",
	    job->result[0] == '\0' ? "running" : job->result);
	view_say(c->view, "answer", key, name,
	    exchange_time(c, time, usual_time(log)), failed, all, unit, code,
	    NULL);
	(void)snprintf(key, sizeof(key), "result.advice_%s", job->result);
	if (strcmp(job->result, "gone") == 0 && l != NULL &&
	    device_why(c, "advice", l))
		return;
	if (strcmp(job->result, "exception") == 0)
		say_exception(c, "advice", job->code);
	else
		view_set(c->view, "advice", view_word(c->view, key));
}

void
exchange_set_job(struct page_ctx *c, const struct mews_job *job,
    const struct mews_job_log *log, const char *name)
{
	char at[FIGURE];

	view_int(c->view, "id", job->id);
	view_int(c->view, "running", job->ended == 0);
	view_set(c->view, "word", job->result);
	view_set(c->view, "kind", kind_of(job));
	view_set(c->view, "at", figure_clock(at, job->begun));
	view_set(c->view, "who", job->who);
	view_int(c->view, "done", job->done);
	view_int(c->view, "total", job->total);
	say_result(c, job, log, name);
}

/* Two digits a byte, in groups of one byte. */
static void
set_hex(struct page_ctx *c, const char *name, const uint8_t *p, size_t n)
{
	char text[3 * MEWS_JOB_FRAME + 1] = "";
	size_t i;

	for (i = 0; i < n; i++)
		(void)snprintf(text + 3 * i, 4, "%02x ", p[i]);
	if (n > 0)
		text[3 * n - 1] = '\0';
	view_set(c->view, name, text);
}

/* "0-17", or "0" alone. */
static void
range(char *text, size_t size, int64_t first, int count)
{
	if (count > 1)
		(void)snprintf(text, size, "%" PRId64 "\u2013%" PRId64, first,
		    first + count - 1);
	else
		(void)snprintf(text, size, "%" PRId64, first);
}

static void
set_asked(struct page_ctx *c, const struct mews_exchange *e)
{
	char key[32], wire[48], printed[48];

	range(wire, sizeof(wire), e->address, e->count);
	range(printed, sizeof(printed),
	    exchange_printed(e->function, e->address), e->count);
	(void)snprintf(key, sizeof(key), "function.name_%d", e->function);
	view_say(c->view, "asked", key, wire, NULL);
	view_set(c->view, "printed", printed);
}

static void
set_value(struct page_ctx *c, const struct mews_job_value *v)
{
	char text[24];

	view_set(c->view, "name", figure_name(c, v->quantity));
	(void)snprintf(text, sizeof(text), "%d", v->address);
	view_set(c->view, "address", text);
	view_int(c->view, "missing", v->missing);
	if (!v->missing)
		figure_set_now(c, "value", v->quantity, v->value);
}

static void
set_one(struct page_ctx *c, const struct mews_exchange *e)
{
	char key[32], time[FIGURE], asked[8], came[8];
	bool good = e->result == MEWS_EXCHANGE_GOOD;

	set_asked(c, e);
	view_set(c->view, "state", good ? "ok" : "bad");
	(void)snprintf(key, sizeof(key), "exchange.says_%s",
	    mews_exchange_name(e->result));
	if (e->result == MEWS_EXCHANGE_FOREIGN && e->answer[0] == e->unit)
		(void)strcpy(key, "exchange.says_late");
	(void)snprintf(asked, sizeof(asked), "%d", e->unit);
	(void)snprintf(came, sizeof(came), "%d", e->answer[0]);
	if (e->result == MEWS_EXCHANGE_EXCEPTION)
		say_exception(c, "says", e->code);
	else
		view_say(c->view, "says", key,
		    exchange_time(c, time, e->took_us), asked, came, NULL);
	set_hex(c, "sent", e->request, e->nrequest);
	set_hex(c, "got", e->answer, e->nanswer);
}

void
exchange_set_all(struct page_ctx *c, const struct mews_job_log *log)
{
	size_t i, k, row;

	for (i = 0; i < log->nexchanges; i++) {
		view_row(c->view, "exchange", i);
		set_one(c, &log->exchange[i]);
		for (k = row = 0; k < log->nvalues; k++) {
			if (log->value[k].n != log->exchange[i].n)
				continue;
			view_row(c->view, "value", row++);
			set_value(c, &log->value[k]);
			view_up(c->view);
		}
		view_up(c->view);
	}
}
