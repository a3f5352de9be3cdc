/*
 * page_operate.c - the second step of switching: what loses supply, why, and
 * the PIN again; then what came of it.
 *
 * Whoever sends this form says which command, so nothing happens by reloading
 * or by the browser's Back: the PIN is a ticket for one command.
 */
#include "breaker.h"
#include "exchange.h"
#include "figure.h"
#include "form.h"
#include "ratify.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ EXCHANGE_FIELD },
	{ "command", REQUEST_WORD, 15 },
	{ "reason", REQUEST_TEXT, FORM_MOST },
	{ "pin", REQUEST_TEXT, RATIFY_TYPED },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Its circuits as the installer named them; else the devices of its zone. */
static void
set_feeds(struct page_ctx *c, const struct mews_device *d)
{
	const struct mews_site *s = base_site(c->base);
	size_t i, n = 0;

	view_down(c->view, "feeds");
	view_set(c->view, "what", d->feeds);
	view_set(c->view, "zone", d->zone);
	for (i = 0; i < s->ndevices; i++) {
		const struct mews_device *o = &s->device[i];

		if (o == d || d->feeds[0] != '\0' || d->zone[0] == '\0' ||
		    strcmp(o->zone, d->zone) != 0)
			continue;
		view_row(c->view, "device", n++);
		view_set(c->view, "plate", o->plate);
		view_set(c->view, "name", o->name);
		view_up(c->view);
	}
	view_int(c->view, "n", (int64_t)n);
	view_up(c->view);
}

/* What the breaker reports in the newest look of the job. */
static enum breaker_position
reported(const struct page_ctx *c, size_t i, const struct mews_job_log *log)
{
	const struct mews_job_value *v;

	if (log->nvalues == 0)
		return breaker_now(c, i);
	v = &log->value[log->nvalues - 1];
	return v->missing
	    ? BREAKER_UNKNOWN
	    : breaker_position(base_profile(c->base, i), v->value);
}

static void
say_job(struct page_ctx *c, size_t i, const struct mews_job *job,
    const struct mews_job_log *log)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_profile_command *m =
	    breaker_command(base_profile(c->base, i), job->what);
	char within[16], clock[FIGURE];
	const char *key = strcmp(job->result, "ok") == 0 ? "operate.done"
	    : job->ended == 0                            ? "operate.asked"
	    : strcmp(job->result, "not-reached") == 0    ? "operate.not_reached"
							 : NULL;

	exchange_set_job(c, job, log, d->plate);
	exchange_set_all(c, log);
	view_set(c->view, "reason", job->reason);
	(void)snprintf(within, sizeof(within), "%u",
	    m == NULL ? 0 : m->within_s);
	if (key != NULL)
		view_say(c->view, "answer", key, d->plate,
		    breaker_verb(c, job->what),
		    breaker_word(c, reported(c, i, log)), within,
		    figure_clock(clock, job->ended), NULL);
}

static enum mews_rc
show_job(struct page_ctx *c, size_t i, struct mews_err *err)
{
	struct mews_job_log log;
	struct mews_job job;
	enum mews_rc rc = exchange_load(c, exchange_asked(c), MEWS_JOB_OPERATE,
	    0, base_site(c->base)->device[i].id, &job, &log, err);

	if (rc == MEWS_OK) {
		view_down(c->view, "Operate.job");
		say_job(c, i, &job, &log);
		view_up(c->view);
		view_int(c->view, "Page.again", job.ended == 0);
	}
	mews_job_log_clear(&log);
	return rc;
}

/* True when the browser was sent to the job. */
static bool
operate(struct page_ctx *c, struct form *f, size_t i, const char *command)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const char *reason = request_get(c->request, "reason");
	struct mews_message a = { 0 };
	struct mews_err err;
	char path[160], ticket[RATIFY_TICKET];
	enum mews_rc rc = MEWS_OK;

	if (strlen(reason) > 200)
		form_wrong(f, "reason", "operate.long_reason", NULL);
	if (f->nbad > 0 || !ratify(f, "pin", ticket))
		return false;
	rc = order_send(c, &a, &err, "operate", "ticket", ticket, "plate",
	    d->plate, "command", command, "reason", reason, NULL);
	if (rc == MEWS_OK)
		exchange_go(c, breaker_path(path, sizeof(path), d, "/operate"),
		    &a);
	else if (rc == MEWS_AGAIN)
		form_wrong(f, "", "operate.again", NULL);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

/* The form of a command, which the breaker may not take as it stands. */
static enum mews_rc
show_form(struct page_ctx *c, struct form *f, size_t i, struct mews_err *err)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const char *name = request_get(c->request, "command");
	const struct mews_profile_command *m =
	    breaker_command(base_profile(c->base, i), name);
	bool barred = m != NULL && m->unless >= 0 &&
	    breaker_now(c, i) == BREAKER_TRIPPED && strcmp(name, "close") == 0;

	if (m == NULL)
		return mews_fail(err, MEWS_NONE, "no such command");
	if (f->sent && !barred && operate(c, f, i, m->name))
		return MEWS_OK;
	(void)form_text(f, "reason", "");
	if (f->nbad > 0)
		ratify_nothing(c);
	view_down(c->view, "Operate");
	view_set(c->view, "command", m->name);
	view_int(c->view, "barred", barred);
	view_int(c->view, "cuts", strcmp(m->name, "open") == 0);
	view_say(c->view, "button", "operate.button", breaker_verb(c, m->name),
	    d->plate, NULL);
	set_feeds(c, d);
	view_up(c->view);
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	const struct mews_device *d;
	struct form f;
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices || !breaker_is(c, i))
		return mews_fail(err, MEWS_NONE, "no such breaker");
	d = &base_site(c->base)->device[i];
	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s %s: %s", d->plate,
	    d->name, view_word(c->view, "operate.title"));
	rc = !f.sent && exchange_asked(c) != 0 ? show_job(c, i, err)
					       : show_form(c, &f, i, err);
	if (rc != MEWS_OK || c->reply->place[0] != '\0')
		return rc;
	view_down(c->view, "Breaker");
	rc = breaker_set(c, i, err);
	view_up(c->view);
	return rc;
}

const struct page page_operate = {
	.path = "/breakers/*/operate",
	.name = "operate",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
