/*
 * shell_files.c - who writes the files mends them: mewsd while it runs, else
 * this process, which then holds its lock.
 */
#include "shell_files.h"
#include "backup.h"
#include "check_history.h"
#include "command.h"
#include "rescue.h"
#include "site.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DOOR   60000 /* ms: a piece of a month may wait for a minute */
#define REOPEN 60    /* s until mewsd opened restored files */

struct shell {
	const struct mews_place *place;
	struct mews_site site;
	struct mews_db *read, *write; /* write: NULL while mewsd runs */
	bool repair, mine;            /* mine: this process has the lock */
	bool lost;                    /* the file itself is damaged */
	size_t found, mended;
};

/* Has mewsd do it. */
static enum mews_rc
ask(const struct mews_place *place, struct mews_message *m, int64_t *n,
    struct mews_err *err)
{
	struct mews_message answer;
	enum mews_rc rc = mews_command_call(place, m, DOOR, &answer, err);

	if (n != NULL)
		*n = mews_message_int(&answer, "n", 0);
	mews_message_clear(m);
	mews_message_clear(&answer);
	return rc;
}

/* True when nothing of it is left to mend. */
static bool
mend(const struct shell *sh, const struct mews_finding *f)
{
	struct mews_message m;
	size_t n = 0;
	int64_t done = 0;

	if (sh->write != NULL)
		return mews_check_mend(sh->write, f->series, f->level, f->from,
			   f->to, &n, NULL) == MEWS_OK &&
		    n > 0;
	mews_message_init(&m, "history-mend");
	mews_message_set_int(&m, "series", f->series);
	mews_message_set(&m, "level", mews_level_name(f->level));
	mews_message_set_int(&m, "from", f->from);
	mews_message_set_int(&m, "to", f->to);
	return ask(sh->place, &m, &done, NULL) == MEWS_OK && done > 0;
}

static void
print_whose(const struct shell *sh, int64_t series)
{
	const struct mews_quantity *q;
	const struct mews_device *d;
	int64_t device;

	if (series == 0 ||
	    mews_history_whose(sh->read, series, &device, &q, NULL) != MEWS_OK)
		return;
	if ((d = mews_site_device(&sh->site, device)) != NULL)
		(void)printf("%s ", d->plate);
	else
		(void)printf("removed device %" PRId64 " ", device);
	(void)printf("%s ", q->name);
}

static void
take(void *ctx, const struct mews_finding *f)
{
	struct shell *sh = ctx;
	bool good = sh->repair && f->mendable && mend(sh, f);

	sh->found++;
	sh->mended += good;
	sh->lost = sh->lost || (f->rule == MEWS_RULE_FILE && !f->mendable);
	(void)printf("%-4s ", mews_rule_name(f->rule));
	print_whose(sh, f->series);
	(void)printf("%s%s\n", f->text, good ? " - mended" : "");
	(void)fflush(stdout);
}

/* The site, for plates and the zone; a damaged one is a finding. */
static void
check_config(struct shell *sh)
{
	struct mews_finding f = { .rule = MEWS_RULE_FILE };
	struct mews_db *db = NULL;
	struct mews_err err;
	enum mews_rc rc = mews_schema_open(sh->place, MEWS_CONFIG_DB,
	    MEWS_DB_READ, &db, &err);

	if (rc == MEWS_OK)
		rc = mews_db_check(db, 0, &err);
	if (rc == MEWS_OK)
		rc = mews_site_load(db, &sh->site, &err);
	if (rc == MEWS_OK)
		rc = mews_calendar_zone(sh->site.zone, &err);
	mews_db_close(db);
	if (rc == MEWS_OK)
		return;
	(void)snprintf(f.text, sizeof(f.text), "%.199s", err.text);
	take(sh, &f);
	sh->lost = false; /* mewsd salvages it at its next start */
}

/* Takes mewsd's place where it does not run. */
static enum mews_rc
take_place(struct shell *sh, struct mews_err *err)
{
	enum mews_rc rc = mews_place_lock(sh->place, err);

	if (rc == MEWS_AGAIN)
		return MEWS_OK;
	sh->mine = rc == MEWS_OK;
	if (rc == MEWS_OK)
		rc = mews_schema_open(sh->place, MEWS_HISTORY_DB, MEWS_DB_WRITE,
		    &sh->write, err);
	return rc == MEWS_BAD ? MEWS_OK : rc;
}

/* A file that SQLite finds damaged is built anew. */
static enum mews_rc
rescue(struct shell *sh, struct mews_err *err)
{
	struct mews_rescue r;
	struct mews_message m;
	enum mews_rc rc;

	mews_db_close(sh->read);
	sh->read = NULL;
	if (!sh->mine) {
		mews_message_init(&m, "files-rescue");
		return ask(sh->place, &m, NULL, err);
	}
	mews_db_close(sh->write);
	rc = mews_rescue_open(sh->place, MEWS_HISTORY_DB, MEWS_RESCUE_BAD, NULL,
	    &sh->write, &r, err);
	if (rc == MEWS_OK)
		(void)printf("history.db is built anew, %" PRId64
			     " rows salvaged; the damaged file is %s\n",
		    r.rows.rows, r.aside);
	return rc;
}

static enum mews_rc
check_all(struct shell *sh, struct mews_err *err)
{
	const struct mews_check check = { (int64_t)time(NULL), sh, take };
	struct mews_finding f = { .rule = MEWS_RULE_FILE };
	enum mews_rc rc = MEWS_OK;

	check_config(sh);
	if (sh->repair)
		rc = take_place(sh, err);
	if (rc == MEWS_OK)
		rc = mews_schema_open(sh->place, MEWS_HISTORY_DB, MEWS_DB_READ,
		    &sh->read, err);
	if (rc == MEWS_OK)
		rc = mews_check_history(sh->read, &check, err);
	if (rc == MEWS_BAD) {
		(void)snprintf(f.text, sizeof(f.text), "%.199s", err->text);
		take(sh, &f);
		rc = MEWS_OK;
	}
	if (rc == MEWS_OK && sh->lost && sh->repair &&
	    (rc = rescue(sh, err)) == MEWS_OK)
		sh->mended++;
	return rc;
}

enum mews_rc
shell_check(const struct mews_place *place, bool repair, struct mews_err *err)
{
	struct shell sh = { .place = place, .repair = repair };
	enum mews_rc rc = check_all(&sh, err);

	mews_db_close(sh.read);
	mews_db_close(sh.write);
	mews_site_clear(&sh.site);
	if (rc != MEWS_OK)
		return rc;
	if (sh.found == sh.mended) {
		(void)printf(sh.found == 0 ? "all is as it should be\n"
					   : "all of it was mended\n");
		return MEWS_OK;
	}
	return mews_fail(err, MEWS_BAD, "%zu deviation%s, %zu mended", sh.found,
	    sh.found == 1 ? "" : "s", sh.mended);
}

enum mews_rc
shell_backup(const struct mews_place *place, const char *path,
    struct mews_err *err)
{
	struct stat s;
	enum mews_rc rc;

	if (strlen(path) >= MEWS_PATH)
		return mews_fail(err, MEWS_BAD, "this path is too long");
	if (stat(path, &s) == 0)
		return mews_fail(err, MEWS_BAD, "%s is there already", path);
	if ((rc = mews_backup_write(place, path, err)) != MEWS_OK)
		return rc;
	if (stat(path, &s) == 0)
		(void)printf("%s: %lld bytes, and %s.sha256\n", path,
		    (long long)s.st_size, path);
	return MEWS_OK;
}

/* Until mewsd took the files. */
static enum mews_rc
wait_taken(const struct mews_place *place, struct mews_err *err)
{
	const struct timespec look = { 0, 200000000 };
	char path[MEWS_PATH], new[MEWS_PATH + 8];
	int n;

	(void)mews_place_path(place, MEWS_HISTORY_DB, path);
	(void)snprintf(new, sizeof(new), "%s.new", path);
	for (n = 0; n < REOPEN * 5; n++) {
		if (access(new, F_OK) != 0)
			return MEWS_OK;
		(void)nanosleep(&look, NULL);
	}
	return mews_fail(err, MEWS_AGAIN,
	    "mewsd did not take %s yet; it will when it starts", new);
}

enum mews_rc
shell_restore(const struct mews_place *place, const char *path,
    struct mews_err *err)
{
	static const enum mews_file files[] = { MEWS_CONFIG_DB,
		MEWS_HISTORY_DB };
	char aside[MEWS_PATH];
	struct mews_message m;
	enum mews_rc rc, lock = mews_place_lock(place, err);
	size_t i;

	if (lock != MEWS_OK && lock != MEWS_AGAIN)
		return lock;
	if ((rc = mews_backup_unpack(place, path, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < 2 && lock == MEWS_OK && rc == MEWS_OK; i++) {
		rc = mews_rescue_swap(place, files[i], "before", aside, err);
		if (rc == MEWS_OK && aside[0] != '\0')
			(void)printf("what was there is %s now\n", aside);
	}
	if (lock == MEWS_AGAIN) {
		mews_message_init(&m, "files-restore");
		/* it may end before it answers */
		(void)ask(place, &m, NULL, err);
		rc = wait_taken(place, err);
	}
	if (rc == MEWS_OK)
		(void)printf("%s is restored\n", path);
	return rc;
}
