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
	if (t != NULL)
		free(t->tried);
	free(t);
}

bool
trial_answers(struct trial *t, const struct mews_site *site, int64_t line)
{
	const struct mews_live_device *d;
	struct mews_db *db = NULL;
	struct mews_live live = { 0 };
	bool any = false;
	size_t i;

	if (mews_schema_open(&t->place, MEWS_LIVE_DB, MEWS_DB_READ, &db,
		NULL) != MEWS_OK ||
	    mews_live_load(db, &live, NULL) != MEWS_OK)
		live = (struct mews_live){ 0 };
	for (i = 0; i < site->ndevices && !any; i++) {
		d = mews_live_device(&live, site->device[i].id);
		any = site->device[i].line == line && d != NULL &&
		    d->answer == MEWS_ANSWERS;
	}
	mews_live_clear(&live);
	mews_db_close(db);
	return any;
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
	size_t i;

	if (t->n == 0 || mews_site_load(t->config, &site, NULL) != MEWS_OK)
		return false;
	for (i = 0; i < t->n; i++) {
		*kept = trial_answers(t, &site, t->tried[i].id);
		if (*kept || now >= t->tried[i].deadline)
			break;
	}
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
