/*
 * page_test.c - asks a device each of its requests once, and shows what came.
 */
#include "device.h"
#include "exchange.h"
#include "figure.h"
#include "form.h"
#include "order.h"
#include "series.h"

#include <stdio.h>

static const struct request_field fields[] = {
	{ EXCHANGE_FIELD },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
head(struct page_ctx *c, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_line *line =
	    mews_site_line(base_site(c->base), d->line);
	char unit[16], model[160] = "", text[FIGURE];

	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	if (p != NULL)
		(void)snprintf(model, sizeof(model), "%s %s", p->vendor,
		    p->model);
	view_say(c->view, "Test.about",
	    p == NULL ? "meter.no_profile" : "meter.about", model,
	    line == NULL ? "" : line->name, unit, NULL);
	view_say(c->view, "Test.button", "test.button", unit, NULL);
	view_set(c->view, "Test.plate", d->plate);
	view_set(c->view, "Test.name", d->name);
	view_set(c->view, "Test.path", figure_device_path(text, d, "/test"));
	view_set(c->view, "Test.device", figure_device_path(text, d, ""));
	view_set(c->view, "Test.registers",
	    figure_device_path(text, d, "/registers"));
	view_set(c->view, "Test.state", device_state(c, i));
	view_set(c->view, "Test.condition", device_says(c, i, text));
	(void)snprintf(c->title, sizeof(c->title), "%s %s: %s", d->plate,
	    d->name, view_word(c->view, "test.title"));
}

/* True when the browser was sent to the job it asked for. */
static bool
ask(struct page_ctx *c, struct form *f, const struct mews_device *d)
{
	struct mews_message a;
	struct mews_err err;
	char path[FIGURE];
	enum mews_rc rc =
	    order_send(c, &a, &err, "test", "plate", d->plate, NULL);

	if (rc == MEWS_OK)
		exchange_go(c, figure_device_path(path, d, "/test"), &a);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	const struct mews_device *d;
	struct mews_job_log log;
	struct mews_job job;
	struct form f;
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	d = &base_site(c->base)->device[i];
	form_begin(&f, c);
	if (f.sent && ask(c, &f, d))
		return MEWS_OK;
	head(c, i);
	rc = exchange_load(c, exchange_asked(c), MEWS_JOB_TEST, 0, d->id, &job,
	    &log, err);
	if (rc == MEWS_OK) {
		view_down(c->view, "Test.job");
		exchange_set_job(c, &job, &log, d->plate);
		exchange_set_all(c, &log);
		view_up(c->view);
		view_int(c->view, "Page.again", job.ended == 0 ? 1 : 0);
	}
	mews_job_log_clear(&log);
	return rc == MEWS_NONE && exchange_asked(c) == 0 ? MEWS_OK : rc;
}

const struct page page_test = {
	.path = "/devices/*/test",
	.name = "test",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
