/*
 * page_registers.c - reads and writes single registers of a device.
 *
 * Writing has two steps: the first says what would be written, the second
 * takes the PIN again and sends it once.
 */
#include "order.h"
#include "ratify.h"
#include "registers.h"
#include "series.h"

#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ EXCHANGE_FIELD },
	{ "do", REQUEST_WORD, 8 },
	{ "order", REQUEST_WORD, 4 },
	{ "function", REQUEST_TEXT, FORM_MOST },
	{ "address", REQUEST_TEXT, FORM_MOST },
	{ "count", REQUEST_TEXT, FORM_MOST },
	{ "wfunction", REQUEST_TEXT, FORM_MOST },
	{ "waddress", REQUEST_TEXT, FORM_MOST },
	{ "values", REQUEST_TEXT, FORM_MOST },
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct asked {
	int64_t function, address, count;
};

static const struct mews_line *
line_of(const struct page_ctx *c, const struct mews_device *d)
{
	return mews_site_line(base_site(c->base), d->line);
}

static void
head(struct page_ctx *c, const struct mews_device *d)
{
	const struct mews_line *line = line_of(c, d);
	char unit[16], text[FIGURE];

	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	view_say(c->view, "Registers.about", "registers.about",
	    line == NULL ? "" : line->name, unit, NULL);
	view_set(c->view, "Registers.plate", d->plate);
	view_set(c->view, "Registers.name", d->name);
	view_set(c->view, "Registers.device", figure_device_path(text, d, ""));
	view_set(c->view, "Registers.test",
	    figure_device_path(text, d, "/test"));
	view_set(c->view, "Registers.path",
	    figure_device_path(text, d, "/registers"));
	view_int(c->view, "Registers.writes", registers_may_write(c));
	view_int(c->view, "Registers.boss", c->who->role == MEWS_ADMINISTRATOR);
	(void)snprintf(c->title, sizeof(c->title), "%s %s: %s", d->plate,
	    d->name, view_word(c->view, "registers.title"));
}

/* What the form of reading shows: as asked before, else what the profile
 * begins with. */
static void
read_form(struct page_ctx *c, struct form *f, size_t i, struct asked *a)
{
	const struct mews_profile *p = base_profile(c->base, i);
	char chosen[8], value[8], text[64], key[32];
	int k;

	if (a->count == 0 && p != NULL && p->nreads > 0)
		*a = (struct asked){ p->read[0].function, p->read[0].address,
			10 };
	else if (a->count == 0)
		*a = (struct asked){ 3, 0, 10 };
	(void)snprintf(chosen, sizeof(chosen), "%d", (int)a->function);
	(void)form_choose(f, "function", chosen);
	for (k = 1; k <= 4; k++) {
		(void)snprintf(value, sizeof(value), "%d", k);
		(void)snprintf(key, sizeof(key), "registers.reads_%d", k);
		(void)snprintf(text, sizeof(text), "%d: %s", k,
		    view_word(c->view, key));
		form_option(f, value, text, false);
	}
	a->function = form_int(f, "function", a->function, 1, 4,
	    "registers.bad_function");
	a->address = form_int(f, "address", a->address, 0, 65535,
	    "registers.bad_address");
	a->count = form_int(f, "count", a->count, 1,
	    a->function <= 2 ? 2000 : 125, "registers.bad_count");
	if (f->nbad == 0 && a->address + a->count > 65536)
		form_wrong(f, "count", "registers.behind", NULL);
}

/* Sends a command about the device's registers; true when the browser was
 * sent to its job. */
static bool
go(struct page_ctx *c, struct form *f, const struct mews_device *d,
    enum mews_rc rc, struct mews_message *a, const struct mews_err *err)
{
	char path[FIGURE];

	if (rc == MEWS_OK)
		exchange_go(c, figure_device_path(path, d, "/registers"), a);
	else if (rc == MEWS_BAD &&
	    strcmp(mews_message_get(a, "why"), "off") == 0)
		form_wrong(f, "", "registers.off", NULL);
	else
		form_refused(f, rc, err);
	mews_message_clear(a);
	return rc == MEWS_OK;
}

static bool
send_read(struct page_ctx *c, struct form *f, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_line *line = line_of(c, d);
	struct asked q = { 0 };
	char unit[8], function[8], address[8], count[8];
	struct mews_message a;
	struct mews_err err;
	enum mews_rc rc;

	read_form(c, f, i, &q);
	if (f->nbad > 0)
		return false;
	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	(void)snprintf(function, sizeof(function), "%d", (int)q.function);
	(void)snprintf(address, sizeof(address), "%d", (int)q.address);
	(void)snprintf(count, sizeof(count), "%d", (int)q.count);
	rc = order_send(c, &a, &err, "register-read", "line",
	    line == NULL ? "" : line->name, "unit", unit, "function", function,
	    "address", address, "count", count, NULL);
	return go(c, f, d, rc, &a, &err);
}

static bool
send_write(struct page_ctx *c, struct form *f, const struct mews_device *d,
    const struct registers_write *w)
{
	const struct mews_line *line = line_of(c, d);
	char unit[8], function[8], address[8], ticket[RATIFY_TICKET];
	struct mews_message a;
	struct mews_err err;
	enum mews_rc rc;

	if (!ratify(f, "pin", ticket))
		return false;
	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	(void)snprintf(function, sizeof(function), "%d", (int)w->function);
	(void)snprintf(address, sizeof(address), "%d", (int)w->address);
	rc = order_send(c, &a, &err, "register-write", "ticket", ticket, "line",
	    line == NULL ? "" : line->name, "unit", unit, "function", function,
	    "address", address, "values", w->values, NULL);
	explicit_bzero(ticket, sizeof(ticket));
	return go(c, f, d, rc, &a, &err);
}

/* First step and second of writing. */
static bool
write_steps(struct page_ctx *c, struct form *f, const struct mews_device *d,
    bool second)
{
	struct registers_write w;
	char function[8], address[16], printed[24], key[32];

	registers_take(f, &w);
	if (f->nbad > 0)
		return false;
	if (second && send_write(c, f, d, &w))
		return true;
	(void)snprintf(function, sizeof(function), "%d", (int)w.function);
	(void)snprintf(address, sizeof(address), "%d", (int)w.address);
	(void)snprintf(printed, sizeof(printed), "%" PRId64,
	    exchange_printed((int)w.function, (int)w.address));
	(void)snprintf(key, sizeof(key), "registers.writes_%s", function);
	view_down(c->view, "Registers.step");
	view_set(c->view, "function", function);
	view_set(c->view, "does", view_word(c->view, key));
	view_set(c->view, "address", address);
	view_set(c->view, "printed", printed);
	view_set(c->view, "values", w.values);
	view_up(c->view);
	return false;
}

/* The administrator allows or forbids writing. */
static bool
allow(struct page_ctx *c, struct form *f, const struct mews_device *d, bool on)
{
	struct mews_err err;
	char path[FIGURE];
	enum mews_rc rc = order_send(c, NULL, &err, "set", "key",
	    "register_writes", "value", on ? "on" : "off", NULL);

	if (rc != MEWS_OK) {
		form_refused(f, rc, &err);
		return false;
	}
	form_go(c, figure_device_path(path, d, "/registers"), "saved");
	return true;
}

static bool
act(struct page_ctx *c, struct form *f, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const char *word = request_get(c->request, "do");

	if (strcmp(word, "allow") == 0 || strcmp(word, "forbid") == 0)
		return allow(c, f, d, word[0] == 'a');
	if (strcmp(word, "write") == 0 || strcmp(word, "send") == 0)
		return write_steps(c, f, d, word[0] == 's');
	return strcmp(word, "read") == 0 && send_read(c, f, i);
}

/* A job of reading or writing at this device's address. */
static enum mews_rc
show_job(struct page_ctx *c, const struct mews_device *d, struct asked *a,
    struct mews_err *err)
{
	struct mews_job_log log;
	struct mews_job job;
	int64_t id = exchange_asked(c);
	int function, address, count;
	enum mews_rc rc =
	    exchange_load(c, id, MEWS_JOB_READ, d->line, 0, &job, &log, err);

	if (rc == MEWS_NONE)
		rc = exchange_load(c, id, MEWS_JOB_WRITE, d->line, 0, &job,
		    &log, err);
	if (rc == MEWS_OK && job.unit != d->unit)
		rc = mews_fail(err, MEWS_NONE, "another's job");
	if (rc == MEWS_OK) {
		if (job.kind == MEWS_JOB_READ &&
		    sscanf(job.what, "%d %d %d", &function, &address, &count) ==
			3)
			*a = (struct asked){ function, address, count };
		view_down(c->view, "Registers.job");
		exchange_set_job(c, &job, &log, d->plate);
		exchange_set_all(c, &log);
		view_int(c->view, "write", job.kind == MEWS_JOB_WRITE);
		if (job.kind == MEWS_JOB_READ && log.nexchanges > 0)
			registers_set_words(c, &log.exchange[0],
			    strcmp(request_get(c->request, "order"), "low") ==
				0);
		view_up(c->view);
		view_int(c->view, "Page.again", job.ended == 0);
	}
	mews_job_log_clear(&log);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	const struct mews_device *d;
	struct registers_write w;
	struct asked a = { 0 };
	struct form f;
	const char *word = request_get(c->request, "do");
	enum mews_rc rc = MEWS_OK;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	d = &base_site(c->base)->device[i];
	form_begin(&f, c);
	if (f.sent && act(c, &f, i))
		return MEWS_OK;
	head(c, d);
	if (f.nbad > 0)
		ratify_nothing(c);
	if (!f.sent && exchange_asked(c) != 0)
		rc = show_job(c, d, &a, err);
	if (rc != MEWS_OK)
		return rc;
	/* each form shows what was typed into it, and the other its standard */
	f.sent = false;
	if (strcmp(word, "read") != 0)
		read_form(c, &f, i, &a);
	if (strcmp(word, "write") != 0 && strcmp(word, "send") != 0)
		registers_take(&f, &w);
	view_down(c->view, "Registers");
	rc = registers_set_log(c, line_of(c, d), d->unit, err);
	view_up(c->view);
	return rc;
}

const struct page page_registers = {
	.path = "/devices/*/registers",
	.name = "registers",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
