/*
 * trial.c - live.db, which begins empty with each service, says who answers;
 * nothing else is asked of the buses.
 */
#include "trial.h"
#include "live.h"
#include "log.h"
#include "schema.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_MS 500

struct tried {
	char line[16];
	int64_t id;
	int64_t deadline; /* tick_us() */
};

struct trial {
	struct mews_place place;
	struct mews_db *config;
	struct tried *tried; /* owned */
	size_t n;
	int64_t *heard; /* owned: lines that answered before the service
			 * began anew */
	size_t nheard;
};

struct trial *
trial_new(const struct mews_place *place, struct mews_db *config)
{
	struct trial *t = mews_alloc(1, sizeof(*t));

	t->place = *place;
	t->config = config;
	return t;
}

void
trial_free(struct trial *t)
{
	if (t != NULL) {
		free(t->tried);
		free(t->heard);
	}
	free(t);
}

/* Empty where live.db cannot be read. */
static void
load(struct trial *t, struct mews_live *live)
{
	struct mews_db *db = NULL;

	if (mews_schema_open(&t->place, MEWS_LIVE_DB, MEWS_DB_READ, &db,
		NULL) != MEWS_OK ||
	    mews_live_load(db, live, NULL) != MEWS_OK)
		*live = (struct mews_live){ 0 };
	mews_db_close(db);
}

/* Whether a device of the line is in that state. */
static bool
any(const struct mews_live *live, const struct mews_site *site, int64_t line,
    enum mews_answer answer)
{
	const struct mews_live_device *d;
	size_t i;

	for (i = 0; i < site->ndevices; i++) {
		if (site->device[i].line != line)
			continue;
		d = mews_live_device(live, site->device[i].id);
		if ((d == NULL ? MEWS_UNASKED : d->answer) == answer)
			return true;
	}
	return false;
}

static bool
heard(const struct trial *t, int64_t line)
{
	size_t i;

	for (i = 0; i < t->nheard; i++)
		if (t->heard[i] == line)
			return true;
	return false;
}

bool
trial_answered(struct trial *t, const struct mews_site *site, int64_t line)
{
	struct mews_live live;
	bool yes;

	load(t, &live);
	yes = any(&live, site, line, MEWS_ANSWERS) ||
	    (heard(t, line) && any(&live, site, line, MEWS_UNASKED));
	mews_live_clear(&live);
	return yes;
}

void
trial_pause(struct trial *t)
{
	struct mews_site site;
	struct mews_live live;
	size_t i;

	if (mews_site_load(t->config, &site, NULL) != MEWS_OK)
		return;
	load(t, &live);
	for (i = 0; i < site.nlines; i++) {
		if (heard(t, site.line[i].id) ||
		    !any(&live, &site, site.line[i].id, MEWS_ANSWERS))
			continue;
		t->heard =
		    mews_realloc(t->heard, t->nheard + 1, sizeof(*t->heard));
		t->heard[t->nheard++] = site.line[i].id;
	}
	mews_live_clear(&live);
	mews_site_clear(&site);
}

int
trial_s(const struct mews_site *site, int64_t line)
{
	int quickest = 0, rounds;
	size_t i;

	for (i = 0; i < site->ndevices; i++)
		if (site->device[i].line == line &&
		    (quickest == 0 || site->device[i].every_s < quickest))
			quickest = site->device[i].every_s;
	rounds = TRIAL_ROUNDS * quickest;
	return rounds > TRIAL_S ? rounds : TRIAL_S;
}

void
trial_begin(struct trial *t, int64_t now)
{
	struct mews_site site;
	struct mews_trial row;
	struct mews_err err;
	struct tried *was = t->tried, *x;
	size_t nwas = t->n, i, k;

	t->tried = NULL;
	t->n = 0;
	if (mews_site_load(t->config, &site, &err) != MEWS_OK)
		mews_log(MEWS_LOG_ERROR, "trials: %s", err.text);
	for (i = 0; i < site.nlines; i++) {
		if (mews_site_trial(t->config, site.line[i].name, &row, &err) !=
		    MEWS_OK)
			continue;
		t->tried = mews_realloc(t->tried, t->n + 1, sizeof(*x));
		x = &t->tried[t->n++];
		*x = (struct tried){ .id = site.line[i].id,
			.deadline = now +
			    trial_s(&site, site.line[i].id) *
				INT64_C(1000000) };
		(void)mews_str_copy(x->line, sizeof(x->line), row.line);
		for (k = 0; k < nwas; k++)
			if (was[k].id == x->id)
				x->deadline = was[k].deadline;
	}
	free(was);
	mews_site_clear(&site);
}

/* The settings before, again. */
static enum mews_rc
restore(struct trial *t, struct mews_site *site, const char *line,
    struct mews_err *err)
{
	const struct mews_line *l;
	struct mews_trial row;
	int64_t id = 0;
	size_t i;
	enum mews_rc rc = mews_site_trial(t->config, line, &row, err);

	for (i = 0; i < site->nlines; i++)
		if (strcmp(site->line[i].name, line) == 0)
			id = site->line[i].id;
	if (rc == MEWS_OK)
		rc = mews_site_put(site, line, row.text, err);
	if (rc != MEWS_OK)
		return rc;
	l = mews_site_line(site, id);
	if (strcmp(l->name, line) != 0)
		rc = mews_site_rename_line(t->config, line, l->name, err);
	if (rc == MEWS_OK)
		rc = mews_site_save(t->config, site, err);
	return rc;
}

/* Decides about the i-th; a failure to write is told, and keeps what is. */
static void
decide(struct trial *t, struct mews_site *site, size_t i, bool *kept)
{
	struct mews_err err;
	enum mews_rc rc = mews_db_begin(t->config, &err);

	if (rc == MEWS_OK) {
		if (!*kept)
			rc = restore(t, site, t->tried[i].line, &err);
		if (rc == MEWS_OK)
			rc = mews_site_set_trial(t->config, t->tried[i].line,
			    NULL, &err);
		rc = mews_db_end(t->config, rc, &err);
	}
	if (rc != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "line %s: %s", t->tried[i].line,
		    err.text);
		*kept = true;
	}
}

bool
trial_end(struct trial *t, int64_t now, char line[16], bool *kept, int *wait)
{
	struct mews_site site;
	struct mews_live live;
	size_t i;

	if (t->n == 0 || mews_site_load(t->config, &site, NULL) != MEWS_OK)
		return false;
	load(t, &live);
	for (i = 0; i < t->n; i++) {
		*kept = any(&live, &site, t->tried[i].id, MEWS_ANSWERS);
		if (*kept || now >= t->tried[i].deadline)
			break;
	}
	mews_live_clear(&live);
	if (i < t->n) {
		decide(t, &site, i, kept);
		memcpy(line, t->tried[i].line, sizeof(t->tried[i].line));
		t->tried[i] = t->tried[--t->n];
		mews_site_clear(&site);
		return true;
	}
	mews_site_clear(&site);
	if (*wait > LOOK_MS)
		*wait = LOOK_MS;
	return false;
}
