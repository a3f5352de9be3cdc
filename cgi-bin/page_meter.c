/*
 * page_meter.c - one device: now, counters, history.
 */
#include "amend.h"
#include "breaker.h"
#include "device.h"
#include "figure.h"
#include "harmonics.h"
#include "meter.h"
#include "series.h"

#include <inttypes.h>
#include <stdio.h>

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ "of", REQUEST_WORD, 40 },
	{ NULL, REQUEST_WORD, 0 },
};

/* Model and address, for the person with the drawing in hand. */
static void
head(struct page_ctx *c, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_line *line =
	    mews_site_line(base_site(c->base), d->line);
	char unit[16], every[16], model[160] = "";
	char path[FIGURE], breaker[160];

	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	(void)snprintf(every, sizeof(every), "%d", d->every_s);
	if (p != NULL)
		(void)snprintf(model, sizeof(model), "%s %s", p->vendor,
		    p->model);
	view_say(c->view, "Meter.about",
	    p == NULL ? "meter.no_profile" : "meter.about", model,
	    line == NULL ? "" : line->name, unit, NULL);
	view_set(c->view, "Meter.address", figure_path(path, d) + 8);
	if (breaker_is(c, i))
		view_set(c->view, "Meter.breaker",
		    breaker_path(breaker, sizeof(breaker), d, ""));
	view_int(c->view, "Meter.quality",
	    base_measures(c->base, i, "thd_voltage_l1") ||
		base_measures(c->base, i, "thd_voltage_l12") ||
		base_measures(c->base, i, "thd_voltage") ||
		base_measures(c->base, i, "thd_current_l1") ||
		harmonics_measured(c, i, false, HARMONICS_PHASES) ||
		harmonics_measured(c, i, true, HARMONICS_PHASES));
	view_say(c->view, "Meter.every", "meter.every", every, NULL);
	(void)snprintf(c->title, sizeof(c->title), "%s %s", d->plate, d->name);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);
	const char *of = request_get(c->request, "of");
	struct period p;
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	rc = period_read(c, request_get(c->request, "by"),
	    request_get(c->request, "at"), &p, err);
	if (rc != MEWS_OK)
		return rc;
	if (of[0] != '\0' && series_choose(c, i, of, p.by) == NULL)
		return mews_fail(err, MEWS_NONE, "no such quantity");
	head(c, i);
	view_down(c->view, "Meter");
	if ((rc = device_set(c, i, err)) == MEWS_OK)
		rc = device_set_pulses(c, i, err);
	view_up(c->view);
	if (rc != MEWS_OK)
		return rc;
	if (amend_may(c)) {
		view_int(c->view, "Meter.amend", 1);
		view_down(c->view, "Meter.waits");
		rc = amend_jumps(c, &base_site(c->base)->device[i], err);
		view_up(c->view);
		if (rc != MEWS_OK)
			return rc;
	}
	meter_now(c, i, &p);
	meter_counters(c, i);
	return meter_history(c, i, &p, of, err);
}

const struct page page_meter = {
	.path = "/meters/*",
	.name = "meter",
	.menu = "meters",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.chart = true,
	.kept = true,
	.fields = fields,
	.show = show,
};
