/*
 * service.c - a site is started and stopped as a whole: a change of the site
 * begins it anew, in the middle of a minute, with the recorder of before.
 */
#include "service.h"
#include "bus.h"
#include "calendar.h"
#include "keep_budget.h"
#include "log.h"
#include "site_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct service {
	struct mews_db *config; /* borrowed */
	struct mews_site site;
	struct mews_profile *profile; /* those in use, each once */
	size_t nprofiles;
	struct recorder *recorder;
	struct board *board;
	struct bus **bus;   /* by line; NULL until it is started */
	struct desk **desk; /* likewise */
	struct gateway *gateway;
	int stop; /* an event that all buses look at */
};

static const struct mews_profile *
profile_of(struct service *s, const char *dir, const char *name,
    struct mews_err *err)
{
	struct mews_profile *p;
	size_t i;

	for (i = 0; i < s->nprofiles; i++)
		if (strcmp(s->profile[i].name, name) == 0)
			return &s->profile[i];
	p = &s->profile[s->nprofiles];
	if (mews_site_profile(s->config, dir, name, p, err) != MEWS_OK)
		return NULL;
	s->nprofiles++;
	return p;
}

/* The devices of a line that can be asked; returns how many. */
static size_t
units_of(struct service *s, const struct mews_line *line, const char *dir,
    struct poll_unit *unit)
{
	const struct mews_device *d;
	const struct mews_profile *p;
	struct mews_err err;
	size_t n = 0, i;

	for (i = 0; i < s->site.ndevices; i++) {
		d = &s->site.device[i];
		if (d->line != line->id)
			continue;
		unit[n] = (struct poll_unit){ .device = d };
		unit[n].live.device = d->id;
		p = profile_of(s, dir, d->profile, &err);
		if (p == NULL ||
		    mews_plan_make(&unit[n].plan, d, p, &err) != MEWS_OK)
			mews_log(MEWS_LOG_ERROR, "%s is not asked: %s",
			    d->plate, err.text);
		else
			n++;
	}
	return n;
}

static enum mews_rc
start_line(struct service *s, size_t l, const char *dir, struct mews_err *err)
{
	const struct mews_line *line = &s->site.line[l];
	struct poll_unit *unit =
	    mews_alloc(s->site.ndevices + 1, sizeof(*unit));
	size_t n = units_of(s, line, dir, unit), i;
	enum mews_rc rc = MEWS_OK;

	for (i = 0; i < n && rc == MEWS_OK; i++)
		rc = recorder_add(s->recorder, &unit[i], err);
	for (i = 0; i < n && rc == MEWS_OK; i++)
		board_add(s->board, unit[i].device->id, &unit[i].plan);
	if (rc != MEWS_OK) {
		for (i = 0; i < n; i++)
			mews_plan_clear(&unit[i].plan);
		free(unit);
		return rc;
	}
	rc = bus_start(line, unit, n, s->recorder, s->stop, &s->bus[l], err);
	if (rc == MEWS_OK)
		s->desk[l] = bus_desk(s->bus[l]);
	return rc;
}

/* A history without a budget is not thinned, and that is all. */
static void
limit(struct service *s, const struct mews_place *place,
    struct mews_db *history)
{
	struct mews_err err;

	recorder_space(s->recorder, place->state);
	if (mews_budget_begin(history, place->state, &err) != MEWS_OK ||
	    recorder_budget(s->recorder, s->config, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "space of the history: %s",
		    err.text);
}

static enum mews_rc
start(struct service *s, const struct mews_place *place, struct mews_db *config,
    struct mews_db *history, struct mews_db *live,
    const struct gateway_options *options, struct recorder *before,
    struct mews_err *err)
{
	char dir[MEWS_PATH];
	enum mews_rc rc;
	size_t i;

	s->config = config;
	if ((s->stop = eventfd(0, EFD_CLOEXEC)) < 0)
		return mews_fail(err, MEWS_FAIL, "eventfd: %s",
		    strerror(errno));
	(void)mews_place_path(place, MEWS_METERS, dir);
	if ((rc = mews_site_load(config, &s->site, err)) != MEWS_OK ||
	    (rc = mews_calendar_zone(s->site.zone, err)) != MEWS_OK ||
	    (rc = recorder_new(history, live, s->site.zone, &s->recorder,
		 err)) != MEWS_OK)
		return rc;
	s->board = board_new();
	s->profile = mews_alloc(s->site.ndevices + 1, sizeof(*s->profile));
	s->bus = mews_alloc(s->site.nlines + 1, sizeof(struct bus *));
	s->desk = mews_alloc(s->site.nlines + 1, sizeof(struct desk *));
	for (i = 0; i < s->site.nlines && rc == MEWS_OK; i++)
		rc = start_line(s, i, dir, err);
	if (rc == MEWS_OK)
		rc = board_open(s->board, config, err);
	if (rc == MEWS_OK && before != NULL)
		recorder_inherit(s->recorder, before);
	if (rc == MEWS_OK) {
		limit(s, place, history);
		rc = recorder_run(s->recorder, s->board, err);
	}
	if (rc == MEWS_OK)
		rc = gateway_start(options,
		    &(struct gateway_parts){ place, &s->site, s->desk, s->board,
			s->recorder },
		    s->stop, &s->gateway, err);
	return rc;
}

enum mews_rc
service_start(const struct mews_place *place, struct mews_db *config,
    struct mews_db *history, struct mews_db *live,
    const struct gateway_options *options, struct recorder *before,
    struct service **out, struct mews_err *err)
{
	struct service *s = mews_alloc(1, sizeof(*s));
	enum mews_rc rc =
	    start(s, place, config, history, live, options, before, err);

	recorder_stop(before);
	if (rc != MEWS_OK) {
		service_stop(s, NULL);
		return rc;
	}
	mews_log(MEWS_LOG_NOTICE, "measures %s: %zu lines, %zu devices",
	    s->site.name, s->site.nlines, s->site.ndevices);
	*out = s;
	return MEWS_OK;
}

void
service_stop(struct service *s, struct recorder **kept)
{
	uint64_t one = 1;
	size_t i;

	if (s == NULL)
		return;
	if (s->stop >= 0)
		(void)!write(s->stop, &one, sizeof(one));
	gateway_join(s->gateway);
	for (i = 0; s->bus != NULL && i < s->site.nlines; i++)
		if (s->bus[i] != NULL)
			bus_join(s->bus[i]);
	gateway_free(s->gateway);
	if (kept == NULL)
		recorder_stop(s->recorder);
	else {
		recorder_halt(s->recorder);
		*kept = s->recorder;
	}
	board_free(s->board);
	for (i = 0; i < s->nprofiles; i++)
		mews_profile_clear(&s->profile[i]);
	free(s->profile);
	free(s->bus);
	free(s->desk);
	mews_site_clear(&s->site);
	if (s->stop >= 0)
		(void)close(s->stop);
	free(s);
}

void
service_status(struct service *s, struct recorder_status *out)
{
	recorder_status(s->recorder, out);
}

struct desk *
service_desk(const struct service *s, int64_t line)
{
	size_t i;

	for (i = 0; i < s->site.nlines; i++)
		if (s->site.line[i].id == line)
			return s->desk[i];
	return NULL;
}

enum mews_rc
service_do(struct service *s, recorder_work *work, void *arg,
    struct mews_err *err)
{
	return recorder_do(s->recorder, work, arg, err);
}

/* What service_budget() hands to the thread of the recorder. */
struct budget {
	struct recorder *recorder;
	struct mews_db *config;
};

static enum mews_rc
budget(void *arg, struct mews_db *history, struct mews_err *err)
{
	struct budget *b = arg;

	(void)history;
	return recorder_budget(b->recorder, b->config, err);
}

enum mews_rc
service_budget(struct service *s, struct mews_db *config, struct mews_err *err)
{
	struct budget b = { s->recorder, config };

	return recorder_do(s->recorder, budget, &b, err);
}

void
service_event(struct service *s, const struct mews_event *e)
{
	recorder_event(s->recorder, e);
}

bool
service_damaged(struct service *s)
{
	return recorder_damaged(s->recorder);
}

struct gateway *
service_gateway(struct service *s)
{
	return s->gateway;
}
