/*
 * shell_values.c - values from and to files at the shell.
 *
 * An import is one transaction and may take minutes, in which no other minute
 * could be written: it takes mewsd's place.  What is used meanwhile mewsd finds
 * again in the indexes.  A dry run and an export only read, and need not wait.
 */
#include "shell_values.h"
#include "export.h"
#include "import.h"
#include "plan.h"
#include "schema.h"
#include "site_profile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum mews_rc
load_site(const struct mews_place *place, struct mews_site *site,
    struct mews_err *err)
{
	struct mews_db *db = NULL;
	enum mews_rc rc =
	    mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_READ, &db, err);

	if (rc == MEWS_OK)
		rc = mews_site_load(db, site, err);
	if (rc == MEWS_OK)
		rc = mews_calendar_zone(site->zone, err);
	mews_db_close(db);
	return rc;
}

/* Opens the history, to write as mewsd would. */
static enum mews_rc
open_history(const struct mews_place *place, bool dry, struct mews_db **db,
    struct mews_err *err)
{
	enum mews_rc rc = dry ? MEWS_OK : mews_place_lock(place, err);

	if (rc == MEWS_AGAIN)
		return mews_fail(err, rc,
		    "mewsd or another mews writes the history: stop mewsd, "
		    "import, and start it again; what meters count meanwhile "
		    "is found again in their indexes");
	return rc != MEWS_OK ? rc
			     : mews_schema_open(place, MEWS_HISTORY_DB,
				   dry ? MEWS_DB_READ : MEWS_DB_WRITE, db, err);
}

static void
says(void *ctx, const char *text)
{
	(void)ctx;
	(void)fprintf(stderr, "%s\n", text);
}

/* As the profile of the device declares it. */
static int64_t
modulus(void *ctx, const struct mews_device *d, const struct mews_quantity *q)
{
	const struct mews_place *place = ctx;
	struct mews_profile profile = { 0 };
	struct mews_plan plan = { 0 };
	struct mews_db *config = NULL;
	char meters[MEWS_PATH];
	int64_t found = 0;
	size_t i;

	(void)mews_place_path(place, MEWS_METERS, meters);
	if (mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_READ, &config,
		NULL) == MEWS_OK &&
	    mews_site_profile(config, meters, d->profile, &profile, NULL) ==
		MEWS_OK &&
	    mews_plan_make(&plan, d, &profile, NULL) == MEWS_OK)
		for (i = 0; i < plan.nvalues; i++)
			if (plan.value[i].quantity == q)
				found = mews_plan_modulus(&plan.value[i]);
	mews_plan_clear(&plan);
	mews_profile_clear(&profile);
	mews_db_close(config);
	return found;
}

static void
report(const struct import_report *r, bool dry)
{
	char first[MEWS_STAMP], last[MEWS_STAMP];

	mews_calendar_local(r->first, first);
	mews_calendar_local(r->last, last);
	(void)printf("%" PRId64 " minutes from %s to %s, %" PRId64
		     " figures %sstored",
	    r->minutes, first, last, r->values, dry ? "would be " : "");
	if (r->kept > 0)
		(void)printf(", %" PRId64 " are there already and stay",
		    r->kept);
	(void)putchar('\n');
}

static enum mews_rc
import(const struct mews_place *place, struct import_rules *rules,
    const char *name, FILE *f, struct mews_err *err)
{
	struct import_report done;
	struct mews_db *db = NULL;
	struct mews_err why;
	enum mews_rc rc = open_history(place, rules->dry, &db, err);

	if (rc == MEWS_NONE && rules->dry)
		rc = MEWS_OK;
	if (rc != MEWS_OK)
		return rc;
	rc = import_minutes(db, rules, f, &done, &why);
	mews_db_close(db);
	if (rc == MEWS_OK)
		report(&done, rules->dry);
	else
		rc = mews_fail(err, rc, "%s: %s; nothing was imported", name,
		    why.text);
	return rc;
}

enum mews_rc
shell_import(const struct mews_place *place, char *const *word, int n,
    struct mews_err *err)
{
	struct import_rules rules = { .now = (int64_t)time(NULL),
		.modulus = modulus,
		.says = says,
		.ctx = (void *)(uintptr_t)place };
	struct mews_site site = { 0 };
	const char *what[2], *path;
	int given = 0, i;
	bool piped;
	FILE *f = NULL;
	enum mews_rc rc;

	for (i = 0; i < n; i++)
		if (strcmp(word[i], "--dry-run") == 0)
			rules.dry = true;
		else if (given < 2)
			what[given++] = word[i];
	if (given != n - rules.dry || given == 0)
		return mews_fail(err, MEWS_BAD,
		    "import [PLATE] FILE [--dry-run] is expected");
	path = what[given - 1];
	piped = strcmp(path, "-") == 0;
	if ((rc = load_site(place, &site, err)) != MEWS_OK)
		goto out;
	rules.site = &site;
	if (given == 2 &&
	    (rules.device = mews_site_plate(&site, what[0])) == NULL) {
		rc = mews_fail(err, MEWS_NONE, "no device has the plate %s",
		    what[0]);
		goto out;
	}
	if ((f = piped ? stdin : fopen(path, "re")) == NULL) {
		rc = mews_fail(err, MEWS_NONE, "%s: %s", path, strerror(errno));
		goto out;
	}
	rc = import(place, &rules, piped ? "standard input" : path, f, err);
out:
	if (f != NULL && !piped)
		(void)fclose(f);
	mews_site_clear(&site);
	return rc;
}

/* "2026-11" as the instant it begins, or with `end` set at which it ends. */
static enum mews_rc
when(const char *text, bool end, int64_t *t, struct mews_err *err)
{
	enum mews_level level;

	if (mews_calendar_parse(text, t, &level, NULL) == MEWS_OK) {
		if (end)
			*t = mews_calendar_step(level, *t, 1);
		return MEWS_OK;
	}
	if (mews_calendar_read(text, t))
		return MEWS_OK;
	return mews_fail(err, MEWS_BAD,
	    "'%.40s' is no time such as 2026, 2026-11, 2026-11-22 or "
	    "2026-11-22T14:00:00Z",
	    text);
}

static enum mews_rc export(const struct mews_place *place,
    const struct mews_site *site, char *const *word, int n,
    struct mews_err *err) {
	struct export_what *what = NULL; struct mews_db *db = NULL;
	enum mews_level level;
	int64_t from, to, rows;
	size_t nwhat;
	enum mews_rc rc;

	if (!mews_level_find(word[0], &level)) return mews_fail(err, MEWS_BAD,
	    "'%.20s' is none of minute, hour, day, month, year", word[0]);
	if ((rc = when(word[1], false, &from, err)) != MEWS_OK ||
	    (rc = when(word[2], true, &to, err)) != MEWS_OK) return rc;
	if (to <= from) return mews_fail(err, MEWS_BAD,
	    "it ends before it begins");
	rc = mews_schema_open(place, MEWS_HISTORY_DB, MEWS_DB_READ, &db, err);
	if (rc == MEWS_OK)
	    rc = export_choose(db, site, word + 3, n - 3, &what, &nwhat, err);
	if (rc == MEWS_OK) rc = export_values(db, what, nwhat, level,
	    mews_calendar_floor(level, from), to, (int64_t)time(NULL), stdout,
	    &rows, err);
	free(what);
	mews_db_close(db);
	return rc;
}

enum mews_rc
shell_export(const struct mews_place *place, char *const *word, int n,
    struct mews_err *err)
{
	struct mews_site site = { 0 };
	enum mews_rc rc = load_site(place, &site, err);

	if (rc == MEWS_OK)
		rc = export(place, &site, word, n, err);
	mews_site_clear(&site);
	return rc;
}
